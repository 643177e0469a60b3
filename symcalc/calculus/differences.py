"""Derivatives by central differences of balls: what numbers say of a claim, without any rule of ours and quickly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import comb, prod
from typing import Any

import flint
from flint import arb
from sympy import Expr, Symbol

from symcalc.calculus.program import Program

STEP_BITS = 48
"""The step is 2^-48: its square, the error of a central difference, has 29 digits."""
GUARD_BITS = 160
MAX_ORDER = 4
"""Differences of a higher order need more digits than they are worth."""

Direction = Sequence[Any]
"""One number for each symbol."""
Stencil = tuple[int, Sequence[tuple[int, Sequence[Any]]]]
"""The order of a derivative, and the places it is computed from: a weight, and how far each symbol is moved, if it is."""


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

    def along(self, point: Sequence[Any], stencil: Stencil) -> list[Any]:
        """The mixed derivative of the functions that the stencil stands for."""
        order, nodes = stencil
        with flint.ctx.workprec(GUARD_BITS + STEP_BITS * order):
            sums: list[Any] = []
            for weight, shifts in nodes:
                values = self._functions([a if s is None else a + s for a, s in zip(point, shifts, strict=True)])
                sums = [s + weight * a for s, a in zip(sums, values, strict=True)] if sums else [weight * a for a in values]
            whole = arb((1, STEP_BITS * order))
            return [s * whole for s in sums]


def central(directions: Sequence[tuple[Direction, int]]) -> Stencil:
    """The mixed derivative along the directions, each with its order, by central differences.

    Σ Π (-1)^k·C(n, k)·F(p + Σ (n/2 - k)·h·v) / h^n; Abramowitz and Stegun, 25.3.
    """
    order, nodes = sum(n for _, n in directions), []
    with flint.ctx.workprec(GUARD_BITS + STEP_BITS * order):
        half = arb((1, -STEP_BITS - 1))
        for ks in product(*(range(n + 1) for _, n in directions)):
            moves = [([half * (n - 2 * k) * c for c in v]) for (v, n), k in zip(directions, ks, strict=True) if n != 2 * k]
            shifts = [sum(parts, arb(0)) for parts in zip(*moves, strict=True)] or [None] * len(directions[0][0])
            weight = prod((-1) ** k * comb(n, k) for (_, n), k in zip(directions, ks, strict=True))
            nodes.append((weight, [None if s is None or s == 0 else s for s in shifts]))
    return order, nodes


def ball(number: Any) -> Any:
    """A real number of mpmath, exactly."""
    sign, mantissa, exponent, _ = number._mpf_
    return arb((-mantissa if sign else mantissa, exponent))
