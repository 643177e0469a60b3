"""A function of one variable as a curve: where it rises and falls, how it bends, its asymptotes.

The line is cut at the real zeros of f' and f'' (complete lists only) and at the points where a part of f ends; between them
the signs are those at one point each, enclosed by certified balls.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import flint
import sympy as sp
from flint import arb
from sympy import Expr, Rational, Symbol, oo

from symcalc.calculus.decide.value import value_at
from symcalc.calculus.domains import DOMAINS
from symcalc.calculus.enclosure import NoBall, enclose
from symcalc.calculus.fields import derivative
from symcalc.calculus.limits import one_sided_limit
from symcalc.calculus.sign import sign_of
from symcalc.notation import RealRoot
from symcalc.result import Extremum

PRECISION = 200
MOST_CUTS = 40

Interval = tuple[Expr, Expr]
"""The open interval between two extended real numbers."""
Zeros = Callable[[Expr], list[Expr] | None]
"""The real zeros of the derivative of a function, all of them, or None when it is not known that these are all."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Open intervals by what f does there, the points where its bending changes, its asymptotes as equations, and the limits
    of f at the borders of the intervals on which it is monotone: (border, side, limit or None)."""

    rising: tuple[Interval, ...]
    falling: tuple[Interval, ...]
    convex: tuple[Interval, ...]
    concave: tuple[Interval, ...]
    inflections: tuple[Expr, ...]
    vertical: tuple[Expr, ...]
    others: tuple[tuple[Expr, tuple[Expr, ...]], ...]
    borders: tuple[tuple[Expr, int, Expr | None], ...]


def curve(f: Expr, x: Symbol, zeros: Zeros) -> Curve | None:
    """The curve of f, or None where its cuts are not all known (parameters, periodic functions, zeros that are not proven
    complete)."""
    if f.free_symbols != {x}:
        return None
    ends = singular_points(f, x)
    slope = derivative(f, [(x, 1)])
    flat, bends = zeros(f), zeros(slope)
    if ends is None or flat is None or bends is None:
        return None
    rising = _signs(f, slope, x, [*ends, *flat], ends)
    bending = _signs(f, derivative(slope, [(x, 1)]), x, [*ends, *bends], ends)
    if rising is None or bending is None:
        return None
    pieces = dict(bending)
    turning = [a for a in _sorted(bends) if a not in ends and value_at(f, {x: a}) is not None]
    inflections = tuple(a for a in turning if {_beside(pieces, a, -1), _beside(pieces, a, 1)} == {1, -1})
    borders = tuple(_borders(f, x, rising))
    vertical = tuple(a for a in ends if any(b == a and limit in (oo, -oo) for b, _, limit in borders))
    return Curve(
        _of_sign(rising, 1), _of_sign(rising, -1), _of_sign(bending, 1), _of_sign(bending, -1),
        inflections, vertical, tuple(_at_infinity(f, x)), borders,
    )  # fmt: skip


def _of_sign(pieces: Iterable[tuple[Interval, int]], sign: int) -> tuple[Interval, ...]:
    return tuple(interval for interval, s in pieces if s == sign)


def singular_points(f: Expr, x: Symbol) -> list[Expr] | None:
    """Where a denominator vanishes or the domain of a part ends; None when these are not known."""
    found: list[Expr] = []
    for part in sp.preorder_traversal(f):
        for edge in _edges(part, x):
            roots = _real_zeros(edge, x)
            if roots is None:
                return None
            found += roots
    return _sorted(found)


def _edges(part: Expr, x: Symbol) -> Iterable[Expr]:
    """Functions whose zeros may be singular points of the part."""
    if not part.has(x) or part.is_Atom:
        return
    if part.is_Pow and not isinstance(part, sp.exp) and not (part.exp.is_Integer and part.exp > 0):
        yield part.base
    elif isinstance(part, sp.tan | sp.sec):
        yield sp.cos(part.args[0])
    elif isinstance(part, sp.cot | sp.csc):
        yield sp.sin(part.args[0])
    elif isinstance(part, sp.coth | sp.csch | sp.Abs | sp.sign | sp.acot | sp.Heaviside | RealRoot):
        yield part.args[0]
    elif isinstance(part, sp.Max | sp.Min):
        yield from (a - b for a, b in itertools.combinations(part.args, 2))
    elif isinstance(part, sp.floor | sp.ceiling | sp.Piecewise | sp.gamma | sp.factorial | sp.zeta):
        yield sp.sin(x)  # ends that are not looked for: as good as periodic
    for bound, _ in DOMAINS.get(part.func, ()):
        yield part.args[0] - bound


def _real_zeros(e: Expr, x: Symbol) -> list[Expr] | None:
    above = sp.fraction(sp.together(e))[0]
    if not above.has(x):
        return []
    if above.is_polynomial(x) and all(c.is_Rational for c in sp.Poly(above, x).coeffs()):
        return [sp.nsimplify(r) if r.is_Rational else r for r in dict.fromkeys(sp.real_roots(above))]
    if isinstance(above, sp.exp) or above.is_positive:
        return []
    return None


def _sorted(points: Iterable[Expr]) -> list[Expr]:
    kept: list[Expr] = []
    for p in sorted(set(points), key=lambda p: p.evalf(40)):
        if not kept or sign_of(p - kept[-1]) == 1:
            kept.append(p)
    return kept


def _signs(f: Expr, g: Expr, x: Symbol, cuts: Iterable[Expr], ends: list[Expr]) -> list[tuple[Interval, int]] | None:
    """The open intervals on which g has one sign and f is defined, neighbours of one sign joined where f is smooth between."""
    points = _sorted(cuts)
    if len(points) > MOST_CUTS:
        return None
    borders = [-oo, *points, oo]
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
    if low == -oo:
        middle = Rational(0) if high is oo else sp.floor(high) - 1
    else:
        middle = sp.floor(low) + 2 if high is oo else _rational_between(low, high)
    with flint.ctx.workprec(PRECISION):
        at = {x: arb(int(middle.p)) / int(middle.q)}
        try:
            enclose(f, at)
        except NoBall:
            return 0
        try:
            ball = enclose(g, at)
        except NoBall:
            return None
        if ball > 0 or ball < 0:
            return 1 if ball > 0 else -1
    return 0 if g == 0 or sp.simplify(g) == 0 else None


def _rational_between(low: Expr, high: Expr) -> Rational:
    middle = ((low + high) / 2).evalf(30)
    width = (high - low).evalf(30)
    return sp.nsimplify(middle, rational=True, tolerance=width / 8)


def _beside(pieces: dict[Interval, int], a: Expr, side: int) -> int:
    """The sign on the interval that ends (or begins) at a."""
    return next((s for (low, high), s in pieces.items() if (high if side < 0 else low) == a), 0)


def _borders(f: Expr, x: Symbol, pieces: Iterable[tuple[Interval, int]]) -> Iterable[tuple[Expr, int, Expr | None]]:
    for (low, high), _ in pieces:
        for a, side in ((low, 1), (high, -1)):
            found = one_sided_limit(f, x, a, side)
            yield a, side, found.value if found.status == "limit" else None


def extrema(f: Expr, x: Symbol, shape: Curve) -> dict[str, Extremum]:
    """The global extrema of f, from its limits at the borders of the intervals on which it is monotone: nothing for a
    side on which a comparison is not decided."""
    if any(value is None for _, _, value in shape.borders) or not shape.borders:
        return {}
    found = {}
    for side, sign in (("minimum", -1), ("maximum", 1)):
        best = shape.borders[0]
        for border in shape.borders[1:]:
            order = _compare(border[2], best[2])
            if order is None:
                break
            attains = order == 0 and value_at(f, {x: best[0]}) is None
            best = border if order * sign > 0 or attains else best
        else:
            found[side] = _said(f, x, side, best)
    return found


def _compare(a: Expr | None, b: Expr | None) -> int | None:
    assert a is not None
    assert b is not None
    if a == b:
        return 0
    if a in (oo, -oo) or b in (oo, -oo):
        return 1 if a is oo or b == -oo else -1
    return sign_of(a - b)


def _said(f: Expr, x: Symbol, side: str, best: tuple[Expr, int, Expr | None]) -> Extremum:
    a, direction, value = best
    if value not in (oo, -oo) and a.is_finite and value_at(f, {x: a}) == value:
        reason = "compared with the limits at all ends of the intervals"
        return Extremum(side, "attained", value, places=(("at ", x, " = ", a),), reason=reason)
    where = (x, " to ", a, (" from the right" if direction > 0 else " from the left") * bool(a.is_finite))
    if value in (oo, -oo):
        return Extremum(side, "none", reason=("the objective tends to ", value, " for ", *where))
    return Extremum(side, "none", reason=("its bound ", value, " is only approached, for ", *where))


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
