"""Terms of sums that stand together wherever they stand, each with names of its own: one part instead of many."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from math import gcd, lcm

from sympy import Dummy, Expr, Function, Pow, Rational, S

from symcalc.calculus.measure import SumSign
from symcalc.calculus.parts import REAL, Kind, Monomial, Parts


class Irregular(Exception):
    """An expression with a part that is no function of numbers, such as a sum over an index."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A sum of monomials with their coefficients."""

    terms: Sequence[tuple[Expr, Monomial]]

    def times(self, c: Expr) -> Iterator[Expr]:
        """The terms times a number."""
        return (m.product if (b := a * c) is S.One else b * m.product for a, m in self.terms)

    def kind(self) -> Kind:
        """The length, as `measure` has it of a sum, and what is assumed."""
        count, no_plus = len(self.terms), all(c.is_negative for c, _ in self.terms)
        length = sum(m.length + _digits(c) for c, m in self.terms) + 3 * (count - 1) + no_plus
        return SumSign if count > 1 else Dummy, length, (REAL,) if all(m.real for _, m in self.terms) else ()


Split = tuple[list[Expr], list[tuple[Expr, Group]]]
"""A sum: the terms that stand alone, and the groups with their factors."""


def split_sums(e: Expr, parts: Parts) -> dict[Expr, Split]:
    """The sums in an expression that have groups. Raises Irregular."""
    survey = _Survey(parts)
    survey.visit(e, alone=False)
    together: dict[tuple[tuple[Expr, Expr], ...], list[tuple[Expr, Monomial]]] = {}
    for m, places in survey.places.values():
        if all(survey.owners[u] is m.product for u in m.letters):
            c = places[0][1]
            ratios = ((total, d / c if len(places) > 1 else S.One) for total, d in places)
            together.setdefault(tuple(ratios), []).append((c, m))
    found: dict[Expr, Split] = {}
    for totals, terms in together.items():
        if len(terms) == 1 and terms[0][1].product.is_Symbol:
            continue
        c = _factor(totals[0][0], terms, survey.rooted)
        group = Group([(a / c, m) for a, m in terms] if c is not S.One else terms)
        for total, ratio in totals:
            found.setdefault(total, ([], []))[1].append((c * ratio, group))
    for total, (alone, groups) in found.items():
        inside = {m.product for _, group in groups for _, m in group.terms}
        alone += [t for t in total.args if (found_in := parts.monomial(t)) is None or found_in.product not in inside]
    return found


def _factor(total: Expr, terms: Sequence[tuple[Expr, Monomial]], rooted: Container[Expr]) -> Expr:
    """The number that is left in front of the terms of a sum, so that it can be pulled out of the whole sum."""
    if total in rooted:
        return S.One
    c = _content(total)
    return -c if all(a.is_negative for a, _ in terms) else c


class _Survey:
    """Where the names and arguments stand in an expression."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.owners: dict[Expr, Expr | None] = {}
        """The one product in which a name or argument stands; None for one that stands in several, or not in a sum."""
        self.places: dict[Expr, tuple[Monomial, list[tuple[Expr, Expr]]]] = {}
        """Product -> the sums of which it is a term, and its coefficients there."""
        self.rooted: set[Expr] = set()
        """The sums under a root."""
        self._seen: set[tuple[Expr, bool]] = set()

    def visit(self, e: Expr, alone: bool) -> None:
        """Record what stands in the expression; `alone` says that its terms stay by themselves."""
        if (e, alone) in self._seen:
            return
        self._seen.add((e, alone))
        letter = self.parts.letter(e)
        if letter is not None:
            self.owners[letter[1]] = None
        elif e.is_Add and not alone:
            for term in e.args:
                self._term(term, e)
        elif e.is_Add or e.is_Mul or (e.is_Pow and e.exp.is_Rational):
            if e.is_Pow and not e.exp.is_Integer:
                self.rooted.add(e.base)
            for a in e.args:
                self.visit(a, alone)
        elif isinstance(e, Function | Pow):
            for a in e.args:
                self.visit(a, alone=True)
        elif e.free_symbols:
            raise Irregular

    def _term(self, term: Expr, total: Expr) -> None:
        m = self.parts.monomial(term)
        if m is None:
            self.visit(term, alone=False)
            return
        self.places.setdefault(m.product, (m, []))[1].append((total, m.coefficient))
        for u in m.letters:
            if self.owners.setdefault(u, m.product) is not m.product:
                self.owners[u] = None


def _content(e: Expr) -> Rational:
    """The number > 0 that makes the coefficients of a sum whole and coprime when divided by it."""
    numbers = [_coefficient(term) for term in e.args]
    if any(c is S.One or c is S.NegativeOne for c in numbers) and all(c.q == 1 for c in numbers):
        return S.One
    return Rational(gcd(*(int(c.p) for c in numbers)), lcm(*(int(c.q) for c in numbers)))


def _coefficient(term: Expr) -> Expr:
    number = term.args[0] if term.is_Mul else term
    return number if number.is_Rational else S.One


def _digits(c: Expr) -> int:
    """The signs of a coefficient in front of a product, without its minus."""
    return 0 if abs(c) == 1 else len(str(abs(c))) + 1
