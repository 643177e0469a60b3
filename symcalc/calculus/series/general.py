"""Power series with all their coefficients in closed form: Σ a_k·(x - a)^(σ·k + ω), and the radius of convergence.

A table of known series (`ROWS`), and rules that lead to it: shifting the point, substitution u = c·t^m, products with constants
and powers, sums, partial fractions, products of sines and cosines written as sums, and exponentials times one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr, S, Symbol, factorial
from sympy.simplify.fu import TR8, hyper_as_trig

from symcalc.calculus.series.closed import General, Part, absorbed, added, scaled, shifted
from symcalc.calculus.series.quadratic import over_quadratic
from symcalc.calculus.series.rows import LOGARITHM, ROWS, Row, binomial_row
from symcalc.calculus.sign import is_zero, sign_of

INDEX = ("k", "j", "m", "n", "i", "l")
"""Names for the index of summation, in this order."""


def general_series(f: Expr, x: Symbol, at: Expr) -> General | None:
    """The series of f around x = at with its coefficients in closed form, or None where it is not known."""
    taken = {s.name for s in f.free_symbols | at.free_symbols}
    index = Symbol(next(name for name in INDEX if name not in taken), integer=True, nonnegative=True)
    t = Symbol("_t", real=True)
    found = _Search(t, index).series(f.xreplace({x: at + t}))
    found = None if found is None else absorbed(found)
    return None if found is None or found.has_pole() else found


class _Search:
    """The rules, for series in t with one index."""

    def __init__(self, t: Symbol, index: Symbol) -> None:
        self.t, self.index = t, index

    def series(self, e: Expr, depth: int = 0) -> General | None:
        if depth > 8:
            return None
        if e.is_polynomial(self.t):
            return self._finite(e)
        for rule in (self._sum, self._product, self._known, self._damped, self._rational, self._rewritten):
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
        if e.is_Pow and e.exp == -1 and e.base.func in RECIPROCAL:
            return self._known(RECIPROCAL[e.base.func](*e.base.args), depth)
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

    # --- products and quotients ---

    def _damped(self, e: Expr, _depth: int) -> General | None:
        """e^(p + a·u)·sin(q + b·u) = Σ e^p·r^k·sin(q + kθ)/k!·u^k with a + ib = r·e^(iθ) and u = t^m; the same for cos."""
        factors = sp.Mul.make_args(e)
        if len(factors) != 2 or {f.func for f in factors} not in ({sp.exp, sp.sin}, {sp.exp, sp.cos}):
            return None
        grown, turned = sorted(factors, key=lambda f: not isinstance(f, sp.exp))
        growth, turn = self._line(grown.args[0]), self._line(turned.args[0])
        if growth is None or turn is None or growth[2] != turn[2]:
            return None
        (p, a, m), (q, b, _) = growth, turn
        r, angle = sp.sqrt(a**2 + b**2), sp.atan2(b, a)
        row = Row(lambda k: sp.exp(p) * r**k * turned.func(q + k * angle) / factorial(k))
        return self._substituted(row, S.One, m)

    def _rational(self, e: Expr, _depth: int) -> General | None:
        return over_quadratic(e, self.t, self.index) if e.is_rational_function(self.t) else None

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
        if e.is_Pow and e.exp == -1 and e.base.is_Add:
            yield _logistic(e.base)
        if e.has(sp.sin, sp.cos):
            yield TR8(e)
        if e.has(sp.sinh, sp.cosh):
            trigonometric, back = hyper_as_trig(e)
            yield back(TR8(trigonometric))
            yield sp.expand(e.rewrite([sp.sinh, sp.cosh], sp.exp))
        yield sp.expand(e, log=False, power_base=False, power_exp=False, trig=False)


RECIPROCAL = {sp.sin: sp.csc, sp.sinh: sp.csch, sp.tan: sp.cot, sp.tanh: sp.coth}


def _logistic(below: Expr) -> Expr:
    """1/(±1 ± e^u) by a hyperbolic function of u/2; any other reciprocal as it is."""
    number, (grown, *more) = below.as_coeff_add()
    sign, grown = grown.as_coeff_Mul()
    if more or not isinstance(grown, sp.exp) or {abs(number), abs(sign)} != {S.One}:
        return 1 / below
    half = grown.args[0] / 2
    return number * (1 - sp.tanh(half)) / 2 if number == sign else number * (1 - sp.coth(half)) / 2
