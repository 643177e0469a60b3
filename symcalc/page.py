"""The place where a text will be shown, as formats know it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What a format may know about the place where its text will be shown.

    `terminal`: a person reads it on a screen `width` columns wide; otherwise it goes into a pipe or a file and nothing
    may wrap. `ascii`: the encoding carries ASCII only. `wrap` is the LaTeX wrapping. `line` is the line of the question where
    there are many.
    """

    terminal: bool = False
    width: int = 80
    ascii: bool = False
    colour: bool = False
    wrap: str = "none"
    line: int | None = None
