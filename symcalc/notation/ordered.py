"""Sums and products that keep what they hold in the order written."""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, Mul
from sympy.printing.precedence import PRECEDENCE

ADD, MUL = PRECEDENCE["Add"], PRECEDENCE["Mul"]


class OrderedSum(Expr):
    """A sum printed in the order written, not evaluated; `doit()` adds it up. It is differentiated, given numbers to and written
    in code as the sum that it is."""

    precedence = ADD
    is_commutative = True

    def doit(self, **hints: Any) -> Expr:
        return Add(*(a.doit(**hints) for a in self.args))

    def _eval_derivative(self, x: Any) -> Expr:
        return self.doit().diff(x)

    def _eval_evalf(self, prec: int) -> Any:
        return self.doit()._eval_evalf(prec)

    def _in_code(self, printer: Any) -> str:
        return str(printer.parenthesize(self.doit(), ADD))

    _pythoncode = _mpmathcode = _numpycode = _in_code

    def _joined(self, printer: Any) -> str:
        signed = getattr(printer, "signed", None)  # our own printers know the sign of a product before it is written
        if len(self.args) == 1:
            return printer._print(self.args[0])
        pieces: list[str] = []
        for term in self.args:
            if signed is not None and term.is_Mul:
                negative, piece = signed(term)
            else:
                nested = isinstance(term, Add | OrderedSum)
                piece = printer.parenthesize(term, ADD, strict=not nested) if pieces else printer._print(term)
                negative = piece.startswith("-")
                piece = piece[1:].lstrip() if negative else piece
            pieces += [" - " if negative else " + ", piece] if pieces else ["-" * negative, piece]
        return "".join(pieces) or "0"

    _line = _latex = _sympystr = _joined


class OrderedProduct(Expr):
    """A product printed in the order written, not evaluated; `doit()` multiplies it out."""

    precedence = MUL
    is_commutative = True

    def doit(self, **hints: Any) -> Expr:
        return Mul(*(a.doit(**hints) for a in self.args))

    def _factors(self, printer: Any, fractions_bracketed: bool) -> list[str]:
        pieces = []
        for i, factor in enumerate(self.args):
            if i == 0 and not isinstance(factor, Add | OrderedSum):
                text = printer._print(factor)
            else:
                text = printer.parenthesize(factor, MUL, strict=True)
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
    below = (not f.is_Integer if f.is_Rational else f.is_Pow and f.exp.is_Rational and f.exp.p < 0 for f in factors)
    return not negative and any(below)
