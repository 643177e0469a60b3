"""A function given by an equation G(x, y) = 0, differentiated without solving for it.

Implicit function theorem (Rudin, Principles of Mathematical Analysis, 9.28): where G and its derivatives are continuous and
∂G/∂y ≠ 0, the equation makes y a function of x with dy/dx = -(∂G/∂x)/(∂G/∂y).
"""

from __future__ import annotations

from itertools import pairwise

from sympy import Expr, Function, Symbol, fraction, reduced, together

from symcalc.calculus.derivation import derivation
from symcalc.calculus.fields import derivative
from symcalc.calculus.measure import measure
from symcalc.calculus.tidy import tidy
from symcalc.errors import SymcalcError
from symcalc.notation import Leibniz
from symcalc.result import Step


def implicit_derivatives(g: Expr, x: Symbol, y: Symbol, order: int) -> list[Expr]:
    """dy/dx, d²y/dx², … up to the order, in x and y, where g = 0 makes y a function of x. What else is in g is constant.

    Each is the total derivative of the one before, with dy/dx put in; a numerator is brought to its remainder by a
    polynomial g. Raises SymcalcError("no") when g does not depend on y.
    """
    by_y = derivative(g, [(y, 1)])
    if by_y == 0:
        raise SymcalcError("no", f"the equation does not depend on {y}", code="no-implicit-function")
    found = [tidy(-derivative(g, [(x, 1)]) / by_y)]
    while len(found) < order:
        last = found[-1]
        along = derivative(last, [(x, 1)]) + derivative(last, [(y, 1)]) * found[0]
        found.append(_on_curve(tidy(along), g, x, y))
    return found


def _on_curve(value: Expr, g: Expr, x: Symbol, y: Symbol) -> Expr:
    """The value, or a shorter form that agrees with it where g = 0."""
    top, bottom = fraction(together(value))
    if not (g.is_polynomial(x, y) and top.is_polynomial(x, y)):
        return value
    remainder = reduced(top, [g], y, x)[1]
    return min((value, tidy(remainder / bottom)), key=measure)


def implicit_derivation(
    left: Expr, right: Expr, x: Symbol, y: Symbol, answers: list[Expr], *, partial: bool, kind: str = "lines"
) -> tuple[Step, ...]:
    """Both sides differentiated with y = y(x), solved for y'; a higher derivative is that of the one before."""
    function = Function(str(y), real=True)(x)
    sides = [side.xreplace({y: function}) for side in (left, right)]
    slopes = [derivative(side, [(x, 1)]) for side in sides]
    steps = [step for side, slope in zip(sides, slopes, strict=True) for step in derivation(side, [(x, 1)], slope, kind)]
    steps.append(Step("both sides are equal", *slopes))
    g = left - right
    solved = -derivative(g, [(x, 1)]) / derivative(g, [(y, 1)])
    steps.append(Step(f"solve for {y}'", Leibniz(y, (x, 1), partial=partial), solved))
    if solved != answers[0]:
        steps.append(Step("simplify", solved, answers[0]))
    for n, (before, after) in enumerate(pairwise(answers), start=2):
        head = Leibniz(y, (x, n), partial=partial)
        along = derivative(before, [(x, 1)]) + derivative(before, [(y, 1)]) * answers[0]
        steps.append(Step(f"differentiate again, {y}' put in", head, along))
        if along == after:
            continue
        short = tidy(along)
        if short not in (along, after):
            steps.append(Step("simplify", along, short))
        steps.append(Step("simplify" if short == after else "by the equation", steps[-1].after, after))
    return tuple(steps)
