"""A rational function of letters over one denominator: multiplied out, reduced, factored, or denominator by denominator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from math import lcm
from typing import Any

from symcalc.calculus.letters import Letters
from symcalc.calculus.pulling import pulled
from symcalc.calculus.terms import ONE, Factors, Terms, denominator, raised, times, total

MAX_TERMS = 120
"""Up to this many terms the factors of a fraction are multiplied out."""


def unnested(letters: Letters, terms: Terms) -> Terms:
    """The terms with every sum in them, that has denominators itself, over one denominator."""
    if not any(b < 0 for factors in terms for b, _ in factors):
        return terms
    return total(letters.product([(c, ()), *(_whole_power(letters, b, k) for b, k in factors)]) for factors, c in terms.items())


def _whole_power(letters: Letters, base: int, k: int) -> tuple[Any, Factors]:
    if base >= 0:
        return ONE, ((base, k),)
    term = letters.unnested.get(base)
    if term is None:
        terms = unnested(letters, letters.terms_of(base))
        below = denominator(terms)
        c, factors = letters.term(terms if not below else {times(f, below): a for f, a in terms.items()})
        term = letters.unnested[base] = c, times(factors, {b: -n for b, n in below.items()})
    return raised(term, k)


def extent(letters: Letters, terms: Terms) -> tuple[int, int]:
    """Upper bounds for the number of terms when all is multiplied out over the common denominator, and for the degree."""
    below = denominator(terms)
    sizes = [size(letters, times(factors, below)) for factors in terms]
    return sum(n for n, _ in sizes), max((d for _, d in sizes), default=0)


def size(letters: Letters, factors: Factors) -> tuple[int, int]:
    """Upper bounds for the number of terms when multiplied out, and for the degree."""
    count, degree = 1, 0
    for b, k in factors:
        if b >= 0:
            degree += k
            continue
        sizes = [size(letters, f) for f in letters.terms_of(b)]
        count = min(count * sum(n for n, _ in sizes) ** min(k, 20), 10**6)
        degree += k * max(d for _, d in sizes)
    return count, degree


class Fraction:
    """top · scale over the powers in `below`: a polynomial with whole coefficients, a number, and bases with exponents > 0."""

    def __init__(self, letters: Letters, terms: Terms) -> None:
        """`terms` are `unnested`; the ring of the letters is there."""
        self.letters, self.given = letters, terms
        self.below = denominator(terms)
        whole = {times(factors, self.below): c for factors, c in terms.items()}
        self.top, number = letters.expanded(whole)
        self.top, more, below = self._rooted(self.top)
        self.below = {b: self.below.get(b, 0) + below.get(b, 0) for b in {**self.below, **below}}
        self.scale = ONE / (number * more)

    def _rooted(self, top: Any) -> tuple[Any, int, dict[int, int]]:
        """The polynomial with q-th powers of roots replaced by what they are roots of; the number and the powers below it."""
        letters, number, below = self.letters, 1, dict[int, int]()
        for i, (q, nested) in letters.roots.items():
            place = letters.place(i)
            if top == 0 or top.degrees()[place] < q:
                continue
            base = unnested(letters, nested)
            divisor = denominator(base)
            value, divided = letters.expanded({times(factors, divisor): c for factors, c in base.items()})
            unit = letters.expanded({tuple(sorted(divisor.items())): ONE})[0] * divided
            highest = int(top.degrees()[place]) // q
            parts: list[Any] = [letters.context.constant(0)] * (highest + 1)
            for exponents, c in top.to_dict().items():
                high, left = divmod(int(exponents[place]), q)
                parts[high] += letters.context.from_dict({(*exponents[:place], left, *exponents[place + 1 :]): c})
            top = reduce(lambda a, b: a + b, (p * value**n * unit ** (highest - n) for n, p in enumerate(parts)))
            number *= divided**highest
            for b, k in divisor.items():
                below[b] = below.get(b, 0) + k * highest
        return top, number, below

    def spread(self) -> Iterator[Terms]:
        """Over one denominator, the numerator multiplied out, and its common factors pulled out."""
        if self.top == 0:
            yield {}
            return
        terms = self.letters.terms(self.top, self.scale)
        if not self.below:
            yield terms
            yield pulled(self.letters, terms)
            return
        yield self._over(terms)
        yield self._over(pulled(self.letters, terms))

    def _over(self, top: Terms) -> Terms:
        """The sum over the denominator, as one term."""
        below = tuple((b, -k) for b, k in self.below.items())
        return self.letters.product([self._term(top), (ONE, below)])

    def _term(self, terms: Terms) -> tuple[Any, Factors]:
        """A sum as a factor; numbers below its terms stand below the whole."""
        below = lcm(*(int(c.q) for c in terms.values()))
        if len(terms) < 2:
            return self.letters.term(terms)
        return ONE / below, ((self.letters.sum({f: c * below for f, c in terms.items()}), 1),)

    def by_denominator(self) -> Iterator[Terms]:
        """The numerators multiplied out, terms with one denominator together and apart."""
        if not self.below:
            return
        groups: dict[Factors, Terms] = {}
        for factors, c in self.given.items():
            below = tuple((b, k) for b, k in factors if k < 0 and b < 0)
            groups.setdefault(below, {})[tuple(p for p in factors if p not in below)] = c
        apart, together = [], []
        for below, some in groups.items():
            lowest = denominator(some)
            top, number = self.letters.expanded({times(factors, lowest): c for factors, c in some.items()})
            top, more, under_roots = self._rooted(top)
            less = {b: -lowest.get(b, 0) - under_roots.get(b, 0) for b in {**lowest, **under_roots}}
            numerator = {times(f, less): c for f, c in self.letters.terms(top, ONE / (number * more)).items()}
            apart.append({times(f, dict(below)): c for f, c in numerator.items()})
            if numerator:
                together.append(self.letters.product([self._term(pulled(self.letters, numerator)), (ONE, below)]))
        expanded = total(apart)
        yield expanded
        yield pulled(self.letters, expanded)
        yield total(together)

    def reduced(self) -> Iterator[Terms]:
        """In lowest terms: all factored first, then the numerator and the denominator multiplied out or pulled."""
        if self.top == 0:
            return
        letters = self.letters
        c, above, below = self._cancelled()
        under = (ONE, tuple((b, -k) for b, k in below.items()))
        yield letters.product([(c, tuple(above.items())), under])
        numerator = self._multiplied(above, c)
        if numerator is None or not below:
            return
        tops = [self._term(top) for top in (numerator, pulled(letters, numerator))]
        yield from (letters.product([top, under]) for top in tops)
        if sum(b < 0 for b in below) + any(b >= 0 for b in below) > 1:
            bottom = self._multiplied(below, ONE)
            if bottom is not None:
                yield from (letters.product([top, raised(letters.term(bottom), -1)]) for top in tops)

    def lowest(self) -> Terms:
        """In lowest terms, the numerator multiplied out, the denominator factored."""
        if self.top == 0:
            return {}
        if not self.below:
            return self.letters.terms(self.top, self.scale)
        c, above, below = self._cancelled()
        numerator = self.letters.expanded({tuple(sorted(above.items())): ONE})[0]
        under = (ONE, tuple((b, -k) for b, k in below.items()))
        return self.letters.product([self._term(self.letters.terms(numerator, c)), under])

    def _cancelled(self) -> tuple[Any, dict[int, int], dict[int, int]]:
        """The number, and the irreducible factors above and below that are not in both."""
        c, above = self._factored(self.top)
        c *= self.scale
        below: dict[int, int] = {}
        for base, k in self.below.items():
            unit, factors = self._factored(self.letters.polynomial(base))
            c /= unit**k
            for b, n in factors.items():
                below[b] = below.get(b, 0) + n * k
        left = {b: above.get(b, 0) - below.get(b, 0) for b in {**above, **below}}
        return c, {b: k for b, k in left.items() if k > 0}, {b: -k for b, k in left.items() if k < 0}

    def _multiplied(self, powers: Mapping[int, int], c: Any) -> Terms | None:
        factors = tuple(sorted(powers.items()))
        if size(self.letters, factors)[0] > MAX_TERMS:
            return None
        return self.letters.terms(self.letters.expanded({factors: ONE})[0], c)

    def _factored(self, polynomial: Any) -> tuple[Any, dict[int, int]]:
        """The number and the irreducible factors."""
        try:
            number, factors = polynomial.factor()
        except OverflowError:  # python-flint sorts the factors, and cannot where a coefficient is longer than a machine word
            number, factors = 1, [(polynomial, 1)]
        c, found = ONE * int(number), dict[int, int]()
        for factor, k in factors:
            a, ((base, n),) = self.letters.term(self.letters.terms(factor))
            c *= a ** int(k)
            found[base] = found.get(base, 0) + n * int(k)
        return c, found
