"""What this analysis can take: real variables and functions with derivatives."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Abs, Expr, Heaviside, Integral, Max, Min, Piecewise, Product, Sum, Symbol, ceiling, floor, sign
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from symcalc.errors import SymcalcError

KINKED = (Abs, Max, Min, Piecewise, Heaviside, sign, floor, ceiling)
UNKNOWN = (AppliedUndef, Integral, Product, Sum)


def require_admissible(objective: Expr, constraints: Sequence[Expr], variables: Sequence[Symbol]) -> None:
    """A helpful error for what is not handled, before any work is done."""
    if not variables:
        raise SymcalcError("usage", "there is no variable to vary")
    for x in variables:
        if not x.is_extended_real:
            raise SymcalcError("usage", f"stationary points are looked for in real variables, and {x} is complex")
        if x.is_integer:
            raise SymcalcError("usage", f"{x} is an integer: there are no derivatives to set to zero")
    for e in (objective, *constraints):
        if isinstance(e, Relational):
            raise SymcalcError("usage", "inequalities are not handled yet, only equations")
        _require_smooth(e, set(variables))


def _require_smooth(e: Expr, variables: set[Symbol]) -> None:
    kinks = sorted((a for a in e.atoms(*KINKED) if a.free_symbols & variables), key=str)
    if kinks:
        raise SymcalcError("no", f"{kinks[0]} has kinks or jumps, where the method of Lagrange does not apply")
    unknown = sorted((a for a in e.atoms(*UNKNOWN) if a.free_symbols & variables), key=str)
    if unknown:
        raise SymcalcError("no", f"stationary points need explicit functions, and {unknown[0]} is not one")


def sign_conditions(variables: Sequence[Symbol]) -> bool:
    """Do the assumptions restrict a variable to a part of the line?"""
    return any(x.is_positive or x.is_negative or x.is_nonnegative or x.is_nonpositive or x.is_nonzero for x in variables)


def is_admitted(x: Symbol, low: bool, high: bool) -> bool:
    """May the symbol have a value that is `low` (proven negative), `high` (proven positive), or neither (zero)?"""
    if high:
        return not (x.is_negative or x.is_nonpositive)
    if low:
        return not (x.is_positive or x.is_nonnegative)
    return not (x.is_positive or x.is_negative or x.is_nonzero)
