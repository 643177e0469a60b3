"""The expansion of a formula along a + t·h, part by part; the coefficients are those of a ring, exact or balls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import factorial
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symcalc.calculus.local import INTEGRATED, LOGARITHMIC, REWRITTEN, arguments, outer_derivatives
from symcalc.calculus.series import recurrences
from symcalc.calculus.series.rationals import Series
from symcalc.calculus.table import DERIVATIVES
from symcalc.canonical.functions import applied


class Expansion:
    """Series of one function and of its parts. Each part is expanded once. `ring` knows the values at the point (see `Exact`
    and `Balls`); `rewritten` maps parts to the form that is to be expanded in their place."""

    def __init__(self, variables: Sequence[Symbol], ring: Any, rewritten: Mapping[Expr, Expr]) -> None:
        self.variables, self.ring, self.rewritten = tuple(variables), ring, rewritten
        self.known: dict[Expr, Series] = {}

    def expand(self, e: Expr, n: int) -> Series:
        """The coefficients of t^0 ... t^n of e along a + t·h."""
        found = self.known.get(e)
        if found is None or len(found) <= n:
            found = self.known[e] = self._expand(e, n)
        return found if len(found) == n + 1 else found[: n + 1]

    def _expand(self, e: Expr, n: int) -> Series:
        ring = self.ring
        if e in self.variables:
            line = [ring.constant(e), ring.steps[self.variables.index(e)]]
            return (line + [ring.zero] * n)[: n + 1]
        if not e.has(*self.variables):
            return [ring.constant(e)] + [ring.zero] * n
        if e in self.rewritten:
            return self.expand(self.rewritten[e], n)
        if e.is_Add:
            return [sum(column, ring.zero) for column in zip(*(self.expand(a, n) for a in e.args), strict=True)]
        if e.is_Mul or e.is_Pow:
            below = ring.denominators(e)
            if below:
                return self._quotient(e, below, n)
        if e.is_Mul:
            out = self.expand(e.args[0], n)
            for factor in e.args[1:]:
                out = ring.multiply(out, self.expand(factor, n))
            return out
        if isinstance(e, sp.exp):
            return self._of_one(e, n, recurrences.exponential)
        if e.is_Pow:
            return self._power(e, n)
        if e.func in REWRITTEN:
            return self.expand(REWRITTEN[e.func](*e.args), n)
        choice = ring.chosen(e)
        if choice is not None:
            return self.expand(choice, n)
        known = ring.composed(e, [self.expand(a, n) for a in arguments(e)])
        if known is not None:
            return known
        rule = RECURRENCES.get(e.func)
        if rule is not None and len(e.args) == 1:
            return rule(self, e, n)
        if e.func in LOGARITHMIC:
            return self._logarithmic(e, n)
        return self._integrated(e, n) if e.func in INTEGRATED else self._composed(e, n)

    def start(self, function: Callable[..., Expr], inner: Sequence[Expr], series: Sequence[Series]) -> Any:
        """The constant term of function(inner), whose arguments have these series."""
        return self.ring.start(function, inner, [u[0] for u in series])

    def _quotient(self, e: Expr, vanishing: Sequence[Expr], n: int) -> Series:
        """A product with a zero of its denominator cancelled by one of its numerator: N_(m+k) = Σ D_(m+j)·q_(k-j), where D
        begins with D_m."""
        below = sp.Mul(*(1 / f for f in vanishing))
        above = sp.Mul(*(f for f in sp.Mul.make_args(e) if f not in vanishing))
        shift = self.ring.valuation(below, self.expand)
        divisor, numerator = self.expand(below, n + shift), self.expand(above, n + shift)
        if not all(map(self.ring.vanishes, numerator[:shift])):
            raise self.ring.refused(e)
        first, *rest = divisor[shift:]
        filled = [(j, c) for j, c in enumerate(rest, start=1) if c]
        out: Series = []
        for k, c in enumerate(numerator[shift:]):
            total = c
            for j, d in filled:
                if j > k:
                    break
                total -= d * out[k - j]
            ratio = self.ring.divide(total, first)
            if ratio is None:
                raise self.ring.refused(e)
            out.append(ratio)
        return out

    def _of_one(self, e: Expr, n: int, recurrence: Callable[..., Series], *more: Any) -> Series:
        u = self.expand(e.args[0], n)
        return recurrence(self.ring, u, self.start(e.func, e.args, [u]), *more)

    def _pair(self, e: Expr, n: int, sine: Any, cosine: Any, sign: int) -> Series:
        """sin, cos, sinh or cosh; the other one of the pair is kept."""
        (inner,) = e.args
        u = self.expand(inner, n)
        s, c = self.start(sine, [inner], [u]), self.start(cosine, [inner], [u])
        both = recurrences.sine_and_cosine(self.ring, u, s, c, sign)
        self.known[applied(sine, inner)], self.known[applied(cosine, inner)] = both
        return both[e.func is cosine]

    def _power(self, e: Expr, n: int) -> Series:
        base, r = e.base, e.exp
        if r.has(*self.variables):
            return self.expand(sp.exp(r * sp.log(base), evaluate=False), n)
        u = self.expand(base, n)
        if r.is_Integer:
            return recurrences.power(self.ring, u if r > 0 else recurrences.inverse(self.ring, u), abs(int(r)))
        start = self.start(lambda b: sp.Pow(b, r), [base], [u])
        return recurrences.real_power(self.ring, u, self.ring.number(r), start)

    def _integrated(self, e: Expr, n: int) -> Series:
        """A function whose derivative is elementary."""
        u, slope = self.expand(e.args[0], n), self.expand(DERIVATIVES[e.func](e.args[0])[0], n)
        return recurrences.integral(self.ring, u, slope, self.start(e.func, e.args, [u]))

    def _logarithmic(self, e: Expr, n: int) -> Series:
        """F(u) by its logarithmic derivative: the exponential of a series with the slopes F'(u)/F(u)·u'."""
        ring, u = self.ring, self.expand(e.args[0], n)
        growth = recurrences.integral(ring, u, self.expand(LOGARITHMIC[e.func](e.args[0]), n), ring.zero)
        return recurrences.exponential(ring, growth, self.start(e.func, e.args, [u]))

    def _lambert(self, e: Expr, n: int) -> Series:
        (inner,) = e.args
        u = self.expand(inner, n)
        w, grown = self.start(sp.LambertW, [inner], [u]), self.start(lambda a: sp.exp(sp.LambertW(a)), [inner], [u])
        return recurrences.lambert(self.ring, u, w, grown)

    def _composed(self, e: Expr, n: int) -> Series:
        """F(u, v, ...) = Σ ∂^(i+j+...)F(u0, v0, ...)·(u - u0)^i·(v - v0)^j·.../(i!·j!·...)."""
        ring = self.ring
        slots = [i for i, a in enumerate(arguments(e)) if a.has(*self.variables)]
        shifted = [[ring.zero, *self.expand(arguments(e)[i], n)[1:]] for i in slots]
        powers = [[[ring.one] + [ring.zero] * n] for _ in slots]
        for row, u in zip(powers, shifted, strict=True):
            for _ in range(n):
                row.append(ring.multiply(row[-1], u))
        out = [ring.zero] * (n + 1)
        for orders, value in outer_derivatives(e, slots, n):
            term = [ring.constant(value)] + [ring.zero] * n
            for row, k in zip(powers, orders, strict=True):
                term = [ring.share(c, factorial(k)) for c in ring.multiply(term, row[k])]
            out = [a + b for a, b in zip(out, term, strict=True)]
        return out


RECURRENCES: dict[Any, Callable[[Expansion, Expr, int], Series]] = {
    sp.log: lambda s, e, n: s._of_one(e, n, recurrences.logarithm),
    sp.sin: lambda s, e, n: s._pair(e, n, sp.sin, sp.cos, -1),
    sp.cos: lambda s, e, n: s._pair(e, n, sp.sin, sp.cos, -1),
    sp.sinh: lambda s, e, n: s._pair(e, n, sp.sinh, sp.cosh, 1),
    sp.cosh: lambda s, e, n: s._pair(e, n, sp.sinh, sp.cosh, 1),
    sp.LambertW: lambda s, e, n: s._lambert(e, n),
    sp.tan: lambda s, e, n: s._of_one(e, n, recurrences.tangent, 1),
    sp.tanh: lambda s, e, n: s._of_one(e, n, recurrences.tangent, -1),
}  # fmt: skip
