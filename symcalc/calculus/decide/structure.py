"""Total differentiability by structure: sums, products, chains and maxima of differentiable functions are differentiable.

Chain and product rule at a point (Rudin, Principles of Mathematical Analysis, theorems 9.15 and 5.3); u·v for u with u(p) = 0
differentiable and v continuous; |w| and max where the arguments touch with the same gradient.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp
from sympy import Expr, S, Symbol

from symcalc.calculus.decide.one import decide_one
from symcalc.calculus.decide.value import value_at
from symcalc.calculus.fields import derivative
from symcalc.calculus.sign import is_zero, sign_of
from symcalc.calculus.smooth import obstacle
from symcalc.notation import RealRoot, sigmoid

Gradient = tuple[Expr, ...]
CONTINUOUS = (
    sp.Abs, sp.Max, sp.Min, sp.exp, sp.sin, sp.cos, sp.atan, sp.tanh, sp.sinh, sp.cosh, sp.erf, sp.asinh, sigmoid, RealRoot,
)  # fmt: skip
"""Functions that are continuous at every real argument."""


def gradient_at(f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> Gradient | None:
    """The gradient of f at the point if f is shown to be totally differentiable there, else None."""
    if not f.free_symbols & set(xs):
        return (S.Zero,) * len(xs)
    if obstacle(f, point) is None:
        values = [value_at(derivative(f, [(x, 1)]), point) for x in xs]
        return tuple(v for v in values if v is not None) if None not in values else None
    if f.is_Add:
        parts = [gradient_at(a, xs, point) for a in f.args]
        return None if None in parts else tuple(sp.Add(*column) for column in zip(*(p for p in parts if p), strict=True))
    if f.is_Mul:
        return _product(f, xs, point)
    if isinstance(f, sp.Max | sp.Min):
        return _extremum(f, xs, point)
    return _chain(f, xs, point)


def _product(f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> Gradient | None:
    u, v = f.args[0], sp.Mul(*f.args[1:])
    for one, other in ((u, v), (v, u)):
        slope, value = gradient_at(one, xs, point), value_at(one, point)
        if slope is None or value is None or not is_continuous(other, point):
            continue
        factor = value_at(other, point)
        if factor is None:
            continue
        if is_zero(value):
            return tuple(factor * s for s in slope)
        second = gradient_at(other, xs, point)
        if second is not None:
            return tuple(factor * s + value * r for s, r in zip(slope, second, strict=True))
    return None


def _extremum(f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> Gradient | None:
    """The arguments that win at the point must have one gradient."""
    values = [value_at(a, point) for a in f.args]
    if None in values:
        return None
    best = (sp.Max if isinstance(f, sp.Max) else sp.Min)(*values)
    signs = [sign_of(v - best) for v in values if v is not None]
    if None in signs or not all(is_continuous(a, point) for a in f.args):
        return None
    slopes = {gradient_at(a, xs, point) for a, s in zip(f.args, signs, strict=True) if s == 0}
    return slopes.pop() if len(slopes) == 1 else None


def _chain(f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> Gradient | None:
    """F(u) with one argument that moves."""
    moving = [i for i, a in enumerate(f.args) if a.free_symbols & set(xs)]
    if len(moving) != 1 or isinstance(f, sp.Piecewise):
        return None
    (i,) = moving
    u = f.args[i]
    slope, value = gradient_at(u, xs, point), value_at(u, point)
    if slope is None or value is None:
        return None
    s = sp.Dummy("s", real=True)
    outer = f.func(*(s if j == i else a for j, a in enumerate(f.args)))
    if isinstance(f, sp.Abs) and is_zero(value):
        return slope if all(is_zero(g) for g in slope) else None
    verdict = decide_one(outer, s, value)
    if verdict.status != "differentiable":
        return None
    return tuple(verdict.value * g for g in slope)


def is_continuous(f: Expr, point: Mapping[Symbol, Expr]) -> bool:
    """Whether f is shown to be continuous at the point, relative to where it is defined."""
    if obstacle(f, point) is None:
        return True
    if f.is_Add or f.is_Mul or isinstance(f, CONTINUOUS):
        return all(is_continuous(a, point) for a in f.args)
    if f.is_Pow and f.exp.is_Rational:
        value = value_at(f.base, point)
        return value is not None and is_continuous(f.base, point) and (f.exp > 0 or not is_zero(value))
    return False
