"""Definitions for the chain rule: C = u^2 + v^2, f(u, v) = [u*v, u + v], u(x, y)."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, ImmutableMatrix

from symcalc.parse.builder import Builder
from symcalc.parse.reading import Reading
from symcalc.parse.tree import Tree
from symcalc.result import Source


@dataclass(frozen=True, slots=True)
class Definition:
    """`name` = `value`. `params` are the arguments in the order written, None if there were none; the value of an
    unknown function `u(x, y)` is None."""

    name: str
    params: tuple[str, ...] | None
    value: Expr | ImmutableMatrix | None
    source: Source


def definition(tree: Tree, reading: Reading) -> Definition:
    """The definition of a checked tree."""
    assert tree.head
    value = None if tree.body is None else Builder(tree.text, reading).value(tree.body)
    return Definition(tree.head.name, tree.head.params, value, Source(tree.text, value, tree.guessed, tree.notes))
