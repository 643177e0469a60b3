"""Square systems of equations, compiled for many evaluations on boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import arb_mat
from sympy import Expr, Symbol, diff

from symcalc.calculus.program import Program


class Square:
    """A square system F = 0 with its Jacobian, evaluated on boxes (lists of balls)."""

    def __init__(self, equations: Sequence[Expr], unknowns: Sequence[Symbol]) -> None:
        self.size = len(unknowns)
        self.values = Program(equations, unknowns)
        self._slopes = Program([diff(e, x) for e in equations for x in unknowns], unknowns)

    def jacobian(self, box: Sequence[Any]) -> Any:
        return arb_mat(self.size, self.size, self._slopes(box))
