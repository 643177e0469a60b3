"""The values between the stages of reading: tokens, nodes and what a parse found out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Token(NamedTuple):
    """One piece of the text. `kind` is num, word, upright, special, name, func, const, op, sup, order, slot, cmd or end; `value`
    what it means; `base` the subscripts of a word, the base of a logarithm, the spelling of a constant, or the name of an
    environment."""

    kind: str
    value: Any
    start: int
    end: int
    base: Any = None


@dataclass(slots=True)
class Node:
    """One node of the syntax tree with its span in the user's text. `paren` says that it stands in parentheses."""

    kind: str
    args: list[Node]
    start: int
    end: int
    value: Any = None
    paren: bool = False


CONDITIONS = frozenset({"rel", "and", "or", "not", "bool"})
"""The kinds of node that are true or false."""


@dataclass(frozen=True, slots=True)
class Head:
    """The left side of a definition: its name, its parameters (None: none were written)."""

    name: str
    params: tuple[str, ...] | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole parse: the expression (None for an abstract `u(x, y)`), the head of a definition, and what to tell the user."""

    text: str
    body: Node | None
    head: Head | None = None
    guessed: bool = False
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Findings:
    """What a parse collects on its way for the user to see."""

    guessed: bool = False
    notes: list[str] = field(default_factory=list)

    def guess(self, note: str | None = None) -> None:
        """The reading is not the only possible one; a note says more."""
        self.guessed = True
        if note and note not in self.notes:
            self.notes.append(note)
