"""Equal forms of a rational function of letters: factors pulled out, expanded, over one denominator, reduced, factored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from math import lcm
from typing import Any

from symcalc.calculus.letters import ONE, Factors, Letters, Terms, content, raised, total

MAX_LETTERS, MAX_DEGREE, MAX_TERMS = 9, 14, 120
"""Bounds on the polynomials that may be expanded, reduced or factored."""
MAX_COLLECTED = 12
"""Up to this many terms powers of one letter are collected."""


def forms(letters: Letters, given: Terms) -> Iterator[Terms]:
    """The forms, to be measured. Polynomial algorithms are used within bounds that keep them cheap."""
    by_term = _by_term(letters, given)
    yield by_term
    yield pulled(letters, by_term)
    distributed = _distributed(letters, by_term)
    if distributed is not None:
        yield pulled(letters, distributed)
    given = _unnested(letters, given)
    if not given or len(letters.parts) > MAX_LETTERS or not small(letters, given):
        return
    letters.ring()
    fraction = _Fraction(letters, given)
    yield from fraction.spread()
    yield from fraction.by_denominator(given)
    yield from fraction.reduced()
    if not fraction.below:
        yield from _collected(letters, letters.terms(fraction.top, fraction.scale))


def _unnested(letters: Letters, terms: Terms) -> Terms:
    """The terms with every sum in them, that has denominators itself, over one denominator."""
    return total(letters.product([(c, ()), *(_whole_power(letters, b, k) for b, k in factors)]) for factors, c in terms.items())


def _whole_power(letters: Letters, base: int, k: int) -> tuple[Any, Factors]:
    if base >= 0:
        return ONE, ((base, k),)
    terms = _unnested(letters, letters.terms_of(base))
    below = _denominator(terms)
    c, factors = letters.term(terms if not below else {_times(f, below): a for f, a in terms.items()})
    return raised((c, _times(factors, {b: -n for b, n in below.items()})), k)


def small(letters: Letters, terms: Terms) -> bool:
    """Whether the terms stay few and of low degree when they are multiplied out over their common denominator."""
    count, degree = 0, 0
    below = _denominator(terms)
    for factors in terms:
        of_term, degree_of_term = _size(letters, _times(factors, below))
        count, degree = count + of_term, max(degree, degree_of_term)
    return count <= MAX_TERMS and degree <= MAX_DEGREE


def pulled(letters: Letters, terms: Terms) -> Terms:
    """The common factors of the terms in front of their sum, here and in all sums within."""
    whole = _by_term(letters, terms)
    if len(whole) < 2:
        return whole
    c, (shared, rest) = content(whole), _shared(whole)
    inner = {factors: a / c for factors, a in rest.items()}
    return letters.product([(c, shared), letters.term(inner)])


def _by_term(letters: Letters, terms: Terms) -> Terms:
    """The common factors of all sums within the terms in front of these sums."""
    return total(letters.product([(c, ()), *(_pulled_power(letters, b, k) for b, k in factors)]) for factors, c in terms.items())


def _distributed(letters: Letters, terms: Terms) -> Terms | None:
    """Sums over a denominator as sums of fractions, None where there is none."""
    apart: list[Terms] = []
    for factors, c in terms.items():
        sums = [b for b, k in factors if b < 0 and k > 0]
        if len(sums) == 1 and dict(factors)[sums[0]] == 1 and any(b < 0 and k < 0 for b, k in factors):
            rest = tuple(p for p in factors if p[0] != sums[0])
            apart += [letters.product([(c, rest), (a, f)]) for f, a in letters.terms_of(sums[0]).items()]
        else:
            apart.append({factors: c})
    return total(apart) if len(apart) > len(terms) else None


def _pulled_power(letters: Letters, base: int, k: int) -> tuple[Any, Factors]:
    if base >= 0:
        return ONE, ((base, k),)
    return raised(letters.term(pulled(letters, letters.terms_of(base))), k)


def _shared(terms: Terms) -> tuple[Factors, Terms]:
    """The powers that all terms have in common, and the terms without them."""
    rows = [dict(factors) for factors in terms]
    powers: dict[int, int] = {}
    for b in rows[0]:
        found = [row.get(b, 0) for row in rows]
        if k := max(min(found), 0) or min(max(found), 0):
            powers[b] = k
    less = {b: -k for b, k in powers.items()}
    return tuple(sorted(powers.items())), {_times(factors, less): c for factors, c in terms.items()}


def _times(factors: Factors, powers: Mapping[int, int]) -> Factors:
    if not powers:
        return factors
    found = dict(factors)
    for b, k in powers.items():
        found[b] = found.get(b, 0) + k
    return tuple(sorted((b, k) for b, k in found.items() if k))


def _denominator(terms: Iterable[Factors]) -> dict[int, int]:
    """The least powers by which all terms become whole."""
    below: dict[int, int] = {}
    for factors in terms:
        for b, k in factors:
            if k < 0:
                below[b] = max(below.get(b, 0), -k)
    return below


def _size(letters: Letters, factors: Factors) -> tuple[int, int]:
    """Upper bounds for the number of terms when multiplied out, and for the degree."""
    count, degree = 1, 0
    for b, k in factors:
        if b >= 0:
            degree += k
            continue
        sizes = [_size(letters, f) for f in letters.terms_of(b)]
        count = min(count * sum(n for n, _ in sizes) ** min(k, 20), 10**6)
        degree += k * max(d for _, d in sizes)
    return count, degree


class _Fraction:
    """top · scale over the powers in `below`: a polynomial with whole coefficients, a number, and bases with exponents > 0."""

    def __init__(self, letters: Letters, terms: Terms) -> None:
        self.letters = letters
        self.below = _denominator(terms)
        whole = {_times(factors, self.below): c for factors, c in terms.items()}
        self.top, number = letters.expanded(whole)
        self.top, more = self._rooted(self.top)
        self.scale = ONE / (number * more)

    def _rooted(self, top: Any) -> tuple[Any, int]:
        """The polynomial with q-th powers of roots replaced by what they are roots of, and the number below it."""
        number = 1
        for i, (q, base) in self.letters.roots.items():
            if _denominator(base):
                continue
            place = self.letters.place(i)
            if top == 0 or top.degrees()[place] < q:
                continue
            value, below = self.letters.expanded(base)
            highest = int(top.degrees()[place]) // q
            parts: list[Any] = [self.letters.context.constant(0)] * (highest + 1)
            for exponents, c in top.to_dict().items():
                times, left = divmod(int(exponents[place]), q)
                key = (*exponents[:place], left, *exponents[place + 1 :])
                parts[times] += self.letters.context.from_dict({key: int(c) * below ** (highest - times)})
            top = reduce(lambda a, b: a + b, (p * value**n for n, p in enumerate(parts)))
            number *= below**highest
        return top, number

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

    def by_denominator(self, terms: Terms) -> Iterator[Terms]:
        """The numerators multiplied out, terms with one denominator together and apart."""
        groups: dict[Factors, Terms] = {}
        for factors, c in terms.items():
            below = tuple((b, k) for b, k in factors if k < 0 and b < 0)
            groups.setdefault(below, {})[tuple(p for p in factors if p not in below)] = c
        if not self.below:
            return
        apart, together = [], []
        for below, some in groups.items():
            lowest = _denominator(some)
            top, number = self.letters.expanded({_times(factors, lowest): c for factors, c in some.items()})
            top, more = self._rooted(top)
            less = {b: -k for b, k in lowest.items()}
            numerator = {_times(f, less): c for f, c in self.letters.terms(top, ONE / (number * more)).items()}
            apart.append({_times(f, dict(below)): c for f, c in numerator.items()})
            if numerator:
                together.append(self.letters.product([self._term(pulled(self.letters, numerator)), (ONE, below)]))
        expanded = total(apart)
        yield expanded
        yield pulled(self.letters, expanded)
        yield total(together)

    def reduced(self) -> Iterator[Terms]:
        """In lowest terms: numerator and denominator each multiplied out, pulled, or factored."""
        letters = self.letters
        if self.top == 0:
            return
        c, above = self._factored(self.top)
        below: dict[int, int] = {}
        for base, k in self.below.items():
            unit, factors = self._factored(letters.polynomial(base))
            c /= unit**k
            for b, n in factors.items():
                below[b] = below.get(b, 0) + n * k
        c *= self.scale
        common = {b: min(k, below[b]) for b, k in above.items() if b in below}
        above = {b: k - common.get(b, 0) for b, k in above.items()}
        below = {b: n for b, k in below.items() if (n := k - common.get(b, 0))}
        under = (ONE, tuple((b, -k) for b, k in below.items()))
        yield letters.product([(c, tuple(above.items())), under])
        numerator = self._multiplied(above, c)
        if numerator is None:
            return
        if not below:
            return
        yield letters.product([self._term(numerator), under])
        yield letters.product([self._term(pulled(letters, numerator)), under])
        if sum(b < 0 for b in below) + any(b >= 0 for b in below) > 1:
            denominator = self._multiplied(below, ONE)
            if denominator is not None:
                for top in (numerator, pulled(letters, numerator)):
                    yield letters.product([self._term(top), raised(letters.term(denominator), -1)])

    def _multiplied(self, powers: Mapping[int, int], c: Any) -> Terms | None:
        factors = tuple(sorted((b, k) for b, k in powers.items() if k))
        if _size(self.letters, factors)[0] > MAX_TERMS:
            return None
        return self.letters.terms(self.letters.expanded({factors: ONE})[0], c)

    def _factored(self, polynomial: Any) -> tuple[Any, dict[int, int]]:
        """The number and the irreducible factors."""
        number, factors = polynomial.factor()
        c, found = ONE * int(number), dict[int, int]()
        for factor, k in factors:
            a, ((base, n),) = self.letters.term(self.letters.terms(factor))
            c *= a ** int(k)
            found[base] = found.get(base, 0) + n * int(k)
        return c, found


def _collected(letters: Letters, expanded: Terms) -> Iterator[Terms]:
    """Common powers of one letter pulled out of the terms that hold it."""
    if len(expanded) > MAX_COLLECTED:
        return
    for i in range(len(letters.parts)):
        holding = {f: c for f, c in expanded.items() if any(b == i for b, _ in f)}
        if 1 < len(holding) < len(expanded):
            rest = {f: c for f, c in expanded.items() if f not in holding}
            fraction = _Fraction(letters, holding)
            yield total([next(fraction.reduced()), rest])
