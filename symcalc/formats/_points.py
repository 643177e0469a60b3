"""Stationary points as a table of cells, which each format lays out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from symcalc.result import Point, Points

LONG = 12
"""An exact value whose text is longer than this is followed by its decimals."""

Write = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a point: its name and value as written, and decimals where the exact value is long."""

    name: str
    value: str
    decimals: str


@dataclass(frozen=True, slots=True)
class Row:
    """One point: coordinates, multipliers, the value of the objective, what kind it is and how its value compares."""

    coordinates: tuple[Cell, ...]
    multipliers: tuple[Cell, ...]
    value: Cell
    kind: str
    mark: str


def rows(points: Points, write: Write, measure: Write) -> list[Row]:
    """One row per point; `write` is the notation, `measure` the text whose length says whether a value is long."""
    marks = _marks([point.value for point in points.points])
    return [_row(point, mark, write, measure) for point, mark in zip(points.points, marks, strict=True)]


def _row(point: Point, mark: str, write: Write, measure: Write) -> Row:
    def cells(values: Any) -> tuple[Cell, ...]:
        return tuple(Cell(write(s), write(v), _decimals(point, s.name, v, LONG, measure)) for s, v in values.items())

    value = Cell("f", write(point.value), _decimals(point, "value", point.value, 0, measure))
    return Row(cells(point.at), cells(point.multipliers), value, point.kind, mark)


def _decimals(point: Point, key: str, value: Any, longest: int, measure: Write) -> str:
    short = value.is_Integer or value.is_Float or len(measure(value)) <= longest
    return "" if short else point.numeric.get(key, "")


def _marks(values: list[Any]) -> list[str]:
    """ "smallest" and "largest" where all values are real numbers that differ, else nothing."""
    nothing = [""] * len(values)
    if len(values) < 2 or not all(v.is_number and v.is_extended_real for v in values):
        return nothing
    numbers = [v.evalf(30) for v in values]
    if not all(n.is_comparable for n in numbers) or len(set(numbers)) == 1:
        return nothing
    names = {min(numbers): "smallest", max(numbers): "largest"}
    return [names.get(n, "") for n in numbers]
