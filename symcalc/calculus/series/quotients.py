"""Quotients of polynomials over the rationals, on FLINT's polynomials: the constants of a series in one variable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp
from flint import Ordering, fmpq, fmpq_mpoly_ctx
from sympy import Dummy, Expr


class Quotient:
    """top/below, reduced; `below` is None where it is 1. Numbers of Python and FLINT may stand at the right of an operator."""

    __slots__ = ("below", "top")

    def __init__(self, top: Any, below: Any = None) -> None:
        self.top, self.below = top, below

    def __bool__(self) -> bool:
        return bool(self.top != 0)

    def __neg__(self) -> Quotient:
        return Quotient(-self.top, self.below)

    def __add__(self, other: Any) -> Quotient:
        if not isinstance(other, Quotient):
            other = Quotient(self.top * 0 + other)
        if self.below is None and other.below is None:
            return Quotient(self.top + other.top)
        if self.below == other.below:
            return _reduced(self.top + other.top, self.below)
        p, q = self.below, other.below
        top = self.top * (1 if q is None else q) + other.top * (1 if p is None else p)
        return _reduced(top, q if p is None else p if q is None else p * q)

    def __sub__(self, other: Any) -> Quotient:
        return self + (-other)

    def __mul__(self, other: Any) -> Quotient:
        if not isinstance(other, Quotient):
            return Quotient(self.top * other, self.below if other else None)
        if self.below is None and other.below is None:
            return Quotient(self.top * other.top)
        below = self.below if other.below is None else other.below if self.below is None else self.below * other.below
        return _reduced(self.top * other.top, below)

    def __truediv__(self, other: Any) -> Quotient:
        if not isinstance(other, Quotient):
            return Quotient(self.top * (fmpq(1) / other), self.below)
        top = self.top if other.below is None else self.top * other.below
        return _reduced(top, other.top if self.below is None else other.top * self.below)


def _reduced(top: Any, below: Any) -> Quotient:
    """top/below in lowest terms, the leading coefficient of the denominator 1."""
    if not below.is_constant():
        common = top.gcd(below)
        if not common.is_constant():
            top, below = top // common, below // common
    first = below.leading_coefficient()
    top, below = top * (1 / first), below * (1 / first)
    return Quotient(top, None if below.is_constant() else below)


class Quotients:
    """The field of quotients of polynomials in some names."""

    def __init__(self, names: Sequence[Dummy]) -> None:
        self.names = list(names)
        self.field = sp.QQ.frac_field(*names)
        self.context = fmpq_mpoly_ctx.get([f"c{i}" for i in range(len(names))], Ordering.degrevlex)
        self.zero, self.one = Quotient(self.context.constant(0)), Quotient(self.context.constant(1))

    def from_sympy(self, e: Expr) -> Quotient:
        found = self.field.from_sympy(e)
        return Quotient(self._polynomial(found.numer)) / Quotient(self._polynomial(found.denom))

    def _polynomial(self, p: Any) -> Any:
        return self.context.from_dict({m: fmpq(int(c.numerator), int(c.denominator)) for m, c in p.terms()})

    def to_sympy(self, c: Quotient) -> Expr:
        return self._expression(c.top) / (sp.S.One if c.below is None else self._expression(c.below))

    def _expression(self, p: Any) -> Expr:
        terms = [
            sp.Mul(sp.Rational(int(c.p), int(c.q)), *(x ** int(k) for x, k in zip(self.names, m, strict=True) if k))
            for m, c in p.to_dict().items()
        ]
        return sp.Add(*terms)
