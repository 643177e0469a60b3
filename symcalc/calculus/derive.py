"""Differentiation by the first rule that applies, with its derivation or for the value alone."""

from __future__ import annotations

from functools import cache
from typing import Any

from sympy import Expr, Integer, Symbol

from symcalc.calculus.rules import HEADS, RULES, Derivative, Rule, no_formula
from symcalc.notation import Diff
from symcalc.result import Step


def derive(f: Expr, x: Symbol) -> Step:
    """The derivation of df/dx: a step whose `after` is the derivative, with the derivations of the parts below it.

    Raises SymcalcError("no") when a function in f has no derivative in known functions.
    """
    return _step(f, x, {})


def differentiate(f: Expr, x: Symbol, known: dict[Expr, Expr] | None = None) -> Expr:
    """The derivative df/dx as the rules give it, not tidied. `known` are the derivatives by x that are known already, to which
    those of f and its parts are added."""
    known = {} if known is None else known

    def d(u: Expr) -> Expr:
        value = known.get(u)
        if value is None:
            value = known[u] = _by_rule(u, x, d)[1]
        return value

    return d(f)


def _step(f: Expr, x: Symbol, known: dict[Expr, Step]) -> Step:
    if f in known:
        return known[f]
    parts: list[Step] = []

    def d(u: Expr) -> Expr:
        step = _step(u, x, known)
        parts.append(step)
        return step.after

    rule, after = _by_rule(f, x, d)
    known[f] = Step(rule.__name__, Diff(f, (x, Integer(1))), after, substeps=tuple(parts))
    return known[f]


def _by_rule(f: Expr, x: Symbol, d: Derivative) -> tuple[Rule, Expr]:
    """The first rule that applies, and the derivative that it gives."""
    for rule in rules_of(RULES, f.func):
        after = rule(f, x, d)
        if after is not None:
            return rule, after
    raise no_formula(f, x)


@cache
def rules_of(rules: tuple[Rule, ...], head: Any) -> tuple[Rule, ...]:
    """Those of the rules that may apply to an expression with this head, in their order."""
    return tuple(rule for rule in rules if issubclass(head, HEADS.get(rule, object)))
