"""How the stationarity system is solved on paper: the multipliers eliminated, the conditions factored, each factor a case."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from sympy import Determinant, Expr, ImmutableMatrix, Mul, Pow, S, Symbol, factor, fraction, together

from symcalc.calculus.fields import derivative
from symcalc.calculus.sign import sign_of
from symcalc.calculus.tidy import tidy
from symcalc.result import Point, Step

ORDINALS = ("first", "second", "third", "fourth")
MOST_VARIABLES = len(ORDINALS)
MOST_OPERATIONS = 40
MOST_POINTS = 4
"""For a longer list the points are not named one by one."""


def elimination(f: Expr, constraints: Sequence[Expr], xs: Sequence[Symbol], multipliers: Sequence[Symbol]) -> tuple[Step, ...]:
    """Steps to equations without multipliers, each a product that is zero; empty where that would not be short.

    Every step is an equation that holds at the stationary points where the denominators named in its rule do not vanish.
    """
    if len(xs) > MOST_VARIABLES or len(constraints) >= len(xs):
        return ()
    if not constraints:
        return _gradient(f, xs)
    return _quotients(f, constraints[0], xs, multipliers[0]) if len(constraints) == 1 else _dependence(f, constraints, xs)


def _gradient(f: Expr, xs: Sequence[Symbol]) -> tuple[Step, ...]:
    """The partial derivatives as products."""
    slopes = [(x, derivative(f, [(x, 1)])) for x in xs]
    products = [(x, _product(slope, xs)) for x, slope in slopes]
    short = [(x, product) for x, product in products if product.is_Mul and product.count_ops() <= MOST_OPERATIONS]
    return tuple(_equation(f"df/d{x} = 0" if len(xs) == 1 else f"∂f/∂{x} = 0", product) for x, product in short)


def _quotients(f: Expr, g: Expr, xs: Sequence[Symbol], multiplier: Symbol) -> tuple[Step, ...]:
    """From ∂f/∂x = λ·∂g/∂x for each x: λ as a quotient, and the products that vanish where two of them are equal."""
    slopes = [(x, derivative(f, [(x, 1)]), derivative(g, [(x, 1)])) for x in xs]
    moving = [(x, a, b) for x, a, b in slopes if b != 0]
    quotients = [(x, tidy(a / b), b) for x, a, b in moving]
    if len(moving) < 2 or any(q.count_ops() > MOST_OPERATIONS for _, q, _ in quotients):
        return ()
    steps, before = [], multiplier
    for x, q, b in quotients:
        if q != before:
            steps.append(Step(_solved(x, b), before, q))
            before = q
    steps += [_equation(f"∂L/∂{x} = 0", a) for x, a, b in slopes if b == 0 and a != 0]
    (_, a0, b0), *others = moving
    for i, (_, a, b) in enumerate(others, start=1):
        product = _product(a0 * b - a * b0, xs)
        if product == 0:
            continue
        if product.count_ops() > MOST_OPERATIONS or product is S.One:
            return ()
        steps.append(_equation(f"first = {ORDINALS[i]}" if len(others) > 1 else "both are equal", product))
    return tuple(steps)


def _dependence(f: Expr, constraints: Sequence[Expr], xs: Sequence[Symbol]) -> tuple[Step, ...]:
    """∇f is a combination of the gradients of the constraints: every determinant of as many of their columns is zero."""
    rows = [[derivative(h, [(x, 1)]) for x in xs] for h in (f, *constraints)]
    steps = []
    for columns in combinations(range(len(xs)), len(rows)):
        square = ImmutableMatrix([[row[c] for c in columns] for row in rows])
        whole = factor(square.det(method="berkowitz"))
        product = _product(whole, xs)
        if whole == 0:
            continue
        if whole.count_ops() > MOST_OPERATIONS:
            return ()
        steps.append(Step("determinant of ∇f and the gradients of the constraints", Determinant(square), whole))
        steps.append(_equation("∇f is a combination of the others", product))
    return tuple(steps)


def _equation(rule: str, e: Expr) -> Step:
    """e = 0 on a line of its own."""
    return Step(rule, e, S.Zero, nested=True)


def _product(e: Expr, xs: Sequence[Symbol]) -> Expr:
    """The numerator in factors, without constant ones."""
    whole = factor(fraction(together(e))[0])
    return Mul(*(p for p in Mul.make_args(whole) if p.free_symbols & set(xs))) if whole != 0 else S.Zero


def _solved(x: Symbol, below: Expr) -> str:
    """Which equation was solved, and where that is allowed."""
    zero = factor(below).as_independent(*below.free_symbols, as_Add=False)[1] if below.free_symbols else below
    return f"∂L/∂{x} = 0, where {zero} ≠ 0" if below.free_symbols else f"∂L/∂{x} = 0"


def cases(steps: Sequence[Step], points: Sequence[Point]) -> tuple[Step, ...]:
    """For each factor of the products that are zero: the points at which it vanishes. Empty for a long list."""
    if not 1 < len(points) <= MOST_POINTS:
        return ()
    products = [step.before for step in steps if step.after == 0]
    factors = [_base(p) for product in products for p in Mul.make_args(product)]
    found = []
    for p in dict.fromkeys(factors):
        there = [i for i, point in enumerate(points, start=1) if sign_of(p.subs(point.at)) == 0]
        if there and len(factors) > len(products):
            found.append(_equation(f"the case of {_numbered(there)}", p))
    return tuple(found)


def _base(factor: Expr) -> Expr:
    return factor.base if isinstance(factor, Pow) and factor.exp.is_Integer and factor.exp > 0 else factor


def _numbered(numbers: Sequence[int]) -> str:
    *first, last = map(str, numbers)
    return f"points {', '.join(first)} and {last}" if first else f"point {last}"
