"""High derivatives by exact arithmetic: polynomials in parts whose derivatives are polynomials in these parts again.

exp(x²)·sin(x) is a polynomial in x, e^(x²), cos(x) and sin(x), and so are all its derivatives: D = Σ ∂/∂g · g' for the parts g
(a derivation of a differential ring; Bronstein, Symbolic Integration I, chapter 3). Roots and the pairs sin, cos and sinh, cosh
are kept in normal form by the relations between them, and reciprocals are brought over one denominator at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from math import gcd, lcm, prod
from typing import Any

import sympy as sp
from flint import Ordering, fmpq, fmpq_mpoly_ctx
from sympy import Add, Expr, Integer, Mul, Pow, Rational, S, Symbol, exp

from symcalc.calculus.derive import differentiate
from symcalc.calculus.measure import measure
from symcalc.calculus.rules import holds
from symcalc.calculus.subexpressions import heads
from symcalc.errors import SymcalcError

MAX_PARTS = 80
"""A function whose derivatives need more parts than this is not of this kind."""
MAX_TERMS, MAX_SHOWN = 20_000, 3_000
"""Most terms of a derivative while it is computed, and with one denominator."""
MAX_FACTORED = 200
"""Up to so many terms a numerator in one part is factored."""

UNEVEN = {sp.Abs, sp.sign, sp.Max, sp.Min, sp.Piecewise, sp.floor, sp.ceiling, sp.Heaviside, sp.Sum, sp.Product, sp.Float}

OWN: dict[Any, Callable[[Expr], Expr]] = {
    sp.tan: lambda t: 1 + t**2, sp.cot: lambda t: -1 - t**2, sp.coth: lambda t: 1 - t**2,
}  # fmt: skip
"""Derivatives of functions in themselves, where the table of derivatives has them in others."""

PAIRS: dict[Any, tuple[Any, int, int]] = {sp.sin: (sp.cos, 1, -1), sp.cosh: (sp.sinh, 1, 1)}
"""f -> (g, a, b) with f² = a + b·g² for the same argument."""


def high_derivative(f: Expr, x: Symbol, n: int) -> Expr | None:
    """The n-th derivative of f, or None where the derivatives of f need too many functions.

    Raises SymcalcError("limit") when it has too many terms.
    """
    if heads(f) & UNEVEN or not holds(f, x):
        return None
    ring = _Ring(x)
    try:
        ring.close(f, n)
    except _NotClosed:
        return None
    ring.build()
    p = ring.reduced(ring.polynomial(f))
    for order in range(1, n + 1):
        p = ring.derivative(p)
        if len(p) > MAX_TERMS:
            raise too_long(order, f"{len(p)} terms")
    return ring.expression(p, n)


def too_long(order: int, size: str) -> SymcalcError:
    """The error for a derivative that grows beyond what can be shown."""
    problem = f"the derivative is too long to be written: that of order {order} has {size}"
    return SymcalcError("limit", problem, code="too-large", hint="a lower order may do, or --at for the value at a point")


class _NotClosed(Exception):
    """The derivatives of the parts are not polynomials in few parts."""


class _Ring:
    """Polynomials in the parts of a function of x. Later parts stand before earlier ones in the order of monomials, so that
    a relation replaces the later part."""

    def __init__(self, x: Symbol) -> None:
        self.x = x
        self.parts: list[Expr] = []
        self.slopes: dict[Expr, Expr] = {}

    # --- the parts ---

    def close(self, f: Expr, n: int) -> None:
        """Collect the parts of f and of its derivatives up to the n-th. Raises _NotClosed."""
        self._collect(f)
        known = 0
        for _ in range(n):
            fresh, known = self.parts[known:], len(self.parts)
            for part in fresh:
                own = OWN.get(part.func)
                slope = differentiate(part, self.x) if own is None else own(part) * differentiate(part.args[0], self.x)
                self.slopes[part] = slope
                self._collect(slope)

    def _collect(self, e: Expr) -> None:
        if e.is_Rational or e in self.parts:
            return
        if e.is_Add or e.is_Mul:
            for a in e.args:
                self._collect(a)
        elif (power := _power(e)) is not None:
            base, whole, part, q = power
            self._collect(base)
            if part:
                self._add(Pow(base, Rational(1, q)))
            if whole < 0:
                self._add(1 / base)
        elif (split := _split(e)) is not None:
            for a in split:
                self._collect(a)
        else:
            if e.func in PAIRS:
                self._add(PAIRS[e.func][0](*e.args))
            self._add(_multiple(e)[0])

    def _add(self, part: Expr) -> None:
        if part in self.parts:
            return
        if len(self.parts) == MAX_PARTS:
            raise _NotClosed
        self.parts.append(part)

    # --- arithmetic ---

    def build(self) -> None:
        """Set up the arithmetic, when all parts are known."""
        self.order = self.parts[::-1]
        self.context = fmpq_mpoly_ctx.get([f"g{i}" for i in range(len(self.order))], Ordering.lex)
        self.gens = dict(zip(self.order, self.context.gens(), strict=True))
        self.one = self.context.constant(1)
        relations = [self._relation(part) for part in self.order]
        self.relations = [r for r in relations if r is not None]
        self.images = [self.reduced(self.polynomial(self.slopes.get(part, S.Zero))) for part in self.order]

    def polynomial(self, e: Expr) -> Any:
        """The expression as a polynomial in the parts."""
        if e in self.gens:
            return self.gens[e]
        if e.is_Rational:
            return self.one * fmpq(int(e.p), int(e.q))
        if e.is_Add:
            return sum((self.polynomial(a) for a in e.args), 0 * self.one)
        if e.is_Mul:
            return prod((self.polynomial(a) for a in e.args), start=self.one)
        power = _power(e)
        if power is None:
            part, k = _multiple(e)
            return self.gens[part] ** k if k > 1 else prod(map(self.polynomial, _split(e) or ()), start=self.one)
        base, whole, part, q = power
        root = self.gens[Pow(base, Rational(1, q))] ** part if part else self.one
        return root * (self.polynomial(base) ** whole if whole >= 0 else self.gens[1 / base] ** -whole)

    def _relation(self, part: Expr) -> Any:
        """The polynomial in the part and earlier ones that is zero, or None."""
        g = self.gens[part]
        if part.func in PAIRS:
            other, a, b = PAIRS[part.func]
            return g**2 - a - b * self.polynomial(other(*part.args)) ** 2
        if part.is_Pow and part.exp.is_Rational and part.exp.p == 1 and part.exp.q > 1:
            return g ** int(part.exp.q) - self.polynomial(part.base)
        return None

    def reduced(self, p: Any) -> Any:
        for relation in self.relations:
            p = divmod(p, relation)[1]
        return p

    def derivative(self, p: Any) -> Any:
        """D p = Σ ∂p/∂g · g', in normal form."""
        slopes = (p.derivative(i) * image for i, image in enumerate(self.images) if image != 0)
        return self.reduced(sum(slopes, 0 * self.one))

    # --- back ---

    def expression(self, p: Any, order: int) -> Expr:
        """The polynomial, a derivative of this order, as an expression: a product with one denominator."""
        below: list[Expr] = []
        for i, part in enumerate(self.order):
            if part.is_Pow and part.exp == -1:
                base = 1 / part
                p, power = self._over(p, i, self.polynomial(base))
                below.append(base**power)
        if len(p) > MAX_SHOWN:
            raise too_long(order, f"{len(p)} terms")
        return self._product(p) / Mul(*below)

    def _over(self, p: Any, i: int, base: Any) -> tuple[Any, int]:
        """Σ cₖ·base^-k, a polynomial in the i-th part 1/base, as a numerator without it and the power of the base below it."""
        by_power: dict[int, dict[tuple[int, ...], Any]] = {}
        for exponents, c in p.to_dict().items():
            rest = (*exponents[:i], 0, *exponents[i + 1 :])
            by_power.setdefault(int(exponents[i]), {})[rest] = c
        power = max(by_power, default=0)
        top = 0 * self.one
        for k in range(power + 1):
            top = self.reduced(top * base + self.context.from_dict(by_power.get(k, {})))
        while power:
            quotient, rest = divmod(top, base)
            if rest != 0:
                break
            top, power = quotient, power - 1
        return top, power

    def _product(self, p: Any) -> Expr:
        """A polynomial with its content and common parts in front, factored where that is cheap."""
        if p == 0:
            return S.Zero
        used = [i for i, degree in enumerate(p.degrees()) if degree]
        if len(used) == 1 and len(p) <= MAX_FACTORED:
            c, factors = p.factor()
            return _times(_rational(c), Mul(*(self._sum(factor) ** int(power) for factor, power in factors)))
        monomials, coefficients = p.monoms(), p.coeffs()
        common = tuple(min(int(m[i]) for m in monomials) for i in range(len(self.order)))
        content = fmpq(gcd(*(int(c.p) for c in coefficients)), lcm(*(int(c.q) for c in coefficients)))
        content = -content if all(c < 0 for c in coefficients) else content
        inner = {tuple(int(a) - b for a, b in zip(m, common, strict=True)): c / content for m, c in p.to_dict().items()}
        return _times(_rational(content), Mul(self._monomial(common), self._sum(self.context.from_dict(inner))))

    def _sum(self, p: Any) -> Expr:
        """The terms of a polynomial added up, or collected by the functions in them: the shorter one."""
        groups: dict[Expr, list[Expr]] = {}
        for exponents, c in p.to_dict().items():
            named = [k if part.is_Symbol else 0 for part, k in zip(self.order, exponents, strict=True)]
            others = [k - m for k, m in zip(exponents, named, strict=True)]
            groups.setdefault(self._monomial(others), []).append(_rational(c) * self._monomial(named))
        spread = Add(*(head * term for head, terms in groups.items() for term in terms))
        collected = Add(*(head * Add(*terms) for head, terms in groups.items()))
        return min((spread, collected), key=measure)

    def _monomial(self, exponents: Any) -> Expr:
        return Mul(*(part ** int(k) for part, k in zip(self.order, exponents, strict=True) if k))


def _power(e: Expr) -> tuple[Expr, int, int, int] | None:
    """(b, w, p, q) when the expression is b^w · (b^(1/q))^p with 0 ≤ p < q, otherwise None."""
    if not (e.is_Pow and e.exp.is_Rational):
        return None
    whole, part = divmod(int(e.exp.p), int(e.exp.q))
    return e.base, whole, part, int(e.exp.q)


def _split(e: Expr) -> tuple[Expr, Expr] | None:
    """b^(c + u) with a whole number c as b^c and b^u, otherwise None."""
    if e.is_Pow and e.exp.is_Add:
        c, rest = e.exp.as_coeff_Add()
        if c.is_Integer and c:
            return Pow(e.base, c), Pow(e.base, rest)
    return None


def _multiple(e: Expr) -> tuple[Expr, int]:
    """e^(k·u) with a whole number k > 1 as e^u and k; any other part and 1."""
    if isinstance(e, exp):
        c, u = e.args[0].as_coeff_Mul()
        if c.is_Integer and abs(c) > 1:
            return exp(c / abs(c) * u), int(abs(c))
    return e, 1


def _rational(c: Any) -> Expr:
    return Rational(int(c.p), int(c.q))


def _times(c: Expr, e: Expr) -> Expr:
    """c·e without multiplying a sum out."""
    return Mul(c, e, evaluate=False) if e.is_Add and c != Integer(1) else c * e
