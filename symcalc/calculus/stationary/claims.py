"""What a list of stationary points asserts, point by point, in the form that the check by numbers judges."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Symbol

from symcalc.calculus.stationary.classify import UNQUALIFIED
from symcalc.calculus.stationary.edges import AT_APEX, AT_EDGE
from symcalc.calculus.stationary.system import pose
from symcalc.result import Claim, Point, Points


def point_claims(objective: Expr, constraints: Sequence[Expr], variables: Sequence[Symbol], found: Points) -> tuple[Claim, ...]:
    """One "stationary" claim for each point, over the constraints that its multipliers belong to: superfluous ones are
    left out, repeated factors removed. Points whose kind and multipliers were not decided, and
    those where a root vanishes, claim nothing."""
    problem = pose(objective, constraints, variables)
    kept = dict(zip(problem.names, problem.constraints, strict=True))

    def claim(point: Point) -> Claim | None:
        if point.kind.endswith((AT_EDGE, AT_APEX)):
            return None
        unqualified = point.kind.startswith(UNQUALIFIED)
        if kept and not point.multipliers and not unqualified:
            return None
        used = tuple(kept.values()) if unqualified else tuple(kept[name] for name in point.multipliers)
        value = None if unqualified else tuple(point.multipliers.values())
        return Claim("stationary", objective, value, tuple(variables), point=point.at, constraints=used)

    return tuple(c for p in found.points if (c := claim(p)) is not None)
