"""All real zeros of a function of one variable, proven to be all: by substitution, or by Rolle's theorem from the zeros of its
derivative."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

import flint
import sympy as sp
from flint import arb
from sympy import Expr, Float, Rational, S, Symbol, exp, log, oo

from symcalc.calculus.decide.value import value_at
from symcalc.calculus.enclosure import NoBall, enclose
from symcalc.calculus.fields import derivative
from symcalc.calculus.limits import one_sided_limit
from symcalc.calculus.periodic import CIRCULAR
from symcalc.calculus.sign import sign_of
from symcalc.notation import sigmoid

DEPTH = 4
"""So many derivatives are looked at."""
DIGITS, BITS = 40, 400
MOST_ZEROS = 12
HYPERBOLIC = (sp.sinh, sp.cosh, sp.tanh, sp.coth, sp.sech, sp.csch)

Ends = Callable[[Expr, Symbol], list[Expr] | None]
"""From a function to the points where it may be singular, or None when these are not known."""


def all_zeros(g: Expr, x: Symbol, ends: Ends, depth: int = DEPTH) -> list[Expr] | None:
    """Points among which all real zeros of g are, in no order; a few may be where g has no value. None when that is not proven.

    Numbers that have no closed form here are decimals with DIGITS digits, each in a certified interval.
    """
    if g.has(*CIRCULAR):
        return None
    if g.has(*HYPERBOLIC):
        g = g.rewrite(exp)
    g = g.replace(sigmoid, lambda u: 1 / (1 + exp(-u)))
    found = _by_factors(g, x, ends, depth)
    return found if found is not None or depth < DEPTH - 1 else _by_rolle(g, x, ends, depth)


def _by_factors(g: Expr, x: Symbol, ends: Ends, depth: int) -> list[Expr] | None:
    """The zeros of the factors of the numerator."""
    above = sp.fraction(sp.together(sp.powsimp(g)))[0]
    found: list[Expr] = []
    for factor in sp.Mul.make_args(sp.factor(above)):
        zeros = _zeros_of_factor(factor.base if factor.is_Pow and factor.exp.is_Rational else factor, x, ends, depth)
        if zeros is None or len(found) + len(zeros) > MOST_ZEROS:
            return None
        found += zeros
    return list(dict.fromkeys(found))


def _zeros_of_factor(h: Expr, x: Symbol, ends: Ends, depth: int) -> list[Expr] | None:
    if not h.has(x):
        return None if h.is_zero is not False else []
    if h.is_positive or h.is_negative or isinstance(h, exp) or (h.is_Pow and not h.exp.is_Rational and h.base.is_number):
        return []
    if h.is_Pow and h.base == x and not h.exp.is_Rational:  # a power x^u has its domain where x > 0, and is positive there
        return []
    if _is_rational_polynomial(h, x):
        return list(sp.real_roots(h))
    substituted = _by_substitution(h, x)
    return substituted if substituted is not None else _by_rolle(h, x, ends, depth)


def _is_rational_polynomial(h: Expr, x: Symbol) -> bool:
    return bool(h.is_polynomial(x)) and all(c.is_Rational for c in sp.Poly(h, x).coeffs())


def _by_substitution(h: Expr, x: Symbol) -> list[Expr] | None:
    """The zeros of a polynomial in e^(c·x), or in ln(x)."""
    y = sp.Dummy("y", positive=True)
    rates = {e.args[0].coeff(x) for e in h.atoms(exp) if e.has(x)}
    if rates and all(r.is_Rational for r in rates):
        step = sp.gcd(list(rates))
        masked = sp.expand(sp.fraction(sp.together(h.xreplace({e: _power(e, x, y, step) for e in h.atoms(exp) if e.has(x)})))[0])
        if not masked.has(x) and _is_rational_polynomial(masked, y):
            return [sp.expand_log(log(r) / step) for r in sp.real_roots(masked, multiple=True) if sign_of(r) == 1]
    masked = h.xreplace({log(x): y})
    if not masked.has(x) and masked.has(y) and _is_rational_polynomial(masked, y):
        return [exp(r) for r in sp.real_roots(masked)]
    return None


def _power(e: Expr, x: Symbol, y: Symbol, step: Expr) -> Expr:
    """e^(a + c·x) as e^a·y^(c/step), where y = e^(step·x)."""
    exponent = sp.expand(e.args[0])
    c = exponent.coeff(x)
    rest = exponent - c * x
    return e if rest.has(x) else exp(rest) * y ** (c / step)


def _by_rolle(h: Expr, x: Symbol, ends: Ends, depth: int) -> list[Expr] | None:
    """Between two neighbours of the zeros of h' and the ends of h's domain h is strictly monotone: it has one zero there if its
    limits have different signs, and none otherwise."""
    slope = derivative(h, [(x, 1)])
    edges = ends(h, x)
    flat = all_zeros(slope, x, ends, depth - 1) if depth > 0 and edges is not None else None
    if flat is None or edges is None:
        return None
    cuts = in_order([*flat, *edges])
    if cuts is None:
        return None
    found = [a for a in cuts if (value := value_at(h, {x: a})) is not None and sign_of(value) == 0]
    for low, high in itertools.pairwise((-oo, *cuts, oo)):
        if value_ball(h, x, between(low, high)) is None:
            continue
        signs = [_limit_sign(h, x, low, 1), _limit_sign(h, x, high, -1)]
        if None in signs:
            return None
        if signs[0] != signs[1] and 0 not in signs:
            zero = _zero_between(h, x, low, high)
            if zero is None:
                return None
            found.append(zero)
    return found


def in_order(points: Iterable[Expr]) -> list[Expr] | None:
    """The numbers in increasing order, each once; None where two are not told apart."""
    kept: list[Expr] = []
    for p in sorted(set(points), key=lambda p: p.evalf(DIGITS)):
        sign = sign_of(p - kept[-1]) if kept else 1
        if sign is None:
            return None
        if sign == 1:
            kept.append(p)
    return kept


def _limit_sign(h: Expr, x: Symbol, a: Expr, side: int) -> int | None:
    """The sign of the one-sided limit; that of an infinite one, too."""
    found = one_sided_limit(h, x, a, side)
    if found.status != "limit" or found.value is None:
        return None
    return {oo: 1, -oo: -1}.get(found.value) if found.value.is_infinite else sign_of(found.value)


def between(low: Expr, high: Expr) -> Rational:
    """A rational number in an open interval of extended real numbers."""
    if low == -oo:
        return S.Zero if high is oo else sp.floor(high) - 1
    if high is oo:
        return sp.floor(low) + 2
    middle, width = ((low + high) / 2).evalf(30), (high - low).evalf(30)
    return sp.nsimplify(middle, rational=True, tolerance=width / 8)


def value_ball(f: Expr, x: Symbol, a: Rational) -> arb | None:
    """The value of f at the rational number, enclosed; None where it has none or where that is not decided."""
    with flint.ctx.workprec(BITS):
        try:
            return enclose(f, {x: arb(int(a.p)) / int(a.q)})
        except NoBall:
            return None


def _zero_between(h: Expr, x: Symbol, low: Expr, high: Expr) -> Expr | None:
    """The one zero of a function that changes its sign once in the interval: a small rational number, or a decimal."""
    inner = _bracket(h, x, low, high)
    if inner is None:
        return None
    a, b = inner
    for guess in {Rational(n, d) for n in range(-4, 5) for d in (1, 2)}:
        if a <= guess <= b and (value := value_at(h, {x: guess})) is not None and sign_of(value) == 0:
            return guess
    left = _sign_at(h, x, a)
    for _ in range(4 * DIGITS):
        middle = (a + b) / 2
        sign = _sign_at(h, x, middle)
        if sign is None:
            return middle if value_at(h, {x: middle}) == 0 else None
        a, b = (middle, b) if sign == left else (a, middle)
    return Float(a, DIGITS)


def _bracket(h: Expr, x: Symbol, low: Expr, high: Expr) -> tuple[Rational, Rational] | None:
    """Rational numbers in the interval at which the function has different signs."""
    middle = between(low, high)
    sign = _sign_at(h, x, middle)
    if sign is None:
        return (middle, middle) if value_at(h, {x: middle}) == 0 else None
    for a, grows in ((low, -1), (high, 1)):
        for k in range(1, 200):
            if a.is_infinite:
                other = middle + grows * 2**k
            else:
                other = sp.nsimplify((a + (middle - a) / 2**k).evalf(DIGITS + 20 + k), rational=True)
            found = _sign_at(h, x, other)
            if found is None:
                break
            if found != sign:
                return min(middle, other), max(middle, other)
    return None


def _sign_at(h: Expr, x: Symbol, a: Rational) -> int | None:
    ball = value_ball(h, x, a)
    return None if ball is None or ball.contains(0) else 1 if ball > 0 else -1
