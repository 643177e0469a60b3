"""Stationary points of a function without constraints: all real ones, their kind, and what holds globally.

symcalc critical "x^4+y^4-4*x*y"
symcalc critical "x^3-3*x"
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from sympy import Eq, Expr, Float, Symbol

from symcalc.calculus.curve import Curve, curve, extrema, singular_points
from symcalc.calculus.decide.value import value_at
from symcalc.calculus.derivation import gradient_derivation
from symcalc.calculus.fields import derivative, gradient
from symcalc.calculus.measure import measure
from symcalc.calculus.periodic import period, repeating, zeros_in_period
from symcalc.calculus.stationary import ALL, NONE, PERIODIC, lagrange_points, stationary_points
from symcalc.calculus.stationary.kinks import branches
from symcalc.calculus.tidy import tidy
from symcalc.calculus.zeros import all_zeros
from symcalc.commands._extrema import argument, chosen, point_notes, require_points, require_real
from symcalc.commands._inputs import named, names_in, several
from symcalc.errors import SymcalcError
from symcalc.notation import Leibniz, natural_order
from symcalc.options import Expression, Max, Min, Steps, Variables
from symcalc.parse import DEFAULT, Reading, parse_expression
from symcalc.result import Fact, Points, Result

UNTOLD = "how f rises and bends is not told: zeros of f' or f'' may be missing"
ALL_CERTIFIED = "certified, all real points"
"""The label of points that are decimals, where the curve shows that there are no others."""
DIGITS_COMPARED = 30
LONG, DIGITS = 24, 6
"""Numbers of more signs than LONG are told by DIGITS digits."""


def critical(
    expression: Expression,
    *variables: Variables,
    min: Min = False,
    max: Max = False,
    steps: Steps = None,
    reading: Reading = DEFAULT,
) -> Result:
    """Every real point where the gradient vanishes, with value and kind, and a label that says how complete the list is; in
    one variable also where the function rises, falls and bends, and its asymptotes. `min` and `max` keep points of that
    kind only. Names that are not variables are parameters."""
    require_real(reading)
    source = parse_expression(expression, reading, names_in(variables))
    f = source.value
    xs = several(variables, source, reading)
    if f.free_symbols.isdisjoint(xs) and f.free_symbols:
        listed = ", ".join(map(str, natural_order(f.free_symbols)))
        problem = f"{', '.join(map(str, xs))} does not occur in the formula"
        raise SymcalcError("usage", problem, code="absent-variable", hint=f"its names are {listed}")
    points, claims = stationary_points(f, [], [], xs)
    shape = _curve(f, xs, points)
    if shape is None:
        require_points(points)
    column = gradient(f, xs)
    heads = [Leibniz(Symbol("f"), (x, 1), partial=len(xs) > 1) for x in xs]
    slopes = [Fact("stationarity", Eq(g, 0, evaluate=False), of=h, lead=True) for h, g in zip(heads, column, strict=True)]
    if shape is not None:
        open_sides = {side for side, extremum in points.extrema.items() if extremum.status == "undecided"}
        decided = {side: extremum for side, extremum in extrema(f, xs[0], shape).items() if side in open_sides}
        points = _completed(dataclasses.replace(points, extrema={**points.extrema, **decided}), shape, f, xs[0])
    answer = Fact("stationary points", chosen(points, min, max))
    shown = (*gradient_derivation(f, xs, column, steps), *argument(f, [], xs, [], points)) if steps else ()
    facts = (named(source, xs), *slopes, *(_facts(shape, xs[0]) if shape is not None else ()))
    untold = (UNTOLD,) if shape is None and f.free_symbols == set(xs) and len(xs) == 1 else ()
    return Result(answer, facts, shown, (*point_notes(points), *untold), (source,), xs, claims)


def _curve(f: Expr, xs: Sequence[Symbol], points: Points) -> Curve | None:
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
        return dataclasses.replace(points, label=NONE)
    exact = tuple(dataclasses.replace(p, at={x: a}, value=tidy(known[a])) for p, (a,) in shown)
    decimal = any(a.has(Float) for a in known)
    claims = {
        side: dataclasses.replace(e, value=exact[e.points[0]].value) if e.points else e for side, e in points.extrema.items()
    }
    return dataclasses.replace(points, points=exact, extrema=claims, label=ALL_CERTIFIED if decimal else ALL)


def _is_near(a: Expr, b: Expr) -> bool:
    return bool(abs((a - b).evalf(DIGITS_COMPARED)) < Float(10) ** (5 - DIGITS_COMPARED) * (1 + abs(a)))


def _facts(shape: Curve, x: Symbol) -> list[Fact]:
    """What the curve does, in words."""
    intervals = {"rises": shape.rising, "falls": shape.falling, "convex": shape.convex, "concave": shape.concave}
    repeated = [] if shape.period is None else [Fact("period", (shape.period, "; the rest is told for one period"))]
    told: dict[str, list[tuple[Any, ...]]] = {
        **{name: [("(", *_short(low), ", ", *_short(high), ")") for low, high in found] for name, found in intervals.items()},
        "inflection": [_place(x, a) for a in shape.inflections],
        "asymptotes": [_place(x, a) for a in shape.vertical],
    }
    for line, ends in shape.others:
        where = [piece for end in ends for piece in (" and ", end)][1:]
        told["asymptotes"].append(("y = ", line, " for ", x, " to ", *where))
    before = dict.fromkeys(intervals, "on ") | {"inflection": "at ", "asymptotes": ""}
    return repeated + [Fact(name, (before[name], *_separated(parts))) for name, parts in told.items() if parts]


def _short(a: Expr) -> tuple[Any, ...]:
    """A number, or its decimals where it is long."""
    return (a,) if measure(a) <= LONG else ("≈", a.evalf(DIGITS))


def _place(x: Symbol, a: Expr) -> tuple[Any, ...]:
    return (x, " = ", a) if measure(a) <= LONG else (x, " ≈ ", a.evalf(DIGITS))


def _separated(parts: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Phrases with commas between them."""
    return tuple(piece for part in parts for piece in (", ", *part))[1:]
