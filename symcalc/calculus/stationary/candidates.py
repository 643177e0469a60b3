"""Points as they are shown: coordinates, value and multipliers, exact where possible, always with proven decimals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import flint
from flint import arb
from sympy import Expr, Float, Symbol, log

from symcalc.calculus.enclosure import NoBall, enclose
from symcalc.calculus.stationary.admissible import is_admitted
from symcalc.calculus.stationary.angles import exact_angle
from symcalc.calculus.stationary.classify import (
    UNKNOWN,
    UNQUALIFIED,
    Derivatives,
    Nature,
    Term,
    derivatives,
    nature,
    nature_in_balls,
)
from symcalc.calculus.stationary.closed import DIGITS, ball_of, decimal
from symcalc.calculus.stationary.degenerate import kernel_term, kind_by_lowest_form
from symcalc.calculus.stationary.field import PRECISIONS, Element
from symcalc.calculus.stationary.model import Model
from symcalc.calculus.stationary.place import IDENTIFYING_BITS, Combination, Place
from symcalc.calculus.stationary.simple import made_exact
from symcalc.calculus.stationary.solve import Solution
from symcalc.calculus.stationary.system import Problem, Reduced
from symcalc.result import Point

SHOWN_BITS = IDENTIFYING_BITS
MOST_DIRECTIONS = 4
"""In more variables the lowest form of a degenerate point is not tried in all directions."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A point that may be an extremum, with a ball around its value and balls around its coordinates.

    `curvature` is +1 (-1) where the Lagrangian with the point's multipliers is a convex (concave) quadratic.
    """

    point: Point
    value: Any
    coordinates: Mapping[Symbol, Any]
    curvature: Callable[[], int] = lambda: 0

    def order(self) -> tuple[float, ...]:
        """Sort key: value, then coordinates; rounded, so that equal values stand together."""
        return tuple(round(float(ball.mid()), 10) for ball in (self.value, *self.coordinates.values()))


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those that the assumptions on the variables admit, in order of value and coordinates."""
    admitted = (c for c in candidates if all(is_admitted(x, b < 0, b > 0) for x, b in c.coordinates.items()))
    return sorted(admitted, key=Candidate.order)


@dataclass(slots=True)
class Describer:
    """Turns solutions of the polynomial model into candidates of the problem."""

    problem: Problem
    reduced: Reduced
    model: Model
    plain: Derivatives = field(init=False)
    _given: Derivatives | None = None
    _natures: dict[Place, Nature] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.plain = derivatives(self.problem, lambda e: e)

    def prepare(self, expression: Expr) -> Expr:
        """An expression in the variables of the problem, written in the unknowns of the model."""
        return self.model.rewrite(expression.subs(self.reduced.back))

    def describe(self, solutions: Sequence[Solution]) -> list[Candidate]:
        """The solutions inside the domain, in order of value."""
        found = [c for s in solutions if (c := self._candidate(s)) is not None]
        return in_order(found)

    def _candidate(self, solution: Solution) -> Candidate | None:
        """None where objective, constraints or their derivatives are not defined."""
        try:
            if isinstance(solution.place, Place):
                return self._exact(solution.place, solution.root)
        except NoBall:
            pass
        return from_balls(
            self.problem, self.plain, [self._balls(solution, bits) for bits in PRECISIONS[1:3]], self.reduced.equations()
        )

    def _exact(self, place: Place, root: int) -> Candidate | None:
        try:
            if not all(_positive(place, root, place.combination(self.prepare(u))) for u in _logarithms(self.problem)):
                return None
            if place not in self._natures:
                self._given = self._given or derivatives(self.problem, self.prepare)
                self._natures[place] = nature(place, self._given, lambda multipliers: self._kernel_term(place, multipliers))
            found = self._natures[place]
        except ZeroDivisionError:
            return None
        multipliers = dict(zip(self.problem.names, found.multipliers, strict=False))
        at = self._coordinates(place, root)
        balls = self._balls(Solution(place, root), SHOWN_BITS)
        value, value_ball = self._value(place, root, at, balls)
        numbers = {x.name: b for x, b in balls.items()} | {"value": value_ball}
        numbers |= {k.name: place.ball(c, root, SHOWN_BITS) for k, c in multipliers.items()}
        point = Point(
            at,
            value,
            {k: place.exact(c, root) for k, c in multipliers.items()},
            self._kind(found, root, at, balls),
            {name: decimal(ball) for name, ball in numbers.items()},
        )
        return Candidate(point, value_ball, balls, lambda: found.curvature(root))

    def _kind(self, found: Nature, root: int, at: Mapping[Symbol, Expr], balls: Mapping[Symbol, Any]) -> str:
        """By enclosures, which is quick, where they decide; otherwise exactly."""
        kind = nature_in_balls(self.problem, self.plain, [balls])[1]
        if not kind.startswith((UNKNOWN, UNQUALIFIED)):
            return kind
        try:
            kind = found.kinds(root)
        except NoBall:
            return UNKNOWN
        if kind != UNKNOWN or self.problem.constraints or len(at) > MOST_DIRECTIONS:
            return kind
        return kind_by_lowest_form(self.problem.objective, at) or UNKNOWN

    def _value(self, place: Place, root: int, at: Mapping[Symbol, Expr], balls: Mapping[Symbol, Any]) -> tuple[Expr, Any]:
        """The objective: exact in the field and its kernels; where an angle stands outside sin and cos, by substitution."""
        try:
            value = place.combination(self.prepare(self.problem.objective))
            return place.exact(value, root), place.ball(value, root, SHOWN_BITS)
        except NoBall:
            with flint.ctx.workprec(SHOWN_BITS):
                return self.problem.objective.subs(at), enclose(self.problem.objective, balls)

    def _kernel_term(self, place: Place, multipliers: list[Element]) -> Term:
        if self.model.angles:
            return None
        at = {x: place.element(self.prepare(x)) for x in self.problem.variables}
        known = {x: value for x, value in at.items() if value is not None}
        return kernel_term(self.problem, place.field, known, multipliers) if len(known) == len(at) else None

    def _coordinates(self, place: Place, root: int) -> dict[Symbol, Expr]:
        values: dict[Symbol, Expr] = {}
        for x in self.reduced.variables:
            angle = self.model.angles.get(x)
            if angle is None:
                values[x] = place.exact(place.combination(x), root)
            else:
                values[x] = angle.scale * exact_angle(place.unknowns[angle.sine], place.unknowns[angle.cosine], root)
        for x, h in self.reduced.back.items():
            angular = h.free_symbols & set(self.model.angles)
            values[x] = h.subs(values) if angular else place.exact(place.combination(self.model.rewrite(h)), root)
        return {x: values[x] for x in self.problem.variables}

    def _balls(self, solution: Solution, bits: int) -> dict[Symbol, Any]:
        unknowns = solution.place.balls(solution.root, bits)
        with flint.ctx.workprec(bits):
            values = {x: unknowns[x] for x in self.reduced.variables if x in unknowns}
            for x, angle in self.model.angles.items():
                values[x] = arb.atan2(unknowns[angle.sine], unknowns[angle.cosine]) * angle.scale
            values |= {x: enclose(h, values) for x, h in self.reduced.back.items()}
        return {x: values[x] for x in self.problem.variables}


def exact_candidate(point: Point) -> Candidate:
    """A candidate known by exact numbers."""
    return Candidate(point, ball_of(point.value), {x: ball_of(a) for x, a in point.at.items()})


def from_balls(
    problem: Problem, given: Derivatives, balls: Sequence[Mapping[Symbol, Any]], conditions: Sequence[Expr]
) -> Candidate | None:
    """A candidate known by enclosures only, at increasing precision; None where the objective is not defined. Simple
    exact numbers that satisfy the conditions are recognized."""
    try:
        with flint.ctx.workprec(SHOWN_BITS):
            value = enclose(problem.objective, balls[-1])
    except NoBall:
        return None
    multipliers, kind = nature_in_balls(problem, given, balls)
    numbers = {x.name: b for x, b in balls[-1].items()} | {"value": value}
    numbers |= {k.name: b for k, b in multipliers.items()}
    point = Point(
        {x: _float(b) for x, b in balls[-1].items()},
        _float(value),
        {k: _float(b) for k, b in multipliers.items()},
        kind,
        {name: decimal(ball) for name, ball in numbers.items()},
    )
    return Candidate(made_exact(problem, conditions, point, balls[-1]), value, balls[-1])


def _float(ball: Any) -> Expr:
    return Float(decimal(ball, DIGITS), DIGITS)


def _logarithms(problem: Problem) -> set[Expr]:
    return {a.args[0] for h in (problem.objective, *problem.constraints) for a in h.atoms(log)}


def _positive(place: Place, root: int, value: Combination) -> bool:
    if not value.terms:
        raise ZeroDivisionError
    for bits in PRECISIONS:
        ball = place.ball(value, root, bits)
        if ball > 0 or ball < 0:
            return bool(ball > 0)
    raise NoBall
