"""A table of values: aligned columns on a screen, an array in LaTeX, a list of rows in plain text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from symcalc.formats._break import broken
from symcalc.formats._pen import DIM, Line, Pen
from symcalc.formats._plainprinter import plain
from symcalc.formats._texnames import tex_text
from symcalc.formats._texprinter import tex
from symcalc.result import Table

GAP = "   "


NARROWEST = 24
"""A column is broken into lines only where it can be so wide."""


def table_lines(table: Table, pen: Pen) -> list[Line]:
    """The rows below the names of the columns, the widest column broken into lines where it must be; where even that is too
    wide, the cells of each row below each other."""
    cells = [[[pen.head(cell) if i == 0 else pen.value(cell)] for i, cell in enumerate(row)] for row in table.rows]
    widths = [max(len(text) for (text,) in column) for column in zip([[c] for c in table.columns], *cells, strict=True)]
    over = sum(widths) + len(GAP) * (len(widths) - 1) - pen.width
    if over > 0:
        wide = widths.index(max(widths))
        widths[wide] -= over
        if widths[wide] < NARROWEST:
            return _below_each_other(table, pen)
        for row in cells:
            row[wide] = broken(row[wide][0], widths[wide])
    return [[(_joined(table.columns, widths), DIM)], *(line for row in cells for line in _row(row, widths))]


def _joined(texts: Sequence[str], widths: Sequence[int]) -> str:
    return GAP.join(f"{text:<{width}}" for text, width in zip(texts, widths, strict=True))


def _row(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> list[Line]:
    return [[(_joined(texts, widths), "")] for texts in zip_longest(*cells, fillvalue="")]


def _below_each_other(table: Table, pen: Pen) -> list[Line]:
    widest = max(map(len, table.columns)) + len(GAP)
    lines: list[Line] = []
    for row in table.rows:
        for i, (name, cell) in enumerate(zip(table.columns, row, strict=True)):
            (first, *_), *rest = pen.lines(" " * widest, pen.head(cell) if i == 0 else cell)
            lines += [[(f"{name:<{widest}}", DIM), (first[0][widest:], "")], *rest]
        lines.append([])
    return lines[:-1]


def tex_table(table: Table) -> str:
    """The table as an array."""
    head = " & ".join(map(tex_text, table.columns))
    rows = r" \\[1ex] ".join(" & ".join(map(tex, row)) for row in table.rows)
    return rf"\begin{{array}}{{{'l' * len(table.columns)}}} {head} \\ \hline \\[-1.5ex] {rows} \end{{array}}"


def plain_table(table: Table) -> str:
    """The rows as a list of lists."""
    return "[" + ", ".join(f"[{', '.join(map(plain, row))}]" for row in table.rows) + "]"
