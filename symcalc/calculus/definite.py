"""Definiteness of a real symmetric matrix by exact sign decisions, and its eigenvalues."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sympy import Expr, ImmutableMatrix, Poly, Symbol, roots

from symcalc.calculus.sign import sign_of


@dataclass(frozen=True, slots=True)
class Inertia:
    """The number of positive, negative and zero eigenvalues."""

    positive: int
    negative: int
    zero: int


def inertia(matrix: ImmutableMatrix) -> Inertia | None:
    """The inertia of a real symmetric matrix, or None when the sign of a coefficient is not decided.

    The characteristic polynomial has only real roots, so by Descartes' rule the sign changes of its coefficients
    count the positive ones exactly, and its lowest power counts the zeros.
    """
    try:
        polynomial = matrix.charpoly(Symbol("t"))
    except TypeError:  # SymPy compares entries with symbols while it chooses a domain
        return None
    signs = [sign_of(c) for c in polynomial.all_coeffs()]
    if None in signs:
        return None
    zero = len(signs) - 1 - max(i for i, s in enumerate(signs) if s)
    nonzero = [s for s in signs if s]
    positive = sum(a != b for a, b in pairwise(nonzero))
    return Inertia(positive, matrix.rows - zero - positive, zero)


def definiteness(found: Inertia) -> str:
    """ "positive definite", "negative definite", "indefinite", "positive semidefinite", "negative semidefinite" or
    "zero"."""
    if found.positive and found.negative:
        return "indefinite"
    if not found.positive and not found.negative:
        return "zero"
    name = "positive" if found.positive else "negative"
    return f"{name} semidefinite" if found.zero else f"{name} definite"


def eigenvalues(matrix: ImmutableMatrix) -> list[Expr] | None:
    """The eigenvalues of a real symmetric matrix with multiplicity, largest first, when all have short exact forms
    (numbers; factors of the characteristic polynomial of degree at most two), otherwise None."""
    if not all(entry.is_number and entry.is_extended_real for entry in matrix):
        return None
    polynomial = Poly(matrix.charpoly(Symbol("t")).as_expr(), Symbol("t"))
    if any(factor.degree() > 2 for factor, _ in polynomial.factor_list()[1]):
        return None
    found = roots(polynomial)
    if sum(found.values()) != matrix.rows:
        return None
    values = [value for value, count in found.items() for _ in range(count)]
    return sorted(values, key=lambda v: -v.evalf(30))
