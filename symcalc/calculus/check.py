"""The last judge: every answer against high-precision numbers of its input, by a way that uses none of our rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from mpmath import mp
from sympy import Expr, Product, Sum, count_ops

from symcalc.calculus.comparisons import TOLERANCE, comparison
from symcalc.calculus.draws import direction, draws
from symcalc.calculus.enclosure import NoBall
from symcalc.calculus.entries import trial_values
from symcalc.calculus.subexpressions import subexpressions
from symcalc.errors import SymcalcError
from symcalc.result import Check, Claim

if TYPE_CHECKING:
    from symcalc.calculus.judges import Pair

POINTS, ATTEMPTS = 5, 60
CHEAP = 150
"""Up to this many operations an input that has no quick comparison is tried at POINTS points, above at two."""


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
    symbols = sorted(_symbols(claim), key=attrgetter("name"))
    quick = comparison(claim, symbols, direction(claim.variables))
    wanted = POINTS if quick or count_ops(claim.function) <= CHEAP else 2
    tried, worst, why = 0, mp.mpf(0), f"no point with a real value was found in {ATTEMPTS} draws"
    for values in _draws(claim, symbols):
        try:
            error = quick(values) if quick else None
        except NoBall:
            error = None
        if error is None or error > TOLERANCE:
            from symcalc.calculus.judges import NoRealValue, NotEvaluable, TooLarge, worst_pair

            try:
                pair = worst_pair(claim, values)
            except NoRealValue as nothing:
                if isinstance(nothing, TooLarge):
                    why = "the numbers are too large to be computed"
                if not values:  # every draw is the same
                    break
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


def _disagreement(values: dict[Any, Any], pair: Pair) -> SymcalcError:
    where = ", ".join(f"{s} = {mp.nstr(a, 6)}" for s, a in values.items())
    return SymcalcError(
        "check",
        f"the answer failed its own check and is not printed: {'at ' + where + ' ' if where else ''}"
        f"it gives {mp.nstr(pair.answer, 12)}, the numbers say {mp.nstr(pair.numbers, 12)}",
        code="check-failed",
        hint="this is a mistake in symcalc: please report the command line (--no-check prints the answer all the same)",
    )
