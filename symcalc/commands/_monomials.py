"""The terms of a Taylor polynomial: coefficients times powers of the distances from the point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cmp_to_key
from operator import itemgetter
from typing import Any

from sympy import Basic, Expr, Integer, Mul, Pow, S, Symbol

from symcalc.notation import OrderedProduct

Terms = Sequence[Sequence[tuple[tuple[int, ...], Expr]]]
"""For each degree the (exponents, coefficient) pairs of the polynomial."""


def term(coefficient: Expr, exponents: Sequence[int], xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> Expr:
    """coefficient·(x - a)^m·(y - b)^n, with a number kept in front of its bracket."""
    (found,) = monomials([(exponents, coefficient)], xs, point)
    return found


def monomials(terms: Iterable[tuple[Sequence[int], Expr]], xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> list[Expr]:
    """All terms of a polynomial as `term` writes them.

    Products of a rational number and powers are put together as SymPy would, without being evaluated again.
    """
    steps = [x - point[x] for x in xs]
    rank = _ranks(steps)
    known: dict[tuple[int, int], tuple[int, Expr]] = {}

    def power(i: int, k: int) -> tuple[int, Expr]:
        """(x_i - a_i)^k, and its place among the factors of a product."""
        found = known.get((i, k))
        if found is None:
            value = steps[i] if k == 1 else Pow(steps[i], Integer(k), evaluate=False)
            found = known[i, k] = rank[i, min(k, 2)], value
        return found

    def written(exponents: Sequence[int], coefficient: Expr) -> Expr:
        factors = [power(i, k) for i, k in enumerate(exponents) if k]
        if len(factors) > 1:
            factors.sort(key=itemgetter(0))
        powers = [value for _, value in factors]
        if not powers:
            return coefficient
        if coefficient is S.One:
            # A product of one factor keeps its brackets as the first term: (x - 1) - (x - 1)²/2.
            bracketed = len(powers) == 1 and powers[0].is_Add
            return OrderedProduct(*powers) if bracketed else Mul._from_args(powers, is_commutative=True)
        if coefficient.is_Rational:
            return Mul._from_args((coefficient, *powers), is_commutative=True)
        return Mul(coefficient, *powers, evaluate=not (coefficient.is_Number and len(powers) == 1 and powers[0].is_Add))

    return [written(m, c) for m, c in terms]


def _ranks(steps: Sequence[Expr]) -> dict[tuple[int, int], int]:
    """The order in which SymPy keeps the factors of a product: for each step and k = 1, 2 (any higher power)."""
    samples = [(step**k, (i, k)) for i, step in enumerate(steps) for k in (1, 2)]
    samples.sort(key=cmp_to_key(_compared))
    return {key: place for place, (_, key) in enumerate(samples)}


def _compared(a: tuple[Expr, Any], b: tuple[Expr, Any]) -> int:
    return int(Basic.compare(a[0], b[0]))
