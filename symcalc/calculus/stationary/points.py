"""The stationary points of any problem: kinks by cases, inequalities by their active sets, equations by the Fritz John system."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Symbol

from symcalc.calculus.stationary.analysis import lagrange_points
from symcalc.calculus.stationary.claims import point_claims
from symcalc.calculus.stationary.feasible import Feasible
from symcalc.calculus.stationary.inequalities import kkt_points
from symcalc.calculus.stationary.kinks import kinked_points, kinks
from symcalc.result import Claim, Points


def stationary_points(
    objective: Expr, equations: Sequence[Expr], inequalities: Sequence[Expr], variables: Sequence[Symbol]
) -> tuple[Points, tuple[Claim, ...]]:
    """Every real stationary point of the objective where each equation g = 0 and each inequality g ≤ 0 holds, and what numbers
    can judge about them. Raises SymcalcError for what is not handled."""
    feasible = Feasible(tuple(equations), tuple(inequalities), tuple(variables))
    if kinks((objective, *equations, *inequalities), variables):
        return kinked_points(feasible, objective)
    if inequalities:
        return kkt_points(feasible, objective)
    points = lagrange_points(objective, equations, variables)
    return points, point_claims(objective, equations, variables, points)
