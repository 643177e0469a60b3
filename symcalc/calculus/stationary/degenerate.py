"""Points where the second-order test is silent: the first term along the kernel of the reduced Hessian, the lowest form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

from flint import fmpq
from sympy import Add, Dummy, Expr, Poly, Pow, Symbol, diff

from symcalc.calculus.stationary.bounds import growth
from symcalc.calculus.stationary.field import Element, Field, rational
from symcalc.calculus.stationary.linear import eliminate, null_space
from symcalc.calculus.stationary.system import Problem

DIRECTIONS = (-2, -1, 0, 1)
HIGHEST_ORDER = 8
WEIGHTS = (1, 2, 3)
"""Exponents of the curves that are tried."""
MOST_CURVED = 3
"""In more variables no curves are tried."""
Series = list[Element]


def kernel_term(
    problem: Problem, field: Field, at: Mapping[Symbol, Element], multipliers: Sequence[Element]
) -> tuple[int, Element] | None:
    """The first non-zero term c·t^k (k ≥ 3) of the objective along the kernel of the reduced Hessian, as (k, c).

    Lyapunov-Schmidt: the curve z(t) = z0 + t·v + ... in the variables and multipliers solves ∇L = 0 but for a
    multiple s(t) of the kernel vector v; where s begins with s_k·t^k, the objective begins with a positive multiple of
    s_k·t^(k+1). Only for polynomials with rational coefficients; None when no term up to the highest order is found.
    """
    names = [Dummy(f"m{i}", real=True) for i in range(len(multipliers))]
    unknowns = [*problem.variables, *names]
    lagrangian = problem.objective - Add(*(k * g for k, g in zip(names, problem.constraints, strict=True)))
    system = [diff(lagrangian, z) for z in unknowns]
    if not all(e.is_polynomial(*unknowns) and _is_rational(e) for e in system):
        return None
    start = [*(at[x] for x in problem.variables), *multipliers]
    point = dict(zip(unknowns, ([value] for value in start), strict=True))
    matrix = [[_series(diff(e, z), point, field, 1)[0] for z in unknowns] for e in system]
    kernel = null_space(matrix, field.element(1))
    if len(kernel) != 1:
        return None
    v = kernel[0]
    bordered = [[*row, a] for row, a in zip(matrix, v, strict=True)] + [[*v, field.element(0)]]
    curve = [[value, direction] for value, direction in zip(start, v, strict=True)]
    for k in range(2, HIGHEST_ORDER):
        values = dict(zip(unknowns, curve, strict=True))
        residual = [_series(e, values, field, k + 1)[k] for e in system]
        solved = eliminate([[*row, -r] for row, r in zip(bordered, [*residual, field.element(0)], strict=True)])[0]
        *correction, multiple = [row[-1] for row in solved]
        if multiple:
            return k + 1, -multiple
        curve = [[*series, c] for series, c in zip(curve, correction, strict=True)]
    return None


def kind_by_lowest_form(f: Expr, at: Mapping[Symbol, Expr]) -> str | None:
    """The kind of a stationary point with rational coordinates of a polynomial without constraints, by the lowest form of
    f(at + h) - f(at): a saddle where it takes both signs, strict where it is shown to be definite; None otherwise."""
    xs = list(at)
    if not f.is_polynomial(*xs) or not _is_rational(f) or not all(a.is_Rational for a in at.values()):
        return None
    shifted = Poly(f.xreplace({x: x + a for x, a in at.items()}), *xs)
    terms = [(m, c) for m, c in shifted.terms() if sum(m)]
    if not terms:
        return None
    order = min(sum(m) for m, _ in terms)
    form = Poly(dict(t for t in terms if sum(t[0]) == order), *xs)
    if order % 2:
        return "saddle"
    values = [form(*direction) for direction in product(DIRECTIONS, repeat=len(xs))]
    if min(values) < 0 < max(values):
        return "saddle"
    definite = growth(form.as_expr(), xs)
    if definite in (1, -1):
        return "strict minimum" if definite == 1 else "strict maximum"
    return "saddle" if _takes_both_signs(terms, len(xs)) else None


def _takes_both_signs(terms: Sequence[tuple[tuple[int, ...], Expr]], size: int) -> bool:
    """Whether a polynomial without constant term is positive on one curve h = (d1·t^w1, ..., dn·t^wn) for small t > 0 and
    negative on another: its first nonzero coefficient in t says so."""
    seen: set[bool] = set()
    for weights in product(WEIGHTS, repeat=size) if size <= MOST_CURVED else ():
        powers = sorted((sum(w * k for w, k in zip(weights, m, strict=True)), m, c) for m, c in terms)
        for direction in product(DIRECTIONS, repeat=size):
            coefficients: dict[int, Expr] = {}
            for power, m, c in powers:
                coefficients[power] = coefficients.get(power, 0) + c * prod(d**k for d, k in zip(direction, m, strict=True))
            first = next((c for c in coefficients.values() if c), None)
            if first is not None:
                seen.add(bool(first > 0))
            if len(seen) == 2:
                return True
    return False


def _is_rational(e: Expr) -> bool:
    return all(n.is_Rational for n in e.atoms() if not n.is_Symbol)


def _series(e: Expr, values: Mapping[Symbol, Series], field: Field, length: int) -> Series:
    """The first coefficients of a polynomial expression along power series."""
    zero = field.element(fmpq(0))
    if e in values:
        known = values[e][:length]
        return known + [zero] * (length - len(known))
    if not e.args:
        return [field.element(rational(e))] + [zero] * (length - 1)
    if isinstance(e, Pow):
        base = _series(e.base, values, field, length)
        result = base
        for _ in range(int(e.exp) - 1):
            result = _product(result, base, zero)
        return result
    parts = [_series(a, values, field, length) for a in e.args]
    total = parts[0]
    for part in parts[1:]:
        total = [a + b for a, b in zip(total, part, strict=True)] if e.is_Add else _product(total, part, zero)
    return total


def _product(a: Series, b: Series, zero: Element) -> Series:
    result = [zero] * len(a)
    for i, p in enumerate(a):
        for j, q in enumerate(b[: len(a) - i]):
            result[i + j] = result[i + j] + p * q
    return result
