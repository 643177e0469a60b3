"""What lagrange and critical share: which points are kept, when there is no answer, what stands beside the list, the argument."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from sympy import Expr, Symbol

from symcalc.calculus.stationary import ALL, INFEASIBLE, NONE
from symcalc.calculus.stationary.bordered import bordered_hessian, minors
from symcalc.calculus.stationary.elimination import cases, elimination
from symcalc.errors import SymcalcError
from symcalc.parse import Reading
from symcalc.result import Phrase, Points, Step


def chosen(points: Points, smallest: bool, largest: bool) -> Points:
    """The points that are minima, maxima, or either, where one of these is asked for; the claims are those of the whole list."""
    wanted = [word for word, asked in (("minimum", smallest), ("maximum", largest)) if asked]
    if not wanted:
        return points
    kept = tuple(p for p in points.points if any(re.search(rf"\b{word}\b", p.kind) for word in wanted))
    numbers = {i: kept.index(p) for i, p in enumerate(points.points) if p in kept}
    extrema = {
        side: dataclasses.replace(extremum, points=tuple(numbers[i] for i in extremum.points if i in numbers))
        for side, extremum in points.extrema.items()
        if side in wanted
    }
    return dataclasses.replace(points, points=kept, extrema=extrema)


def require_real(reading: Reading) -> None:
    """Raise SymcalcError("usage") for complex names: the points are sought among real numbers."""
    if reading.complex:
        raise SymcalcError("usage", "stationary points are sought among real numbers", code="complex", hint="leave out --complex")


def require_points(points: Points) -> None:
    """An empty list says only that nothing was found: the reason is an error of its own."""
    if points.points or points.families:
        return
    if points.label in (INFEASIBLE, NONE):
        raise SymcalcError("no", points.label.removeprefix("exact: "), code="no-point", hint="; ".join(points.notes) or None)
    problem = "no stationary point was found, and it is not shown that there is none"
    raise SymcalcError("limit", problem, code="not-settled", hint="; ".join((points.label, *points.notes)))


def point_notes(points: Points) -> tuple[Phrase, ...]:
    """What must be known beside the list itself: how complete it is, and the solutions that are no isolated points."""
    label = () if points.label == ALL else (points.label,)
    return (*label, *(family.words for family in points.families), *points.notes)


def argument(
    f: Expr, equations: Sequence[Expr], xs: Sequence[Symbol], multipliers: Sequence[Symbol], points: Points
) -> tuple[Step, ...]:
    """How the points are found, which case gives which, and what the bordered Hessian says there."""
    solved = elimination(f, equations, xs, multipliers)
    bordered = bordered_hessian(f, equations, xs, multipliers)
    return (*solved, *cases(solved, points.points), *minors(bordered, len(equations), points.points))
