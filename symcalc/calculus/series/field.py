"""The field of quotients that the coefficients of a series are computed in, and the way to it from expressions and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from math import gcd, lcm
from operator import add, mul
from typing import Any

import sympy as sp
from flint import Ordering, fmpq, fmpq_mpoly_ctx
from flint.utils.flint_exceptions import DomainError
from sympy import Expr, Symbol

from symcalc.calculus.series.quotients import Quotient, reduced
from symcalc.notation import Polynomial, as_expression

LEADING = (sp.sin, sp.cosh, sp.Pow)
"""Names of these stand first, so that their powers are what a relation replaces."""


def _factored(p: Any) -> list[tuple[Any, int]]:
    """The factors of a polynomial and their powers."""
    try:
        number, factors = p.factor()
    except OverflowError:  # python-flint sorts the factors, and cannot where a coefficient is longer than a machine word
        return [(p, 1)]
    return [(number + 0 * p, 1), *((q, int(k)) for q, k in factors)]


class Quotients:
    """Quotients of polynomials in displacements and names.

    `parts` says what a name stands for. Where squares of sines and roots follow from the other names, polynomials are kept in
    normal form by these relations. An element is a rational number of FLINT, a polynomial where there are no names, or a
    `Quotient`.
    """

    def __init__(self, displacements: int, names: Sequence[Symbol], parts: Mapping[Symbol, Expr]) -> None:
        self.count = displacements
        self.names = sorted(names, key=lambda s: (not isinstance(parts.get(s), LEADING), s.sort_key()))
        size = displacements + len(self.names)
        self.context = fmpq_mpoly_ctx.get([f"c{i}" for i in range(size)], Ordering.deglex)
        gens = self.context.gens()
        self.parts = [parts.get(name, name) for name in self.names]
        self.steps = [Quotient(g) if names else g for g in gens[:displacements]]
        self.gens = dict(zip(self.names, gens[displacements:], strict=True))
        self.relations = self._relations({part: self.gens[name] for name, part in parts.items() if name in self.gens})

    def _relations(self, gens: Mapping[Expr, Any]) -> list[Any]:
        found = []
        for part, g in gens.items():
            if isinstance(part, sp.sin) and (c := gens.get(sp.cos(*part.args))) is not None:
                found.append(g**2 + c**2 - 1)
            elif isinstance(part, sp.cosh) and (s := gens.get(sp.sinh(*part.args))) is not None:
                found.append(g**2 - s**2 - 1)
            elif part.is_Pow and part.base.is_Rational and part.exp.is_Rational and part.exp.p == 1:
                found.append(g ** int(part.exp.q) - fmpq(int(part.base.p), int(part.base.q)))
        return found

    def element(self, e: Expr) -> Any:
        """A rational function of the names."""
        if e.is_Rational:
            return fmpq(int(e.p), int(e.q))
        if e.is_Add:
            return reduce(add, map(self.element, e.args))
        if e.is_Mul:
            return reduce(mul, map(self.element, e.args))
        if e.is_Pow:
            return self.element(e.base) ** int(e.exp)
        return Quotient(self.gens[e])

    def normal(self, c: Any) -> Any:
        """The element in normal form."""
        if not self.relations or type(c) is fmpq:
            return c
        top, below = self._normal(c.top), None if c.below is None else self._normal(c.below)
        return Quotient(top) if below is None else reduced(top, below)

    def _normal(self, p: Any) -> Any:
        for relation in self.relations:
            p = divmod(p, relation)[1]
        return p

    def terms(self, c: Any) -> list[tuple[tuple[int, ...], Any]]:
        """The terms in the displacements of an element whose denominator has none, with elements for coefficients."""
        if type(c) is fmpq:
            return [((0,) * self.count, c)] if c else []
        if not self.names:
            return [(tuple(map(int, m)), a) for m, a in c.terms()]
        groups: dict[tuple[int, ...], dict[tuple[int, ...], Any]] = {}
        for m, a in c.top.terms():
            groups.setdefault(tuple(map(int, m[: self.count])), {})[(*(0,) * self.count, *m[self.count :])] = a
        tops = {m: self.context.from_dict(group) for m, group in groups.items()}
        return [(m, Quotient(top) if c.below is None else reduced(top, c.below)) for m, top in tops.items()]

    def length(self, c: Any) -> int:
        """The number of terms above and below the fraction line."""
        return len(c.top) + (0 if c.below is None else len(c.below))

    def expression(self, c: Any, bracketed: bool = False, held: bool = False) -> Expr:
        """An element without displacements, as a product: its content, the powers that all terms share, the sum that is left,
        and the factors of its denominator. A number before a sum alone is multiplied out unless `bracketed`; where it is `held`,
        the sum above the fraction line is a `Polynomial`."""
        if type(c) is fmpq:
            return as_expression(c)
        content, factors = self._product(c.top, held)
        for p, k in () if c.below is None else _factored(c.below):
            number, below = self._product(p)
            content /= number**k
            factors += [f**-k for f in below]
        value = sp.Mul(*factors)
        is_sum = value.is_Add or isinstance(value, Polynomial)
        return sp.Mul(as_expression(content), value, evaluate=not (bracketed and content != 1 and is_sum))

    def _product(self, p: Any, held: bool = False) -> tuple[Any, list[Expr]]:
        """The content of a polynomial, and its other factors."""
        monomials = [tuple(map(int, m[self.count :])) for m in p.monoms()]
        coefficients = p.coeffs()
        common = tuple(map(min, zip(*monomials, strict=True)))
        content = fmpq(gcd(*(int(c.p) for c in coefficients)), lcm(*(int(c.q) for c in coefficients)))
        if all(c < 0 for c in coefficients):
            content = -content
        if len(coefficients) == 1:
            return content, self._powers(common)
        least = [tuple(k - low for k, low in zip(m, common, strict=True)) for m in monomials]
        whole = Polynomial([(m, c / content) for m, c in zip(least, coefficients, strict=True)], self.parts)
        rest = whole if held else sp.Add(*(sp.Mul(as_expression(c), *self._powers(m)) for m, c in whole.terms))
        return content, [*self._powers(common), rest]

    def _powers(self, exponents: Iterable[int]) -> list[Expr]:
        return [part**k for part, k in zip(self.parts, exponents, strict=True) if k]

    def quotient(self, a: Any, b: Any) -> Any:
        """a/b, or None where it is not a polynomial in the displacements."""
        try:
            found = a / b
        except DomainError:
            return None
        if type(found) is fmpq:
            return found
        below, top = (found.below, found.top) if self.names else (None, found)
        if below is not None:
            return None if any(below.degrees()[: self.count]) else found
        return top.leading_coefficient() if top and top.is_constant() else found
