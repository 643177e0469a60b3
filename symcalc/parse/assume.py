"""What --assume says about the names: "x>0, n integer" becomes assumptions by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from symcalc.errors import SymcalcError
from symcalc.parse.lexer import failer, tokenize
from symcalc.parse.spelling import nearest
from symcalc.parse.words import join_name

WORDS = {
    word: {word: True}
    for word in [
        "real",
        "positive",
        "negative",
        "nonnegative",
        "nonpositive",
        "integer",
        "rational",
        "odd",
        "even",
        "prime",
        "finite",
    ]
} | {"nonzero": {"zero": False}}
SIGNS = {">": "positive", ">=": "nonnegative", "<": "negative", "<=": "nonpositive", "!=": "nonzero"}
_FLIPPED = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "!=": "!="}
_NAME = r"[^\W\d]\w*(?:_\{\w+\})?"
_CLAUSE = re.compile(
    rf"(?P<name>{_NAME})\s*(?:(?P<op>>=|<=|!=|>|<|≥|≤|≠)\s*(?P<right>\S+)|(?:\s+is)?(?:\s+an?)?\s+(?P<word>[a-z]+))"
)
_FLIP = re.compile(rf"0\s*(?P<op>>=|<=|!=|>|<|≥|≤|≠)\s*(?P<name>{_NAME})")
_HINT = "write x>0, x>=0, x<0, x!=0 or a word: n integer, n even, x positive"


@lru_cache(maxsize=64)
def assumptions(text: str) -> Mapping[str, Mapping[str, bool]]:
    """The assumptions of SymPy symbols by name. Raises SymcalcError with the span of what cannot be read."""
    found: dict[str, dict[str, bool]] = {}
    for match in re.finditer("[^,;]+", re.sub(r"\band\b", ",,,", text)):
        clause = match[0].strip()
        if clause:
            start = match.start() + match[0].index(clause)
            name, word = _clause(text, clause, start)
            found.setdefault(name, {}).update(WORDS[word])
    return MappingProxyType(found)


def _clause(text: str, clause: str, start: int) -> tuple[str, str]:
    end = start + len(clause)
    signs = str.maketrans({"≥": ">=", "≤": "<=", "≠": "!="})
    flipped = _FLIP.fullmatch(clause)
    if flipped:
        return _normal(flipped["name"]), SIGNS[_FLIPPED[flipped["op"].translate(signs)]]
    match = _CLAUSE.fullmatch(clause)
    if not match:
        raise _error(f"'{clause}' is not an assumption", text, start, end, _HINT)
    if match["op"]:
        if match["right"] != "0":
            raise _error("only the sign of a name can be assumed", text, start, end, _HINT)
        return _normal(match["name"]), SIGNS[match["op"].translate(signs)]
    word = match["word"]
    if word not in WORDS:
        near = nearest(word, WORDS)
        hint = f"did you mean '{near}'?" if near else f"known are {', '.join(WORDS)}"
        raise _error(f"unknown assumption '{word}'", text, start + match.start("word"), end, hint)
    return _normal(match["name"]), word


def _normal(name: str) -> str:
    token = tokenize(name, latex=False)[0]
    if token.kind != "word":
        failer(name)("bad-name", f"'{name}' is not a name", 0, len(name), kind="usage")
    return join_name(token.value, token.base)


def _error(problem: str, text: str, start: int, end: int, hint: str) -> SymcalcError:
    return SymcalcError("usage", problem, code="assume", text=text, span=(start, end), hint=hint)
