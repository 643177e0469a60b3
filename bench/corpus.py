"""The corpus: real formulas with their sources, and the questions that the commands are asked about them.

`corpus.json` holds formulas (field, variables to differentiate by, a point with a value for every name), maps into several
dimensions, chains of definitions and problems with constraints. `source` says where a formula belongs; `checked` is there when
it was compared with a text that anyone can read, and says which: a repository with a path, or a page. Names differ between
the two, and densities are shifted and scaled.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import sympy as sp
from sympy.parsing.sympy_parser import convert_xor, parse_expr, standard_transformations

FILE = Path(__file__).parent / "corpus.json"
DEGREE = 4
"""Of the Taylor polynomials."""
OFFSET = Fraction(1, 7)
"""From the point of expansion to the place where a polynomial or a tangent is compared."""
SCALAR = ("diff", "partial", "grad", "hessian", "taylor", "tangent", "directional")
"""The commands that take one formula."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question to symcalc: the command with its words and options; and what is asked for those who do not read that: the
    formulas, the variables, and the numeric point of all names."""

    command: str
    name: str
    words: tuple[str, ...]
    options: Mapping[str, Any]
    texts: tuple[str, ...]
    variables: tuple[sp.Symbol, ...]
    point: Mapping[sp.Symbol, Fraction]

    def __str__(self) -> str:
        options = "".join(f" --{name} {value}" for name, value in self.options.items())
        return f"{self.command} {' '.join(repr(word) for word in self.words)}{options}"


@cache
def entries() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The file, by kind."""
    return json.loads(FILE.read_text("utf-8"))


def symbol(name: str) -> sp.Symbol:
    return sp.Symbol(name, real=True)


def point_of(text: str) -> dict[sp.Symbol, Fraction]:
    """The values in "x=1,y=-2/3"."""
    pairs = (part.split("=") for part in text.split(",") if part)
    return {symbol(name): Fraction(value) for name, value in pairs}


def read(text: str, names: Sequence[sp.Symbol], functions: Mapping[str, Any] = MappingProxyType({})) -> Any:
    """A formula as SymPy's own parser reads it, independently of ours; every name that is given is a plain real one."""
    known = {x.name: x for x in names} | {"ln": sp.log, **functions}
    return parse_expr(text, local_dict=known, transformations=(*standard_transformations, convert_xor))


def questions(command: str, step: int = 1) -> list[Question]:
    """What a command is asked about every `step`-th entry that it applies to."""
    kinds = {"jacobian": ("maps", mapped), "chain": ("chains", chained)}
    kind, ask = kinds.get(command, ("formulas", scalar))
    return [ask(command, entry) for entry in entries()[kind][::step]]


def scalar(command: str, entry: Mapping[str, Any]) -> Question:
    """A question about one formula. Tangent planes and directions are asked for at the point, of all names."""
    text, point = entry["formula"], point_of(entry["at"])
    by = tuple(map(symbol, entry["by"].split()))
    options: dict[str, Any] = {}
    if command == "partial":
        by = by[:2] if len(by) > 1 else by * 2
    elif command in ("diff", "taylor"):
        by = by[:1]
    elif command in ("tangent", "directional"):
        by, options = tuple(point), {"at": entry["at"]}
    if command == "taylor":
        options = {"at": str(point[by[0]]), "degree": DEGREE}
    if command == "directional":
        options["along"] = ",".join(["1"] * len(by))
    return Question(command, entry["name"], (text, *(x.name for x in by)), options, (text,), by, point)


def mapped(command: str, entry: Mapping[str, Any]) -> Question:
    """The Jacobian matrix of a map."""
    text, by = entry["formula"], tuple(map(symbol, entry["by"].split()))
    words = (text, *(x.name for x in by))
    return Question(command, entry["name"], words, {}, parts(text), by, point_of(entry["at"]))


def parts(text: str) -> tuple[str, ...]:
    """The components of "[f, g(a, b)]": commas within parentheses do not part them."""
    found, depth = [""], 0
    for sign in text.strip()[1:-1]:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return tuple(part.strip() for part in found)


def chained(command: str, entry: Mapping[str, Any]) -> Question:
    """The derivatives of a chain of definitions, of which the first is the outermost."""
    by = tuple(map(symbol, entry["by"].split()))
    words = tuple(entry["formula"])
    return Question(command, entry["name"], words, {"wrt": ",".join(x.name for x in by)}, words, by, point_of(entry["at"]))


def formulas(question: Question) -> tuple[sp.Expr, ...]:
    """What is differentiated, read by SymPy: the formulas, or the first definition of a chain with the others put in."""
    if question.command != "chain":
        return tuple(read(text, tuple(question.point)) for text in question.texts)
    defined = [text.split("=", 1) for text in question.texts]
    names = [symbol(name.strip()) for name, _ in defined]
    values = [read(text, (*question.point, *names)) for _, text in defined]
    f = values[0]
    while f.free_symbols & set(names):
        f = f.subs(dict(zip(names, values, strict=True)))
    return (f,)
