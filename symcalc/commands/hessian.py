"""Hessian matrix of second partial derivatives; at a point also its eigenvalues and definiteness.

symcalc hessian "x^4+y^4-4*x*y"
symcalc hessian "x^4+y^4-4*x*y" --at x=1,y=1
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from sympy import Expr, ImmutableMatrix, Symbol, Tuple

from symcalc.budget import attempt
from symcalc.calculus.fields import gradient
from symcalc.calculus.fields import hessian as hessian_matrix
from symcalc.commands._inputs import absent, named, names_in, pairs, refuse_value, rounded, several, valid_where, where
from symcalc.notation import HessianMatrix
from symcalc.options import At, Digits, Expression, Steps, Value, Variables
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_point
from symcalc.result import Claim, Fact, Result, Source, Step, Verdict, pieces

NO_SECOND = "a second derivative does not exist"
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
    value: Value = None,
    steps: Steps = None,
    digits: Digits = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The n×n Hessian matrix, or its exact value at a point with eigenvalues, definiteness and the verdict of the second
    derivative test where that applies."""
    source = parse_expression(expression, reading, names_in(variables, at))
    f = source.value
    xs = several(variables, source, reading)
    head = HessianMatrix(f, xs)
    notes = absent(xs, [f])
    point = None if at is None else parse_point(at, xs, reading)
    if point is not None and (value is not None or not _is_smooth(f, point)):
        from symcalc.commands._at import given_value

        return _from_definition(source, xs, point, given_value(value, f, point, reading), digits)
    matrix = hessian_matrix(f, xs)
    shown = _steps(f, xs, matrix, steps) if steps else ()
    if point is None:
        refuse_value(value)
        facts = (*valid_where(f, xs), *where(f, matrix))
        claim = Claim("hessian", f, matrix, xs)
        return Result(rounded(Fact("Hessian", matrix, of=head), digits), facts, shown, notes, (source,), xs, (claim,))
    from symcalc.calculus.evaluate import at_point
    from symcalc.notation import AtPoint

    exact = at_point(matrix, point)
    character: list[Fact] = attempt("definiteness", lambda: _character(f, xs, point, exact, digits), list)
    facts = (named(source, xs), Fact("Hessian", matrix, of=head, lead=True), *character)
    answer = Fact("Hessian", exact, of=AtPoint(head, *pairs(point, xs)))
    claim = Claim("hessian", f, exact, xs, point=point)
    return Result(rounded(answer, digits), facts, shown, notes, (source,), xs, (claim,))


def _from_definition(
    source: Source, xs: tuple[Symbol, ...], point: Mapping[Symbol, Expr], given: Expr | None, digits: int | None
) -> Result:
    """The matrix of second derivatives at a point where the formulas need not hold, each from the definition and in both
    orders; a verdict that names the first one that does not exist."""
    from symcalc.calculus.decide import decide_mixed
    from symcalc.calculus.limits import NUMBERS, PROOF
    from symcalc.commands._at import how_sure, named_value
    from symcalc.notation import AtPoint, Leibniz

    f = source.value
    place = AtPoint(HessianMatrix(f, xs), *pairs(point, xs))
    facts = (named(source, xs), *named_value(given, xs, point))
    verdicts = {(x, y): decide_mixed(f, (x, y), xs, point, given) for x in xs for y in xs}
    for (x, y), verdict in verdicts.items():
        if verdict.denies:
            answer = Fact("Hessian", "not decided" if verdict.status == "undecided" else NO_SECOND, of=place)
            known = () if verdict.subdifferential else pieces(verdict.reason)
            why = (", ", *known) if known else ()
            reason = (Leibniz(Symbol("f"), *_orders(x, y), partial=True), ": ", verdict.status, *why)
            found = dataclasses.replace(verdict, subdifferential=None, reason=reason)
            return Result(answer, facts, (), absent(xs, [f]), (source,), xs, verdict=found)
    exact = ImmutableMatrix([[verdicts[x, y].value for y in xs] for x in xs])
    certainty = NUMBERS if any(v.certainty == NUMBERS for v in verdicts.values()) else PROOF
    told = "" if exact.is_symmetric() else "the mixed second derivatives differ, so the matrix is not symmetric"
    verdict = Verdict("differentiable", exact, reason=told, certainty=certainty)
    answer = rounded(Fact("Hessian", exact, of=place), digits)
    return Result(answer, (*facts, *how_sure(verdict)), (), absent(xs, [f]), (source,), xs, verdict=verdict)


def _is_smooth(f: Expr, point: Mapping[Symbol, Expr]) -> bool:
    from symcalc.calculus.decide.value import is_smooth

    return is_smooth(f, point)


def _orders(x: Symbol, y: Symbol) -> list[tuple[Symbol, int]]:
    return [(x, 2)] if x == y else [(x, 1), (y, 1)]


def _steps(f: Expr, xs: tuple[Symbol, ...], matrix: ImmutableMatrix, kind: str) -> tuple[Step, ...]:
    """The derivations of the gradient, and of the entries on and above the diagonal from it: ∂²f/∂x∂y is found once."""
    from symcalc.calculus.derivation import gradient_derivation

    first = list(gradient(f, xs))
    shown = gradient_derivation(f, xs, first, kind)
    for i, g in enumerate(first):
        shown += gradient_derivation(g, xs[i:], matrix[i, i:], kind)
    return shown


def _character(
    f: Expr, xs: tuple[Symbol, ...], point: Mapping[Symbol, Expr], exact: ImmutableMatrix, digits: int | None
) -> list[Fact]:
    """The eigenvalues and, where the gradient is zero and the second derivative test applies, definiteness and what it says."""
    from symcalc.calculus.definite import definiteness, eigenvalues, inertia
    from symcalc.calculus.evaluate import at_point
    from symcalc.calculus.sign import is_zero

    facts = []
    values = eigenvalues(exact)
    if values is not None:
        facts.append(rounded(Fact("eigenvalues", Tuple(*values)), digits))
    found = inertia(exact)
    if found is None:
        return [*facts, Fact("definiteness", "not decided")]
    if not all(is_zero(g) for g in at_point(gradient(f, xs), point)):
        return facts
    name = definiteness(found)
    verdict = VERDICTS.get(name, "the second derivative test does not decide")
    return [*facts, Fact("definiteness", name), Fact("verdict", verdict)]
