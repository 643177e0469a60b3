"""Equations in LaTeX: one in a display, one split over lines, or all that a result holds, aligned."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from sympy import Tuple

from symcalc.formats._chains import ends_in
from symcalc.formats._dependencies import equations, tex_array
from symcalc.formats._derivation import tex_lines
from symcalc.formats._table import tex_table
from symcalc.formats._texnames import tex_text
from symcalc.formats._texpoints import tex_points
from symcalc.formats._texprinter import Tex, tex
from symcalc.formats._texwidth import LINE, split, width
from symcalc.result import Dependencies, Fact, Points, Result, Table

RELATIONS = {"=": "=", "≈": r"\approx"}


def display(result: Result) -> str:
    r"""The answer as one equation in \[...\]."""
    return rf"\[ {_equation(result.answer)}{_where(result)} \]"


def equation(result: Result) -> str:
    """The answer in an equation* environment, a long one split."""
    return _environment("equation*", [_split_equation(result)])


def aligned(result: Result) -> str:
    """Everything in an align* environment: a derivation that ends in the answer, or all facts."""
    if ends_in(result.drawn_steps, result.answer):
        return _environment("align*", tex_lines(result.drawn_steps) + _where_lines(result))
    return _environment("align*", _aligned(result))


def _equation(fact: Fact) -> str:
    left = "" if fact.of is None else f"{_left(fact)} {RELATIONS[fact.relation]} "
    return left + _value(fact)


def _left(fact: Fact) -> str:
    """The left-hand side; the short one where the line would be too long."""
    of: Any = fact.of
    left = tex(of)
    long = width(left) + width(_value(fact)) > LINE
    return tex(of.short()) if long and hasattr(of, "short") else left


def _value(fact: Fact) -> str:
    if isinstance(fact.value, Dependencies):
        return tex_array(fact.value)
    return (tex_points(fact.value) if isinstance(fact.value, Points) else _values(fact.value)) + _decimals(fact)


def _values(value: Any) -> str:
    """A value, or several with commas between them."""
    return ", ".join(map(tex, value)) if isinstance(value, Tuple) else tex(value)


def _decimals(fact: Fact) -> str:
    return rf" \approx {fact.numeric}" if fact.numeric else ""


def _where(result: Result) -> str:
    found = ", ".join(map(_equation, result.definitions))
    return rf", \quad \text{{where }} {found}" if found else ""


def _split_equation(result: Result) -> str:
    lines = _lines(_unnamed(result.answer))
    if len(lines) == 1:
        return _equation(result.answer) + _where(result)
    lines[-1] += _where(result)
    return _environment("split", lines)


def _environment(name: str, lines: list[str]) -> str:
    inner = " \\\\\n".join(lines)
    indented = "\n".join(f"  {text}" for text in inner.split("\n"))
    return f"\\begin{{{name}}}\n{indented}\n\\end{{{name}}}"


# --- aligned equations -------------------------------------------------------------------------------------------


def _aligned(result: Result) -> list[str]:
    """Everything in the order of the screen: the facts that lead, the derivation, the answer, the others, definitions last.
    Where the answer goes on with the equation of the last fact, the derivation comes first."""
    leading = [part for fact in result.facts if fact.lead for part in _parts(fact)]
    others = [fact for fact in result.facts if not fact.lead and fact.name != "where"]
    facts = [*_named_once(leading), _unnamed(result.answer), *_named_once(others)]
    again = [False, *(one.of is not None and one.of == two.of for one, two in pairwise(facts))]
    lines = [_lines(fact, repeated) for fact, repeated in zip(facts, again, strict=True)]
    lines.insert(0 if again[len(leading)] else len(leading), tex_lines(result.drawn_steps))
    return [text for part in lines for text in part] + _where_lines(result)


def _where_lines(result: Result) -> list[str]:
    return [rf"\text{{where }} {text}" for fact in result.definitions for text in _lines(fact)]


def _parts(fact: Fact) -> list[Fact]:
    """A graph as the equations of its edges; any other fact as it is."""
    return equations(fact.value, lead=True) if isinstance(fact.value, Dependencies) else [fact]


def _named_once(facts: list[Fact]) -> list[Fact]:
    """Only the first of consecutive facts that share a name keeps it."""
    return [_unnamed(f) if i and f.name == facts[i - 1].name else f for i, f in enumerate(facts)]


def _unnamed(fact: Fact) -> Fact:
    return replace(fact, name="")


def _lines(fact: Fact, again: bool = False) -> list[str]:
    """The fact with its relation aligned, a long sum on several lines; `again`: its left-hand side stands above already."""
    if isinstance(fact.value, Points):
        return [f"&{tex_points(fact.value)}"]
    if isinstance(fact.value, Dependencies):
        return [f"&{tex_array(fact.value)}"]
    if isinstance(fact.value, Table):
        return [f"&{tex_table(fact.value)}"]
    left, space = _left_side(fact, again)
    first, *more = [_values(fact.value)] if isinstance(fact.value, Tuple) else split(Tex(), fact.value, space)
    lines = [f"{left}{first}", *(rf"&\quad {text}" for text in more)]
    lines[-1] += _decimals(fact)
    return lines


def _left_side(fact: Fact, again: bool) -> tuple[str, float]:
    """The left-hand side up to the aligned relation, and its width."""
    if fact.of is None:
        return (rf"{tex_text(fact.name + ':')}\quad &" if fact.name else "&"), 0.0
    if again:
        return f"&{RELATIONS[fact.relation]} ", width("=")
    left = _left(fact)
    return f"{left} &{RELATIONS[fact.relation]} ", width(left) + width("=")
