"""Slips that are easier seen in the whole text than in its tokens: d/dx, np.sin, =>, 1,000."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from symcalc.parse import tables as t
from symcalc.parse.lexer import Fail
from symcalc.parse.signs import NO_LIMIT
from symcalc.parse.tree import Token

_HINT_DIFF = "derivatives are a command: symcalc diff EXPR VAR"


def _operator(match: re.Match[str]) -> str:
    rest = match.string[match.end() :].strip()
    rest = rest[1:-1] if rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1 else rest
    return f'derivatives are a command: symcalc diff "{rest}" {match[1]}' if 0 < len(rest) < 60 else _HINT_DIFF


def _thousands(match: re.Match[str]) -> str:
    whole, rest = match[0].split(",", 1)
    return f"write {match[0].replace(',', '')} for one number, or '{whole}, {rest}' with a space for two"


def _said(hint: str) -> Callable[[re.Match[str]], str]:
    return lambda _: hint


_SLIPS: tuple[tuple[re.Pattern[str], str, str, Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"(?<![\w.])d(?:\^?\d|[²³])?\s*/\s*d\s*([A-Za-z]\w*)(?:\^\d|[²³])?", re.ASCII),
        "keyword",
        "a derivative cannot be written inside an expression",
        _operator,
    ),
    (
        re.compile(r"(?<![\w.])d(?:\^?\d|[²³])?[A-Za-z]\d*\s*/\s*d[A-Za-z]\d*(?!\w)", re.ASCII),
        "keyword",
        "a derivative cannot be written inside an expression",
        _said(_HINT_DIFF),
    ),
    (
        re.compile(r"\b(?:np|numpy|math|cmath|sp|sympy|torch|tf|jnp|scipy)\.(?=[A-Za-z])", re.ASCII),
        "bad-character",
        "names of Python modules cannot be read",
        lambda match: f"leave out '{match[0]}': write sin(x), sqrt(x), exp(x)",
    ),
    (
        re.compile(r"(?<=[A-Za-z_)])\.[A-Za-z_]\w*\("),
        "bad-character",
        "this is code of a program",
        _said("give the formula alone, such as x^2*sin(x)"),
    ),
    (re.compile(r"(?<![\d.])\.[*/^]"), "bad-character", "signs with a dot cannot be read", _said("write *, / and ^ alone")),
    (re.compile(r"/\."), "bad-character", "a replacement cannot be read", _said("a point is given by --at x=1")),
    (re.compile(r"=[<>]"), "unexpected", "this sign cannot be read", _said("write <= or >=")),
    (re.compile(r"[+\-*/]=(?!=)"), "unexpected", "this is an assignment of a program", _said("give the formula alone")),
    (re.compile(r"->|→"), "unexpected", "an arrow cannot be read", _said(NO_LIMIT)),
    (
        re.compile(r"(?<![\w.,])\d{1,3}(?:,0\d\d|,\d{3}(?=,\d{3}))(?:,\d{3})*(?![\d.])"),
        "ambiguous-number",
        "is this one number or several?",
        _thousands,
    ),
)


_D = r"(?:d(?![A-Za-z]{3})|\\mathrm\s*\{d\}|\\partial)"
_LATEX_SLIPS: tuple[tuple[re.Pattern[str], str, str, Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(rf"\\[dt]?frac\s*(?:d|\{{\s*{_D}(?:[^{{}}]|\{{[^{{}}]*\}})*\}})\s*\{{\s*{_D}\s*\\?[A-Za-z]"),
        "keyword",
        "a derivative cannot be written inside an expression",
        lambda match: f"derivatives are a command: symcalc {'partial' if 'partial' in match[0] else 'diff'} EXPR VAR",
    ),
    (
        re.compile(r"\\mathrm\s*\{d\}\s*\\?[a-zA-Z]|\\[,;:!]\s*d\s*[a-z](?=\s*(?:$|[.,$]|\\[\])]))"),
        "latex",
        "a differential has no place in a formula",
        _said("symcalc differentiates; it does not integrate: give the formula alone"),
    ),
    (re.compile(r"\{,\}"), "ambiguous-number", "is this one number or two?", _said("write 1000 or 1.5, without {,}")),
    (
        re.compile(r"(?:\\right|\\[bB]igg?r?)\s*\|\s*_"),
        "latex",
        "a value at a point is asked for with --at",
        _said("give the formula alone and --at x=1"),
    ),
    (
        re.compile(r"(?<![A-Za-z\\{])[AB]i(?=\s*(?:\^\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\?\w+)|')?\s*(?:\\left)?\s*\()"),
        "ambiguous-call",
        "is this the Airy function or a product?",
        lambda match: rf"write \operatorname{{{match[0]}}}(x)",
    ),
)


def refuse_slips(text: str, latex: bool, fail: Fail) -> None:
    """Fail with advice if the text holds one of the known slips."""
    for pattern, code, problem, hint in _LATEX_SLIPS if latex else _SLIPS:
        match = pattern.search(text)
        if match:
            fail(code, problem, match.start(), match.end(), hint(match))


_SPELLED = {word for word in t.KNOWN | t.GREEK if len(word) > 2 and word.islower()}
_RUN = re.compile("|".join(sorted(_SPELLED | {"ln", "^pi", "^xi$", "^mu$", "^nu$"}, key=len, reverse=True)))


def refuse_runs(tokens: Sequence[Token], text: str, fail: Fail) -> None:
    """In LaTeX, letters side by side are a product; those that spell a function or a Greek letter are a lost backslash."""
    run: list[Token] = []
    for tok in tokens:
        letter = tok.kind == "word" and len(tok.value) == 1 and text[tok.start].isascii()
        joined = letter and run and run[-1].end == tok.start
        if run and not joined:
            _refuse_run("".join(o.value for o in run), run, fail)
        run = [*run, tok] if joined else [tok] if letter else []


def _refuse_run(letters: str, run: Sequence[Token], fail: Fail) -> None:
    match = _RUN.search(letters)
    if match:
        hint = f"write \\{match[0]} for the one, {' '.join(match[0])} with spaces for the other"
        first, last = run[match.start()], run[match.end() - 1]
        fail("ambiguous-name", f"is '{match[0]}' a word or a product of letters?", first.start, last.end, hint)


_LOOSE_POINT = re.compile(r"\s*([A-Za-z]\w*)\s*(?::\s*|\s+|->\s*)([-+]?[\d.]+)\s*", re.ASCII)


def refuse_loose_points(text: str, fail: Fail) -> None:
    """A point written as "x 1" or "x: 1", or with semicolons."""
    match = _LOOSE_POINT.fullmatch(text)
    if match:
        fail("bad-point", "this is no coordinate", 0, len(text), f"write {match[1]}={match[2]}", kind="usage")
    if ";" in text:
        hint = f"write {text.replace(' ', '').replace(';', ',')}"
        fail("bad-point", "coordinates are separated by commas", text.index(";"), text.index(";") + 1, hint, kind="usage")


def refuse_thousands(text: str, start: int, end: int, fail: Fail) -> None:
    """1,234 at the top level is one number or two; in brackets a comma separates."""
    match = re.compile(r"\d{1,3}(?:,\d{3})+").fullmatch(text, start, end)
    if match:
        fail("ambiguous-number", "is this one number or several?", start, end, _thousands(match))
