"""The natural order of names, raised and lowered digits, brackets in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from sympy import Symbol

SUPERSCRIPT = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
TALL = (r"\frac", r"\begin", r"\left", r"\sum", r"\prod", r"\int", r"\binom")


def tex_brackets(text: str) -> str:
    """LaTeX in round brackets, which grow only around something taller than a letter, because TeX spaces growing ones out."""
    return rf"\left({text}\right)" if any(sign in text for sign in TALL) else f"({text})"


# --- names -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def natural_key(name: str) -> list[tuple[int, int, str]]:
    """Sort key of a name with its numbers read as numbers: x1, x2, x10."""
    if name.isalpha():
        return [(1, 0, name)]
    return [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.split(r"(\d+)", name) if p]


def natural_order(symbols: Iterable[Symbol]) -> tuple[Symbol, ...]:
    """The symbols in natural order of their names: x1, x2, x10."""
    return tuple(sorted(symbols, key=lambda s: natural_key(s.name)))
