"""The parts of an expression, each once, in no order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def subexpressions(e: Any) -> Iterator[Any]:
    """The expression or matrix and all that it holds; what occurs several times is met once."""
    waiting = list(e.flat()) if getattr(e, "is_Matrix", False) else [e]
    seen = set(waiting)
    while waiting:
        part = waiting.pop()
        yield part
        for inner in part.args:
            if inner not in seen:
                seen.add(inner)
                waiting.append(inner)


def heads(e: Any) -> set[Any]:
    """The heads of all parts."""
    return {part.func for part in subexpressions(e)}
