"""Terms of sums that stand together wherever they stand, each with names of its own: one part instead of many."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from math import gcd, lcm

from sympy import Dummy, Expr, Function, Pow, Rational, S

from symcalc.calculus.measure import SumSign
from symcalc.calculus.parts import REAL, Kind, Monomial, Parts

Terms = Sequence[tuple[Expr, Monomial]]
"""Monomials with their coefficients."""


class Irregular(Exception):
    """An expression with a part that is no function of numbers, such as a sum over an index."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A sum of monomials."""

    terms: Terms
    kind: Kind
    omitted: Collection[int] = ()
    """Places of terms that do not belong to it."""

    def times(self, c: Expr) -> Iterator[Expr]:
        """The terms times a number."""
        for i, (a, m) in enumerate(self.terms):
            if i not in self.omitted:
                b = a if c is S.One else a * c
                yield m.product if b is S.One else b * m.product


@dataclass(slots=True)
class Totals:
    """What the kind of a sum of monomials depends on."""

    count: int = 0
    length: int = 0
    positive: int = 0
    unreal: int = 0

    def add(self, c: Expr, m: Monomial, times: int = 1) -> None:
        """Count a term, or take it away."""
        digits = 0 if c is S.One or c is S.NegativeOne else len(str(abs(c))) + 1
        self.count += times
        self.length += times * (m.length + digits)
        self.positive += times * (not c.is_negative)
        self.unreal += times * (not m.real)

    def kind(self) -> Kind:
        """The length, as `measure` has it of a sum, and what is assumed."""
        length = self.length + 3 * (self.count - 1) + (self.positive == 0)
        return SumSign if self.count > 1 else Dummy, length, () if self.unreal else (REAL,)


@dataclass(slots=True)
class Independent:
    """A sum of monomials in names of their own, with coefficients that are whole and coprime."""

    terms: Terms
    places: dict[Expr, int] = field(default_factory=dict)
    """Name or argument -> the place of its term."""
    totals: Totals = field(default_factory=Totals)

    def without(self, omitted: Collection[int]) -> Group | None:
        """The group of all terms but some, if it has two terms at least and not all of them are negative."""
        t = self.totals
        rest = Totals(t.count, t.length, t.positive, t.unreal)
        for i in omitted:
            rest.add(*self.terms[i], times=-1)
        return Group(self.terms, rest.kind(), omitted) if rest.count > 1 and rest.positive else None


Split = tuple[list[Expr], list[tuple[Expr, Group]]]
"""A sum: the terms that stand alone, and the groups with their factors."""


class Splitter:
    """Finds the groups in expressions."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._independent: dict[Expr, Independent | None] = {}

    def split(self, e: Expr) -> dict[Expr, Split]:
        """The sums in an expression that have groups. Raises Irregular."""
        survey = _Survey(self)
        survey.visit(e, alone=False)
        found = survey.at_once()
        together: dict[tuple[tuple[Expr, Expr], ...], list[tuple[Expr, Monomial]]] = {}
        for m, places in survey.places.values():
            if all(survey.owners[u] is m.product for u in m.letters):
                c = places[0][1]
                ratios = ((total, d / c if len(places) > 1 else S.One) for total, d in places)
                together.setdefault(tuple(ratios), []).append((c, m))
        split: dict[Expr, Split] = {}
        for totals, terms in together.items():
            if len(terms) == 1 and terms[0][1].product.is_Symbol:
                continue
            c = S.One if totals[0][0] in survey.rooted else _factor(totals[0][0], terms)
            group = _group(terms if c is S.One else [(a / c, m) for a, m in terms])
            for total, ratio in totals:
                split.setdefault(total, ([], []))[1].append((c * ratio, group))
        for total, (alone, groups) in split.items():
            inside = {m.product for _, group in groups for _, m in group.terms}
            alone += [t for t in total.args if (known := self.parts.monomial(t)) is None or known.product not in inside]
        return found | split

    def independent(self, total: Expr) -> Independent | None:
        """The sum as one of independent monomials, if it is one."""
        if total not in self._independent:
            self._independent[total] = self._new_independent(total)
        return self._independent[total]

    def _new_independent(self, total: Expr) -> Independent | None:
        monomials = [m for m in map(self.parts.monomial, total.args) if m is not None]
        if len(monomials) < len(total.args) or content(total) is not S.One:
            return None
        found = Independent([(m.coefficient, m) for m in monomials])
        for i, m in enumerate(monomials):
            found.totals.add(m.coefficient, m)
            if any(found.places.setdefault(u, i) != i for u in m.letters):
                return None
        return found


class _Survey:
    """Where the names and arguments stand in an expression."""

    def __init__(self, splitter: Splitter) -> None:
        self.splitter, self.parts = splitter, splitter.parts
        self.owners: dict[Expr, Expr | None] = {}
        """The one product in which a name or argument stands; None for one that stands in several, or not in a sum."""
        self.places: dict[Expr, tuple[Monomial, list[tuple[Expr, Expr]]]] = {}
        """Product -> the sums of which it is a term, and its coefficients there."""
        self.rooted: set[Expr] = set()
        """The sums under a root."""
        self._independent: dict[Expr, Independent] = {}
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
            whole = self.splitter.independent(e)
            if whole is None:
                self._by_term(e)
            else:
                self._independent[e] = whole
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

    def at_once(self) -> dict[Expr, Split]:
        """The sums of independent monomials that have names in common with no other sum; the rest is visited by term."""
        wholes, found = dict(self._independent), dict[Expr, Split]()
        for total, whole in self._independent.items():
            others = (other for other in self._independent.values() if other is not whole)
            if any(not whole.places.keys().isdisjoint(other.places) for other in others):
                self._by_term(total)
                del wholes[total]
        for total, whole in wholes.items():
            met = self.owners.keys() & whole.places.keys()
            group = whole.without({whole.places[u] for u in met}) if all(self.owners[u] is None for u in met) else None
            if group is None:
                self._by_term(total)
            else:
                found[total] = [total.args[i] for i in sorted(group.omitted)], [(S.One, group)]
        return found

    def _by_term(self, total: Expr) -> None:
        for term in total.args:
            m = self.parts.monomial(term)
            if m is None:
                self.visit(term, alone=False)
                continue
            self.places.setdefault(m.product, (m, []))[1].append((total, m.coefficient))
            for u in m.letters:
                if self.owners.setdefault(u, m.product) is not m.product:
                    self.owners[u] = None


def _group(terms: Terms) -> Group:
    totals = Totals()
    for c, m in terms:
        totals.add(c, m)
    return Group(terms, totals.kind())


def _factor(total: Expr, terms: Terms) -> Expr:
    """The number that is left in front of the terms of a sum, so that it can be pulled out of the whole sum."""
    c = content(total)
    return -c if all(a.is_negative for a, _ in terms) else c


def content(e: Expr) -> Rational:
    """The number > 0 that makes the coefficients of a sum whole and coprime when divided by it."""
    numbers = [_coefficient(term) for term in e.args]
    if any(c is S.One or c is S.NegativeOne for c in numbers) and all(c.q == 1 for c in numbers):
        return S.One
    return Rational(gcd(*(int(c.p) for c in numbers)), lcm(*(int(c.q) for c in numbers)))


def _coefficient(term: Expr) -> Expr:
    number = term.args[0] if term.is_Mul else term
    return number if number.is_Rational else S.One
