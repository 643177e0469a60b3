"""The multiplier of one equation eliminated, as on paper: solved for, set equal, factored."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Mul, S, Symbol, factor, fraction, together

from symcalc.calculus.fields import derivative
from symcalc.calculus.tidy import tidy
from symcalc.result import Step

ORDINALS = ("first", "second", "third", "fourth")
MOST_VARIABLES = len(ORDINALS)
MOST_OPERATIONS = 40


def elimination(f: Expr, g: Expr, xs: Sequence[Symbol], multiplier: Symbol) -> tuple[Step, ...]:
    """Steps from ∂f/∂x = λ·∂g/∂x, for each x, to equations without λ: λ as a quotient, and the products that must vanish.

    Empty where that would not be short. Every step is an equation that holds at the stationary points where the
    denominators named in its rule do not vanish.
    """
    slopes = [(x, derivative(f, [(x, 1)]), derivative(g, [(x, 1)])) for x in xs]
    moving = [(x, a, b) for x, a, b in slopes if b != 0]
    if len(xs) > MOST_VARIABLES or len(moving) < 2:
        return ()
    quotients = [(x, tidy(a / b), b) for x, a, b in moving]
    if any(q.count_ops() > MOST_OPERATIONS for _, q, _ in quotients):
        return ()
    steps, before = [], multiplier
    for x, q, b in quotients:
        if q != before:
            steps.append(Step(_solved(x, b), before, q))
            before = q
    steps += [Step(f"∂L/∂{x} = 0", a, S.Zero) for x, a, b in slopes if b == 0 and a != 0]
    (_, a0, b0), *others = moving
    for i, (_, a, b) in enumerate(others, start=1):
        difference = factor(fraction(together(a0 * b - a * b0))[0])
        if difference == 0:
            continue
        product = Mul(*(p for p in Mul.make_args(difference) if p.free_symbols & set(xs)))
        if product.count_ops() > MOST_OPERATIONS or product is S.One:
            return ()
        steps.append(Step(f"first = {ORDINALS[i]}" if len(others) > 1 else "both are equal", product, S.Zero))
    return tuple(steps)


def _solved(x: Symbol, below: Expr) -> str:
    """Which equation was solved, and where that is allowed."""
    zero = factor(below).as_independent(*below.free_symbols, as_Add=False)[1] if below.free_symbols else below
    return f"∂L/∂{x} = 0, where {zero} ≠ 0" if below.free_symbols else f"∂L/∂{x} = 0"
