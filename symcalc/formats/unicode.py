"""Readable mathematics: one line per answer in a pipe, a labelled screen on a terminal."""

from __future__ import annotations

from symcalc.formats._line import line
from symcalc.formats._plainprinter import plain
from symcalc.result import Page, Points, Result


def render(result: Result, page: Page) -> str:
    """The answer as one line that symcalc reads back."""
    value = result.answer.value
    write = plain if page.ascii else line
    if isinstance(value, Points):
        return "[" + ", ".join(f"[{', '.join(map(write, point.at.values()))}]" for point in value.points) + "]"
    return write(value)
