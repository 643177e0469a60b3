"""Derivative of a function of one variable, of any order.

symcalc diff "x^3 - 1/x"
symcalc diff "exp(x^2)" x -n 4
symcalc diff "x^3 - 1/x" --at 1
symcalc diff "x^2 + y^2 = 25" x --implicit y
"""

from __future__ import annotations

from sympy import Expr, Symbol

from symcalc.calculus.fields import derivative
from symcalc.commands._inputs import absent, named, names_in, pairs, refuse_value, rounded, single, steps_of, valid_where, where
from symcalc.errors import SymcalcError
from symcalc.notation import Diff
from symcalc.options import At, Digits, Expression, FromDefinition, Implicit, Order, Steps, Value, Variable
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_point
from symcalc.result import Claim, Fact, Result, Step


def diff(
    expression: Expression,
    variable: Variable = None,
    *,
    order: Order = 1,
    at: At = None,
    value: Value = None,
    steps: Steps = None,
    from_definition: FromDefinition = False,
    implicit: Implicit = None,
    digits: Digits = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The derivative of order `order`; at a point its exact value, or a verdict why there is none. `value` is that of the
    function at the point where its formula gives none. `implicit` is a name that an equation makes a function of the others."""
    if implicit is not None:
        if value is not None or from_definition:
            problem = "--implicit does not go together with --value or --from-definition"
            raise SymcalcError("usage", problem, code="option-conflict", hint="leave one of them out")
        from symcalc.commands._implicit import implicit_diff

        return implicit_diff(expression, variable, implicit, order=order, at=at, steps=steps, digits=digits, reading=reading)
    source = parse_expression(expression, reading, names_in([variable], at))
    f = source.value
    x = single(variable, source, reading)
    orders = ((x, order),)
    head = Diff(f, *orders)
    notes = absent([x], [f])
    if at is None:
        refuse_value(value)
        formula = derivative(f, orders)
        shown = _shown(f, x, order, formula, steps, from_definition)
        claim = Claim("derivative", f, formula, orders=orders)
        facts = (*valid_where(f, [x]), *where(f, formula))
        return Result(rounded(Fact("derivative", formula, of=head), digits), facts, shown, notes, (source,), (x,), (claim,))
    from symcalc.calculus.decide import decide_higher
    from symcalc.calculus.decide.value import is_smooth
    from symcalc.calculus.realroots import real_roots
    from symcalc.commands._at import definition_steps, given_value, how_sure, named_value, slope_claims, words
    from symcalc.notation import AtPoint

    point = parse_point(at, (x,), reading)
    given = given_value(value, f, point, reading)
    smooth = given is None and is_smooth(f, point)
    verdict = decide_higher(f, x, point[x], order, given)
    place = AtPoint(head, *pairs(point, (x,)))
    facts = (named(source, (x,)), *named_value(given, (x,), point))
    if smooth and (steps or from_definition):
        shown = _shown(f, x, order, derivative(f, orders), steps, from_definition)
    else:
        shown = definition_steps(f, x, point[x], given, verdict, place) if order == 1 and (steps or from_definition) else ()
    if verdict.denies:
        return Result(Fact("derivative", words(verdict), of=place), facts, shown, notes, (source,), (x,), verdict=verdict)
    claims: tuple[Claim, ...] = (Claim("derivative", real_roots(f), verdict.value, orders=orders, point=point),)
    if not smooth:
        claims = slope_claims(f, x, point[x], given, verdict.value) if order == 1 else ()
    answer = rounded(Fact("derivative", verdict.value, of=place), digits)
    return Result(answer, (*facts, *how_sure(verdict)), shown, notes, (source,), (x,), claims, verdict=verdict)


def _shown(f: Expr, x: Symbol, order: int, value: Expr, steps: str | None, from_definition: bool) -> tuple[Step, ...]:
    """The derivation asked for. Raises SymcalcError("usage") for a higher derivative by its definition."""
    if not from_definition:
        return steps_of(f, ((x, order),), value, steps)
    if order > 1:
        problem = "--from-definition is about the first derivative"
        raise SymcalcError("usage", problem, code="option-value", hint="leave out --order, or write --steps instead")
    from symcalc.calculus.definition import first_principles

    return first_principles(f, x, value)
