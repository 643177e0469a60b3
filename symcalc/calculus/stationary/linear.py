"""Linear algebra over number fields and over balls: elimination, null space, characteristic polynomial, inertia."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from flint import arb, fmpq

from symcalc.calculus.stationary.field import Element, Undecided

Rows = list[list[Any]]


def is_zero(value: Any) -> bool:
    """Exact for elements of a number field; a ball that contains zero and more is undecided."""
    if isinstance(value, Element):
        return not value
    if value.is_zero():
        return True
    if not value.is_finite() or value.contains(0):
        raise Undecided
    return False


def eliminate(rows: Sequence[Sequence[Any]]) -> tuple[Rows, list[int]]:
    """The reduced row echelon form and its pivot columns. For balls the largest pivot is taken."""
    matrix = [list(row) for row in rows]
    pivots: list[int] = []
    for column in range(len(matrix[0]) if matrix else 0):
        done = len(pivots)
        choice = _pivot([row[column] for row in matrix[done:]])
        if choice is None:
            continue
        matrix[done], matrix[done + choice] = matrix[done + choice], matrix[done]
        head = matrix[done][column]
        matrix[done] = [a / head for a in matrix[done]]
        for k, row in enumerate(matrix):
            if k != done:
                factor = row[column]
                matrix[k] = [a - factor * b for a, b in zip(row, matrix[done], strict=True)]
        pivots.append(column)
        if len(pivots) == len(matrix):
            break
    return matrix, pivots


def _pivot(column: Sequence[Any]) -> int | None:
    """The row to pivot on: the first non-zero element, or the ball farthest from zero; None when all are zero."""
    if column and isinstance(column[0], Element):
        return next((i for i, a in enumerate(column) if a), None)
    sizes = [(a.abs_lower(), i) for i, a in enumerate(column) if a.is_finite() and not a.contains(0)]
    if sizes:
        return max(sizes, key=lambda pair: pair[0])[1]
    if all(is_zero(a) for a in column):
        return None
    raise Undecided


def null_space(rows: Sequence[Sequence[Any]], one: Any) -> Rows:
    """A basis of the vectors that the rows map to zero, the k-th for the k-th free column."""
    matrix, pivots = eliminate(rows)
    size = len(rows[0])
    basis = []
    for free in (c for c in range(size) if c not in pivots):
        vector = [one - one] * size
        vector[free] = one
        for row, column in zip(matrix, pivots, strict=False):
            vector[column] = -row[free]
        basis.append(vector)
    return basis


def congruent(matrix: Rows, basis: Rows, one: Any) -> Rows:
    """Zᵀ A Z for the columns Z of the basis."""
    zero = one - one
    images = [[_dot(row, z, zero) for row in matrix] for z in basis]
    return [[_dot(z, image, zero) for image in images] for z in basis]


def _dot(a: Sequence[Any], b: Sequence[Any], zero: Any) -> Any:
    total = zero
    for p, q in zip(a, b, strict=True):
        total = total + p * q
    return total


def characteristic(matrix: Rows, one: Any) -> list[Any]:
    """The coefficients of det(s·1 - A), leading one first (Faddeev-LeVerrier)."""
    size, zero = len(matrix), one - one
    coefficients = [one]
    columns = [[zero] * size for _ in range(size)]
    for k in range(1, size + 1):
        product = _product(matrix, columns, zero)
        columns = [[product[i][j] + (coefficients[-1] if i == j else zero) for j in range(size)] for i in range(size)]
        trace = zero
        for i, row in enumerate(_product(matrix, columns, zero)):
            trace = trace + row[i]
        coefficients.append(trace * _fraction(one, -1, k))
    return coefficients


def _product(a: Rows, b: Rows, zero: Any) -> Rows:
    columns = list(zip(*b, strict=True))
    return [[_dot(row, column, zero) for column in columns] for row in a]


def _fraction(one: Any, p: int, q: int) -> Any:
    return one.field.element(fmpq(p, q)) if isinstance(one, Element) else arb(p) / q


def inertia_of_signs(signs: Sequence[int]) -> tuple[int, int, int]:
    """Positive, negative and zero eigenvalues of a symmetric matrix from the signs of its characteristic polynomial.

    All roots are real, so Descartes' rule of signs is exact, and the zeros at the end count the zero eigenvalues.
    """
    size = len(signs) - 1
    zero = next(i for i, s in enumerate(reversed(signs)) if s)
    present = [s for s in signs if s]
    positive = sum(a != b for a, b in pairwise(present))
    return positive, size - positive - zero, zero


def inertia_of_balls(matrix: Rows) -> tuple[int, int, int]:
    """The inertia of a symmetric matrix of balls, by pivots of a congruent matrix (Sylvester's law); never with a zero.

    The congruence with a fixed unit triangular matrix of small integers makes a vanishing leading minor unlikely.
    """
    size = len(matrix)
    shear = [[arb(1 if i == j else (i * 7 + j * 3) % 5 - 2 if j > i else 0) for j in range(size)] for i in range(size)]
    work = congruent(matrix, shear, arb(1))
    signs = []
    for k in range(size):
        head = work[k][k]
        if is_zero(head):
            raise Undecided
        signs.append(1 if head > 0 else -1)
        for i in range(k + 1, size):
            factor = work[i][k] / head
            work[i] = [a - factor * b for a, b in zip(work[i], work[k], strict=True)]
    return signs.count(1), signs.count(-1), 0
