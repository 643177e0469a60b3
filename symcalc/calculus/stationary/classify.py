"""Multipliers and kind of one point: the reduced Hessian on the tangent space, with exact or certified signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import flint
from flint import arb
from sympy import Expr, Symbol, diff

from symcalc.calculus.enclosure import NoBall, enclose
from symcalc.calculus.stationary.field import PRECISIONS, Element, Undecided
from symcalc.calculus.stationary.linear import (
    characteristic,
    congruent,
    eliminate,
    inertia_of_balls,
    inertia_of_signs,
    null_space,
)
from symcalc.calculus.stationary.place import Combination, Place
from symcalc.calculus.stationary.system import Problem

UNQUALIFIED = "constraint qualification fails"
UNKNOWN = "inconclusive"
ISOLATED = "isolated feasible point"
NEITHER = "no extremum"


@dataclass(frozen=True, slots=True)
class Derivatives:
    """First and second derivatives of objective and constraints, row by row, prepared once for all points."""

    gradient: tuple[Expr, ...]
    jacobian: tuple[tuple[Expr, ...], ...]
    hessians: tuple[tuple[tuple[Expr, ...], ...], ...]

    @property
    def is_quadratic(self) -> bool:
        """Are all second derivatives constant?"""
        return not any(e.free_symbols for h in self.hessians for row in h for e in row)


def derivatives(problem: Problem, prepare: Callable[[Expr], Expr]) -> Derivatives:
    """`prepare` rewrites an expression into the unknowns in which the points are known."""
    xs = problem.variables
    functions = (problem.objective, *problem.constraints)
    hessians = tuple(tuple(tuple(prepare(diff(h, x, y)) for y in xs) for x in xs) for h in functions)
    first = [tuple(prepare(diff(h, x)) for x in xs) for h in functions]
    return Derivatives(first[0], tuple(first[1:]), hessians)


@dataclass(frozen=True, slots=True)
class Nature:
    """Multipliers at one class of conjugate points (none where the qualification fails) and the kind at each real root.

    `curvature` is +1 at a root where the Lagrangian with these multipliers is a convex quadratic, -1 where it is a
    concave one, 0 otherwise. Both raise NoBall where a transcendental kernel keeps them from being exact.
    """

    multipliers: tuple[Combination, ...]
    kinds: Callable[[int], str]
    curvature: Callable[[int], int] = lambda root: 0


Term = tuple[int, Element] | None
"""Order and coefficient of the objective's first term along a kernel, where known."""


def nature(place: Place, given: Derivatives, kernel_term: Callable[[list[Element]], Term]) -> Nature:
    """The nature of the conjugate points of a place at which the Fritz John conditions hold.

    `kernel_term` gives, from the multipliers, what decides where the reduced Hessian has one zero eigenvalue.
    """
    jacobian = [[_plain(place, e) for e in row] for row in given.jacobian]
    gradient = [place.combination(e) for e in given.gradient]
    pivots = eliminate(jacobian)[1]
    if len(pivots) < len(jacobian):
        words = f"{UNQUALIFIED}{_reason(place, jacobian, gradient)}"
        return Nature((), lambda root: words)
    inverse = _inverse(place, [[row[c] for row in jacobian] for c in pivots])
    multipliers = tuple(_weighted(row, [gradient[c] for c in pivots]) for row in inverse)
    if len(jacobian) == len(gradient):
        return Nature(multipliers, lambda root: ISOLATED)
    one = place.field.element(1)
    lagrangian = cache(lambda: _lagrangian_hessian(place, given, multipliers))
    tangent = cache(lambda: null_space(jacobian, one) if jacobian else _identity(len(gradient), one))
    known = [a for c in multipliers if (a := place.plain(c)) is not None]
    term = cache(lambda: kernel_term(known) if len(known) == len(multipliers) else None)
    inertia = cache(lambda: _inertia(congruent(lagrangian(), tangent(), one), one))
    whole = cache(lambda: _inertia(lagrangian(), one))
    return Nature(
        multipliers,
        lambda root: kind_with_term(inertia()(root), term, root),
        lambda root: _definite(whole()(root)) if given.is_quadratic else 0,
    )


def nature_in_balls(problem: Problem, given: Derivatives, balls: Sequence[Mapping[Symbol, Any]]) -> tuple[dict[Symbol, Any], str]:
    """Multipliers and kind of a point known by enclosures at increasing precision; what they do not decide is said.

    `given` are the derivatives in the variables of the problem.
    """
    for values in balls:
        with flint.ctx.workprec(PRECISIONS[2]):
            try:
                return _nature_at(problem, given, values)
            except (Undecided, ZeroDivisionError, NoBall):
                continue
    return {}, f"{UNKNOWN}: the enclosure does not decide the rank or a sign"


def _nature_at(problem: Problem, given: Derivatives, values: Mapping[Symbol, Any]) -> tuple[dict[Symbol, Any], str]:
    jacobian = [[enclose(e, values) for e in row] for row in given.jacobian]
    gradient = [enclose(e, values) for e in given.gradient]
    size, count = len(gradient), len(jacobian)
    pivots = eliminate(jacobian)[1]
    if len(pivots) < count:
        return {}, UNQUALIFIED
    rows = eliminate([[*(row[c] for row in jacobian), gradient[c]] for c in pivots])[0]
    multipliers = dict(zip(problem.names, [row[-1] for row in rows], strict=True))
    if count == size:
        return multipliers, ISOLATED
    hessians = [[[enclose(e, values) for e in row] for row in h] for h in given.hessians]
    lagrangian = hessians[0]
    for multiplier, hessian in zip(multipliers.values(), hessians[1:], strict=True):
        lagrangian = [[a - multiplier * b for a, b in zip(r, q, strict=True)] for r, q in zip(lagrangian, hessian, strict=True)]
    tangent = null_space(jacobian, arb(1)) if jacobian else _identity(size, arb(1))
    try:
        return multipliers, kind_of(inertia_of_balls(congruent(lagrangian, tangent, arb(1))))
    except Undecided:
        return multipliers, UNKNOWN


def kind_of(inertia: tuple[int, int, int]) -> str:
    """The second-order test: strict when the reduced Hessian is definite, a saddle when it takes both signs."""
    positive, negative, zero = inertia
    if positive and negative:
        return "saddle"
    if zero:
        return UNKNOWN
    return "strict minimum" if positive else "strict maximum"


def kind_with_term(inertia: tuple[int, int, int], term: Callable[[], Term], root: int) -> str:
    """The second-order test, and where one eigenvalue vanishes the first term along its kernel."""
    kind = kind_of(inertia)
    if kind != UNKNOWN or inertia[2] != 1 or (found := term()) is None:
        return kind
    order, coefficient = found
    sign = coefficient.sign(root)
    positive, negative, _ = inertia
    if order % 2 or (sign > 0 and negative) or (sign < 0 and positive):
        return "saddle"
    return "strict minimum" if sign > 0 else "strict maximum"


def _inertia(matrix: list[list[Any]], one: Any) -> Callable[[int], tuple[int, int, int]]:
    coefficients = characteristic(matrix, one)
    return lambda root: inertia_of_signs([c.sign(root) for c in coefficients])


def _definite(inertia: tuple[int, int, int]) -> int:
    positive, negative, _ = inertia
    return 1 if not negative else -1 if not positive else 0


def _plain(place: Place, e: Expr) -> Element:
    element = place.element(e)
    if element is None:
        raise NoBall
    return element


def _reason(place: Place, jacobian: list[list[Element]], gradient: Sequence[Combination]) -> str:
    plain = [place.plain(a) for a in gradient]
    if any(a is None for a in plain):
        return ""
    more = len(eliminate([*jacobian, plain])[1]) > len(eliminate(jacobian)[1])
    return ": no multipliers exist" if more else ": multipliers are not unique"


def _inverse(place: Place, matrix: list[list[Element]]) -> list[list[Element]]:
    size = len(matrix)
    one = _identity(size, place.field.element(1))
    rows = eliminate([[*row, *unit] for row, unit in zip(matrix, one, strict=True)])[0]
    return [row[size:] for row in rows]


def _identity(size: int, one: Any) -> list[list[Any]]:
    return [[one if i == j else one - one for j in range(size)] for i in range(size)]


def _weighted(weights: Sequence[Element], values: Sequence[Combination]) -> Combination:
    total = Combination({})
    for weight, value in zip(weights, values, strict=True):
        total = total + value.scaled(weight)
    return total


def _lagrangian_hessian(place: Place, given: Derivatives, multipliers: Sequence[Combination]) -> list[list[Element]]:
    size = len(given.gradient)
    minus = place.field.element(-1)

    def entry(i: int, j: int) -> Element:
        total = place.combination(given.hessians[0][i][j])
        for multiplier, hessian in zip(multipliers, given.hessians[1:], strict=True):
            total = total + (multiplier * place.combination(hessian[i][j])).scaled(minus)
        element = place.plain(total)
        if element is None:
            raise NoBall
        return element

    return [[entry(i, j) for j in range(size)] for i in range(size)]
