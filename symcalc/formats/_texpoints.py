"""Stationary points as an array in LaTeX."""

from __future__ import annotations

from symcalc.formats._line import line
from symcalc.formats._points import Cell, Row, rows
from symcalc.formats._texnames import tex_text
from symcalc.formats._texprinter import tex
from symcalc.result import Points

SIGNS = {"": "", "±": r"\pm ", "∓": r"\mp "}


def tex_points(points: Points) -> str:
    """The points as one array: coordinates, multipliers, value, what they are."""
    table = rows(points, tex, line)
    if not table:
        return tex_text("no points")
    head = " & ".join(cell.name for cell in _cells(table[0]))
    columns = "c" * len(_cells(table[0]))
    lines = r" \\[1ex] ".join(" & ".join([*map(_cell, _cells(row)), _remark(row)]) for row in table)
    return rf"\begin{{array}}{{{columns}l}} {head} & \\ \hline \\[-1.5ex] {lines} \end{{array}}"


def _cells(row: Row) -> list[Cell]:
    return [*row.coordinates, *row.multipliers, row.value]


def _cell(cell: Cell) -> str:
    sign = SIGNS[cell.sign]
    value = rf"\approx {sign}{cell.value}" if cell.relation == "≈" else sign + cell.value
    return value + (rf" \approx {sign}{cell.decimals}" if cell.decimals else "")


def _remark(row: Row) -> str:
    words = ", ".join(word for word in (row.kind, row.signs, row.mark) if word)
    return tex_text(words) if words else ""
