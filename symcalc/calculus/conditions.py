"""Conditions of piecewise functions: the open region of each branch, and where an answer is valid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Abs, And, Eq, Expr, Ge, Gt, Le, Lt, Max, Min, Ne, Not, Or, Piecewise, ceiling, false, floor, frac, sign, true
from sympy.functions.special.delta_functions import Heaviside

KINKED = (Abs, Max, Min, Piecewise, sign, floor, ceiling, frac, Heaviside)
"""Functions that may equal another one on a region without being it."""

OPEN = {Le: Lt, Ge: Gt}


def interior(condition: Any) -> Any:
    """The condition on the interior of its region: ≤ becomes <, an equation (a thin set) becomes false."""
    if condition in (true, false):
        return condition
    if isinstance(condition, And | Or):
        return condition.func(*map(interior, condition.args))
    if isinstance(condition, Not):
        return interior(condition.to_nnf())
    if isinstance(condition, Eq):
        return false
    head = OPEN.get(type(condition))
    return condition if head is None else head(*condition.args)


def interior_branches(f: Piecewise) -> list[tuple[Expr, Any]]:
    """(value, open condition) of each branch, the earlier branches excluded, so that no border belongs to any."""
    branches, rest = [], true
    for value, condition in f.args:
        region = interior(And(rest, condition))
        if region != false:
            branches.append((value, region))
        rest = And(rest, Not(condition))
    return branches


def winners(extremum: Max | Min) -> list[Expr]:
    """The arguments of a maximum or minimum in the order in which their cases are written: numbers last."""
    return sorted(extremum.args, key=lambda u: (not u.is_number, u.sort_key()), reverse=True)


def beats(winner: Expr, args: Sequence[Expr], largest: bool) -> Any:
    """The condition that one argument is the largest (or smallest) of all: strictly, but for arguments with kinks, which
    may tie with others on a whole region (max(x, |x|) for x > 0)."""
    strict, weak = (Gt, Ge) if largest else (Lt, Le)

    def wins(other: Expr) -> Any:
        may_tie = winner.has(*KINKED) or other.has(*KINKED)
        return (weak if may_tie else strict)(winner, other).canonical

    return And(*(wins(other) for other in args if other != winner))


def validity(f: Expr, symbols: Sequence[Any]) -> tuple[Any, ...]:
    """Conditions under which the almost-everywhere derivative of f holds: u ≠ 0 for |u| and sign(u), and so on.

    Only kinks and jumps that depend on the given symbols count; max and piecewise need none, as their derivatives
    carry their own conditions.
    """
    found: dict[Any, None] = {}
    for part in sorted(f.atoms(Abs, sign, Heaviside, floor, ceiling, frac), key=lambda p: p.sort_key()):
        u = part.args[0]
        if not u.has(*symbols):
            continue
        if isinstance(part, floor | ceiling | frac):
            found[Ne(frac(u), 0, evaluate=False)] = None
        else:
            found[_nonzero(u)] = None
    return tuple(c for c in found if c != true)


def _nonzero(u: Expr) -> Any:
    return Ne(u.primitive()[1] if u.is_Add else u, 0)
