"""Equal forms of a rational function of letters: factors pulled out, expanded, over one denominator, reduced, factored."""

from __future__ import annotations

from collections.abc import Iterator

from symcalc.calculus.fraction import MAX_TERMS, Fraction, extent, unnested
from symcalc.calculus.irreducible import is_irreducible
from symcalc.calculus.letters import Letters
from symcalc.calculus.pulling import by_term, distributed, pulled
from symcalc.calculus.terms import Terms, total

MAX_LETTERS, MAX_DEGREE = 9, 14
"""Bounds, with MAX_TERMS, on the polynomials that may be expanded, reduced or factored."""
MAX_COLLECTED = 12
"""Up to this many terms powers of one letter are collected."""


def forms(letters: Letters, given: Terms) -> Iterator[Terms]:
    """The forms, to be measured. Polynomial algorithms are used within bounds that keep them cheap."""
    plain = by_term(letters, given)
    yield plain
    if _has_one_form(letters, plain):
        return
    together = pulled(letters, plain)
    yield together
    if _is_polynomial(letters, plain) and _has_one_form(letters, together, above=True):
        if _in_bounds(letters, plain):
            yield from _collected(letters, plain)
        return
    apart = distributed(letters, plain)
    if apart is not None:
        yield pulled(letters, apart)
    whole = unnested(letters, given)
    if not whole or not _in_bounds(letters, whole):
        return
    letters.ring()
    fraction = Fraction(letters, whole)
    yield from fraction.spread()
    yield from fraction.by_denominator()
    yield from fraction.reduced()
    if not fraction.below:
        yield from _collected(letters, letters.terms(fraction.top, fraction.scale))


def _in_bounds(letters: Letters, terms: Terms) -> bool:
    count, degree = extent(letters, terms)
    return len(letters.parts) <= MAX_LETTERS and count <= MAX_TERMS and degree <= MAX_DEGREE


def _has_one_form(letters: Letters, terms: Terms, above: bool = False) -> bool:
    """Whether the terms are one product that cannot be written otherwise: letters, perhaps over one irreducible sum; with
    `above`, a sum may also stand above the stroke, which could be multiplied out only."""
    if len(terms) != 1 or letters.roots:
        return False
    (factors,) = terms
    sums = [(b, k) for b, k in factors if b < 0]
    if len(sums) > 1 or (sums and sums[0][1] < 0 and any(b >= 0 and k < 0 for b, k in factors)):
        return False
    return all((k < 0 or (above and k == 1)) and is_irreducible(letters.terms_of(b)) for b, k in sums)


def _is_polynomial(letters: Letters, terms: Terms) -> bool:
    """Whether the terms are a polynomial in letters, multiplied out."""
    return not letters.roots and all(b >= 0 and k > 0 for factors in terms for b, k in factors)


def _collected(letters: Letters, expanded: Terms) -> Iterator[Terms]:
    """Common powers of one letter pulled out of the terms that hold it."""
    if not 2 < len(expanded) <= MAX_COLLECTED:
        return
    for i in range(len(letters.parts)):
        holding = {f: c for f, c in expanded.items() if any(b == i for b, _ in f)}
        if 1 < len(holding) < len(expanded):
            rest = {f: c for f, c in expanded.items() if f not in holding}
            letters.ring()
            yield total([next(Fraction(letters, holding).reduced()), rest])
