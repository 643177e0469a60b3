"""LaTeX that needs amsmath only: the bare body, or wrapped up to a document that compiles."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from sympy import Tuple

from symcalc.formats._dependencies import equations, tex_array, tikz
from symcalc.formats._derivation import ends_in, tex_lines
from symcalc.formats._line import line
from symcalc.formats._phrase import is_phrase
from symcalc.formats._points import Cell, Row, rows
from symcalc.formats._table import tex_table
from symcalc.formats._texnames import tex_text
from symcalc.formats._texprinter import Tex, tex
from symcalc.formats._texwidth import LINE, split, width
from symcalc.notation import lower
from symcalc.result import Dependencies, Fact, Page, Points, Result, Table

RELATIONS = {"=": "=", "≈": r"\approx"}
SIGNS = {"": "", "±": r"\pm ", "∓": r"\mp "}
DOCUMENT = r"""\documentclass{article}
\usepackage{amsmath}
\allowdisplaybreaks
\begin{document}
%s
\end{document}"""


def render(result: Result, page: Page) -> str:
    r"""The answer by `page.wrap`: none (bare body), inline ($...$), display (\[...\]), equation, align, document; nothing where
    there is no answer."""
    if result.denied:
        return ""
    graph = result.answer.value
    if isinstance(graph, Dependencies) and graph.form == "tikz":
        return DOCUMENT.replace("{amsmath}", "{amsmath,tikz}") % tikz(graph) if page.wrap == "document" else tikz(graph)
    if page.wrap in ("none", "inline"):
        text = body(result)
        return f"${text}$" if page.wrap == "inline" else text
    if page.wrap == "display":
        return rf"\[ {_equation(result.answer)}{_where(result)} \]"
    if page.wrap == "equation":
        return _environment("equation*", [_split_equation(result)])
    if ends_in(result.drawn_steps, result.answer):
        lines = tex_lines(result.drawn_steps) + _where_lines(result)
    else:
        lines = _aligned(result)
    aligned = _environment("align*", lines)
    return DOCUMENT % aligned if page.wrap == "document" else aligned


def body(result: Result) -> str:
    """The value alone. Functions that a "where" fact would have to explain are written out."""
    value = result.answer.value
    if isinstance(value, Points):
        return _array(value)
    if isinstance(value, Dependencies):
        return tikz(value) if value.form == "tikz" else tex_array(value)
    return tex(lower(value) if _definitions(result) and not is_phrase(value) else value)


def _definitions(result: Result) -> list[Fact]:
    return [fact for fact in result.facts if fact.name == "where"]


# --- one equation ------------------------------------------------------------------------------------------------


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
    return (_array(fact.value) if isinstance(fact.value, Points) else _values(fact.value)) + _decimals(fact)


def _values(value: Any) -> str:
    """A value, or several with commas between them."""
    return ", ".join(map(tex, value)) if isinstance(value, Tuple) else tex(value)


def _decimals(fact: Fact) -> str:
    return rf" \approx {fact.numeric}" if fact.numeric else ""


def _where(result: Result) -> str:
    found = ", ".join(map(_equation, _definitions(result)))
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
    return [rf"\text{{where }} {text}" for fact in _definitions(result) for text in _lines(fact)]


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
        return [f"&{_array(fact.value)}"]
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


# --- stationary points -------------------------------------------------------------------------------------------


def _array(points: Points) -> str:
    """The points as one array: coordinates, multipliers, value, what they are."""
    table = rows(points, tex, line)
    if not table:
        return tex_text("no points")
    head = " & ".join(cell.name for cell in _cells(table[0]))
    columns = "c" * len(_cells(table[0]))
    lines = r" \\[1ex] ".join(" & ".join([*map(_cell, _cells(row)), _remark(row)]) for row in table)
    return rf"\begin{{array}}{{{columns}l}} {head} & \\ \hline \\[-1.5ex] {lines} \end{{array}}"


def _cells(row: Row) -> list[Cell]:
    return [*row.coordinates, *row.multipliers, row.value]


def _cell(cell: Cell) -> str:
    sign = SIGNS[cell.sign]
    value = rf"\approx {sign}{cell.value}" if cell.relation == "≈" else sign + cell.value
    return value + (rf" \approx {sign}{cell.decimals}" if cell.decimals else "")


def _remark(row: Row) -> str:
    words = ", ".join(word for word in (row.kind, row.signs, row.mark) if word)
    return tex_text(words) if words else ""
