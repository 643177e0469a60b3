"""Points of a periodic function between bounds: those of one period, in every period that the bounds reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Expr, Poly, S, Symbol, ceiling, expand, floor

from symcalc.calculus.periodic import period, repeating
from symcalc.calculus.sign import sign_of
from symcalc.result import Point, Points

MOST_PERIODS = 50
DIGITS = 20


def between_bounds(points: Points, objective: Expr, inequalities: Sequence[Expr], x: Symbol) -> Points | None:
    """The points of one period of the slope of the objective, at every multiple of the period between the bounds that the
    inequalities g ≤ 0 set for x; None where x is not bounded on both sides or there are too many periods."""
    length = period(repeating(objective, x), x)
    bounds = _bounds(inequalities, x)
    if length is None or bounds is None or bounds[1] - bounds[0] > MOST_PERIODS * length:
        return None
    low, high = bounds
    growth = (objective - repeating(objective, x)) / x
    found: list[Point] = []
    for point in points.points:
        for k in range(int(ceiling((low - point.at[x]) / length)), int(floor((high - point.at[x]) / length)) + 1):
            moved = _moved(point, x, k * length, growth * k * length)
            apart = [sign_of(moved.at[x] - other.at[x]) for other in found]
            if None in apart:
                return None
            found += [moved] if all(apart) else []
    return replace(points, points=tuple(found))


def _bounds(inequalities: Sequence[Expr], x: Symbol) -> tuple[Expr, Expr] | None:
    """The largest lower and the least upper bound among a·x + b ≤ 0."""
    lower, upper = list[Expr](), list[Expr]()
    for g in inequalities:
        if g.is_polynomial(x) and Poly(g, x).degree() == 1:
            a, b = Poly(g, x).all_coeffs()
            if a.is_positive or a.is_negative:
                (upper if a.is_positive else lower).append(-b / a)
    return (max(lower, key=lambda e: e.evalf(DIGITS)), min(upper, key=lambda e: e.evalf(DIGITS))) if lower and upper else None


def _moved(point: Point, x: Symbol, shift: Expr, change: Expr) -> Point:
    """The point with another x, and the change that its value has there."""
    if shift is S.Zero or shift == 0:
        return point
    at, value = expand(point.at[x] + shift), point.value + change
    numeric = {**point.numeric, x.name: str(at.evalf(DIGITS)), "value": str(value.evalf(DIGITS))}
    return replace(point, at={x: at}, value=value, numeric=numeric)
