"""Exact decision whether polynomial equations have a real solution: the critical point method."""

from __future__ import annotations

import random
from collections.abc import Sequence

from sympy import Add, Dummy, Expr, Mul, Rational, Symbol

from symcalc.calculus.stationary.ideal import TooHard
from symcalc.calculus.stationary.model import NotPolynomial
from symcalc.calculus.stationary.solve import real_points
from symcalc.calculus.stationary.system import Reduced

MOST_VARIABLES = 5


def has_real_point(equations: Sequence[Expr], variables: Sequence[Symbol]) -> bool | None:
    """Do the equations have a common real zero? None when it is not settled.

    A closed set that is not empty has a point nearest to any given one, and there the Fritz John conditions of the
    distance hold: their complete list of solutions decides.
    """
    if len(variables) > MOST_VARIABLES:
        return None
    numbers = random.Random(7)
    distance = Add(*((x - Rational(numbers.randint(-40, 40), 7)) ** 2 for x in variables))
    try:
        points, families = real_points(variables, Reduced(distance, tuple(equations), tuple(variables), {}).equations())
    except (NotPolynomial, TooHard):
        return None
    if points or any(f.samples for f in families):
        return True
    return None if families else False


def is_real(equations: Sequence[Expr], apart: Sequence[Expr], variables: Sequence[Symbol]) -> bool | None:
    """Do the equations have a common real zero where no expression of `apart` vanishes, that is where u·Π apart = 1?"""
    if not apart:
        return has_real_point(equations, variables)
    u = Dummy("u", real=True)
    return has_real_point([*equations, u * Mul(*apart) - 1], [*variables, u])


def is_exceeded(f: Expr, constraints: Sequence[Expr], variables: Sequence[Symbol], value: Expr, sign: int) -> bool | None:
    """Is sign·f < sign·value somewhere on the constraints? So it is when sign·(value - f)·u² = 1 has a real solution."""
    u = Dummy("u", real=True)
    return has_real_point([*constraints, sign * (value - f) * u**2 - 1], [*variables, u])
