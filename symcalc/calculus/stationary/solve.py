"""All real solutions of a polynomial system: finitely many in number fields, and families with sample points."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Rational, Symbol

from symcalc.calculus.stationary.field import Field
from symcalc.calculus.stationary.ideal import Component, Ring, independent, irredundant, is_finite, split
from symcalc.calculus.stationary.model import Model, NotPolynomial, model_of
from symcalc.calculus.stationary.place import LargePlace, Place
from symcalc.calculus.stationary.quotient import Zeros, zeros

EXACT_DEGREE = 12
EXACT_SIZE = 15000
"""In fields of a higher degree, and of more than so many bits times degree, only enclosures are computed."""

SAMPLE_VALUES = (0, 1, -1, Rational(1, 3), Rational(-2, 5), 2, Rational(-7, 2), 5)
MOST_SAMPLES_TRIED = 40


@dataclass(frozen=True, slots=True)
class Solution:
    """A place with one of its real roots: one real point."""

    place: Place | LargePlace
    root: int


@dataclass(frozen=True, slots=True)
class Family:
    """A solution set of positive dimension: its equations in the unknowns, what does not vanish on it (where it does, other
    solutions are), and real points on it (none may be known)."""

    dimension: int
    equations: tuple[Expr, ...]
    apart: tuple[Expr, ...]
    samples: tuple[Solution, ...]
    ring: Ring
    basis: tuple[Any, ...]

    def value_of(self, expression: Expr) -> Expr | None:
        """The constant value of a polynomial on the family, or None when it is not shown to be constant."""
        variables = self.ring.variables
        if not self.samples or not expression.free_symbols <= set(variables) or not expression.is_polynomial(*variables):
            return None
        known = self.samples[0].place.rational(expression)
        if known is None:
            return None
        difference = self.ring.read(expression - known)
        return known if self.ring.reduces_to_zero(difference, self.basis) else None


def solve(model: Model, equations: Sequence[Expr]) -> tuple[list[Solution], list[Family]]:
    """The real solutions, complete and without repetition; points on families are left to the families. A family without a
    known real point hides nothing: what lies on it is looked for again."""
    ring = Ring(model.unknowns)
    components = split(ring, [ring.read(e) for e in (*equations, *model.links)])
    families: list[Family] = []
    barren: list[Component] = []
    while True:
        kept = irredundant(ring, [c for c in components if c not in barren])
        finite = [c for c in kept if is_finite(ring, c.basis)]
        new = [(c, _family(ring, model, c)) for c in kept if c not in finite]
        families = [f for f in families if not f.samples] + [f for _, f in new]
        if all(f.samples for _, f in new):
            break
        barren += [c for c, f in new if not f.samples]
    covered = [f.equations for f in families if f.samples]
    points = [s for c in finite for s in _solutions(ring, model, c) if not any(_vanish(s.place, e) for e in covered)]
    return points, families


def real_points(variables: Sequence[Symbol], equations: Sequence[Expr]) -> tuple[list[Solution], list[Family]]:
    """The same for equations in variables that are unknowns themselves: none of them may be an angle."""
    model = model_of(variables, equations)
    if model.angles:
        raise NotPolynomial
    return solve(model, [model.equation(e) for e in equations])


def _solutions(ring: Ring, model: Model, component: Component) -> Iterator[Solution]:
    apart = [ring.write(p) for p in component.apart]
    for found in zeros(ring, component.basis):
        place = _place(ring.variables, found)
        if any(place.vanishes(p) for p in apart):
            continue
        for root in range(place.field.size):
            if all(place.sign(r, root) >= 0 for r in model.nonnegative):
                yield Solution(place, root)


def _place(unknowns: Sequence[Symbol], found: Zeros) -> Place | LargePlace:
    field = Field(found.modulus)
    numerators = dict(zip(unknowns, found.numerators, strict=True))
    size = field.degree**2 * field.modulus.numer().height_bits()
    if field.degree > EXACT_DEGREE and size > EXACT_SIZE:
        return LargePlace(field, found.denominator, numerators)
    return Place.from_fractions(field, found.denominator, numerators)


def _vanish(place: Place | LargePlace, equations: Sequence[Expr]) -> bool:
    return all(place.vanishes(e) for e in equations)


def _family(ring: Ring, model: Model, component: Component) -> Family:
    free = independent(ring, component.basis)
    samples = tuple(itertools.islice(_samples(ring, model, component, free), 3))
    equations = tuple(ring.write(p) for p in component.basis)
    return Family(len(free), equations, tuple(map(ring.write, component.apart)), samples, ring, component.basis)


def _samples(ring: Ring, model: Model, component: Component, free: Sequence[int]) -> Iterator[Solution]:
    """One real point for each choice of small rational values of the free variables that has one."""
    choices = itertools.product(SAMPLE_VALUES, repeat=len(free))
    for values in itertools.islice(choices, MOST_SAMPLES_TRIED):
        fixed = [ring.read(ring.variables[i] - v) for i, v in zip(free, values, strict=True)]
        basis = ring.basis([*component.basis, *fixed])
        if is_finite(ring, basis):
            yield from itertools.islice(_solutions(ring, model, Component(basis, component.apart)), 1)
