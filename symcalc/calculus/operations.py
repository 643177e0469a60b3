"""How much there is to do in an expression: what decides between forms of one length."""

from __future__ import annotations

from typing import Any

from sympy import Expr

from symcalc.calculus.measure import is_negative
from symcalc.canonical.arithmetic import power


def effort(e: Expr) -> tuple[int, int, int, int]:
    """The operations, the numbers other than 1 and -1, the fractions within fractions, and the sum of the whole exponents."""
    numbers = nested = exponents = 0
    waiting = [(e, False, False)]
    while waiting:
        part, within, counted = waiting.pop()
        if part.is_Number:
            numbers += abs(part) != 1
        elif part.is_Pow and part.exp.is_Integer:
            exponents += abs(part.exp.p)
        stroke = not counted and (_is_below(part) or (part.is_Mul and any(map(_is_below, part.args))))
        nested += within and stroke
        within = (within or stroke or counted) and not part.is_Function
        waiting += [(a, within, stroke and _is_below(a)) for a in part.args]
    return operations(e), numbers, nested, exponents


def _is_below(e: Any) -> bool:
    """Whether the expression, or the number under it, is written below a stroke."""
    return bool(e.q != 1 if e.is_Rational else e.is_Pow and e.exp.is_Rational and e.exp.p < 0)


def operations(e: Any) -> int:
    """The operations +, -, ·, / and powers, the functions, and the signs that no sum takes up."""
    if e.is_Rational:
        return int(e.p < 0) + int(e.q != 1)
    if e.is_Add:
        negative = sum(is_negative(a) for a in e.args)
        return sum(map(operations, e.args)) - negative + len(e.args) - 1 + int(negative == len(e.args))
    if e.is_Mul:
        return _of_product(e)
    if _is_below(e):
        return 1 + operations(power(e.base, -e.exp))
    if e.is_Pow and e.exp.is_Rational and e.exp.p == 1:  # a root has one sign
        return 1 + operations(e.base)
    return bool(e.args) + sum(map(operations, e.args))


def _of_product(m: Any) -> int:
    above = below = total = 0
    for factor in m.args:
        if factor.is_Rational:
            total += int(factor.p < 0)
            above += int(abs(factor.p) != 1)
            below += int(factor.q != 1)
        elif _is_below(factor):
            total += operations(factor) - 1
            below += 1
        else:
            total += operations(factor)
            above += 1
    return total + max(above - 1, 0) + below
