"""The formula as it was read, in any format, or its exact or decimal value.

symcalc eval "sqrt(x^2+1)/2" --latex
symcalc eval "sin(x)/x" --at x=1/10 --digits 30
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Expr, Function, ImmutableMatrix, Symbol

from symcalc.calculus.evaluate import at_point
from symcalc.commands._inputs import rounded
from symcalc.errors import SymcalcError
from symcalc.notation import AtPoint, OrderedSum, natural_order
from symcalc.options import At, Digits, Formula, Steps
from symcalc.parse import DEFAULT, Reading, parse_any, parse_point, valued_names
from symcalc.result import Claim, Fact, Result, Step


def eval(formula: Formula, *, at: At = None, steps: Steps = None, digits: Digits = None, reading: Reading = DEFAULT) -> Result:
    """The formula, vector, equation or condition as read; at a point its exact value; with `digits` its decimals; with `steps`
    the values put in."""
    source = parse_any(formula, reading, valued_names(at or ""))
    value: Any = source.value
    if source.params and (at is not None or digits is not None):
        value = value.rhs
    xs = natural_order(value.free_symbols)
    if at is None and digits is None:
        return Result(Fact("value", value), sources=(source,), variables=xs)
    point = parse_point(at, xs, reading) if at is not None else {}
    exact = at_point(value, point)
    if digits is not None and exact.free_symbols:
        missing = ", ".join(map(str, natural_order(exact.free_symbols)))
        raise SymcalcError("usage", f"{missing} has no value", code="missing-value", hint="give it one: --at x=1/10")
    if digits is not None and not isinstance(exact, Expr | ImmutableMatrix):
        raise SymcalcError("usage", "an equation or condition has no decimal value", code="no-value", hint="leave out --digits")
    claims: tuple[Claim, ...] = ()
    if isinstance(value, Expr | ImmutableMatrix):
        claims = (Claim("value", value, exact, point=point),)
    head = AtPoint(Function("f")(*xs), *point.items()) if point and not isinstance(value, ImmutableMatrix) else None
    shown = _put_in(value, point, head, exact) if steps and head is not None else ()
    return Result(rounded(Fact("value", exact, of=head), digits), (), shown, (), (source,), xs, claims)


def _put_in(f: Expr, point: Mapping[Symbol, Expr], head: AtPoint, exact: Expr) -> tuple[Step, ...]:
    """f with the values in the places of the names, not evaluated, and what becomes of it."""
    placed = f.xreplace({x: OrderedSum(a) for x, a in point.items()})
    return (Step("put in", head, placed), Step("simplify", placed, exact)) if placed != exact else (Step("put in", head, exact),)
