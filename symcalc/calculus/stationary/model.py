"""Expressions made polynomial: sines and cosines become points of a circle, roots become unknowns with a sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import lcm

from sympy import (
    Add,
    Dummy,
    Expr,
    Mul,
    Pow,
    Rational,
    S,
    Symbol,
    cancel,
    cos,
    diff,
    exp,
    expand,
    expand_log,
    expand_trig,
    log,
    numer,
    sin,
    together,
)
from sympy.functions.elementary.hyperbolic import HyperbolicFunction
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from symcalc.calculus.stationary.factors import never_zero, vanishing_factors
from symcalc.notation import RealRoot, sigmoid


class NotPolynomial(Exception):
    """An equation cannot be brought into polynomial form by the exact rewritings known here."""


@dataclass(frozen=True, slots=True)
class Angle:
    """x = scale·θ with sin θ = `sine` and cos θ = `cosine`."""

    sine: Symbol
    cosine: Symbol
    scale: int


@dataclass(slots=True)
class Model:
    """How the variables and roots of some expressions are represented by unknowns of a polynomial system.

    `unknowns` are the polynomial variables, `links` the equations among them, `nonnegative` those that must not be
    negative, `radicals` maps (radicand, index) to the unknown that stands for the root.
    """

    variables: tuple[Symbol, ...]
    unknowns: list[Symbol] = field(default_factory=list)
    links: list[Expr] = field(default_factory=list)
    nonnegative: list[Symbol] = field(default_factory=list)
    angles: dict[Symbol, Angle] = field(default_factory=dict)
    radicals: dict[tuple[Expr, int], Symbol] = field(default_factory=dict)

    def rewrite(self, expression: Expr) -> Expr:
        """The expression in the unknowns; functions other than sin, cos of angles and roots stay as they are."""
        expression = elementary(expression)
        if self.angles:
            expression = self._rewrite_angles(expression)
        return self._rewrite_roots(expression)

    def equation(self, expression: Expr) -> Expr:
        """A polynomial in the unknowns that vanishes, within the domain, exactly where the expression does."""
        top = numer(together(_without_logs(numer(together(elementary(expression))))))
        if any(map(never_zero, top.atoms(Pow, exp))):
            top = Mul(*(factor**power for factor, power in vanishing_factors(top)))
        polynomial = numer(together(self.rewrite(top)))
        if not polynomial.is_polynomial(*self.unknowns) or not _rational_coefficients(polynomial, self.unknowns):
            raise NotPolynomial
        return polynomial

    def meaning(self) -> dict[Symbol, Expr]:
        """The unknowns that are not variables, by what they stand for in the variables."""
        found: dict[Symbol, Expr] = {}
        for x, angle in self.angles.items():
            found |= {angle.sine: sin(x / angle.scale), angle.cosine: cos(x / angle.scale)}
        for (inner, index), unknown in self.radicals.items():
            found[unknown] = inner.subs(found) ** Rational(1, index)
        return found

    def _rewrite_angles(self, expression: Expr) -> Expr:
        scaled = expression.subs({x: a.scale * x for x, a in self.angles.items()}, simultaneous=True)
        table: dict[Expr, Symbol] = {}
        for x, angle in self.angles.items():
            table |= {sin(x): angle.sine, cos(x): angle.cosine}
        waves = {w: expand_trig(w.func(expand(w.args[0]))) for w in scaled.atoms(sin, cos)}
        return scaled.subs(waves).subs(table)

    def _rewrite_roots(self, expression: Expr) -> Expr:
        if not expression.args:
            return expression
        expression = expression.func(*map(self._rewrite_roots, expression.args))
        if isinstance(expression, RealRoot):
            return self._radical(expression.args[0], int(expression.args[1]), signed=True)
        if _is_root(expression):
            return self._radical(expression.base, int(expression.exp.q), signed=False) ** expression.exp.p
        return expression

    def _radical(self, inner: Expr, index: int, signed: bool) -> Symbol:
        if not inner.is_rational_function(*self.unknowns) or not _rational_coefficients(inner, self.unknowns):
            raise NotPolynomial
        inner = cancel(inner)
        if (inner, index) not in self.radicals:
            self._add_radical(inner, index, signed)
        return self.radicals[inner, index]

    def _add_radical(self, inner: Expr, index: int, signed: bool) -> None:
        unknown = Dummy(f"r{len(self.radicals)}", real=True)
        self.radicals[inner, index] = unknown
        self.unknowns.append(unknown)
        self.links.append(numer(together(unknown**index - inner)))
        if not signed:
            self.nonnegative.append(unknown)


def model_of(variables: Sequence[Symbol], expressions: Iterable[Expr]) -> Model:
    """The unknowns for these expressions; variables that occur only inside sin and cos become angles."""
    expressions = [elementary(e) for e in expressions]
    model = Model(tuple(variables))
    scales = _angles(variables, expressions)
    for x in variables:
        if x in scales:
            angle = Angle(Dummy(f"s_{x}", real=True), Dummy(f"c_{x}", real=True), scales[x])
            model.angles[x] = angle
            model.unknowns += [angle.sine, angle.cosine]
            model.links.append(angle.sine**2 + angle.cosine**2 - 1)
        else:
            model.unknowns.append(x)
    for e in expressions:
        model.rewrite(e)
    return model


def elementary(expression: Expr) -> Expr:
    """tan, cot, sec, csc by sin and cos; hyperbolic functions and the sigmoid by exp."""
    for old in expression.atoms(TrigonometricFunction):
        if not isinstance(old, (sin, cos)):
            expression = expression.subs(old, _quotient(old))
    for old in expression.atoms(HyperbolicFunction):
        expression = expression.subs(old, old.rewrite(exp))
    for old in expression.atoms(sigmoid):
        expression = expression.subs(old, old.definition())
    return expression


def _quotient(function: Expr) -> Expr:
    u = function.args[0]
    table = {"tan": sin(u) / cos(u), "cot": cos(u) / sin(u), "sec": 1 / cos(u), "csc": 1 / sin(u)}
    return table.get(type(function).__name__, function)


def _angles(variables: Sequence[Symbol], expressions: Sequence[Expr]) -> dict[Symbol, int]:
    """The variables that occur only in sin and cos of rational combinations of such variables (plus multiples of π),
    with the common denominator of their coefficients."""
    waves = {w for e in expressions for w in e.atoms(sin, cos)}
    names = {w: Dummy() for w in waves}
    outside = {s for e in expressions for s in e.subs(names).free_symbols}
    angles = {x for w in waves for x in w.free_symbols & set(variables)} - outside
    while bad := {x for w in waves for x in w.free_symbols & angles if not _combination(w.args[0], angles)}:
        angles -= bad
    slopes = {x: [diff(w.args[0], x) for w in waves if w.has(x)] for x in angles}
    return {x: lcm(*(int(c.q) for c in found)) for x, found in slopes.items()}


def _combination(argument: Expr, angles: set[Symbol]) -> bool:
    slopes = [diff(argument, x) for x in argument.free_symbols]
    constant = argument.subs(dict.fromkeys(argument.free_symbols, 0))
    return argument.free_symbols <= angles and all(c.is_Rational for c in slopes) and (constant / S.Pi).is_Rational


def _is_root(e: Pow) -> bool:
    return isinstance(e, Pow) and e.exp.is_Rational and not e.exp.is_Integer


def _rational_coefficients(e: Expr, unknowns: Sequence[Symbol]) -> bool:
    """Is the expression built from the unknowns and rational numbers by sums, products and powers?"""
    if not e.args:
        return bool(e.is_Rational) or e in unknowns
    return (e.is_Add or e.is_Mul or e.is_Pow) and all(_rational_coefficients(a, unknowns) for a in e.args)


def _without_logs(expression: Expr) -> Expr:
    """Σ r_k·log A_k = 0 with rational r_k, where it is written so, becomes a product equation."""
    logs = sorted(expression.atoms(log), key=str)
    if not logs:
        return expression
    expanded = expand(expand_log(expression, force=True))
    logs = sorted(expanded.atoms(log), key=str)
    names = [Dummy() for _ in logs]
    linear = expanded.subs(dict(zip(logs, names, strict=True)))
    slopes = [diff(linear, name) for name in names]
    total = Add(*(c * name for c, name in zip(slopes, names, strict=True)))
    if not all(c.is_Rational for c in slopes) or expand(linear - total) != 0:
        return expression
    scale = lcm(*(int(c.q) for c in slopes))
    sides = [Mul(*(u.args[0] ** (s * c * scale) for u, c in zip(logs, slopes, strict=True) if s * c > 0)) for s in (1, -1)]
    return sides[0] - sides[1]
