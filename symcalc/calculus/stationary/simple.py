"""Points known by enclosures that are simple exact numbers: guessed from the balls, proven by exact substitution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import flint
from sympy import Expr, Matrix, Rational, Symbol, simplify, sqrt

from symcalc.calculus.enclosure import enclose
from symcalc.calculus.stationary.closed import decimal
from symcalc.calculus.stationary.system import Problem
from symcalc.result import Point

LARGEST_DENOMINATOR = 100
BITS = 256


def made_exact(problem: Problem, conditions: Sequence[Expr], point: Point, balls: Mapping[Symbol, Any]) -> Point:
    """The point with exact numbers, when rational numbers or their square roots in its balls satisfy the constraints and
    the conditions (without multipliers) exactly; otherwise the point as it is."""
    guesses = {x: _guess(ball) for x, ball in balls.items()}
    at = {x: a for x, a in guesses.items() if a is not None}
    if len(at) < len(guesses) or not all(simplify(e.subs(at)) == 0 for e in (*conditions, *problem.constraints)):
        return point
    value = problem.objective.subs(at)
    multipliers = _multipliers(problem, at) if point.multipliers else {}
    numbers = {x.name: a for x, a in at.items()} | {"value": value} | {k.name: a for k, a in multipliers.items()}
    with flint.ctx.workprec(BITS):
        return replace(
            point, at=at, value=value, multipliers=multipliers, numeric={k: decimal(enclose(a, {})) for k, a in numbers.items()}
        )


def _guess(ball: Any) -> Expr | None:
    """A rational number of small denominator in the ball, or a square root of one."""
    with flint.ctx.workprec(BITS):
        found = _rational(ball)
        if found is not None:
            return found
        square = _rational(ball * ball)
        return None if square is None else sqrt(square) * (1 if ball > 0 else -1)


def _rational(ball: Any) -> Expr | None:
    for q in range(1, LARGEST_DENOMINATOR + 1):
        p = (ball * q).unique_fmpz()
        if p is not None:
            return Rational(int(p), q)
    return None


def _multipliers(problem: Problem, at: Mapping[Symbol, Expr]) -> dict[Symbol, Expr]:
    """The solution of Jᵀ·λ = ∇f, by the normal equations: the gradients are independent here."""
    jacobian, gradient = Matrix(problem.jacobian()).subs(at), Matrix(problem.gradient()).subs(at)
    solved = (jacobian * jacobian.T).LUsolve(jacobian * gradient)
    return dict(zip(problem.names, map(simplify, solved), strict=True))
