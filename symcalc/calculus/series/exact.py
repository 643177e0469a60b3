"""Exact coefficients: rational numbers or rational functions of constants and parameters, polynomials in the displacements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy as sp
from flint import fmpq_poly
from sympy import Dummy, Expr
from sympy.polys.polyerrors import ExactQuotientFailed
from sympy.polys.rings import PolyRing

from symcalc.calculus.local import chosen, no_series
from symcalc.calculus.mask import Mask
from symcalc.calculus.series.constants import Constants
from symcalc.calculus.series.quotients import Quotients
from symcalc.calculus.series.recurrences import Series, convolution
from symcalc.calculus.sign import is_zero
from symcalc.calculus.tidy import tidy

MAX_TIDIED = 24
"""So many coefficients with constants in them are brought to their shortest form; the others are factored only."""


class Exact:
    """The coefficient ring of one function at one point.

    In one variable a coefficient is that of (x - a)^k itself; in several it is a polynomial in the displacements,
    homogeneous of degree k. Every constant is a name of the field (`Mask`).
    """

    def __init__(self, constants: Constants) -> None:
        self.constants, self.mask, self.tidied = constants, Mask(), 0
        masked = [self.mask(c) for c in constants.found]
        names = sorted(set().union(*(c.free_symbols for c in masked)), key=lambda s: s.sort_key())
        self.count = len(constants.variables)
        self.field: Any = sp.QQ
        if names:
            self.field = Quotients(names) if self.count == 1 else sp.QQ.frac_field(*names)
        if self.count == 1:
            self.ring, self.zero, self.one = None, self.field.zero, self.field.one
            self.steps = [self.field.one]
        else:
            displacements = [Dummy(f"h{i}") for i in range(self.count)]
            self.ring = PolyRing(displacements, self.field, sp.polys.orderings.grlex)
            self.zero, self.one, self.steps = self.ring.zero, self.ring.one, list(self.ring.gens)

    # --- from expressions and back ---

    def number(self, value: Expr) -> Any:
        """The value at the point of an expression, as an element of the field."""
        return self.field.from_sympy(self.mask(self.constants.at(value)))

    def constant(self, value: Expr) -> Any:
        """The same as a coefficient."""
        number = self.number(value)
        return number if self.ring is None else self.ring.ground_new(number)

    def start(self, function: Callable[..., Expr], arguments: Sequence[Expr], _values: Sequence[Any]) -> Any:
        """The value of a function at the point."""
        return self.constant(function(*arguments))

    def expression(self, c: Any) -> Expr:
        """An element of the field as an expression."""
        value = self.plain(c)
        if value.is_Atom:
            return value
        self.tidied += 1
        return tidy(value) if self.tidied <= MAX_TIDIED else sp.factor_terms(value)

    def plain(self, c: Any) -> Expr:
        """The same, not tidied."""
        return self.mask.off(self.field.to_sympy(c))

    def terms(self, c: Any, k: int) -> list[tuple[tuple[int, ...], Expr]]:
        """The terms of the coefficient of t^k as (exponents, number) pairs."""
        pairs = [((k,), c)] if self.ring is None else c.terms()
        found = [(m, self.expression(number)) for m, number in pairs if number]
        return [(m, value) for m, value in found if value != 0]

    # --- arithmetic ---

    def multiply(self, a: Series, b: Series) -> Series:
        if self.field is sp.QQ and self.ring is None:
            n = len(a)
            product = (fmpq_poly(a) * fmpq_poly(b)).coeffs()[:n]
            return [*product, *[self.zero] * (n - len(product))]
        return convolution(a, b, self.zero)

    def share(self, c: Any, k: int) -> Any:
        return c / k if self.ring is None else c.mul_ground(self.field.one / k)

    def reciprocal(self, c: Any) -> Any:
        return self.field.one / (c if self.ring is None else c.coeff(1))

    def vanishes(self, c: Any) -> bool:
        """Whether a coefficient is proven to be 0."""
        numbers = [c] if self.ring is None else c.values()
        return all(not n or is_zero(self.plain(n)) for n in numbers)

    def divide(self, a: Any, b: Any) -> Any:
        """a/b, or None where it is not a polynomial in the displacements."""
        if self.ring is None:
            return a / b
        try:
            return a.exquo(b)
        except ExactQuotientFailed:
            return None

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
