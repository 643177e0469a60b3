"""The table of functions whose power series is known, with its coefficients in closed form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Rational, S, Symbol, binomial, factorial, zeta


@dataclass(frozen=True, slots=True)
class Row:
    """f(u) = Σ ratio^k·coefficient(k)·u^(stride·k + offset) over k ≥ first, for |u| < radius."""

    coefficient: Callable[[Symbol], Expr]
    ratio: Expr | int = 1
    stride: int = 1
    offset: int = 0
    first: int = 0
    radius: Expr = S.Infinity


ROWS: dict[object, Row] = {
    # DLMF 4.2.19, 4.19.1, 4.19.2, 4.33.1, 4.33.2
    sp.exp:   Row(lambda k: 1 / factorial(k)),
    sp.sin:   Row(lambda k: 1 / factorial(2 * k + 1), -1, 2, 1),
    sp.cos:   Row(lambda k: 1 / factorial(2 * k), -1, 2),
    sp.sinh:  Row(lambda k: 1 / factorial(2 * k + 1), 1, 2, 1),
    sp.cosh:  Row(lambda k: 1 / factorial(2 * k), 1, 2),
    # DLMF 4.24.1, 4.24.3, 4.38.1, 4.38.5 (by 4.37.3)
    sp.asin:  Row(lambda k: binomial(2 * k, k) / (2 * k + 1), Rational(1, 4), 2, 1, radius=S.One),
    sp.atan:  Row(lambda k: 1 / (2 * k + 1), -1, 2, 1, radius=S.One),
    sp.asinh: Row(lambda k: binomial(2 * k, k) / (2 * k + 1), -Rational(1, 4), 2, 1, radius=S.One),
    sp.atanh: Row(lambda k: 1 / (2 * k + 1), 1, 2, 1, radius=S.One),
    # DLMF 7.6.1, 6.6.5, 4.13.5
    sp.erf:   Row(lambda k: 2 / (sp.sqrt(sp.pi) * factorial(k) * (2 * k + 1)), -1, 2, 1),
    sp.erfi:  Row(lambda k: 2 / (sp.sqrt(sp.pi) * factorial(k) * (2 * k + 1)), 1, 2, 1),
    sp.Si:    Row(lambda k: 1 / (factorial(2 * k + 1) * (2 * k + 1)), -1, 2, 1),
    sp.Shi:   Row(lambda k: 1 / (factorial(2 * k + 1) * (2 * k + 1)), 1, 2, 1),
    # DLMF 4.19.3 and 4.33.3, 4.19.6, 4.19.4 with 25.6.2 for the Bernoulli numbers; the last three have a pole
    sp.tan:   Row(lambda k: 2 * (4**k - 1) * zeta(2 * k) / sp.pi ** (2 * k), 1, 2, -1, 1, sp.pi / 2),
    sp.tanh:  Row(lambda k: -2 * (4**k - 1) * zeta(2 * k) / sp.pi ** (2 * k), -1, 2, -1, 1, sp.pi / 2),
    sp.cot:   Row(lambda k: -2 * zeta(2 * k) / sp.pi ** (2 * k), 1, 2, -1, 0, sp.pi),
    sp.coth:  Row(lambda k: -2 * zeta(2 * k) / sp.pi ** (2 * k), -1, 2, -1, 0, sp.pi),
    sp.csc:   Row(lambda k: 2 * (1 - 2 / 4**k) * zeta(2 * k) / sp.pi ** (2 * k), 1, 2, -1, 0, sp.pi),
    sp.csch:  Row(lambda k: 2 * (1 - 2 / 4**k) * zeta(2 * k) / sp.pi ** (2 * k), -1, 2, -1, 0, sp.pi),
    sp.LambertW: Row(lambda k: -(k ** (k - 1)) / factorial(k), -1, 1, 0, 1, sp.exp(-1)),
}  # fmt: skip
"""Functions of u with a known series at u = 0."""

LOGARITHM = Row(lambda k: -1 / k, -1, 1, 0, 1, S.One)
"""log(1 + u), DLMF 4.6.1."""


def binomial_row(p: Expr, radius: Expr = S.One) -> Row:
    """(1 + u)^p, DLMF 4.6.7; for a whole negative p the coefficient is a polynomial in k."""
    if p.is_Integer and p < 0:
        n = -int(p)
        return Row(lambda k: sp.Mul(*((k + i) for i in range(1, n))) / factorial(n - 1), -1, radius=radius)
    return Row(lambda k: binomial(p, k), radius=radius)
