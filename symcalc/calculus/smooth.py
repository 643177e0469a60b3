"""Is a function analytic at a point? A structural proof: every part is analytic at the value of its argument."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef

from symcalc.calculus.analytic import ANALYTIC, NEVER, Needs, met, power_needs
from symcalc.calculus.sign import sign_of
from symcalc.notation import Primed


def obstacle(f: Expr, point: Mapping[Symbol, Expr]) -> Expr | None:
    """The first part of f that is not proven analytic at the point (as it stands in f), or None: f is analytic there."""
    return _obstacle(f, dict(point), {})


def _obstacle(e: Expr, point: dict[Symbol, Expr], seen: dict[Expr, Expr | None]) -> Expr | None:
    if e in point:
        return None
    if e in seen:
        return seen[e]
    found = None
    if e.has(*point):
        if isinstance(e, sp.Piecewise):
            found = _piecewise_obstacle(e, point, seen)
        else:
            found = next((o for a in e.args if (o := _obstacle(a, point, seen)) is not None), None)
            if found is None and not _is_analytic(e, point):
                found = e
    seen[e] = found
    return found


def needs_of(e: Expr, point: Mapping[Any, Expr]) -> Needs:
    """What must hold at the point for e to be analytic, where its arguments are; nothing of a maximum or of cases."""
    if e.is_Symbol or e.is_Add or e.is_Mul or isinstance(e, AppliedUndef | Primed | sp.Sum | sp.Product | sp.Tuple | sp.exp):
        return ()
    values = [a.xreplace(dict(point)) for a in e.args]
    if e.is_Pow:
        base, exponent = values
        return power_needs(base, exponent, e.exp.has(*point))
    needs = ANALYTIC.get(e.func)
    return NEVER if needs is None else needs(*values)


def _is_analytic(e: Expr, point: dict[Symbol, Expr]) -> bool:
    if isinstance(e, sp.Max | sp.Min):
        return _unique_extremum([a.xreplace(point) for a in e.args], isinstance(e, sp.Max))
    return met(needs_of(e, point))


def _unique_extremum(values: list[Expr], largest: bool) -> bool:
    for i, v in enumerate(values):
        signs = [sign_of(v - w) for j, w in enumerate(values) if j != i]
        if all(s == (1 if largest else -1) for s in signs):
            return True
    return False


def _piecewise_obstacle(e: Expr, point: dict[Symbol, Expr], seen: dict[Expr, Expr | None]) -> Expr | None:
    """A point strictly inside one branch is judged by that branch; on a border, or undecided, the whole is the obstacle."""
    for value, condition in e.args:
        inside = _strictly(condition, point)
        if inside is None:
            return e
        if inside:
            return _obstacle(value, point, seen)
    return e


def _strictly(condition: Any, point: dict[Symbol, Expr]) -> bool | None:
    """True or False when the condition holds or fails in a whole neighbourhood of the point, otherwise None."""
    if condition in (sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, sp.And | sp.Or):
        parts = [_strictly(a, point) for a in condition.args]
        decisive = isinstance(condition, sp.Or)
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    if isinstance(condition, sp.Not):
        inner = _strictly(condition.args[0], point)
        return None if inner is None else not inner
    if not condition.is_Relational:
        return None
    difference = sign_of((condition.lhs - condition.rhs).xreplace(point))
    if difference in (None, 0):
        return None
    below = difference == -1
    return {"<": below, "<=": below, ">": not below, ">=": not below, "==": False, "!=": True}[condition.rel_op]
