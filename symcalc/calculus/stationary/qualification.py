"""The constraint qualification in words: are the gradients of the constraints independent where the constraints hold?

The Fritz John conditions hold wherever these gradients are dependent (Mangasarian and Fromovitz 1967), so that a complete list
of their solutions holds every such point.
"""

from __future__ import annotations

from collections.abc import Iterable

from symcalc.calculus.stationary.classify import UNQUALIFIED
from symcalc.result import Point

ONE = "the gradient of the constraint is nonzero"
SEVERAL = "the gradients of the constraints are independent"
ACTIVE = "the gradients of the active constraints are independent"


def qualification(points: Iterable[Point], constraints: int, complete: bool, families: bool) -> str:
    """A sentence about a list of points under so many equations; nothing where there are none."""
    return qualified(points, ONE if constraints == 1 else SEVERAL, complete, families) if constraints else ""


def qualified(points: Iterable[Point], gradients: str, complete: bool, families: bool) -> str:
    """The same in the given words for what the qualification asks."""
    if any(point.kind.startswith(UNQUALIFIED) for point in points):
        others = f"; elsewhere {gradients}" if complete and not families else ""
        return f"constraint qualification: it fails at the points named so{others}"
    if not complete:
        return f"constraint qualification: {gradients} at every listed point"
    return f"constraint qualification: {gradients} at every feasible point{' outside the families' if families else ''}"
