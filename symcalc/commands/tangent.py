"""Tangent line or plane at a point, and the linear approximation there.

symcalc tangent "x^3-1/x" --at 1
symcalc tangent "x1^2+x2^2" --at x1=1,x2=1
"""

from __future__ import annotations

from sympy import Add, Eq, Expr, Function, ImmutableMatrix, S, Symbol

from symcalc.calculus.derivation import gradient_derivation
from symcalc.calculus.evaluate import at_point, require_smooth
from symcalc.calculus.fields import gradient
from symcalc.calculus.tidy import tidy
from symcalc.commands._inputs import named, names_in, pairs, required, several, where
from symcalc.notation import AtPoint, Diff, Increment, Nabla, OrderedSum
from symcalc.options import At, Expression, Steps, Variables
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_point
from symcalc.result import Claim, Fact, Result

HEIGHTS = "yzwvu"
"""Names of the value of the function; the first that is free, z from two variables on."""


def tangent(
    expression: Expression, *variables: Variables, at: At = None, steps: Steps = None, reading: Reading = DEFAULT
) -> Result:
    """The equation y = f(a) + f'(a)·(x - a) of the tangent line, or z = f(a) + ∇f(a)·(x - a) of the tangent plane.

    Raises SymcalcError("no") where f is not shown to be smooth at the point.
    """
    source = parse_expression(expression, reading, names_in(variables))
    f = source.value
    xs = several(variables, source, reading)
    point = parse_point(required("--at", at, "1" if len(xs) == 1 else "x=1,y=2"), xs, reading)
    require_smooth(f, point)
    column = gradient(f, xs)
    slopes, height = at_point(column, point), at_point(f, point)
    constant = tidy(Add(height, *(-g * point[x] for g, x in zip(slopes, xs, strict=True))))
    plane = Add(constant, *(g * x for g, x in zip(slopes, xs, strict=True)))
    taken = {s.name for s in f.free_symbols | set(xs)}
    name = next(n for n in HEIGHTS[len(xs) > 1 :] + "f" if n not in taken)
    place = pairs(point, xs)
    slope = slopes if len(xs) > 1 else slopes[0]
    facts = (
        named(source, xs),
        Fact("value", height, of=AtPoint(Function("f")(*xs), *place), lead=True),
        Fact("slope", slope, of=AtPoint(Nabla(f, xs) if len(xs) > 1 else Diff(f, (xs[0], 1)), *place), lead=True),
        Fact("linear approximation", OrderedSum(*_changes(slopes, xs)), of=Increment(Symbol("f")), relation="≈"),
        *where(f, column),
    )
    claims = (Claim("taylor", f, plane, xs, point=point, degree=1),)
    shown = gradient_derivation(f, xs, column, steps) if steps else ()
    answer = Fact("tangent line" if len(xs) == 1 else "tangent plane", Eq(Symbol(name, real=True), plane, evaluate=False))
    return Result(answer, facts, shown, (), (source,), xs, claims)


def _changes(slopes: ImmutableMatrix, xs: tuple[Symbol, ...]) -> list[Expr]:
    """The terms ∂f/∂x·Δx that are not zero."""
    return [g * Increment(x) for g, x in zip(slopes, xs, strict=True) if g != 0] or [S.Zero]
