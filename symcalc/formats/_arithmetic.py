"""What the written notations share: sums, products and fractions, with the strength of every piece carried along.

Parentheses are decided by the strength of what was printed, never by looking at its characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Basic, Integer
from sympy.printing.precedence import PRECEDENCE, precedence_traditional
from sympy.printing.printer import Printer

from symcalc.formats._monomials import signed_monomials
from symcalc.formats._order import ordered, quotient
from symcalc.notation import Polynomial

ADD, MUL, POW, FUNC, ATOM = (PRECEDENCE[name] for name in ("Add", "Mul", "Pow", "Func", "Atom"))
RELATION, AND, OR = PRECEDENCE["Relational"], PRECEDENCE["And"], PRECEDENCE["Or"]

SHOWN_DIGITS = 6
"""Digits of a decimal number on a screen and in LaTeX; JSON and plain text keep all."""


class Piece(str):
    """Printed mathematics: its text, the strength of its outermost operator (SymPy's PRECEDENCE), and whether a number may
    stand directly before it."""

    __slots__ = ("glue", "strength")
    strength: int
    glue: bool

    def __new__(cls, text: str, strength: int = ATOM, glue: bool = False) -> Piece:
        piece = super().__new__(cls, text)
        piece.strength, piece.glue = strength, glue
        return piece


def _strength(expr: Any) -> int:
    if not isinstance(expr, Basic):
        return ATOM
    return FUNC if expr.is_Function else int(precedence_traditional(expr))


class Arithmetic(Printer):
    """Prints sums, products and fractions in natural order. A notation says how it joins factors, draws a fraction and a
    bracket; everything else is the business of the SymPy printer it is mixed into."""

    def __init__(self, settings: dict[str, Any] | None = None) -> None:
        super().__init__(settings)
        self._printed: dict[Any, Piece] = {}

    def _state(self, expr: Any) -> Any:
        """What a printed piece depends on."""
        return expr

    def _print(self, expr: Any, **kwargs: Any) -> Piece:
        if isinstance(expr, Integer):  # most of what is printed, and quicker than looking it up
            return self._print_Integer(expr)
        key = self._state(expr) if isinstance(expr, Basic) else None
        known = self._printed.get(key) if key is not None else None
        if known is None:
            text = super()._print(expr, **kwargs)
            known = text if isinstance(text, Piece) else Piece(text, strength := _strength(expr), glue=strength == FUNC)
            if key is not None:
                self._printed[key] = known
        return known

    def parenthesize(self, item: Any, level: int, is_neg: bool = False, strict: bool = False) -> Piece:
        """The item, in brackets where it binds more weakly than `level`, or as weakly unless `strict`."""
        piece = self._print(item)
        weak = piece.strength < level or (not strict and piece.strength == level)
        return self.bracketed(piece) if weak else piece

    # --- what a notation decides ---

    def bracketed(self, text: str) -> Piece:
        return Piece(f"({text})", ATOM, glue=True)

    def joined(self, pieces: Sequence[Piece], factors: Sequence[Any]) -> str:
        """Two factors or more, already in brackets where needed, with the multiplication signs of the notation."""
        raise NotImplementedError

    def whole_power(self, base: Piece, k: int) -> Piece:
        """The power of a base that is in brackets where it must be, for k > 1."""
        raise NotImplementedError

    def over(self, above: Piece, denominator: Sequence[Any]) -> Piece:
        """A fraction."""
        below = self.product(denominator)
        return Piece(self.fraction(above, self.bracketed(below) if below.strength <= MUL else below), MUL)

    def fraction(self, above: str, below: str) -> str:
        """A fraction of what is in brackets already where it must be."""
        return f"{above}/{below}"

    # --- shared ---

    def items(self, values: Sequence[Any]) -> str:
        return ", ".join(map(self._print, values))

    def product(self, factors: Sequence[Any]) -> Piece:
        """The product of the factors; of none, 1."""
        if not factors:
            return Piece("1")
        if len(factors) == 1:
            return self.parenthesize(factors[0], MUL, strict=True)
        return Piece(self.joined([self.parenthesize(f, MUL) for f in factors], factors), MUL)

    def _print_Add(self, expr: Any, order: Any = None) -> Piece:
        text = ""
        for negative, body in self.signed_terms(expr):
            text += (" - " if negative else " + ") + body if text else ("-" if negative else "") + body
        return Piece(text, ADD)

    def signed_terms(self, expr: Any) -> list[tuple[bool, str]]:
        """The terms of a sum in the order written, each as whether it is negative and what follows its sign."""
        if isinstance(expr, Polynomial):
            return signed_monomials(self, expr)
        return [self.signed(term) for term in ordered(expr)]

    def signed(self, term: Any) -> tuple[bool, Piece]:
        """A term as its sign and what follows the sign."""
        if not (term.is_Mul or term.is_Number or term.is_Pow):
            return False, self.parenthesize(term, ADD)
        parts = quotient(term)
        return parts.negative, self._fraction(parts.numerator, parts.denominator)

    def _print_Mul(self, expr: Any) -> Piece:
        negative, body = self.signed(expr)
        return Piece(f"-{body}", ADD) if negative else body

    def _fraction(self, numerator: Sequence[Any], denominator: Sequence[Any]) -> Piece:
        above = self.product(numerator)
        return self.over(above, denominator) if denominator else above

    def _print_Integer(self, expr: Any) -> Piece:
        return Piece(str(expr.p), ATOM if expr.p >= 0 else ADD)
