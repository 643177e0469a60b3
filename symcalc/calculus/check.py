"""The last judge: every answer against high-precision numbers of its input, by a way that uses none of our rules."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from mpmath import mp
from sympy import Expr, ImmutableMatrix, Product, Sum, count_ops

from symcalc.calculus.comparisons import comparison, is_real
from symcalc.calculus.contact import order_of_contact
from symcalc.calculus.draws import draws
from symcalc.calculus.enclosure import NoBall
from symcalc.calculus.entries import trial_values
from symcalc.calculus.numeric import Evaluator, NoRealValue, NotEvaluable
from symcalc.calculus.subexpressions import subexpressions
from symcalc.errors import SymcalcError
from symcalc.result import Check, Claim

PRECISIONS = (25, 100, 600)
"""Decimal digits: the first for ordinary points, the others when numbers disagree."""
OWN_DIGITS = {"taylor"}
"""Judges that take more digits by themselves."""
TOLERANCE = mp.mpf(10) ** -10
POINTS, ATTEMPTS = 5, 60
CHEAP = 150
"""Up to this many operations an input that has no quick comparison is tried at POINTS points, above at two."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One comparison: what the numbers say and what the answer says."""

    numbers: Any
    answer: Any

    def error(self) -> Any:
        scale = max(mp.fabs(self.numbers), mp.fabs(self.answer), mp.mpf(1))
        return mp.fabs(self.numbers - self.answer) / scale


Judge = Callable[[Claim, dict[Any, Any]], list[Pair]]
"""From a claim and values for its symbols, the comparisons to be made. Raises NoRealValue where there is nothing real."""


def verify(claims: Iterable[Claim]) -> tuple[Check, tuple[str, ...]]:
    """Judge all claims. Returns the check and notes (why something was not checked).

    Raises SymcalcError("check") on the first disagreement: such an answer must not be printed.
    """
    tried, worst, notes = 0, None, []
    for claim in claims:
        count, error, why = _judge(claim)
        if count == 0:
            notes.append(f"not checked by numbers: {why}")
            continue
        tried, worst = tried + count, error if worst is None else max(worst, error)
    return Check(tried, None if worst is None else float(worst)), tuple(dict.fromkeys(notes))


def _judge(claim: Claim) -> tuple[int, Any, str]:
    """(points tried, largest error, why none)."""
    judge, symbols = JUDGES[claim.kind], sorted(_symbols(claim), key=attrgetter("name"))
    quick = comparison(claim, symbols, _direction(claim))
    wanted = POINTS if quick or count_ops(claim.function) <= CHEAP else 2
    tried, worst, why = 0, mp.mpf(0), f"no point with a real value was found in {ATTEMPTS} draws"
    for values in _draws(claim, symbols):
        try:
            error = quick(values) if quick else None
        except NoBall:
            error = None
        if error is None or error > TOLERANCE:
            try:
                pair = _worst_pair(judge, claim, values)
            except NoRealValue:
                continue
            except NotEvaluable as unknown:
                return 0, None, str(unknown)
            error = pair.error()
            if not error <= TOLERANCE:
                raise _disagreement(values, pair)
        tried, worst = tried + 1, max(worst, error)
        if tried == wanted or not values:
            break
    return tried, worst, why


def _worst_pair(judge: Judge, claim: Claim, values: dict[Any, Any]) -> Pair:
    """The pair with the largest error; one that disagrees is judged again with more digits, so that cancellation in the
    numbers is not taken for a mistake."""
    for digits in PRECISIONS[:1] if claim.kind in OWN_DIGITS else PRECISIONS:
        with mp.workdps(digits):
            pair = max(judge(claim, values), key=lambda p: p.error())
            if pair.error() <= TOLERANCE:
                break
    return pair


def _draws(claim: Claim, symbols: Sequence[Any]) -> Iterator[dict[Any, Any]]:
    """Random values for every symbol of the claim that its point does not fix. `symbols` are all, by their names."""
    counters = {
        s
        for part in subexpressions(claim.function)
        if isinstance(part, Sum | Product)
        for limit in part.limits
        for bound in limit[1:]
        for s in bound.free_symbols
    }
    fixed = trial_values(claim.function, claim.value, counters) if isinstance(claim.value, Expr) else {}
    names = [s for s in symbols if s not in (claim.point or {})]
    for draw in draws(names, (claim.kind, *(s.name for s in names)), ATTEMPTS, counters):
        yield {**draw, **{s: mp.mpf(n) for s, n in fixed.items()}}


def _symbols(claim: Claim) -> set[Any]:
    found = {*claim.function.free_symbols, *claim.variables, *(x for x, _ in claim.orders)}
    for part in (*claim.constraints, *(claim.point or {}).values()):
        found |= part.free_symbols
    return found


def _along(claim: Claim, values: dict[Any, Any], direction: dict[Any, Any]) -> Callable[[Any], Callable[[Any], Any]]:
    """f -> (t -> f at values + t·direction)."""
    real = is_real(claim)

    def restricted(f: Any) -> Callable[[Any], Any]:
        return lambda t: Evaluator({s: a + t * direction[s] if s in direction else a for s, a in values.items()}, real)(f)

    return restricted


def _direction(claim: Claim) -> dict[Any, Any]:
    rng = random.Random(len(claim.variables))
    return {x: mp.mpf(rng.randint(3, 12)) / 7 * rng.choice((-1, 1)) for x in claim.variables}


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
    values, v = _placed(claim, values), _direction(claim)
    restricted, at = _along(claim, values, v), Evaluator(values, is_real(claim))
    rows: list[list[Any]] = [[] for _ in claim.function]
    for (i, j), entry in claim.value.todok().items():
        rows[i].append(at(entry) * v[claim.variables[j]])
    return [Pair(mp.diff(restricted(f), 0), mp.fsum(row)) for f, row in zip(claim.function, rows, strict=True)]


def _hessian(claim: Claim, values: dict[Any, Any]) -> list[Pair]:
    """vᵀHv against d²/dt² f(p + t·v), and the symmetry of H as stated, in two directions (H·v and H·w)."""
    values, v = _placed(claim, values), _direction(claim)
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
        pairs.append(Pair(slope, mp.fsum(m * normal[j] for m, normal in zip(multipliers, normals, strict=True))))
    return pairs


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
    "jacobian": _jacobian,
    "hessian": _hessian,
    "taylor": _taylor,
    "stationary": _stationary,
    "limit": _limit,
    "value": _value_claim,
}


def _disagreement(values: dict[Any, Any], pair: Pair) -> SymcalcError:
    where = ", ".join(f"{s} = {mp.nstr(a, 6)}" for s, a in values.items())
    return SymcalcError(
        "check",
        f"the answer failed its own check and is not printed: {'at ' + where + ' ' if where else ''}"
        f"it gives {mp.nstr(pair.answer, 12)}, the numbers say {mp.nstr(pair.numbers, 12)}",
        code="check-failed",
        hint="this is a mistake in symcalc: please report the command line (--no-check prints the answer all the same)",
    )
