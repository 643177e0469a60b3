"""Plain text in Python's syntax, as symcalc reads it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import S

from symcalc.formats._arithmetic import FUNC, POW, Piece
from symcalc.formats._linear import Linear
from symcalc.formats._phrase import is_phrase, said
from symcalc.notation import lower


class Plain(Linear):
    """3*x**2 + 1/x**2, sqrt(x), Abs(x), Piecewise((x, x < 0), (x**2, True))."""

    def joined(self, pieces: Sequence[Piece], factors: Sequence[Any]) -> str:
        return "*".join(pieces)

    def _print_Pow(self, expr: Any, rational: bool = False) -> Piece:
        if expr.exp is S.Half:
            return Piece(f"sqrt({self._print(expr.base)})", FUNC)
        if expr.exp.is_Rational and expr.exp.p < 0 and expr.is_commutative:
            return self._print_Mul(expr)
        return Piece(f"{self.parenthesize(expr.base, POW)}**{self.parenthesize(expr.exp, POW)}", POW)

    def whole_power(self, base: Piece, k: int) -> Piece:
        return Piece(f"{base}**{k}", POW)

    def _print_exp(self, expr: Any) -> Piece:
        return Piece(f"exp({self._print(expr.args[0])})", FUNC)


def plain(value: Any) -> str:
    """A value in one line of plain text; `sigmoid` is written out, text stays as it is."""
    return said(value, plain) if is_phrase(value) else verbatim(lower(value))


def verbatim(value: Any) -> str:
    """A value in one line of plain text, every function by its own name."""
    return said(value, verbatim) if is_phrase(value) else str(Plain().doprint(value))
