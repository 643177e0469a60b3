"""A table of figures, as text and as Markdown; medians and growth exponents."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table: the names of its columns, its rows, and sentences that stand below it."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grown:
    """One measurement: seconds, SymPy's time as a multiple of ours, the growth exponent from the smallest size on
    (0 there), and whether the numbers agree."""

    name: str
    size: int
    seconds: float
    ratio: float | None
    exponent: float
    agrees: bool


def markdown(table: Table) -> str:
    """The table as Markdown, its columns aligned."""
    cells = [tuple(cell.replace("|", "\\|") for cell in row) for row in (table.header, *table.rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(table.header))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    notes = [f"- {note}" for note in table.notes]
    return "\n".join([f"## {table.title}", "", *lines, *([""] if notes else []), *notes]) + "\n"


def milliseconds(seconds: float | None) -> str:
    """A time in three digits; a dash where there is none."""
    return "-" if seconds is None else f"{1000 * seconds:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def times(a: float | None, b: float | None) -> str:
    """How many times b is in a: "2.5 x"; a dash where one of them is not known."""
    return "-" if a is None or not b else f"{a / b:.3g} x"


def median(values: Sequence[float]) -> float | None:
    """The median, or None of nothing."""
    return statistics.median(values) if values else None


def growth(sizes: Sequence[float], seconds: Sequence[float]) -> float | None:
    """The exponent p of seconds ~ size^p: the slope of the least-squares line through the logarithms; None for one point."""
    points = [(math.log(n), math.log(s)) for n, s in zip(sizes, seconds, strict=True) if s > 0]
    if len(points) < 2:
        return None
    return statistics.linear_regression(*zip(*points, strict=True)).slope


def growing(title: str, header: tuple[str, ...], rows: Iterable[Grown], notes: tuple[str, ...] = ()) -> Table:
    """A table of measurements that grow with a size, the first two columns named by `header`."""
    shown = tuple(
        (
            row.name,
            str(row.size),
            milliseconds(row.seconds),
            "" if row.ratio is None else f"{row.ratio:.1f} x",
            f"n^{row.exponent:.2f}" if row.exponent else "",
            "agree" if row.agrees else "DISAGREE",
        )
        for row in rows
    )
    return Table(title, (*header, "time", "faster than SymPy", "growth", "numbers"), shown, notes)
