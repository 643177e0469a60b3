"""The entries of a matrix as text."""

from __future__ import annotations

from typing import Any

from sympy import S

from symcalc.formats._points import Write


def cells(matrix: Any, write: Write) -> list[list[str]]:
    """The entries written, row by row; zeros, of which large matrices are full, are written once."""
    rows = [[write(S.Zero)] * matrix.cols for _ in range(matrix.rows)]
    for (i, j), entry in matrix.todok().items():
        rows[i][j] = write(entry)
    return rows
