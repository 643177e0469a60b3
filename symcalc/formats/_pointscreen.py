"""Stationary points on a screen: one point a line, values below each other, the smallest and the largest marked."""

from __future__ import annotations

from symcalc.formats._pen import DIM, INDENT, Line, Pen, sentence
from symcalc.formats._points import Cell, Row, rows
from symcalc.result import Fact, Points

GAP = "   "


def point_lines(fact: Fact, points: Points, pen: Pen) -> list[Line]:
    """How many points there are, the points, families of points, global extrema, and how complete the list is."""
    table = rows(points, pen.write, pen.write)
    lines: list[Line] = [[(_title(fact.name or "points", len(table), bool(points.families)), DIM)]]
    lines += [[(INDENT, ""), *line] for line in _table(table, pen)]
    lines += [[(INDENT, ""), (text, "")] for family in points.families for text in sentence(family, pen.width - len(INDENT))]
    remarks = [f"{name}: {words}" for name, words in points.extrema.items()] + [points.label] * bool(points.label)
    below: list[Line] = [[(text, DIM)] for remark in remarks for text in sentence(remark, pen.width)]
    return lines + ([[], *below] if below else [])


def _title(name: str, number: int, families: bool) -> str:
    if number == 0:
        return f"no isolated {name}:" if families else f"no {name}"
    return f"{number} {name if number != 1 else name.removesuffix('s')}:"


def _table(table: list[Row], pen: Pen) -> list[Line]:
    """Each point on one line where all fit, else what is said of it on a line below, else each value on its own line."""
    if not table:
        return []
    columns = [_column(cells) for cells in zip(*map(_cells, table), strict=True)]
    texts = [_tight(cells, len(table[0].coordinates)) for cells in zip(*columns, strict=True)]
    kinds = max(len(row.kind) for row in table)
    remarks = [f"{row.kind:<{kinds}}{GAP if kinds else ''}{_mark(row.mark)}".rstrip() for row in table]
    widest, room = max(map(len, texts)), pen.width - len(INDENT)
    if widest + len(GAP) + max(map(len, remarks)) <= room:
        return [[(text, ""), (f"{GAP}{remark}".rstrip(), DIM)] for text, remark in zip(texts, remarks, strict=True)]
    if widest <= room:
        pairs = zip(texts, table, strict=True)
        return [line for text, row in pairs for line in ([(text, "")], *_remark(row, INDENT))]
    return [line for number, row in enumerate(table, 1) for line in _block(number, row)]


def _tight(cells: tuple[str, ...], coordinates: int) -> str:
    """(x = 1, y = 2)   λ = 3   f = 4."""
    return "(" + ", ".join(cells[:coordinates]) + ")" + "".join(GAP + cell for cell in cells[coordinates:])


def _mark(mark: str) -> str:
    return f"← {mark}" if mark else ""


def _remark(row: Row, left: str) -> list[Line]:
    """What is said of a point, on a line of its own."""
    said = ", ".join(word for word in (row.kind, row.mark) if word)
    return [[(left, ""), (_mark(said), DIM)]] if said else []


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


def _block(number: int, row: Row) -> list[Line]:
    """One point over several lines."""
    left = f"{number}. "
    lines: list[Line] = []
    for cell in _cells(row):
        text = f"{cell.name} = {cell.value}" + (f" ≈ {cell.decimals}" if cell.decimals else "")
        lines.append([(left if not lines else " " * len(left), DIM), (text, "")])
    return lines + _remark(row, " " * len(left))
