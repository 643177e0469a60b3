"""Convexity by composition rules, and subdifferentials of convex functions.

The rules are those of disciplined convex programming (Grant, Boyd and Ye, 2006; Boyd and Vandenberghe, Convex Optimization,
section 3.2); subdifferentials by Rockafellar, Convex Analysis, sections 23 and 24.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sympy as sp
from sympy import Expr, S, Symbol

from symcalc.calculus.logistic import softplus_argument
from symcalc.calculus.sign import sign_of

AFFINE, CONVEX, CONCAVE = "affine", "convex", "concave"
OPPOSITE = {AFFINE: AFFINE, CONVEX: CONCAVE, CONCAVE: CONVEX, None: None}


def curvature(e: Expr, xs: Collection[Symbol]) -> str | None:
    """ "affine", "convex", "concave" in the variables, or None when the rules show neither."""
    if not e.free_symbols & set(xs) or e.is_Symbol:
        return AFFINE
    if e.is_Add:
        return _sum([curvature(a, xs) for a in e.args])
    if e.is_Mul:
        return _product(e, xs)
    inside = [curvature(a, xs) for a in e.args]
    if isinstance(e, sp.Max):
        return CONVEX if set(inside) <= {AFFINE, CONVEX} else None
    if isinstance(e, sp.Min):
        return CONCAVE if set(inside) <= {AFFINE, CONCAVE} else None
    if isinstance(e, sp.Abs):
        return CONVEX if inside[0] == AFFINE or (inside[0] == CONVEX and e.args[0].is_nonnegative) else None
    if isinstance(e, sp.log):
        return _logarithm(e, xs, inside[0])
    if isinstance(e, sp.exp):
        return CONVEX if inside[0] in (AFFINE, CONVEX) else None
    if e.is_Pow:
        return _power(e, xs, inside[0])
    if isinstance(e, sp.Piecewise):
        return _pieces(e, xs)
    return None


def _sum(kinds: list[str | None]) -> str | None:
    bent = set(kinds) - {AFFINE}
    return AFFINE if not bent else bent.pop() if len(bent) == 1 else None


def _product(e: Expr, xs: Collection[Symbol]) -> str | None:
    constant, rest = e.as_independent(*xs, as_Add=False)
    kind = curvature(rest, xs) if rest != e else None
    sign = sign_of(constant)
    return kind if sign in (0, 1) or kind == AFFINE else OPPOSITE[kind] if sign == -1 else None


def _logarithm(e: Expr, xs: Collection[Symbol], inside: str | None) -> str | None:
    """ln of a concave function is concave; ln of a sum of exponentials of affine functions is convex (log-sum-exp)."""
    if inside in (AFFINE, CONCAVE):
        return CONCAVE
    soft = softplus_argument(e)
    if soft is not None and curvature(soft, xs) in (AFFINE, CONVEX):
        return CONVEX
    terms = sp.Add.make_args(e.args[0])
    logs = [sp.expand_log(sp.log(term), force=True) if term.has(sp.exp) else term for term in terms]
    convex = all(
        (not term.free_symbols & set(xs) and sign_of(term) == 1) or (term.has(sp.exp) and curvature(log, xs) == AFFINE)
        for term, log in zip(terms, logs, strict=True)
    )
    return CONVEX if convex else None


def _power(e: Expr, xs: Collection[Symbol], inside: str | None) -> str | None:
    base, n = e.as_base_exp()
    if n.free_symbols & set(xs):
        return CONVEX if not base.free_symbols & set(xs) and sign_of(base) == 1 and curvature(n, xs) == AFFINE else None
    if n.is_Integer and n > 0 and n % 2 == 0 and (inside == AFFINE or (inside == CONVEX and is_nonnegative(base, xs))):
        return CONVEX
    if n == S.Half and is_sum_of_squares(base, xs):
        return CONVEX
    if sign_of(n) == 1 and sign_of(n - 1) in (-1, 0) and inside in (AFFINE, CONCAVE):
        return CONCAVE
    if sign_of(n - 1) in (0, 1) and inside in (AFFINE, CONVEX) and is_nonnegative(base, xs):
        return CONVEX
    return None


def is_nonnegative(e: Expr, xs: Collection[Symbol]) -> bool:
    """Whether e is shown not to be negative anywhere."""
    if e.is_nonnegative:
        return True
    if isinstance(e, sp.Max):
        return any(is_nonnegative(a, xs) for a in e.args)
    return is_sum_of_squares(e, xs)


def is_sum_of_squares(e: Expr, xs: Collection[Symbol]) -> bool:
    """Whether e is a sum of squares of affine functions, with coefficients that are not negative, and of such constants: the
    square of a norm."""
    return all(_is_square(term, xs) for term in sp.Add.make_args(e))


def _is_square(term: Expr, xs: Collection[Symbol]) -> bool:
    constant, rest = term.as_independent(*xs, as_Add=False)
    if sign_of(constant) not in (0, 1):
        return False
    return rest is S.One or (rest.is_Pow and rest.exp == 2 and curvature(rest.base, xs) == AFFINE)


def _pieces(e: Any, xs: Collection[Symbol]) -> str | None:
    """A function of one variable in pieces of affine or convex functions is convex when its pieces join with rising slopes."""
    if len(xs) != 1 or len(e.args) != 2 or e.args[1][1] != True:  # noqa: E712
        return None
    (x,) = xs
    (first, condition), (second, _) = e.args
    if (
        not condition.is_Relational
        or condition.lhs != x
        or condition.rhs.free_symbols
        or condition.rel_op not in ("<", "<=", ">", ">=")
    ):
        return None
    a = condition.rhs
    below, above = (first, second) if condition.rel_op in ("<", "<=") else (second, first)
    if {curvature(below, xs), curvature(above, xs)} - {AFFINE, CONVEX}:
        return None
    gap = sp.simplify((below - above).xreplace({x: a}))
    rise = sign_of((sp.diff(above, x) - sp.diff(below, x)).xreplace({x: a}))
    return CONVEX if gap == 0 and rise in (0, 1) else None
