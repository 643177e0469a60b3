"""The value of a checked tree, as a Source."""

from __future__ import annotations

from typing import Any

from sympy import Eq, Expr, ImmutableMatrix, S

from symcalc.parse.builder import Builder, symbol, undefined_function
from symcalc.parse.reading import Reading
from symcalc.parse.tree import Tree
from symcalc.result import Source


def source(kind: str, tree: Tree, reading: Reading) -> Source:
    """The text, its SymPy value of the given kind, and what to tell the user."""
    assert tree.body is not None
    value = Builder(tree.text, reading).value(tree.body)
    guessed, notes = tree.guessed, tree.notes
    if kind == "vector":
        value = as_vector(value)
    elif kind == "relation" and isinstance(value, Expr):
        value, guessed = Eq(value, S.Zero, evaluate=False), True
    elif kind == "any" and tree.head:
        value = Eq(_left_side(tree, reading), value, evaluate=False)
    elif tree.head:
        side = tree.text[tree.head.start : tree.head.end]
        notes = (*notes, f"'{side}' names the function; the right side is used")
    params = tuple(tree.head.params or ()) if tree.head else ()
    return Source(tree.text, value, guessed, notes, params)


def as_vector(value: Any) -> ImmutableMatrix:
    """A scalar as a vector of one component; a vector as it is."""
    return value if value.is_Matrix else ImmutableMatrix([value])


def _left_side(tree: Tree, reading: Reading) -> Any:
    assert tree.head
    arguments = [symbol(name, reading) for name in tree.head.params or ()]
    return undefined_function(tree.head.name, reading)(*arguments)
