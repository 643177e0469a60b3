"""What the one-line notations share: sums, products and fractions, with the strength of every piece carried along.

Parentheses are decided by the strength of what was printed, never by looking at its characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Basic
from sympy.printing.precedence import PRECEDENCE, precedence
from sympy.printing.str import StrPrinter

from symcalc.formats._order import ordered_terms, quotient

ADD, MUL, POW, FUNC, ATOM = (PRECEDENCE[name] for name in ("Add", "Mul", "Pow", "Func", "Atom"))
RELATION, AND, OR = PRECEDENCE["Relational"], PRECEDENCE["And"], PRECEDENCE["Or"]


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


class Linear(StrPrinter):
    """Prints an expression on one line. A notation says how it writes a product and each kind of atom."""

    def __init__(self, settings: dict[str, Any] | None = None) -> None:
        super().__init__(settings)
        self._printed: dict[Basic, Piece] = {}

    def _print(self, expr: Any, **kwargs: Any) -> Piece:
        known = self._printed.get(expr) if isinstance(expr, Basic) else None
        if known is not None:
            return known
        text = super()._print(expr, **kwargs)
        piece = text if isinstance(text, Piece) else Piece(text, precedence(expr) if isinstance(expr, Basic) else ATOM)
        if isinstance(expr, Basic):
            self._printed[expr] = piece
        return piece

    def parenthesize(self, item: Any, level: int, strict: bool = False) -> Piece:
        """The item, in parentheses where it binds more weakly than `level`, or as weakly unless `strict`."""
        piece = self._print(item)
        weak = piece.strength < level or (not strict and piece.strength == level)
        return Piece(f"({piece})", ATOM, glue=True) if weak else piece

    # --- what a notation decides ---

    def joined(self, pieces: Sequence[Piece], factors: Sequence[Any]) -> str:
        """Two factors or more, already in parentheses where needed, with the multiplication signs of the notation."""
        raise NotImplementedError

    def items(self, values: Sequence[Any]) -> str:
        return ", ".join(map(self._print, values))

    # --- shared ---

    def _print_Add(self, expr: Any, order: Any = None) -> Piece:
        text = ""
        for term in ordered_terms(expr):
            negative, body = self._signed(term)
            text += (" - " if negative else " + ") + body if text else ("-" if negative else "") + body
        return Piece(text, ADD)

    def _signed(self, term: Any) -> tuple[bool, Piece]:
        """A term as its sign and what follows the sign."""
        if not (term.is_Mul or term.is_Number or term.is_Pow):
            return False, self.parenthesize(term, ADD)
        parts = quotient(term)
        return parts.negative, self._fraction(parts.numerator, parts.denominator)

    def _print_Mul(self, expr: Any) -> Piece:
        negative, body = self._signed(expr)
        return Piece(f"-{body}", ADD) if negative else body

    def product(self, factors: Sequence[Any]) -> Piece:
        """One factor or more."""
        if len(factors) == 1:
            return self.parenthesize(factors[0], MUL, strict=True)
        return Piece(self.joined([self.parenthesize(f, MUL) for f in factors], factors), MUL)

    def _fraction(self, numerator: Sequence[Any], denominator: Sequence[Any]) -> Piece:
        if not denominator:
            return self.product(numerator) if numerator else Piece("1")
        below = self.product(denominator)
        if len(denominator) > 1 or below.strength <= MUL:
            below = Piece(f"({below})")
        above = self.product(numerator) if numerator else Piece("1")
        return Piece(f"{above}/{below}", MUL)

    def _print_Rational(self, expr: Any) -> Piece:
        return Piece(f"{expr.p}/{expr.q}", MUL if expr.p > 0 else ADD)

    def _print_Integer(self, expr: Any) -> Piece:
        return Piece(str(expr.p), ATOM if expr.p >= 0 else ADD)

    def _print_MatrixBase(self, expr: Any) -> Piece:
        if 1 in expr.shape:
            return Piece(f"[{self.items(list(expr))}]")
        return Piece("[" + ", ".join(f"[{self.items(list(expr.row(i)))}]" for i in range(expr.rows)) + "]")

    def _print_Sum(self, expr: Any) -> Piece:
        return self._iterated("sum", expr)

    def _print_Product(self, expr: Any) -> Piece:
        return self._iterated("prod", expr)

    def _iterated(self, name: str, expr: Any) -> Piece:
        text = self._print(expr.function)
        for limits in expr.limits:
            text = Piece(f"{name}({text}, {self.items(limits)})", FUNC)
        return text
