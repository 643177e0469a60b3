"""The judges of claims: numbers of many digits from the input, by a way that uses none of our rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mpmath import mp
from sympy import ImmutableMatrix

from symcalc.calculus.comparisons import TOLERANCE, is_real
from symcalc.calculus.contact import order_of_contact
from symcalc.calculus.draws import direction
from symcalc.calculus.numeric import Evaluator, NoRealValue, NotEvaluable, TooLarge
from symcalc.result import Claim

__all__ = ["NoRealValue", "NotEvaluable", "Pair", "TooLarge", "worst_pair"]

PRECISIONS = (25, 100, 600)
"""Decimal digits: the first for ordinary points, the others when numbers disagree."""
BESIDE = 1e-6
"""How far from a stationary point, relative to 1 + |x|, the slope is taken that it is measured by there."""
OWN_DIGITS = {"taylor"}
"""Judges that take more digits by themselves."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One comparison: what the numbers say and what the answer says."""

    numbers: Any
    answer: Any

    def error(self) -> Any:
        scale = max(mp.fabs(self.numbers), mp.fabs(self.answer), mp.mpf(1))
        return mp.fabs(self.numbers - self.answer) / scale

    def over(self, unit: Any) -> Pair:
        """The same measured by a unit of more than one."""
        unit = max(mp.fabs(unit), mp.mpf(1))
        return Pair(self.numbers / unit, self.answer / unit)


Judge = Callable[[Claim, dict[Any, Any]], list[Pair]]
"""From a claim and values for its symbols, the comparisons to be made. Raises NoRealValue where there is nothing real."""


def worst_pair(claim: Claim, values: dict[Any, Any]) -> Pair:
    """What the judge of the claim finds: the pair with the largest error; one that disagrees is judged again with more digits, so
    that cancellation in the numbers is not taken for a mistake. Raises NoRealValue and NotEvaluable."""
    judge = JUDGES[claim.kind]
    for digits in PRECISIONS[:1] if claim.kind in OWN_DIGITS else PRECISIONS:
        with mp.workdps(digits):
            pair = max(judge(claim, values), key=lambda p: p.error())
            if pair.error() <= TOLERANCE:
                break
    return pair


def _along(claim: Claim, values: dict[Any, Any], direction: dict[Any, Any]) -> Callable[[Any], Callable[[Any], Any]]:
    """f -> (t -> f at values + t·direction)."""
    real = is_real(claim)

    def restricted(f: Any) -> Callable[[Any], Any]:
        return lambda t: Evaluator({s: a + t * direction[s] if s in direction else a for s, a in values.items()}, real)(f)

    return restricted


def _derivative(claim: Claim, values: dict[Any, Any]) -> list[Pair]:
    """∂^n f by finite differences against the value, which may be one number only."""
    real = is_real(claim)
    symbols, orders = [x for x, _ in claim.orders], tuple(n for _, n in claim.orders)

    def f(*at: Any) -> Any:
        return Evaluator({**values, **dict(zip(symbols, at, strict=True))}, real)(claim.function)

    at = {s: Evaluator(values, real)(a) for s, a in (claim.point or {}).items()}
    values = {**values, **at}
    start = tuple(values[x] for x in symbols)
    numbers = mp.diff(f, start if len(start) > 1 else start[0], orders if len(start) > 1 else orders[0])
    return [Pair(numbers, Evaluator(values, real)(claim.value))]


def _implicit(claim: Claim, values: dict[Any, Any]) -> list[Pair]:
    """The function that G = 0 makes of y, found by Newton's method at each x, differentiated by finite differences."""
    (y,), ((x, n),), real = claim.variables, claim.orders, is_real(claim)

    def solved(at: Any, start: Any) -> Any:
        return mp.findroot(lambda v: Evaluator({**values, x: at, y: v}, real)(claim.function), start)

    try:
        here = solved(values[x], values[y])
        numbers = mp.diff(lambda at: solved(at, here), values[x], n)
    except (ValueError, ZeroDivisionError) as error:
        raise NoRealValue from error
    return [Pair(numbers, Evaluator({**values, y: here}, real)(claim.value))]


def _placed(claim: Claim, values: dict[Any, Any]) -> dict[Any, Any]:
    """The drawn values with the point of the claim put in."""
    return {**values, **{s: Evaluator(values)(a) for s, a in (claim.point or {}).items()}}


def _jacobian(claim: Claim, values: dict[Any, Any]) -> list[Pair]:
    """J·v against d/dt F(p + t·v) for a random direction v; F is a column, J has one row for each component."""
    return _slopes(claim, values, list(claim.function), claim.value)


def _gradient(claim: Claim, values: dict[Any, Any]) -> list[Pair]:
    """∇f·v against d/dt f(p + t·v) for a random direction v; ∇f is a column."""
    return _slopes(claim, values, [claim.function], claim.value.T)


def _slopes(claim: Claim, values: dict[Any, Any], components: list[Any], matrix: Any) -> list[Pair]:
    values, v = _placed(claim, values), direction(claim.variables)
    restricted, at = _along(claim, values, v), Evaluator(values, is_real(claim))
    rows: list[list[Any]] = [[] for _ in components]
    for (i, j), entry in matrix.todok().items():
        rows[i].append(at(entry) * v[claim.variables[j]])
    return [Pair(mp.diff(restricted(f), 0), mp.fsum(row)) for f, row in zip(components, rows, strict=True)]


def _hessian(claim: Claim, values: dict[Any, Any]) -> list[Pair]:
    """vᵀHv against d²/dt² f(p + t·v), and the symmetry of H as stated, in two directions (H·v and H·w)."""
    values, v = _placed(claim, values), direction(claim.variables)
    at, xs = Evaluator(values, is_real(claim)), claim.variables
    w = dict(zip(xs, reversed(v.values()), strict=True))
    entries = {place: at(entry) for place, entry in claim.value.todok().items()}
    pairs = [Pair(value, entries.get((j, i), mp.mpf(0))) for (i, j), value in entries.items() if i != j]
    for a in (v, w):
        form = mp.fsum(value * a[xs[i]] * a[xs[j]] for (i, j), value in entries.items())
        pairs.append(Pair(mp.diff(_along(claim, values, a)(claim.function), 0, 2), form))
    return pairs


def _taylor(claim: Claim, values: dict[Any, Any]) -> list[Pair]:
    """f - T must vanish faster than t^n along a line through the point."""
    rate = order_of_contact(claim, values, is_real(claim))
    return [Pair(mp.mpf(claim.degree + 1), mp.mpf(rate))]


def _stationary(claim: Claim, values: dict[Any, Any]) -> list[Pair]:
    """At each point the constraints vanish and the gradient is the stated combination of theirs.

    `claim.value` maps constraints (by position) to multipliers; without multipliers the constraint gradients must be
    dependent, which is judged by their Gram determinant.
    """
    values = _placed(claim, values)
    at = Evaluator(values)
    pairs = [Pair(mp.mpf(0), at(g)) for g in claim.constraints]
    slopes = [
        [mp.diff(_along(claim, values, {x: mp.mpf(1)})(h), 0) for x in claim.variables]
        for h in (claim.function, *claim.constraints)
    ]
    gradient, normals = slopes[0], slopes[1:]
    if claim.value is None:
        gram = mp.matrix([[mp.fdot(a, b) for b in normals] for a in normals])
        return [*pairs, Pair(mp.mpf(0), mp.det(gram))]
    multipliers = [at(m) for m in claim.value]
    for j, slope in enumerate(gradient):
        pair = Pair(slope, mp.fsum(m * normal[j] for m, normal in zip(multipliers, normals, strict=True)))
        pairs.append(pair if pair.error() <= TOLERANCE else pair.over(_slope_beside(claim, values, claim.variables[j])))
    return pairs


def _slope_beside(claim: Claim, values: dict[Any, Any], x: Any) -> Any:
    """The slope of the function a little further along x. At a root of the slope that is known to 40 digits the slope is zero
    only when it is measured by this: that of e^(x⁴)·cos(x) near 4.71 is 10^176."""
    return mp.diff(_along(claim, values, {x: mp.mpf(1)})(claim.function), BESIDE * (1 + mp.fabs(values[x])))


def _limit(claim: Claim, values: dict[Any, Any]) -> list[Pair]:
    """f(t) for t → 0+ against the value, which may be infinite: 1 where certified numbers close in on it, else 0."""
    from symcalc.calculus.limits.near import Near  # with it flint is loaded, which few answers need

    (t,) = claim.variables
    agrees = Near(claim.function, t).agrees(claim.function, claim.value, values)
    if agrees is None:
        raise NoRealValue
    return [Pair(mp.mpf(agrees), mp.mpf(1))]


def _value_claim(claim: Claim, values: dict[Any, Any]) -> list[Pair]:
    at = Evaluator(_placed(claim, values), is_real(claim))
    if isinstance(claim.function, ImmutableMatrix):
        return [Pair(at(a), at(b)) for a, b in zip(claim.function, claim.value, strict=True)]
    return [Pair(at(claim.function), at(claim.value))]


JUDGES: dict[str, Judge] = {
    "derivative": _derivative,
    "implicit": _implicit,
    "gradient": _gradient,
    "jacobian": _jacobian,
    "hessian": _hessian,
    "taylor": _taylor,
    "stationary": _stationary,
    "limit": _limit,
    "value": _value_claim,
}
