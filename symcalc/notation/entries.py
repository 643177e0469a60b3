"""Entries of a vector under a sum: x_k with k the index, and a sum that holds one entry among others."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Sum, Symbol
from sympy.printing.precedence import PRECEDENCE


class Entry(Expr):
    """x_k: the entry of the vector x at the index k, which a sum or product runs over. `Entry(x, k)`."""

    precedence = PRECEDENCE["Atom"]
    is_commutative = True

    def __new__(cls, base: Symbol, index: Expr) -> Any:
        return Expr.__new__(cls, base, index)

    @property
    def base(self) -> Any:
        return self.args[0]

    @property
    def index(self) -> Any:
        return self.args[1]

    def _eval_is_extended_real(self) -> bool | None:
        return self.base.is_extended_real

    def _eval_is_finite(self) -> bool | None:
        return True if self.base.is_extended_real else None

    def _subscript(self, printer: Any) -> str:
        text = printer._print(self.index)
        return text if self.index.is_Symbol or self.index.is_Integer else f"{{{text}}}"

    def _line(self, printer: Any) -> str:
        return f"{printer._print(self.base)}_{self._subscript(printer)}"

    _sympystr = _line

    def _latex(self, printer: Any) -> str:
        return f"{printer._print(self.base)}_{{{printer._print(self.index)}}}"


class HoldingSum(Expr):
    """A sum over the entries of a vector that depends on one of them, named by a symbol: Σ_k f(x_k), which holds x_j.

    `HoldingSum(sum, x_j)`. It is written as the sum.
    """

    is_commutative = True
    precedence = PRECEDENCE["Mul"]

    def __new__(cls, total: Sum, entry: Symbol) -> Any:
        return Expr.__new__(cls, total, entry)

    @property
    def total(self) -> Any:
        return self.args[0]

    def _eval_is_extended_real(self) -> bool | None:
        return self.total.is_extended_real

    def _line(self, printer: Any) -> str:
        return str(printer._print(self.total))

    _latex = _sympystr = _line
