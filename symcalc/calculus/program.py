"""Expressions as straight-line programs over FLINT's balls, each shared part once: for many evaluations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import prod
from typing import Any

import flint
from flint import arb, fmpq
from sympy import Expr, Pow, Symbol, exp

from symcalc.calculus.enclosure import BALLS, OF_SEVERAL, Unknown, enclose, power, real_root
from symcalc.notation import Polynomial, RealRoot, is_rational

Instruction = Callable[[list[Any]], Any]
"""From the values computed so far to the next one."""


class Program:
    """A list of expressions in symbols, to be evaluated at balls for the symbols.

    A value that is not real, or that the balls do not decide, comes out as a ball that is not finite. Raises Unknown for an
    expression with a part that has no certified enclosure.
    """

    def __init__(self, expressions: Iterable[Expr], symbols: Sequence[Symbol]) -> None:
        self._places: dict[Expr, int] = {s: i for i, s in enumerate(symbols)}
        self._instructions: list[Instruction] = []
        self._constants: dict[Expr, Any] = {}
        self._precision = 0
        self._outputs = [self._place(e) for e in expressions]

    def __call__(self, balls: Sequence[Any]) -> list[Any]:
        """The values of the expressions, at FLINT's current precision."""
        if self._precision != flint.ctx.prec:
            self._constants.clear()
            self._precision = flint.ctx.prec
        memory = list(balls)
        for instruction in self._instructions:
            memory.append(instruction(memory))
        return [memory[place] for place in self._outputs]

    def _place(self, e: Expr) -> int:
        """Where the value of the expression stands; the instructions for it are added."""
        place = self._places.get(e)
        if place is None:
            instruction = self._instruction(e)
            place = self._places[e] = len(self._places)
            self._instructions.append(instruction)
        return place

    def _instruction(self, e: Expr) -> Instruction:
        if e.is_Symbol or e.is_Float:
            raise Unknown
        if isinstance(e, Polynomial):
            return self._polynomial(e)
        if not e.args:
            return self._constant(e)
        if e.is_Pow and not isinstance(e, exp):
            return self._power(e)
        if isinstance(e, RealRoot):
            u, n = self._place(e.args[0]), int(e.args[1])
            return lambda v: real_root(v[u], n)
        if e.is_Add:
            return self._chain(e.args, lambda a, b: a + b)
        if e.is_Mul:
            return self._chain(e.args, lambda a, b: a * b)
        places = [self._place(a) for a in e.args]
        name = type(e).__name__
        table: Mapping[str, Any] = BALLS if len(places) == 1 and name in BALLS else OF_SEVERAL
        function = table.get(name)
        if function is None:
            raise Unknown
        if len(places) == 1:
            (u,) = places
            return lambda v: function(v[u])
        return lambda v: function(*(v[i] for i in places))

    def _chain(self, args: Sequence[Expr], operation: Callable[[Any, Any], Any]) -> Instruction:
        """A sum or product; a rational number that stands first is part of the instruction."""
        first, *rest = args
        if not first.is_Rational:
            return _folded([self._place(a) for a in args], operation)
        number = int(first.p) if first.is_Integer else fmpq(int(first.p), int(first.q))
        places = [self._place(a) for a in rest]
        if len(places) == 1:
            (u,) = places
            return lambda v: operation(v[u], number)
        folded = _folded(places, operation)
        return lambda v: operation(folded(v), number)

    def _polynomial(self, e: Polynomial) -> Instruction:
        """The powers of each base by multiplication, and the sum of the terms."""
        bases = [self._place(base) for base in e.bases]
        if not all(map(is_rational, (c for _, c in e.terms))):
            return _folded([self._place(a) for a in e.args], lambda a, b: a + b)
        most = [max(column) for column in zip(*(m for m, _ in e.terms), strict=True)]

        def value(v: list[Any]) -> Any:
            powers = [[arb(1)] for _ in bases]
            for row, base, k in zip(powers, bases, most, strict=True):
                for _ in range(k):
                    row.append(row[-1] * v[base])
            total = arb(0)
            for m, c in e.terms:
                total += prod((row[k] for row, k in zip(powers, m, strict=True) if k), start=arb(1)) * c
            return total

        return value

    def _constant(self, e: Expr) -> Instruction:
        constants = self._constants

        def value(_: list[Any]) -> Any:
            if e not in constants:
                constants[e] = enclose(e, {})
            return constants[e]

        return value

    def _power(self, e: Pow) -> Instruction:
        base, exponent = e.base, e.exp
        u = self._place(base)
        if exponent.is_Integer:
            n = int(exponent)
            if n == 2:
                return lambda v: v[u] * v[u]
            return (lambda v: 1 / v[u]) if n == -1 else lambda v: power(v[u], n)
        if exponent.is_Rational and exponent.q == 2:
            n = int(exponent.p)
            return lambda v: power(v[u].sqrt(), n)
        k = self._place(exponent)
        return lambda v: (v[k] * v[u].log()).exp()


def _folded(places: Sequence[int], operation: Callable[[Any, Any], Any]) -> Instruction:
    first, second, *rest = places
    if not rest:
        return lambda v: operation(v[first], v[second])

    def value(v: list[Any]) -> Any:
        total = operation(v[first], v[second])
        for place in rest:
            total = operation(total, v[place])
        return total

    return value
