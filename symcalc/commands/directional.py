"""Directional derivative at a point, with the direction brought to length 1, and the steepest direction.

symcalc directional "x^2*y" --at x=1,y=2 --along 3,4
symcalc directional "x1^2+x2^2" --at x1=1,x2=1 --along 3,4 --no-unit
"""

from __future__ import annotations

import dataclasses

from sympy import Add, Expr, ImmutableMatrix, S, Symbol, sqrt

from symcalc.calculus.decide import decide_one, decide_several
from symcalc.calculus.decide.value import is_smooth
from symcalc.calculus.derivation import gradient_derivation
from symcalc.calculus.fields import gradient
from symcalc.calculus.realroots import real_roots
from symcalc.calculus.sign import is_zero
from symcalc.calculus.tidy import tidy
from symcalc.commands._at import given_value, named_value, slope_claims, words
from symcalc.commands._inputs import named, names_in, pairs, required, rounded, several
from symcalc.errors import SymcalcError
from symcalc.notation import AtPoint, Directional, Nabla
from symcalc.options import Along, At, Digits, Expression, NoUnit, Steps, Value, Variables
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_point
from symcalc.result import Claim, Fact, Result, Source, Verdict


def directional(
    expression: Expression,
    *variables: Variables,
    at: At = None,
    along: Along = None,
    no_unit: NoUnit = False,
    value: Value = None,
    steps: Steps = None,
    digits: Digits = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The derivative ∇f(a)·v/‖v‖ of f at a along v (∇f(a)·v with `no_unit`). Where f is not totally differentiable it is found
    on the line itself, from one side where only that exists; else a verdict.

    Raises SymcalcError("usage") for the zero vector.
    """
    source = parse_expression(expression, reading, names_in(variables, at))
    f = source.value
    xs = several(variables, source, reading)
    example = ",".join(f"{x}=1" for x in xs)
    point = parse_point(required("--at", at, example), xs, reading)
    ahead = parse_point(required("--along", along, ",".join("1" for _ in xs)), xs, reading)
    v = ImmutableMatrix([ahead[x] for x in xs])
    length = _length(v)
    if is_zero(length):
        raise SymcalcError("usage", "the zero vector is no direction", code="zero-direction", hint="give another --along")
    direction = v if no_unit else v.applyfunc(lambda c: tidy(c / length))
    given = given_value(value, f, point, reading)
    whole = decide_several(f, xs, point, given)
    t = Symbol("t", real=True)
    line = real_roots(f).xreplace({x: point[x] + t * c for x, c in zip(xs, direction, strict=True)})
    place = Directional([point[x] for x in xs])
    facts = [named(source, xs), *named_value(given, xs, point)]
    towards = Fact("direction v" if no_unit else "direction v, of length 1", direction)
    if whole.denies:
        return _on_the_line(line, t, given, whole, place, (*facts, towards), source, xs, digits)
    slopes = whole.value
    slope = tidy(Add(*(g * c for g, c in zip(slopes, direction, strict=True))))
    facts += [Fact("gradient", slopes, of=AtPoint(Nabla(f, xs), *pairs(point, xs)), lead=True), towards]
    facts += [rounded(fact, digits) for fact in _steepest(slopes)]
    smooth = given is None and is_smooth(f, point)
    claims: tuple[Claim, ...] = (Claim("derivative", line, slope, orders=((t, 1),), point={t: S.Zero}),)
    claims = claims if smooth else slope_claims(line, t, S.Zero, given, slope)
    shown = gradient_derivation(f, xs, gradient(f, xs), steps) if steps and smooth else ()
    answer = rounded(Fact("directional derivative", slope, of=place), digits)
    return Result(answer, tuple(facts), shown, (), (source,), xs, claims, verdict=whole)


def _on_the_line(
    line: Expr, t: Symbol, given: Expr | None, whole: Verdict, place: Directional, facts: tuple[Fact, ...], source: Source,
    xs: tuple[Symbol, ...], digits: int | None,
) -> Result:  # fmt: skip
    """The derivative along the line where there is no gradient: two-sided, one-sided with a note, or a verdict."""
    found = decide_one(line, t, S.Zero, given)
    forward = found.value if not found.denies else found.right
    if not isinstance(forward, Expr) or not forward.is_finite:
        answer = Fact("directional derivative", words(found), of=place)
        return Result(answer, facts, sources=(source,), variables=xs, verdict=found)
    note = "f is not totally differentiable there: this is not ∇f·v"
    if found.denies:
        note = "one-sided: against the direction v the slope is another, or there is none"
        back = found.left if isinstance(found.left, Expr) else None
        facts += () if back is None else (Fact("on the other side", back),)
    claims = () if found.denies else slope_claims(line, t, S.Zero, given, forward)
    name = "one-sided directional derivative" if found.denies else "directional derivative"
    verdict = dataclasses.replace(found, status="differentiable", value=forward, reason="")
    answer = rounded(Fact(name, forward, of=place), digits)
    return Result(answer, facts, (), (note,), (source,), xs, claims, verdict=verdict)


def _length(v: ImmutableMatrix) -> Expr:
    return tidy(sqrt(Add(*(c**2 for c in v))))


def _steepest(slopes: ImmutableMatrix) -> list[Fact]:
    """The direction in which f grows fastest, and how fast; there is none where the gradient is zero."""
    rate = _length(slopes)
    if is_zero(rate):
        return [Fact("steepest direction", "none: the gradient is zero")]
    return [Fact("steepest direction", slopes.applyfunc(lambda g: tidy(g / rate))), Fact("its rate", rate)]
