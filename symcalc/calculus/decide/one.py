"""One variable: the one-sided limits of the difference quotient, and what they make of the point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol, oo

from symcalc.calculus.decide.convex import CONCAVE, CONVEX, curvature
from symcalc.calculus.decide.value import smooth_derivative, value_at
from symcalc.calculus.limits import NUMBERS, PROOF, OneSided, limit_at_zero
from symcalc.calculus.limits.equality import same
from symcalc.calculus.limits.germ import germ
from symcalc.calculus.sign import sign_of
from symcalc.calculus.tidy import tidy
from symcalc.result import Phrase, Verdict

COMPLEX = "with complex names only points where every part is analytic are decided"


@dataclass(frozen=True, slots=True)
class Slope:
    """One side: `kind` is "finite", "infinite" (±oo, with f continuous there), "jump" (`value` is the limit of f),
    "oscillates", "undefined" or "undecided"; `value` is otherwise the one-sided derivative."""

    kind: str
    value: Expr | None = None
    certainty: str = PROOF
    reason: str = ""


def decide_one(f: Expr, x: Symbol, a: Expr, value: Expr | None = None) -> Verdict:
    """Whether f is differentiable at a. `value` is f(a) where the formula gives none, or gives one only because it was
    simplified on the way.

    "differentiable", "corner", "cusp", "vertical tangent", "jump", "endpoint", "oscillates", "undefined" or "undecided".
    """
    slope = smooth_derivative(f, [(x, 1)], {x: a}) if value is None else None
    if slope is not None:
        return Verdict("differentiable", slope, slope, slope, certainty=PROOF)
    at = value_at(f, {x: a}) if value is None else value
    if at is None:
        return Verdict("undefined", reason=("f(", a, ") is not defined; --value can give it"))
    if not all(s.is_extended_real for s in f.free_symbols):
        return Verdict("undecided", reason=COMPLEX)
    left, right = (one_sided_slope(f, x, a, at, side) for side in (-1, 1))
    return joined(f, x, a, at, left, right)


def one_sided_slope(f: Expr, x: Symbol, a: Expr, value: Expr, side: int) -> Slope:
    """The one-sided derivative of f at a, where f has the value."""
    moved, t = germ(f, x, a, side)
    quotient = limit_at_zero((moved - value) / t, t)
    if quotient.status == "undefined":
        return Slope("undefined", reason=quotient.reason)
    if quotient.status == "limit" and quotient.value is not None and quotient.value.is_finite is not False:
        return Slope("finite", side * quotient.value, quotient.certainty)
    near = limit_at_zero(moved, t)
    if near.status == "oscillates":
        return Slope("oscillates", reason="the function itself has no limit")
    if near.status == "limit":
        equal = same(near.value, value)
        if equal is False:
            return Slope("jump", near.value, near.certainty)
        if equal:
            return _continuous(quotient, side)
    return Slope("undecided", reason=quotient.reason or near.reason)


def _continuous(quotient: OneSided, side: int) -> Slope:
    if quotient.status == "limit" and quotient.value is not None:
        return Slope("infinite", side * quotient.value, quotient.certainty)
    if quotient.status == "oscillates":
        return Slope("oscillates", certainty=quotient.certainty)
    return Slope("undecided", reason=quotient.reason)


def joined(f: Expr, x: Symbol, a: Expr, value: Expr, left: Slope, right: Slope) -> Verdict:
    """The verdict from both sides."""
    kinds = {left.kind, right.kind}
    certainty = NUMBERS if NUMBERS in (left.certainty, right.certainty) else PROOF
    slopes: dict[str, Any] = {"left": _shown(left), "right": _shown(right)}
    if "undecided" in kinds and not kinds & {"jump"}:
        reason = next(s.reason for s in (left, right) if s.kind == "undecided")
        return Verdict("undecided", **slopes, reason=reason)
    if "jump" in kinds:
        return Verdict("jump", reason=_jump(a, value, left, right), certainty=certainty)
    if kinds == {"undefined"}:
        return Verdict("undefined", reason=("f is not defined next to ", a))
    if "oscillates" in kinds:
        oscillation = left.reason or right.reason or "the difference quotient oscillates"
        return Verdict(
            "oscillates",
            **slopes,
            reason=oscillation,
            certainty=certainty,
        )
    if "undefined" in kinds:
        side = "right" if left.kind == "undefined" else "left"
        return Verdict("endpoint", **slopes, reason=("f is defined on the ", side, " of ", a, " only"), certainty=certainty)
    if kinds == {"infinite"}:
        status = "vertical tangent" if left.value == right.value else "cusp"
        return Verdict(status, left.value if left.value == right.value else None, **slopes, certainty=certainty)
    if kinds == {"finite", "infinite"}:
        return Verdict("corner", **slopes, reason="one side is vertical", certainty=certainty)
    return _both_finite(f, x, left, right, certainty)


def _both_finite(f: Expr, x: Symbol, left: Slope, right: Slope, certainty: str) -> Verdict:
    assert left.value is not None
    assert right.value is not None
    slopes: dict[str, Any] = {"left": left.value, "right": right.value}
    equal = same(left.value, right.value)
    if equal is None:
        return Verdict("undecided", **slopes, reason="whether the one-sided derivatives agree is not shown")
    if equal:
        shorter = min(left.value, right.value, key=lambda e: e.count_ops())
        return Verdict("differentiable", shorter, **slopes, certainty=certainty)
    rises = sign_of(right.value - left.value)
    if rises is None:
        names = ", ".join(sorted(map(str, (right.value - left.value).free_symbols)))
        return Verdict("undecided", **slopes, reason=("it depends on ", names or tidy(right.value - left.value)))
    shape = curvature(f, {x})
    between = ("[", *(e for e in ((left.value, ", ", right.value) if rises > 0 else (right.value, ", ", left.value))), "]")
    if shape == CONVEX and rises > 0:
        return Verdict("corner", **slopes, subdifferential=between, reason="f is convex", certainty=certainty)
    if shape == CONCAVE and rises < 0:
        return Verdict("corner", **slopes, reason=("f is concave, with superdifferential ", *between), certainty=certainty)
    return Verdict("corner", **slopes, certainty=certainty)


def _shown(slope: Slope) -> Expr | str | None:
    if slope.kind in ("finite", "infinite"):
        return slope.value
    return slope.kind if slope.kind in ("oscillates", "undefined") else None


def _jump(a: Expr, value: Expr, left: Slope, right: Slope) -> Phrase:
    """Where f is, and where it comes from."""
    said: list[Any] = ["f(", a, ") = ", value]
    for name, slope in (("left", left), ("right", right)):
        if slope.kind == "jump":
            said += [f", the limit from the {name} is ", slope.value]
        elif slope.kind in ("finite", "infinite"):
            said += [f", the limit from the {name} is ", value]
    return tuple(said)


def vertical(verdict: Verdict) -> bool:
    """Whether the graph has a vertical tangent there, as a whole or on its only side."""
    return verdict.status == "vertical tangent" or (
        verdict.status == "endpoint" and any(side in (oo, -oo) for side in (verdict.left, verdict.right))
    )
