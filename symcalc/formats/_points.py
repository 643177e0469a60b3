"""Stationary points as a table of cells, which each format lays out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, InvalidOperation
from typing import Any

from sympy import Symbol

from symcalc.result import Point, Points

LONG = 12
"""An exact value whose text is longer than this is followed by its decimals."""

DIGITS = 6
"""Digits of a decimal number on a screen; JSON and plain text keep all."""

Write = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a point: its name, "=" and the exact value with decimals where it is long, or "≈" and decimals alone."""

    name: str
    relation: str
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
    marks = _marks([point.value for point in points.points], points.extrema)
    named = list(dict.fromkeys(symbol for point in points.points for symbol in point.multipliers))
    return [_row(point, named, mark, write, measure) for point, mark in zip(points.points, marks, strict=True)]


def _row(point: Point, named: Sequence[Symbol], mark: str, write: Write, measure: Write) -> Row:
    """`named` are the multipliers of all points; where the constraints do not qualify a point has none."""

    def cell(name: str, key: str, value: Any, longest: int) -> Cell:
        if value is None:
            return Cell(name, "=", write("none"), "")
        if value.is_Float:
            return Cell(name, "≈", rounded(str(value)), "")
        short = value.is_Integer or len(measure(value)) <= longest
        return Cell(name, "=", write(value), "" if short else rounded(point.numeric.get(key, "")))

    def cells(values: Mapping[Any, Any]) -> tuple[Cell, ...]:
        return tuple(cell(write(symbol), symbol.name, value, LONG) for symbol, value in values.items())

    multipliers = cells({symbol: point.multipliers.get(symbol) for symbol in named})
    return Row(cells(point.at), multipliers, cell("f", "value", point.value, 0), point.kind, mark)


def rounded(number: str) -> str:
    """A decimal number with six digits: 1.41421356 → 1.41421; any other text as it is."""
    try:
        value = Context(prec=DIGITS).create_decimal(number)
    except InvalidOperation:
        return number
    if not value.is_finite() or not -DIGITS < value.adjusted() < DIGITS:
        return number if not value.is_finite() else f"{value.normalize():e}"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _marks(values: list[Any], claims: Mapping[str, str]) -> list[str]:
    """ "smallest" and "largest" where all values are real numbers that differ, except where a claim says that the function
    takes values beyond; else nothing."""
    nothing = [""] * len(values)
    if len(values) < 2 or not all(v.is_number and v.is_extended_real for v in values):
        return nothing
    numbers = [v.evalf(30) for v in values]
    if not all(n.is_comparable for n in numbers) or len(set(numbers)) == 1:
        return nothing
    ends = (("minimum", min(numbers), "smallest"), ("maximum", max(numbers), "largest"))
    names = {end: name for side, end, name in ends if not claims.get(side, "").startswith("no global")}
    return [names.get(n, "") for n in numbers]
