"""Points on the edge of the domain: where u in a square root of the objective vanishes.

With s = √u the objective is a smooth function F(x, s). Near a point with u = 0 the term ∂F/∂s·s outweighs every change that is
linear in u, so that its sign and what the objective does along the edge decide the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from sympy import Dummy, Expr, Integer, Pow, Symbol, diff, sqrt

from symcalc.calculus.sign import sign_of
from symcalc.calculus.stationary.classify import ISOLATED, NEITHER, UNKNOWN
from symcalc.calculus.stationary.system import Problem
from symcalc.notation import RealRoot
from symcalc.result import Point, Points

AT_EDGE = ", at the edge of the domain"
"""What is said behind the kind of a point where a root of the objective vanishes."""
MOST_ROOTS = 3
OTHER = {1: "strict minimum", -1: "strict maximum"}
Solve = Callable[[Expr, Sequence[Expr], Sequence[Symbol]], Points]


def radicands(problem: Problem) -> dict[Expr, Symbol] | None:
    """What stands under the square roots of the objective, with a symbol for each root; None where a root is of another kind
    or in a constraint, or where there are many."""
    xs = set(problem.variables)
    if any(_roots(g, xs) for g in problem.constraints) or problem.objective.has(RealRoot):
        return None
    found: dict[Expr, Symbol] = {}
    for root in sorted(_roots(problem.objective, xs), key=str):
        if root.exp.q != 2 or root.exp < 0 or not root.base.is_polynomial(*xs):
            return None
        found.setdefault(root.base, Dummy("s", nonnegative=True))
    return found if len(found) <= MOST_ROOTS else None


def _roots(e: Expr, xs: set[Symbol]) -> set[Pow]:
    return {p for p in e.atoms(Pow) if p.exp.is_Rational and not p.exp.is_Integer and p.base.free_symbols & xs}


def edge_points(problem: Problem, found: Mapping[Expr, Symbol], solve: Solve, complete: Sequence[str]) -> list[Point] | None:
    """The stationary points along the edges of the domain, with their kinds; None where they are not all found. `solve` gives
    the stationary points under equations, `complete` are the labels of a complete list."""
    smooth = problem.objective.replace(
        lambda e: isinstance(e, Pow) and e.base in found and not e.exp.is_Integer, lambda e: found[e.base] ** (2 * e.exp)
    )
    points: list[Point] = []
    for size in range(1, len(found) + 1):
        for edge in combinations(found, size):
            roots = {s: Integer(0) if u in edge else sqrt(u) for u, s in found.items()}
            along = solve(smooth.subs(roots), [*problem.constraints, *edge], problem.variables)
            if along.label not in complete or along.families:
                return None
            for point in along.points:
                inside = [sign_of(u.subs(point.at)) for u in found if u not in edge]
                if None in inside:
                    return None
                if all(s == 1 for s in inside):
                    slopes = [sign_of(diff(smooth, found[u]).subs(roots).subs(point.at)) for u in edge]
                    numbers = {k: v for k, v in point.numeric.items() if k == "value" or k in {x.name for x in point.at}}
                    points.append(replace(point, multipliers={}, numeric=numbers, kind=_kind(point.kind, slopes) + AT_EDGE))
    return points


def _kind(along: str, slopes: Sequence[int | None]) -> str:
    """From the kind along the edge and the signs of ∂F/∂s."""
    signs = set(slopes)
    if None in signs or 0 in signs:
        return UNKNOWN
    if len(signs) > 1:
        return NEITHER
    wanted = OTHER[slopes[0] or 0]
    if along in (ISOLATED, wanted):
        return wanted
    return NEITHER if along in ("saddle", *OTHER.values()) else UNKNOWN
