"""What the expansion of a function needs to know before its coefficient ring is built: exact constants, cancelled poles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp
from sympy import Expr, Symbol

from symcalc.calculus.analytic import Needs, met, power_needs
from symcalc.calculus.evaluate import UNDEFINED
from symcalc.calculus.local import (
    INTEGRATED,
    LOGARITHMIC,
    RECURRENT,
    REWRITTEN,
    arguments,
    as_quotients,
    chosen,
    no_series,
    outer_derivatives,
)
from symcalc.calculus.series.suppositions import Suppositions
from symcalc.calculus.sign import is_zero
from symcalc.calculus.smooth import needs_of
from symcalc.calculus.subexpressions import subexpressions
from symcalc.calculus.table import DERIVATIVES
from symcalc.canonical.functions import applied
from symcalc.errors import SymcalcError

ZERO_ORDER = 4
"""Zeros of denominators are taken to be of this order at most, where further derivatives hold constants of their own."""


class Constants:
    """The exact constants that the expansion of a function needs.

    `places` maps the variables to the point, and every product with a removable pole to its value there. `rewritten` maps
    sums of poles that cancel to one quotient. `divisors` are values that series are divided by. `orders` maps the denominators
    that vanish to the order of their zero. `supposed` takes what is supposed of parameters; without it nothing is.
    """

    def __init__(self, variables: Sequence[Symbol], point: Mapping[Symbol, Expr], supposed: Suppositions | None = None) -> None:
        self.supposed = supposed
        self.variables, self.point = tuple(variables), dict(point)
        self.places: dict[Expr, Expr] = dict(point)
        self.rewritten: dict[Expr, Expr] = {}
        self.orders: dict[Expr, int] = {}
        self.found: dict[Expr, None] = {}  # as they are met: the order of the answer follows theirs
        self.divisors: dict[Expr, None] = {}
        self.seen: set[Expr] = set()
        self._values: dict[Expr, Expr] = {}

    def at(self, e: Expr) -> Expr:
        """The expression at the point."""
        value = self._values.get(e)
        if value is None:
            value = self._values[e] = self._at(e)
        return value

    def _at(self, e: Expr) -> Expr:
        if e in self.places:
            return self.places[e]
        if not (e.is_Add or e.is_Mul or e.is_Pow or e.is_Function):
            return e.xreplace(self.places)
        args = [self.at(a) for a in e.args]
        return e if all(new is old for new, old in zip(args, e.args, strict=True)) else e.func(*args)

    def denominators(self, e: Expr) -> list[Expr]:
        """The factors of a product that are negative powers of something that vanishes at the point."""
        return [
            f
            for f in sp.Mul.make_args(e)
            if f.is_Pow and f.exp.is_Integer and f.exp < 0 and f.has(*self.variables) and is_zero(self.at(f.base))
        ]

    def collect(self, e: Expr, n: int) -> None:
        """Add the constants of e and of its parts; raise SymcalcError("no") where a part is not analytic."""
        if e in self.seen:
            return
        if not e.has(*self.variables):
            self.found[self.at(e)] = None
            self.seen.add(e)
            return
        if isinstance(e, sp.log) or (e.is_Pow and not (e.exp.is_Integer and e.exp > 0)):
            self.divisors[self.at(e.args[0])] = None
        if e.is_Add or e.is_Mul or (e.is_Pow and e.exp.is_Integer):
            self._rational(e, n)
        else:
            self._part(e, n)
        self.seen.add(e)

    def _rational(self, e: Expr, n: int) -> None:
        """A sum, a product or a whole power. Where poles of its parts cancel, it is brought over one denominator."""
        try:
            below = self.denominators(e) if not e.is_Add else []
            further = n + ZERO_ORDER * sum(-int(f.exp) for f in below)  # the zeros below the stroke cost as many terms
            for part in [e.base] if e.is_Pow else e.args:
                self.collect(part.base if part in below else part, further)
            if below:
                self._removable(e)
            if e.is_Pow and not below and not self._accepted(power_needs(self.at(e.base), e.exp, varies=False)):
                raise no_series(e, self.point)
        except SymcalcError as error:
            whole = sp.together(as_quotients(e)) if error.code == "not-analytic" else e
            if whole == e or self.rewritten.get(e) is not None:
                raise
            self.rewritten[e] = whole
            try:
                self.collect(whole, n)
            except SymcalcError:
                raise error from None

    def _accepted(self, needs: Needs) -> bool:
        return met(needs) if self.supposed is None else self.supposed.accept(needs)

    def _removable(self, e: Expr) -> None:
        """Find the value of a product whose denominator vanishes. Raises SymcalcError("no") where it has none."""
        from symcalc.calculus.series.engine import Expansion
        from symcalc.calculus.series.exact import Exact

        ring = Exact(self)
        (value,) = Expansion(self.variables, ring, self.rewritten).expand(e, 0)
        self.places[e] = sum((c for _, c in ring.terms(value, 0)), sp.S.Zero)
        self._values.clear()

    def _part(self, e: Expr, n: int) -> None:
        for part in subexpressions(e):
            if part.is_Mul and self.denominators(part):
                self.collect(part, n)
        choice = chosen(e, self.places)
        other = REWRITTEN[e.func](*e.args) if e.func in REWRITTEN else None
        if e.is_Pow and e.exp.has(*self.variables):
            other = sp.exp(e.exp * sp.log(e.base), evaluate=False)
            if self.supposed is not None and not self.supposed.accept(power_needs(self.at(e.base), e.exp, varies=True)):
                raise no_series(e, self.point)
        if choice is not None:
            self.collect(choice, n)
        elif other is not None:
            try:
                self.collect(other, n)
            except SymcalcError as error:
                raise no_series(e, self.point) if error.code == "not-analytic" else error from None
        else:
            self._function(e, n)

    def _function(self, e: Expr, n: int) -> None:
        for part in arguments(e):
            self.collect(part, n)
        if e.is_Symbol:
            self.found[self.at(e)] = None
            return
        value = self.at(e)
        if value.has(*UNDEFINED) or not self._accepted(needs_of(e, self.places)):
            raise no_series(e, self.point)
        self.found[value] = None
        if e.func in LOGARITHMIC:
            self.collect(LOGARITHMIC[e.func](e.args[0]), n)
        elif e.func in RECURRENT and len(e.args) == 1:
            self.found |= {self.at(applied(partner, e.args[0])): None for partner in RECURRENT[e.func]}
        elif e.func in INTEGRATED:
            self.collect(DERIVATIVES[e.func](e.args[0])[0], n)
        elif not e.is_Pow and not isinstance(e, sp.exp):
            slots = [i for i, a in enumerate(arguments(e)) if a.has(*self.variables)]
            values = dict.fromkeys(self.at(v) for _, v in outer_derivatives(e, slots, n))
            if any(v.has(*UNDEFINED) for v in values):
                raise no_series(e, self.point)
            self.found |= values
