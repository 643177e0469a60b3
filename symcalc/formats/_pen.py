"""One equation on a screen: its left-hand side, and its value broken into lines that fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from sympy import Tuple

from symcalc.formats._break import NARROWEST, broken
from symcalc.formats._parts import named_parts
from symcalc.formats._phrase import Write, is_phrase, said
from symcalc.result import Fact

INDENT = "  "
MANY_LINES = 6
"""A value that takes more lines than this has its repeated parts named."""

DIM = "dim"

Span = tuple[str, str]
"""A text and the style it may be shown in."""

Line = list[Span]


@dataclass(frozen=True, slots=True)
class Pen:
    """`write` prints a value, `head` a left-hand side; a line holds `width` columns."""

    write: Write
    head: Write
    width: int

    def value(self, value: Any) -> str:
        return ", ".join(map(self.write, value)) if isinstance(value, Tuple) else self.write(value)

    def left(self, fact: Fact) -> str:
        """The left-hand side with its relation; the short one where the line would be too long."""
        if fact.of is None:
            return ""
        left = f"{self.head(fact.of)} {fact.relation} "
        if hasattr(fact.of, "short") and len(left) + len(self.value(fact.value)) > self.width:
            left = f"{self.head(fact.of.short())} {fact.relation} "
        return left

    def equation(self, fact: Fact) -> str:
        """The fact on one line, however long."""
        left = "" if fact.of is None else f"{self.head(fact.of)} {fact.relation} "
        return left + self.value(fact.value) + decimals(fact)

    def lines(self, left: str, value: Any, tail: str = "") -> list[Line]:
        """`left` and the value in lines that fit; the repeated parts of a very long value are named below it."""
        room = self.width - len(left)
        if is_phrase(value):
            return self.hung(left, sentence(said(value, self.write), room))
        texts = broken(self.value(value) + tail, room)
        if len(texts) <= MANY_LINES:
            return self.hung(left, texts)
        value, parts = named_parts(value, _names(value))
        return self.hung(left, broken(self.value(value) + tail, room)) + self._definitions(parts)

    def hung(self, left: str, texts: list[str]) -> list[Line]:
        """The texts below each other, the first after `left`."""
        return [[((" " * len(left) if i else left) + text, "")] for i, text in enumerate(texts)]

    def _definitions(self, parts: list[tuple[Any, Any]]) -> list[Line]:
        lines: list[Line] = [[("where", DIM)]] if parts else []
        for name, part in parts:
            left = f"{INDENT}{self.write(name)} = "
            lines += self.hung(left, broken(self.write(part), self.width - len(left)))
        return lines


def sentence(text: str, width: int) -> list[str]:
    """Words in lines that fit; a text that comes in lines of its own keeps them, and its columns."""
    room = max(width, NARROWEST)
    if "\n" not in text:
        return wrap(text, room) or [""]
    return [part for line in text.split("\n") for part in (_hanging(line, room) if len(line) > room else [line])]


def _hanging(line: str, room: int) -> list[str]:
    """A line of two columns with the second one wrapped; any other line as it is."""
    first = re.match(r"\w+(?: \w+)* {2,}", line)
    if first is None:
        return [line]
    if len(first[0]) > room - NARROWEST:
        return wrap(line, room, subsequent_indent="  ")
    parts = wrap(line[first.end() :], room - first.end())
    return [first[0] + parts[0], *(" " * first.end() + part for part in parts[1:])]


def decimals(fact: Fact) -> str:
    return f" ≈ {fact.numeric}" if fact.numeric else ""


def _names(value: Any) -> set[str]:
    """Every name that the value already uses."""
    return {symbol.name for symbol in value.free_symbols}
