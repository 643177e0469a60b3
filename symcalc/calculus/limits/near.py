"""Numbers near zero: the values of a function of t at t = 0.1 ... 10^-220, and what they say of its sign and its limit.

Values are balls with certified radii (FLINT's Arb; Johansson 2017), so that digits lost by cancellation are never taken
for digits; functions that have no enclosure are computed twice by mpmath, to more digits the second time.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import flint
from flint import arb
from mpmath import mp
from sympy import Expr, Rational, Symbol, oo

from symcalc.calculus.draws import draws
from symcalc.calculus.enclosure import NoBall, Outside, Unknown, enclose
from symcalc.calculus.numeric import Evaluator, NoRealValue, NotEvaluable, TooLarge

SCALES = (1, 2, 4, 9, 20, 45, 100, 220)
"""t is 10^-k for these k, times a factor."""
CHEAP_SCALES = SCALES[:5]
"""For functions without an enclosure."""
FAR = 2
"""What a function does at so many of the largest t says nothing of its sign next to 0, if there are others."""
PRECISIONS = ((150, 12), (150, 40), (150, 120), (20_000, 0))
"""Working precision in bits, and so many more for each k."""
DRAWS = 12
"""Attempts to find values for the other names at which the function is real."""
ENOUGH = 3
"""So many of these values are judged."""
FACTORS = (Rational(1), Rational(5, 7), Rational(9, 13))
DIGITS = 12
MAGNITUDE = 10**9


class Untold(Exception):
    """The number cannot be told within the precision allowed."""


class Near:
    """Values of functions of t, which stand for the functions on (0, ε), with random numbers for all other names."""

    def __init__(self, f: Expr, t: Symbol) -> None:
        self.t = t
        names = self.names = sorted(f.free_symbols - {t}, key=str)
        self.draws: list[Mapping[Any, Any]] = list(draws(names, f, DRAWS)) if names else [{}]
        self.factors = FACTORS[:1] if names else FACTORS

    def value(self, f: Expr, k: int, draw: Mapping[Any, Any], factor: Rational) -> Any:
        """f at t = factor·10^-k to about twelve digits, or None where it has no real value there. Raises Untold."""
        for bits, more in PRECISIONS:
            with flint.ctx.workprec(bits + more * k):
                at = arb(int(factor.p)) / int(factor.q) / arb(10) ** k
                balls = {s: arb(str(v)) for s, v in draw.items()}
                try:
                    ball = enclose(f, {**balls, self.t: at})
                except Outside:
                    return None
                except Unknown:
                    return self._by_mpmath(f, k, draw, factor)
                except NoBall:
                    continue
                if ball.is_zero() or ball.rel_accuracy_bits() > 40:
                    mantissa, exponent = ball.mid().man_exp()
                    return mp.ldexp(mp.mpf(int(mantissa)), int(exponent))
                if abs(ball) < arb(10) ** (-6 * k - 30):
                    return mp.mpf(0)
        raise Untold

    def _by_mpmath(self, f: Expr, k: int, draw: Mapping[Any, Any], factor: Rational) -> Any:
        if k > CHEAP_SCALES[-1]:
            raise Untold
        found = []
        for digits in (3 * k + 30, 9 * k + 60):
            with mp.workdps(digits):
                t = mp.mpf(int(factor.p)) / int(factor.q) / mp.mpf(10) ** k
                try:
                    found.append(Evaluator({**draw, self.t: t}, magnitude=MAGNITUDE)(f))
                except (TooLarge, NotEvaluable) as error:
                    raise Untold from error
                except NoRealValue:
                    found.append(None)
        if found == [None, None]:
            return None
        if None in found or mp.fabs(found[1] - found[0]) > mp.mpf(10) ** -DIGITS * mp.fabs(found[1]):
            raise Untold
        return found[1]

    def values(self, f: Expr, draw: Mapping[Any, Any], factor: Rational = FACTORS[0]) -> list[Any]:
        """f at the scales at which it can be told; None where it is not real."""
        found = []
        for k in SCALES:
            try:
                found.append(self.value(f, k, draw, factor))
            except Untold:
                continue
        return found

    def signs(self, f: Expr) -> set[int]:
        """The signs of f that are seen next to 0; empty when it has no real value."""
        seen: set[int] = set()
        for draw in self.draws:
            for factor in self.factors:
                values = self.values(f, draw, factor)
                seen |= {int(mp.sign(v)) for v in values[min(FAR, len(values) // 2) :] if v is not None}
        return seen

    def approaches(self, f: Expr, limit: Expr) -> bool | None:
        """Whether the numbers agree with the limit of f for t → 0; None when there are too few of them."""
        judged = 0
        for draw in self.draws:
            agrees = self.agrees(f, limit, draw)
            if agrees is False:
                return False
            judged += agrees is not None
            if judged == ENOUGH:
                break
        return True if judged else None

    def denies_at_zero(self, f: Expr, limit: Expr, name: Symbol) -> bool:
        """Whether the limit, found for names in general, is wrong where this one is zero."""
        if name.is_zero is False:
            return False
        return any(self.agrees(f, limit, {**draw, name: mp.mpf(0)}) is False for draw in self.draws[:ENOUGH])

    def agrees(self, f: Expr, limit: Expr, draw: Mapping[Any, Any]) -> bool | None:
        """The same for these values of the other names."""
        values = self.values(f, draw)
        if any(v is None for v in values) or len(values) < 2:
            return None
        try:
            with mp.workdps(40):
                goal = None if limit.is_infinite else Evaluator(draw)(limit)
        except NoRealValue:
            return None
        return _grows(values, 1 if limit == oo else -1) if goal is None else _closes_in(values, goal)


def _grows(values: list[Any], sign: int) -> bool:
    signed = [sign * v for v in values]
    late = signed[min(FAR, len(signed) // 2) :]
    return late[-1] > 0 and late[-1] > signed[0] and all(a < b for a, b in itertools.pairwise(late))


def _closes_in(values: list[Any], goal: Any) -> bool:
    """Quickly, or slowly as 1/ln t does."""
    errors = [mp.fabs(v - goal) for v in values]
    scale = 1 + mp.fabs(goal)
    if errors[-1] <= scale * mp.mpf(10) ** -8:
        return True
    late = errors[min(FAR, len(errors) // 2) :]
    falling = all(b < a for a, b in itertools.pairwise(late))
    return bool(falling and errors[-1] < scale / 4)
