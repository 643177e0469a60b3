"""Stationary points of a function without constraints: all real ones, their kind, and what holds globally.

symcalc critical "x^4+y^4-4*x*y"
symcalc critical "x^3-3*x"
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from sympy import Eq, Expr, Symbol

from symcalc.calculus.curve import Curve, curve, extrema
from symcalc.calculus.derivation import gradient_derivation
from symcalc.calculus.fields import derivative, gradient
from symcalc.calculus.stationary import ALL, NONE, lagrange_points, stationary_points
from symcalc.calculus.stationary.kinks import branches
from symcalc.commands._extrema import argument, chosen, point_notes, require_points, require_real
from symcalc.commands._inputs import named, names_in, several
from symcalc.errors import SymcalcError
from symcalc.notation import Leibniz, natural_order
from symcalc.options import Expression, Max, Min, Steps, Variables
from symcalc.parse import DEFAULT, Reading, parse_expression
from symcalc.result import Fact, Points, Result


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
        points = dataclasses.replace(points, extrema={**points.extrema, **decided})
    answer = Fact("stationary points", chosen(points, min, max))
    shown = (*gradient_derivation(f, xs, column, steps), *argument(f, [], xs, [], points)) if steps else ()
    facts = (named(source, xs), *slopes, *(_facts(shape, xs[0]) if shape is not None else ()))
    return Result(answer, facts, shown, point_notes(points), (source,), xs, claims)


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
            return None
        complete = all(each.label in (ALL, NONE) and not each.families for each in found)
        return [a for each in found for point in each.points for a in point.at.values()] if complete else None

    return curve(f, xs[0], zeros)


def _facts(shape: Curve, x: Symbol) -> list[Fact]:
    """What the curve does, in words."""
    intervals = {"rises": shape.rising, "falls": shape.falling, "convex": shape.convex, "concave": shape.concave}
    told: dict[str, list[tuple[Any, ...]]] = {
        **{name: [("(", low, ", ", high, ")") for low, high in found] for name, found in intervals.items()},
        "inflection": [(x, " = ", a) for a in shape.inflections],
        "asymptotes": [(x, " = ", a) for a in shape.vertical],
    }
    for line, ends in shape.others:
        where = [piece for end in ends for piece in (" and ", end)][1:]
        told["asymptotes"].append(("y = ", line, " for ", x, " to ", *where))
    before = dict.fromkeys(intervals, "on ") | {"inflection": "at ", "asymptotes": ""}
    return [Fact(name, (before[name], *_separated(parts))) for name, parts in told.items() if parts]


def _separated(parts: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Phrases with commas between them."""
    return tuple(piece for part in parts for piece in (", ", *part))[1:]
