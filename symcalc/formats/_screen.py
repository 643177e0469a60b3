"""A result as lines for a terminal: facts that lead, the answer, other facts aligned, definitions last."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise

from symcalc.formats._chains import chains, ends_in
from symcalc.formats._dependencies import tree_lines
from symcalc.formats._derivation import screen_lines
from symcalc.formats._matrix import fits_inline, is_matrix, matrix_lines
from symcalc.formats._pen import DIM, INDENT, Line, Pen, decimals
from symcalc.formats._phrase import is_phrase
from symcalc.formats._pointscreen import point_lines
from symcalc.formats._table import table_lines
from symcalc.formats._verdict import reason_lines, verdict_lines
from symcalc.result import Dependencies, Fact, Points, Result, Table


def screen(result: Result, pen: Pen) -> list[Line]:
    """The whole result; groups are separated by an empty line, and everything is indented."""
    facts = [fact for fact in result.facts if fact.name != "where"]
    definitions = list(result.definitions)
    leading = [fact for fact in facts if fact.lead]
    if leading and leading[-1].of == result.answer.of and _shape(result.answer, pen) == "equation":
        groups = fact_groups([*leading, result.answer], pen)
    elif result.denied:
        groups = [*fact_groups(leading, pen), verdict_lines(result, pen)]
    elif ends_in(result.drawn_steps, result.answer):
        groups = fact_groups(leading, pen)
    else:
        # The name of an answer without a left-hand side says nothing that the command did not.
        answer = replace(result.answer, name="") if is_matrix(result.answer.value) else result.answer
        groups = [*fact_groups(leading, pen), fact_lines(answer, pen)]
    first = len(groups) if is_phrase(result.answer.value) and not result.denied else len(fact_groups(leading, pen))
    groups[first:first] = [screen_lines(chain, pen) for chain in chains(result.drawn_steps)]
    groups += [*fact_groups([fact for fact in facts if not fact.lead], pen), reason_lines(result, pen)]
    groups.append([[("where ", DIM), (pen.equation(fact), "")] for fact in definitions])
    return spaced(groups)


def spaced(groups: list[list[Line]]) -> list[Line]:
    """The groups below each other, indented, an empty line between them."""
    separated = [line for group in groups if group for line in [[], *group]]
    return [[(INDENT, ""), *line] if line else [] for line in separated[1:]]


def fact_groups(facts: list[Fact], pen: Pen) -> list[list[Line]]:
    """Consecutive facts of one shape belong together: equations, named values; a matrix stands alone."""
    groups: list[list[Line]] = []
    for shape, run in groupby(facts, lambda fact: _shape(fact, pen)):
        alike = list(run)
        if shape == "block":
            groups += [fact_lines(fact, pen) for fact in alike]
        else:
            groups.append(_equations(alike, pen) if shape == "equation" else _named(alike, pen))
    return groups


def _shape(fact: Fact, pen: Pen) -> str:
    if isinstance(fact.value, Points | Dependencies | Table) or (is_matrix(fact.value) and not fits_inline(fact, pen)):
        return "block"
    return "named" if fact.of is None else "equation"


def fact_lines(fact: Fact, pen: Pen) -> list[Line]:
    if isinstance(fact.value, Points):
        return point_lines(fact, fact.value, pen)
    if isinstance(fact.value, Dependencies):
        return tree_lines(fact.value, pen)
    if isinstance(fact.value, Table):
        return table_lines(fact.value, pen)
    if is_matrix(fact.value) and not fits_inline(fact, pen):
        return matrix_lines(fact, pen)
    return pen.lines(pen.left(fact), fact.value, decimals(fact))


def _equations(facts: list[Fact], pen: Pen) -> list[Line]:
    """Equations with their relations below each other, unless a left-hand side takes half the width; a = b = c is written as
    a chain, a once, with an empty line before the next group."""
    lefts = [pen.head(fact.of) for fact in facts]
    widest = max(map(len, lefts))
    if widest > pen.width // 2:
        return [line for fact in facts for line in fact_lines(fact, pen)]
    apart = _group_starts(facts)
    lines: list[Line] = []
    for i, (fact, left) in enumerate(zip(facts, lefts, strict=True)):
        again = i > 0 and fact.of == facts[i - 1].of
        lines += [[]] if i in apart else []
        lines += pen.lines(f"{'' if again else left:<{widest}} {fact.relation} ", fact.value, decimals(fact))
    return lines


def _group_starts(facts: list[Fact]) -> set[int]:
    """Where a new group of equations begins: where the kinds of facts start over, as the chain rule does for each variable;
    else, if a = b = c occurs, at each new left-hand side."""
    pairs = list(enumerate(pairwise(facts), start=1))
    over = {i for i, (before, fact) in pairs if fact.name == facts[0].name != before.name}
    if over or all(before.of != fact.of for _, (before, fact) in pairs):
        return over
    return {i for i, (before, fact) in pairs if before.of != fact.of}


def _named(facts: list[Fact], pen: Pen) -> list[Line]:
    """The name once for facts that share it, and the values below each other."""
    widest = max(len(fact.name) for fact in facts) + 3
    lines: list[Line] = []
    for i, fact in enumerate(facts):
        name = "" if i and fact.name == facts[i - 1].name else fact.name
        (first, *_), *rest = pen.lines(" " * widest, fact.value, decimals(fact))
        lines += [[(f"{name:<{widest}}", DIM), (first[0][widest:], "")], *rest]
    return lines
