"""The parts of an expression, each once, in no order; the heads and the names among them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

RECENT = 64
"""Expressions whose parts are remembered: several rules and judges look at the same one."""
KEPT = 1024
"""Parts whose heads and names are remembered."""


@lru_cache(RECENT)
def subexpressions(e: Any) -> tuple[Any, ...]:
    """The expression or matrix and all that it holds; what occurs several times is met once."""
    waiting = list(e.flat()) if getattr(e, "is_Matrix", False) else [e]
    found = dict.fromkeys(waiting)
    while waiting:
        for inner in waiting.pop().args:
            if inner not in found:
                found[inner] = None
                waiting.append(inner)
    return tuple(found)


def heads(e: Any) -> frozenset[Any]:
    """The heads of all parts of an expression or matrix."""
    return frozenset().union(*map(_heads, e.flat())) if getattr(e, "is_Matrix", False) else _heads(e)


@lru_cache(KEPT)
def _heads(e: Any) -> frozenset[Any]:
    return frozenset((e.func,)).union(*map(_heads, e.args))


@lru_cache(KEPT)
def names(e: Any) -> frozenset[Any]:
    """The symbols in an expression, those bound by a sum too."""
    return frozenset((e,)) if e.is_Symbol else frozenset().union(*map(names, e.args))
