"""From objective and constraints to the list of points: which route is taken, and what its answer is called."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Symbol

from symcalc.calculus.stationary.candidates import Describer
from symcalc.calculus.stationary.certified import certified_points
from symcalc.calculus.stationary.enclosure import enclose
from symcalc.calculus.stationary.extrema import Level, Situation, claims, compactness, settled
from symcalc.calculus.stationary.ideal import TooHard
from symcalc.calculus.stationary.model import NotPolynomial, model_of
from symcalc.calculus.stationary.parameters import parametric_points
from symcalc.calculus.stationary.solve import Family, solve
from symcalc.calculus.stationary.system import Problem, Reduced, pose, reduce
from symcalc.calculus.stationary.witness import witnesses
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
    if problem.parameters():
        return parametric_points(problem)
    problem, reduced = reduce(problem)
    if reduced is None:
        return Points((), INFEASIBLE)
    try:
        return _exact(problem, reduced)
    except (NotPolynomial, TooHard):
        return certified_points(problem, reduced)


def _exact(problem: Problem, reduced: Reduced) -> Points:
    equations = reduced.equations()
    model = model_of(reduced.variables, equations)
    solutions, families = solve(model, [model.equation(e) for e in equations])
    describer = Describer(problem, reduced, model)
    candidates = describer.describe(solutions)
    levels = [_level(family, describer) for family in families]
    known = [level for level in levels if level is not None]
    periodic = not describer.prepare(problem.objective).free_symbols & set(model.angles)
    complete = periodic and len(known) == len(levels)
    situation = Situation(problem, reduced, candidates, known, tuple(model.angles), complete)
    if not candidates and not families:
        return Points((), INFEASIBLE) if compactness(situation) else Points((), NONE, (), claims(situation, witnesses(reduced)))
    found = claims(situation, witnesses(reduced))
    points = tuple(c.point for c in settled(situation, found))
    return Points(points, PERIODIC if model.angles else ALL, tuple(map(_family_text, families)), found)


def _level(family: Family, describer: Describer) -> Level | None:
    value = family.value_of(describer.prepare(describer.problem.objective))
    return None if value is None else Level(value, enclose(value, {}), _family_text(family))


def _family_text(family: Family) -> str:
    return ", ".join(f"{e} = 0" for e in family.equations)
