"""Readable mathematics: one line per answer in a pipe, a labelled screen on a terminal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from symcalc.formats._ascii import ascii_line, to_ascii
from symcalc.formats._line import line
from symcalc.formats._pen import INDENT, Pen
from symcalc.formats._pen import Line as ScreenLine
from symcalc.formats._screen import screen
from symcalc.formats.plain import written
from symcalc.result import Page, Points, Result

if TYPE_CHECKING:
    from rich.text import Text


def render(result: Result, page: Page) -> str | Text:
    """The bare answer on one line that symcalc reads back or, on a terminal, the whole result."""
    if not page.terminal:
        return written(result.answer.value) if page.ascii else _bare(result.answer.value)
    width = page.width - len(INDENT)
    if not page.ascii:
        return _joined(screen(result, Pen(line, line, width)), page.colour)
    known = tuple(fact for fact in result.facts if fact.name != "where")
    lines = screen(replace(result, facts=known), Pen(ascii_line, ascii_line, width))
    return _joined([[(to_ascii(text), style) for text, style in spans] for spans in lines], page.colour)


def _bare(value: Any) -> str:
    if isinstance(value, Points):
        return "[" + ", ".join(f"[{', '.join(map(line, point.at.values()))}]" for point in value.points) + "]"
    return line(value)


def _joined(lines: list[ScreenLine], colour: bool) -> str | Text:
    if not colour:
        return "\n".join("".join(text for text, _ in spans).rstrip() for spans in lines)
    from rich.text import Text

    shown = Text(no_wrap=True, overflow="ignore", end="")
    for i, spans in enumerate(lines):
        shown.append("\n" if i else "")
        for text, style in spans:
            shown.append(text, style=style or None)
    return shown
