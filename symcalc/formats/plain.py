"""The answer alone, one line in Python's syntax, which symcalc reads back."""

from __future__ import annotations

from symcalc.formats._ascii import to_ascii
from symcalc.formats._chains import with_answer
from symcalc.formats._plainprinter import plain
from symcalc.result import Dependencies, Page, Points, Result, Table, Value


def render(result: Result, page: Page) -> str:
    """The value of the answer, on the last line where the derivation is asked for; nothing where there is none."""
    if result.denied:
        return ""
    text = with_answer(result, written(result.answer.value), plain)
    return to_ascii(text) if page.ascii else text


def written(value: Value) -> str:
    """A value on one line; stationary points as a list of their coordinates in the order of the variables."""
    if isinstance(value, Points):
        return "[" + ", ".join(f"[{', '.join(map(plain, point.at.values()))}]" for point in value.points) + "]"
    if isinstance(value, Table):
        from symcalc.formats._table import plain_table

        return plain_table(value)
    if isinstance(value, Dependencies):
        from symcalc.formats._dependencies import code

        return code(value)
    return plain(value)
