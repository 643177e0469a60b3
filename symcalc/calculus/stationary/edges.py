"""Points on the edge of the domain: where u in a square root of the objective vanishes.

With s = √u the objective is a smooth function F(x, s). Near a point with u = 0 the term ∂F/∂s·s outweighs every change that is
linear in u, so that its sign and what the objective does along the edge decide the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from sympy import Dummy, Expr, Integer, Matrix, Poly, Pow, Symbol, diff, hessian, sqrt

from symcalc.calculus.sign import sign_of
from symcalc.calculus.stationary.classify import ISOLATED, NEITHER, UNKNOWN
from symcalc.calculus.stationary.system import Problem
from symcalc.notation import RealRoot
from symcalc.result import Point, Points

AT_APEX = ", where the root vanishes"
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
            apex = _apex(edge[0], problem.variables) if size == 1 and not problem.constraints else None
            there = edge if apex is None else [x - a for x, a in apex.items()]
            along = solve(smooth.subs(roots), [*problem.constraints, *there], problem.variables)
            if along.label not in complete or along.families:
                return None
            for point in along.points:
                inside = [sign_of(u.subs(point.at)) for u in found if u not in edge]
                if None in inside:
                    return None
                if all(s == 1 for s in inside):
                    slopes = [sign_of(diff(smooth, found[u]).subs(roots).subs(point.at)) for u in edge]
                    numbers = {k: v for k, v in point.numeric.items() if k == "value" or k in {x.name for x in point.at}}
                    kind = _kind(point.kind, slopes) + AT_EDGE
                    if apex is not None:
                        kind = _kind_at_apex(smooth, found[edge[0]], edge[0], roots, apex) + AT_APEX
                    points.append(replace(point, multipliers={}, numeric=numbers, kind=kind))
    return points


def _apex(u: Expr, xs: Sequence[Symbol]) -> dict[Symbol, Expr] | None:
    """The only real zero of a definite quadratic polynomial that is nowhere negative: its root is a cone there."""
    if Poly(u, *xs).total_degree() != 2:
        return None
    form = hessian(u, xs)
    if not form.is_positive_definite:
        return None
    lowest = form.LUsolve(-Matrix([diff(u, x) for x in xs]).subs(dict.fromkeys(xs, 0)))
    at = dict(zip(xs, lowest, strict=True))
    return at if u.subs(at).expand() == 0 else None


def _kind_at_apex(smooth: Expr, s: Symbol, u: Expr, roots: Mapping[Symbol, Expr], apex: Mapping[Symbol, Expr]) -> str:
    """At the apex the objective changes by g·v + c·√(vᵀAv) in the direction v, with g = ∂F/∂x, c = ∂F/∂s and A half the Hessian
    of u: of one sign if |c| exceeds the length √(gᵀA⁻¹g) of g, and of both if it is less."""
    xs = list(apex)
    c = diff(smooth, s).subs(roots).subs(apex)
    g = Matrix([diff(smooth.subs(roots), x) for x in xs]).subs(apex)
    sign, excess = sign_of(c), sign_of((c**2 - (g.T * (hessian(u, xs) / 2).inv() * g)[0]).expand())
    if excess in (None, 0) or sign is None:
        return UNKNOWN
    return OTHER[sign] if excess > 0 else NEITHER


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
