"""Exact SymPy numbers for roots of integer polynomials: radicals when short, CRootOf otherwise, decimals."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import Any

import flint
from flint import arb, fmpq, fmpq_poly, fmpz_poly
from sympy import CRootOf, Expr, Float, Poly, Rational, Symbol, root, sqrt, sqrtdenest

from symcalc.calculus.enclosure import NoBall, enclose

ROOT_DEGREE = 12
"""Coordinates of a higher degree are given by decimals: their polynomials would fill the screen."""

DIGITS = 40
ROUNDED = 6
BALL_BITS, BALL_DIGITS = 256, 60
"""Precision of the enclosure of an exact number."""
VARIABLE = Symbol("t", real=True)


def exact_number(polynomial: Any, ball: Any) -> Expr:
    """The root of a primitive irreducible integer polynomial that lies in the ball (tight enough to hold only one)."""
    coefficients = [int(c) for c in polynomial.coeffs()]
    found = _radical(coefficients, ball)
    if found is None:
        found = _centred_radical(polynomial, ball)
    if found is not None:
        return found
    if len(coefficients) - 1 > ROOT_DEGREE:
        return Float(decimal(ball, DIGITS), DIGITS)
    return CRootOf(Poly(coefficients[::-1], VARIABLE), _position(polynomial, ball), radicals=False)


def decimal(ball: Any, digits: int = 15) -> str:
    """The decimal digits of a ball, those that it proves and no more than asked for; an integer is written as one."""
    whole = ball.unique_fmpz() if ball.is_exact() else None
    text: str = ball.str(digits, radius=False) if whole is None or abs(whole) >= 10**digits else str(whole)
    return text


def rounded(ball: Any) -> str:
    """The ball to six digits at most, without zeros behind the last one that counts: 1.5, 14, 2.5e+10."""
    mantissa, power, exponent = decimal(ball, ROUNDED).partition("e")
    return (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa) + power + exponent


def _radical(coefficients: Sequence[int], ball: Any) -> Expr | None:
    """Degree 1 and 2 by formula; a polynomial of degree at most 2 in t^k by a k-th root of that."""
    degree = len(coefficients) - 1
    if degree == 1:
        return Rational(-coefficients[0], coefficients[1])
    if degree == 2:
        c, b, a = coefficients
        sign = 1 if 2 * a * ball + b > 0 else -1
        return (-b + sign * sqrt(b * b - 4 * a * c)) / (2 * a)
    step = gcd(*(i for i, c in enumerate(coefficients) if c))
    if step == 1 or degree // step > 2:
        return None
    power = ball
    for _ in range(step - 1):
        power = power * ball
    inner = _radical(coefficients[::step], power)
    if inner is None:
        return None
    size = sqrtdenest(root(inner, step)) if power > 0 else root(-inner, step)
    return size if ball > 0 else -size


def _centred_radical(polynomial: Any, ball: Any) -> Expr | None:
    """The same for roots that lie symmetrically around their mean."""
    degree = polynomial.degree()
    mean = fmpq(-polynomial[degree - 1], degree * polynomial[degree])
    shifted = fmpq_poly(polynomial)(fmpq_poly([mean, 1])).numer()
    found = _radical([int(c) for c in shifted.coeffs()], ball - arb(mean)) if mean else None
    return None if found is None else Rational(int(mean.p), int(mean.q)) + found


def _position(polynomial: Any, ball: Any) -> int:
    """How many real roots lie below this one: SymPy numbers real roots from the left."""
    real = [z.real for z, _ in fmpz_poly(polynomial).complex_roots() if z.imag == 0]
    return sum(1 for other in real if other < ball and not other.overlaps(ball))


def ball_of(number: Expr) -> Any:
    """An enclosure of an exact real number; of a root of a polynomial by its decimals, which are proven."""
    with flint.ctx.workprec(BALL_BITS):
        try:
            return enclose(number, {})
        except NoBall:
            decimals = number.evalf(BALL_DIGITS)
            return arb(str(decimals), f"1e-{BALL_DIGITS - 10}")
