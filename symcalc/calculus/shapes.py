"""Tidy forms found once for all expressions that differ in the names of their variables only."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Symbol

from symcalc.calculus.measure import measure
from symcalc.calculus.tidy import tidy

MAX_NAMES = 6
"""Expressions in more names are tidied as they are: few of them have a shape in common."""


class Shapes:
    """Tidies one expression after the other, as `tidy` does; to be used for the entries of one matrix.

    A tidy form depends on the order of the names, on their lengths and on what is assumed of them. Expressions that agree in
    all this share it: 1200x₁² - 400x₂ + 202 and 1200x₅² - 400x₆ + 202.
    """

    def __init__(self) -> None:
        self._forms: dict[tuple[Expr, tuple[int, ...]], tuple[Sequence[Symbol], Expr]] = {}
        self._places: dict[tuple[Symbol, int], Symbol] = {}

    def tidy(self, e: Expr) -> Expr:
        """The tidy form of the expression."""
        if e.is_Atom:
            return e
        names = sorted(e.free_symbols, key=lambda s: s.name)
        if not names or len(names) > MAX_NAMES:
            return tidy(e)
        key = e.xreplace({s: self._place(s, i) for i, s in enumerate(names)}), tuple(map(measure, names))
        if key not in self._forms:
            self._forms[key] = names, tidy(e)
        first, form = self._forms[key]
        return form if first == names else form.xreplace(dict(zip(first, names, strict=True)))

    def _place(self, s: Symbol, i: int) -> Symbol:
        """The name that stands for the i-th one of an expression."""
        if (s, i) not in self._places:
            self._places[s, i] = Symbol(f"_{i}", **s.assumptions0)
        return self._places[s, i]
