"""A function in pieces of which one holds at every other point nearby: x·y/(x² + y²) if (x, y) ≠ (0, 0) else 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sympy as sp
from sympy import Expr, S, Symbol

from symcalc.calculus.decide.order import lower_order


def around(f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> Expr:
    """f with every piecewise part replaced by its value at all other points near this one, where a single one is shown to
    hold there."""
    return f.replace(lambda e: isinstance(e, sp.Piecewise), lambda e: _piece(e, xs, point))


def _piece(e: Any, xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> Expr:
    for value, condition in e.args:
        holds = _holds(condition, xs, point)
        if holds is None:
            return e
        if holds:
            return value
    return e


def _holds(condition: Any, xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> bool | None:
    """Whether the condition is true (or false) at every other point near this one."""
    if condition in (sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, sp.Not):
        inner = _holds(condition.args[0], xs, point)
        return None if inner is None else not inner
    if isinstance(condition, sp.And | sp.Or):
        return _combined(condition, xs, point)
    if not condition.is_Relational:
        return None
    hs = [sp.Dummy(f"h{i}", real=True) for i in range(len(xs))]
    difference = (condition.lhs - condition.rhs).xreplace({x: point[x] + h for x, h in zip(xs, hs, strict=True)})
    d = sp.expand(difference) if difference.is_polynomial(*hs) else difference
    if lower_order(d, hs) is None:
        return None
    sign = sp.sign(d.xreplace(dict.fromkeys(hs, S.One)))
    return {"==": False, "!=": True, ">": sign > 0, ">=": sign > 0, "<": sign < 0, "<=": sign < 0}[condition.rel_op] in (
        True,
        sp.true,
    )


def _combined(condition: Any, xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> bool | None:
    """And, or; x = 0 and y = 0 together hold at the point alone."""
    equations = [c for c in condition.args if isinstance(c, sp.Eq | sp.Ne) and c.lhs in xs]
    fixed = {c.lhs for c in equations if c.rhs == point.get(c.lhs)}
    if len(equations) == len(condition.args) and fixed == set(xs):
        if isinstance(condition, sp.And) and all(isinstance(c, sp.Eq) for c in equations):
            return False
        if isinstance(condition, sp.Or) and all(isinstance(c, sp.Ne) for c in equations):
            return True
    parts = [_holds(c, xs, point) for c in condition.args]
    if isinstance(condition, sp.And):
        return False if False in parts else None if None in parts else True
    return True if True in parts else None if None in parts else False
