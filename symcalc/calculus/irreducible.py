"""Polynomials in letters that are seen at once not to factor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symcalc.calculus.terms import Factors, Terms


def is_irreducible(terms: Terms) -> bool:
    """Whether a polynomial with rational coefficients, whose terms have no letter in common, is m·v + q or c·v² + q with a
    letter v that is neither in m nor in q, m and q coprime, and -c·q no square. Then it does not factor; False says nothing.

    A factor of a polynomial that is linear in v divides m and q; one of c·v² + q splits it into ±√(-q/c).
    """
    holders: dict[int, list[Factors]] = {}
    for factors in terms:
        for b, k in factors:
            if b < 0 or k < 0:
                return False
            holders.setdefault(b, []).append(factors)
    return len(terms) > 1 and any(_shows(v, terms, holding[0], holders) for v, holding in holders.items() if len(holding) == 1)


def _shows(v: int, terms: Terms, term: Factors, holders: Mapping[int, Sequence[Factors]]) -> bool:
    """Whether the one term that holds the letter v shows it. `holders` are the terms that hold each letter."""
    degree = dict(term)[v]
    if degree == 1:
        return all(len(holders[w]) < len(terms) for w, _ in term)
    if degree != 2 or len(term) > 1:
        return False
    letters = sorted(holders)
    leading = max((f for f in terms if f != term), key=lambda f: [dict(f).get(b, 0) for b in letters])
    return bool(terms[term] * terms[leading] > 0)  # the leading coefficient of a square is positive, that of -c·q is not
