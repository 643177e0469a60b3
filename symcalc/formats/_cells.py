"""The entries of a matrix as a notation writes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sympy import S

T = TypeVar("T")


def cells(matrix: Any, write: Callable[[Any], T]) -> list[list[T]]:
    """The entries written, row by row; zeros, of which large matrices are full, are written once."""
    rows = [[write(S.Zero)] * matrix.cols for _ in range(matrix.rows)]
    for (i, j), entry in matrix.todok().items():
        rows[i][j] = write(entry)
    return rows
