"""Readable mathematics: one line per answer in a pipe, a labelled screen on a terminal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from symcalc.formats import plain
from symcalc.formats._ascii import ascii_line, to_ascii
from symcalc.formats._chains import with_answer
from symcalc.formats._line import line
from symcalc.formats._pen import INDENT, Pen
from symcalc.formats._pen import Line as ScreenLine
from symcalc.result import Dependencies, Page, Points, Result


def render(result: Result, page: Page) -> str:
    """The bare answer on one line that symcalc reads back or, on a terminal, the whole result."""
    if not page.terminal or isinstance(result.answer.value, Dependencies):
        if page.ascii or result.denied:
            return plain.render(result, page)
        return with_answer(result, _bare(result.answer.value), line)
    from symcalc.formats._screen import screen

    lines = on_page(screen(_without_definitions(result) if page.ascii else result, pen(page)), page)
    return _coloured(lines) if page.colour else joined(lines)


def pen(page: Page) -> Pen:
    """What writes on this page, in Unicode or in ASCII."""
    write = ascii_line if page.ascii else line
    return Pen(write, write, page.width - len(INDENT))


def on_page(lines: list[ScreenLine], page: Page) -> list[ScreenLine]:
    """The lines in signs that the page can carry."""
    return [[(to_ascii(text), style) for text, style in spans] for spans in lines] if page.ascii else lines


def joined(lines: list[ScreenLine]) -> str:
    """The lines as text."""
    return "\n".join("".join(text for text, _ in spans).rstrip() for spans in lines)


def _coloured(lines: list[ScreenLine]) -> str:
    from rich.color import ColorSystem
    from rich.style import Style

    def painted(text: str, style: str) -> str:
        return Style.parse(style).render(text, color_system=ColorSystem.STANDARD) if style and text else text

    return "\n".join("".join(painted(*span) for span in spans) for spans in lines)


def _without_definitions(result: Result) -> Result:
    """In ASCII functions that need a definition are written out."""
    return replace(result, facts=tuple(fact for fact in result.facts if fact.name != "where"))


def _bare(value: Any) -> str:
    if isinstance(value, Points):
        return "[" + ", ".join(f"[{', '.join(map(line, point.at.values()))}]" for point in value.points) + "]"
    return plain.written(value) if isinstance(value, Dependencies) else line(value)
