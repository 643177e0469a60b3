"""LaTeX becomes tokens: commands, upright words, spacing and marks. Whatever is not in a table is refused."""

from __future__ import annotations

import re
from collections.abc import Callable

from symcalc.parse import signs
from symcalc.parse import tables as t
from symcalc.parse.lexer import SUB_LATEX, Fail, word
from symcalc.parse.tree import Token

_ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+)\*?\}(?:\{[lcr|]*\})?")
_SIDED = re.compile(r"(?:left|right|[bB]igg?[lr])(?![A-Za-z])\s*(?:(\\?\|)|\\([vV]ert)(?![A-Za-z]))")
_STYLED = re.compile(r"\s+[A-Za-z](?![A-Za-z])|\s*\\[A-Za-z]+|\{\s*\\[A-Za-z]+\s*\}")
"""One letter, which may be Greek: \\mathrm e, \\boldsymbol{\\theta}."""
_NORM_KIND = re.compile(r"\s*_\s*(\{[^{}]*\}|\\?\w+)")
_BELOW = re.compile(r"\s*(?:\\limits)?\s*_(?=\s*\{)")
_EULER = r"\gamma_{\mathrm{E}}"
"""Euler's constant: the letter alone is a name like any other."""
_LATEX_SLOT = re.compile(r"\s*_(?:\{(\d+)\}|(\d))")
_LATEX_SUBS = re.compile(f"{SUB_LATEX}*", re.ASCII)


def _cell(text: str, raw: str, start: int, end: int, fail: Fail) -> Token:
    return Token("op", "&", start, end)


_TEXT_WORDS = {"for": "if", "if": "if", "otherwise": "otherwise", "and": "and", "or": "or", "not": "not", "else": "otherwise"}


def _upright(text: str, raw: str, start: int, end: int, fail: Fail) -> Token:
    """\\operatorname{sigmoid}, \\mathrm{speed}_{1}: one name; \\text{if}: an operator."""
    match = re.match(r"\\(\w+)\*?\s*\{\s*([A-Za-z0-9 ]+?)\s*\}", raw)
    assert match
    inner = match[2]
    if match[1].startswith("text") and inner in _TEXT_WORDS:
        return Token("op", _TEXT_WORDS[inner], start, end)
    if not re.fullmatch("[A-Za-z][A-Za-z0-9]*", inner):
        fail("latex", f"'{inner}' is not a name", start, end, "text belongs outside the formula")
    return word(text, inner + raw[match.end() :], start, end, fail)._replace(kind="upright")


def _degrees(text: str, raw: str, start: int, end: int, fail: Fail) -> Token:
    return Token("op", "°", start, end)


def _prime_marks(text: str, raw: str, start: int, end: int, fail: Fail) -> Token:
    return Token("op", "'" * raw.count("prime"), start, end)


def _special(text: str, raw: str, start: int, end: int, fail: Fail) -> Token:
    """\\operatorname{J}_: the letters of a special function; `base` says that parameters follow below."""
    return Token("special", raw[raw.index("{") + 1 : raw.index("}")], start, end, raw.endswith("_"))


def command(text: str, raw: str, start: int, end: int, fail: Fail) -> tuple[list[Token], int]:
    """The tokens of a LaTeX command and the position behind it."""
    name = signs.LATEX_NAMES.get(raw[1:], raw[1:])
    slot = _LATEX_SLOT.match(text, end) if name == "partial" else None
    if slot:
        return [Token("slot", int(slot[1] or slot[2]), start, slot.end())], slot.end()
    if name == "middle":
        bar = re.compile(r"\s*\|").match(text, end)
        if bar:
            return [Token("op", ",", start, bar.end())], bar.end()
    sided = _SIDED.match(text, start + 1)
    if sided:
        side = signs.SIDES[sided[1] or sided[2]][name == "right" or name.endswith("r")]
        end = _euclidean(text, start, sided.end(), fail) if side == "⟧" else sided.end()
        return [Token("op", side, start, end)], end
    if name in (*signs.STYLES, "mathrm") and _STYLED.match(text, end):
        return [], end
    if name in signs.LATEX_SKIPPED:
        if name in signs.HALF_BREAKS and text.count("\\begin", 0, start) > text.count("\\end", 0, start):
            hint = r"write the rows with \\ between them; in the shell use single quotes"
            fail("latex", "a single backslash does not end a row", start, end, hint)
        # the empty delimiter of \left. and \right.
        dot = re.compile(r"\s*\.").match(text, end) if name in ("left", "right") else None
        return [], dot.end() if dot else end
    if name in signs.NORM_ENDS:
        end = _euclidean(text, start, end, fail)
    if name in signs.LATEX_SIGNS:
        return [Token("op", signs.LATEX_SIGNS[name], start, end)], end
    if name in ("begin", "end"):
        environment = _ENVIRONMENT.match(text, end)
        if not environment:
            fail("latex", f"{raw} needs the name of an environment", start, end, r"write \begin{bmatrix} a \\ b \end{bmatrix}")
        token = Token("cmd" if name == "begin" else "op", raw, start, environment.end(), environment[1])
        return [token], environment.end()
    if name in ("sum", "prod"):
        below = _BELOW.match(text, end)
        if not below:
            fail("latex", f"{raw} needs its bounds", start, end, rf"write {raw}_{{k=1}}^{{n}} k^2")
        return [Token("cmd", name, start, below.end())], below.end()
    if name in signs.LATEX_COMMANDS:
        return [Token("cmd", signs.LATEX_COMMANDS[name], start, end)], end
    if name in signs.LATEX_REFUSED:
        fail("latex", f"{raw} cannot be used inside an expression", start, end, signs.LATEX_REFUSED[name])
    known = t.KNOWN | t.GREEK | t.CONSTANTS.keys()
    if name not in known:
        near = _near_command(name)
        hint = f"did you mean '\\{near}'?" if near else "a function without a command of its own is written \\operatorname{name}"
        fail("latex", f"unsupported LaTeX command '{raw}'", start, end, hint)
    if text.startswith(_EULER, start):
        return [Token("const", "EulerGamma", start, start + len(_EULER), "EulerGamma")], start + len(_EULER)
    subs = _LATEX_SUBS.match(text, end)
    assert subs
    token = word(text, name + subs[0], start, subs.end(), fail)
    return [token._replace(kind="upright" if name not in t.GREEK else "word")], subs.end()


def _euclidean(text: str, start: int, end: int, fail: Fail) -> int:
    """The position behind a bar of a norm and the 2 that may stand below it."""
    below = _NORM_KIND.match(text, end)
    if below is None:
        return end
    if below[1].strip("{} ") != "2":
        fail("latex", "only the Euclidean norm can be read", start, below.end(), r"write \lVert x \rVert, or the sum of |x_k|")
    return below.end()


def _near_command(name: str) -> str | None:
    from symcalc.parse.spelling import nearest

    return nearest(name, t.KNOWN | t.GREEK | signs.LATEX_SIGNS.keys() | signs.LATEX_COMMANDS.keys())


TOKENS: dict[str, Callable[[str, str, int, int, Fail], Token]] = {
    "upright": _upright,
    "special": _special,
    "degrees": _degrees,
    "primes": _prime_marks,
    "cell": _cell,
}
"""What makes the token of each kind that only LaTeX has."""
