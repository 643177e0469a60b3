"""Certified balls around the values of expressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp
from flint import arb
from sympy import Expr, S, Symbol, exp
from sympy.logic.boolalg import Boolean

from symcalc.calculus.domains import DOMAINS
from symcalc.notation import RealRoot

BALLS = {
    "sin": arb.sin, "cos": arb.cos, "tan": arb.tan, "cot": arb.cot, "sec": arb.sec, "csc": arb.csc,
    "asin": arb.asin, "acos": arb.acos, "atan": arb.atan, "sinh": arb.sinh, "cosh": arb.cosh, "tanh": arb.tanh,
    "asinh": arb.asinh, "acosh": arb.acosh, "atanh": arb.atanh, "exp": arb.exp, "log": arb.log,
    "LambertW": arb.lambertw, "erf": arb.erf, "erfc": arb.erfc, "gamma": arb.gamma, "loggamma": arb.lgamma,
    "coth": arb.coth, "sech": arb.sech, "csch": arb.csch, "acot": lambda u: (1 / u).atan(),
    "asec": lambda u: (1 / u).acos(), "acsc": lambda u: (1 / u).asin(), "acoth": lambda u: (1 / u).atanh(),
    "asech": lambda u: (1 / u).acosh(), "acsch": lambda u: (1 / u).asinh(), "factorial": lambda u: (u + 1).gamma(),
    "Abs": abs, "sign": arb.sgn, "erfi": arb.erfi, "Ei": arb.ei, "li": arb.li, "Si": arb.si, "Ci": arb.ci, "Shi": arb.shi,
    "Chi": arb.chi, "fresnels": arb.fresnel_s, "fresnelc": arb.fresnel_c, "digamma": arb.digamma,
    "zeta": arb.zeta, "airyai": arb.airy_ai, "airybi": arb.airy_bi, "floor": arb.floor, "ceiling": arb.ceil,
    "frac": lambda u: u - u.floor(), "sigmoid": lambda u: 1 / (1 + (-u).exp()), "Heaviside": lambda u: (1 + u.sgn()) / 2,
}  # fmt: skip
"""Functions of one argument with a certified enclosure."""

OF_SEVERAL = {
    "Max": lambda *u: _folded(arb.max, u), "Min": lambda *u: _folded(arb.min, u),
    "Heaviside": lambda u, _half: (1 + u.sgn()) / 2, "Mod": lambda a, b: a - b * (a / b).floor(),
    "besselj": lambda v, u: u.bessel_j(v), "bessely": lambda v, u: u.bessel_y(v),
    "besseli": lambda v, u: u.bessel_i(v), "besselk": lambda v, u: u.bessel_k(v),
}  # fmt: skip
"""Functions of several arguments with a certified enclosure."""

CONSTANTS = {S.Pi: arb.pi, S.Exp1: arb.const_e, S.EulerGamma: arb.const_euler, S.Catalan: arb.const_catalan}


MAX_MULTIPLIED = 64
"""Higher powers are left to FLINT."""


class NoBall(Exception):
    """An expression holds a function without a certified enclosure, or has no real value."""


class Unknown(NoBall):
    """An expression holds a function that has no certified enclosure here."""


class Outside(NoBall):
    """An expression has certainly no real value."""


def enclose(expression: Expr, values: Mapping[Symbol, Any]) -> Any:
    """A ball that contains the expression at balls for its symbols, at FLINT's current precision.

    Raises NoBall where the ball is not finite because it is too wide to tell, Outside where there is certainly no real
    value.
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
        raise Unknown
    if isinstance(e, sp.Piecewise):
        for value, condition in e.args:
            if _holds(condition, values):
                return _enclose(value, values)
        raise Outside
    if e.is_Add or e.is_Mul:
        total = _enclose(e.args[0], values)
        for a in e.args[1:]:
            total = total + _enclose(a, values) if e.is_Add else total * _enclose(a, values)
        return total
    if isinstance(e, RealRoot):
        return real_root(_enclose(e.args[0], values), int(e.args[1]))
    if e.is_Pow and not isinstance(e, exp):
        return _enclose_power(e.base, e.exp, values)
    name, args = type(e).__name__, [_enclose(a, values) for a in e.args]
    if any(side * (args[0] - bound) < 0 for bound, side in DOMAINS.get(e.func, ())):
        raise Outside
    function = (BALLS if len(args) == 1 else OF_SEVERAL).get(name)
    if function is None:
        raise Unknown
    return function(*args)


def _folded(function: Any, balls: Any) -> Any:
    first, *rest = balls
    for ball in rest:
        first = function(first, ball)
    return first


def _holds(condition: Any, values: Mapping[Symbol, Any]) -> bool:
    """Whether the condition is certainly true; raises NoBall where it is neither certainly true nor certainly false."""
    if condition in (sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, sp.And):
        return all(_holds(c, values) for c in condition.args)
    if isinstance(condition, sp.Or):
        return any(_holds(c, values) for c in condition.args)
    if isinstance(condition, sp.Not):
        return not _holds(condition.args[0], values)
    if not isinstance(condition, Boolean) or not condition.is_Relational:
        raise Unknown
    difference = _enclose(condition.lhs, values) - _enclose(condition.rhs, values)
    above, below, equal = difference > 0, difference < 0, difference.is_zero()
    if not (above or below or equal):
        raise NoBall
    return bool({">": above, ">=": not below, "<": below, "<=": not above, "==": equal, "!=": not equal}[condition.rel_op])


def _enclose_power(base: Expr, exponent: Expr, values: Mapping[Symbol, Any]) -> Any:
    ball = _enclose(base, values)
    if exponent.is_Integer:
        if exponent < 0 and ball.is_zero():
            raise Outside
        return power(ball, int(exponent))
    if ball < 0:
        raise Outside
    if exponent.is_Rational and exponent.q == 2:
        return power(ball.sqrt(), int(exponent.p))
    if ball.is_zero() and exponent.is_positive:
        return arb(0)
    return (_enclose(exponent, values) * ball.log()).exp()


def power(ball: Any, exponent: int) -> Any:
    """ball^exponent by multiplication: FLINT's own power is not a number when the ball contains zero."""
    if abs(exponent) > MAX_MULTIPLIED:
        return ball**exponent
    result = arb(1)
    for _ in range(abs(exponent)):
        result = result * ball
    return result if exponent >= 0 else 1 / result


def real_root(ball: Any, index: int) -> Any:
    """The real root of odd index, also of a negative ball."""
    if ball.is_zero():
        return arb(0)
    return -((-ball).root(index)) if ball < 0 else ball.root(index)
