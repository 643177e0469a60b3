"""Global minimum and maximum, each claimed only with the reason that proves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sympy import Add, CRootOf, Expr, Float, Mul, Symbol, exp, expand, oo

from symcalc.calculus.stationary.bounds import curvature, growth, lower_bound
from symcalc.calculus.stationary.classify import UNKNOWN, UNQUALIFIED
from symcalc.calculus.stationary.closed import decimal, rounded
from symcalc.calculus.stationary.emptiness import is_exceeded
from symcalc.calculus.stationary.situation import Situation, compactness
from symcalc.calculus.stationary.witness import Witness
from symcalc.result import Extremum, Phrase, Point, pieces

LONGEST_VALUE = 30
SIDES = {"minimum": 1, "maximum": -1}


def claims(situation: Situation, witnesses: Sequence[Witness]) -> dict[str, Extremum]:
    """What is known about the global minimum and the global maximum."""
    return {side: _claim(situation, witnesses, side) for side in SIDES}


def undecided() -> dict[str, Extremum]:
    """Nothing is known about either side."""
    return {side: Extremum(side) for side in SIDES}


def settled(points: Sequence[Point], found: Mapping[str, Extremum]) -> tuple[Point, ...]:
    """The points, those whose kind the second-order test left open renamed when a claim shows what they are."""
    result = list(points)
    attained = [extremum for extremum in found.values() if extremum.status == "attained"]
    if len(attained) == 2 and attained[0].points == attained[1].points:
        return tuple(points)
    for extremum in attained:
        for i in extremum.points:
            result[i] = replace(result[i], kind=_proven(result[i].kind, extremum.side))
    return tuple(result)


def _proven(kind: str, side: str) -> str:
    if kind.startswith(UNKNOWN):
        return side + kind[len(UNKNOWN) :].partition(": ")[0]
    return f"{kind}; {side}" if kind.startswith(UNQUALIFIED) else kind


def _claim(situation: Situation, witnesses: Sequence[Witness], side: str) -> Extremum:
    if not _values(situation):
        known = situation.complete and witnesses and situation.domain.open
        return Extremum(side, "none", reason="it would be a listed point, and there is none") if known else Extremum(side)
    best = _best(situation, side)
    reason = next((found for rule in RULES if (found := rule(situation, side, best)) is not None), None)
    if reason is not None:
        return _attained(situation, side, best, reason)
    decides = situation.complete and situation.domain.open
    refuted = beaten(witnesses, side, best[1]) if decides else None
    return refuted or _unbeaten(situation, side, best) or Extremum(side)


def _attained(situation: Situation, side: str, best: tuple[Expr, Any], reason: Phrase) -> Extremum:
    exact, ball = best
    value = exact if len(str(exact)) <= LONGEST_VALUE else f"about {decimal(ball)}"
    points = tuple(i for i, c in enumerate(situation.candidates) if c.value.overlaps(ball))
    places = tuple(
        ("where ", *pieces(v.where)) if v.where else ("everywhere",) for v in situation.levels if v.ball.overlaps(ball)
    )
    return Extremum(side, "attained", value, points, places, reason)


def _unbeaten(situation: Situation, side: str, best: tuple[Expr, Any]) -> Extremum | None:
    """The exact decision for polynomials: nothing feasible is better than the best candidate."""
    reduced = situation.reduced
    polynomial = all(h.is_polynomial(*reduced.variables) for h in (reduced.objective, *reduced.constraints))
    if not polynomial or best[0].has(Float, CRootOf):
        return None
    if is_exceeded(reduced.objective, reduced.constraints, reduced.variables, best[0], SIDES[side]) is not False:
        return None
    words = "smaller" if side == "minimum" else "larger"
    return _attained(situation, side, best, f"no real point with a {words} value exists (critical point method, exact)")


def _values(situation: Situation) -> list[tuple[Expr, Any]]:
    return [(c.point.value, c.value) for c in situation.candidates] + [(v.exact, v.ball) for v in situation.levels]


def _best(situation: Situation, side: str) -> tuple[Expr, Any]:
    sign = SIDES[side]
    return min(_values(situation), key=lambda pair: sign * pair[1].mid())


def _compact(situation: Situation, side: str, best: tuple[Expr, Any]) -> Phrase | None:
    return compactness(situation)


def _bounded_below(situation: Situation, side: str, best: tuple[Expr, Any]) -> Phrase | None:
    sign = SIDES[side]
    bound = lower_bound(sign * situation.problem.objective)
    if bound is None or bound != sign * best[0]:
        return None
    return f"the objective is never {'less' if sign > 0 else 'greater'}, term by term"


def _convex(situation: Situation, side: str, best: tuple[Expr, Any]) -> Phrase | None:
    word = "convex" if side == "minimum" else "concave"
    if all(c.point.kind.startswith(UNQUALIFIED) for c in situation.candidates):
        return None
    problem, reduced = situation.problem, situation.reduced
    if _convex_over_affine(problem.objective, problem.constraints, problem.variables, side):
        return f"the objective is {word}{' and the constraints are affine' if problem.constraints else ''}"
    if _convex_over_affine(reduced.objective, reduced.constraints, reduced.variables, side):
        substituted = [piece for x, h in reduced.back.items() for piece in (", ", x, " = ", h)][1:]
        return ("with ", *substituted, f" the objective is {word}")
    return None


def _convex_over_affine(f: Expr, constraints: Sequence[Expr], variables: Sequence[Symbol], side: str) -> bool:
    return all(_is_affine(g, variables) for g in constraints) and curvature(f, variables) == SIDES[side]


def _sufficient(situation: Situation, side: str, best: tuple[Expr, Any]) -> Phrase | None:
    for i, candidate in enumerate(situation.candidates, start=1):
        if candidate.value.overlaps(best[1]) and candidate.curvature() == SIDES[side]:
            word = "convex" if side == "minimum" else "concave"
            return f"with the multipliers of point {i} the Lagrangian is a {word} quadratic"
    return None


def _coercive(situation: Situation, side: str, best: tuple[Expr, Any]) -> Phrase | None:
    f, xs = situation.reduced.objective, situation.reduced.variables
    if not situation.complete or not situation.domain.closed or not f.is_polynomial(*xs) or growth(f, xs) != SIDES[side]:
        return None
    return ("the objective tends to ", oo if side == "minimum" else -oo, " at infinity")


def _vanishing(situation: Situation, side: str, best: tuple[Expr, Any]) -> Phrase | None:
    """A continuous function that tends to 0 has a least value if it is negative anywhere, and a greatest if it is positive."""
    f, xs = situation.reduced.objective, situation.reduced.variables
    if not situation.complete or not situation.domain.closed or not SIDES[side] * best[1] < 0:
        return None
    terms = Add.make_args(expand(f, power_exp=False))
    return "the objective tends to 0 at infinity" if all(_decays(t, xs) for t in terms) else None


def _decays(term: Expr, xs: Sequence[Symbol]) -> bool:
    """Whether a term is a polynomial times e^(-q) with a polynomial q that tends to infinity in all directions."""
    powers = [factor for factor in Mul.make_args(term) if isinstance(factor, exp)]
    rest, q = Mul(*(factor for factor in Mul.make_args(term) if factor not in powers)), -Add(*(p.args[0] for p in powers))
    return bool(rest.is_polynomial(*xs) and q.is_polynomial(*xs) and growth(q, xs) == 1)


RULES: tuple[Callable[[Situation, str, tuple[Expr, Any]], Phrase | None], ...] = (
    _compact,
    _bounded_below,
    _convex,
    _sufficient,
    _coercive,
    _vanishing,
)
"""The reasons, cheapest for the reader first: (situation, side, best value) -> words or None."""


def beaten(witnesses: Sequence[Witness], side: str, best: Any) -> Extremum | None:
    """A feasible point better than every candidate, the best of which is given: then there is no global extremum, because it
    would be a candidate."""
    sign = SIDES[side]
    for witness in witnesses:
        if sign * (best - witness.value) > 0:
            word = "less" if side == "minimum" else "more"
            told = f" the objective is about {rounded(witness.value)}, {word} than at every listed point"
            return Extremum(side, "none", reason=("at ", *witness.where(), told))
    return None


def _is_affine(g: Expr, variables: Sequence[Symbol]) -> bool:
    return g.is_polynomial(*variables) and all(not g.diff(x).free_symbols & set(variables) for x in variables)
