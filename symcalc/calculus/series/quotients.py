"""Quotients of polynomials over the rationals, on FLINT's polynomials."""

from __future__ import annotations

from typing import Any

from symcalc.calculus.series.rationals import ONE, ZERO


class Quotient:
    """top/below, reduced; `below` is None where it is 1. Rational numbers may stand on either side of an operator."""

    __slots__ = ("below", "top")

    def __init__(self, top: Any, below: Any = None) -> None:
        self.top, self.below = top, below

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quotient) and self.below == other.below and bool(self.top == other.top)

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return bool(self.top != 0)

    def __neg__(self) -> Quotient:
        return Quotient(-self.top, self.below)

    def __add__(self, other: Any) -> Quotient:
        if not isinstance(other, Quotient):
            return Quotient(self.top + (other if self.below is None else other * self.below), self.below)
        if self.below is None and other.below is None:
            return Quotient(self.top + other.top)
        if self.below == other.below:
            return reduced(self.top + other.top, self.below)
        p, q = self.below, other.below
        top = self.top * (1 if q is None else q) + other.top * (1 if p is None else p)
        return reduced(top, q if p is None else p if q is None else p * q)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Quotient:
        return self + (-other)

    def __rsub__(self, other: Any) -> Quotient:
        return (-self) + other

    def __mul__(self, other: Any) -> Any:
        if not isinstance(other, Quotient):
            return Quotient(self.top * other, self.below) if other else ZERO
        if self.below is None and other.below is None:
            return Quotient(self.top * other.top)
        below = self.below if other.below is None else other.below if self.below is None else self.below * other.below
        return reduced(self.top * other.top, below)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Quotient:
        if not isinstance(other, Quotient):
            return Quotient(self.top * (ONE / other), self.below)
        top = self.top if other.below is None else self.top * other.below
        return reduced(top, other.top if self.below is None else other.top * self.below)

    def __rtruediv__(self, other: Any) -> Quotient:
        above = self.top * 0 + 1 if self.below is None else self.below
        return reduced(above * other, self.top)

    def __pow__(self, k: int) -> Any:
        return Quotient(self.top**k, None if self.below is None else self.below**k) if k >= 0 else ONE / self**-k


def reduced(top: Any, below: Any) -> Quotient:
    """top/below in lowest terms, the leading coefficient of the denominator 1."""
    if not below.is_constant():
        common = top.gcd(below)
        if not common.is_constant():
            top, below = top // common, below // common
    first = below.leading_coefficient()
    top, below = top * (1 / first), below * (1 / first)
    return Quotient(top, None if below.is_constant() else below)
