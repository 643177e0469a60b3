"""The route for equations that are not polynomial: certified numbers, labelled with what is proven about the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import flint
from sympy import Add, Dummy, Symbol, diff

from symcalc.calculus.stationary.candidates import Candidate, from_balls, in_order
from symcalc.calculus.stationary.enclosure import NoBall, enclose
from symcalc.calculus.stationary.extrema import Situation, claims, settled
from symcalc.calculus.stationary.numeric import FINAL_BITS, Box, zeros_from_starts, zeros_in_box
from symcalc.calculus.stationary.system import Problem, Reduced
from symcalc.errors import SymcalcError
from symcalc.result import Points

HALF_WIDTHS = {1: 1000, 2: 10}
INCOMPLETE = "each point certified, list not proven complete"


def certified_points(problem: Problem, reduced: Reduced) -> Points:
    """All points in a box when the conditions are as many as the unknowns and these at most two; otherwise the points
    that Newton's method finds. Every point shown is proven to exist near its decimals."""
    try:
        candidates, label = _search(problem, reduced)
    except NoBall:
        problem_text = "the objective or a constraint holds a function without certified arithmetic here"
        raise SymcalcError("limit", problem_text) from None
    situation = Situation(problem, reduced, candidates, (), (), complete=False)
    found = claims(situation, ())
    return Points(tuple(c.point for c in settled(situation, found)), label, (), found, problem.notes)


def _search(problem: Problem, reduced: Reduced) -> tuple[list[Candidate], str]:
    xs, equations = reduced.variables, reduced.equations()
    if len(equations) == len(xs) and len(xs) in HALF_WIDTHS:
        half_width = HALF_WIDTHS[len(xs)]
        boxes = zeros_in_box(equations, xs, half_width)
        if boxes is not None:
            bounds = ", ".join(f"|{x}| <= {half_width}" for x in xs)
            return _candidates(problem, reduced, boxes), f"certified, all points in the box {bounds}"
    names = [Dummy(f"m{i}", real=True) for i in range(len(reduced.constraints))]
    lagrangian = reduced.objective - Add(*(k * g for k, g in zip(names, reduced.constraints, strict=True)))
    conditions = [*(diff(lagrangian, x) for x in xs), *reduced.constraints]
    return _candidates(problem, reduced, zeros_from_starts(conditions, [*xs, *names])), INCOMPLETE


def _candidates(problem: Problem, reduced: Reduced, boxes: Sequence[Box]) -> list[Candidate]:
    found = [from_balls(problem, [_values(problem, reduced, box)]) for box in boxes]
    return in_order(c for c in found if c is not None)


def _values(problem: Problem, reduced: Reduced, box: Box) -> Mapping[Symbol, Any]:
    values: dict[Symbol, Any] = dict(zip(reduced.variables, box, strict=False))
    with flint.ctx.workprec(FINAL_BITS):
        values |= {x: enclose(h, values) for x, h in reduced.back.items()}
    return {x: values[x] for x in problem.variables}
