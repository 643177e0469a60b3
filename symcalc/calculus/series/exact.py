"""Exact coefficients: rational numbers or rational functions of constants and parameters, polynomials in the displacements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import fmpq
from sympy import Expr

from symcalc.calculus.local import chosen, no_series
from symcalc.calculus.mask import Mask
from symcalc.calculus.series.constants import Constants
from symcalc.calculus.series.field import Quotients
from symcalc.calculus.series.rationals import ONE, ZERO, Series, are_rational, product
from symcalc.calculus.series.recurrences import convolution
from symcalc.calculus.sign import is_zero
from symcalc.calculus.tidy import tidy
from symcalc.canonical.functions import applied
from symcalc.notation import as_expression

MAX_TIDIED = 24
"""So many coefficients with constants in them are brought to their shortest form; the others are left as products."""
MAX_LENGTH = 12
"""Only those of at most so many terms are."""


class Exact:
    """The coefficient ring of one function at one point.

    In one variable a coefficient is that of (x - a)^k itself; in several it is a polynomial in the displacements,
    homogeneous of degree k. Every constant is a name (`Mask`). With `held`, long coefficients hold a `Polynomial` in constants,
    and rational ones are numbers of FLINT.
    """

    zero, one = ZERO, ONE

    def __init__(self, constants: Constants, held: bool = False) -> None:
        self.constants, self.mask, self.tidied, self.held = constants, Mask(), 0, held
        masked = [self.mask(c) for c in constants.found if not c.is_Rational]
        self.count = len(constants.variables)
        self.field = self._field(masked)
        self.reciprocals: list[tuple[Any, Any]] = []
        if self.field.relations:
            self._name_divisors(masked)
        self.steps = self.field.steps if self.count > 1 else [ONE]

    def _field(self, masked: Sequence[Expr]) -> Quotients:
        """The field of what the masked constants hold."""
        names = sorted(set().union(*(c.free_symbols for c in masked)), key=lambda s: s.sort_key())
        parts = {name: part for part, name in self.mask.names.items()}
        return Quotients(self.count if self.count > 1 else 0, names, parts)

    def _name_divisors(self, masked: Sequence[Expr]) -> None:
        """Give a name to each sum that is divided by. Where constants are related, its powers below the fraction line would
        have no common factors with each other."""
        sums = [d for d in self.constants.divisors if d.is_Add]
        if sums:
            inner = {d: self.mask(d) for d in sums}
            self.field = self._field([*masked, *inner.values(), *(self._root(d) for d in sums)])
            element = self.field.element
            self.reciprocals = [(self.field.normal(element(inner[d])), ONE / element(self._root(d))) for d in sums]

    def _root(self, d: Expr) -> Expr:
        """A name for d, or the power of that of its root."""
        for part, name in self.mask.names.items():
            if part.is_Pow and part.base == d and part.exp.is_Rational and part.exp.p == 1:
                return name**part.exp.q
        return self.mask.name(d)

    # --- from expressions and back ---

    def constant(self, value: Expr) -> Any:
        """The value at the point of an expression."""
        there = self.constants.at(value)
        return self.field.element(there if there.is_Rational else self.mask(there))

    number = constant

    def start(self, function: Callable[..., Expr], arguments: Sequence[Expr], _values: Sequence[Any]) -> Any:
        """The value of a function at the point."""
        return self.constant(applied(function, *arguments))

    def expression(self, c: Any) -> Expr:
        """A coefficient without displacements as an expression."""
        is_long = self.field.length(c) > MAX_LENGTH
        if is_long or self.tidied == MAX_TIDIED:
            return self.field.expression(c, bracketed=True, held=self.held and is_long)
        value = self.field.expression(c)
        self.tidied += not value.is_Atom
        return tidy(value)

    def terms(self, c: Any, k: int) -> list[tuple[tuple[int, ...], Any]]:
        """The terms of the coefficient of t^k as (exponents, number) pairs."""
        pairs = [((k,), c)] if self.count == 1 else self.field.terms(c)
        found = [(m, self.number_of(a)) for m, a in pairs if a]
        return [(m, value) for m, value in found if value != 0]

    def number_of(self, a: Any) -> Any:
        """An element without displacements as it stands among the terms."""
        if type(a) is fmpq:
            return a if self.held else as_expression(a)
        return self.expression(a)

    # --- arithmetic ---

    def multiply(self, a: Series, b: Series) -> Series:
        if are_rational(a) and are_rational(b):
            return product(a, b)
        return [self.field.normal(c) for c in convolution(a, b, ZERO)]

    def share(self, c: Any, k: int) -> Any:
        return self.field.normal(c / k)

    def reciprocal(self, c: Any) -> Any:
        return next((known for divisor, known in self.reciprocals if divisor == c), None) or ONE / c

    def rational(self, u: Series) -> Series | None:
        """The series without its constant term where its coefficients are rational numbers."""
        return [ZERO, *u[1:]] if are_rational(u[1:]) else None

    def vanishes(self, c: Any) -> bool:
        """Whether a coefficient is proven to be 0."""
        numbers = [c] if self.count == 1 else [a for _, a in self.field.terms(c)]
        return all(is_zero(self.field.expression(a)) for a in numbers if a)

    def divide(self, a: Any, b: Any) -> Any:
        """a/b, or None where it is not a polynomial in the displacements."""
        return self.field.quotient(a, b)

    # --- the function near the point ---

    def composed(self, _e: Expr, _arguments: Sequence[Series]) -> Series | None:
        """The series of a function for which the ring has an algorithm of its own: none."""
        return None

    def chosen(self, e: Expr) -> Expr | None:
        return chosen(e, self.constants.places)

    def denominators(self, e: Expr) -> list[Expr]:
        """The factors of a product that are powers of something that vanishes at the point."""
        return self.constants.denominators(e)

    def valuation(self, below: Expr, expand: Callable[[Expr, int], Series]) -> int:
        """The order of the zero that a function has at the point. Raises SymcalcError("no") where none is seen."""
        for top in ORDERS:
            for k, c in enumerate(expand(below, top)):
                if not self.vanishes(c):
                    self.constants.orders[below] = k
                    return k
        raise no_series(1 / below, self.constants.point)

    def refused(self, part: Expr) -> Exception:
        return no_series(part, self.constants.point)


ORDERS = (1, 2, 4, 8, 16, 30)
"""The zero of a denominator is sought in its terms up to these degrees in turn."""
