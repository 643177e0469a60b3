"""How wide a formula of LaTeX will be, roughly, and its long sums split into lines that fit."""

from __future__ import annotations

import re
from typing import Any

from sympy import Mul

from symcalc.formats._phrase import is_phrase
from symcalc.formats._texprinter import Tex, tex

LINE = 62.0
"""Letters of mathematics that fit on a line of an article in LaTeX's default page."""

SMALL = 0.7
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_WORDS = {r"\text", r"\mathrm", r"\operatorname"}
_LETTERS = {f"\\{f}": float(len(f)) for f in ("ln", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan")}
_NOTHING = {"{", "}", "&", " ", r"\left", r"\right", r"\begin", r"\end", r"\,", r"\ "}


def width(text: str) -> float:
    """The width in letters: fractions count their wider side, exponents and indices are small, operators have space."""
    tokens = _TOKEN.findall(text)
    return _width(tokens, 0, len(tokens))


def _width(tokens: list[str], i: int, end: int) -> float:
    total = 0.0
    while i < end:
        token = tokens[i]
        i += 1
        if token in (r"\frac", r"\binom"):
            above = _group_end(tokens, i)
            below = _group_end(tokens, above)
            total += max(_width(tokens, i, above), _width(tokens, above, below))
            i = below
        elif token in "^_":
            stop = _group_end(tokens, i)
            total += SMALL * _width(tokens, i, stop)
            i = stop
        elif token in _WORDS:
            stop = _group_end(tokens, i)
            total += stop - i - 2
            i = stop
        elif token not in _NOTHING:
            total += 2.2 if token in ("+", "-", "=") else 0.6 if token in "(),|[]" else _LETTERS.get(token, 1.0)
    return total


def _group_end(tokens: list[str], start: int) -> int:
    """The index after the group that begins at `start`: one token, or all between matching braces."""
    depth = 0
    for i in range(start, len(tokens)):
        depth += (tokens[i] == "{") - (tokens[i] == "}")
        if depth == 0:
            return i + 1
    return len(tokens)


def split(printer: Tex, value: Any, before: float) -> list[str]:
    """The value in lines that fit, the first of them after `before` letters: a sum between its terms, a product with a sum among
    its factors (or above its fraction line) between the terms of that sum."""
    whole = tex(value) if is_phrase(value) else printer.doprint(value)
    if is_phrase(value) or before + width(whole) <= LINE:
        return [whole]
    terms = printer.signed_terms(value)
    if len(terms) > 1:
        return _lines(terms, before)
    inner = _longest_sum(printer, value) if getattr(value, "is_Mul", False) else None
    if inner is None:
        return [whole]
    front = printer.doprint(Mul(*(f for f in value.args if f is not inner))) + r" \bigl("
    first, *more = _lines(printer.signed_terms(inner), before + width(front))
    lines = [front + first, *more]
    return [*lines[:-1], lines[-1] + r"\bigr)"]


def _longest_sum(printer: Tex, value: Any) -> Any:
    sums = [f for f in value.args if f.is_Add]
    return max(sums, key=lambda f: width(printer.doprint(f)), default=None)


def _lines(terms: list[tuple[bool, str]], before: float) -> list[str]:
    lines, line = [], _sign(terms[0]).lstrip("+ ")
    for term in terms[1:]:
        longer = f"{line} {_sign(term)}"
        if before + width(longer) > LINE:
            lines.append(line)
            line = _sign(term)
        else:
            line = longer
    return [*lines, line]


def _sign(term: tuple[bool, str]) -> str:
    return ("- " if term[0] else "+ ") + term[1]
