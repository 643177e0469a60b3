"""Sums and products that keep what they hold in the order written."""

from __future__ import annotations

from functools import reduce
from typing import Any

from sympy import Add, Expr, Mul
from sympy.printing.precedence import PRECEDENCE


class OrderedSum(Expr):
    """A sum printed in the order written, not evaluated; `doit()` adds it up."""

    precedence = PRECEDENCE["Add"]
    is_commutative = True

    def doit(self, **hints: Any) -> Expr:
        return Add(*(a.doit(**hints) for a in self.args))

    def _joined(self, printer: Any) -> str:
        def step(text: str, term: Any) -> str:
            nested = isinstance(term, Add | OrderedSum)
            piece = printer.parenthesize(term, PRECEDENCE["Add"], strict=not nested) if text else printer._print(term)
            if piece.startswith("-"):
                return f"{text} - {piece[1:].lstrip()}" if text else piece
            return f"{text} + {piece}" if text else piece

        return reduce(step, self.args, "") or "0"

    _line = _latex = _sympystr = _joined


class OrderedProduct(Expr):
    """A product printed in the order written, not evaluated; `doit()` multiplies it out."""

    precedence = PRECEDENCE["Mul"]
    is_commutative = True

    def doit(self, **hints: Any) -> Expr:
        return Mul(*(a.doit(**hints) for a in self.args))

    def _factors(self, printer: Any, fractions_bracketed: bool) -> list[str]:
        pieces = []
        for i, factor in enumerate(self.args):
            if i == 0 and not isinstance(factor, Add | OrderedSum):
                text = printer._print(factor)
            else:
                text = printer.parenthesize(factor, PRECEDENCE["Mul"], strict=True)
            pieces.append(f"({text})" if i and fractions_bracketed and _is_fraction(factor) else text)
        return pieces or ["1"]

    def _line(self, printer: Any) -> str:
        return "·".join(self._factors(printer, fractions_bracketed=True))

    def _sympystr(self, printer: Any) -> str:
        return "*".join(self._factors(printer, fractions_bracketed=True))

    def _latex(self, printer: Any) -> str:
        return r" \cdot ".join(self._factors(printer, fractions_bracketed=False))


def _is_fraction(e: Any) -> bool:
    """Whether the expression is written with a fraction line and without a minus."""
    factors = Mul.make_args(e)
    negative = sum(1 for f in factors if f.is_number and f.could_extract_minus_sign()) % 2
    below = (not f.is_Integer if f.is_Rational else f.is_Pow and f.exp.is_Rational and f.exp.is_negative for f in factors)
    return not negative and any(below)
