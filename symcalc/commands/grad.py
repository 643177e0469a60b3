"""Gradient of a function of several variables, as a column.

symcalc grad "3*x1**2+5*exp(x2**2)"
symcalc grad "x^2*y + sin(y)" --at x=1,y=0
symcalc grad "x^2+y^2" x y --layout row --latex
"""

from __future__ import annotations

from sympy import Expr, ImmutableMatrix, Symbol, sqrt

from symcalc.calculus.fields import gradient
from symcalc.commands._inputs import absent, named, names_in, one_of, pairs, refuse_value, rounded, several, valid_where, where
from symcalc.notation import Nabla
from symcalc.options import LAYOUTS, At, Digits, Expression, Layout, Steps, Value, Variables
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_point
from symcalc.result import Claim, Fact, Result, Step


def grad(
    expression: Expression,
    *variables: Variables,
    at: At = None,
    value: Value = None,
    layout: Layout = "column",
    steps: Steps = None,
    digits: Digits = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The gradient: an n×1 column, or a 1×n row with layout="row"; or its exact value at a point, with its norm, where f
    is totally differentiable; else a verdict that says what is missing."""
    row = one_of("--layout", layout, LAYOUTS) in ("row", "numerator")
    source = parse_expression(expression, reading, names_in(variables, at))
    f = source.value
    xs = several(variables, source, reading)
    head = Nabla(f, xs, row=row)
    notes = absent(xs, [f])
    if at is None:
        refuse_value(value)
        column = gradient(f, xs)
        shown = _shown(f, xs, column, steps)
        facts = (*valid_where(f, xs), *where(f, column))
        claim = Claim("gradient", f, column, xs)
        return Result(
            rounded(Fact("gradient", column.T if row else column, of=head), digits), facts, shown, notes, (source,), xs, (claim,)
        )
    from symcalc.calculus.decide import decide_several
    from symcalc.calculus.decide.value import is_smooth
    from symcalc.calculus.realroots import real_roots
    from symcalc.calculus.tidy import tidy
    from symcalc.commands._at import given_value, gradient_claims, how_sure, named_value, words
    from symcalc.notation import AtPoint

    point = parse_point(at, xs, reading)
    given = given_value(value, f, point, reading)
    place = AtPoint(head, *pairs(point, xs))
    verdict = decide_several(f, xs, point, given)
    known = [named(source, xs), *named_value(given, xs, point)]
    if verdict.denies:
        answer = Fact("gradient", words(verdict), of=place)
        return Result(answer, tuple(known), (), notes, (source,), xs, verdict=verdict)
    exact, smooth = verdict.value, given is None and is_smooth(f, point)
    column = gradient(f, xs) if smooth else None
    shown = () if column is None else _shown(f, xs, column, steps)
    known += [] if column is None else [Fact("gradient", column.T if row else column, of=head, lead=True)]
    known += [rounded(Fact("norm", tidy(sqrt(sum(g**2 for g in exact)))), digits), *how_sure(verdict)]
    answer = rounded(Fact("gradient", exact.T if row else exact, of=place), digits)
    claims: tuple[Claim, ...] = (Claim("gradient", real_roots(f), exact, xs, point=point),)
    claims = claims if smooth else gradient_claims(f, xs, point, given, list(exact))
    return Result(answer, tuple(known), shown, notes, (source,), xs, claims, verdict=verdict)


def _shown(f: Expr, xs: tuple[Symbol, ...], column: ImmutableMatrix, steps: str | None) -> tuple[Step, ...]:
    """The derivation asked for."""
    if not steps:
        return ()
    from symcalc.calculus.derivation import gradient_derivation

    return gradient_derivation(f, xs, column, steps)
