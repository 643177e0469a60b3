"""Coefficients that are certified balls: they hold those of f(a + t·h) for every a and h in a box."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import flint
import sympy as sp
from flint import arb, arb_series
from sympy import Dummy, Expr, Symbol

from symcalc.calculus.enclosure import NoBall, enclose
from symcalc.calculus.series.rationals import Series
from symcalc.calculus.series.recurrences import convolution

COMPOSED: dict[Any, Callable[[Any], Any]] = {
    sp.gamma: arb_series.gamma, sp.loggamma: arb_series.lgamma, sp.factorial: lambda u: (u + 1).gamma(),
    sp.LambertW: arb_series.lambertw, sp.airyai: arb_series.airy_ai, sp.airybi: arb_series.airy_bi,
}  # fmt: skip
"""Functions whose series FLINT composes."""


class Balls:
    """The coefficient ring over a box. `box` and `steps` are the balls of a and of h for the variables.

    `orders` are the zeros of denominators at one point (`Constants`), and `meets` says whether the box holds that point.
    A quotient is then enclosed by that of the coefficients `order` places further on, since by the mean value theorem for
    divided differences (Milne-Thomson, The Calculus of Finite Differences, chapter 1) N(x)/(x - p)^m has the k-th Taylor
    coefficient N^(m+k)(ξ)/(m+k)! with ξ between p and x. That holds in one variable only.
    """

    zero, one = arb(0), arb(1)

    def __init__(
        self, variables: Sequence[Symbol], box: Sequence[Any], steps: Sequence[Any], orders: Mapping[Expr, int], meets: bool
    ) -> None:
        self.values = dict(zip(variables, box, strict=True))
        self.steps = list(steps)
        self.orders, self.meets = orders, meets and len(variables) == 1
        self.names = [Dummy(f"u{i}", real=True) for i in range(3)]

    def number(self, value: Expr) -> Any:
        return enclose(value, self.values)

    constant = number

    def start(self, function: Callable[..., Expr], _arguments: Sequence[Expr], values: Sequence[Any]) -> Any:
        """The value of a function at balls for its arguments."""
        names = self.names[: len(values)]
        return enclose(function(*names), dict(zip(names, values, strict=True)))

    def composed(self, e: Expr, arguments: Sequence[Series]) -> Series | None:
        """The series of a function that FLINT knows."""
        function = COMPOSED.get(e.func)
        if function is None or len(arguments) != 1:
            return None
        n, cap = len(arguments[0]), flint.ctx.cap
        flint.ctx.cap = n
        try:
            found = list(function(arb_series(arguments[0])).coeffs())
        finally:
            flint.ctx.cap = cap
        return [*found, *[self.zero] * (n - len(found))]

    def multiply(self, a: Series, b: Series) -> Series:
        return convolution(a, b, self.zero)

    def rational(self, _: Series) -> None:
        """No ball is a rational number."""

    def share(self, c: Any, k: int) -> Any:
        return c / k

    def reciprocal(self, c: Any) -> Any:
        if c.contains(0):
            raise NoBall
        return 1 / c

    def divide(self, a: Any, b: Any) -> Any:
        return a * self.reciprocal(b)

    def vanishes(self, _: Any) -> bool:
        """What the exact series has shown to be 0 at the point is left out."""
        return True

    def denominators(self, e: Expr) -> list[Expr]:
        if not self.meets or not self.orders:
            return []
        known = [f for f in sp.Mul.make_args(e) if f.is_Pow and f.exp.is_Integer and f.exp < 0]
        below = [f for f in known if self._vanishes(f.base)]
        return below if sp.Mul(*(1 / f for f in below)) in self.orders else []

    def _vanishes(self, base: Expr) -> bool:
        try:
            return bool(enclose(base, self.values).contains(0))
        except NoBall:
            return True

    def valuation(self, below: Expr, _expand: Callable[[Expr, int], Series]) -> int:
        return self.orders[below]

    def refused(self, _: Expr) -> Exception:
        return NoBall()

    def chosen(self, e: Expr) -> Expr | None:
        """What a function with cases is on the whole box. Raises NoBall where it is not one of them."""
        if isinstance(e, sp.Abs):
            u = e.args[0]
            return u * self._sign(u)
        if isinstance(e, sp.sign):
            return sp.Integer(self._sign(e.args[0]))
        if isinstance(e, sp.Heaviside):
            return sp.Integer((1 + self._sign(e.args[0])) // 2)
        if isinstance(e, sp.floor | sp.ceiling):
            return sp.Integer(self._whole(e.func, e.args[0]))
        if isinstance(e, sp.frac):
            return e.args[0] - self._whole(sp.floor, e.args[0])
        if isinstance(e, sp.Max | sp.Min):
            side = 1 if isinstance(e, sp.Max) else -1
            return next((u for u in e.args if self._wins(u, e.args, side)), None) or _undecided()
        if isinstance(e, sp.Piecewise):
            return next((value for value, condition in e.args if self._holds(condition)), None) or _undecided()
        return None

    def _sign(self, u: Expr) -> int:
        ball = enclose(u, self.values)
        return 1 if ball > 0 else -1 if ball < 0 else _undecided()

    def _whole(self, rounding: Any, u: Expr) -> int:
        ball = enclose(u, self.values)
        below, above = ball.floor().unique_fmpz(), ball.ceil().unique_fmpz()
        if below is None or above is None or below == above:
            return _undecided()
        return int(below if rounding is sp.floor else above)

    def _wins(self, u: Expr, rivals: Sequence[Expr], side: int) -> bool:
        return all(side * enclose(u - w, self.values) > 0 for w in rivals if w != u)

    def _holds(self, condition: Any) -> bool:
        """Whether a condition holds on the whole box, or fails on it, strictly: a border must not touch the box."""
        if condition in (sp.true, sp.false):
            return bool(condition)
        if isinstance(condition, sp.And | sp.Or):
            parts = [self._holds(c) for c in condition.args]
            return all(parts) if isinstance(condition, sp.And) else any(parts)
        if isinstance(condition, sp.Not):
            return not self._holds(condition.args[0])
        sign = self._sign(condition.lhs - condition.rhs)
        return bool({">": sign > 0, ">=": sign > 0, "<": sign < 0, "<=": sign < 0, "==": False, "!=": True}[condition.rel_op])


def _undecided() -> Any:
    raise NoBall
