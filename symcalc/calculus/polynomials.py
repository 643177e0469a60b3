"""Fractions of polynomials reduced and factored, by FLINT."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import gcd
from operator import add, mul
from typing import Any

from flint import Ordering, fmpz_mpoly_ctx
from sympy import Add, Expr, Integer, Mul, Rational, S, Symbol


@dataclass(frozen=True, slots=True)
class Fraction:
    """A fraction in lowest terms: top and bottom are sums with whole coefficients; the bottom also as a product of irreducible
    ones, and the whole fraction so."""

    top: Expr
    bottom: Expr
    factored_bottom: Expr
    factored: Expr


def in_lowest_terms(top: Expr, bottom: Expr) -> Fraction:
    """The quotient of two polynomials in symbols over the rationals."""
    names = sorted(top.free_symbols | bottom.free_symbols, key=lambda s: (s.name, s.sort_key()))
    context = fmpz_mpoly_ctx.get([f"v{i}" for i in range(len(names))], Ordering.lex)
    gens = dict(zip(names, context.gens(), strict=True))
    one = context.constant(1)
    (p, below_p), (q, below_q) = (_polynomial(e, gens, one) for e in (top, bottom))
    if p == 0:
        return Fraction(S.Zero, S.One, S.One, S.Zero)
    divisor = p.gcd(q)
    (sign_p, content_p, p), (sign_q, content_q, q) = map(_primitive, (p / divisor, q / divisor))
    c = Rational(sign_p * sign_q * content_p * below_q, content_q * below_p)
    below = _product(q, names)
    whole = _times(c, Mul(_product(p, names), 1 / below))
    return Fraction(_sum(int(c.p) * p, names), _sum(int(c.q) * q, names), int(c.q) * below, whole)


def common_factor(total: Expr) -> Expr | None:
    """A sum of monomials with their greatest common divisor in front; None when the expression is no such sum."""
    if not total.is_Add:
        return None
    rows: list[tuple[Expr, dict[Expr, int]]] = []
    for term in total.args:
        c, rest = term.as_coeff_Mul()
        if not c.is_Rational:
            return None
        powers: dict[Expr, int] = {}
        for factor in Mul.make_args(rest):
            base, k = (factor.base, factor.exp) if factor.is_Pow else (factor, S.One)
            if not (base.is_Symbol and k.is_Integer and k > 0):
                if factor is not S.One:
                    return None
            else:
                powers[base] = int(k)
        rows.append((c, powers))
    below = {int(c.q) for c, _ in rows}
    content = Rational(gcd(*(int(c.p) for c, _ in rows)), 1 if 1 in below else reduce(_lcm, below))
    content = -content if all(c < 0 for c, _ in rows) else content
    shared = reduce(lambda a, b: {s: min(k, b[s]) for s, k in a.items() if s in b}, (powers for _, powers in rows))
    if content == 1 and not shared:
        return total
    inner = Add(*(c / content * Mul(*(s ** (k - shared.get(s, 0)) for s, k in powers.items())) for c, powers in rows))
    front = Mul(*(s**k for s, k in shared.items()))
    return _times(content, inner if front == 1 else Mul(front, inner))


def _times(c: Expr, e: Expr) -> Expr:
    """c·e without multiplying a sum out."""
    return Mul(c, e, evaluate=False) if e.is_Add and c != 1 else c * e


def _lcm(a: int, b: int) -> int:
    return a * b // gcd(a, b)


def _polynomial(e: Expr, gens: dict[Symbol, Any], one: Any) -> tuple[Any, int]:
    """The expression as a polynomial with whole coefficients over a whole number."""
    if e.is_Symbol:
        return gens[e], 1
    if e.is_Rational:
        return one * int(e.p), int(e.q)
    if e.is_Pow:
        p, below = _polynomial(e.base, gens, one)
        return p ** int(e.exp), below ** int(e.exp)
    parts = [_polynomial(a, gens, one) for a in e.args]
    if e.is_Mul:
        return reduce(mul, (p for p, _ in parts)), reduce(mul, (below for _, below in parts))
    common = reduce(_lcm, (below for _, below in parts))
    return reduce(add, (p * (common // below) for p, below in parts)), common


def _primitive(p: Any) -> tuple[int, int, Any]:
    """Sign, content and primitive part."""
    coefficients = p.coeffs()
    content = gcd(*map(int, coefficients))
    sign = -1 if coefficients[0] < 0 else 1
    return sign, content, p if content == sign == 1 else p / (sign * content)


def _sum(p: Any, names: Sequence[Symbol]) -> Expr:
    return Add(*(int(c) * _monomial(exponents, names) for exponents, c in p.to_dict().items()))


def _monomial(exponents: Any, names: Sequence[Symbol]) -> Expr:
    return Mul(*(s ** int(k) for s, k in zip(names, exponents, strict=True) if k))


def _product(p: Any, names: Sequence[Symbol]) -> Expr:
    try:
        c, factors = p.factor()
    except OverflowError:  # python-flint sorts the factors, and cannot where a coefficient is longer than a machine word
        c, factors = 1, [(p, 1)]
    signs = [(_primitive(factor)[0], factor, int(k)) for factor, k in factors]
    sign = reduce(mul, (s**k for s, _, k in signs), int(c))
    return Mul(Integer(sign), *(_sum(factor / s, names) ** k for s, factor, k in signs))
