"""The exact constants that the expansion of a function needs, found before its coefficient ring is built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp
from sympy import Expr, Symbol

from symcalc.calculus.evaluate import UNDEFINED
from symcalc.calculus.local import INTEGRATED, RECURRENT, REWRITTEN, arguments, chosen, is_obstacle, no_series, outer_derivatives
from symcalc.calculus.sign import is_zero
from symcalc.calculus.table import DERIVATIVES


class Constants:
    """The exact constants that the expansion of a function needs, found before the coefficient ring is built."""

    def __init__(self, variables: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> None:
        self.variables, self.point = variables, point
        self.found: set[Expr] = set()
        self.seen: set[Expr] = set()

    def at(self, e: Expr) -> Expr:
        return e.xreplace(self.point)

    def collect(self, e: Expr, n: int) -> None:
        """Add the constants of e and of its parts; raise SymcalcError("no") where a part is not analytic."""
        if e in self.seen:
            return
        self.seen.add(e)
        if not e.has(*self.variables):
            self.found.add(self.at(e))
            return
        choice = chosen(e, self.point)
        if choice is not None:
            self.collect(choice, n)
        elif e.func in REWRITTEN:
            self.collect(REWRITTEN[e.func](*e.args), n)
        elif e.is_Pow and e.exp.has(*self.variables):
            self.collect(sp.exp(e.exp * sp.log(e.base), evaluate=False), n)
        else:
            self._parts(e, n)

    def _parts(self, e: Expr, n: int) -> None:
        for part in arguments(e):
            self.collect(part, n)
        if e.is_Add or e.is_Mul or (e.is_Pow and e.exp.is_Integer and e.exp > 0):
            return
        if e.is_Symbol:
            self.found.add(self.at(e))
            return
        removable = e.is_Pow and e.exp.is_Integer and len(self.variables) == 1 and is_zero(self.at(e.base))
        if removable:
            return
        value = self.at(e)
        if value.has(*UNDEFINED) or is_obstacle(e, self.point):
            raise no_series(e, self.point)
        self.found.add(value)
        if e.func in RECURRENT:
            self.found |= {self.at(partner(e.args[0])) for partner in RECURRENT[e.func]}
        elif e.func in INTEGRATED:
            self.collect(DERIVATIVES[e.func](e.args[0])[0], n)
        elif not e.is_Pow and not isinstance(e, sp.exp):
            slots = [i for i, a in enumerate(arguments(e)) if a.has(*self.variables)]
            values = {self.at(v) for _, v in outer_derivatives(e, slots, n)}
            if any(v.has(*UNDEFINED) for v in values):
                raise no_series(e, self.point)
            self.found |= values
