"""Two one-sided limits taken together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol

from symcalc.calculus.limits import NUMBERS, PROOF, OneSided, one_sided_limit
from symcalc.calculus.limits.equality import all_same
from symcalc.result import Verdict

SIDES = {-1: "left", 1: "right"}


@dataclass(frozen=True, slots=True)
class Sides:
    """What a function does on the sides asked for: 1 the right, -1 the left, 0 both (only where the point is infinite)."""

    found: dict[int, OneSided]

    @property
    def defined(self) -> dict[int, OneSided]:
        return {side: one for side, one in self.found.items() if one.status != "undefined"}


def limits(f: Expr, x: Symbol, a: Expr, side: int = 0) -> Sides:
    """The limits of f for x → a; from both sides for a finite point when `side` is 0."""
    if a.is_infinite:
        return Sides({0: one_sided_limit(f, x, a, 1)})
    return Sides({s: one_sided_limit(f, x, a, s) for s in ((side,) if side else (-1, 1))})


def verdict(sides: Sides) -> Verdict:
    """Whether there is a limit, where f is defined: "exists" (also ±oo), "does not exist", "undefined" or "undecided"."""
    found, defined = sides.found, sides.defined
    left, right = (_side(found.get(s)) for s in (-1, 1))
    both: dict[str, Any] = {"left": left, "right": right} if 0 not in found else {}
    if not defined:
        return Verdict("undefined", **both, reason=next(iter(found.values())).reason)
    if any(one.status == "oscillates" for one in defined.values()):
        return Verdict("does not exist", **both, certainty=PROOF, reason="" if both else "it oscillates")
    open_sides = {s: one for s, one in defined.items() if one.status == "undecided"}
    if open_sides:
        return Verdict("undecided", **both, reason=_reason(open_sides, len(found) > 1))
    first, *others = defined.values()
    certainty = NUMBERS if any(one.certainty == NUMBERS for one in defined.values()) else PROOF
    equal = all_same([first.value, *(one.value for one in others)])
    if equal is None:
        return Verdict("undecided", **both, reason="whether the two sides agree is not shown")
    if equal:
        return Verdict("exists", first.value, **both, certainty=certainty)
    return Verdict("does not exist", **both, certainty=certainty)


def _side(one: OneSided | None) -> Expr | str | None:
    return None if one is None else one.value if one.status == "limit" else one.status


def _reason(open_sides: dict[int, OneSided], named: bool) -> str:
    reasons = {one.reason for one in open_sides.values()}
    if len(reasons) == 1:
        return reasons.pop()
    return "; ".join(f"from the {SIDES[s]}: {one.reason}" if named else one.reason for s, one in open_sides.items())
