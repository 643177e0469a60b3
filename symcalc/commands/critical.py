"""Stationary points of a function without constraints: all real ones, their kind, and what holds globally.

symcalc critical "x^4+y^4-4*x*y"
symcalc critical "x^3-3*x"
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Eq, Expr, Symbol

from symcalc.calculus.curve import Curve
from symcalc.calculus.derivation import gradient_derivation
from symcalc.calculus.fields import gradient
from symcalc.calculus.measure import measure
from symcalc.calculus.stationary import stationary_points
from symcalc.calculus.stationary.shape import shape_of, with_curve
from symcalc.commands._extrema import argument, chosen, point_notes, require_points, require_real
from symcalc.commands._inputs import named, names_in, several
from symcalc.errors import SymcalcError
from symcalc.notation import Leibniz, natural_order
from symcalc.options import Expression, Max, Min, Steps, Variables
from symcalc.parse import DEFAULT, Reading, parse_expression
from symcalc.result import Fact, Result

UNTOLD = "how f rises and bends is not told: zeros of f' or f'' may be missing"
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
    shape = shape_of(f, xs, points)
    if shape is None:
        require_points(points)
    column = gradient(f, xs)
    heads = [Leibniz(Symbol("f"), (x, 1), partial=len(xs) > 1) for x in xs]
    slopes = [Fact("stationarity", Eq(g, 0, evaluate=False), of=h, lead=True) for h, g in zip(heads, column, strict=True)]
    if shape is not None:
        points = with_curve(points, shape, f, xs[0])
    answer = Fact("stationary points", chosen(points, min, max))
    shown = (*gradient_derivation(f, xs, column, steps), *argument(f, [], xs, [], points)) if steps else ()
    facts = (named(source, xs), *slopes, *(_facts(shape, xs[0]) if shape is not None else ()))
    untold = (UNTOLD,) if shape is None and f.free_symbols == set(xs) and len(xs) == 1 else ()
    return Result(answer, facts, shown, (*point_notes(points), *untold), (source,), xs, claims)


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
