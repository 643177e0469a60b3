"""Directional derivative at a point, with the direction brought to length 1, and the steepest direction.

symcalc directional "x^2*y" --at x=1,y=2 --along 3,4
symcalc directional "x1^2+x2^2" --at x1=1,x2=1 --along 3,4 --no-unit
"""

from __future__ import annotations

from sympy import Add, Dummy, Expr, ImmutableMatrix, S, sqrt

from symcalc.calculus.derivation import gradient_derivation
from symcalc.calculus.evaluate import at_point, require_smooth
from symcalc.calculus.fields import gradient
from symcalc.calculus.sign import is_zero
from symcalc.calculus.tidy import tidy
from symcalc.commands._inputs import named, names_in, pairs, required, rounded, several
from symcalc.errors import SymcalcError
from symcalc.notation import AtPoint, Directional, Nabla
from symcalc.options import Along, At, Digits, Expression, NoUnit, Steps, Variables
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_point
from symcalc.result import Claim, Fact, Result


def directional(
    expression: Expression,
    *variables: Variables,
    at: At = None,
    along: Along = None,
    no_unit: NoUnit = False,
    steps: Steps = None,
    digits: Digits = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The derivative ∇f(a)·v/‖v‖ of f at a along v (∇f(a)·v with `no_unit`).

    Raises SymcalcError("no") where f is not shown to be smooth at the point, SymcalcError("usage") for the zero vector.
    """
    source = parse_expression(expression, reading, names_in(variables))
    f = source.value
    xs = several(variables, source, reading)
    example = ",".join(f"{x}=1" for x in xs)
    point = parse_point(required("--at", at, example), xs, reading)
    given = parse_point(required("--along", along, ",".join("1" for _ in xs)), xs, reading)
    v = ImmutableMatrix([given[x] for x in xs])
    length = _length(v)
    if is_zero(length):
        raise SymcalcError("usage", "the zero vector is no direction", code="zero-direction", hint="give another --along")
    require_smooth(f, point)
    direction = v if no_unit else v.applyfunc(lambda c: tidy(c / length))
    column = gradient(f, xs)
    slopes = at_point(column, point)
    value = tidy(Add(*(g * c for g, c in zip(slopes, direction, strict=True))))
    facts = (
        named(source, xs),
        Fact("gradient", slopes, of=AtPoint(Nabla(f, xs), *pairs(point, xs)), lead=True),
        Fact("direction v" if no_unit else "direction v, of length 1", direction),
        *(rounded(fact, digits) for fact in _steepest(slopes)),
    )
    t = Dummy("t", real=True)
    along_line = f.xreplace({x: point[x] + t * c for x, c in zip(xs, direction, strict=True)})
    claim = Claim("derivative", along_line, value, orders=((t, 1),), point={t: S.Zero})
    shown = gradient_derivation(f, xs, column, steps) if steps else ()
    answer = Fact("directional derivative", value, of=Directional([point[x] for x in xs]))
    return Result(rounded(answer, digits), facts, shown, (), (source,), xs, (claim,))


def _length(v: ImmutableMatrix) -> Expr:
    return tidy(sqrt(Add(*(c**2 for c in v))))


def _steepest(slopes: ImmutableMatrix) -> list[Fact]:
    """The direction in which f grows fastest, and how fast; there is none where the gradient is zero."""
    rate = _length(slopes)
    if is_zero(rate):
        return [Fact("steepest direction", "none: the gradient is zero")]
    return [Fact("steepest direction", slopes.applyfunc(lambda g: tidy(g / rate))), Fact("its rate", rate)]
