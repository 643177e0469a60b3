"""A function on one side of a point: moved to t → 0+, and without |u|, max, min, sign, floor and piecewise there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from sympy import Expr, S, Symbol, oo

from symcalc.calculus.domains import CLOSED, DOMAINS
from symcalc.calculus.limits.laws import Laws, finite
from symcalc.calculus.limits.verdicts import Depends, Undecided, Undefined
from symcalc.calculus.realroots import real_roots
from symcalc.calculus.sign import sign_of
from symcalc.notation import RealRoot, lower

KINKED = (sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, sp.floor, sp.ceiling, sp.frac, sp.Mod, sp.Piecewise, RealRoot)
"""Functions that are another one on each side of a point."""


def germ(f: Expr, x: Symbol, a: Expr, side: int) -> tuple[Expr, Symbol]:
    """f at x = a + side·t as an expression in t > 0 (at ∞ and -∞: x = ±1/t, where the side means nothing), and t."""
    t = sp.Dummy("t", positive=True)
    place = 1 / t if a is oo else -1 / t if a == -oo else a + side * t
    return real_roots(lower(f)).xreplace({x: place}), t


def resolved(e: Expr, laws: Laws) -> Expr:
    """The same function on (0, ε) without KINKED ones. Raises Undefined where it is not real, Undecided where a choice is not
    shown."""
    known: dict[Expr, Expr] = {}

    def walk(e: Expr) -> Expr:
        if e not in known:
            known[e] = _resolved(e, laws, walk)
        return known[e]

    return walk(e)


def _resolved(e: Expr, laws: Laws, walk: Callable[[Expr], Expr]) -> Expr:
    if not e.has(laws.t):
        if e.has(S.NaN, S.ComplexInfinity) or (not e.free_symbols and e.is_real is False and finite(e) is not None):
            raise Undefined("it has no real value there")
        return e
    if e.is_Atom:
        return e
    if isinstance(e, sp.Piecewise):
        for value, condition in e.args:
            if _holds(condition, laws, walk):
                return walk(value)
        raise Undefined("no case of the definition applies there")
    args = [walk(a) for a in e.args]
    if isinstance(e, KINKED):
        return _choice(e, args, laws)
    _require_domain(e, args, laws)
    return e.func(*args)


def _choice(e: Expr, args: list[Expr], laws: Laws) -> Expr:
    u = args[0]
    if isinstance(e, sp.Max | sp.Min):
        return _extreme(args, 1 if isinstance(e, sp.Max) else -1, laws)
    if isinstance(e, sp.Mod):
        return u - args[1] * _floor(u / args[1], laws)
    if isinstance(e, sp.floor):
        return _floor(u, laws)
    if isinstance(e, sp.ceiling):
        return -_floor(-u, laws)
    if isinstance(e, sp.frac):
        return u - _floor(u, laws)
    s = laws.sign(u)
    if isinstance(e, sp.Abs):
        return s * u
    if isinstance(e, RealRoot):
        return s * (s * u) ** (1 / args[1]) if s else S.Zero
    return S(s) if isinstance(e, sp.sign) else e.func(S(s))


def _extreme(args: list[Expr], side: int, laws: Laws) -> Expr:
    best = args[0]
    for other in args[1:]:
        if laws.sign(other - best) * side > 0:
            best = other
    return best


def _floor(u: Expr, laws: Laws) -> Expr:
    limit = laws.limit(u)
    if limit is None or limit.is_infinite:
        raise Undecided("the argument of a rounding is not bounded, or its limit is not known")
    n = sp.floor(limit)
    if not n.is_Integer:
        raise Depends(f"it depends on {', '.join(sorted(map(str, limit.free_symbols)))}")
    whole = sign_of(limit - n) == 0
    return n - 1 if whole and laws.sign(u - limit) < 0 else n


def _holds(condition: Any, laws: Laws, walk: Callable[[Expr], Expr]) -> bool:
    if condition in (sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, sp.And):
        return all(_holds(c, laws, walk) for c in condition.args)
    if isinstance(condition, sp.Or):
        return any(_holds(c, laws, walk) for c in condition.args)
    if isinstance(condition, sp.Not):
        return not _holds(condition.args[0], laws, walk)
    s = laws.sign(walk(condition.lhs - condition.rhs))
    return {">": s > 0, ">=": s >= 0, "<": s < 0, "<=": s <= 0, "==": s == 0, "!=": s != 0}[condition.rel_op]


def _require_domain(e: Expr, args: list[Expr], laws: Laws) -> None:
    """Raise Undefined where the function has no real value. Where other names decide it, those are taken that allow it."""
    if e.is_Pow and not isinstance(e, sp.exp):
        base, exponent = args
        if exponent.is_Integer:
            if exponent < 0 and _sign(base, laws) == 0:
                raise Undefined("it divides by zero")
        elif _sign(base, laws) == -1:
            raise Undefined("it is a root or power of a negative number there")
        return
    for bound, side in DOMAINS.get(e.func, ()):
        s = _sign(args[0] - bound, laws)
        if s == -side or (s == 0 and e.func not in CLOSED):
            raise Undefined(f"{NAMES.get(e.func, e.func.__name__)} is not defined there")


NAMES = {sp.log: "ln"}


def _sign(u: Expr, laws: Laws) -> int | None:
    try:
        return laws.sign(u)
    except Depends:
        return None
