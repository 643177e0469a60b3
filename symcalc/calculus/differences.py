"""Derivatives by central differences of balls: what numbers say of a claim, without any rule of ours and quickly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import comb, prod
from typing import Any

import flint
from flint import arb, fmpq
from mpmath import mp
from sympy import Expr, Symbol

from symcalc.calculus.program import Program

STEP_BITS = 48
"""The step is 2^-48: its square, the error of a central difference, has 29 digits."""
GUARD_BITS = 160
MAX_ORDER = 4
"""Differences of a higher order need more digits than they are worth."""

Direction = Sequence[Any]
"""One number for each symbol."""


class Differences:
    """Functions of symbols, and the values of other expressions in them, at many points."""

    def __init__(self, functions: Sequence[Expr], answers: Sequence[Expr], symbols: Sequence[Symbol]) -> None:
        """Raises Unknown where a part has no certified enclosure."""
        self.symbols = symbols
        self._functions, self._answers = Program(functions, symbols), Program(answers, symbols)

    def point(self, values: Mapping[Symbol, Any]) -> list[Any]:
        """The values of the symbols as balls."""
        return [ball(values[s]) for s in self.symbols]

    def answers(self, point: Sequence[Any], order: int) -> list[Any]:
        """The values of the other expressions, with the digits of a difference of that order."""
        with flint.ctx.workprec(GUARD_BITS + STEP_BITS * order):
            return self._answers(point)

    def along(self, point: Sequence[Any], directions: Sequence[tuple[Direction, int]]) -> list[Any]:
        """The mixed derivative of the functions along the directions, each with its order.

        Σ Π (-1)^k·C(n, k)·F(p + Σ (n/2 - k)·h·v) / h^n; Abramowitz and Stegun, 25.3.
        """
        total = sum(n for _, n in directions)
        with flint.ctx.workprec(GUARD_BITS + STEP_BITS * total):
            h = arb(2) ** -STEP_BITS
            sums: list[Any] = []
            for ks in product(*(range(n + 1) for _, n in directions)):
                at = list(point)
                for (v, n), k in zip(directions, ks, strict=True):
                    if n != 2 * k:
                        shift = h * (n - 2 * k) / 2
                        at = [a + shift * c if c else a for a, c in zip(at, v, strict=True)]
                weight = prod((-1) ** k * comb(n, k) for (_, n), k in zip(directions, ks, strict=True))
                values = self._functions(at)
                sums = [s + weight * a for s, a in zip(sums, values, strict=True)] if sums else [weight * a for a in values]
            return [s / h**total for s in sums]


def ball(number: Any) -> Any:
    """A real number of mpmath, exactly."""
    sign, mantissa, exponent, _ = mp.mpf(number)._mpf_
    with flint.ctx.workprec(GUARD_BITS):
        return arb(fmpq(-mantissa if sign else mantissa) * fmpq(2) ** exponent)
