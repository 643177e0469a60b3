"""How large an exact result would become, known before SymPy computes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log2, log10
from typing import Any

from sympy import Mul, S, exp

from symcalc.parse.tables import COMPARED, MAX_BITS

MAX_SHOWN_BITS = 14_000
"""Sums of numbers within MAX_BITS may be a little larger; Python prints integers up to 4300 digits."""
MAX_ROOT_BITS = 1_000
"""Roots of larger integers are refused: SymPy factors them."""
MAX_COMPARED_EXPONENT = 10**6
"""Powers with larger exponents are not computed for a comparison."""


def bits(value: Any) -> float:
    """Bits in the exact numeric factors of a product: the part that an integer power multiplies."""
    total: float = 0
    for factor in Mul.make_args(value):
        base, power = factor.as_base_exp() if factor.is_Pow else (factor, S.One)
        if base.is_Rational and power.is_Rational and (size := max(abs(int(base.p)), int(base.q))) > 1:
            total += log2(size) * abs(int(power.p)) / int(power.q)
    return total


def power_problem(base: Any, power: Any) -> str | None:
    """Why base**power may not be computed, or None."""
    if not power.is_Rational:
        return None
    size = bits(base)
    if size * abs(power) > MAX_BITS:
        return _needs(size * abs(power))
    if not power.is_Integer and size > MAX_ROOT_BITS:
        return "this is a root of a number that is too large"
    return None


def product_problem(factors: Sequence[Any]) -> str | None:
    """Why the factors may not be multiplied, or None."""
    return _digits_problem(sum(map(bits, factors)))


def sum_problem(terms: Iterable[Any]) -> str | None:
    """Why the terms may not be added, or None: their denominators multiply."""
    coefficients = [term.as_coeff_Mul()[0] for term in terms if not term.is_Matrix]
    return _digits_problem(sum(int(c.q).bit_length() - 1 for c in coefficients if c.is_Rational))


def value_problem(value: Any) -> str | None:
    """Why the value is too large to be shown, or None."""
    largest, waiting = 0, [value]
    for part in waiting:
        if part.is_Rational:
            largest = max(largest, int(part.p).bit_length(), int(part.q).bit_length())
        else:
            waiting += part.args
    return _digits_problem(largest, MAX_SHOWN_BITS)


def _digits_problem(size: float, limit: int = MAX_BITS) -> str | None:
    return _needs(size) if size > limit else None


def _needs(size: Any) -> str:
    return f"the result would need about {int(size * log10(2)) + 1} digits"


def exceeds(value: Any, cap: int) -> bool:
    """Whether a rational number is larger than the cap in magnitude; SymPy evaluates many functions only at such."""
    return bool(value.is_Rational and abs(value) > cap)


def incomparable(value: Any) -> bool:
    """Whether an irrational constant is larger than COMPARED in magnitude, or too large to find out."""
    if value.is_Matrix or not value.is_number or value.is_Rational:
        return False
    if any(map(incomparable, value.args)):
        return True
    power = value.exp if value.is_Pow or isinstance(value, exp) else None
    if power is not None and power.is_comparable and abs(power.evalf(3)) > MAX_COMPARED_EXPONENT:
        return True
    return bool(value.is_comparable and abs(value.evalf(3)) > COMPARED)
