"""A feasible set with inequalities: is it empty, compact, convex, and what follows for the extrema of a function on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import flint
from sympy import Expr, Poly, Rational, S, Symbol, hessian

from symcalc.calculus.decide.convex import AFFINE, CONVEX, curvature
from symcalc.calculus.enclosure import NoBall, enclose
from symcalc.calculus.sign import sign_of
from symcalc.calculus.stationary.analysis import ALL, INFEASIBLE, NONE, lagrange_points
from symcalc.calculus.stationary.boundedness import boundedness
from symcalc.calculus.stationary.bounds import hazards, lower_bound
from symcalc.calculus.stationary.classify import UNQUALIFIED
from symcalc.calculus.stationary.closed import ball_of
from symcalc.calculus.stationary.extrema import SIDES, beaten, undecided
from symcalc.calculus.stationary.situation import Domain
from symcalc.calculus.stationary.system import pose, reduce
from symcalc.calculus.stationary.witness import BITS, Witness, witnesses
from symcalc.result import Extremum, Family, Point, pieces

AT_KINK = ", at a kink"
"""What is said behind the kind of a point where the objective or a constraint has a kink."""


@dataclass(frozen=True, slots=True)
class Feasible:
    """The points where every equation g = 0 and every inequality g ≤ 0 holds."""

    equations: tuple[Expr, ...]
    inequalities: tuple[Expr, ...]
    variables: tuple[Symbol, ...]


def subsets(positions: Sequence[int]) -> list[tuple[int, ...]]:
    """Every set of inequalities that may be active, small ones first."""
    return [active for size in range(len(positions) + 1) for active in combinations(positions, size)]


def emptiness(feasible: Feasible) -> bool:
    """Whether the set is shown to be empty. The point of a closed set that is nearest to a given one is stationary for the
    distance: where there is no such point, nothing is feasible."""
    # the given point is no centre of symmetry
    nearest = sum(((x - Rational(2 * i + 1, 7)) ** 2 for i, x in enumerate(feasible.variables)), S.Zero)
    inequalities = feasible.inequalities
    labels = set()
    for active in subsets(range(len(inequalities))):
        used = [*feasible.equations, *(inequalities[i] for i in active)]
        found = lagrange_points(nearest, used, feasible.variables)
        labels.add(found.label)
        if found.families:
            return False
        for point in found.points:
            signs = [sign_of(g.xreplace(dict(point.at))) for i, g in enumerate(inequalities) if i not in active]
            if None in signs or all(s is not None and s <= 0 for s in signs):
                return False
    return labels <= {ALL, NONE, INFEASIBLE}


def domain_on(feasible: Feasible, functions: Sequence[Expr]) -> Domain:
    """How the domain of the functions lies in the feasible set; what may vanish under a root, a logarithm or a fraction bar is
    no harm where no feasible point has it zero."""
    found = [hazards(h) for h in (*functions, *feasible.equations, *feasible.inequalities)]
    if None in found:
        return Domain(open=False, closed=False)
    left = [
        hazard
        for hazard in {h for some in found for h in some or []}
        if not emptiness(replace(feasible, equations=(*feasible.equations, hazard.expression)))
    ]
    return Domain(open=not any(h.root for h in left), closed=not left)


def extrema(
    feasible: Feasible, f: Expr, points: Sequence[Point], families: Sequence[Family], complete: bool
) -> dict[str, Extremum]:
    """The least and largest values of f: attained where f is convex (concave) on a convex set, at any point whose multipliers
    have the right signs, and where the feasible set is shown to be compact and the list is complete; not attained where
    another feasible point has a better value than all of a complete list."""
    known = undecided()
    domain = domain_on(feasible, [f]) if complete else Domain(open=False, closed=False)
    reason = boundedness(feasible.equations, feasible.inequalities, feasible.variables) if domain.closed else None
    found = feasible_witnesses(feasible, f) if domain.open and reason is None else []
    for side, sign in SIDES.items():
        best = best_of(points, families, feasible, side)
        if best is None:
            continue
        inside = any(family.value == best.value and not family.active for family in families)
        fitting = inside or any(_fits(points[i], sign, len(feasible.equations)) for i in best.points)
        if fitting and best.status == "attained" and is_convex_set(feasible) and is_convex(sign * f, feasible.variables):
            words = f"{'a convex' if sign > 0 else 'a concave'} objective on a convex set"
            known[side] = replace(best, reason=words)
        elif reason is not None and best.status == "attained":
            known[side] = replace(best, reason=("the feasible set is compact (", *pieces(reason), ")"))
        elif best.status == "attained" and lower_bound(sign * f) == sign * best.value:
            words = f"the objective is never {'less' if sign > 0 else 'greater'}, term by term"
            known[side] = replace(best, reason=words)
        elif complete:
            known[side] = beaten(found, side, ball_of(best.value)) or known[side]
    return known


def best_of(points: Sequence[Point], families: Sequence[Family], feasible: Feasible, side: str) -> Extremum | None:
    """The best value that is listed, without a reason; its status is "undecided" where it is that of a family of which no
    feasible point is known. None where values do not compare."""
    sign = SIDES[side]
    values = [p.value for p in points] + [family.value for family in families]
    if not values or None in values:
        return None
    best = values[0]
    for value in values[1:]:
        order = sign_of(sign * (best - value))
        if order is None:
            return None
        best = value if order == 1 else best
    equal = tuple(i for i, p in enumerate(points) if sign_of(p.value - best) == 0)
    on = [family for family in families if family.value == best and any(_contains(feasible, at) for at in family.samples)]
    places = tuple(dict.fromkeys(("where ", *pieces(family.where)) if family.where else ("everywhere",) for family in on))
    return Extremum(side, "attained" if equal or on else "undecided", best, equal, places)


def _contains(feasible: Feasible, at: Mapping[Symbol, Expr]) -> bool:
    signs = [sign_of(g.xreplace(dict(at))) for g in feasible.inequalities]
    return all(s is not None and s <= 0 for s in signs)


def feasible_witnesses(feasible: Feasible, f: Expr) -> list[Witness]:
    """Some feasible points with the values of f."""
    problem, reduced = reduce(pose(f, feasible.equations, feasible.variables))
    if reduced is None or problem.parameters():
        return []
    return [w for w in witnesses(reduced, feasible.variables) if _satisfies(w, feasible.inequalities)]


def _satisfies(witness: Witness, inequalities: Sequence[Expr]) -> bool:
    with flint.ctx.workprec(BITS):
        try:
            return all(enclose(g, witness.at) <= 0 for g in inequalities)
        except NoBall:
            return False


def _fits(point: Point, sign: int, equations: int) -> bool:
    """Whether the multipliers of the inequalities are those of a minimum (sign 1) or maximum (-1)."""
    if point.kind.startswith(UNQUALIFIED) or (point.kind.endswith(AT_KINK) and not point.kind.startswith("strict")):
        return False
    signs = [sign_of(m) for m in list(point.multipliers.values())[equations:]]
    return all(s is not None and s * sign <= 0 for s in signs)


def is_convex_set(feasible: Feasible) -> bool:
    """Whether the set is shown to be convex."""
    xs = feasible.variables
    return all(is_convex(g, xs) for g in feasible.inequalities) and all(is_affine(g, xs) for g in feasible.equations)


def is_affine(g: Expr, xs: Sequence[Symbol]) -> bool:
    return curvature(g, xs) == AFFINE or (g.is_polynomial(*xs) and Poly(g, *xs).total_degree() <= 1)


def is_convex(f: Expr, xs: Sequence[Symbol]) -> bool:
    """Whether f is shown to be convex: by the rules of composition, or as a quadratic polynomial by its Hessian matrix."""
    if curvature(f, xs) in (AFFINE, CONVEX):
        return True
    if not f.is_polynomial(*xs) or Poly(f, *xs).total_degree() > 2:
        return False
    return bool(hessian(f, list(xs)).is_positive_semidefinite)
