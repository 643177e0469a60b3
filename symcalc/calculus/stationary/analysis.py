"""From objective and constraints to the list of points: which route is taken, and what its answer is called."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Symbol

from symcalc.calculus.stationary.candidates import Describer
from symcalc.calculus.stationary.ideal import TooHard
from symcalc.calculus.stationary.model import NotPolynomial, model_of
from symcalc.calculus.stationary.solve import Family, solve
from symcalc.calculus.stationary.system import Problem, Reduced, pose, reduce
from symcalc.errors import SymcalcError
from symcalc.result import Points

ALL = "exact, all real points"
PERIODIC = "exact, up to the period"
INFEASIBLE = "exact: no real point satisfies the constraints"
NONE = "exact: there is no real stationary point"


def lagrange_points(objective: Expr, constraints: Sequence[Expr], variables: Sequence[Symbol]) -> Points:
    """The stationary points of `objective` where every constraint g = 0 holds, with multipliers in
    L = objective - Σ λᵢ·gᵢ, and the points where the gradients of the constraints are dependent."""
    problem = pose(objective, constraints, variables)
    if not problem.feasible:
        return Points((), INFEASIBLE)
    problem, reduced = reduce(problem)
    if reduced is None:
        return Points((), INFEASIBLE)
    try:
        return _exact(problem, reduced)
    except NotPolynomial:
        raise SymcalcError("limit", "the stationarity equations are not polynomial, and no exact reduction is known") from None
    except TooHard as reason:
        raise SymcalcError("limit", f"the problem is too large to be solved exactly here: {reason}") from None


def _exact(problem: Problem, reduced: Reduced) -> Points:
    equations = reduced.equations()
    model = model_of(reduced.variables, equations)
    solutions, families = solve(model, [model.equation(e) for e in equations])
    describer = Describer(problem, reduced, model)
    candidates = describer.describe(solutions)
    label = PERIODIC if model.angles else ALL if candidates or families else NONE
    return Points(tuple(c.point for c in candidates), label, tuple(_family_text(f) for f in families))


def _family_text(family: Family) -> str:
    return ", ".join(f"{e} = 0" for e in family.equations)
