"""Names for the long parts that occur again and again in a very long result, so that a person can read it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sympy import Dummy, Expr, Symbol, preorder_traversal

from symcalc.formats._line import Line

SHORTEST = 12
"""Parts whose text is shorter than this keep their text."""

MOST = 8
"""At most so many names are introduced."""

LETTERS = "ABCDKLMPQRSTUVWXYZ"
"""Names to give; not E and I, which are numbers, nor F, G, H, which are functions."""


def named_parts(value: Any, taken: set[str]) -> tuple[Any, list[tuple[Symbol, Any]]]:
    """The value in terms of new names, and what each name means, in an order in which each uses only those before it.

    A part gets a name only where that makes the whole text shorter; no name is one of `taken`.
    """
    parts: dict[Dummy, Any] = {}
    printer = Line()
    while len(parts) < MOST:
        best = _most_worth([value, *parts.values()], printer)
        if best is None:
            break
        name = Dummy(real=True)
        value = value.xreplace({best: name})
        parts = {old: part.xreplace({best: name}) for old, part in parts.items()} | {name: best}
    letters = [letter for letter in LETTERS if letter not in taken]
    order = _in_order(parts)[: len(letters)]
    renamed = {dummy: Symbol(letter, real=True) for dummy, letter in zip(order, letters, strict=False)}
    return value.xreplace(renamed), [(renamed[dummy], parts[dummy].xreplace(renamed)) for dummy in order]


def _most_worth(values: list[Any], printer: Line) -> Any:
    """The repeated part whose naming saves most text, or None. The printer remembers what it has written."""
    everything = (part for value in values for part in preorder_traversal(value))
    counts = Counter(part for part in everything if isinstance(part, Expr) and part.args and not part.is_number)
    best, most = None, 0
    for part, count in counts.items():
        if count < 2:
            continue
        length = len(printer.doprint(part))
        saved = (count - 1) * (length - 1) - len(" = ") - 1
        if length >= SHORTEST and (saved > most or (saved == most and str(part) > str(best))):
            best, most = part, saved
    return best


def _in_order(parts: dict[Dummy, Any]) -> list[Dummy]:
    """The names so that each comes after those that its part uses."""
    order: list[Dummy] = []
    while len(order) < len(parts):
        order.append(next(d for d in parts if d not in order and not (parts[d].free_symbols & parts.keys()) - set(order)))
    return order
