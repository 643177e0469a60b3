"""Jacobian matrix of a vector function: rows are the transposed gradients of its components.

symcalc jacobian "[x1^2*x2 + exp(x2), sin(x1*x2)]"
symcalc jacobian "x*exp(y), x/y, sin(x*y)" x y
symcalc jacobian "r*cos(t), r*sin(t)" r t --at r=2,t=pi/3
"""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Expr, ImmutableMatrix, Symbol

from symcalc.budget import attempt
from symcalc.calculus.fields import jacobian as jacobian_matrix
from symcalc.calculus.tidy import tidy
from symcalc.commands._inputs import absent, named, names_in, one_of, pairs, rounded, several, valid_where, where
from symcalc.notation import JacobianMatrix
from symcalc.options import MATRIX_LAYOUTS, At, Digits, MatrixLayout, Steps, Variables, Vector
from symcalc.parse import DEFAULT, Reading, parse_point, parse_vector
from symcalc.result import Claim, Fact, Result, Source, Step, Verdict

MAX_DETERMINANT = 6
"""Determinants of larger symbolic matrices are not computed: they have up to n! terms."""


def jacobian(
    vector: Vector,
    *variables: Variables,
    at: At = None,
    layout: MatrixLayout = "numerator",
    steps: Steps = None,
    digits: Digits = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The m×n Jacobian matrix (n×m with layout="denominator"), with its determinant when it is square; or its exact
    value at a point."""
    denominator = one_of("--layout", layout, MATRIX_LAYOUTS) == "denominator"
    source = parse_vector(vector, reading, names_in(variables, at))
    components = source.value
    xs = several(variables, source, reading)
    matrix = jacobian_matrix(components, xs)
    head = JacobianMatrix(components, xs, denominator=denominator)
    notes = absent(xs, [components])
    shown = _steps(components, xs, matrix, steps) if steps else ()
    square = matrix.rows == matrix.cols <= MAX_DETERMINANT
    if at is None:
        facts = _determinant(matrix) if square else []
        facts += [*valid_where(components, xs), *where(components, matrix)]
        answer = rounded(Fact("Jacobian", matrix.T if denominator else matrix, of=head), digits)
        return Result(answer, tuple(facts), shown, notes, (source,), xs, (Claim("jacobian", components, matrix, xs),))
    from symcalc.calculus.decide.value import is_smooth
    from symcalc.calculus.evaluate import at_point
    from symcalc.notation import AtPoint

    point = parse_point(at, xs, reading)
    if not all(is_smooth(component, point) for component in components):
        return _decided(source, xs, point, denominator, digits)
    exact = at_point(matrix, point)
    facts = [named(source, xs), Fact("Jacobian", matrix.T if denominator else matrix, of=head, lead=True)]
    facts += [rounded(fact, digits) for fact in _determinant(exact)] if square else []
    answer = Fact("Jacobian", exact.T if denominator else exact, of=AtPoint(head, *pairs(point, xs)))
    claim = Claim("jacobian", components, exact, xs, point=point)
    return Result(rounded(answer, digits), tuple(facts), shown, notes, (source,), xs, (claim,))


def _steps(components: ImmutableMatrix, xs: tuple[Symbol, ...], matrix: ImmutableMatrix, kind: str) -> tuple[Step, ...]:
    """The derivations of all entries, row by row."""
    from symcalc.calculus.derivation import derivation

    entries = [(f, x, matrix[i, j]) for i, f in enumerate(components) for j, x in enumerate(xs)]
    return tuple(step for f, x, value in entries for step in derivation(f, [(x, 1)], value, kind))


def _decided(
    source: Source, xs: tuple[Symbol, ...], point: Mapping[Symbol, Expr], denominator: bool, digits: int | None
) -> Result:
    """The Jacobian at a point where some formulas need not hold, or a verdict about the first component that has no gradient."""
    from symcalc.calculus.decide import decide_several
    from symcalc.calculus.limits import PROOF
    from symcalc.commands._at import gradient_claims, words
    from symcalc.notation import AtPoint

    components = source.value
    place = AtPoint(JacobianMatrix(components, xs, denominator=denominator), *pairs(point, xs))
    rows: list[list[Expr]] = []
    claims: list[Claim] = []
    for i, component in enumerate(components, start=1):
        verdict = decide_several(component, xs, point)
        if verdict.denies:
            said = Fact("Jacobian", f"component {i} is {words(verdict)}", of=place)
            return Result(said, (named(source, xs),), sources=(source,), variables=xs, verdict=verdict)
        rows.append(list(verdict.value))
        claims += gradient_claims(component, xs, point, None, rows[-1])
    exact = ImmutableMatrix(rows)
    answer = rounded(Fact("Jacobian", exact.T if denominator else exact, of=place), digits)
    verdict = Verdict("differentiable", exact, certainty=PROOF)
    return Result(answer, (named(source, xs),), (), (), (source,), xs, tuple(claims), verdict=verdict)


def _determinant(matrix: ImmutableMatrix) -> list[Fact]:
    return attempt("determinant", lambda: [Fact("determinant", tidy(matrix.det(method="berkowitz")))], list)
