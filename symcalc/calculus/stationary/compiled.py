"""Expressions compiled to closures over balls, shared parts computed once: for many evaluations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flint import arb, arb_mat
from sympy import Expr, Pow, Symbol, cse, diff, exp, numbered_symbols

from symcalc.calculus.enclosure import BALLS, NoBall, enclose, power, real_root
from symcalc.notation import RealRoot

Code = Callable[[list[Any]], Any]


class Square:
    """A square system F = 0 with its Jacobian, evaluated on boxes (lists of balls)."""

    def __init__(self, equations: Sequence[Expr], unknowns: Sequence[Symbol]) -> None:
        self.size = len(unknowns)
        self._values = _compile(list(equations), unknowns)
        self._slopes = _compile([diff(e, x) for e in equations for x in unknowns], unknowns)

    def values(self, box: Sequence[Any]) -> list[Any]:
        return self._values(box)

    def jacobian(self, box: Sequence[Any]) -> Any:
        return arb_mat(self.size, self.size, self._slopes(box))


def _compile(expressions: list[Expr], unknowns: Sequence[Symbol]) -> Callable[[Sequence[Any]], list[Any]]:
    shared, results = cse(expressions, symbols=numbered_symbols("shared", real=True))
    slots = {x: i for i, x in enumerate(unknowns)}
    steps = []
    for name, e in shared:
        steps.append(_code(e, slots))
        slots[name] = len(slots)
    outputs = [_code(e, slots) for e in results]

    def run(box: Sequence[Any]) -> list[Any]:
        memory = list(box)
        for step in steps:
            memory.append(step(memory))
        return [output(memory) for output in outputs]

    return run


def _code(e: Expr, slots: Mapping[Symbol, int]) -> Code:
    if e in slots:
        index = slots[e]
        return lambda memory: memory[index]
    if not e.free_symbols:
        return lambda memory: enclose(e, {})
    inner = [_code(a, slots) for a in e.args]
    if e.is_Add:
        return lambda memory: sum((code(memory) for code in inner[1:]), inner[0](memory))
    if e.is_Mul:
        return lambda memory: _product([code(memory) for code in inner])
    if isinstance(e, RealRoot):
        return lambda memory: real_root(inner[0](memory), int(e.args[1]))
    if isinstance(e, Pow) and not isinstance(e, exp):
        return _power_code(e, inner)
    function = BALLS.get(type(e).__name__)
    if function is None or len(inner) != 1:
        raise NoBall
    return lambda memory: function(inner[0](memory))


def _power_code(e: Expr, inner: Sequence[Code]) -> Code:
    base, exponent = inner
    if e.exp.is_Integer:
        return lambda memory: power(base(memory), int(e.exp))
    if e.exp.is_Rational and e.exp.q == 2:
        return lambda memory: power(base(memory).sqrt(), int(e.exp.p))
    return lambda memory: (exponent(memory) * base(memory).log()).exp()


def _product(factors: Sequence[Any]) -> Any:
    result = arb(1)
    for factor in factors:
        result = result * factor
    return result
