"""The largest value of something on a box, bounded from above by cutting the box into pieces, the worst one first."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from flint import arb

from symcalc.calculus.enclosure import NoBall, Unknown

MAX_PIECES = 400
"""So many pieces of the box are looked at."""
CLOSE = 1.005
"""The subdivision ends when the bound is within this factor of a value that is attained."""
NARROW = 2.0**-24
"""A piece on which nothing is known at this half width meets a singularity."""

Piece = tuple[tuple[float, float], ...]
"""Centre and half width along each side of the box; exact, since they are halved only."""


class Singular(Exception):
    """Nothing is known on this piece, and it is too small to be cut."""

    def __init__(self, piece: Piece) -> None:
        super().__init__(piece)
        self.piece = piece


def upper_bound(enclosed: Callable[[Piece], tuple[Any, Any]], start: Iterable[Piece]) -> Fraction:
    """At least the largest value on all pieces. `enclosed` gives an upper bound on a piece and a value attained there, both
    balls, or raises NoBall. Raises Singular, or Unknown where `enclosed` does."""
    heap: list[tuple[float, int, Any, Piece]] = []
    attained, tried = arb(0), 0

    def add(piece: Piece) -> None:
        nonlocal attained, tried
        tried += 1
        try:
            upper, value = enclosed(piece)
            attained = value if value > attained else attained
        except Unknown:
            raise
        except NoBall:
            if tried > MAX_PIECES or max(w for _, w in piece) < NARROW:
                raise Singular(piece) from None
            upper = None
        heapq.heappush(heap, (float("-inf") if upper is None else -float(upper), tried, upper, piece))

    for piece in start:
        add(piece)
    while tried < MAX_PIECES or heap[0][2] is None:
        *_, upper, piece = heap[0]
        if upper is not None and upper <= attained * CLOSE:
            break
        heapq.heappop(heap)
        for part in halves(piece):
            add(part)
    return fraction(heap[0][2])


def fraction(ball: Any) -> Fraction:
    """The upper end of a ball."""
    mantissa, exponent = ball.upper().mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def halves(piece: Piece) -> tuple[Piece, Piece]:
    """The piece cut in two across its longest side."""
    longest = max(range(len(piece)), key=lambda i: piece[i][1])
    c, w = piece[longest]
    low, high = (
        tuple(part if i == longest else side for i, side in enumerate(piece)) for part in ((c - w / 2, w / 2), (c + w / 2, w / 2))
    )
    return low, high
