"""Functions of one variable that repeat: their period, and the points of one period."""

from __future__ import annotations

import flint
import sympy as sp
from flint import arb
from sympy import Expr, Symbol, pi

from symcalc.calculus.enclosure import NoBall, enclose
from symcalc.calculus.sign import sign_of

HALF_PERIOD = (sp.tan, sp.cot)
"""Functions that repeat after π."""
CIRCULAR = (sp.sin, sp.cos, *HALF_PERIOD, sp.sec, sp.csc)
MOST_POINTS = 40


def period(g: Expr, x: Symbol) -> Expr | None:
    """A positive period of g, where x occurs in sines and the like of a·x + b only, with commensurable a; None otherwise. It is
    the smallest one, or twice that at the most in the cases that are not seen."""
    circular = {part for part in g.atoms(*CIRCULAR) if part.has(x)}
    if not circular or g.xreplace({part: sp.Dummy() for part in circular}).has(x):
        return None
    rates = [sp.diff(part.args[0], x) for part in circular]
    ratios = [a / rates[0] for a in rates]
    if any(a.has(x) for a in rates) or not all(r.is_Rational for r in ratios) or sign_of(rates[0]) in (None, 0):
        return None
    found = 2 * pi / abs(sp.gcd(ratios) * rates[0])
    half = g.subs(x, x + found / 2)
    return found / 2 if sp.expand(half - g) == 0 else found


def repeating(f: Expr, x: Symbol) -> Expr:
    """f without a term c·x: where that has a period, the slope of f has."""
    return f - sum(t for t in sp.Add.make_args(f) if t.has(x) and not (t / x).has(x))


def in_one_period(points: list[Expr], length: Expr, start: Expr) -> list[Expr] | None:
    """The points moved by multiples of the period into [start, start + length), in order, each once; None where that is not
    decided."""
    moved: list[Expr] = []
    for a in points:
        b = sp.expand(a - length * sp.floor((a - start) / length))
        if sign_of(b - start) == 0 or sign_of(start + length - b) == 0:
            b = start
        if all(sign_of(b - c) not in (None, 0) for c in moved):
            moved.append(b)
        elif any(sign_of(b - c) is None for c in moved):
            return None
    return sorted(moved, key=lambda p: p.evalf(40))


def zeros_in_period(g: Expr, x: Symbol, length: Expr) -> list[Expr] | None:
    """The zeros in [0, length) of a product of sines and cosines of a·x + b and of functions that are certified to have none;
    None where it is no such product."""
    found: list[Expr] = []
    for factor in sp.Mul.make_args(sp.factor(sp.fraction(sp.together(g))[0])):
        zeros = _zeros_of_factor(factor.base if factor.is_Pow and factor.exp.is_Rational else factor, x, length)
        if zeros is None:
            return None
        found += zeros
    return in_one_period(found, length, sp.S.Zero)


def _zeros_of_factor(e: Expr, x: Symbol, length: Expr) -> list[Expr] | None:
    if isinstance(e, sp.sin | sp.cos):
        u = e.args[0]
        a = sp.diff(u, x)
        count = sp.ceiling(abs(a) * length / pi)
        if a.has(x) or a == 0 or not count.is_Integer or count > MOST_POINTS:
            return None
        first = 0 if isinstance(e, sp.sin) else pi / 2
        return [sp.expand((first + k * pi - u.subs(x, 0)) / a) for k in range(int(count))]
    with flint.ctx.workprec(64):
        try:
            ball = enclose(e, {x: arb(0, 1000)})
        except NoBall:
            return None
    return [] if ball > 0 or ball < 0 else None
