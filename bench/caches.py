"""What SymPy and symcalc remember, forgotten: a question is timed as if it were the first one."""

from __future__ import annotations

import sys
from typing import Any

from sympy.core.cache import clear_cache


def caches_with_a_bound() -> list[Any]:
    """The caches in the modules of symcalc that hold the latest values only. Those without a bound hold what there is once, as
    what is known of a head, and belong to the program."""
    ours = [vars(module) for name, module in list(sys.modules.items()) if name.split(".")[0] == "symcalc"]
    cached = {id(value): value for names in ours for value in names.values() if hasattr(value, "cache_parameters")}
    return [f for f in cached.values() if f.cache_parameters()["maxsize"] is not None]


def forget() -> None:
    """Empty the caches of SymPy and those of symcalc that have a bound."""
    clear_cache()
    for cached in caches_with_a_bound():
        cached.cache_clear()
