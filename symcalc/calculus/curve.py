"""A function of one variable as a curve: where it rises and falls, how it bends, its asymptotes.

The line is cut at the real zeros of f' and f'' (complete lists only) and at the points where a part of f ends; between them
the signs are those at one point each, enclosed by certified balls.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol, oo

from symcalc.calculus.decide.value import value_at
from symcalc.calculus.fields import derivative
from symcalc.calculus.limits import one_sided_limit
from symcalc.calculus.periodic import in_one_period, period, repeating
from symcalc.calculus.singular import singular_points
from symcalc.calculus.zeros import between, in_order, value_ball

MOST_CUTS = 40

Interval = tuple[Expr, Expr]
"""The open interval between two extended real numbers."""
Zeros = Callable[[Expr], list[Expr] | None]
"""The real zeros of the derivative of a function, all of them, or None when it is not known that these are all."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Open intervals by what f does there, the points where its bending changes, its asymptotes as equations, and the limits
    of f at the borders of the intervals on which it is monotone: (border, side, limit or None); and points among which all
    stationary ones are.

    With a `period` f' repeats, and all this is told for one period; the borders are there if f itself repeats.
    """

    rising: tuple[Interval, ...]
    falling: tuple[Interval, ...]
    convex: tuple[Interval, ...]
    concave: tuple[Interval, ...]
    inflections: tuple[Expr, ...]
    vertical: tuple[Expr, ...]
    others: tuple[tuple[Expr, tuple[Expr, ...]], ...]
    borders: tuple[tuple[Expr, int, Expr | None], ...]
    stationary: tuple[Expr, ...]
    period: Expr | None = None


def curve(f: Expr, x: Symbol, zeros: Zeros) -> Curve | None:
    """The curve of f, or None where its cuts are not all known (parameters, zeros that are not proven complete)."""
    if f.free_symbols != {x}:
        return None
    slope = derivative(f, [(x, 1)])
    length = period(repeating(f, x), x)
    ends = singular_points(f, x, length)
    if ends is None or (flat := zeros(f)) is None or (bends := zeros(slope)) is None:
        return None
    return _open_curve(f, slope, x, ends, flat, bends) if length is None else _repeated(f, slope, x, ends, flat, bends, length)


def _open_curve(f: Expr, slope: Expr, x: Symbol, ends: list[Expr], flat: list[Expr], bends: list[Expr]) -> Curve | None:
    rising = _signs(f, slope, x, [*ends, *flat], ends)
    bending = _signs(f, derivative(slope, [(x, 1)]), x, [*ends, *bends], ends)
    if rising is None or bending is None:
        return None
    pieces = dict(bending)
    turning = [a for a in in_order(bends) or () if a not in ends and value_at(f, {x: a}) is not None]
    inflections = tuple(a for a in turning if {_beside(pieces, a, -1), _beside(pieces, a, 1)} == {1, -1})
    borders = tuple(_borders(f, x, rising))
    return Curve(
        _of_sign(rising, 1), _of_sign(rising, -1), _of_sign(bending, 1), _of_sign(bending, -1),
        inflections, _vertical(ends, borders), tuple(_at_infinity(f, x)), borders, tuple(flat),
    )  # fmt: skip


def _repeated(
    f: Expr, slope: Expr, x: Symbol, ends: list[Expr], flat: list[Expr], bends: list[Expr], length: Expr
) -> Curve | None:
    """The curve in one period. A window of its length that begins at a cut serves the slope, another one the bending."""
    found: list[list[tuple[Interval, int]]] = []
    for g, cuts in ((slope, flat), (derivative(slope, [(x, 1)]), bends)):
        window = _window([*ends, *cuts], length)
        inside = None if window is None else in_one_period(ends, length, window[0])
        if window is None or inside is None:
            return None
        signs = _signs(f, g, x, window[1:], inside, window[0], window[0] + length)
        if signs is None:
            return None
        found.append(signs)
    rising, bending = found
    borders = tuple(_borders(f, x, rising))
    return Curve(
        _of_sign(rising, 1), _of_sign(rising, -1), _of_sign(bending, 1), _of_sign(bending, -1),
        _turning(f, x, bending, length), _vertical([low for (low, _), _ in rising], borders), (),
        borders if repeating(f, x) == f else (), tuple(flat), length,
    )  # fmt: skip


def _turning(f: Expr, x: Symbol, bending: list[tuple[Interval, int]], length: Expr) -> tuple[Expr, ...]:
    """Where the sign changes from one of the intervals of a period to the next, and f has a value."""
    before = {high: sign for (_, high), sign in bending}
    if bending:
        (start, _), _ = bending[0]
        before[start] = before.get(start + length, 0)
    turns = [low for (low, _), sign in bending if before.get(low, 0) == -sign]
    return tuple(a for a in turns if value_at(f, {x: a}) is not None)


def _window(cuts: list[Expr], length: Expr) -> list[Expr] | None:
    """The cuts in one period that begins at the last cut that is not positive; at 0 where there is none."""
    first = in_one_period(cuts, length, sp.S.Zero)
    if first is None:
        return None
    if not first:
        return [sp.S.Zero]
    start = first[0] if first[0] == 0 else sp.expand(first[-1] - length)
    return in_one_period(first, length, start)


def _vertical(ends: Iterable[Expr], borders: Iterable[tuple[Expr, int, Expr | None]]) -> tuple[Expr, ...]:
    return tuple(a for a in ends if any(b == a and limit in (oo, -oo) for b, _, limit in borders))


def _of_sign(pieces: Iterable[tuple[Interval, int]], sign: int) -> tuple[Interval, ...]:
    return tuple(interval for interval, s in pieces if s == sign)


def _signs(
    f: Expr, g: Expr, x: Symbol, cuts: Iterable[Expr], ends: list[Expr], first: Expr = -oo, last: Expr = oo
) -> list[tuple[Interval, int]] | None:
    """The open intervals from `first` to `last` on which g has one sign and f is defined, neighbours of one sign joined where f
    is smooth between."""
    points = in_order(cuts)
    if points is None or len(points) > MOST_CUTS:
        return None
    borders = [first, *points, last]
    found: list[tuple[Interval, int]] = []
    for low, high in itertools.pairwise(borders):
        sign = _sign_between(f, g, x, low, high)
        if sign is None:
            return None
        joins = found and found[-1][1] == sign and found[-1][0][1] == low and low not in ends
        if joins:
            found[-1] = ((found[-1][0][0], high), sign)
        elif sign:
            found.append(((low, high), sign))
    return found


def _sign_between(f: Expr, g: Expr, x: Symbol, low: Expr, high: Expr) -> int | None:
    """1 or -1; 0 where f is not defined or g vanishes throughout; None when it is not decided."""
    middle = between(low, high)
    if value_ball(f, x, middle) is None:
        return 0
    ball = value_ball(g, x, middle)
    if ball is None:
        return None
    if ball > 0 or ball < 0:
        return 1 if ball > 0 else -1
    return 0 if g == 0 or sp.simplify(g) == 0 else None


def _beside(pieces: dict[Interval, int], a: Expr, side: int) -> int:
    """The sign on the interval that ends (or begins) at a."""
    return next((s for (low, high), s in pieces.items() if (high if side < 0 else low) == a), 0)


def _borders(f: Expr, x: Symbol, pieces: Iterable[tuple[Interval, int]]) -> Iterable[tuple[Expr, int, Expr | None]]:
    for (low, high), _ in pieces:
        for a, side in ((low, 1), (high, -1)):
            found = one_sided_limit(f, x, a, side)
            yield a, side, found.value if found.status == "limit" else None


def _at_infinity(f: Expr, x: Symbol) -> Iterable[tuple[Expr, tuple[Expr, ...]]]:
    """Horizontal and oblique asymptotes: y = m·x + b, with the ends at which f approaches it."""
    lines: dict[Expr, list[Expr]] = {}
    for end in (-oo, oo):
        slope = one_sided_limit(f / x, x, end, 1)
        if slope.status != "limit" or slope.value is None or slope.value.is_infinite:
            continue
        rest = one_sided_limit(f - slope.value * x, x, end, 1)
        if rest.status != "limit" or rest.value is None or rest.value.is_infinite:
            continue
        line = slope.value * x + rest.value
        if sp.simplify(f - line) != 0:
            lines.setdefault(line, []).append(end)
    return [(line, tuple(ends)) for line, ends in lines.items()]
