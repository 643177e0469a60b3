"""Is a function analytic at a point? A structural proof: every part is analytic at the value of its argument."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef

from symcalc.calculus.sign import sign_of
from symcalc.notation import Primed, RealRoot, sigmoid

Condition = Callable[..., bool]
"""From the exact values of the arguments: whether the function is proven analytic there."""


def _always(*_: Expr) -> bool:
    return True


def _positive(u: Expr) -> bool:
    return sign_of(u) == 1


def _nonzero(u: Expr, *_: Expr) -> bool:
    return sign_of(u) in (-1, 1)


def _inside(u: Expr) -> bool:
    return sign_of(1 - u**2) == 1


def _outside(u: Expr) -> bool:
    return sign_of(u**2 - 1) == 1


def _above_one(u: Expr) -> bool:
    return sign_of(u - 1) == 1


def _no_pole_of_gamma(u: Expr) -> bool:
    return sign_of(u) == 1 or u.is_integer is False


def _between_integers(u: Expr, *_: Expr) -> bool:
    return u.is_integer is False or sign_of(sp.sin(sp.pi * u)) in (-1, 1)


def _cosine_nonzero(u: Expr) -> bool:
    return _nonzero(sp.cos(u))


def _sine_nonzero(u: Expr) -> bool:
    return _nonzero(sp.sin(u))


def _entire_or_positive(v: Expr, u: Expr) -> bool:
    return v.is_integer is True or _positive(u)


def _second_nonzero(_: Expr, u: Expr) -> bool:
    return _nonzero(u)


def _second_positive(_: Expr, u: Expr) -> bool:
    return _positive(u)


ENTIRE = (
    sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.sech, sp.atan, sp.asinh, sp.erf, sp.erfc, sp.erfi, sp.sinc,
    sp.fresnels, sp.fresnelc, sp.Si, sp.Shi, sp.airyai, sp.airybi, sp.airyaiprime, sp.airybiprime, sigmoid,
)  # fmt: skip
"""Functions that are analytic at every real argument."""

ANALYTIC: dict[Any, Condition] = {
    **dict.fromkeys(ENTIRE, _always),
    sp.log: _positive, sp.li: lambda u: _positive(u) and _nonzero(u - 1),
    sp.tan: _cosine_nonzero, sp.sec: _cosine_nonzero, sp.cot: _sine_nonzero, sp.csc: _sine_nonzero,
    sp.asin: _inside, sp.acos: _inside, sp.atanh: _inside, sp.acot: _nonzero,
    sp.asec: _outside, sp.acsc: _outside, sp.acoth: _outside, sp.acosh: _above_one,
    sp.asech: lambda u: _positive(u) and sign_of(1 - u) == 1,
    sp.coth: _nonzero, sp.csch: _nonzero, sp.acsch: _nonzero,
    sp.Abs: _nonzero, sp.sign: _nonzero, sp.Heaviside: _nonzero, RealRoot: _nonzero,
    sp.floor: _between_integers, sp.ceiling: _between_integers, sp.frac: _between_integers,
    sp.Mod: lambda a, b: b.is_number and _between_integers(a / b),
    sp.gamma: _no_pole_of_gamma, sp.loggamma: _positive, sp.digamma: _no_pole_of_gamma,
    sp.factorial: lambda u: _no_pole_of_gamma(u + 1), sp.polygamma: lambda n, u: _no_pole_of_gamma(u),
    sp.Ei: _nonzero, sp.Ci: _positive, sp.Chi: _positive,
    sp.besselj: _entire_or_positive, sp.bessely: _second_positive, sp.besseli: _entire_or_positive, sp.besselk: _second_positive,
    sp.LambertW: lambda u, k=sp.S.Zero: k == 0 and sign_of(sp.E * u + 1) == 1,
    sp.atan2: lambda y, x: _positive(x) or _nonzero(y),
    sp.zeta: lambda s, a=sp.S.One: a == 1 and _nonzero(s - 1),
    sp.elliptic_k: lambda m: sign_of(1 - m) == 1,
    sp.elliptic_e: lambda *a: len(a) == 1 and sign_of(1 - a[0]) == 1,
}  # fmt: skip


def obstacle(f: Expr, point: Mapping[Symbol, Expr]) -> Expr | None:
    """The first part of f that is not proven analytic at the point (as it stands in f), or None: f is analytic there."""
    return _obstacle(f, dict(point), {})


def _obstacle(e: Expr, point: dict[Symbol, Expr], seen: dict[Expr, Expr | None]) -> Expr | None:
    if e in point:
        return None
    if e in seen:
        return seen[e]
    found = None
    if e.has(*point):
        if isinstance(e, sp.Piecewise):
            found = _piecewise_obstacle(e, point, seen)
        else:
            found = next((o for a in e.args if (o := _obstacle(a, point, seen)) is not None), None)
            if found is None and not _is_analytic(e, point):
                found = e
    seen[e] = found
    return found


def _is_analytic(e: Expr, point: dict[Symbol, Expr]) -> bool:
    if e.is_Symbol or e.is_Add or e.is_Mul or isinstance(e, AppliedUndef | Primed | sp.Sum | sp.Product | sp.Tuple):
        return True
    values = [a.xreplace(point) for a in e.args]
    if isinstance(e, sp.Max | sp.Min):
        return _unique_extremum(values, isinstance(e, sp.Max))
    if isinstance(e, sp.exp):
        return True
    if e.is_Pow:
        base, exponent = values
        return _power_is_analytic(base, exponent, e.exp.has(*point))
    condition = ANALYTIC.get(e.func)
    return condition is not None and condition(*values)


def _power_is_analytic(base: Expr, exponent: Expr, varies: bool) -> bool:
    if exponent.is_Integer and not varies:
        return bool(exponent >= 0) or _nonzero(base)
    return _positive(base)


def _unique_extremum(values: list[Expr], largest: bool) -> bool:
    for i, v in enumerate(values):
        signs = [sign_of(v - w) for j, w in enumerate(values) if j != i]
        if all(s == (1 if largest else -1) for s in signs):
            return True
    return False


def _piecewise_obstacle(e: Expr, point: dict[Symbol, Expr], seen: dict[Expr, Expr | None]) -> Expr | None:
    """A point strictly inside one branch is judged by that branch; on a border, or undecided, the whole is the obstacle."""
    for value, condition in e.args:
        inside = _strictly(condition, point)
        if inside is None:
            return e
        if inside:
            return _obstacle(value, point, seen)
    return e


def _strictly(condition: Any, point: dict[Symbol, Expr]) -> bool | None:
    """True or False when the condition holds or fails in a whole neighbourhood of the point, otherwise None."""
    if condition in (sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, sp.And | sp.Or):
        parts = [_strictly(a, point) for a in condition.args]
        decisive = isinstance(condition, sp.Or)
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    if isinstance(condition, sp.Not):
        inner = _strictly(condition.args[0], point)
        return None if inner is None else not inner
    if not condition.is_Relational:
        return None
    difference = sign_of((condition.lhs - condition.rhs).xreplace(point))
    if difference in (None, 0):
        return None
    below = difference == -1
    return {"<": below, "<=": below, ">": not below, ">=": not below, "==": False, "!=": True}[condition.rel_op]
