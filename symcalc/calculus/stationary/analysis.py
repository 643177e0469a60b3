"""From objective and constraints to the list of points: which route is taken, and what its answer is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Expr, Symbol
from sympy.core.relational import Relational
from sympy.polys.polyerrors import BasePolynomialError

from symcalc.calculus.enclosure import NoBall
from symcalc.calculus.stationary.admissible import lowered, require_admissible, sign_conditions
from symcalc.calculus.stationary.candidates import Candidate, Describer, exact_candidate, in_order
from symcalc.calculus.stationary.certified import NOT_EXAMINED, certified_points
from symcalc.calculus.stationary.edges import edge_points, radicands
from symcalc.calculus.stationary.emptiness import has_real_point, is_real
from symcalc.calculus.stationary.extrema import claims, settled
from symcalc.calculus.stationary.families import describe_family, level_of
from symcalc.calculus.stationary.ideal import TooHard
from symcalc.calculus.stationary.model import Model, NotPolynomial, model_of
from symcalc.calculus.stationary.parameters import parametric_points
from symcalc.calculus.stationary.qualification import qualification
from symcalc.calculus.stationary.situation import Situation, compactness, domain_of
from symcalc.calculus.stationary.solve import Family, Solution, solve
from symcalc.calculus.stationary.system import Problem, Reduced, pose, reduce
from symcalc.calculus.stationary.witness import witnesses
from symcalc.errors import SymcalcError
from symcalc.result import Points

ALL = "exact, all real points"
PERIODIC = "exact, up to the period"
INFEASIBLE = "exact: no real point satisfies the constraints"
NONE = "exact: there is no real stationary point"


UNFORESEEN = (
    NoBall, TooHard, NotPolynomial, BasePolynomialError, RuntimeError, ValueError, TypeError, LookupError, ArithmeticError,
    AttributeError,
)  # fmt: skip
"""What the algebra underneath may stumble over in systems that nobody has thought of; the last resort."""


def lagrange_points(objective: Expr, constraints: Sequence[Expr], variables: Sequence[Symbol]) -> Points:
    """The stationary points of `objective` where every constraint g = 0 holds, with multipliers in
    L = objective - Σ λᵢ·gᵢ, and the points where the gradients of the constraints are dependent."""
    try:
        return _points(objective, constraints, variables)
    except UNFORESEEN as error:
        hint = "a simpler objective, or numbers instead of parameters, may help"
        raise SymcalcError("limit", "this system is beyond the methods that symcalc has", hint=hint) from error


def _points(objective: Expr, constraints: Sequence[Expr], variables: Sequence[Symbol]) -> Points:
    if not any(isinstance(e, Relational) for e in (objective, *constraints)):
        objective, constraints = lowered(objective), [lowered(g) for g in constraints]
    require_admissible(objective, constraints, variables)
    problem = pose(objective, constraints, variables)
    if not problem.feasible:
        return Points((), INFEASIBLE, notes=problem.notes)
    if problem.parameters():
        return parametric_points(problem)
    problem, reduced = reduce(problem)
    if reduced is None:
        return Points((), INFEASIBLE, notes=problem.notes)
    try:
        return _exact(problem, reduced)
    except (NotPolynomial, TooHard):
        return certified_points(problem, reduced)


def _exact(problem: Problem, reduced: Reduced) -> Points:
    equations = reduced.equations()
    model = model_of(reduced.variables, equations)
    describer = Describer(problem, reduced, model)
    for h in (problem.objective, *problem.constraints):
        describer.prepare(h)
    solutions, families = solve(model, [model.equation(e) for e in equations])
    families = [f for f in families if f.samples or is_real(f.equations, f.apart, model.unknowns) is not False]
    situation = _with_edges(_situation(describer, describer.describe(solutions), families))
    if not families and not situation.candidates and _infeasible(situation, solutions):
        return Points((), INFEASIBLE, notes=problem.notes)
    found = claims(situation, witnesses(reduced, problem.variables) if situation.complete else [])
    points = settled([c.point for c in situation.candidates], found)
    return Points(
        points,
        _label(situation, families),
        tuple(describe_family(f, describer) for f in families),
        found,
        (*problem.notes, *_notes(situation, model, families)),
        qualification(points, len(problem.constraints), situation.domain.closed, bool(families)),
    )


def _situation(describer: Describer, candidates: Sequence[Candidate], families: Sequence[Family]) -> Situation:
    problem, angles = describer.problem, tuple(describer.model.angles)
    levels = [level_of(family, describer) for family in families]
    known = [level for level in levels if level is not None]
    periodic = not describer.prepare(problem.objective).free_symbols & set(angles)
    complete = periodic and len(known) == len(levels) and not sign_conditions(problem.variables)
    domain = domain_of(problem, describer.reduced)
    return Situation(problem, describer.reduced, candidates, known, angles, complete, domain)


def _with_edges(situation: Situation) -> Situation:
    """The situation with the points on the edge of the domain, where that was left out and they can be found."""
    problem, reduced = situation.problem, situation.reduced
    found = radicands(problem) if not situation.domain.open else None
    points = edge_points(problem, found, lagrange_points, (ALL, NONE, INFEASIBLE)) if found else None
    if not found or points is None:
        return situation
    candidates = in_order([*situation.candidates, *map(exact_candidate, points)])
    return replace(situation, candidates=candidates, domain=domain_of(problem, reduced, found), edges=tuple(found))


def _infeasible(situation: Situation, solutions: Sequence[Solution]) -> bool:
    """Is it shown that no real point satisfies the constraints, given that there is no candidate?"""
    constraints, xs = situation.reduced.constraints, situation.reduced.variables
    if solutions or not constraints:
        return False
    if len(constraints) >= len(xs) or compactness(situation) is not None:
        return True
    return has_real_point(constraints, xs) is False


def _label(situation: Situation, families: Sequence[Family]) -> str:
    if not situation.candidates and not families:
        return NONE
    return PERIODIC if situation.angles else ALL


def _notes(situation: Situation, model: Model, families: Sequence[Family]) -> list[str]:
    angles = model.angles if situation.candidates or families else {}
    notes = [f"{x} is given up to multiples of {2 * angle.scale}*pi" for x, angle in angles.items()]
    if not situation.domain.open:
        notes.append(NOT_EXAMINED)
    return notes
