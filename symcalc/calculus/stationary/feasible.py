"""The feasible set of equations and inequalities: whether it is empty, bounded, convex, and everything smooth on it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from sympy import Expr, Integer, Poly, Rational, S, Symbol, hessian

from symcalc.calculus.decide.convex import AFFINE, CONVEX, curvature
from symcalc.calculus.decide.order import is_definite_form
from symcalc.calculus.sign import sign_of
from symcalc.calculus.stationary.analysis import ALL, INFEASIBLE, NONE, lagrange_points
from symcalc.calculus.stationary.bounds import hazards


def subsets(positions: Sequence[int]) -> list[tuple[int, ...]]:
    return [active for size in range(len(positions) + 1) for active in combinations(positions, size)]


def emptiness(equations: Sequence[Expr], inequalities: Sequence[Expr], xs: Sequence[Symbol]) -> str:
    """Why a complete list is empty. The point of a closed feasible set that is nearest to a given one is stationary for the
    distance: where there is no such point, nothing is feasible."""
    nearest = sum(((x - Rational(2 * i + 1, 7)) ** 2 for i, x in enumerate(xs)), S.Zero)  # not a centre of symmetry
    labels = set()
    for active in subsets(range(len(inequalities))):
        found = lagrange_points(nearest, [*equations, *(inequalities[i] for i in active)], xs)
        labels.add(found.label)
        if found.families:
            return NONE
        for point in found.points:
            signs = [sign_of(g.xreplace(dict(point.at))) for i, g in enumerate(inequalities) if i not in active]
            if None in signs or all(s is not None and s <= 0 for s in signs):
                return NONE
    return INFEASIBLE if labels <= {ALL, NONE, INFEASIBLE} else NONE


def is_smooth(f: Expr, equations: Sequence[Expr], inequalities: Sequence[Expr], xs: Sequence[Symbol]) -> bool:
    """Whether f and the constraints are shown to be smooth near every feasible point: nothing under a root, a logarithm or a
    fraction bar vanishes there."""
    found = [hazards(h) for h in (f, *equations, *inequalities)]
    if None in found:
        return False
    vanishing = {h.expression for some in found for h in some or []}
    return all(emptiness([*equations, u], inequalities, xs) == INFEASIBLE for u in vanishing)


def is_affine(g: Expr, xs: Sequence[Symbol]) -> bool:
    return curvature(g, xs) == AFFINE or (g.is_polynomial(*xs) and Poly(g, *xs).total_degree() <= 1)


def is_convex(f: Expr, xs: Sequence[Symbol]) -> bool:
    """Whether f is shown to be convex: by the rules of composition, or as a quadratic polynomial by its Hessian matrix."""
    if curvature(f, xs) in (AFFINE, CONVEX):
        return True
    if not f.is_polynomial(*xs) or Poly(f, *xs).total_degree() > 2:
        return False
    return bool(hessian(f, list(xs)).is_positive_semidefinite)


def compactness(equations: Sequence[Expr], inequalities: Sequence[Expr], xs: Sequence[Symbol]) -> str | None:
    """Why the feasible set is bounded: a constraint whose highest form is definite, or bounds of every variable."""
    for g in (*inequalities, *equations):
        if g.is_polynomial(*xs) and g.free_symbols <= set(xs):
            p = Poly(g, *xs)
            top = sum((c * _monomial(m, xs) for m, c in p.terms() if sum(m) == p.total_degree()), S.Zero)
            positive = sign_of(top.xreplace(dict.fromkeys(xs, Integer(1)))) == 1
            if p.total_degree() >= 2 and is_definite_form(top, xs) and (positive or g in equations):
                return f"{g} {'<=' if g in inequalities else '='} 0 bounds every variable"
    below: set[Symbol] = set()
    above: set[Symbol] = set()
    linear = [(g, Poly(g, *xs)) for g in (*inequalities, *equations) if g.is_polynomial(*xs) and Poly(g, *xs).total_degree() == 1]
    for g, p in linear:
        moving = {x: p.coeff_monomial(x) for x in xs if p.coeff_monomial(x) != 0}
        if len(moving) == 1:
            ((x, c),) = moving.items()
            (above if sign_of(c) == 1 else below).add(x)
            if g in equations:
                below.add(x)
                above.add(x)
    for _, p in linear:
        moving = {x: p.coeff_monomial(x) for x in xs if p.coeff_monomial(x) != 0}
        if all(sign_of(c) == 1 for c in moving.values()) and set(moving) <= below:
            above |= set(moving)
    return "every variable is bounded on both sides" if set(xs) <= below & above else None


def _monomial(powers: Sequence[int], xs: Sequence[Symbol]) -> Expr:
    result: Expr = S.One
    for x, k in zip(xs, powers, strict=True):
        result *= x**k
    return result
