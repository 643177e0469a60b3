"""Partial derivative, differentiated by the variables in the order written.

symcalc partial "x^2*y^3" x y y
symcalc partial "sin(x1^2+x2)" x1
symcalc partial "x^2*y^3" x y --at x=1,y=2
"""

from __future__ import annotations

from itertools import groupby

from symcalc.calculus.derivation import derivation
from symcalc.calculus.evaluate import at_point, require_smooth
from symcalc.calculus.fields import derivative
from symcalc.commands._inputs import absent, named, names_in, pairs, rounded, valid_where, where
from symcalc.errors import SymcalcError
from symcalc.notation import AtPoint, Diff, natural_order
from symcalc.options import At, Digits, Expression, Orders, Steps
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_point, parse_variables
from symcalc.result import Claim, Fact, Result


def partial(
    expression: Expression,
    *orders: Orders,
    at: At = None,
    steps: Steps = None,
    digits: Digits = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The mixed partial derivative by `orders`, or its exact value at a point."""
    source = parse_expression(expression, reading, names_in(orders))
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
    value = derivative(f, counted)
    head = Diff(f, *counted)
    variables = natural_order(f.free_symbols | set(by))
    total = tuple((x, by.count(x)) for x in dict.fromkeys(by))
    notes = absent(by, [f])
    shown = derivation(f, counted, value, steps) if steps else ()
    if at is None:
        facts = (*valid_where(f, list(by)), *where(f, value))
        claim = Claim("derivative", f, value, orders=total)
        return Result(
            rounded(Fact("partial derivative", value, of=head), digits), facts, shown, notes, (source,), variables, (claim,)
        )
    point = parse_point(at, variables, reading)
    require_smooth(f, point)
    exact = at_point(value, point)
    claim = Claim("derivative", f, exact, orders=total, point=point)
    answer = Fact("partial derivative", exact, of=AtPoint(head, *pairs(point, variables)))
    return Result(rounded(answer, digits), (named(source, variables),), shown, notes, (source,), variables, (claim,))
