"""Are two limits the same? Shown exactly where possible, else told by numbers."""

from __future__ import annotations

from collections.abc import Sequence

from mpmath import mp
from sympy import Expr

from symcalc.calculus.draws import draws
from symcalc.calculus.numeric import Evaluator, NoRealValue, NotEvaluable
from symcalc.calculus.sign import is_zero

DIGITS, ATTEMPTS, ENOUGH = 60, 12, 3
EQUAL = mp.mpf(10) ** -40


def same(a: Expr | None, b: Expr | None) -> bool | None:
    """Whether two limits, finite or ±oo, are equal: to 40 digits at random values of their names. None when no numbers tell."""
    if a is None or b is None:
        return None
    if a == b:
        return True
    if a.is_infinite or b.is_infinite:
        return False
    difference = a - b
    if is_zero(difference):
        return True
    judged = 0
    for draw in draws(difference.free_symbols, difference, ATTEMPTS):
        try:
            with mp.workdps(DIGITS):
                at = Evaluator(draw)
                small = mp.fabs(at(difference)) <= EQUAL * (1 + mp.fabs(at(a)))
        except (NoRealValue, NotEvaluable):
            continue
        if not small:
            return False
        judged += 1
        if judged == ENOUGH or not draw:
            return True
    return True if judged else None


def all_same(values: Sequence[Expr | None]) -> bool | None:
    """Whether all are the same; False when two are shown to differ."""
    found = {same(values[0], other) for other in values[1:]}
    return False if False in found else None if None in found else True
