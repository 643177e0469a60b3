"""What this analysis can take: real variables and functions with derivatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from sympy import (
    Abs,
    Expr,
    GoldenRatio,
    Heaviside,
    Integral,
    Max,
    Min,
    Piecewise,
    Product,
    Sum,
    Symbol,
    ceiling,
    floor,
    preorder_traversal,
    sign,
    sqrt,
)
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from symcalc.calculus.enclosure import BALLS, CONSTANTS
from symcalc.errors import SymcalcError
from symcalc.notation import RealRoot, lower

KINKED = (Abs, Max, Min, Piecewise, Heaviside, sign, floor, ceiling)
UNKNOWN = (AppliedUndef, Integral, Product, Sum)


def lowered(expression: Expr) -> Expr:
    """The expression without heads that are only names for others: the sigmoid, the golden ratio."""
    return lower(expression).xreplace({GoldenRatio: (1 + sqrt(5)) / 2})


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
    for part in preorder_traversal(e):
        if (part.free_symbols & variables or not part.free_symbols) and not _is_known(part):
            _refuse(part)


def _is_known(e: Expr) -> bool:
    """Is the head of this expression one that every route evaluates? A point where a function has no enclosure would
    otherwise pass for a point outside its domain."""
    if not e.args:
        return bool(e.is_Symbol or e.is_Rational) or e in CONSTANTS
    if e.is_Add or e.is_Mul or e.is_Pow or isinstance(e, RealRoot):
        return True
    return type(e).__name__ in BALLS and len(e.args) == 1


def _refuse(e: Expr) -> NoReturn:
    if e.is_Float:
        raise SymcalcError("limit", f"stationary points need exact numbers, and {e} is a decimal")
    if not e.args:
        raise SymcalcError("no", f"stationary points are sought among real numbers, and {e} is not one")
    raise SymcalcError("limit", f"{e} is a function without certified arithmetic here")


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
