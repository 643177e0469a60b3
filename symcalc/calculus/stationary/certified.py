"""The route for equations that are not polynomial: certified numbers, labelled with what is proven about the list."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any

import flint
from sympy import Add, Dummy, Expr, Integer, Symbol, diff

from symcalc.calculus.enclosure import NoBall, enclose
from symcalc.calculus.stationary.bounds import bounded_by
from symcalc.calculus.stationary.candidates import Candidate, from_balls, in_order
from symcalc.calculus.stationary.classify import derivatives
from symcalc.calculus.stationary.extrema import claims, settled, undecided
from symcalc.calculus.stationary.factors import vanishing_factors
from symcalc.calculus.stationary.ideal import TooHard
from symcalc.calculus.stationary.model import NotPolynomial
from symcalc.calculus.stationary.numeric import FINAL_BITS, Box, distinct, zeros_from_starts, zeros_in_box
from symcalc.calculus.stationary.qualification import qualification
from symcalc.calculus.stationary.situation import Situation, domain_of
from symcalc.calculus.stationary.solve import real_points
from symcalc.calculus.stationary.system import Problem, Reduced
from symcalc.errors import SymcalcError
from symcalc.result import Family, Points

HALF_WIDTHS = {1: (1000, 10), 2: (10,)}
"""By the number of variables: half the width of the box that is searched; of the next one, where there are MANY points."""
MANY = 40
MOST_BRANCHES = 16
MOST_OPERATIONS = 300
INCOMPLETE = "each point certified, list not proven complete"
NOT_EXAMINED = "points where a root vanishes or a derivative does not exist are not examined"
EVERYWHERE = "exact, all real points"


def certified_points(problem: Problem, reduced: Reduced) -> Points:
    """All points in a box when the conditions are as many as the unknowns and these at most two; otherwise the points
    that Newton's method finds. Every point shown is proven to exist near its decimals."""
    equations = reduced.equations()
    if len(equations) == len(reduced.constraints) < len(reduced.variables):
        every = [piece for g in problem.constraints for piece in (", ", g, " = 0")][1:]
        family = Family(("every solution of ", *every, " is stationary"))
        return Points((), EVERYWHERE, (family,), undecided(), problem.notes)
    try:
        candidates, label, complete = _search(problem, reduced, equations)
    except NoBall:
        words = "the objective or a constraint holds a function without certified arithmetic here"
        raise SymcalcError("limit", words) from None
    situation = Situation(problem, reduced, candidates, (), (), complete, domain_of(problem, reduced))
    found = claims(situation, ())
    notes = problem.notes if situation.domain.open else (*problem.notes, NOT_EXAMINED)
    points = settled([c.point for c in candidates], found)
    return Points(points, label, (), found, notes, qualification(points, len(problem.constraints), False, False))


def _search(problem: Problem, reduced: Reduced, equations: Sequence[Expr]) -> tuple[list[Candidate], str, bool]:
    """The candidates, the label, and whether the list is complete."""
    xs = reduced.variables
    if len(equations) == len(xs) and len(xs) in HALF_WIDTHS:
        extent = _extent(reduced)
        for half_width in HALF_WIDTHS[len(xs)] if extent is None else (extent,):
            found = [zeros_in_box(branch, xs, half_width) for branch in _branches(equations)]
            boxes = [box for zeros in found for box in zeros or []]
            if len(boxes) <= MANY:
                break
        if found and None not in found:
            label = f"certified, all points in the box {', '.join(f'|{x}| <= {half_width}' for x in xs)}"
            label += "" if extent is None else ", which holds the whole feasible set"
            return _candidates(problem, reduced, distinct(boxes)), label, extent is not None
    names = [Dummy(f"m{i}", real=True) for i in range(len(reduced.constraints))]
    lagrangian = reduced.objective - Add(*(k * g for k, g in zip(names, reduced.constraints, strict=True)))
    conditions = [*(diff(lagrangian, x) for x in xs), *reduced.constraints]
    return _candidates(problem, reduced, zeros_from_starts(conditions, [*xs, *names])), INCOMPLETE, False


def _branches(equations: Sequence[Expr]) -> Iterator[list[Expr]]:
    """Systems of simple factors, whose zeros together are those of the equations: multiple zeros become simple ones."""
    factors = [_simple_factors(e) for e in equations]
    count = 1
    for some in factors:
        count *= len(some)
    yield from [list(equations)] if count > MOST_BRANCHES else map(list, itertools.product(*factors))


def _simple_factors(e: Expr) -> list[Expr]:
    """The factors of an equation that may vanish, 1 for none; the equation itself when it is too large."""
    if e.count_ops() > MOST_OPERATIONS:
        return [e]
    return [f for f, _ in vanishing_factors(e)] or [Integer(1)]


def _extent(reduced: Reduced) -> int | None:
    """A half-width that holds the feasible set, when it is bounded and its extreme coordinates are found exactly."""
    xs = reduced.variables
    if not reduced.constraints or bounded_by(reduced.constraints, xs) is None:
        return None
    widest = 0.0
    for x in xs:
        try:
            points, families = real_points(xs, Reduced(x, reduced.constraints, xs, {}).equations())
        except (NotPolynomial, TooHard):
            return None
        if families:
            return None
        widest = max([widest, *(abs(float(s.place.balls(s.root, FINAL_BITS)[x].mid())) for s in points)])
    return ceil(widest) + 1


def _candidates(problem: Problem, reduced: Reduced, boxes: Sequence[Box]) -> list[Candidate]:
    given = derivatives(problem, lambda e: e)
    conditions = reduced.equations()
    found = [from_balls(problem, given, [_values(problem, reduced, box)], conditions) for box in boxes]
    return in_order(c for c in found if c is not None)


def _values(problem: Problem, reduced: Reduced, box: Box) -> Mapping[Symbol, Any]:
    values: dict[Symbol, Any] = dict(zip(reduced.variables, box, strict=False))
    with flint.ctx.workprec(FINAL_BITS):
        values |= {x: enclose(h, values) for x, h in reduced.back.items()}
    return {x: values[x] for x in problem.variables}
