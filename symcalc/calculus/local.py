"""A function near a point: what is chosen there, what it is rewritten as, and the derivatives of its outer function."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

import sympy as sp
from sympy import Dummy, Expr, Symbol
from sympy.core.function import AppliedUndef

from symcalc.calculus.conditions import KINKED, beats
from symcalc.calculus.derive import differentiate
from symcalc.calculus.evaluate import UNDEFINED, spoken
from symcalc.calculus.sign import is_zero, sign_of
from symcalc.calculus.smooth import obstacle
from symcalc.errors import SymcalcError
from symcalc.notation import Primed

RECURRENT: dict[Any, tuple[Any, ...]] = {
    sp.log: (), sp.tan: (), sp.tanh: (), sp.LambertW: (lambda u: sp.exp(sp.LambertW(u)),),
    sp.sin: (sp.cos,), sp.cos: (sp.sin,), sp.sinh: (sp.cosh,), sp.cosh: (sp.sinh,),
}  # fmt: skip
"""Functions whose coefficients follow a recurrence of their own, with the functions whose values it starts from too."""

LOGARITHMIC: dict[Any, Callable[[Expr], Expr]] = {sp.gamma: sp.digamma, sp.factorial: lambda u: sp.digamma(u + 1)}
"""F -> F'/F, where that is expanded more easily than F."""

INTEGRATED = {
    sp.asin, sp.acos, sp.atan, sp.acot, sp.asinh, sp.acosh, sp.atanh, sp.acoth, sp.erf, sp.erfc, sp.erfi,
    sp.fresnels, sp.fresnelc, sp.Ei, sp.li, sp.Si, sp.Ci, sp.Shi, sp.Chi,
}  # fmt: skip
"""Functions whose derivative is elementary: expanded as the integral of F'(u)·u'."""

REWRITTEN: dict[Any, Callable[..., Expr]] = {
    sp.sec: lambda u: 1 / sp.cos(u), sp.csc: lambda u: 1 / sp.sin(u), sp.cot: lambda u: sp.cos(u) / sp.sin(u),
    sp.sech: lambda u: 1 / sp.cosh(u), sp.csch: lambda u: 1 / sp.sinh(u), sp.coth: lambda u: sp.cosh(u) / sp.sinh(u),
    sp.asec: lambda u: sp.acos(1 / u), sp.acsc: lambda u: sp.asin(1 / u), sp.sinc: lambda u: sp.sin(u) / u,
}  # fmt: skip


def arguments(e: Expr) -> tuple[Expr, ...]:
    """The arguments of a function, through the head of a derivative of an undefined one."""
    return tuple(e.applied.args) if isinstance(e, Primed) else e.args


def outer_derivatives(e: Expr, slots: Sequence[int], n: int) -> list[tuple[tuple[int, ...], Expr]]:
    """All partial derivatives up to total order n of the outer function of e in the given slots, at its arguments."""
    names = {i: Dummy(f"u{i}", real=True) for i in slots}
    placed = tuple(names.get(i, a) for i, a in enumerate(arguments(e)))
    outer = Primed(e.applied.func(*placed), e.orders) if isinstance(e, Primed) else e.func(*placed)
    back = {names[i]: arguments(e)[i] for i in slots}
    table: dict[tuple[int, ...], Expr] = {(0,) * len(slots): outer}
    for orders in sorted(product(range(n + 1), repeat=len(slots)), key=sum):
        if 0 < sum(orders) <= n:
            j = next(i for i, k in enumerate(orders) if k)
            lower_order = (*orders[:j], orders[j] - 1, *orders[j + 1 :])
            table[orders] = differentiate(table[lower_order], names[slots[j]])
    return [(orders, value.xreplace(back)) for orders, value in table.items()]


def chosen(e: Expr, point: Mapping[Symbol, Expr]) -> Expr | None:
    """What |u|, sign, max, min, floor, step and piecewise are near the point, when they are not on a border there."""
    if isinstance(e, sp.Abs):
        s = sign_of(e.args[0].xreplace(point))
        return None if not s else s * e.args[0]
    if isinstance(e, sp.Max | sp.Min | sp.Piecewise | sp.sign | sp.Heaviside | sp.floor | sp.ceiling | sp.frac) and is_obstacle(
        e, point
    ):
        raise no_series(e, point)
    if isinstance(e, sp.Max | sp.Min):
        return next(u for u in e.args if beats(u, e.args, isinstance(e, sp.Max)).xreplace(point) == sp.true)
    if isinstance(e, sp.Piecewise):
        return next(v for v, c in e.args if c.xreplace(point) == sp.true)
    if isinstance(e, sp.sign | sp.Heaviside | sp.floor | sp.ceiling):
        return e.xreplace(point)
    if isinstance(e, sp.frac):
        return e.args[0] - sp.floor(e.args[0].xreplace(point))
    return None


POLES: dict[Any, Callable[..., Expr]] = {sp.tan: lambda u: sp.sin(u) / sp.cos(u)}
"""Functions with poles that are expanded by a recurrence elsewhere."""


def as_quotients(e: Expr) -> Expr:
    """The expression with every function that is a quotient written as one."""
    quotients = {**REWRITTEN, **POLES}
    return e.replace(lambda g: g.func in quotients, lambda g: quotients[g.func](*g.args))


def is_obstacle(e: Expr, point: Mapping[Symbol, Expr]) -> bool:
    return not isinstance(e, AppliedUndef | Primed) and obstacle(e, point) is not None


def no_series(part: Expr, point: Mapping[Any, Expr]) -> SymcalcError:
    """The error that names the part which is not analytic, the point and the reason."""
    where = spoken({x: a for x, a in point.items() if x.is_Symbol})
    why, hint = _why(part, point), "choose another point with --at"
    names = sorted(map(str, part.xreplace(dict(point)).free_symbols))
    if names and not why:
        why = f" as long as nothing more is known about {', '.join(names)}"
        hint = f'say more about the names, for example --assume "{", ".join(f"{name}>0" for name in names)}"'
    problem = f"there is no Taylor polynomial: {part} is not analytic at {where}{why or ', or it could not be shown'}"
    return SymcalcError("no", problem, code="not-analytic", hint=hint)


def _why(part: Expr, point: Mapping[Any, Expr]) -> str:
    """What is seen of the part at the point; nothing where nothing could be shown."""
    if isinstance(part, KINKED) and part.xreplace(dict(point)).free_symbols:
        return ""
    value = part.xreplace(dict(point))
    if isinstance(part, sp.Abs):
        return ", where it has a corner"
    if isinstance(part, sp.Max | sp.Min | sp.Piecewise):
        return ", where two of its cases meet"
    if isinstance(part, sp.sign | sp.Heaviside | sp.floor | sp.ceiling | sp.frac | sp.Mod):
        return ", where it jumps"
    if any(f.is_Pow and f.exp.is_negative and is_zero(f.base.xreplace(dict(point))) for f in sp.Mul.make_args(part)):
        return ", where its denominator is 0"
    if part.is_Pow and part.exp.is_Rational and is_zero(part.base.xreplace(dict(point))):
        return ", where a derivative of it becomes infinite"
    if part.is_Pow and not part.exp.is_Rational and is_zero(part.base.xreplace(dict(point))):
        return ", where its base is 0"
    if value.has(*UNDEFINED):
        return ", where it has no finite value"
    if value.is_number and value.is_extended_real is False:
        return ", where it has no real value"
    return ""
