"""Equal forms of a rational function of letters: factors pulled out, expanded, over one denominator, reduced, factored."""

from __future__ import annotations

from collections.abc import Iterator

from symcalc.calculus.fraction import MAX_TERMS, Fraction, extent, unnested
from symcalc.calculus.letters import Letters, Terms, total
from symcalc.calculus.pulling import by_term, distributed, pulled

MAX_LETTERS, MAX_DEGREE = 9, 14
"""Bounds, with MAX_TERMS, on the polynomials that may be expanded, reduced or factored."""
MAX_COLLECTED = 12
"""Up to this many terms powers of one letter are collected."""


def forms(letters: Letters, given: Terms) -> Iterator[Terms]:
    """The forms, to be measured. Polynomial algorithms are used within bounds that keep them cheap."""
    plain = by_term(letters, given)
    yield plain
    if len(plain) == 1 and all(b >= 0 for factors in plain for b, _ in factors):
        return
    yield pulled(letters, plain)
    apart = distributed(letters, plain)
    if apart is not None:
        yield pulled(letters, apart)
    whole = unnested(letters, given)
    count, degree = extent(letters, whole)
    if not whole or len(letters.parts) > MAX_LETTERS or count > MAX_TERMS or degree > MAX_DEGREE:
        return
    letters.ring()
    fraction = Fraction(letters, whole)
    yield from fraction.spread()
    yield from fraction.by_denominator()
    yield from fraction.reduced()
    if not fraction.below:
        yield from _collected(letters, letters.terms(fraction.top, fraction.scale))


def _collected(letters: Letters, expanded: Terms) -> Iterator[Terms]:
    """Common powers of one letter pulled out of the terms that hold it."""
    if len(expanded) > MAX_COLLECTED:
        return
    for i in range(len(letters.parts)):
        holding = {f: c for f, c in expanded.items() if any(b == i for b, _ in f)}
        if 1 < len(holding) < len(expanded):
            rest = {f: c for f, c in expanded.items() if f not in holding}
            fraction = Fraction(letters, holding)
            yield total([next(fraction.reduced()), rest])
