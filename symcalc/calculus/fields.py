"""Gradient, Jacobian and Hessian matrices, entry by entry, doing no needless work."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, ImmutableMatrix, S, Symbol

from symcalc.calculus.derive import differentiate
from symcalc.calculus.tidy import condensed, recognise_sigmoid, tidy
from symcalc.errors import SymcalcError


def derivative(f: Expr, orders: Sequence[tuple[Symbol, int]]) -> Expr:
    """The (mixed, higher) derivative of f, differentiated in the order given and tidied after each step.

    Raises SymcalcError("no") where no formula is known.
    """
    if f.has(S.Infinity, S.NegativeInfinity, S.ComplexInfinity):
        raise SymcalcError("no", "infinity is not a number, so there is nothing to differentiate", code="infinite")
    f = recognise_sigmoid(f)
    for x, n in orders:
        for _ in range(n - 1):
            f = condensed(differentiate(f, x)) if f.has(x) else S.Zero
        f = tidy(differentiate(f, x)) if f.has(x) else S.Zero
    return f


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
