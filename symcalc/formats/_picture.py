"""Two-dimensional pictures of formulas by SymPy's pretty printer, in natural order and with the names of this project."""

from __future__ import annotations

from typing import Any

from sympy import Derivative, Integer, Mul, S
from sympy.core.function import AppliedUndef
from sympy.printing.pretty.pretty import PrettyPrinter
from sympy.printing.pretty.pretty_symbology import center_pad, pretty_use_unicode
from sympy.printing.pretty.stringpict import prettyForm, stringPict

from symcalc.formats._ascii import ascii_line
from symcalc.formats._cells import cells
from symcalc.formats._line import line
from symcalc.formats._names import FUNCTIONS
from symcalc.formats._order import is_negative, ordered, quotient
from symcalc.notation import OrderedProduct

NAMES = {**FUNCTIONS, "sigmoid": "σ"}
ASCII_NAMES = {name: written for name, written in FUNCTIONS.items() if written.isascii()}

GAP = "  "


class Picture(PrettyPrinter):
    """Never wraps. Left-hand sides without a picture of their own stand on one line."""

    def __init__(self, ascii_only: bool) -> None:
        super().__init__({"wrap_line": False, "full_prec": True})
        self._ascii_only = ascii_only
        self._names, self._line = (ASCII_NAMES, ascii_line) if ascii_only else (NAMES, line)

    def drawn(self, left: Any, relation: str, right: Any, tail: str) -> str:
        """left relation right as a picture of several lines, without a left side its value alone; `tail` stands behind."""
        # SymPy keeps its choice of signs in a global, which is put back.
        before = pretty_use_unicode(not self._ascii_only)
        try:
            sides = [] if left is None else [self._print(left), prettyForm(f" {relation} ")]
            return str(prettyForm(*prettyForm.next(*sides, self._print(right), prettyForm(tail))))
        finally:
            pretty_use_unicode(before)

    def _as_ordered_terms(self, expr: Any, order: Any = None) -> list[Any]:
        return [_signed(term) for term in ordered(expr) or [S.Zero]]

    def _print_Symbol(self, e: Any, bold_name: bool = False) -> Any:
        return prettyForm(self._line(e))

    def _print_OrderedSum(self, expr: Any) -> Any:
        return self._print_Add(expr)

    def _print_Mul(self, product: Any) -> Any:
        parts = quotient(product)
        above = list(parts.numerator) or [Integer(1)]
        if parts.negative:
            above = [-above[0], *above[1:]] if above[0].is_Integer else [Integer(-1), *above]
        shown = prettyForm.__mul__(*map(self._print, above))
        return shown / prettyForm.__mul__(*map(self._print, parts.denominator)) if parts.denominator else shown

    def _print_matrix_contents(self, e: Any) -> Any:
        """The entries centred in their columns: each row is put together at once, and then all rows."""
        rows = cells(e, self._print)
        widths = [max(row[j].width() for row in rows) for j in range(e.cols)]
        drawn: list[str] = []
        for row in rows:
            parts = [part for entry, width in zip(row, widths, strict=True) for part in (GAP, *_centred(entry, width))]
            drawn += ["", *stringPict(*stringPict.next(*parts[1:])).picture]
        return prettyForm("\n".join(drawn[1:]))

    def _print_OrderedProduct(self, product: Any) -> Any:
        first, *others = product.args
        shown = [self._factor(first, bracketed=first.is_Add), *(self._factor(f, bracketed=is_negative(f)) for f in others)]
        return prettyForm.__mul__(*shown)

    def _factor(self, factor: Any, bracketed: bool) -> Any:
        shown = self._print(factor)
        return prettyForm(*shown.parens()) if bracketed else shown

    def _print_Function(self, e: Any, sort: bool = False, func_name: str | None = None, left: str = "(", right: str = ")") -> Any:
        name = func_name or (None if isinstance(e, AppliedUndef) else self._names.get(type(e).__name__))
        return super()._print_Function(e, sort=sort, func_name=name, left=left, right=right)

    _print_log = _print_Max = _print_Min = _print_Function

    def _print_Heaviside(self, e: Any) -> Any:
        return super()._print_Function(e, func_name="H")

    def _print_RealRoot(self, e: Any) -> Any:
        return self._print_nth_root(*e.args)

    def _print_Diff(self, e: Any) -> Any:
        return self._print(Derivative(e.function, *e.orders, evaluate=False))

    def _print_Head(self, e: Any) -> Any:
        return prettyForm(self._line(e))

    _print_Primed = _print_Head


def _centred(entry: Any, width: int) -> tuple[str, Any, str]:
    before, after = center_pad(entry.width(), width)
    return before, entry, after


def _signed(term: Any) -> Any:
    """A term whose minus SymPy finds: a product in its own order hides it in its first factor."""
    if not isinstance(term, OrderedProduct) or not is_negative(term.args[0]):
        return term
    first, *others = term.args
    return Mul(-1, OrderedProduct(-first, *others), evaluate=False)
