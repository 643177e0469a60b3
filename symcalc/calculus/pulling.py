"""Factors that terms have in common, pulled out of their sum, and sums over a denominator taken apart."""

from __future__ import annotations

from typing import Any

from symcalc.calculus.letters import Letters
from symcalc.calculus.terms import ONE, Factors, Terms, content, raised, times, total


def pulled(letters: Letters, terms: Terms) -> Terms:
    """The common factors of the terms in front of their sum, here and in all sums within."""
    whole = by_term(letters, terms)
    if len(whole) < 2:
        return whole
    c, (shared, rest) = content(whole), _shared(whole)
    inner = {factors: a / c for factors, a in rest.items()}
    return letters.product([(c, shared), letters.term(inner)])


def by_term(letters: Letters, terms: Terms) -> Terms:
    """The common factors of all sums within the terms in front of these sums."""
    if not any(b < 0 for factors in terms for b, _ in factors):
        return terms
    return total(letters.product([(c, ()), *(_pulled_power(letters, b, k) for b, k in factors)]) for factors, c in terms.items())


def distributed(letters: Letters, terms: Terms) -> Terms | None:
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
    term = letters.pulled.get(base)
    if term is None:
        term = letters.pulled[base] = letters.term(pulled(letters, letters.terms_of(base)))
    return raised(term, k)


def _shared(terms: Terms) -> tuple[Factors, Terms]:
    """The powers that all terms have in common, and the terms without them."""
    rows = [dict(factors) for factors in terms]
    powers: dict[int, int] = {}
    for b in rows[0]:
        found = [row.get(b, 0) for row in rows]
        if k := max(min(found), 0) or min(max(found), 0):
            powers[b] = k
    less = {b: -k for b, k in powers.items()}
    return tuple(sorted(powers.items())), {times(factors, less): c for factors, c in terms.items()}
