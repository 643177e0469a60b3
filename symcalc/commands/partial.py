"""Partial derivative, differentiated by the variables in the order written.

symcalc partial "x^2*y^3" x y y
symcalc partial "sin(x1^2+x2)" x1
symcalc partial "x^2*y^3" x y --at x=1,y=2
"""

from __future__ import annotations

from itertools import groupby

from symcalc.calculus.fields import derivative
from symcalc.commands._inputs import absent, named, names_in, pairs, refuse_value, rounded, steps_of, valid_where, where
from symcalc.errors import SymcalcError
from symcalc.notation import Diff, natural_order
from symcalc.options import At, Digits, Expression, Orders, Steps, Value
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_point, parse_variables
from symcalc.result import Claim, Fact, Result


def partial(
    expression: Expression,
    *orders: Orders,
    at: At = None,
    value: Value = None,
    steps: Steps = None,
    digits: Digits = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The mixed partial derivative by `orders`, or its exact value at a point."""
    source = parse_expression(expression, reading, names_in(orders, at))
    f = source.value
    by = parse_variables(list(orders), reading)
    if not by:
        listed = ", ".join(map(str, natural_order(f.free_symbols)))
        raise SymcalcError(
            "usage",
            f"by which variable? The formula has {listed}",
            code="missing-variable",
            hint="name the variables in order: x y y",
        )
    counted = tuple((x, len(list(run))) for x, run in groupby(by))
    head = Diff(f, *counted)
    variables = natural_order(f.free_symbols | set(by))
    total = tuple((x, by.count(x)) for x in dict.fromkeys(by))
    notes = absent(by, [f])
    if at is None:
        refuse_value(value)
        formula = derivative(f, counted)
        shown = steps_of(f, counted, formula, steps)
        facts = (*valid_where(f, list(by)), *where(f, formula))
        claim = Claim("derivative", f, formula, orders=total)
        answer = rounded(Fact("partial derivative", formula, of=head), digits)
        return Result(answer, facts, shown, notes, (source,), variables, (claim,))
    from symcalc.calculus.decide import decide_mixed
    from symcalc.calculus.decide.value import is_smooth
    from symcalc.calculus.realroots import real_roots
    from symcalc.commands._at import given_value, how_sure, named_value, slope_claims, words
    from symcalc.notation import AtPoint

    point = parse_point(at, variables, reading)
    given = given_value(value, f, point, reading)
    verdict = decide_mixed(f, by, variables, point, given)
    place = AtPoint(head, *pairs(point, variables))
    facts = (named(source, variables), *named_value(given, variables, point))
    if verdict.denies:
        answer = Fact("partial derivative", words(verdict), of=place)
        return Result(answer, facts, (), notes, (source,), variables, verdict=verdict)
    smooth = given is None and is_smooth(f, point)
    shown = steps_of(f, counted, derivative(f, counted), steps) if steps and smooth else ()
    claims: tuple[Claim, ...] = (Claim("derivative", real_roots(f), verdict.value, orders=total, point=point),)
    if not smooth:
        line = f.xreplace({x: point[x] for x in variables if x != by[0]})
        claims = slope_claims(line, by[0], point[by[0]], given, verdict.value) if len(by) == 1 else ()
    answer = rounded(Fact("partial derivative", verdict.value, of=place), digits)
    return Result(answer, (*facts, *how_sure(verdict)), shown, notes, (source,), variables, claims, verdict=verdict)
