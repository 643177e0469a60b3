"""What lagrange and critical share: which points are kept, when there is no answer, what is said beside the list."""

from __future__ import annotations

import dataclasses
import re

from symcalc.calculus.stationary import ALL, INFEASIBLE, NONE
from symcalc.errors import SymcalcError
from symcalc.parse import Reading
from symcalc.result import Phrase, Points


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
