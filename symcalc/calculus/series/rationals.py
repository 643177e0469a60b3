"""Power series with rational coefficients, by FLINT, where a function costs a few multiplications.

Brent and Kung, Fast algorithms for manipulating formal power series, J. ACM 25, 581 (1978).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flint
from flint import fmpq, fmpq_poly, fmpq_series

Series = list[Any]
ZERO, ONE = fmpq(0), fmpq(1)


def are_rational(u: Sequence[Any]) -> bool:
    """Whether all coefficients are rational numbers."""
    return all(type(c) is fmpq for c in u)


def product(a: Series, b: Series) -> Series:
    """The product of two series, as long as the first."""
    n = len(a)
    return _filled(fmpq_poly(a).mul_low(fmpq_poly(b), n).coeffs(), n)


def applied(function: Callable[[Any], Any], u: Series) -> Series:
    """The series of a function of u, as long as u."""
    n, cap = len(u), flint.ctx.cap
    flint.ctx.cap = n
    try:
        return _filled(function(fmpq_series(u)).coeffs(), n)
    finally:
        flint.ctx.cap = cap


def _filled(coefficients: Series, n: int) -> Series:
    return [*coefficients, *[ZERO] * (n - len(coefficients))]
