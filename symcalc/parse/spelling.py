"""The nearest known name to a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, pool: Iterable[str], likeness: float = 0.8) -> str | None:
    """The name of the pool that the word probably means: other case, two letters swapped, or nearly the same letters."""
    import difflib

    word = word.lower()[:40]
    names = {name.lower(): name for name in sorted(pool) if len(name) > 1}
    if word in names:
        return names[word]
    swapped = [name for name in names if len(name) > 2 and sorted(name) == sorted(word)]
    near = swapped + difflib.get_close_matches(word, names, 1, likeness)
    return names[near[0]] if near else None
