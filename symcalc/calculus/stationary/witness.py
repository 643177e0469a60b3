"""Feasible points found by trial, to show that no listed point is a global extremum."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import flint
from sympy import Expr, Rational, Symbol

from symcalc.calculus.enclosure import NoBall, enclose
from symcalc.calculus.stationary.closed import rounded
from symcalc.calculus.stationary.ideal import TooHard
from symcalc.calculus.stationary.model import NotPolynomial
from symcalc.calculus.stationary.solve import real_points
from symcalc.calculus.stationary.system import Reduced

TRIES = 24
BITS = 128
SIZES = (1, 3, 10, 100)
PARTS = (1, 1, 2, 7)


@dataclass(frozen=True, slots=True)
class Witness:
    """A point that satisfies the constraints, with a ball around the objective there."""

    at: Mapping[Symbol, Any]
    value: Any

    def where(self) -> tuple[Any, ...]:
        """The point as the pieces of a phrase, to six digits."""
        return tuple(piece for x, ball in self.at.items() for piece in (", ", x, f" = {rounded(ball)}"))[1:]


def witnesses(reduced: Reduced, variables: Sequence[Symbol]) -> list[Witness]:
    """Feasible points in the given variables: rational values for as many as are free, the others from the constraints."""
    free = len(reduced.variables) - len(reduced.constraints)
    if free <= 0 or not all(g.is_polynomial(*reduced.variables) for g in reduced.constraints):
        return []
    numbers = random.Random(0)
    found: list[Witness] = []
    for _ in range(TRIES):
        chosen = numbers.sample(list(reduced.variables), free)
        values = {x: Rational(numbers.choice((1, -1)) * numbers.choice(SIZES), numbers.choice(PARTS)) for x in chosen}
        try:
            found += _completed(reduced, values, variables)
        except (TooHard, NotPolynomial):
            continue
    return found


def _completed(reduced: Reduced, values: Mapping[Symbol, Expr], variables: Sequence[Symbol]) -> Iterator[Witness]:
    rest = [x for x in reduced.variables if x not in values]
    solutions = real_points(rest, [g.subs(values) for g in reduced.constraints])[0] if rest else [None]
    with flint.ctx.workprec(BITS):
        for solution in solutions:
            others = solution.place.balls(solution.root, BITS) if solution is not None else {}
            balls = {x: others[x] if x in others else enclose(values[x], {}) for x in reduced.variables}
            balls |= {x: enclose(h, balls) for x, h in reduced.back.items()}
            try:
                yield Witness({x: balls[x] for x in variables}, enclose(reduced.objective, balls))
            except NoBall:
                continue
