"""Gradient of a function of several variables, as a column.

symcalc grad "3*x1**2+5*exp(x2**2)"
symcalc grad "x^2*y + sin(y)" --at x=1,y=0
symcalc grad "x^2+y^2" x y --layout row --latex
"""

from __future__ import annotations

from sympy import ImmutableMatrix, sqrt

from symcalc.calculus.derivation import gradient_derivation
from symcalc.calculus.evaluate import at_point, require_smooth
from symcalc.calculus.fields import gradient
from symcalc.calculus.tidy import tidy
from symcalc.commands._inputs import absent, named, names_in, one_of, pairs, rounded, several, valid_where, where
from symcalc.notation import AtPoint, Nabla
from symcalc.options import At, Digits, Expression, Layout, Steps, Variables
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_point
from symcalc.result import Claim, Fact, Result


def grad(
    expression: Expression,
    *variables: Variables,
    at: At = None,
    layout: Layout = "column",
    steps: Steps = None,
    digits: Digits = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The gradient: an n×1 column, or a 1×n row with layout="row"; or its exact value at a point, with its norm."""
    row = one_of("--layout", layout, ("column", "row", "denominator", "numerator")) in ("row", "numerator")
    source = parse_expression(expression, reading, names_in(variables))
    f = source.value
    xs = several(variables, source, reading)
    column = gradient(f, xs)
    head = Nabla(f, xs, row=row)
    notes = absent(xs, [f])
    shown = gradient_derivation(f, xs, column, steps) if steps else ()
    if at is None:
        facts = (*valid_where(f, xs), *where(f, column))
        claim = Claim("jacobian", ImmutableMatrix([f]), column.T, xs)
        return Result(
            rounded(Fact("gradient", column.T if row else column, of=head), digits), facts, shown, notes, (source,), xs, (claim,)
        )
    point = parse_point(at, xs, reading)
    require_smooth(f, point)
    exact = at_point(column, point)
    norm = tidy(sqrt(sum(g**2 for g in exact)))
    facts = (
        named(source, xs),
        Fact("gradient", column.T if row else column, of=head, lead=True),
        rounded(Fact("norm", norm), digits),
    )
    answer = Fact("gradient", exact.T if row else exact, of=AtPoint(head, *pairs(point, xs)))
    claim = Claim("jacobian", ImmutableMatrix([f]), exact.T, xs, point=point)
    return Result(rounded(answer, digits), facts, shown, notes, (source,), xs, (claim,))
