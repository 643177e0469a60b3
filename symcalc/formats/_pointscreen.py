"""Stationary points on a screen: one point a line, values below each other, the smallest and the largest marked."""

from __future__ import annotations

from symcalc.formats._extrema import extremum_sentences
from symcalc.formats._pen import DIM, INDENT, Line, Pen, sentence
from symcalc.formats._points import Cell, Row, rows
from symcalc.result import Fact, Points

GAP = "   "
SIGNS = ("-", "±", "∓")


def point_lines(fact: Fact, points: Points, pen: Pen) -> list[Line]:
    """How many points there are, the points, families of points, global extrema, and how complete the list is."""
    table = rows(points, pen.write, pen.write)
    lines: list[Line] = [[(_title(fact.name or "points", len(points.points), bool(points.families)), DIM)]]
    lines += [[(INDENT, ""), *line] for line in _table(table, pen)]
    lines += [
        [(INDENT, ""), (text, "")]
        for family in points.families
        for text in sentence(pen.write(family.words), pen.width - len(INDENT))
    ]
    numbers = {i: number for number, row in enumerate(table, start=1) for i in row.members}
    extrema = extremum_sentences(points.extrema, [numbers[i] for i in range(len(numbers))], pen.write)
    remarks = [remark for remark in (*extrema, points.qualification, points.label) if remark]
    below: list[Line] = [[(text, DIM)] for remark in remarks for text in sentence(remark, pen.width)]
    return lines + ([[], *below] if below else [])


def _title(name: str, number: int, families: bool) -> str:
    if number == 0:
        return f"no isolated {name}:" if families else f"no {name}"
    return f"{number} {name if number != 1 else name.removesuffix('s')}:"


def _table(table: list[Row], pen: Pen) -> list[Line]:
    """Each point on one line, or on two or three that break at the same places; coordinates that do not fit on one line
    stand below each other."""
    if not table:
        return []
    columns = [_column(cells) for cells in zip(*map(_cells, table), strict=True)]
    inside = len(table[0].coordinates)
    kinds = max(len(row.kind) for row in table)
    remarks = [f"{row.kind:<{kinds}}{GAP * bool(kinds)}{_mark(row.mark)}" for row in table]
    parts = [[_tuple(cells[:inside]), *cells[inside:]] for cells in zip(*columns, strict=True)]
    most = max(len(row.signs) for row in table)
    if most:
        parts = [[place, f"{row.signs:<{most}}", *cells] for (place, *cells), row in zip(parts, table, strict=True)]
    numbers = _numbers(len(table))
    room = pen.width - len(INDENT) - len(numbers[0])
    if max(len(remark.rstrip()) for remark in remarks) > room:  # what a point is and how it compares, each on its line
        parts = [[*cells, row.kind] for cells, row in zip(parts, table, strict=True)]
        remarks = [_mark(row.mark) for row in table]
    if len(parts[0][0]) > room:
        return [line for number, row in zip(numbers, table, strict=True) for line in _block(number, row)]
    breaks = _breaks([*map(len, parts[0]), max(len(remark.rstrip()) for remark in remarks)], room)
    return [line for row in zip(numbers, parts, remarks, strict=True) for line in _packed(*row, breaks)]


def _numbers(many: int) -> list[str]:
    """What counts the points, so that a sentence can say which: "1. ", "2. ", …; nothing for a single one."""
    return [""] if many == 1 else [f"{f'{i}.':<{len(str(many)) + 2}}" for i in range(1, many + 1)]


def _tuple(cells: tuple[str, ...]) -> str:
    """(x = 1, y = 2), the padding of each cell behind its comma."""
    closed = [f"{cell.rstrip() + mark:<{len(cell) + 1}}" for cell, mark in zip(cells, "," * (len(cells) - 1) + ")", strict=True)]
    return "(" + " ".join(closed)


def _breaks(widths: list[int], room: int) -> set[int]:
    """The parts, by number, that begin a new line when parts of these widths are packed into lines."""
    breaks, used = set(), -len(GAP)
    for i, width in enumerate(widths):
        if i and used + len(GAP) + width > room:
            breaks.add(i)
            used = -len(GAP)
        used += len(GAP) + width
    return breaks


def _packed(number: str, parts: list[str], remark: str, breaks: set[int]) -> list[Line]:
    lines: list[Line] = [[(number, DIM)]]
    for i, part in enumerate([*parts, remark]):
        if not part.strip():
            continue
        if i in breaks:
            lines.append([(" " * len(number), "")])
        gap = GAP if len(lines[-1]) > 1 else ""
        lines[-1].append((gap + part, "") if i < len(parts) else (gap + part.rstrip(), DIM))
    return lines


def _mark(mark: str) -> str:
    return f"← {mark}" if mark else ""


def _cells(row: Row) -> list[Cell]:
    return [*row.coordinates, *row.multipliers, row.value]


def _column(cells: tuple[Cell, ...]) -> list[str]:
    """name = value ≈ decimals, the numbers below each other so that their minus signs stand out to the left."""
    values = _aligned([cell.sign + cell.value for cell in cells])
    tails = _aligned([cell.sign + cell.decimals if cell.decimals else "" for cell in cells])
    shown = [f"{cell.name} {cell.relation} {v}" for cell, v in zip(cells, values, strict=True)]
    if not any(cell.decimals for cell in cells):
        return shown
    return [text + (" ≈ " if cell.decimals else "   ") + tail for text, cell, tail in zip(shown, cells, tails, strict=True)]


def _aligned(texts: list[str]) -> list[str]:
    signed = any(text.startswith(SIGNS) for text in texts)
    padded = [text if text.startswith(SIGNS) or not signed else f" {text}" for text in texts]
    width = max(map(len, padded))
    return [f"{text:<{width}}" for text in padded]


def _block(number: str, row: Row) -> list[Line]:
    """One point over several lines."""
    lines: list[Line] = []
    for cell in _cells(row):
        text = f"{cell.name} {cell.relation} {cell.sign}{cell.value}" + (
            f" ≈ {cell.sign}{cell.decimals}" if cell.decimals else ""
        )
        lines.append([(" " * len(number) if lines else number, DIM), (text, "")])
    said = GAP.join(word for word in (row.signs, row.kind, _mark(row.mark)) if word)
    return lines + ([[(" " * len(number), ""), (said, DIM)]] if said else [])
