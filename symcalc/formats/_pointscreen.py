"""Stationary points on a screen: one point a line, values below each other, the smallest and the largest marked."""

from __future__ import annotations

from symcalc.formats._pen import DIM, INDENT, Line, Pen
from symcalc.formats._points import Cell, Row, rows
from symcalc.result import Fact, Points

GAP = "   "


def point_lines(fact: Fact, points: Points, pen: Pen) -> list[Line]:
    """How many points there are, the points, families of points, global extrema, and how complete the list is."""
    table = rows(points, pen.write, pen.write)
    lines: list[Line] = [[(_title(fact.name or "points", len(table)), DIM)]]
    lines += [[(INDENT, ""), *line] for line in _table(table, pen)]
    lines += [[(INDENT, ""), (family, "")] for family in points.families]
    remarks = [f"{name}: {sentence}" for name, sentence in points.extrema.items()] + [points.label] * bool(points.label)
    return lines + ([[]] if remarks else []) + [[(remark, DIM)] for remark in remarks]


def _title(name: str, number: int) -> str:
    if number == 0:
        return f"no {name}"
    return f"{number} {name if number != 1 else name.removesuffix('s')}:"


def _table(table: list[Row], pen: Pen) -> list[Line]:
    """Each point on one line where all lines fit, else each value on a line of its own."""
    if not table:
        return []
    columns = [_column(cells) for cells in zip(*map(_cells, table), strict=True)]
    inside = len(table[0].coordinates)
    tight = [
        "(" + ", ".join(texts[:inside]) + ")" + "".join(GAP + t for t in texts[inside:]) for texts in zip(*columns, strict=True)
    ]
    kinds = max(len(row.kind) for row in table)
    lines: list[Line] = []
    for text, row in zip(tight, table, strict=True):
        mark = f"{GAP}← {row.mark}" if row.mark else ""
        kind = f"{GAP}{row.kind:<{kinds}}" if kinds else ""
        lines.append([(text, ""), ((kind + mark).rstrip(), DIM)])
    if len(INDENT) + max(sum(len(text) for text, _ in line) for line in lines) <= pen.width:
        return lines
    return [line for number, row in enumerate(table, 1) for line in _block(number, row, pen)]


def _cells(row: Row) -> list[Cell]:
    return [*row.coordinates, *row.multipliers, row.value]


def _column(cells: tuple[Cell, ...]) -> list[str]:
    """name = value ≈ decimals, the numbers below each other so that their minus signs stand out to the left."""
    values = _aligned([cell.value for cell in cells])
    tails = _aligned([cell.decimals for cell in cells])
    shown = [f"{cell.name} = {v}" for cell, v in zip(cells, values, strict=True)]
    if not any(cell.decimals for cell in cells):
        return shown
    return [text + (" ≈ " if cell.decimals else "   ") + tail for text, cell, tail in zip(shown, cells, tails, strict=True)]


def _aligned(texts: list[str]) -> list[str]:
    signed = any(text.startswith("-") for text in texts)
    padded = [text if text.startswith("-") or not signed else f" {text}" for text in texts]
    width = max(map(len, padded))
    return [f"{text:<{width}}" for text in padded]


def _block(number: int, row: Row, pen: Pen) -> list[Line]:
    """One point over several lines."""
    left = f"{number}. "
    lines: list[Line] = []
    for cell in _cells(row):
        text = f"{cell.name} = {cell.value}" + (f" ≈ {cell.decimals}" if cell.decimals else "")
        lines.append([(left if not lines else " " * len(left), DIM), (text, "")])
    remark = ", ".join(word for word in (row.kind, row.mark) if word)
    return lines + ([[(" " * len(left), ""), (f"← {remark}", DIM)]] if remark else [])
