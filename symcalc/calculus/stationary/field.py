"""Number fields Q[t]/q with exact zero tests, and their elements at the real roots of q with certified signs."""

from __future__ import annotations

from typing import Any

import flint
from flint import arb, fmpq, fmpq_mat, fmpq_poly

PRECISIONS = (128, 512, 2048, 8192)
"""Bits tried in turn until an enclosure decides a sign."""
EXTRA_BITS = 64
"""With which a root is refined."""


class Undecided(Exception):
    """An enclosure still contains zero at the highest precision tried."""


class Field:
    """Q[t]/q for an irreducible q, with its real roots t_0 < t_1 < ... enclosed by balls.

    FLINT isolates all complex roots and returns an imaginary part that is exactly zero for the real ones, so that
    `size` is proven.
    """

    __slots__ = ("_roots", "modulus")

    def __init__(self, modulus: Any) -> None:
        self.modulus = fmpq_poly(modulus)
        self._roots: dict[int, list[Any]] = {}

    @property
    def degree(self) -> int:
        return int(self.modulus.degree())

    @property
    def size(self) -> int:
        """The number of real roots."""
        return len(self.roots(PRECISIONS[0]))

    def roots(self, bits: int) -> list[Any]:
        """Disjoint balls around the real roots, in increasing order."""
        if bits not in self._roots:
            refined = None
            if bits > PRECISIONS[0]:
                refined = [_refined(self.modulus.numer(), ball, bits) for ball in self.roots(PRECISIONS[0])]
            self._roots[bits] = self._isolated(bits) if refined is None or None in refined else refined
        return self._roots[bits]

    def _isolated(self, bits: int) -> list[Any]:
        with flint.ctx.workprec(bits):
            found = [z.real for z, _ in self.modulus.numer().complex_roots() if z.imag == 0]
        return sorted(found, key=lambda ball: ball.mid())

    def element(self, value: Any) -> Element:
        """The class of a rational number or of a polynomial in t."""
        return Element(self, value if isinstance(value, fmpq_poly) else fmpq_poly([value]))


class Element:
    """An element of a number field: a polynomial in t, reduced. One element stands for all its conjugates."""

    __slots__ = ("field", "poly")

    def __init__(self, field: Field, poly: Any) -> None:
        self.field = field
        self.poly = poly % field.modulus if poly.degree() >= field.degree else poly

    def __add__(self, other: Element) -> Element:
        return Element(self.field, self.poly + other.poly)

    def __sub__(self, other: Element) -> Element:
        return Element(self.field, self.poly - other.poly)

    def __mul__(self, other: Element) -> Element:
        return Element(self.field, self.poly * other.poly)

    def __neg__(self) -> Element:
        return Element(self.field, -self.poly)

    def __truediv__(self, other: Element) -> Element:
        if not other.poly:
            raise ZeroDivisionError("division by zero in a number field")
        divisor, inverse, _ = other.poly.xgcd(self.field.modulus)
        return Element(self.field, self.poly * inverse / divisor[0])

    def __pow__(self, exponent: int) -> Element:
        base = self if exponent >= 0 else self.field.element(1) / self
        result = self.field.element(1)
        for _ in range(abs(exponent)):
            result = result * base
        return result

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Element) and self.field is other.field and self.poly == other.poly

    def __hash__(self) -> int:
        return hash((id(self.field), str(self.poly)))

    def __bool__(self) -> bool:
        return bool(self.poly)

    def rational(self) -> Any:
        """The rational number that this element is, or None."""
        return self.poly[0] if self.poly.degree() < 1 else None

    def ball(self, root: int, bits: int) -> Any:
        """An enclosure of the conjugate at the given real root."""
        with flint.ctx.workprec(bits):
            return evaluate(self.poly, self.field.roots(bits)[root])

    def sign(self, root: int) -> int:
        """The sign of the conjugate at the given real root; zero is decided exactly."""
        if not self.poly:
            return 0
        for bits in PRECISIONS:
            ball = self.ball(root, bits)
            if ball > 0:
                return 1
            if ball < 0:
                return -1
        raise Undecided

    def minimal_polynomial(self) -> Any:
        """The primitive irreducible integer polynomial of this element (the characteristic polynomial is its power)."""
        n, power, columns = self.field.degree, self.field.element(fmpq_poly([0, 1])), [self]
        for _ in range(n - 1):
            columns.append(columns[-1] * power)
        matrix = fmpq_mat(n, n, [column.poly[i] for i in range(n) for column in columns])
        return matrix.charpoly().numer().factor()[1][0][0]


def evaluate(poly: Any, ball: Any) -> Any:
    """A polynomial at a ball, by Horner's rule."""
    result = arb(0)
    for coefficient in reversed(poly.coeffs()):
        result = result * ball + arb(coefficient)
    return result


def _refined(polynomial: Any, ball: Any, bits: int) -> Any:
    """The ball around a simple real root made smaller by the interval Newton method, to so many bits; None where it stays.

    With m its middle, the root lies in m - p(m)/p'(ball); Moore, Kearfott, Cloud, Introduction to Interval Analysis, 8.1.
    """
    slope = polynomial.derivative()
    with flint.ctx.workprec(bits + int(polynomial.height_bits()) + EXTRA_BITS):
        while ball.rel_accuracy_bits() < bits:
            smaller = ball.mid() - evaluate(polynomial, ball.mid()) / evaluate(slope, ball)
            if not smaller.is_finite() or not smaller.rad() < ball.rad() / 2:
                return None
            ball = smaller
    return ball


def rational(value: Any) -> Any:
    """A SymPy rational as a FLINT one."""
    return fmpq(int(value.p), int(value.q))
