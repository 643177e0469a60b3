"""Exact decisions about numbers: the sign, or that two are equal, proven or not decided."""

from __future__ import annotations

from typing import Any

from sympy import Expr, nsimplify, radsimp
from sympy.core.evalf import PrecisionExhausted
from sympy.polys.numberfields import minimal_polynomial
from sympy.polys.polyerrors import PolynomialError
from sympy.polys.polyroots import UnsolvableFactorError

DIGITS = 30
MAX_ALGEBRAIC_OPS = 60


def sign_of(number: Expr) -> int | None:
    """-1, 0 or 1 for an exact real number or an expression whose assumptions decide it; None when not decided.

    A nonzero sign is shown by a numeric value far beyond its error; zero only by an exact argument: assumptions,
    rational arithmetic, or a minimal polynomial.
    """
    if number.is_Rational:
        return (number.p > 0) - (number.p < 0)
    if number.is_positive:
        return 1
    if number.is_negative:
        return -1
    if number.is_zero:
        return 0
    if not number.is_number:
        return None
    try:
        value = number.evalf(DIGITS, maxn=200, strict=True)
    except (PrecisionExhausted, ValueError, TypeError, NotImplementedError):
        return 0 if is_zero(number) else None
    if value.is_Float and abs(value) > 10 ** (5 - DIGITS):
        return 1 if value > 0 else -1
    return 0 if is_zero(number) else None


def is_zero(number: Expr) -> bool:
    """Whether an exact number is proven to be zero."""
    if number.is_zero is not None:
        return bool(number.is_zero)
    simpler = radsimp(number.expand())
    if simpler.is_zero is not None:
        return bool(simpler.is_zero)
    if number.is_number and number.is_algebraic and number.count_ops() <= MAX_ALGEBRAIC_OPS:
        try:
            return bool(
                minimal_polynomial(number, polys=True).degree() == 1
                and nsimplify(simpler.evalf(DIGITS), rational=True).round(20) == 0
            )
        except (NotImplementedError, PolynomialError, UnsolvableFactorError):
            return False
    return bool(number.expand(trig=True).is_zero)


def compare(a: Any, b: Any) -> int | None:
    """The sign of a - b, or None."""
    return sign_of(a - b)
