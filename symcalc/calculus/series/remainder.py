"""The remainder of a Taylor polynomial: a rigorous bound on a box by interval arithmetic, and the largest error found there.

Coefficients are enclosed by the recurrences of the engine over balls (Moore, Kearfott and Cloud, Introduction to Interval
Analysis, 9.4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any

import flint
from flint import arb, arb_poly
from sympy import Expr, Symbol

from symcalc.calculus.enclosure import NoBall, Unknown, enclose
from symcalc.calculus.series.balls import Balls
from symcalc.calculus.series.boxes import on_piece, polynomial, powers, slope
from symcalc.calculus.series.constants import Constants
from symcalc.calculus.series.engine import Expansion
from symcalc.calculus.series.exact import Exact
from symcalc.calculus.series.pieces import Piece, Singular, upper_bound
from symcalc.errors import SymcalcError
from symcalc.notation import lower

SAMPLES = {1: 400, 2: 30, 3: 10}
"""Steps along each side of the box at which the error is tried, by the number of variables."""
FEWEST_SAMPLES = 4
MAX_REFINEMENTS = 60
FURTHER = (0, 2, 6)
"""In several variables the bound is also sought through so many further terms of the series."""

NEAR = 1.02
"""A bound within this factor of a value that is attained is good enough."""

Terms = Sequence[Sequence[tuple[tuple[int, ...], Expr]]]


@dataclass(frozen=True, slots=True)
class Bound:
    """`bound` is at least |f - T| everywhere on the box; `error` is about the largest |f - T| there, found at `place`."""

    bound: Fraction
    error: float
    place: dict[Symbol, float]


def remainder_bound(f: Expr, variables: Sequence[Symbol], point: Mapping[Symbol, Expr], terms: Terms, radius: Expr) -> Bound:
    """Bound the error of the Taylor polynomial with these terms where |x_i - a_i| ≤ radius for every variable.

    Raises SymcalcError("no") where f is not shown to be smooth there, or has a part that cannot be enclosed.
    """
    f, degree = lower(f), len(terms) - 1
    names = (f.free_symbols - set(variables)).union(*(a.free_symbols for a in point.values()))
    if names:
        problem = f"a bound of the remainder needs numbers, but {', '.join(sorted(map(str, names)))} is left open"
        raise SymcalcError("no", problem, code="parameter", hint="put numbers in, or leave out --within")
    constants = Constants(variables, point)
    constants.collect(f, degree + 1)
    try:
        with flint.ctx.workprec(128 + 16 * (degree + 2)):
            error = _Error(f, constants, terms, radius)
            largest, place = _largest(error.value, len(variables))
            at = [float((a + error.size * s).mid()) for a, s in zip(error.centre, place, strict=True)]
        with flint.ctx.workprec(64 + 8 * (degree + 2)):
            error = _Error(f, constants, terms, radius)
            bound = error.bound(largest)
    except Singular as singular:
        raise error.singular(singular.piece) from None
    except Unknown:
        problem = f"the remainder has no bound: a derivative of {f} has no certified enclosure"
        raise SymcalcError("no", problem, code="no-enclosure", hint="leave out --within") from None
    return Bound(bound, largest, dict(zip(variables, at, strict=True)))


class _Error:
    """g = f - T on the box |x_i - a_i| ≤ radius. Places are relative to the box: a + radius·s."""

    def __init__(self, f: Expr, constants: Constants, terms: Terms, radius: Expr) -> None:
        self.f, self.constants, self.variables, self.degree = f, constants, constants.variables, len(terms) - 1
        self.radius, self.size, self.centre = (
            radius,
            enclose(radius, {}),
            [enclose(constants.point[x], {}) for x in self.variables],
        )
        self.terms = [(m, enclose(c, {})) for group in terms for m, c in group]

    def bound(self, attained: float) -> Fraction:
        """At least |g| on the whole box. In several variables it is sought in several ways, until it is close to a value that is
        attained."""
        if len(self.variables) == 1:
            return upper_bound(self.on_interval, [((0.0, 1.0),)])
        ways = [partial(self.through_terms, self.degree + more) for more in FURTHER]
        least: Fraction | None = None
        for way in (*ways, partial(upper_bound, self.on_box, [((0.0, 1.0),) * len(self.variables)])):
            found = way()
            least = found if least is None else min(least, found)
            if least <= attained * NEAR:
                break
        return least or Fraction(0)

    def on_interval(self, piece: Piece) -> tuple[Any, Any]:
        """In one variable: with c the centre of the piece P and d its half width, |g| ≤ Σ |g_k(c)|·d^k + |f_(n+1)(P)|·d^(n+1),
        the sum over k ≤ n, by Taylor's theorem with Lagrange's remainder for g (Apostol, Mathematical Analysis, 5.15)."""
        ((c, w),) = piece
        middle, n = self.size * arb(c), self.degree
        shifted = arb_poly([0])
        for (k,), coefficient in self.terms:
            shifted += coefficient * arb_poly([middle, 1]) ** k
        known = self._series([self.centre[0] + middle], [arb(1)], c == 0)[: n + 1]
        around = self._series([self.centre[0] + self.size * arb(c, w)], [arb(1)], abs(c) <= w)
        differences = [abs(u - shifted[k]) for k, u in enumerate(known)] + [abs(around[n + 1])]
        total, power = arb(0), arb(1)
        for difference in differences:
            total += difference * power
            power *= self.size * w
        return _finite(total).upper(), differences[0].lower()

    def on_segments(self, piece: Piece) -> tuple[Any, Any]:
        """R_n(h) is the coefficient of t^(n+1) of f(ξ + t·h) for some ξ = a + s·h with 0 < s < 1 (Apostol, 12.14), s being the
        first side of the piece and h the others. It is homogeneous in h, so that h on the faces of the box will do."""
        (s, w), *sides = piece
        steps = [self.size * arb(c, d) for c, d in sides]
        along = arb(s, w)
        around = self._series([a + along * h for a, h in zip(self.centre, steps, strict=True)], steps, s == w)
        size = abs(_finite(around[self.degree + 1]))
        return size.upper(), size.lower()

    def on_box(self, piece: Piece) -> tuple[Any, Any]:
        """|g| ≤ |g(c)| + Σ |∂g/∂x_i|·d_i on a piece with centre c and half widths d_i, by the mean value theorem."""
        value = abs(self.difference([c for c, _ in piece]))
        box = [a + self.size * arb(c, w) for a, (c, w) in zip(self.centre, piece, strict=True)]
        away = [self.size * arb(c, w) for c, w in piece]
        meets = all(abs(c) <= w for c, w in piece)
        total = value
        for i, (_, w) in enumerate(piece):
            steps = [arb(int(i == j)) for j in range(len(piece))]
            ring = Balls(self.variables, box, steps, self.constants.orders, meets)
            steepness = Expansion(self.variables, ring, self.constants.rewritten).expand(self.f, 1)[1]
            total += abs(steepness - slope(self.terms, [powers(h, self.degree) for h in away], i)) * self.size * w
        return _finite(total).upper(), value.lower()

    def through_terms(self, degree: int) -> Fraction:
        """|g| ≤ |P| + |R_degree|, where P holds the terms from n + 1 to a higher degree."""
        constants = Constants(self.variables, self.constants.point)
        constants.collect(self.f, degree + 1)
        ring = Exact(constants)
        series = Expansion(self.variables, ring, constants.rewritten).expand(self.f, degree)
        between = [pair for c in series[self.degree + 1 :] for pair in ring.field.terms(c)]
        terms = [(m, enclose(ring.field.expression(c), {}) * self.size ** sum(m)) for m, c in between]
        further = _Error(self.f, constants, [[] for _ in series], self.radius)
        known = upper_bound(partial(on_piece, terms), [((0.0, 1.0),) * len(self.variables)]) if terms else Fraction(0)
        return known + upper_bound(further.on_segments, _faces(len(self.variables)))

    def _series(self, box: Sequence[Any], steps: Sequence[Any], meets: bool) -> list[Any]:
        ring = Balls(self.variables, box, steps, self.constants.orders, meets)
        return Expansion(self.variables, ring, self.constants.rewritten).expand(self.f, self.degree + 1)

    def value(self, s: Sequence[float]) -> float:
        """|g| at a + radius·s; 0 where f cannot be evaluated."""
        try:
            return float(abs(self.difference(s)).mid())
        except NoBall:
            return 0.0

    def difference(self, s: Sequence[float]) -> Any:
        """g at a + radius·s."""
        steps = [self.size * arb(t) for t in s]
        there = enclose(self.f, {x: a + h for x, a, h in zip(self.variables, self.centre, steps, strict=True)})
        return there - polynomial(self.terms, [powers(h, self.degree) for h in steps])

    def singular(self, piece: Piece) -> SymcalcError:
        """The error for a piece on which nothing is known."""
        if len(self.variables) == 1:
            sides = [c for c, _ in piece]
        else:
            sides = [piece[0][0] * c for c, _ in piece[1:]]
        places = [float((a + self.size * s).mid()) for a, s in zip(self.centre, sides, strict=True)]
        tiny = 1e-5 * float(self.size.mid())
        near = ", ".join(
            f"{x} = {place if abs(place) > tiny else 0:.4g}" for x, place in zip(self.variables, places, strict=True)
        )
        problem = f"the remainder has no bound there: {self.f} is not known to be smooth near {near}"
        return SymcalcError("no", problem, code="not-smooth", hint="choose a smaller distance for --within")


def _finite(ball: Any) -> Any:
    if not ball.is_finite():
        raise NoBall
    return ball


def _faces(n: int) -> list[Piece]:
    """For each face of the box [-1, 1]^n the segments to it from the centre."""
    whole = (0.0, 1.0)
    return [((0.5, 0.5), *((side, 0.0) if j == i else whole for j in range(n))) for i in range(n) for side in (-1.0, 1.0)]


def _largest(error: Callable[[Sequence[float]], float], variables: int) -> tuple[float, list[float]]:
    """The largest value on [-1, 1]^n that a grid and a search from its best point find, and where."""
    n = SAMPLES.get(variables, FEWEST_SAMPLES)
    grid = [-1 + 2 * i / n for i in range(n + 1)]
    best, place = max(((error(p), p) for p in product(grid, repeat=variables)), key=lambda pair: pair[0])
    at, step = list(place), 1 / n
    for _ in range(MAX_REFINEMENTS):
        moved = False
        for i, side in product(range(variables), (-1, 1)):
            trial = [*at]
            trial[i] = min(1.0, max(-1.0, at[i] + side * step))
            value = error(trial)
            if value > best:
                best, at, moved = value, trial, True
        if not moved:
            step /= 2
    return best, at
