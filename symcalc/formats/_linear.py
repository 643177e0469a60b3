"""What the two one-line notations, plain and Unicode, share beyond arithmetic: lists, conditions, sums over an index."""

from __future__ import annotations

from typing import Any, ClassVar

from sympy.printing.str import StrPrinter

from symcalc.formats._arithmetic import ADD, AND, FUNC, MUL, OR, RELATION, Arithmetic, Piece
from symcalc.formats._cells import cells


class Linear(Arithmetic, StrPrinter):
    """Prints an expression on one line."""

    _default_settings: ClassVar[dict[str, Any]] = {**StrPrinter._default_settings, "full_prec": True}
    relations: ClassVar[dict[str, str]] = {"==": "="}

    def _print_Rational(self, expr: Any) -> Piece:
        return Piece(f"{expr.p}/{expr.q}", MUL if expr.p > 0 else ADD)

    def _print_polygamma(self, expr: Any) -> Piece:
        """ψ(x) by its own name; its derivatives as polygamma(n, x)."""
        order, argument = expr.args
        if order.is_zero:
            return Piece(f"digamma({self._print(argument)})", FUNC, glue=True)
        return self._print_Function(expr)

    def _print_Determinant(self, expr: Any) -> Piece:
        return Piece(f"det({self._print(expr.arg)})", FUNC)

    def _print_MatrixBase(self, expr: Any) -> Piece:
        rows = cells(expr, self._print)
        if 1 in expr.shape:
            return Piece(f"[{', '.join(entry for row in rows for entry in row)}]")
        return Piece("[" + ", ".join(f"[{', '.join(row)}]" for row in rows) + "]")

    def _print_Relational(self, expr: Any) -> Piece:
        sign = self.relations.get(expr.rel_op, expr.rel_op)
        return Piece(f"{self.parenthesize(expr.lhs, RELATION)} {sign} {self.parenthesize(expr.rhs, RELATION)}", RELATION)

    def _print_And(self, expr: Any) -> Piece:
        return Piece(" and ".join(self.parenthesize(a, AND) for a in expr.args), AND)

    def _print_Or(self, expr: Any) -> Piece:
        return Piece(" or ".join(self.parenthesize(a, OR) for a in expr.args), OR)

    def _print_Tuple(self, expr: Any) -> Piece:
        return Piece(f"[{self.items(expr.args)}]")

    def _print_Sum(self, expr: Any) -> Piece:
        return self._iterated("sum", expr)

    def _print_Product(self, expr: Any) -> Piece:
        return self._iterated("prod", expr)

    def _iterated(self, name: str, expr: Any) -> Piece:
        text = self._print(expr.function)
        for limits in expr.limits:
            text = Piece(f"{name}({text}, {self.items(limits)})", FUNC)
        return text
