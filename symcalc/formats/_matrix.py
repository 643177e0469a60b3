"""Matrices on a screen: between brackets with labelled rows and columns, or entry by entry where that is too wide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symcalc.formats._cells import cells
from symcalc.formats._pen import DIM, INDENT, Line, Pen, sentence
from symcalc.formats._phrase import Write
from symcalc.notation import AtPoint, HessianMatrix, JacobianMatrix, Nabla
from symcalc.result import Fact

GAP = "   "
SPACE = "      "
BRACKETS = {"one": ("[", "]"), "first": ("⎡", "⎤"), "middle": ("⎢", "⎥"), "last": ("⎣", "⎦")}
LETTERS = {JacobianMatrix: "J", HessianMatrix: "H", Nabla: "∇f"}
"""What a matrix is called on the screen."""


def is_matrix(value: Any) -> bool:
    return bool(getattr(value, "is_Matrix", False))


NAMES = 28
"""Columns that the names of values take, which stand in one column."""


def fits_inline(fact: Fact, pen: Pen) -> bool:
    """Whether the matrix is a vector of numbers, as at a point, that fits on the line of its left-hand side or name."""
    value: Any = fact.value
    numbers = (fact.of is not None or fact.name != "") and 1 in value.shape and all(entry.is_number for entry in value)
    name = 0 if fact.of is not None else NAMES
    return numbers and name + len(pen.equation(fact)) <= pen.width


def matrix_lines(fact: Fact, pen: Pen) -> list[Line]:
    """The matrix with its heading."""
    value: Any = fact.value
    symmetric = isinstance(fact.of, HessianMatrix) and is_symmetric(value)
    rows, columns = _labels(fact, pen)
    heading = _heading(fact, symmetric, pen)
    if value.cols * len(f"0{GAP}") > pen.width:
        return _entry_by_entry(fact, symmetric, pen, heading)
    lines = drawn(value, rows, columns, pen.write)
    if len(INDENT) + max(sum(len(text) for text, _ in line) for line in lines) <= pen.width:
        return [*heading, *([(INDENT, ""), *line] for line in lines)]
    return _entry_by_entry(fact, symmetric, pen, heading)


def _heading(fact: Fact, symmetric: bool, pen: Pen) -> list[Line]:
    """∇f(x, y) =, or J = ∂(f₁, f₂)/∂(x, y)      2 × 2; an empty line follows."""
    value: Any = fact.value
    if fact.of is None:
        return [[(fact.name, DIM)]] if fact.name else []
    if type(fact.of) not in (JacobianMatrix, HessianMatrix):
        return [[(f"{pen.head(fact.of)} {fact.relation}", "")], []]
    size = f"{value.rows} × {value.cols}" + (", symmetric" if symmetric else "")
    name = f"{LETTERS[type(fact.of)]} {fact.relation} {pen.head(fact.of)}"
    if len(name) + len(SPACE) + len(size) <= pen.width:
        return [[(name, ""), (SPACE + size, DIM)], []]
    return [[(name, "")], [(INDENT + size, DIM)], []]


def _labels(fact: Fact, pen: Pen) -> tuple[list[str], list[str]]:
    """The labels of the rows and of the columns, where the left-hand side knows them."""
    value: Any = fact.value
    of: Any = fact.of
    rows = of.row_labels() if hasattr(of, "row_labels") else ()
    columns = of.column_labels() if hasattr(of, "column_labels") else ()
    return (
        [pen.head(label) for label in rows] if len(rows) == value.rows else [],
        [pen.head(label) for label in columns] if len(columns) == value.cols else [],
    )


# --- between brackets --------------------------------------------------------------------------------------------


def drawn(matrix: Any, rows: Sequence[str], columns: Sequence[str], write: Write) -> list[Line]:
    """The matrix between brackets, entries centred, labels left of the rows and above the columns (none: no labels)."""
    written = cells(matrix, write)
    heads = list(columns) or [""] * matrix.cols
    widths = [max(len(head), *(len(row[j]) for row in written)) for j, head in enumerate(heads)]
    label = max((len(name) + 1 for name in rows), default=0)
    lines: list[Line] = []
    if columns:
        lines.append([(" " * (label + 2) + GAP.join(map(_centred, heads, widths)).rstrip(), DIM)])
    for i, row in enumerate(written):
        left, right = BRACKETS[_place(i, matrix.rows)]
        name = f"{rows[i]:<{label}}" if rows else ""
        lines.append([(name, DIM), (f"{left} {GAP.join(map(_centred, row, widths))} {right}", "")])
    return lines


def _centred(text: str, width: int) -> str:
    before = (width - len(text)) // 2
    return " " * before + text + " " * (width - len(text) - before)


def _place(i: int, rows: int) -> str:
    if rows == 1:
        return "one"
    return "first" if i == 0 else "last" if i == rows - 1 else "middle"


# --- entry by entry ----------------------------------------------------------------------------------------------


def _entry_by_entry(fact: Fact, symmetric: bool, pen: Pen, heading: list[Line]) -> list[Line]:
    """H[x, y] = …, one entry below the other; zeros are counted, what follows by symmetry is left out."""
    value: Any = fact.value
    rows, columns = _labels(fact, pen)
    entries = value.todok()
    shown = sorted((i, j) for i, j in entries if i <= j or not symmetric)
    zeros = (value.rows * (value.rows + 1) // 2 if symmetric else value.rows * value.cols) - len(shown)
    names = [_entry_name(fact, rows, columns, place) for place in shown]
    widest = max(map(len, names), default=0)
    bare = isinstance(fact.of, Nabla) and rows
    lines: list[Line] = []
    for name, place in zip(names, shown, strict=True):
        lines += pen.lines(f"{'' if bare else INDENT}{name:<{widest}} = ", entries[place])
    below = [f"and {_entries(zeros)} zero"] if zeros else []
    below += ["the entries below the diagonal follow by symmetry"] if symmetric and value.rows > 1 else []
    remarks = [text for remark in below for text in sentence(remark, pen.width - len(INDENT))]
    return [*([] if bare else heading), *lines, *([(INDENT, ""), (text, DIM)] for text in remarks)]


def _entries(number: int) -> str:
    return "1 entry that is" if number == 1 else f"{number} entries that are"


def _entry_name(fact: Fact, rows: list[str], columns: list[str], place: tuple[int, int]) -> str:
    """∂f/∂x, H[x, y], J[f₁, x] or, without labels, [1, 2]."""
    value: Any = fact.value
    head = fact.of.head if isinstance(fact.of, AtPoint) else fact.of
    if isinstance(head, Nabla) and rows:
        return rows[place[0]]
    row, column = (labels[k] if labels else str(k + 1) for labels, k in zip((rows, columns), place, strict=True))
    inside = row if value.cols == 1 and not columns else column if value.rows == 1 and not rows else f"{row}, {column}"
    return f"{LETTERS.get(type(head), '')}[{inside}]"


def is_symmetric(matrix: Any) -> bool:
    """Whether the matrix is square and equals its transpose, entry by entry as written."""
    entries = matrix.todok()
    return matrix.rows == matrix.cols and all(entries.get((j, i)) == entry for (i, j), entry in entries.items())
