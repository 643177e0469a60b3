"""Functions applied to arguments that SymPy would look at for long and leave as they are.

sin(2x + 3y): SymPy asks whether 2x + 3y is zero, imaginary, a multiple of π, and half a millisecond later leaves it. Of an
argument made of real names and rational numbers alone it finds nothing but a sign.
"""

from __future__ import annotations

from typing import Any

from sympy import asinh, atan, cos, cosh, erf, log, sin, sinh, tan, tanh

PARITY = {log: 0, sin: -1, cos: 1, tan: -1, sinh: -1, cosh: 1, tanh: -1, atan: -1, asinh: -1, erf: -1}
"""1 for even functions, -1 for odd ones, 0 for those that are neither. An exponential is not among them: SymPy evaluates it in
every product anew."""


def applied(function: Any, u: Any, *more: Any) -> Any:
    """What SymPy makes of function(u, ...)."""
    parity = PARITY.get(function)
    if parity is None or more or not _is_plain(u):
        return function(u, *more)
    if not parity or not u.could_extract_minus_sign():
        return function(u, evaluate=False)
    turned = function(-u, evaluate=False)
    return turned if parity > 0 else -turned


def _is_plain(u: Any) -> bool:
    """Whether u is a sum, product or power of real names that may be other than zero, and rational numbers."""
    if u.is_Rational:
        return False
    waiting = [u]
    for part in waiting:
        if part.is_Add or part.is_Mul or part.is_Pow:
            waiting += part.args
        elif not part.is_Rational and not (part.is_Symbol and part.is_extended_real and part.is_zero is not True):
            return False
    return True
