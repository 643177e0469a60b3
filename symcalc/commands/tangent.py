"""Tangent line or plane at a point, and the linear approximation there.

symcalc tangent "x^3-1/x" --at 1
symcalc tangent "x1^2+x2^2" --at x1=1,x2=1
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from sympy import Add, Eq, Expr, Function, ImmutableMatrix, S, Symbol

from symcalc.calculus.decide import decide_one, decide_several
from symcalc.calculus.decide.one import vertical
from symcalc.calculus.decide.value import is_smooth, value_at
from symcalc.calculus.derivation import gradient_derivation
from symcalc.calculus.fields import gradient
from symcalc.calculus.tidy import tidy
from symcalc.commands._at import given_value, gradient_claims, how_sure, named_value, words
from symcalc.commands._inputs import named, names_in, pairs, required, several
from symcalc.notation import AtPoint, Diff, Increment, Nabla, OrderedSum
from symcalc.options import At, Expression, Steps, Value, Variables
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_point
from symcalc.result import Claim, Fact, Result, Source, Verdict

HEIGHTS = "yzwvu"
"""Names of the value of the function; the first that is free, z from two variables on."""


def tangent(
    expression: Expression,
    *variables: Variables,
    at: At = None,
    value: Value = None,
    steps: Steps = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The equation y = f(a) + f'(a)·(x - a) of the tangent line, x = a where it is vertical, or z = f(a) + ∇f(a)·(x - a) of
    the tangent plane; a verdict where there is none."""
    source = parse_expression(expression, reading, names_in(variables, at))
    f = source.value
    xs = several(variables, source, reading)
    point = parse_point(required("--at", at, "1" if len(xs) == 1 else "x=1,y=2"), xs, reading)
    given = given_value(value, f, point, reading)
    verdict = decide_one(f, xs[0], point[xs[0]], given) if len(xs) == 1 else decide_several(f, xs, point, given)
    known = (named(source, xs), *named_value(given, xs, point))
    if verdict.denies:
        return _without(source, xs, point, known, verdict)
    slopes = ImmutableMatrix([verdict.value]) if len(xs) == 1 else verdict.value
    height = value_at(f, point) if given is None else given
    smooth = given is None and is_smooth(f, point)
    constant = tidy(Add(height, *(-g * point[x] for g, x in zip(slopes, xs, strict=True))))
    plane = Add(constant, *(g * x for g, x in zip(slopes, xs, strict=True)))
    taken = {s.name for s in f.free_symbols | set(xs)}
    name = next(n for n in HEIGHTS[len(xs) > 1 :] + "f" if n not in taken)
    place = pairs(point, xs)
    slope = slopes if len(xs) > 1 else slopes[0]
    facts = (
        *known[:1],
        Fact("value", height, of=AtPoint(Function("f")(*xs), *place), lead=True),
        Fact("slope", slope, of=AtPoint(Nabla(f, xs) if len(xs) > 1 else Diff(f, (xs[0], 1)), *place), lead=True),
        Fact("linear approximation", OrderedSum(*_changes(slopes, xs)), of=Increment(Symbol("f")), relation="≈"),
        *how_sure(verdict),
    )
    claims: tuple[Claim, ...] = (Claim("taylor", f, plane, xs, point=point, degree=1),)
    claims = claims if smooth else gradient_claims(f, xs, point, given, list(slopes))
    shown = gradient_derivation(f, xs, gradient(f, xs), steps) if steps and smooth else ()
    answer = Fact("tangent line" if len(xs) == 1 else "tangent plane", Eq(Symbol(name, real=True), plane, evaluate=False))
    return Result(answer, facts, shown, (), (source,), xs, claims, verdict=verdict)


def _without(
    source: Source, xs: tuple[Symbol, ...], point: Mapping[Symbol, Expr], facts: tuple[Fact, ...], verdict: Verdict
) -> Result:
    """The vertical tangent line, or why there is no tangent."""
    if vertical(verdict):
        x = xs[0]
        answer = Fact("vertical tangent", Eq(x, point[x], evaluate=False))
        note = "the tangent is vertical" + (", of one side only" if verdict.status == "endpoint" else "")
        found = dataclasses.replace(verdict, status="exists")
        return Result(answer, facts, (), (note,), (source,), xs, verdict=found)
    head = AtPoint(Function("f")(*xs), *pairs(point, xs))
    said = f"no tangent: {words(verdict).removeprefix('not differentiable: ')}"
    answer = Fact("tangent", said if verdict.status != "undecided" else words(verdict), of=head)
    return Result(answer, facts, sources=(source,), variables=xs, verdict=verdict)


def _changes(slopes: ImmutableMatrix, xs: tuple[Symbol, ...]) -> list[Expr]:
    """The terms ∂f/∂x·Δx that are not zero."""
    return [g * Increment(x) for g, x in zip(slopes, xs, strict=True) if g != 0] or [S.Zero]
