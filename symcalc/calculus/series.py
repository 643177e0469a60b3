"""Taylor polynomials by truncated power series: f(a + t·h) as a series in t, its coefficients exact polynomials in h.

Recurrences from the differential equations of the elementary functions (Knuth, The Art of Computer Programming 2,
section 4.7; Griewank and Walther, Evaluating Derivatives, chapter 13); every other function by composition with its
derivatives at the point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import factorial
from typing import Any

import sympy as sp
from sympy import Dummy, Expr, S, Symbol
from sympy.polys.rings import PolyElement, PolyRing

from symcalc.calculus.constants import Constants
from symcalc.calculus.local import INTEGRATED, REWRITTEN, arguments, chosen, no_series, outer_derivatives
from symcalc.calculus.mask import Mask
from symcalc.calculus.sign import is_zero
from symcalc.calculus.table import DERIVATIVES
from symcalc.calculus.tidy import tidy
from symcalc.notation import lower

Coefficients = list[Any]
"""A truncated series: the coefficient of t^k, an element of K[h1, ..., hn], at position k."""

MAX_VALUATION = 30


def taylor_terms(
    f: Expr, variables: Sequence[Symbol], point: Mapping[Symbol, Expr], degree: int
) -> list[list[tuple[tuple[int, ...], Expr]]]:
    """The Taylor polynomial of total degree `degree` of f at the point.

    Returns, for each k = 0 ... degree, the terms of degree k as (exponents, coefficient) pairs, where the exponents
    belong to (x - a) for each variable in order. Coefficients are exact. Raises SymcalcError("no") naming the part of
    f that is not analytic at the point.
    """
    f = lower(f)
    engine = _Engine(f, tuple(variables), dict(point), degree)
    return [engine.terms(c) for c in engine.expand(f, degree)]


class _Engine:
    """Series arithmetic for one function at one point."""

    def __init__(self, f: Expr, variables: tuple[Symbol, ...], point: dict[Symbol, Expr], degree: int) -> None:
        self.variables, self.point = variables, point
        self.known: dict[tuple[Expr, int], Coefficients] = {}
        self.base: dict[Symbol, Coefficients] = {}
        constants = Constants(variables, point)
        constants.collect(f, degree)
        self.mask = Mask()
        names = sorted(set().union(*(self.mask(c).free_symbols for c in constants.found)), key=lambda s: s.sort_key())
        self.domain = sp.QQ.frac_field(*names) if names else sp.QQ
        self.ring = PolyRing([Dummy(f"h{i}") for i in range(len(variables))], self.domain, sp.polys.orderings.grlex)

    def constant(self, value: Expr) -> Any:
        """The value at the point of an expression, as an element of the ring."""
        return self.ring.ground_new(self.domain.from_sympy(self.mask(self.at(value))))

    def exact(self, c: Any) -> Expr:
        """An element of the coefficient domain as an expression."""
        return tidy(self.mask.off(self.domain.to_sympy(c)))

    def at(self, e: Expr) -> Expr:
        return e.xreplace(self.point)

    def terms(self, coefficient: PolyElement) -> list[tuple[tuple[int, ...], Expr]]:
        pairs = [(m, self.exact(c)) for m, c in coefficient.terms()]
        return [(m, c) for m, c in pairs if c != 0]

    def expand(self, e: Expr, n: int) -> Coefficients:
        """The coefficients of t^0 ... t^n of e along a + t·h."""
        key = (e, n)
        if key not in self.known:
            self.known[key] = self._expand(e, n)
        return self.known[key]

    def _expand(self, e: Expr, n: int) -> Coefficients:
        if e in self.base:
            return self.base[e][: n + 1]
        if e in self.variables:
            line = [self.constant(e), self.ring.gens[self.variables.index(e)]]
            return (line + [self.ring.zero] * n)[: n + 1]
        if not e.has(*self.variables, *self.base):
            return [self.constant(e)] + [self.ring.zero] * n
        if e.is_Add:
            return [sum(column, self.ring.zero) for column in zip(*(self.expand(a, n) for a in e.args), strict=True)]
        if e.is_Mul:
            return self._product(e, n)
        if isinstance(e, sp.exp):
            return self._exp(self.expand(e.args[0], n), self.constant(e))
        if e.is_Pow:
            return self._power(e, n)
        if e.func in REWRITTEN:
            return self.expand(REWRITTEN[e.func](*e.args), n)
        choice = chosen(e, self.point)
        if choice is not None:
            return self.expand(choice, n)
        rule = SERIES.get(e.func)
        if rule is not None:
            return rule(self, e, n)
        if e.func in INTEGRATED:
            return self._integrated(e, n)
        return self._composed(e, n)

    def _product(self, e: Expr, n: int) -> Coefficients:
        """A product, with a zero of a denominator cancelled by a zero of the numerator (one variable)."""
        vanishing = [f for f in e.args if f.is_Pow and f.exp.is_Integer and f.exp < 0 and is_zero(self.at(f.base))]
        if not vanishing or len(self.variables) > 1:
            out = self.expand(e.args[0], n)
            for factor in e.args[1:]:
                out = self.multiply(out, self.expand(factor, n))
            return out
        below = sp.Mul(*(f.base ** (-f.exp) for f in vanishing))
        above = sp.Mul(*(f for f in e.args if f not in vanishing))
        divisor = self.expand(below, n + MAX_VALUATION)
        shift = next((k for k, c in enumerate(divisor) if self._value(c) != 0), None)
        if shift is None:
            raise no_series(1 / below, self.point)
        numerator = self.expand(above, n + shift)
        if any(self._value(c) != 0 for c in numerator[:shift]):
            raise no_series(e, self.point)
        h = self.ring.gens[0]
        lower_part = [c.exquo(h**shift) for c in divisor[shift : n + shift + 1]]
        upper_part = [c.exquo(h**shift) if c else c for c in numerator[shift:]]
        return self.multiply(upper_part, self._reciprocal(lower_part))

    def _value(self, c: PolyElement) -> Expr:
        return sum(map(self.exact, c.values()), S.Zero) if c else S.Zero

    def _reciprocal(self, u: Coefficients) -> Coefficients:
        inverse = self.ring.ground_new(1 / u[0].coeff(1))
        out = [inverse]
        for k in range(1, len(u)):
            out.append(-inverse * sum((u[j] * out[k - j] for j in range(1, k + 1) if u[j]), self.ring.zero))
        return out

    def multiply(self, a: Coefficients, b: Coefficients) -> Coefficients:
        out = [self.ring.zero] * len(a)
        filled = [(j, c) for j, c in enumerate(b) if c]
        for i, c in enumerate(a):
            if c:
                for j, d in filled:
                    if i + j >= len(a):
                        break
                    out[i + j] += c * d
        return out

    def _exp(self, u: Coefficients, start: Any) -> Coefficients:
        """e' = u'·e: k·e_k = Σ j·u_j·e_(k-j)."""
        out = [start]
        slopes = [(j, c * j) for j, c in enumerate(u) if c and j]
        for k in range(1, len(u)):
            out.append(self._share(sum((c * out[k - j] for j, c in slopes if j <= k), self.ring.zero), k))
        return out

    def _share(self, c: Any, k: int) -> Any:
        return c.mul_ground(self.domain.one / self.domain(k))

    def _power(self, e: Expr, n: int) -> Coefficients:
        base, r = e.base, e.exp
        if r.has(*self.variables, *self.base):
            return self.expand(sp.exp(r * sp.log(base), evaluate=False), n)
        if r.is_Integer and r >= 0:
            u, out = self.expand(base, n), [self.ring.one] + [self.ring.zero] * n
            for bit in bin(int(r))[2:]:
                out = self.multiply(out, out)
                if bit == "1":
                    out = self.multiply(out, u)
            return out
        if is_zero(self.at(base)):
            raise no_series(e, self.point)
        return self._real_power(self.expand(base, n), self.at(r), self.constant(e))

    def _real_power(self, u: Coefficients, r: Expr, start: Any) -> Coefficients:
        """p = u^r from u·p' = r·u'·p: k·u_0·p_k = Σ (r·j - (k - j))·u_j·p_(k-j)."""
        exponent, out = self.domain.from_sympy(self.mask(r)), [start]
        scale = self.domain.one / u[0].coeff(1)
        for k in range(1, len(u)):
            total = sum((u[j].mul_ground(exponent * j - (k - j)) * out[k - j] for j in range(1, k + 1) if u[j]), self.ring.zero)
            out.append(total.mul_ground(scale / k))
        return out

    def _log(self, e: Expr, n: int) -> Coefficients:
        """l' = u'/u: k·u_0·l_k = k·u_k - Σ j·l_j·u_(k-j)."""
        u = self.expand(e.args[0], n)
        out, scale = [self.constant(e)], self.domain.one / u[0].coeff(1)
        for k in range(1, n + 1):
            total = u[k] * k - sum((out[j] * u[k - j] * j for j in range(1, k)), self.ring.zero)
            out.append(total.mul_ground(scale / k))
        return out

    def _pair(self, e: Expr, n: int, sine: Any, cosine: Any, sign: int) -> tuple[Coefficients, Coefficients]:
        """s' = u'·c and c' = sign·u'·s, for sin and cos (sign -1) or sinh and cosh (sign 1)."""
        u = self.expand(e.args[0], n)
        s, c = [self.constant(sine(e.args[0]))], [self.constant(cosine(e.args[0]))]
        slopes = [(j, a * j) for j, a in enumerate(u) if a and j]
        for k in range(1, n + 1):
            by_c = sum((a * c[k - j] for j, a in slopes if j <= k), self.ring.zero)
            by_s = sum((a * s[k - j] for j, a in slopes if j <= k), self.ring.zero)
            s.append(self._share(by_c, k))
            c.append(self._share(by_s * sign, k))
        return s, c

    def _tangent(self, e: Expr, n: int, sign: int) -> Coefficients:
        """t' = (1 + sign·t²)·u'."""
        u, out = self.expand(e.args[0], n), [self.constant(e)]
        squares = [out[0] ** 2]
        for k in range(1, n + 1):
            total = u[k] * k + sum((squares[i] * u[k - i] * (k - i) for i in range(k)), self.ring.zero) * sign
            out.append(self._share(total, k))
            squares.append(sum((out[i] * out[k - i] for i in range(k + 1)), self.ring.zero))
        return out

    def _integrated(self, e: Expr, n: int) -> Coefficients:
        """y' = F'(u)·u' with F' elementary."""
        u = self.expand(e.args[0], n)
        slope = self.expand(DERIVATIVES[e.func](e.args[0])[0], n)
        out = [self.constant(e)]
        for k in range(1, n + 1):
            out.append(self._share(sum((u[j] * j * slope[k - j] for j in range(1, k + 1) if u[j]), self.ring.zero), k))
        return out

    def _composed(self, e: Expr, n: int) -> Coefficients:
        """F(u, v, ...) = Σ ∂^(i+j+...)F(u0, v0, ...)·(u - u0)^i·(v - v0)^j·.../(i!·j!·...)."""
        slots = [i for i, a in enumerate(arguments(e)) if a.has(*self.variables, *self.base)]
        shifted = [[self.ring.zero, *self.expand(arguments(e)[i], n)[1:]] for i in slots]
        powers = [[[self.ring.one] + [self.ring.zero] * n] for _ in slots]
        for row, u in zip(powers, shifted, strict=True):
            for _ in range(n):
                row.append(self.multiply(row[-1], u))
        out = [self.ring.zero] * (n + 1)
        for orders, value in outer_derivatives(e, slots, n):
            term = [self.constant(value)] + [self.ring.zero] * n
            for row, k in zip(powers, orders, strict=True):
                term = [self._share(c, factorial(k)) for c in self.multiply(term, row[k])]
            out = [a + b for a, b in zip(out, term, strict=True)]
        return out


SERIES: dict[Any, Callable[[_Engine, Expr, int], Coefficients]] = {
    sp.log: lambda engine, e, n: engine._log(e, n),
    sp.sin: lambda engine, e, n: engine._pair(e, n, sp.sin, sp.cos, -1)[0],
    sp.cos: lambda engine, e, n: engine._pair(e, n, sp.sin, sp.cos, -1)[1],
    sp.sinh: lambda engine, e, n: engine._pair(e, n, sp.sinh, sp.cosh, 1)[0],
    sp.cosh: lambda engine, e, n: engine._pair(e, n, sp.sinh, sp.cosh, 1)[1],
    sp.tan: lambda engine, e, n: engine._tangent(e, n, 1),
    sp.tanh: lambda engine, e, n: engine._tangent(e, n, -1),
}  # fmt: skip
