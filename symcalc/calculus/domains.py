"""Where functions of one real variable have a real value: the facts about their domains."""

from __future__ import annotations

from typing import Any

import sympy as sp

DOMAINS: dict[Any, tuple[tuple[int, int], ...]] = {
    sp.log: ((0, 1),), sp.acosh: ((1, 1),), sp.asin: ((-1, 1), (1, -1)), sp.acos: ((-1, 1), (1, -1)),
    sp.atanh: ((-1, 1), (1, -1)), sp.asech: ((0, 1), (1, -1)), sp.li: ((0, 1),), sp.Ci: ((0, 1),), sp.Chi: ((0, 1),),
    sp.loggamma: ((0, 1),),
}  # fmt: skip
"""Bounds of the domain: (bound, 1) for above it, (bound, -1) for below."""

CLOSED = {sp.acosh, sp.asin, sp.acos}
"""Functions that have a value on the bounds, to which they are continuous."""
