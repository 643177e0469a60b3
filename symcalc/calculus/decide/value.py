"""The value of a function at a point, as real analysis has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sympy as sp
from sympy import Expr, S, Symbol, factorial
from sympy.calculus.accumulationbounds import AccumBounds

from symcalc.calculus.fields import derivative
from symcalc.calculus.realroots import real_roots
from symcalc.calculus.series import taylor_terms
from symcalc.calculus.smooth import obstacle
from symcalc.calculus.tidy import tidy
from symcalc.errors import SymcalcError
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


def smooth_derivative(f: Expr, orders: Sequence[tuple[Symbol, int]], point: Mapping[Symbol, Expr]) -> Expr | None:
    """The value of a derivative by its formula where every part of f is shown to be analytic at the point, so that it holds; by
    the Taylor series there, where the formula is too long."""
    if not is_smooth(f, point):
        return None
    f = real_roots(f)
    try:
        return value_at(derivative(f, orders), point)
    except SymcalcError as error:
        ((x, n), *more) = orders
        if error.kind != "limit" or more:
            raise
        return tidy(factorial(n) * _coefficient(f.xreplace({**point, x: x}), x, point[x], n))


def _coefficient(f: Expr, x: Symbol, a: Expr, n: int) -> Expr:
    """That of (x - a)^n in the Taylor series at a."""
    terms = taylor_terms(f, [x], {x: a}, n)[n]
    return terms[0][1] if terms else S.Zero


def is_smooth(f: Expr, point: Mapping[Symbol, Expr]) -> bool:
    """Whether every part of f is shown to be analytic at the point, so that its formulas hold there."""
    return obstacle(real_roots(f), point) is None and value_at(f, point) is not None


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
