"""The value of a function at a point, as real analysis has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp
from sympy import Expr, S, Symbol
from sympy.calculus.accumulationbounds import AccumBounds

from symcalc.calculus.realroots import real_roots
from symcalc.calculus.tidy import tidy
from symcalc.notation import lower

UNDEFINED = (S.NaN, S.ComplexInfinity, S.Infinity, S.NegativeInfinity, AccumBounds)


class _NoValue(Exception):
    pass


def value_at(f: Expr, point: Mapping[Symbol, Expr]) -> Expr | None:
    """f at the point, put in simultaneously; None where f, or a part of it, has no real value there."""
    try:
        value = tidy(_value(real_roots(lower(f)), dict(point), {}))
    except _NoValue:
        return None
    return None if value.has(*UNDEFINED) or value.is_extended_real is False or not isinstance(value, Expr) else value


def _value(e: Any, point: dict[Symbol, Expr], known: dict[Any, Any]) -> Any:
    """Part by part: 1/ln|x| has no value at 0, although 1/∞ would be 0."""
    if e in known:
        return known[e]
    if e in point:
        value = point[e]
    elif not e.args or not e.has(*point):
        value = e
    elif isinstance(e, sp.Piecewise):
        value = _piece(e, point, known)
    else:
        value = e.func(*(_value(a, point, known) for a in e.args))
    if value.has(*UNDEFINED) and not e.has(*UNDEFINED):
        raise _NoValue
    known[e] = value
    return value


def _piece(e: Any, point: dict[Symbol, Expr], known: dict[Any, Any]) -> Any:
    for value, condition in e.args:
        try:
            holds = condition.xreplace(point)
        except TypeError as error:  # a comparison with what is not a number
            raise _NoValue from error
        if holds == True:  # noqa: E712
            return _value(value, point, known)
        if holds != False:  # noqa: E712
            return e.xreplace(point)
    raise _NoValue
