"""Where functions of real numbers are analytic: what must be positive, or not zero, for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy import Expr, S

from symcalc.calculus.sign import sign_of
from symcalc.notation import RealRoot, sigmoid


@dataclass(frozen=True, slots=True)
class Need:
    """`value` > 0, or only `value` ≠ 0."""

    value: Expr
    positive: bool

    @property
    def met(self) -> bool | None:
        """True or False where it is proven, otherwise None."""
        sign = sign_of(self.value)
        return None if sign is None else sign == 1 if self.positive else sign != 0


Needs = tuple[Need, ...]
NEVER = (Need(S.NegativeOne, True),)


def met(needs: Iterable[Need]) -> bool:
    """Whether all needs are proven to be met."""
    return all(need.met for need in needs)


def _positive(*values: Expr) -> Needs:
    return tuple(Need(v, True) for v in values)


def _nonzero(u: Expr, *_: Expr) -> Needs:
    return (Need(u, False),)


def _inside(u: Expr) -> Needs:
    return _positive(1 - u**2)


def _outside(u: Expr) -> Needs:
    return _positive(u**2 - 1)


def _no_pole_of_gamma(u: Expr) -> Needs:
    return () if u.is_integer is False else _positive(u)


def _between_integers(u: Expr, *_: Expr) -> Needs:
    return () if u.is_integer is False else _nonzero(sp.sin(sp.pi * u))


def _cosine_nonzero(u: Expr) -> Needs:
    return _nonzero(sp.cos(u))


def _sine_nonzero(u: Expr) -> Needs:
    return _nonzero(sp.sin(u))


def _entire_or_positive(v: Expr, u: Expr) -> Needs:
    return () if v.is_integer is True else _positive(u)


def _second_positive(_: Expr, u: Expr) -> Needs:
    return _positive(u)


def power_needs(base: Expr, exponent: Expr, varies: bool) -> Needs:
    """The needs of a power; `varies` says whether the exponent does."""
    if exponent.is_Integer and not varies:
        return () if exponent >= 0 else _nonzero(base)
    return _positive(base)


ENTIRE = (
    sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.sech, sp.atan, sp.asinh, sp.erf, sp.erfc, sp.erfi, sp.sinc,
    sp.fresnels, sp.fresnelc, sp.Si, sp.Shi, sp.airyai, sp.airybi, sp.airyaiprime, sp.airybiprime, sigmoid,
)  # fmt: skip
"""Functions that are analytic at every real argument."""

ANALYTIC: dict[Any, Callable[..., Needs]] = {
    **dict.fromkeys(ENTIRE, lambda *_: ()),
    sp.log: _positive, sp.li: lambda u: _positive(u) + _nonzero(u - 1),
    sp.tan: _cosine_nonzero, sp.sec: _cosine_nonzero, sp.cot: _sine_nonzero, sp.csc: _sine_nonzero,
    sp.asin: _inside, sp.acos: _inside, sp.atanh: _inside, sp.acot: _nonzero,
    sp.asec: _outside, sp.acsc: _outside, sp.acoth: _outside, sp.acosh: lambda u: _positive(u - 1),
    sp.asech: lambda u: _positive(u, 1 - u),
    sp.coth: _nonzero, sp.csch: _nonzero, sp.acsch: _nonzero,
    sp.Abs: _nonzero, sp.sign: _nonzero, sp.Heaviside: _nonzero, RealRoot: _nonzero,
    sp.floor: _between_integers, sp.ceiling: _between_integers, sp.frac: _between_integers,
    sp.Mod: lambda a, b: _between_integers(a / b) if b.is_number else NEVER,
    sp.gamma: _no_pole_of_gamma, sp.loggamma: _positive, sp.digamma: _no_pole_of_gamma,
    sp.factorial: lambda u: _no_pole_of_gamma(u + 1), sp.polygamma: lambda n, u: _no_pole_of_gamma(u),
    sp.Ei: _nonzero, sp.Ci: _positive, sp.Chi: _positive,
    sp.besselj: _entire_or_positive, sp.bessely: _second_positive, sp.besseli: _entire_or_positive, sp.besselk: _second_positive,
    sp.LambertW: lambda u, k=S.Zero: _positive(sp.E * u + 1) if k == 0 else NEVER,
    sp.atan2: lambda y, x: () if met(_nonzero(y)) else _positive(x),
    sp.zeta: lambda s, a=S.One: _nonzero(s - 1) if a == 1 else NEVER,
    sp.elliptic_k: lambda m: _positive(1 - m),
    sp.elliptic_e: lambda *a: _positive(1 - a[0]) if len(a) == 1 else NEVER,
}  # fmt: skip
"""From the exact values of the arguments: what must hold there."""
