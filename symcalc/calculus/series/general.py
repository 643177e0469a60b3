"""Power series with all their coefficients in closed form: Σ a_k·(x - a)^(σ·k + ω), and the radius of convergence.

A table of known series, and rules that lead to it: shifting the point, substitution u = c·t^m, products with constants and
powers, sums, partial fractions, products of sines and cosines written as sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Rational, S, Symbol, binomial, factorial
from sympy.simplify.fu import TR8, hyper_as_trig

from symcalc.calculus.series.closed import General, Part, absorbed, added, scaled, shifted
from symcalc.calculus.sign import is_zero, sign_of

INDEX = ("k", "j", "m", "n", "i", "l")
"""Names for the index of summation, in this order."""


@dataclass(frozen=True, slots=True)
class Row:
    """f(u) = Σ ratio^k·coefficient(k)·u^(stride·k + offset) over k ≥ first, for |u| < radius."""

    coefficient: Callable[[Symbol], Expr]
    ratio: Expr | int = 1
    stride: int = 1
    offset: int = 0
    first: int = 0
    radius: Expr = S.Infinity


ROWS: dict[object, Row] = {
    # DLMF 4.2.19, 4.19.1, 4.19.2, 4.33.1, 4.33.2
    sp.exp:   Row(lambda k: 1 / factorial(k)),
    sp.sin:   Row(lambda k: 1 / factorial(2 * k + 1), -1, 2, 1),
    sp.cos:   Row(lambda k: 1 / factorial(2 * k), -1, 2),
    sp.sinh:  Row(lambda k: 1 / factorial(2 * k + 1), 1, 2, 1),
    sp.cosh:  Row(lambda k: 1 / factorial(2 * k), 1, 2),
    # DLMF 4.24.1, 4.24.3, 4.38.1, 4.38.5 (by 4.37.3)
    sp.asin:  Row(lambda k: binomial(2 * k, k) / (2 * k + 1), Rational(1, 4), 2, 1, radius=S.One),
    sp.atan:  Row(lambda k: 1 / (2 * k + 1), -1, 2, 1, radius=S.One),
    sp.asinh: Row(lambda k: binomial(2 * k, k) / (2 * k + 1), -Rational(1, 4), 2, 1, radius=S.One),
    sp.atanh: Row(lambda k: 1 / (2 * k + 1), 1, 2, 1, radius=S.One),
    # DLMF 7.6.1, 6.6.5, 4.13.5
    sp.erf:   Row(lambda k: 2 / (sp.sqrt(sp.pi) * factorial(k) * (2 * k + 1)), -1, 2, 1),
    sp.erfi:  Row(lambda k: 2 / (sp.sqrt(sp.pi) * factorial(k) * (2 * k + 1)), 1, 2, 1),
    sp.Si:    Row(lambda k: 1 / (factorial(2 * k + 1) * (2 * k + 1)), -1, 2, 1),
    sp.Shi:   Row(lambda k: 1 / (factorial(2 * k + 1) * (2 * k + 1)), 1, 2, 1),
    sp.LambertW: Row(lambda k: -(k ** (k - 1)) / factorial(k), -1, 1, 0, 1, sp.exp(-1)),
}  # fmt: skip
"""Functions of u with a known series at u = 0."""

LOGARITHM = Row(lambda k: -1 / k, -1, 1, 0, 1, S.One)
"""log(1 + u), DLMF 4.6.1."""


def binomial_row(p: Expr, radius: Expr = S.One) -> Row:
    """(1 + u)^p, DLMF 4.6.7; for a whole negative p the coefficient is a polynomial in k."""
    if p.is_Integer and p < 0:
        n = -int(p)
        return Row(lambda k: sp.Mul(*((k + i) for i in range(1, n))) / factorial(n - 1), -1, radius=radius)
    return Row(lambda k: binomial(p, k), radius=radius)


def general_series(f: Expr, x: Symbol, at: Expr) -> General | None:
    """The series of f around x = at with its coefficients in closed form, or None where it is not known."""
    taken = {s.name for s in f.free_symbols | at.free_symbols}
    index = Symbol(next(name for name in INDEX if name not in taken), integer=True, nonnegative=True)
    t = Symbol("_t", real=True)
    found = _Search(t, index).series(f.xreplace({x: at + t}))
    return None if found is None else absorbed(found)


class _Search:
    """The rules, for series in t with one index."""

    def __init__(self, t: Symbol, index: Symbol) -> None:
        self.t, self.index = t, index

    def series(self, e: Expr, depth: int = 0) -> General | None:
        if depth > 8:
            return None
        if e.is_polynomial(self.t):
            return self._finite(e)
        for rule in (self._sum, self._product, self._known, self._rewritten):
            found = rule(e, depth)
            if found is not None:
                return found
        return None

    def _finite(self, e: Expr) -> General:
        terms = sp.Poly(e, self.t).terms()
        return General(self.index, {m: c for (m,), c in terms if c != 0}, (), S.Infinity)

    def _sum(self, e: Expr, depth: int) -> General | None:
        if not e.is_Add:
            return None
        total = self._finite(S.Zero)
        for a in e.args:
            found = self.series(a, depth + 1)
            if found is None:
                return None
            total = added(total, found)
        return total

    def _product(self, e: Expr, depth: int) -> General | None:
        """A constant and a power of t taken out of the rest."""
        constant, rest = e.as_independent(self.t, as_Add=False)
        power = next((f for f in sp.Mul.make_args(rest) if f.as_base_exp()[0] == self.t and f.as_base_exp()[1].is_Integer), None)
        if constant is S.One and power is None:
            return None
        other = rest if power is None else rest / power
        found = self.series(other, depth + 1)
        if found is None:
            return None
        return shifted(scaled(found, constant), 0 if power is None else int(power.as_base_exp()[1]))

    # --- the table ---

    def _known(self, e: Expr, depth: int) -> General | None:
        """A function of b + c·t^m from the table."""
        if isinstance(e, sp.log):
            return self._logarithm(e.args[0])
        if e.is_Pow and not e.exp.has(self.t):
            return self._power(e.base, e.exp)
        if e.is_Pow and not e.base.has(self.t):
            return self._known(sp.exp(e.exp * sp.log(e.base), evaluate=False), depth) if sign_of(e.base) == 1 else None
        row = ROWS.get(e.func)
        line = self._line(e.args[0]) if row is not None else None
        if row is None or line is None or len(e.args) != 1:
            return None
        b, c, m = line
        if b == 0:
            return self._substituted(row, c, m)
        if e.func is sp.exp:
            return scaled(self._substituted(row, c, m), sp.exp(b))
        if e.func in (sp.sin, sp.cos):
            turned = Row(lambda k: e.func(b + k * sp.pi / 2) / factorial(k))
            return self._substituted(turned, c, m)
        return None

    def _line(self, u: Expr) -> tuple[Expr, Expr, int] | None:
        """(b, c, m) when u = b + c·t^m with m > 0."""
        if not u.is_polynomial(self.t):
            return None
        terms = dict(sp.Poly(u, self.t).terms())
        b = terms.pop((0,), S.Zero)
        if len(terms) != 1:
            return None
        (((m,), c),) = terms.items()
        return b, c, m

    def _substituted(self, row: Row, c: Expr, m: int) -> General:
        """The series of the row with u = c·t^m."""
        k = self.index
        ratio = sp.S(row.ratio) * c**row.stride
        if ratio.is_Rational:
            powers = c**row.offset * abs(ratio) ** k * (S.NegativeOne**k if ratio < 0 else S.One)
        else:
            powers = c ** (row.stride * k + row.offset) * (S.One if row.ratio == 1 else sp.S(row.ratio) ** k)
        coefficient = row.coefficient(k) * powers
        if ratio.is_negative and coefficient.as_coeff_Mul()[0].is_negative:
            coefficient = -coefficient / S.NegativeOne**k * S.NegativeOne ** (k + 1)
        radius = row.radius if row.radius is S.Infinity else sp.root(row.radius / abs(c), m)
        return General(k, {}, (Part(coefficient, row.stride * m, row.offset * m, row.first),), radius)

    def _logarithm(self, argument: Expr) -> General | None:
        """log of a product of factors b·(1 + u)^p: the sum of p·log(1 + u), and the logarithm of the positive value at 0."""
        total = self._finite(S.Zero)
        for factor in sp.Mul.make_args(sp.factor(argument)):
            base, power = factor.as_base_exp()
            if not factor.has(self.t):
                continue
            line = self._line(base)
            if line is None or not power.is_Integer:
                return None
            b, c, m = line
            if sign_of(b) not in (1, -1):
                return None
            total = added(total, scaled(self._substituted(LOGARITHM, c / b, m), power))
        start = argument.xreplace({self.t: S.Zero})
        return added(self._finite(sp.log(start)), total) if sign_of(start) == 1 else None

    def _power(self, base: Expr, p: Expr) -> General | None:
        """(b + c·t^m)^p = b^p·(1 + (c/b)·t^m)^p."""
        line = self._line(base)
        if line is None or is_zero(line[0]) or not (p.is_Integer or sign_of(line[0]) == 1):
            return None
        b, c, m = line
        return scaled(self._substituted(binomial_row(p), c / b, m), b**p)

    # --- other forms ---

    def _rewritten(self, e: Expr, depth: int) -> General | None:
        """Partial fractions, products written as sums, hyperbolic functions as exponentials."""
        for other in self._forms(e):
            if other != e:
                found = self.series(other, depth + 1)
                if found is not None:
                    return found
        return None

    def _forms(self, e: Expr) -> Iterator[Expr]:
        if e.is_rational_function(self.t):
            yield sp.apart(e, self.t)
        if e.has(sp.sin, sp.cos):
            yield TR8(e)
        if e.has(sp.sinh, sp.cosh):
            trigonometric, back = hyper_as_trig(e)
            yield back(TR8(trigonometric))
            yield sp.expand(e.rewrite(sp.exp))
        yield sp.expand(e, log=False, power_base=False, power_exp=False, trig=False)
