"""A two-dimensional picture of the answer, with fractions and exponents drawn over several lines."""

from __future__ import annotations

from itertools import groupby

from symcalc.formats import unicode
from symcalc.formats._ascii import to_ascii
from symcalc.formats._matrix import is_matrix
from symcalc.formats._pen import INDENT, Line, decimals
from symcalc.formats._picture import GAP, Picture
from symcalc.formats._screen import fact_groups, fact_lines, spaced
from symcalc.notation import lower
from symcalc.result import Dependencies, Fact, Page, Points, Result, Table


def render(result: Result, page: Page) -> str:
    """The answer with its left-hand side; on a terminal the facts too, and what has no picture or a too wide one on lines."""
    if result.denied:
        return str(unicode.render(result, page))
    answer = _picture(result.answer, page)
    if not page.terminal or isinstance(result.answer.value, Dependencies):
        return answer or str(unicode.render(result, page))
    if not answer:
        answer = _text([fact_lines(result.answer, unicode.pen(page))], page)
    leading = [fact for fact in result.facts if fact.lead]
    others = [fact for fact in result.facts if not fact.lead and not (page.ascii and fact.name == "where")]
    return "\n\n".join([*_blocks(leading, page), answer, *_blocks(others, page)])


def _blocks(facts: list[Fact], page: Page) -> list[str]:
    """One picture for each fact that has one; the others as on the Unicode screen."""
    drawn = [(fact, _picture(fact, page) if fact.of is not None else "") for fact in facts]
    blocks: list[str] = []
    for pictured, run in groupby(drawn, lambda pair: bool(pair[1])):
        pairs = list(run)
        if pictured:
            blocks += [picture for _, picture in pairs]
        else:
            blocks.append(_text(fact_groups([fact for fact, _ in pairs], unicode.pen(page)), page))
    return blocks


def _text(groups: list[list[Line]], page: Page) -> str:
    return unicode.joined(unicode.on_page(spaced(groups), page))


def _picture(fact: Fact, page: Page) -> str:
    """The picture of an equation, or nothing where the value has none or it is too wide for the terminal."""
    if isinstance(fact.value, Points | Dependencies | Table | str | tuple):
        return ""
    of, value, relation, tail = fact.of, fact.value, fact.relation, decimals(fact)
    if page.ascii:
        of, value, relation, tail = (None if of is None else lower(of)), lower(value), to_ascii(relation), to_ascii(tail)
    if page.terminal and is_matrix(value) and value.cols * len(f"0{GAP}") > page.width:
        return ""
    lines = [line.rstrip() for line in Picture(page.ascii).drawn(of, relation, value, tail).split("\n")]
    if not page.terminal:
        return "\n".join(lines)
    return "\n".join(INDENT + line for line in lines) if max(map(len, lines)) <= page.width - len(INDENT) else ""
