"""Polynomials in several variables whose coefficients are balls, on pieces of a box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import arb

from symcalc.calculus.series.pieces import Piece

Term = tuple[tuple[int, ...], Any]
"""Exponents and coefficient."""


def on_piece(terms: Sequence[Term], piece: Piece) -> tuple[Any, Any]:
    """The size of a polynomial on a piece, from its value at the centre and its slopes on the piece (the mean value form;
    Moore, Kearfott and Cloud, 6.4), and at the centre."""
    degree = max(sum(m) for m, _ in terms)
    balls = [powers(arb(c, w), degree) for c, w in piece]
    value = abs(polynomial(terms, [powers(arb(c), degree) for c, _ in piece]))
    slopes = (abs(slope(terms, balls, i)) * w for i, (_, w) in enumerate(piece))
    return sum(slopes, value).upper(), value.lower()


def polynomial(terms: Sequence[Term], powers: Sequence[Sequence[Any]]) -> Any:
    """Σ c·x^m, from the powers of the variables."""
    total = arb(0)
    for exponents, c in terms:
        for row, k in zip(powers, exponents, strict=True):
            if k:
                c = c * row[k]
        total += c
    return total


def slope(terms: Sequence[Term], powers: Sequence[Sequence[Any]], i: int) -> Any:
    """Its derivative by the i-th variable."""
    return polynomial([((*m[:i], m[i] - 1, *m[i + 1 :]), c * m[i]) for m, c in terms if m[i]], powers)


def powers(h: Any, degree: int) -> list[Any]:
    """1, h, ..., h^degree."""
    out = [arb(1)]
    for _ in range(degree):
        out.append(out[-1] * h)
    return out
