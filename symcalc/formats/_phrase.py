"""A phrase on one line: its words as they are, the SymPy objects between them in the notation of the format."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symcalc.result import Phrase, pieces

Write = Callable[[Any], str]


def said(phrase: Phrase, write: Write) -> str:
    """The text of a phrase."""
    return "".join(part if isinstance(part, str) else write(part) for part in pieces(phrase))


def is_phrase(value: Any) -> bool:
    """Whether a value is words, or words with objects between them."""
    return isinstance(value, str | tuple)
