"""Gradient, Jacobian and Hessian matrices, entry by entry, doing no needless work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Expr, ImmutableMatrix, Max, Min, Piecewise, S, Symbol, count_ops

from symcalc.calculus.conditions import beats, winners
from symcalc.calculus.derive import differentiate
from symcalc.calculus.entries import holding, released
from symcalc.calculus.logistic import recognise_sigmoid
from symcalc.calculus.measure import measure
from symcalc.calculus.tidy import condensed, tidy
from symcalc.errors import SymcalcError

MAX_CASE_OPS = 60
"""Up to this many operations a formula with a maximum is differentiated case by case."""


def derivative(f: Expr, orders: Sequence[tuple[Symbol, int]]) -> Expr:
    """The (mixed, higher) derivative of f, differentiated in the order given and tidied after each step.

    Raises SymcalcError("no") where no formula is known.
    """
    if f.has(S.Infinity, S.NegativeInfinity, S.ComplexInfinity):
        raise SymcalcError("no", "infinity is not a number, so there is nothing to differentiate", code="infinite")
    f = recognise_sigmoid(holding(f, [x for x, _ in orders]))
    cases = winning_cases(f)
    if cases:
        values = [(derivative(value, orders), condition) for value, condition in cases]
        same = len(cases) == len(next(iter(f.atoms(Max, Min))).args) and len({value for value, _ in values}) == 1
        return values[0][0] if same else Piecewise(*values)
    for x, n in orders:
        for _ in range(n - 1):
            f = condensed(differentiate(f, x)) if f.has(x) else S.Zero
        f = differentiate(f, x) if f.has(x) else S.Zero
        f = min((tidy(f), tidy(condensed(f))), key=measure) if n > 2 else tidy(f)
    return released(f)


def winning_cases(f: Expr) -> list[tuple[Expr, Any]]:
    """A short formula with one maximum or minimum, case by case: its value where each argument wins, and that condition.

    Cases in which the formula has no value are left out; nothing when it is not of this kind.
    """
    extrema = f.atoms(Max, Min)
    if len(extrema) != 1 or f.has(Piecewise) or count_ops(f) > MAX_CASE_OPS:
        return []
    (m,) = extrema
    cases = [(f.xreplace({m: u}), beats(u, m.args, isinstance(m, Max))) for u in winners(m)]
    return [(value, c) for value, c in cases if not value.has(S.NaN, S.ComplexInfinity, S.Infinity, S.NegativeInfinity)]


def gradient(f: Expr, variables: Sequence[Symbol]) -> ImmutableMatrix:
    """∇f as an n×1 column."""
    return jacobian(ImmutableMatrix([f]), variables).T


def jacobian(components: ImmutableMatrix, variables: Sequence[Symbol]) -> ImmutableMatrix:
    """The m×n matrix of ∂fᵢ/∂xⱼ of an m×1 column; an entry whose component lacks the variable is not computed."""
    rows = [[derivative(component, [(x, 1)]) for x in variables] for component in components]
    return ImmutableMatrix(rows)


def hessian(f: Expr, variables: Sequence[Symbol]) -> ImmutableMatrix:
    """The n×n matrix of second derivatives; only the upper triangle is computed (Schwarz: f is smooth where the
    formulas hold)."""
    n = len(variables)
    first = list(gradient(f, variables))
    upper = {(i, j): derivative(first[i], [(variables[j], 1)]) for i in range(n) for j in range(i, n)}
    return ImmutableMatrix(n, n, lambda i, j: upper[min(i, j), max(i, j)])
