"""What the commands with --at share: the value given for the point, the words of a verdict, and what numbers can judge.

All of this is imported where there is a point, and what decides about one where it is asked: both take time that an answer
without a point need not wait for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from sympy import Add, Dummy, Expr, Function, Rational, S, Symbol

from symcalc.calculus.evaluate import spoken
from symcalc.calculus.realroots import real_roots
from symcalc.commands._inputs import pairs
from symcalc.errors import SymcalcError
from symcalc.notation import AtPoint, Lim, OrderedSum
from symcalc.parse import Reading, parse_expression
from symcalc.result import Claim, Fact, Step, Verdict

SAID = {
    "undefined": "not defined there",
    "undecided": "not decided",
    "partial missing": "not differentiable: a partial derivative is missing",
    "not total": "not totally differentiable",
    "not continuous": "not differentiable: not even continuous",
    "endpoint": "not differentiable: an end of the domain",
    "oscillates": "not differentiable: it oscillates",
    "vertical tangent": "not differentiable: vertical tangent",
}
"""What is said of a status; of any other "not differentiable" and the status itself."""


def words(verdict: Verdict) -> str:
    """The verdict in a few words."""
    return SAID.get(verdict.status, f"not differentiable: {verdict.status}")


def given_value(text: str | None, f: Expr, point: Mapping[Symbol, Expr], reading: Reading) -> Expr | None:
    """The value of the function at the point that was given, None when there is none.

    Raises SymcalcError("usage") when the formula has a value of its own there, or the text is no number."""
    if text is None:
        return None
    value = parse_expression(text, reading).value
    if value.free_symbols & set(point) or not value.is_finite:
        problem = f"--value is no number: {text}"
        raise SymcalcError("usage", problem, code="option-value", hint="for example --value 0")
    from symcalc.calculus.decide.value import value_at

    own = value_at(f, point)
    if own is not None:
        hint = "leave out --value"
        raise SymcalcError("usage", f"the formula has the value {own} at {spoken(point)}", code="option-value", hint=hint)
    return value


def named_value(value: Expr | None, xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> tuple[Fact, ...]:
    """f(0) = 0, where the value was given."""
    if value is None:
        return ()
    return (Fact("value", value, of=AtPoint(Function("f")(*xs), *pairs(point, xs)), lead=True),)


def how_sure(verdict: Verdict) -> tuple[Fact, ...]:
    """How one knows, where it is not by proof."""
    from symcalc.calculus.limits import PROOF

    return () if verdict.certainty in ("", PROOF) else (Fact("how sure", verdict.certainty),)


def definition_steps(f: Expr, x: Symbol, a: Expr, value: Expr | None, verdict: Verdict, place: Expr) -> tuple[Step, ...]:
    """The derivative as the limit of the difference quotient, from both sides where these differ."""
    from symcalc.calculus.decide.value import value_at

    at = value_at(f, {x: a}) if value is None else value
    if at is None:
        return ()
    quotient = OrderedSum(f, -at) / (x - a) if at != 0 else f / (x - a)
    both = Lim(quotient, x, a)
    if not verdict.denies:
        return (Step("definition", place, both), Step("limit", both, verdict.value))
    sides = [(-1, verdict.left), (1, verdict.right)]
    return tuple(Step("limit", Lim(quotient, x, a, s), slope) for s, slope in sides if isinstance(slope, Expr))


def slope_claims(f: Expr, x: Symbol, a: Expr, given: Expr | None, slope: Expr) -> tuple[Claim, ...]:
    """The difference quotients on both sides of a tend to the slope."""
    from symcalc.calculus.decide.value import value_at
    from symcalc.calculus.limits.germ import germ

    claims = []
    value = value_at(f, {x: a}) if given is None else given
    for side in (-1, 1):
        moved, t = germ(f, x, a, side)
        claims.append(Claim("limit", (moved - value) / t, side * slope, (t,), point={t: S.Zero}))
    return tuple(claims)


DIRECTIONS = (Rational(3, 5), Rational(-4, 7), Rational(8, 9), Rational(-2, 3), Rational(5, 8))
"""Components of lines on which total differentiability is judged by numbers."""


def gradient_claims(
    f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr], given: Expr | None, gradient: Sequence[Expr]
) -> tuple[Claim, ...]:
    """Along two generic lines f has the slope that the gradient gives."""
    from symcalc.calculus.decide.value import value_at

    claims = []
    value = value_at(f, point) if given is None else given
    t = Dummy("t", positive=True)
    for start, _ in pairwise(range(3)):
        direction = [DIRECTIONS[(start + i) % len(DIRECTIONS)] for i in range(len(xs))]
        moved = real_roots(f).xreplace({x: point[x] + d * t for x, d in zip(xs, direction, strict=True)})
        slope = Add(*(g * d for g, d in zip(gradient, direction, strict=True)))
        claims.append(Claim("limit", (moved - value) / t, slope, (t,), point={t: S.Zero}))
    return tuple(claims)
