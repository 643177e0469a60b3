"""The terms of a Taylor polynomial: coefficients times powers of the distances from the point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sympy import Expr, Symbol

from symcalc.notation import Polynomial

Terms = Sequence[Sequence[tuple[tuple[int, ...], Expr]]]
"""For each degree the (exponents, coefficient) pairs of the polynomial."""


def term(coefficient: Expr, exponents: Sequence[int], xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> Expr:
    """coefficient·(x - a)^m·(y - b)^n, with a number kept in front of its bracket."""
    return Polynomial((), [x - point[x] for x in xs]).product(exponents, coefficient)
