"""The value of a function at a point, as real analysis has it."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Expr, S, Symbol
from sympy.calculus.accumulationbounds import AccumBounds

from symcalc.calculus.realroots import real_roots
from symcalc.calculus.tidy import tidy
from symcalc.notation import lower

UNDEFINED = (S.NaN, S.ComplexInfinity, S.Infinity, S.NegativeInfinity, AccumBounds)


def value_at(f: Expr, point: Mapping[Symbol, Expr]) -> Expr | None:
    """f at the point, put in simultaneously; None where f has no real value there."""
    value = real_roots(lower(f)).xreplace(dict(point))
    if value.has(*UNDEFINED) or value is S.NaN:
        return None
    value = tidy(value)
    if value.has(*UNDEFINED) or value.is_extended_real is False or not isinstance(value, Expr):
        return None
    return value
