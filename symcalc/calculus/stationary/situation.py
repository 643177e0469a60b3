"""What is known about a problem when global claims are made: candidates, domain, completeness."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from symcalc.calculus.stationary.admissible import sign_conditions
from symcalc.calculus.stationary.boundedness import boundedness, listed
from symcalc.calculus.stationary.bounds import bounded_by, hazards
from symcalc.calculus.stationary.candidates import Candidate
from symcalc.calculus.stationary.emptiness import has_real_point
from symcalc.calculus.stationary.system import Problem, Reduced
from symcalc.result import Phrase, pieces


@dataclass(frozen=True, slots=True)
class Level:
    """A value that the objective takes on a family of stationary points."""

    exact: Expr
    ball: Any
    where: Phrase


@dataclass(frozen=True, slots=True)
class Domain:
    """`open`: wherever the functions are defined on the feasible set, they are smooth near it. `closed`: moreover the
    part of the feasible set where they are defined is closed."""

    open: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """The candidates, sorted by value, and constant levels on families.

    `angles` are variables that matter only modulo their period; `complete` is False when a candidate may be missing
    (the objective is not periodic although the conditions are) or the value on a family is not known; `edges` are the
    radicands of the objective whose zeros are among the candidates.
    """

    problem: Problem
    reduced: Reduced
    candidates: Sequence[Candidate]
    levels: Sequence[Level]
    angles: Sequence[Symbol]
    complete: bool
    domain: Domain
    edges: Sequence[Expr] = ()


def domain_of(problem: Problem, reduced: Reduced, examined: Collection[Expr] = ()) -> Domain:
    """What may vanish under a root, a logarithm or a fraction bar is no harm where it is shown not to vanish on the feasible
    set, or where its zeros are `examined` as an edge of the domain."""
    if sign_conditions(problem.variables):
        return Domain(open=True, closed=False)
    found = [hazards(h) for h in (problem.objective, *problem.constraints)]
    if None in found:
        return Domain(open=False, closed=False)
    left = []
    for hazard in {h for some in found for h in some or [] if not (h.root and h.expression in examined)}:
        u = hazard.expression.subs(reduced.back)
        polynomial = all(h.is_polynomial(*reduced.variables) for h in (u, *reduced.constraints))
        if not polynomial or has_real_point([*reduced.constraints, u], reduced.variables) is not False:
            left.append(hazard)
    return Domain(open=not any(h.root for h in left), closed=not left)


def compactness(situation: Situation) -> Phrase | None:
    """Why the feasible set is compact and everything on it smooth, or None when that is not shown."""
    lines = [x for x in situation.reduced.variables if x not in situation.angles]
    if not situation.complete or not situation.domain.closed:
        return None
    found = bounded_by(situation.reduced.constraints, lines)
    if found is None and situation.edges and not situation.angles:
        problem = situation.problem
        why = boundedness(problem.constraints, [-u for u in situation.edges], problem.variables)
        return None if why is None else ("the feasible set is compact (", *pieces(why), ")")
    if found is None:
        return None
    reasons: list[tuple[Any, ...]] = [(g, " = 0 bounds ", *listed(xs)) for g, xs in found]
    if situation.angles:
        reasons.append(("only the position of ", *listed(situation.angles), " within a period matters"))
    return ("the feasible set is compact (", *[piece for reason in reasons for piece in ("; ", *reason)][1:], ")")
