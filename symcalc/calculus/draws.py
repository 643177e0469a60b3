"""Random values for names, from several ranges in turn, as their assumptions allow."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import Any

from mpmath import mp
from sympy import Symbol

FEW = 5
"""So many draws are remembered."""
RANGES = ((-2.0, 2.0), (0.05, 1.0), (1.1, 4.0), (-1.0, 1.0), (0.1, 3.0), (-6.0, -1.1), (4.0, 12.0))


def draws(symbols: Iterable[Symbol], seed: object, count: int, counters: Collection[Symbol] = ()) -> Iterator[dict[Any, Any]]:
    """`count` assignments of random numbers to the symbols; `counters` get small whole numbers. The same seed always gives
    the same draws."""
    ordered = tuple(sorted(symbols, key=attrgetter("name")))
    first = _first_draws(ordered, str(seed), frozenset(counters))
    yield from first[:count]
    if count > len(first):
        yield from islice(_drawn(ordered, str(seed), count, counters), len(first), None)


@lru_cache(64)
def _first_draws(symbols: tuple[Symbol, ...], seed: str, counters: frozenset[Symbol]) -> tuple[dict[Any, Any], ...]:
    """Those that most claims need; many claims are about the same names."""
    return tuple(_drawn(symbols, seed, FEW, counters))


def _drawn(symbols: Iterable[Symbol], seed: str, count: int, counters: Collection[Symbol]) -> Iterator[dict[Any, Any]]:
    samplers = [(s, _sampler(s, s in counters)) for s in symbols]
    rng = random.Random(seed)
    for attempt in range(count):
        turn = attempt // len(RANGES)
        yield {s: sampler(rng, *RANGES[(attempt + i * turn) % len(RANGES)]) for i, (s, sampler) in enumerate(samplers)}


def direction(variables: Sequence[Symbol]) -> dict[Symbol, Any]:
    """A direction that no axis has, the same for as many variables."""
    return dict(zip(variables, _components(len(variables)), strict=True))


@lru_cache(16)
def _components(count: int) -> tuple[Any, ...]:
    rng = random.Random(count)
    return tuple(mp.mpf(rng.randint(3, 12)) / 7 * rng.choice((-1, 1)) for _ in range(count))


def _sampler(s: Symbol, counter: bool) -> Callable[[random.Random, float, float], Any]:
    """From a source of random numbers and a range to a value that the name may have."""
    if s.is_integer or counter:
        sign = -1 if s.is_negative else 1
        return lambda rng, low, high: mp.mpf(rng.randint(1, 5) * sign)
    if s.is_extended_real is None:
        return lambda rng, low, high: mp.mpc(rng.uniform(low, high), rng.uniform(low, high))
    if s.is_positive or s.is_nonnegative:
        return lambda rng, low, high: mp.mpf(abs(rng.uniform(low, high)))
    if s.is_negative or s.is_nonpositive:
        return lambda rng, low, high: mp.mpf(-abs(rng.uniform(low, high)))
    return lambda rng, low, high: mp.mpf(rng.uniform(low, high))
