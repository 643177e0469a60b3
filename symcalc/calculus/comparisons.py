"""Claims compared with central differences of balls: the quick half of the check, for ordinary points of real functions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import flint
from flint import arb
from sympy import Expr, I, Symbol

from symcalc.calculus.differences import MAX_ORDER, Differences, central
from symcalc.calculus.enclosure import NoBall
from symcalc.calculus.subexpressions import subexpressions
from symcalc.result import Claim

TOLERANCE = 1e-10
"""The largest relative error of an answer that is right."""
PRECISION = 128
"""Bits with which an error is computed."""

Comparison = Callable[[Mapping[Symbol, Any]], Any]
"""From values for the symbols to the largest relative error there. Raises NoBall where the balls do not say."""


def comparison(claim: Claim, symbols: Sequence[Symbol], direction: Mapping[Symbol, Any]) -> Comparison | None:
    """The quick comparison for a claim; None where there is none."""
    build = KINDS.get(claim.kind)
    if build is None or claim.point or not is_real(claim):
        return None
    try:
        return build(claim, symbols, direction)
    except NoBall:
        return None


def is_real(claim: Claim) -> bool:
    """Whether everything in the function is real."""
    atoms = [part for part in subexpressions(claim.function) if not part.args]
    return I not in atoms and all(s.is_extended_real for s in atoms if s.is_Symbol)


def _jacobian(claim: Claim, symbols: Sequence[Symbol], direction: Mapping[Symbol, Any]) -> Comparison:
    """J·v against the derivative of F along v."""
    return _slopes(claim.function.flat(), claim.value.todok(), claim.variables, symbols, direction)


def _gradient(claim: Claim, symbols: Sequence[Symbol], direction: Mapping[Symbol, Any]) -> Comparison:
    """∇f·v against the derivative of f along v."""
    row = {(0, j): entry for (j, _), entry in claim.value.todok().items()}
    return _slopes([claim.function], row, claim.variables, symbols, direction)


def _slopes(
    components: Sequence[Expr],
    entries: Mapping[tuple[int, int], Expr],
    variables: Sequence[Symbol],
    symbols: Sequence[Symbol],
    direction: Mapping[Symbol, Any],
) -> Comparison:
    made = Differences(components, list(entries.values()), symbols)
    v = [arb(float(direction.get(s, 0))) for s in symbols]
    weights = [(i, v[symbols.index(variables[j])]) for i, j in entries]
    line = central([(v, 1)])

    def compared(values: Mapping[Symbol, Any]) -> Any:
        at = made.point(values)
        rows = [arb(0)] * len(components)
        with flint.ctx.workprec(PRECISION):
            for (i, weight), value in zip(weights, made.answers(at, 1), strict=True):
                rows[i] = rows[i] + weight * value
        return _largest(made.along(at, line), rows)

    return compared


def _derivative(claim: Claim, symbols: Sequence[Symbol], _: Mapping[Symbol, Any]) -> Comparison | None:
    """The value against the mixed difference in the directions of the variables."""
    order = sum(n for _, n in claim.orders)
    if order > MAX_ORDER or len({x for x, _ in claim.orders}) < len(claim.orders):
        return None
    made = Differences([claim.function], [claim.value], symbols)
    axes = central([([int(s == x) for s in symbols], n) for x, n in claim.orders])

    def compared(values: Mapping[Symbol, Any]) -> Any:
        at = made.point(values)
        return _largest(made.along(at, axes), made.answers(at, order))

    return compared


def _hessian(claim: Claim, symbols: Sequence[Symbol], direction: Mapping[Symbol, Any]) -> Comparison:
    """vᵀHv against the second derivative of f along v in two directions, and the symmetry of H as stated."""
    places = claim.value.todok()
    made = Differences([claim.function], list(places.values()), symbols)
    xs = claim.variables
    forth = [float(direction[x]) for x in xs]
    directions = [dict(zip(xs, v, strict=True)) for v in (forth, reversed(forth))]
    lines = [(v, central([([arb(v.get(s, 0)) for s in symbols], 2)])) for v in directions]

    def compared(values: Mapping[Symbol, Any]) -> Any:
        at = made.point(values)
        entries = dict(zip(places, made.answers(at, 2), strict=True))
        numbers = [value for (i, j), value in entries.items() if i != j]
        answers = [entries.get((j, i), arb(0)) for i, j in entries if i != j]
        for v, line in lines:
            numbers += made.along(at, line)
            with flint.ctx.workprec(PRECISION):
                form = (value * arb(v[xs[i]]) * arb(v[xs[j]]) for (i, j), value in entries.items())
                answers.append(sum(form, arb(0)))
        return _largest(numbers, answers)

    return compared


KINDS: dict[str, Callable[..., Comparison | None]] = {
    "gradient": _gradient,
    "jacobian": _jacobian,
    "hessian": _hessian,
    "derivative": _derivative,
}


def _largest(numbers: Sequence[Any], answers: Sequence[Any]) -> Any:
    with flint.ctx.workprec(PRECISION):
        return max(_error(a, b) for a, b in zip(numbers, answers, strict=True))


def _error(a: Any, b: Any) -> Any:
    """|a - b| relative to the larger of the two and 1."""
    size = float(max(abs(a.mid()), abs(b.mid())))
    error = float(abs(a - b).abs_upper()) / max(size, 1.0)
    if not error < math.inf:
        raise NoBall
    return error
