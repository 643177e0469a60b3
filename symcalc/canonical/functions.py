"""Functions at arguments made of real names and rational numbers alone, of which SymPy finds nothing but a sign."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from sympy import Expr, Symbol, asinh, atan, cos, cosh, erf, exp, log, sin, sinh, tan, tanh

from symcalc.canonical.arithmetic import KEPT, negative

PARITY = {exp: 0, log: 0, sin: -1, cos: 1, tan: -1, sinh: -1, cosh: 1, tanh: -1, atan: -1, asinh: -1, erf: -1}
"""1 for even functions, -1 for odd ones, 0 for those that are neither."""


def applied(function: Any, u: Any, *more: Any) -> Any:
    """function(u, ...)."""
    return function(u, *more) if more or function not in PARITY else _applied(function, u)


@lru_cache(KEPT)
def _applied(function: Any, u: Any) -> Any:
    if not _is_plain(function, u):
        return function(u)
    parity = PARITY[function]
    if not parity or not u.could_extract_minus_sign():
        return _unevaluated(function, u)
    turned = _applied(function, negative(u))
    return turned if parity > 0 else negative(turned)


def _unevaluated(function: Any, u: Any) -> Any:
    made = Expr.__new__(function, u)
    made.nargs = _arities(function)
    return made


@cache
def _arities(function: Any) -> Any:
    """How many arguments a function takes, which SymPy keeps with every value of it."""
    return function(Symbol("x")).nargs


def _is_plain(function: Any, u: Any) -> bool:
    """Whether u is made of rational numbers and at least one name, all real and perhaps other than zero, by +, · and powers,
    and by functions that have nothing to do with the one outside."""
    waiting, named = [u], False
    for part in waiting:
        if part.is_Add or part.is_Mul or part.is_Pow:
            waiting += part.args
        elif part.is_Symbol and part.is_extended_real and part.is_zero is not True:
            named = True
        elif part.func in PARITY and part is not u and not {part.func, function} >= {exp, log}:
            waiting += part.args
        elif not part.is_Rational:
            return False
    return named
