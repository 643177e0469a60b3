"""Higher derivatives at a point, from the definition, each a difference quotient of the one before."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from sympy import Dummy, Expr, Symbol

from symcalc.calculus.decide.one import Slope, decide_one, joined
from symcalc.calculus.decide.value import smooth_derivative
from symcalc.calculus.fields import derivative
from symcalc.calculus.limits import PROOF, limit_at_zero
from symcalc.calculus.limits.equality import same
from symcalc.calculus.realroots import real_roots
from symcalc.result import Verdict, pieces


def decide_higher(f: Expr, x: Symbol, a: Expr, n: int, value: Expr | None = None) -> Verdict:
    """Whether f has a derivative of order n at a; the value of the verdict is that derivative."""
    f = real_roots(f)
    exact = smooth_derivative(f, [(x, n)], {x: a}) if value is None else None
    if exact is not None:
        return Verdict("differentiable", exact, exact, exact, certainty=PROOF)
    for order in range(1, n + 1):
        verdict = decide_one(f, x, a, value)
        if verdict.denies:
            return verdict if order == 1 else _of_order(order, verdict)
        f, value = derivative(f, [(x, 1)]), verdict.value
    return verdict


def _of_order(order: int, verdict: Verdict) -> Verdict:
    """A verdict on the derivative of order n - 1 as one on that of order n: what is known of the function goes with it."""
    does = "is not decided" if verdict.status == "undecided" else "does not"
    said = f"the derivative of order {order - 1} exists, that of order {order} {does}"
    known = verdict.reason if verdict.status in ("jump", "undecided", "endpoint") else ""
    reason = (said, ": ", *pieces(known)) if known else said
    return dataclasses.replace(verdict, subdifferential=None, reason=reason)


def decide_mixed(
    f: Expr, orders: Sequence[Symbol], xs: Sequence[Symbol], point: Mapping[Symbol, Expr], value: Expr | None = None
) -> Verdict:
    """Whether the partial derivative by the variables in the order written exists at the point, for one or two of them."""
    f = real_roots(f)
    exact = smooth_derivative(f, [(x, 1) for x in orders], point) if value is None else None
    if exact is not None:
        return Verdict("differentiable", exact, exact, exact, certainty=PROOF)
    first = orders[0]
    line = f.xreplace({x: point[x] for x in xs if x != first})
    if len(set(orders)) == 1:
        return decide_higher(line, first, point[first], len(orders), value)
    if len(orders) > 2:
        return Verdict("undecided", reason="f is not shown to be smooth there, and the order is above two")
    inner = decide_one(line, first, point[first], value)
    if inner.denies:
        return inner
    second = orders[1]
    sides = [_side(f, first, second, xs, point, inner.value, side) for side in (-1, 1)]
    if any(slope.kind == "undefined" for slope in sides):
        return Verdict("partial missing", reason=f"∂f/∂{first} does not exist at points beside this one")
    return joined(f, second, point[second], inner.value, *sides)


def _side(
    f: Expr, first: Symbol, second: Symbol, xs: Sequence[Symbol], point: Mapping[Symbol, Expr], at: Expr, side: int
) -> Slope:
    """The one-sided derivative by the second variable of the first partial derivative, which is `at` at the point."""
    t = Dummy("t", positive=True)
    moved = f.xreplace({x: point[x] + side * t if x == second else point[x] for x in xs if x != first})
    near = decide_one(moved, first, point[first])
    if near.denies:
        kind = "undecided" if near.status == "undecided" else "undefined"
        return Slope(kind, reason=f"∂f/∂{first} is not known beside the point")
    quotient = limit_at_zero((near.value - at) / t, t)
    if quotient.status == "limit" and quotient.value is not None:
        if quotient.value.is_finite is not False:
            return Slope("finite", side * quotient.value, quotient.certainty)
        beside = limit_at_zero(near.value, t)
        equal = same(beside.value, at) if beside.status == "limit" else None
        if equal is False:
            return Slope("jump", beside.value, quotient.certainty)
        return Slope("infinite" if equal else "undecided", side * quotient.value, quotient.certainty)
    return Slope(quotient.status if quotient.status in ("oscillates", "undefined") else "undecided", reason=quotient.reason)
