"""Points that differ only in the signs of their coordinates, together as one: (±√3/3, ±√3/3, ±√3/3), all 8 signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from symcalc.result import Point

MOST_UNFOLDED = 4
"""A list that is no longer than this is shown point by point."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Points of one value and kind by their positions in the list. `point` is one of them, with positive coordinates where
    the sign varies; `signs` holds "±", "∓" or "" for each coordinate, and `remark` says which signs go together."""

    members: tuple[int, ...]
    point: Point
    signs: tuple[str, ...]
    remark: str = ""


def folds(points: Sequence[Point]) -> list[Fold]:
    """The list in its order, symmetric points folded where it is long."""
    if len(points) <= MOST_UNFOLDED:
        return [_alone(i, point) for i, point in enumerate(points)]
    classes: dict[Any, list[int]] = {}
    for i, point in enumerate(points):
        classes.setdefault(_key(point), []).append(i)
    found = [fold for members in classes.values() for fold in _folded(points, members)]
    return sorted(found, key=lambda fold: fold.members[0])


def _alone(i: int, point: Point) -> Fold:
    return Fold((i,), point, ("",) * len(point.at))


def _key(point: Point) -> Any:
    """What points that are shown as one have in common."""
    sizes = tuple(-a if _sign(a) < 0 else a for a in point.at.values())
    return (point.value, point.kind, tuple(point.multipliers.values()), sizes)


def _sign(a: Any) -> int:
    """The sign of a real number that is not undecided: points stand at exact or certified numbers."""
    number = a.evalf(20)
    return 0 if not number.is_comparable else int(bool(number > 0)) - int(bool(number < 0))


def _folded(points: Sequence[Point], members: Sequence[int]) -> list[Fold]:
    vectors = [tuple(_sign(a) for a in points[i].at.values()) for i in members]
    varying = [j for j, column in enumerate(zip(*vectors, strict=True)) if len(set(column)) > 1]
    patterns = {tuple(v[j] for j in varying) for v in vectors}
    told = _told(patterns, len(varying))
    if len(members) == 1 or told is None or len(patterns) < len(members):
        return [_alone(i, points[i]) for i in members]
    written, remark = told
    signs = [""] * len(vectors[0])
    for j, sign in zip(varying, written, strict=True):
        signs[j] = sign
    first = points[members[0]]
    at = {x: -a if j in varying and _sign(a) < 0 else a for j, (x, a) in enumerate(first.at.items())}
    numeric = dict(first.numeric) | {x.name: first.numeric.get(x.name, "").lstrip("-") for j, x in enumerate(at) if j in varying}
    return [Fold(tuple(members), Point(at, first.value, first.multipliers, first.kind, numeric), tuple(signs), remark)]


def _told(patterns: set[tuple[int, ...]], count: int) -> tuple[list[str], str] | None:
    """The signs to be written and the words for which of them go together; None where that takes more than a few words."""
    plus = ["±"] * count
    if len(patterns) == 2**count:
        return plus, "both signs" if count == 1 else f"all {2**count} signs"
    if len(patterns) == 2:
        (one, other) = sorted(patterns, reverse=True)
        if tuple(-s for s in one) != other:
            return None
        together = "equal signs" if count == 2 and one[0] == one[1] else "upper or lower signs"
        return ["±" if s == one[0] else "∓" for s in one], together
    products = {prod(pattern) for pattern in patterns}
    if len(patterns) == 2 ** (count - 1) and len(products) == 1:
        return plus, f"an {'even' if products == {1} else 'odd'} number of minus signs"
    return None
