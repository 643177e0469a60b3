"""Certified zeros of square systems: interval Newton steps (Krawczyk) in a box, or from many starting points."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from typing import Any

import flint
from flint import arb, arb_mat
from sympy import Expr, Symbol

from symcalc.calculus.stationary.compiled import Square

SEARCH_BITS = 80
FINAL_BITS = 256
MOST_BOXES = {1: 4000, 2: 6000}
"""Boxes examined at most, by number of unknowns; larger systems are not searched exhaustively."""

SMALLEST = 1e-9
STARTS = 150
NEWTON_STEPS = 40
SCALES = (0.5, 1.5, 4.0)
Box = list[Any]


def zeros_in_box(equations: Sequence[Expr], unknowns: Sequence[Symbol], half_width: int) -> list[Box] | None:
    """All zeros with every |unknown| ≤ half_width, each enclosed and proven unique; None when that is not settled.

    Branch and prune: a box is dropped when the system has no zero in it or when its Krawczyk image misses it, and
    holds exactly one zero when the image lies in its interior.
    """
    system = Square(equations, unknowns)
    limit = MOST_BOXES.get(len(unknowns), 0)
    found: list[Box] = []
    with flint.ctx.workprec(SEARCH_BITS):
        waiting = [[_ball(-half_width - 1.2e-4, half_width + 2.3e-4) for _ in unknowns]]  # 0 is not on a cut
        for _ in range(limit):
            if not waiting:
                return distinct(found)
            verdict = _examine(system, waiting.pop())
            if verdict is None:
                return None
            zero, parts = verdict
            waiting += parts
            found += [_refined(system, zero)] if zero is not None else []
    return None


def _examine(system: Square, box: Box) -> tuple[Box | None, list[Box]] | None:
    """A box with exactly one zero, or smaller boxes to examine; None when the box is tiny and still undecided."""
    if any(v.is_finite() and not v.contains(0) for v in system.values(box)):
        return None, []
    image = krawczyk(system, box)
    if image is not None:
        if any(not k.overlaps(b) for k, b in zip(image, box, strict=True)):
            return None, []
        if all(b.contains_interior(k) for k, b in zip(image, box, strict=True)):
            return image, []
        smaller = [k.intersection(b) for k, b in zip(image, box, strict=True)]
        if _volume(smaller) < 0.5 * _volume(box):
            return None, [smaller]
    widest = max(range(len(box)), key=lambda i: float(box[i].rad()))
    middle, radius = float(box[widest].mid()), float(box[widest].rad())
    if radius < SMALLEST:
        return None
    cut = middle + 0.0123 * radius
    halves = (_ball(middle - radius, cut), _ball(cut, middle + radius))
    return None, [[*box[:widest], half, *box[widest + 1 :]] for half in halves]


def krawczyk(system: Square, box: Box) -> Box | None:
    """K = m - Y·F(m) + (1 - Y·F'(box))·(box - m) with Y ≈ F'(m)⁻¹; None when that cannot be formed."""
    size = system.size
    middle = [arb(b.mid()) for b in box]
    slopes = system.jacobian(middle)
    if not all(a.is_finite() for a in slopes.entries()):
        return None
    try:
        inverse = arb_mat(size, size, [arb(a.mid()) for a in slopes.inv().entries()])
    except ZeroDivisionError:
        return None
    one = arb_mat(size, size, [int(i == j) for i in range(size) for j in range(size)])
    offset = arb_mat(size, 1, [b - m for b, m in zip(box, middle, strict=True)])
    image = arb_mat(size, 1, middle) - inverse * arb_mat(size, 1, system.values(middle))
    image = image + (one - inverse * system.jacobian(box)) * offset
    entries = [image[i, 0] for i in range(size)]
    return entries if all(k.is_finite() for k in entries) else None


def zeros_from_starts(equations: Sequence[Expr], unknowns: Sequence[Symbol]) -> list[Box]:
    """Zeros that Newton's method finds from fixed pseudo-random starts, each one proven to exist. Some may be missing."""
    system = Square(equations, unknowns)
    numbers = random.Random(1)
    found: list[Box] = []
    for scale in itertools.islice(itertools.cycle(SCALES), STARTS):
        with flint.ctx.workprec(SEARCH_BITS):
            end = _newton(system, [arb(numbers.gauss(0, scale)) for _ in unknowns])
            box = None if end is None else [arb(m, 1e-8) for m in end]
            image = None if box is None else krawczyk(system, box)
            if image is None or not all(b.contains_interior(k) for k, b in zip(image, box or [], strict=True)):
                continue
        zero = _refined(system, image)
        if not _repeats(zero, found):
            found.append(zero)
    return found


def _newton(system: Square, point: Box) -> Box | None:
    for _ in range(NEWTON_STEPS):
        slopes, values = system.jacobian(point), system.values(point)
        if not all(a.is_finite() for a in (*slopes.entries(), *values)):
            return None
        try:
            step = slopes.solve(arb_mat(system.size, 1, values))
        except ZeroDivisionError:
            return None
        moves = [arb(step[i, 0].mid()) for i in range(system.size)]
        point = [arb((p - m).mid()) for p, m in zip(point, moves, strict=True)]
        size = max(abs(float(m)) for m in moves)
        if size < 1e-14 * (1 + max(abs(float(p)) for p in point)):
            return point
        if size > 1e9:
            return None
    return None


def _refined(system: Square, box: Box) -> Box:
    """The same zero in a box that shrinks until it does not any more."""
    with flint.ctx.workprec(FINAL_BITS):
        for _ in range(40):
            image = krawczyk(system, box)
            if image is None:
                return box
            smaller = [k.intersection(b) for k, b in zip(image, box, strict=True)]
            if not any(float(s.rad()) < 0.9 * float(b.rad()) for s, b in zip(smaller, box, strict=True)):
                return smaller
            box = smaller
    return box


def distinct(boxes: Sequence[Box]) -> list[Box]:
    """Without repetition: boxes that overlap hold the same zero."""
    return [box for i, box in enumerate(boxes) if not _repeats(box, boxes[:i])]


def _repeats(box: Box, others: Sequence[Box]) -> bool:
    return any(all(a.overlaps(b) for a, b in zip(box, other, strict=True)) for other in others)


def _volume(box: Box) -> float:
    product = 1.0
    for b in box:
        product *= float(b.rad()) + 1e-300
    return product


def _ball(low: float, high: float) -> Any:
    """A ball that contains the interval."""
    return arb((low + high) / 2, (high - low) / 2 * (1 + 1e-12) + 1e-300)
