"""What an expression's form proves: smoothness, bounds term by term, growth at infinity, convexity, bounded sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq_mat
from sympy import (
    Add,
    Expr,
    Integer,
    Matrix,
    Poly,
    Pow,
    Rational,
    Symbol,
    atan,
    cos,
    cosh,
    diff,
    erf,
    exp,
    hessian,
    log,
    sin,
    sinh,
    tanh,
)

from symcalc.calculus.stationary.field import rational
from symcalc.calculus.stationary.linear import inertia_of_signs
from symcalc.notation import RealRoot, sigmoid

ENTIRE = (exp, sin, cos, sinh, cosh, tanh, atan, erf, sigmoid)
"""Functions that are smooth on the whole real line."""


@dataclass(frozen=True, slots=True)
class Hazard:
    """An expression whose vanishing may end the domain of a function or, for a root, its smoothness inside it."""

    expression: Expr
    root: bool


def hazards(e: Expr) -> list[Hazard] | None:
    """All hazards of an expression, without those proven positive: none, and it is smooth for all real values of its
    symbols. None when it holds something unknown."""
    if not e.args:
        return [] if e.is_real else None
    own: list[Hazard] = []
    parts = e.args
    if isinstance(e, Pow) and e.base.is_number and e.base.is_positive and not isinstance(e, exp):
        parts = (e.exp,)
    elif isinstance(e, Pow) and not isinstance(e, exp):
        if not e.exp.is_number:
            return None
        parts = (e.base,)
        if not (e.exp.is_Integer and e.exp >= 0) and not e.base.is_positive:
            own = [Hazard(e.base, not e.exp.is_Integer)]
    elif isinstance(e, RealRoot):
        parts, own = (e.args[0],), [Hazard(e.args[0], True)]
    elif isinstance(e, log):
        own = [] if e.args[0].is_positive else [Hazard(e.args[0], False)]
    elif not (e.is_Add or e.is_Mul or isinstance(e, ENTIRE)):
        return None
    below = [hazards(a) for a in parts]
    return None if None in below else own + [h for found in below for h in found or []]


def lower_bound(f: Expr) -> Expr | None:
    """The constant term, when every other term is an even power or otherwise never negative."""
    constant: Expr = Integer(0)
    for term in Add.make_args(f):
        if term.is_number:
            constant += term
        elif not term.is_nonnegative:
            return None
    return constant


def growth(f: Expr, variables: Sequence[Symbol]) -> int:
    """+1 if the polynomial tends to +oo as the variables go to infinity in any way, -1 if to -oo, 0 if not shown.

    Shown by diagonal dominance: pure even powers c_i·x_i^d_i of one sign; every other monomial x^a has weight
    Σ a_i/d_i ≤ 1, and those of weight 1 are absorbed by the inequality of the arithmetic and geometric means.
    A quadratic is decided by its form.
    """
    poly = Poly(f, *variables)
    if any(not c.is_Rational for c in poly.coeffs()):
        return 0
    degrees = [max((m[i] for m in poly.monoms() if m[i] and sum(m) == m[i]), default=0) for i in range(len(variables))]
    if any(d == 0 or d % 2 for d in degrees):
        return 0
    if poly.total_degree() == 2:
        return definiteness(hessian(f, list(variables)), strict=True)
    slack = [poly.coeff_monomial(x**d) for x, d in zip(variables, degrees, strict=True)]
    if len({c > 0 for c in slack}) > 1:
        return 0
    sign = 1 if slack[0] > 0 else -1
    slack = [abs(c) for c in slack]
    for monomial, c in poly.terms():
        shares = [Rational(a, d) for a, d in zip(monomial, degrees, strict=True)]
        if sum(shares) > 1:
            return 0
        harmless = c * sign > 0 and all(a % 2 == 0 for a in monomial)
        if sum(shares) == 1 and sum(1 for a in monomial if a) > 1 and not harmless:
            slack = [s - abs(c) * w for s, w in zip(slack, shares, strict=True)]
    return sign if all(s > 0 for s in slack) else 0


def definiteness(matrix: Matrix, strict: bool = False) -> int:
    """+1 for a positive semidefinite rational matrix (definite if `strict`), -1 for a negative one, else 0."""
    entries = list(matrix)
    if not all(a.is_Rational for a in entries):
        return 0
    size = matrix.rows
    coefficients = fmpq_mat(size, size, [rational(a) for a in entries]).charpoly().coeffs()[::-1]
    positive, negative, zero = inertia_of_signs([(c > 0) - (c < 0) for c in coefficients])
    if strict and zero:
        return 0
    return 1 if not negative else -1 if not positive else 0


def curvature(f: Expr, variables: Sequence[Symbol]) -> int:
    """+1 if f is convex on its domain, -1 if concave, 0 if not shown: a constant semidefinite Hessian, or a separable
    function whose second derivatives have one sign. A variable with a logarithm of its own is positive; otherwise the
    function has to be smooth everywhere, because its domain must be convex."""
    matrix = hessian(f, list(variables))
    if not matrix.free_symbols:
        return definiteness(matrix)
    if not matrix.is_diagonal():
        return 0
    positive = {x: Symbol(x.name, positive=True) for x in variables if log(x) in f.atoms(log)}
    if hazards(f.subs(positive)) != []:
        return 0
    second = [diff(f, x, 2).subs(positive) for x in variables]
    if all(a.is_nonnegative for a in second):
        return 1
    return -1 if all(a.is_nonpositive for a in second) else 0


def bounded_by(constraints: Sequence[Expr], variables: Sequence[Symbol]) -> list[tuple[Expr, list[Symbol]]] | None:
    """Which constraint bounds which variables, if together they bound all of them; else None.

    A constraint g = 0 bounds x when g grows (or falls) without bound as x goes to infinity. Several constraints are
    also tried as the sum of their squares.
    """
    polynomial = [g for g in constraints if g.is_polynomial(*variables)]
    if len(polynomial) > 1:
        polynomial.append(Add(*(g**2 for g in polynomial)))
    found: list[tuple[Expr, list[Symbol]]] = []
    left = list(variables)
    while left:
        step = next(((g, new) for g in polynomial if (new := _newly_bounded(g, left))), None)
        if step is None:
            return None
        found.append(step)
        left = [x for x in left if x not in step[1]]
    return found


def _newly_bounded(g: Expr, unbounded: Sequence[Symbol]) -> list[Symbol]:
    """The unbounded variables of g if g tends to infinity with them whatever the bounded ones do."""
    present = [x for x in unbounded if x in g.free_symbols]
    if not present:
        return []
    if len(present) == 1:
        return present if Poly(g, *present).LC().is_Rational else []
    return present if growth(g, present) else []
