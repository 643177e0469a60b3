"""Certified balls around the values of expressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flint import arb
from sympy import Expr, S, Symbol, exp

from symcalc.notation import RealRoot

BALLS = {
    "sin": arb.sin, "cos": arb.cos, "tan": arb.tan, "cot": arb.cot, "sec": arb.sec, "csc": arb.csc,
    "asin": arb.asin, "acos": arb.acos, "atan": arb.atan, "sinh": arb.sinh, "cosh": arb.cosh, "tanh": arb.tanh,
    "asinh": arb.asinh, "acosh": arb.acosh, "atanh": arb.atanh, "exp": arb.exp, "log": arb.log,
    "LambertW": arb.lambertw, "erf": arb.erf, "erfc": arb.erfc, "gamma": arb.gamma, "loggamma": arb.lgamma,
    "coth": arb.coth, "sech": arb.sech, "csch": arb.csch, "acot": lambda u: (1 / u).atan(),
    "asec": lambda u: (1 / u).acos(), "acsc": lambda u: (1 / u).asin(), "acoth": lambda u: (1 / u).atanh(),
    "asech": lambda u: (1 / u).acosh(), "acsch": lambda u: (1 / u).asinh(), "factorial": lambda u: (u + 1).gamma(),
}  # fmt: skip
"""Functions of one argument with a certified enclosure."""

CONSTANTS = {S.Pi: arb.pi, S.Exp1: arb.const_e, S.EulerGamma: arb.const_euler, S.Catalan: arb.const_catalan}


class NoBall(Exception):
    """An expression holds a function without a certified enclosure, or has no real value."""


def enclose(expression: Expr, values: Mapping[Symbol, Any]) -> Any:
    """A ball that contains the expression at balls for its symbols, at FLINT's current precision.

    Raises NoBall where the ball is not finite: outside the real domain, or too wide to tell.
    """
    ball = _enclose(expression, values)
    if not ball.is_finite():
        raise NoBall
    return ball


def _enclose(e: Expr, values: Mapping[Symbol, Any]) -> Any:
    if e in values:
        return values[e]
    if e.is_Rational:
        return arb(int(e.p)) / int(e.q)
    if e in CONSTANTS:
        return CONSTANTS[e]()
    if e.is_Float or e.is_Symbol:
        raise NoBall
    if e.is_Add or e.is_Mul:
        total = _enclose(e.args[0], values)
        for a in e.args[1:]:
            total = total + _enclose(a, values) if e.is_Add else total * _enclose(a, values)
        return total
    if isinstance(e, RealRoot):
        return real_root(_enclose(e.args[0], values), int(e.args[1]))
    if e.is_Pow and not isinstance(e, exp):
        return _enclose_power(e.base, e.exp, values)
    name = type(e).__name__
    if name not in BALLS or len(e.args) != 1:
        raise NoBall
    return BALLS[name](_enclose(e.args[0], values))


def _enclose_power(base: Expr, exponent: Expr, values: Mapping[Symbol, Any]) -> Any:
    ball = _enclose(base, values)
    if exponent.is_Integer:
        return power(ball, int(exponent))
    if exponent.is_Rational and exponent.q == 2:
        return power(ball.sqrt(), int(exponent.p))
    return (_enclose(exponent, values) * ball.log()).exp()


def power(ball: Any, exponent: int) -> Any:
    """ball^exponent by multiplication: FLINT's own power is not a number when the ball contains zero."""
    result = arb(1)
    for _ in range(abs(exponent)):
        result = result * ball
    return result if exponent >= 0 else 1 / result


def real_root(ball: Any, index: int) -> Any:
    """The real root of odd index, also of a negative ball."""
    return -((-ball).root(index)) if ball < 0 else ball.root(index)
