"""The curve of a function of one variable beside its stationary points: what each says about the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Expr, Float, Symbol, oo

from symcalc.calculus.curve import Curve, curve
from symcalc.calculus.decide.value import value_at
from symcalc.calculus.fields import derivative
from symcalc.calculus.periodic import period, repeating, zeros_in_period
from symcalc.calculus.sign import sign_of
from symcalc.calculus.singular import singular_points
from symcalc.calculus.stationary.analysis import ALL, NONE, PERIODIC, lagrange_points
from symcalc.calculus.stationary.kinks import branches
from symcalc.calculus.tidy import tidy
from symcalc.calculus.zeros import all_zeros
from symcalc.errors import SymcalcError
from symcalc.result import Extremum, Points

ALL_CERTIFIED = "certified, all real points"
"""The label of points that are decimals, where the curve shows that there are no others."""
DIGITS_COMPARED = 30


def shape_of(f: Expr, xs: Sequence[Symbol], points: Points) -> Curve | None:
    """The curve of a function of one variable with these stationary points, where it is known completely."""
    if len(xs) != 1:
        return None

    def zeros(g: Expr) -> list[Expr] | None:
        slope = derivative(g, [(xs[0], 1)])
        if not slope.has(xs[0]) or slope.is_positive or slope.is_negative:
            return []
        try:
            found = [points] if g == f else [lagrange_points(branch, [], xs) for branch in branches(g, xs)]
        except SymcalcError:
            found = []
        length = period(repeating(f, xs[0]), xs[0])
        known = (ALL, NONE) if length is None else (ALL, NONE, PERIODIC)
        if found and all(each.label in known and not each.families for each in found):
            return [a for each in found for point in each.points for a in point.at.values()]
        return all_zeros(slope, xs[0], singular_points) if length is None else zeros_in_period(slope, xs[0], length)

    return curve(f, xs[0], zeros)


def _completed(points: Points, shape: Curve, f: Expr, x: Symbol) -> Points:
    """Points that are certified only with the exact coordinates that the curve knows, if it shows that they are all."""
    if points.label in (ALL, NONE, PERIODIC) or shape.period is not None:
        return points
    known = {a: value for a in shape.stationary if (value := value_at(f, {x: a})) is not None}
    shown = [(p, [a for a in known if _is_near(a, p.at[x])]) for p in points.points]
    if len(known) != len(shown) or any(len(places) != 1 for _, places in shown):
        return points
    if not shown:
        return replace(points, label=NONE)
    exact = tuple(replace(p, at={x: a}, value=tidy(known[a])) for p, (a,) in shown)
    decimal = any(a.has(Float) for a in known)
    claims = {side: replace(e, value=exact[e.points[0]].value) if e.points else e for side, e in points.extrema.items()}
    return replace(points, points=exact, extrema=claims, label=ALL_CERTIFIED if decimal else ALL)


def _is_near(a: Expr, b: Expr) -> bool:
    return bool(abs((a - b).evalf(DIGITS_COMPARED)) < Float(10) ** (5 - DIGITS_COMPARED) * (1 + abs(a)))


def with_curve(points: Points, shape: Curve, f: Expr, x: Symbol) -> Points:
    """The points with the global claims that the curve decides, and exact where it knows their coordinates."""
    undecided = {side for side, extremum in points.extrema.items() if extremum.status == "undecided"}
    decided = {side: extremum for side, extremum in extrema(f, x, shape).items() if side in undecided}
    return _completed(replace(points, extrema={**points.extrema, **decided}), shape, f, x)


def extrema(f: Expr, x: Symbol, shape: Curve) -> dict[str, Extremum]:
    """The global extrema of f, from its limits at the borders of the intervals on which it is monotone: nothing for a
    side on which a comparison is not decided."""
    if shape.period is not None and repeating(f, x) != f and not shape.vertical and not singular_points(f, x, shape.period):
        growth = sign_of((f - repeating(f, x)) / x)
        ends = (("minimum", -oo, -oo if growth == 1 else oo), ("maximum", oo, oo if growth == 1 else -oo))
        return {side: Extremum(side, "none", reason=("the objective tends to ", v, " for ", x, " to ", a)) for side, v, a in ends}
    if any(value is None for _, _, value in shape.borders) or not shape.borders:
        return {}
    found = {}
    for side, sign in (("minimum", -1), ("maximum", 1)):
        best = shape.borders[0]
        for border in shape.borders[1:]:
            order = _compare(border[2], best[2])
            if order is None:
                break
            attains = order == 0 and value_at(f, {x: best[0]}) is None
            best = border if order * sign > 0 or attains else best
        else:
            found[side] = _said(f, x, side, best)
    return found


def _compare(a: Expr | None, b: Expr | None) -> int | None:
    assert a is not None
    assert b is not None
    if a == b:
        return 0
    if a in (oo, -oo) or b in (oo, -oo):
        return 1 if a is oo or b == -oo else -1
    return sign_of(a - b)


def _said(f: Expr, x: Symbol, side: str, best: tuple[Expr, int, Expr | None]) -> Extremum:
    a, direction, value = best
    if value not in (oo, -oo) and a.is_finite and value_at(f, {x: a}) == value:
        reason = "compared with the limits at all ends of the intervals"
        return Extremum(side, "attained", value, places=(("at ", x, " = ", a),), reason=reason)
    where = (x, " to ", a, (" from the right" if direction > 0 else " from the left") * bool(a.is_finite))
    if value in (oo, -oo):
        return Extremum(side, "none", reason=("the objective tends to ", value, " for ", *where))
    return Extremum(side, "none", reason=("its bound ", value, " is only approached, for ", *where))
