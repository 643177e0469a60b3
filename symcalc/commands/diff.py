"""Derivative of a function of one variable, of any order.

symcalc diff "x^3 - 1/x"
symcalc diff "exp(x^2)" x -n 4
symcalc diff "x^3 - 1/x" --at 1
"""

from __future__ import annotations

from sympy import Expr, Symbol

from symcalc.calculus.definition import first_principles
from symcalc.calculus.derivation import derivation
from symcalc.calculus.evaluate import at_point, require_smooth
from symcalc.calculus.fields import derivative
from symcalc.commands._inputs import absent, named, names_in, pairs, rounded, single, valid_where, where
from symcalc.errors import SymcalcError
from symcalc.notation import AtPoint, Diff
from symcalc.options import At, Digits, Expression, FromDefinition, Order, Steps, Variable
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_point
from symcalc.result import Claim, Fact, Result, Step


def diff(
    expression: Expression,
    variable: Variable = None,
    *,
    order: Order = 1,
    at: At = None,
    steps: Steps = None,
    from_definition: FromDefinition = False,
    digits: Digits = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The derivative of order `order`, or its exact value at a point."""
    source = parse_expression(expression, reading, names_in([variable]))
    f = source.value
    x = single(variable, source, reading)
    orders = ((x, order),)
    value = derivative(f, orders)
    head = Diff(f, *orders)
    notes = absent([x], [f])
    shown = _shown(f, x, order, value, steps, from_definition)
    if at is None:
        claim = Claim("derivative", f, value, orders=orders)
        facts = (*valid_where(f, [x]), *where(f, value))
        return Result(rounded(Fact("derivative", value, of=head), digits), facts, shown, notes, (source,), (x,), (claim,))
    point = parse_point(at, (x,), reading)
    require_smooth(f, point)
    exact = at_point(value, point)
    claim = Claim("derivative", f, exact, orders=orders, point=point)
    answer = Fact("derivative", exact, of=AtPoint(head, *pairs(point, (x,))))
    return Result(rounded(answer, digits), (named(source, (x,)),), shown, notes, (source,), (x,), (claim,))


def _shown(f: Expr, x: Symbol, order: int, value: Expr, steps: str | None, from_definition: bool) -> tuple[Step, ...]:
    """The derivation asked for. Raises SymcalcError("usage") for a higher derivative by its definition."""
    if not from_definition:
        return derivation(f, ((x, order),), value, steps) if steps else ()
    if order > 1:
        problem = "--from-definition is about the first derivative"
        raise SymcalcError("usage", problem, code="option-value", hint="leave out --order, or write --steps instead")
    return first_principles(f, x, value)
