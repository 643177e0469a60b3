"""Sums of terms, each a number times powers of bases: their arithmetic, for which it does not matter what the bases are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import gcd, lcm
from typing import Any

from flint import fmpq

Factors = tuple[tuple[int, int], ...]
"""The powers in a term: (base, exponent) in the order of the bases; a base i ≥ 0 is a letter, one below zero a sum."""
Terms = dict[Factors, Any]
"""A sum: the powers of each term and its coefficient, a FLINT rational."""
ONE = fmpq(1)


def signature(terms: Terms, sign: int = 1) -> frozenset[tuple[Factors, int]]:
    """What tells apart sums with whole coefficients."""
    return frozenset((factors, sign * int(c.p)) for factors, c in terms.items())


def total(sums: Iterable[Terms]) -> Terms:
    """The sum of sums, like terms collected."""
    found: Terms = {}
    for terms in sums:
        for factors, c in terms.items():
            found[factors] = found[factors] + c if factors in found else c
    return {factors: c for factors, c in found.items() if c}


def raised(term: tuple[Any, Factors], n: int) -> tuple[Any, Factors]:
    """The n-th power of a term."""
    c, factors = term
    return c**n, tuple((base, k * n) for base, k in factors)


def times(factors: Factors, powers: Mapping[int, int]) -> Factors:
    """The product of powers, without joining roots to what they are roots of."""
    if not powers:
        return factors
    found = dict(factors)
    for b, k in powers.items():
        found[b] = found.get(b, 0) + k
    return tuple(sorted((b, k) for b, k in found.items() if k))


def denominator(terms: Iterable[Factors]) -> dict[int, int]:
    """The least powers by which all terms become whole."""
    below: dict[int, int] = {}
    for factors in terms:
        for b, k in factors:
            if k < 0:
                below[b] = max(below.get(b, 0), -k)
    return below


def content(terms: Terms) -> Any:
    """The number that makes the coefficients whole and coprime when they are divided by it; negative if all of them are."""
    tops, bottoms = [int(a.p) for a in terms.values()], [int(a.q) for a in terms.values()]
    top = gcd(*tops)
    return fmpq(-top if max(tops) < 0 else top, lcm(*bottoms))
