"""Exact values at a point, only where they are proven to be right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Expr, ImmutableMatrix, S, Symbol

from symcalc.calculus.tidy import tidy
from symcalc.errors import SymcalcError

UNDEFINED = (S.NaN, S.ComplexInfinity, S.Infinity, S.NegativeInfinity)


def spoken(point: Mapping[Symbol, Expr]) -> str:
    """The point in words: "x = 1, y = 0"."""
    return ", ".join(f"{x} = {a}" for x, a in point.items())


def at_point(value: Any, point: Mapping[Symbol, Expr]) -> Any:
    """The expression or matrix with the point put in, simultaneously, and tidied. Raises SymcalcError("no") where it is
    undefined."""
    if not isinstance(value, Expr | ImmutableMatrix):
        return value.xreplace(dict(point))
    if isinstance(value, ImmutableMatrix):
        return value.applyfunc(lambda e: at_point(e, point))
    result = value.xreplace(dict(point))
    if result.has(*UNDEFINED):
        raise SymcalcError(
            "no", f"{value} has no value at {spoken(point)}", code="undefined", hint="check for a division by zero there"
        )
    return tidy(result.expand() if result.is_number and result.is_algebraic else result)
