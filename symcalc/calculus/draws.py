"""Random values for names, from several ranges in turn, as their assumptions allow."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from mpmath import mp
from sympy import Symbol

RANGES = ((-2.0, 2.0), (0.05, 1.0), (1.1, 4.0), (-1.0, 1.0), (0.1, 3.0), (-6.0, -1.1), (4.0, 12.0))


def draws(symbols: Iterable[Symbol], seed: object, count: int, counters: Collection[Symbol] = ()) -> Iterator[dict[Any, Any]]:
    """`count` assignments of random numbers to the symbols; `counters` get small whole numbers. The same seed always gives
    the same draws."""
    ordered = sorted(symbols, key=attrgetter("name"))
    rng = random.Random(str(seed))
    for attempt in range(count):
        yield {
            s: _value(s, rng, RANGES[(attempt + i * (attempt // len(RANGES))) % len(RANGES)], s in counters)
            for i, s in enumerate(ordered)
        }


def direction(variables: Sequence[Symbol]) -> dict[Symbol, Any]:
    """A direction that no axis has, the same for as many variables."""
    rng = random.Random(len(variables))
    return {x: mp.mpf(rng.randint(3, 12)) / 7 * rng.choice((-1, 1)) for x in variables}


def _value(s: Symbol, rng: random.Random, span: tuple[float, float], counter: bool) -> Any:
    if s.is_integer or counter:
        return mp.mpf(rng.randint(1, 5) * (-1 if s.is_negative else 1))
    low, high = span
    x = mp.mpf(rng.uniform(low, high))
    if s.is_extended_real is None:
        return mp.mpc(x, rng.uniform(low, high))
    if s.is_positive or s.is_nonnegative:
        return mp.fabs(x)
    return -mp.fabs(x) if s.is_negative or s.is_nonpositive else x
