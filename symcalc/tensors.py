"""A stand-in for the tensors of SymPy, in processes that answer formulas.

SymPy asks in its first sum whether a term is a tensor, and to know what a tensor is it loads permutation groups and the five
Platonic solids: a tenth of the time of `import sympy`. No formula has a tensor in it.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

NAME = "sympy.tensor.tensor"


class TensExpr:
    """No expression is an instance of this."""


class _Tensors(ModuleType):
    """The module as sums need it. Whoever asks for more gets SymPy's own."""

    TensExpr = TensAdd = TensExpr

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(NAME) is self:
            del sys.modules[NAME]
        return getattr(importlib.import_module(NAME), name)


def put_off() -> None:
    """Let SymPy do without its tensors until something asks for more than whether a term is one."""
    sys.modules.setdefault(NAME, _Tensors(NAME))
