"""Stationary points as a table of cells, which each format lays out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, InvalidOperation
from itertools import repeat
from typing import Any

from sympy import CRootOf, Symbol

from symcalc.formats._arithmetic import SHOWN_DIGITS
from symcalc.formats._fold import Fold, folds
from symcalc.formats._phrase import Write
from symcalc.result import Extremum, Points

LONG = 12
"""An exact value whose text is longer than this is followed by its decimals."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a point: its name, "=" and the exact value with decimals where it is long, or "≈" and decimals alone;
    `sign` is "±" or "∓" before both, or nothing."""

    name: str
    relation: str
    value: str
    decimals: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One point, or `members` that differ in signs only: coordinates, which signs go together, multipliers, the value of the
    objective, what kind it is and how its value compares."""

    members: tuple[int, ...]
    coordinates: tuple[Cell, ...]
    signs: str
    multipliers: tuple[Cell, ...]
    value: Cell
    kind: str
    mark: str


def rows(points: Points, write: Write, measure: Write) -> list[Row]:
    """One row per point, symmetric ones together; `write` is the notation, `measure` the text whose length says whether a value
    is long."""
    marks = _marks([point.value for point in points.points], points.extrema)
    named = list(dict.fromkeys(symbol for point in points.points for symbol in point.multipliers))
    return [_row(fold, named, marks[fold.members[0]], write, measure) for fold in folds(points.points)]


def _row(fold: Fold, named: Sequence[Symbol], mark: str, write: Write, measure: Write) -> Row:
    """`named` are the multipliers of all points; where the constraints do not qualify a point has none."""
    point = fold.point

    def cell(name: str, key: str, value: Any, longest: int, sign: str = "") -> Cell:
        if value is None:
            return Cell(name, "=", write("none"), "")
        if value.is_Float:
            return Cell(name, "≈", rounded(str(value)), "", sign)
        short = value.is_Integer or isinstance(value, CRootOf) or len(measure(value)) <= longest
        text = f"({write(value)})" if sign and value.is_Add else write(value)
        return Cell(name, "=", text, "" if short else rounded(point.numeric.get(key, "")), sign)

    def cells(values: Mapping[Any, Any], signs: Iterable[str]) -> tuple[Cell, ...]:
        pairs = zip(values.items(), signs, strict=False)
        return tuple(cell(write(symbol), symbol.name, value, LONG, sign) for (symbol, value), sign in pairs)

    multipliers = cells({symbol: point.multipliers.get(symbol) for symbol in named}, repeat(""))
    value = cell("f", "value", point.value, 0)
    return Row(fold.members, cells(point.at, fold.signs), fold.remark, multipliers, value, point.kind, mark)


def rounded(number: str) -> str:
    """A decimal number with six digits: 1.41421356 → 1.41421; any other text as it is."""
    try:
        value = Context(prec=SHOWN_DIGITS).create_decimal(number)
    except InvalidOperation:
        return number
    if not value.is_finite() or not -SHOWN_DIGITS < value.adjusted() < SHOWN_DIGITS:
        return number if not value.is_finite() else f"{value.normalize():e}"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _marks(values: list[Any], claims: Mapping[str, Extremum]) -> list[str]:
    """ "smallest" and "largest" where all values are real numbers that differ, except where a claim says that the function
    takes values beyond; else nothing."""
    nothing = [""] * len(values)
    if len(values) < 2 or not all(v.is_number and v.is_extended_real for v in values):
        return nothing
    numbers = [v.evalf(30) for v in values]
    if not all(n.is_comparable for n in numbers) or len(set(numbers)) == 1:
        return nothing
    ends = (("minimum", min(numbers), "smallest"), ("maximum", max(numbers), "largest"))
    names = {end: name for side, end, name in ends if side not in claims or claims[side].status != "none"}
    return [names.get(n, "") for n in numbers]
