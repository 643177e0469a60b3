"""Hessian matrix of second partial derivatives; at a point also its eigenvalues and definiteness.

symcalc hessian "x^4+y^4-4*x*y"
symcalc hessian "x^4+y^4-4*x*y" --at x=1,y=1
"""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Expr, ImmutableMatrix, Symbol, Tuple

from symcalc.budget import attempt
from symcalc.calculus.definite import definiteness, eigenvalues, inertia
from symcalc.calculus.derivation import gradient_derivation
from symcalc.calculus.evaluate import at_point, require_smooth
from symcalc.calculus.fields import gradient
from symcalc.calculus.fields import hessian as hessian_matrix
from symcalc.calculus.sign import is_zero
from symcalc.commands._inputs import absent, named, names_in, pairs, rounded, several, valid_where, where
from symcalc.notation import AtPoint, HessianMatrix
from symcalc.options import At, Digits, Expression, Steps, Variables
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_point
from symcalc.result import Claim, Fact, Result, Step

VERDICTS = {
    "positive definite": "strict local minimum",
    "negative definite": "strict local maximum",
    "indefinite": "saddle point",
}
"""The second derivative test at a point where the gradient vanishes; it is silent on semidefinite matrices."""


def hessian(
    expression: Expression,
    *variables: Variables,
    at: At = None,
    steps: Steps = None,
    digits: Digits = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The n×n Hessian matrix, or its exact value at a point with eigenvalues, definiteness and the verdict of the second
    derivative test where that applies."""
    source = parse_expression(expression, reading, names_in(variables))
    f = source.value
    xs = several(variables, source, reading)
    matrix = hessian_matrix(f, xs)
    head = HessianMatrix(f, xs)
    notes = absent(xs, [f])
    shown = _steps(f, xs, matrix, steps) if steps else ()
    if at is None:
        facts = (*valid_where(f, xs), *where(f, matrix))
        claim = Claim("hessian", f, matrix, xs)
        return Result(rounded(Fact("Hessian", matrix, of=head), digits), facts, shown, notes, (source,), xs, (claim,))
    point = parse_point(at, xs, reading)
    require_smooth(f, point)
    exact = at_point(matrix, point)
    character: list[Fact] = attempt("definiteness", lambda: _character(f, xs, point, exact, digits), list)
    facts = (named(source, xs), Fact("Hessian", matrix, of=head, lead=True), *character)
    answer = Fact("Hessian", exact, of=AtPoint(head, *pairs(point, xs)))
    claim = Claim("hessian", f, exact, xs, point=point)
    return Result(rounded(answer, digits), facts, shown, notes, (source,), xs, (claim,))


def _steps(f: Expr, xs: tuple[Symbol, ...], matrix: ImmutableMatrix, kind: str) -> tuple[Step, ...]:
    """The derivations of the gradient, and of the entries on and above the diagonal from it: ∂²f/∂x∂y is found once."""
    first = list(gradient(f, xs))
    shown = gradient_derivation(f, xs, first, kind)
    for i, g in enumerate(first):
        shown += gradient_derivation(g, xs[i:], matrix[i, i:], kind)
    return shown


def _character(
    f: Expr, xs: tuple[Symbol, ...], point: Mapping[Symbol, Expr], exact: ImmutableMatrix, digits: int | None
) -> list[Fact]:
    """Eigenvalues, definiteness and, where the gradient is zero, what kind of point it is."""
    facts = []
    values = eigenvalues(exact)
    if values is not None:
        facts.append(rounded(Fact("eigenvalues", Tuple(*values)), digits))
    found = inertia(exact)
    if found is None:
        return [*facts, Fact("definiteness", "not decided")]
    name = definiteness(found)
    facts.append(Fact("definiteness", name))
    if all(is_zero(g) for g in at_point(gradient(f, xs), point)):
        facts.append(Fact("verdict", VERDICTS.get(name, "the second derivative test does not decide")))
    return facts
