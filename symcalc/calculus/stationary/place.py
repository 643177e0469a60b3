"""Classes of conjugate solutions: values of expressions there, exact (kernels over a number field) or enclosed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flint
from flint import arb
from sympy import Expr, Integer, Pow, Rational, S, Symbol

from symcalc.calculus.enclosure import NoBall, enclose
from symcalc.calculus.stationary.closed import exact_number
from symcalc.calculus.stationary.field import PRECISIONS, Element, Field, evaluate, rational
from symcalc.calculus.stationary.ideal import TooHard

IDENTIFYING_BITS = PRECISIONS[1]
"""Enough to tell the roots of the polynomials met here apart."""


class Combination:
    """Σ c_k·κ_k with c_k in a number field and κ_k products of symbols for transcendental kernels (1 among them)."""

    __slots__ = ("terms",)

    def __init__(self, terms: Mapping[Expr, Element]) -> None:
        self.terms = {k: c for k, c in terms.items() if c}

    def __add__(self, other: Combination) -> Combination:
        terms = dict(self.terms)
        for k, c in other.terms.items():
            terms[k] = terms[k] + c if k in terms else c
        return Combination(terms)

    def __mul__(self, other: Combination) -> Combination:
        result = Combination({})
        for k, c in self.terms.items():
            result = result + Combination({k * m: c * d for m, d in other.terms.items()})
        return result

    def scaled(self, factor: Element) -> Combination:
        return Combination({k: c * factor for k, c in self.terms.items()})


class Place:
    """One class of conjugate solutions: a number field, the unknowns in it, and the kernels met so far.

    Values are computed once for all conjugates.
    """

    def __init__(self, field: Field, unknowns: Mapping[Symbol, Element]) -> None:
        self.field, self.unknowns = field, dict(unknowns)
        self.kernels: dict[Symbol, tuple[Expr, Combination]] = {}
        self._names: dict[object, Symbol] = {}

    @classmethod
    def from_fractions(cls, field: Field, denominator: Any, numerators: Mapping[Symbol, Any]) -> Place:
        """The unknowns as fractions of polynomials in the generator of the field, the denominator common to all."""
        inverse = field.element(1) / Element(field, denominator)
        return cls(field, {x: Element(field, p) * inverse for x, p in numerators.items()})

    def number(self, value: Any) -> Combination:
        return Combination({S.One: self.field.element(value)})

    def element(self, expression: Expr) -> Element | None:
        """The expression as an element of the field, or None when a kernel is in it."""
        return self.plain(self.combination(expression))

    def plain(self, value: Combination) -> Element | None:
        if not value.terms:
            return self.field.element(0)
        return value.terms[S.One] if set(value.terms) == {S.One} else None

    def vanishes(self, expression: Expr) -> bool:
        """Is a polynomial in the unknowns zero here? Exact."""
        return not self.combination(expression).terms

    def sign(self, unknown: Symbol, root: int) -> int:
        return self.unknowns[unknown].sign(root)

    def rational(self, expression: Expr) -> Expr | None:
        """The value of an expression in the unknowns if it is a rational number."""
        element = self.element(expression)
        known = element.rational() if element is not None else None
        return None if known is None else Rational(int(known.p), int(known.q))

    def balls(self, root: int, bits: int) -> dict[Symbol, Any]:
        """Enclosures of all unknowns."""
        return {x: value.ball(root, bits) for x, value in self.unknowns.items()}

    def combination(self, e: Expr) -> Combination:
        """The value of an expression in the unknowns. ZeroDivisionError where it has none."""
        if e in self.unknowns:
            return Combination({S.One: self.unknowns[e]})
        if e.is_Rational:
            return self.number(rational(e))
        if e.is_Add:
            total = Combination({})
            for a in e.args:
                total = total + self.combination(a)
            return total
        if e.is_Mul:
            product = self.number(1)
            for a in e.args:
                product = product * self.combination(a)
            return product
        if isinstance(e, Pow) and e.exp.is_Integer:
            return self._power(self.combination(e.base), int(e.exp))
        return self._kernel(e)

    def _power(self, base: Combination, exponent: int) -> Combination:
        element = self.plain(base)
        if element is not None:
            return Combination({S.One: element**exponent})
        if len(base.terms) == 1:
            ((kernel, c),) = base.terms.items()
            return Combination({kernel**exponent: c**exponent})
        if exponent < 0:
            raise NoBall
        result = self.number(1)
        for _ in range(exponent):
            result = result * base
        return result

    def _kernel(self, e: Expr) -> Combination:
        """A function value, by a symbol of its own; a rational one (exp(0), log(1)) as the number that it is."""
        if e.is_Symbol or len(e.args) > 1:
            raise NoBall
        inner = self.combination(e.args[0]) if e.args else Combination({})
        element = self.plain(inner)
        known = element.rational() if element is not None and e.args else None
        if known is not None:
            value = e.func(Rational(int(known.p), int(known.q)))
            if value.is_Rational:
                return self.number(rational(value))
            if value in (S.ComplexInfinity, S.NegativeInfinity, S.Infinity, S.NaN):
                raise ZeroDivisionError
        key = (e.func, frozenset(inner.terms.items()))
        if key not in self._names:
            self._names[key] = Symbol(f"k{len(self._names)}", real=True)
            self.kernels[self._names[key]] = (e, inner)
        return Combination({self._names[key]: self.field.element(1)})

    def ball(self, value: Combination, root: int, bits: int) -> Any:
        """An enclosure of the value at the given real root of the field."""
        with flint.ctx.workprec(bits):
            total = arb(0)
            for product, c in value.terms.items():
                factor = enclose(product, {k: self._kernel_ball(k, root, bits) for k in product.free_symbols})
                total = total + c.ball(root, bits) * factor
        return total

    def _kernel_ball(self, kernel: Symbol, root: int, bits: int) -> Any:
        e, inner = self.kernels[kernel]
        if not e.args:
            return enclose(e, {})
        slot = Symbol("u", real=True)
        return enclose(e.func(slot), {slot: self.ball(inner, root, bits)})

    def exact(self, value: Combination, root: int) -> Expr:
        """The value as a SymPy number."""
        total: Expr = Integer(0)
        for product, c in value.terms.items():
            kernels = {k: self._kernel_exact(k, root) for k in product.free_symbols}
            total += exact_element(c, root) * product.subs(kernels)
        return total

    def _kernel_exact(self, kernel: Symbol, root: int) -> Expr:
        e, inner = self.kernels[kernel]
        return e.func(self.exact(inner, root)) if e.args else e


class LargePlace:
    """A class of conjugate solutions in a field too large for exact arithmetic: enclosures only."""

    def __init__(self, field: Field, denominator: Any, numerators: Mapping[Symbol, Any]) -> None:
        self.field, self._denominator, self._numerators = field, denominator, dict(numerators)

    def balls(self, root: int, bits: int) -> dict[Symbol, Any]:
        """Enclosures of all unknowns."""
        t = self.field.roots(bits)[root]
        with flint.ctx.workprec(bits):
            below = evaluate(self._denominator, t)
            return {x: evaluate(p, t) / below for x, p in self._numerators.items()}

    def vanishes(self, expression: Expr) -> bool:
        """Is a polynomial in the unknowns zero here? Conjugates vanish together, so one real root tells."""
        if self.field.size == 0:
            return False
        return self._decided_sign(expression, 0) == 0

    def sign(self, unknown: Symbol, root: int) -> int:
        return self._decided_sign(unknown, root)

    def rational(self, expression: Expr) -> None:
        """Not found out in a large field."""

    def _decided_sign(self, expression: Expr, root: int) -> int:
        for bits in PRECISIONS:
            with flint.ctx.workprec(bits):
                ball = enclose(expression, self.balls(root, bits))
            if ball > 0 or ball < 0 or ball.is_zero():
                return int(ball > 0) - int(ball < 0)
        raise TooHard(f"a zero test in a number field of degree {self.field.degree}")


def exact_element(value: Element, root: int) -> Expr:
    """A conjugate of an element as a SymPy number."""
    known = value.rational()
    if known is not None:
        return Rational(int(known.p), int(known.q))
    return exact_number(value.minimal_polynomial(), value.ball(root, IDENTIFYING_BITS))
