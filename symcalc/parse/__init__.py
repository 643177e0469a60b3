"""Text becomes mathematics: the only door for a user's text. Nothing here evaluates Python.

The text is read in four stages: `lexer` (signs, numbers, words), `words` (what a word is), `grammar` (the tree) and
`shapes` (scalar, vector or condition). Only then is SymPy loaded and `builder` makes the value. Every error is a
SymcalcError about a span of the user's own text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from symcalc.errors import SymcalcError
from symcalc.parse.reading import Reading

if TYPE_CHECKING:
    from sympy import Expr, Symbol

    from symcalc.parse.definitions import Definition
    from symcalc.parse.tree import Tree
    from symcalc.result import Source

__all__ = [
    "Reading",
    "parse_any",
    "parse_definition",
    "parse_expression",
    "parse_place",
    "parse_point",
    "parse_relation",
    "parse_syntax",
    "parse_variables",
    "parse_vector",
    "statements",
    "valued_names",
]

DEFAULT = Reading()


def parse_syntax(kind: str, text: str, reading: Reading = DEFAULT, asked: tuple[str, ...] = ()) -> Tree | None:
    """Check the syntax of a text without SymPy. `kind` is "expression", "vector", "any", "relation", "definition", "point"
    or "variables"; for a point, `asked` are its variables. The later parse function does not repeat the work."""
    if kind == "variables":
        from symcalc.parse.variables import names_of

        names_of([text], reading)
        return None
    return _tree(kind, text, reading, asked)


def statements(text: str) -> list[str]:
    """The definitions in a text, which semicolons separate (but for the space \\; of LaTeX)."""
    return [part for part in re.split(r"(?<!\\);", text) if part.strip()]


def parse_expression(text: str, reading: Reading = DEFAULT, asked: tuple[str, ...] = ()) -> Source:
    """A scalar SymPy expression. `f(x, y) = ...` gives its right side. `asked` are the variables named on the command line."""
    return _source("expression", text, reading, asked)


def parse_vector(text: str, reading: Reading = DEFAULT, asked: tuple[str, ...] = ()) -> Source:
    """An ImmutableMatrix with one column, from `[a, b]`, `a, b` or a scalar."""
    return _source("vector", text, reading, asked)


def parse_any(text: str, reading: Reading = DEFAULT, asked: tuple[str, ...] = ()) -> Source:
    """An expression, vector, matrix, equation or condition, as written."""
    return _source("any", text, reading, asked)


def parse_relation(text: str, reading: Reading = DEFAULT, asked: tuple[str, ...] = ()) -> Source:
    """An equation or inequality, not evaluated; a bare expression g means g = 0."""
    return _source("relation", text, reading, asked)


def parse_definition(text: str, reading: Reading = DEFAULT, asked: tuple[str, ...] = ()) -> Definition:
    """`u = a*x + b*y`, `f(u, v) = [u*v, u + v]`, or `u(x, y)` for an unknown function of x and y."""
    tree = _tree("definition", text, reading, asked)
    from symcalc.parse.definitions import definition

    return definition(tree, reading)


def parse_variables(words: Sequence[str], reading: Reading = DEFAULT) -> tuple[Symbol, ...]:
    """The symbols named by the words "x", "x,y" or "x y", in their order; one may stand twice."""
    from symcalc.parse.variables import names_of

    names = names_of(words, reading)
    from symcalc.parse.builder import symbol

    return tuple(symbol(name, reading) for name in names)


def valued_names(text: str) -> tuple[str, ...]:
    """The names of several letters that a point gives a value, as vt in "vt=1,x=2"; those of functions and constants are none."""
    if "=" not in text:
        return ()
    from symcalc.parse.variables import valued

    return valued(text)


def parse_point(text: str, variables: tuple[Symbol, ...], reading: Reading = DEFAULT) -> Mapping[Symbol, Expr]:
    """Exact coordinates by variable, from "x=1,y=0", "(1, 0)" in the order of the variables, or "1" if there is one."""
    from symcalc.parse.variables import point, refuse_spaces

    refuse_spaces(text)
    asked = tuple(str(x) for x in variables)
    return point(_tree("point", text, reading, asked), variables, reading)


def parse_place(text: str, variable: Symbol, reading: Reading = DEFAULT) -> tuple[Expr, int]:
    """Where a limit is taken, and its side: from "0", "pi/2", "oo" or "a"; "0+" is the right side (1), "0-" the left (-1)."""
    sign = re.fullmatch(r"(.*[\w)∞])\s*([+-])", text.strip(), re.DOTALL)
    written, side = (sign[1], int(sign[2] + "1")) if sign else (text, 0)
    value = parse_expression(written, reading).value
    if variable in value.free_symbols:
        span = (0, len(written))
        raise SymcalcError(
            "usage", f"the point depends on {variable}", code="bad-point", text=text, span=span, hint="write 0 or oo"
        )
    return value, side


def _tree(kind: str, text: str, reading: Reading, asked: tuple[str, ...]) -> Tree:
    from symcalc.parse.syntax import tree_of

    return tree_of(kind, text, reading, asked)


def _source(kind: str, text: str, reading: Reading, asked: tuple[str, ...]) -> Source:
    tree = _tree(kind, text, reading, asked)
    from symcalc.parse import values

    return values.source(kind, tree, reading)


def __getattr__(name: str) -> Any:
    if name == "Definition":
        from symcalc.parse.definitions import Definition

        return Definition
    raise AttributeError(name)
