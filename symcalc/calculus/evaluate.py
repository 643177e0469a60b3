"""Exact values at a point, only where they are proven to be right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Expr, ImmutableMatrix, S, Symbol

from symcalc.calculus.smooth import obstacle
from symcalc.calculus.tidy import tidy
from symcalc.errors import SymcalcError

UNDEFINED = (S.NaN, S.ComplexInfinity, S.Infinity, S.NegativeInfinity)


def spoken(point: Mapping[Symbol, Expr]) -> str:
    """The point in words: "x = 1, y = 0"."""
    return ", ".join(f"{x} = {a}" for x, a in point.items())


def require_smooth(f: Expr, point: Mapping[Symbol, Expr]) -> None:
    """Raise SymcalcError("no") unless every part of f is proven analytic at the point, so that all its derivatives exist
    there and the formula for them may be evaluated."""
    part = obstacle(f, point)
    if part is not None:
        raise SymcalcError(
            "no",
            f"not decided whether the derivative exists at {spoken(point)}: {part} is not shown to be smooth there",
            code="undecided",
            hint="symcalc diff and grad give the derivative as a formula, with the places where it holds",
        )


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
