"""Where answers go: a terminal or a pipe, how wide, in what encoding and colour."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from symcalc.page import Page


@dataclass(frozen=True, slots=True)
class Place:
    """Where answers go: the page, the format when none is asked for, and the lines of standard input when it is not to be
    read (in a batch, or because they were read already)."""

    page: Page
    format: str
    stdin: tuple[str, ...] | None = None

    def packed(self) -> tuple[Any, ...]:
        """The same in Python's plain types."""
        return dataclasses.astuple(self.page), self.format, self.stdin

    @classmethod
    def unpacked(cls, page: Sequence[Any], format: str, stdin: tuple[str, ...] | None) -> Place:
        return cls(Page(*page), format, stdin)


def here(format: str = "") -> Place:
    """The place that standard output is; without a format its usual one."""
    terminal = sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    colour = colour or bool(os.environ.get("FORCE_COLOR"))
    width = 80
    if terminal or "COLUMNS" in os.environ:
        from shutil import get_terminal_size

        width = get_terminal_size((80, 24)).columns
    page = Page(terminal=terminal, width=width, ascii=not _carries_unicode(), colour=colour and terminal)
    return Place(page, format or ("unicode" if terminal else "plain"))


def _carries_unicode() -> bool:
    try:
        "∂²√·₁⎡σ≈".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
