"""Text becomes tokens: Unicode signs, exact numbers, names with subscripts. Columns stay those of the user's text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import NoReturn

from symcalc.errors import SymcalcError
from symcalc.parse import signs
from symcalc.parse import tables as t
from symcalc.parse.tree import Token

Fail = Callable[..., NoReturn]

_SUB_TEXT = rf"(?:_\{{[A-Za-z0-9, +-]+\}}|_[A-Za-z0-9]+|_[Α-Ωα-ω]|[{signs.SUBSCRIPTS}]+)"
_SUB_LATEX = rf"(?:_\{{(?:[A-Za-z0-9, +-]|\\[a-z]+(?:\s*\{{\w+\}})?)+\}}|_[A-Za-z0-9]|_\\[a-z]+|[{signs.SUBSCRIPTS}]+)"
_UPRIGHT = r"\\(?:operatorname|mathrm|mathit|mathbf|mathsf|boldsymbol|text|textrm)\*?\s*\{[A-Za-z0-9 ]+\}"
_PARTS = {
    "space": r"[ \t\r\n\u00a0\u2009]+",
    "num": r"(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?",
    "frac": f"[{signs.FRACTIONS}]",
    "order": "⁽[⁰¹²³⁴-⁹]+⁾",
    "sup": f"[{signs.SUPERSCRIPTS}]+",
    "slot": r"∂(?:[₀-₉]+|_\d+)",
    "upright": r"(?!)",
    "word": rf"(?:[A-Za-z][A-Za-z0-9]*|[Α-Ωα-ω]\d*){_SUB_TEXT}*",
    "cell": r"(?!)",
    "cmd": r"(?!)",
    "op": r"\*\*|[<>!=:]=|&&|[-+*/^()\[\]{}|‖,;!<>='″‴√∛∞°≤≥≠&~¬∧∨⌊⌋⌈⌉]",
}
_LATEX_PARTS = _PARTS | {
    "num": r"\d+\.?\d*|\.\d+",
    "upright": rf"{_UPRIGHT}{_SUB_LATEX}*",
    "word": rf"(?:[A-Za-z]|[Α-Ωα-ω]){_SUB_LATEX}*",
    "cell": "&",
    "cmd": r"\\(?:[A-Za-z]+|[\s\S])",
}


@cache
def _pattern(latex: bool) -> re.Pattern[str]:
    parts = _LATEX_PARTS if latex else _PARTS
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in parts.items()), re.ASCII)


_DOLLARS = re.compile(r"\s*(\$\$?)[^$]+\1\s*")
_LATEX_SUBS = re.compile(f"{_SUB_LATEX}*", re.ASCII)
_ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+)\*?\}(?:\{[lcr|]*\})?")
_LATEX_SLOT = re.compile(r"\s*_(?:\{(\d+)\}|(\d))")


def is_latex(text: str) -> bool:
    """Whether the text is LaTeX by its looks: it has a backslash, or stands between dollar signs."""
    return "\\" in text or _DOLLARS.fullmatch(text) is not None


def failer(text: str) -> Fail:
    """A function that raises a SymcalcError about a span of this text."""

    def fail(
        code: str, problem: str, start: int, end: int | None = None, hint: str | None = None, kind: str = "parse"
    ) -> NoReturn:
        span = (start, start + 1 if end is None else end)
        raise SymcalcError(kind, problem, code=code, text=text, span=span, hint=hint)

    return fail


def plain_form(char: str) -> str:
    """The sign that stands for a Unicode sign: full-width, bold and look-alike operators become the usual ones."""
    if char in signs.CHARS:
        return signs.CHARS[char]
    *tag, last = unicodedata.decomposition(char).split() or [""]
    if tag and not tag[-1].startswith("<"):  # several characters in one
        return char
    same = "".join(tag) in signs.FOLDED or char in signs.VARIANTS or last == "0020"
    return plain_form(chr(int(last, 16))) if last and same else char


def tokenize(text: str, latex: bool) -> list[Token]:
    """The tokens of the text, closed by one of kind "end". Words are not yet told apart (see `words`)."""
    fail = failer(text)
    if len(text) > t.MAX_CHARS:
        fail("too-long", f"the input has {len(text)} characters; the limit is {t.MAX_CHARS}", t.MAX_CHARS)
    clean = text if text.isascii() else "".join(map(plain_form, text))
    if latex and _DOLLARS.fullmatch(clean):
        clean = clean.replace("$", " ")
    pattern, tokens, pos = _pattern(latex), [], 0
    while pos < len(clean):
        match = pattern.match(clean, pos)
        if not match:
            _bad_character(text, pos, fail)
        kind, start, pos = str(match.lastgroup), pos, match.end()
        if kind == "cmd":
            found, pos = _command(clean, match[0], start, pos, fail)
            tokens += found
        elif kind != "space":
            tokens.append(_TOKENS[kind](clean, match[0], start, pos, fail))
    return [*tokens, Token("end", "", len(text), len(text))]


def _bad_character(text: str, pos: int, fail: Fail) -> NoReturn:
    char = text[pos]
    name = unicodedata.name(char, f"U+{ord(char):04X}")
    if unicodedata.category(char) == "Cc":
        problem = f"control character {name}"
    elif not char.isprintable():
        fail("bad-character", f"invisible character {name}", pos, pos + 1, "delete it")
    else:
        problem = f"unexpected character '{char}' ({name})"
    letters = "names use a-z, A-Z and Greek letters" if char.isalpha() else None
    if letters and unicodedata.decomposition(char)[:1].isalnum():
        letters += ", without accents: y_hat, x_bar"
    fail("bad-character", problem, pos, pos + 1, signs.HINTS.get(plain_form(char)) or letters)


def _number(text: str, raw: str, start: int, end: int, fail: Fail) -> Token:
    """An exact fraction (numerator, denominator): 0.1 is 1/10, never a float."""
    mantissa, _, exponent = raw.lower().replace("_", "").partition("e")
    whole, _, decimals = mantissa.partition(".")
    if "__" in raw or raw.endswith("_") or (len(whole) > 1 and whole[0] == "0") or re.match(r"[.\d]", text[end : end + 1]):
        end = end + len(re.match(r"[.\d]*", text[end:])[0])  # type: ignore[index]
        hint = "numbers have no leading zeros, one decimal point and no separators: 1000, 0.5"
        fail("bad-number", f"'{text[start:end]}' is not a number", start, end, hint)
    if raw == "0" and re.match(r"[xXbBoO][0-9A-Fa-f]", text[end:]):
        fail("bad-number", "numbers are decimal", start, end + 2, "write 255 for 0xff")
    if len(whole + decimals) > t.MAX_DIGITS or len(exponent) > 6 or abs(int(exponent or 0)) > t.MAX_EXP10:
        problem = f"numbers may have {t.MAX_DIGITS} digits and powers of ten up to {t.MAX_EXP10}"
        fail("number-too-large", problem, start, end)
    digits, power = int(whole + decimals or "0"), int(exponent or 0) - len(decimals)
    return Token("num", (digits * 10**power, 1) if power >= 0 else (digits, 10**-power), start, end)


def _fraction(text: str, raw: str, start: int, end: int, fail: Fail) -> Token:
    top, bottom = unicodedata.normalize("NFKC", raw).split("⁄")
    return Token("num", (int(top), int(bottom)), start, end)


def _superscript(text: str, raw: str, start: int, end: int, fail: Fail) -> Token:
    plain = unicodedata.normalize("NFKC", raw).replace("−", "-")
    if re.fullmatch("-?[A-Za-z]", plain):
        return Token("sup", plain, start, end)
    if not re.fullmatch(r"[+-]?\d{1,4}", plain):
        fail("bad-number", "a superscript is a whole number or a letter", start, end, "write other exponents as x^(n+1)")
    return Token("sup", (int(plain), 1), start, end)


def _order(text: str, raw: str, start: int, end: int, fail: Fail) -> Token:
    return Token("order", int(unicodedata.normalize("NFKC", raw[1:-1])), start, end)


def _slot(text: str, raw: str, start: int, end: int, fail: Fail) -> Token:
    return Token("slot", int(unicodedata.normalize("NFKC", raw[1:]).lstrip("_")), start, end)


def _operator(text: str, raw: str, start: int, end: int, fail: Fail) -> Token:
    return Token("const", "oo", start, end, raw) if raw == "∞" else Token("op", signs.OPERATORS.get(raw, raw), start, end)


def _cell(text: str, raw: str, start: int, end: int, fail: Fail) -> Token:
    return Token("op", "&", start, end)


def greek_word(char: str) -> str:
    """The English name of a Greek letter: λ is lambda, Γ is Gamma."""
    name = unicodedata.name(char).split()[-1].lower().replace("lamda", "lambda")
    return name.capitalize() if char.isupper() else name


def _word(text: str, raw: str, start: int, end: int, fail: Fail) -> Token:
    """A word with its subscripts apart. `x_1y` is refused: is the y part of the subscript?"""
    base, *subs = re.split(rf"_|(?=(?<![{signs.SUBSCRIPTS}])[{signs.SUBSCRIPTS}])", raw)
    if not base[0].isascii():
        base = greek_word(base[0]) + base[1:]
    clean: list[str] = []
    for sub in filter(None, subs):
        if re.match(r"\d+[A-Za-z]", sub):
            hint = f"write {base}_{{{sub}}}, or put * after the digits"
            fail("ambiguous-name", f"'{raw}' could be one name or a product", start, end, hint)
        sub = re.sub(r"\\(?:mathrm|text|mathit|operatorname)|[\\{}\s]", "", sub)
        sub = greek_word(sub) if re.fullmatch("[Α-Ωα-ω]", sub) else unicodedata.normalize("NFKC", sub)
        clean += filter(None, sub.split(","))
    return Token("word", base, start, end, tuple(clean))


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
    word = _word(text, inner + raw[match.end() :], start, end, fail)
    return word._replace(kind="upright")


def _command(text: str, raw: str, start: int, end: int, fail: Fail) -> tuple[list[Token], int]:
    """The tokens of a LaTeX command and the position behind it."""
    name = signs.LATEX_NAMES.get(raw[1:], raw[1:])
    slot = _LATEX_SLOT.match(text, end) if name == "partial" else None
    if slot:
        return [Token("slot", int(slot[1] or slot[2]), start, slot.end())], slot.end()
    if name in signs.LATEX_SKIPPED:
        if name in signs.HALF_BREAKS and text.count("\\begin", 0, start) > text.count("\\end", 0, start):
            hint = r"write the rows with \\ between them; in the shell use single quotes"
            fail("latex", "a single backslash does not end a row", start, end, hint)
        # the empty delimiter of \left. and \right.
        dot = re.compile(r"\s*\.").match(text, end) if name in ("left", "right") else None
        return [], dot.end() if dot else end
    if name in signs.LATEX_SIGNS:
        return [Token("op", signs.LATEX_SIGNS[name], start, end)], end
    if name in ("begin", "end"):
        environment = _ENVIRONMENT.match(text, end)
        if not environment:
            fail("latex", f"{raw} needs the name of an environment", start, end, r"write \begin{bmatrix} a \\ b \end{bmatrix}")
        token = Token("cmd" if name == "begin" else "op", raw, start, environment.end(), environment[1])
        return [token], environment.end()
    if name in signs.LATEX_COMMANDS:
        return [Token("cmd", signs.LATEX_COMMANDS[name], start, end)], end
    if name in signs.LATEX_REFUSED:
        fail("latex", f"{raw} cannot be used inside an expression", start, end, signs.LATEX_REFUSED[name])
    known = t.KNOWN | t.GREEK | t.CONSTANTS.keys()
    if name not in known:
        near = _near_command(name)
        hint = f"did you mean '\\{near}'?" if near else "a function without a command of its own is written \\operatorname{name}"
        fail("latex", f"unsupported LaTeX command '{raw}'", start, end, hint)
    subs = _LATEX_SUBS.match(text, end)
    assert subs
    word = _word(text, name + subs[0], start, subs.end(), fail)
    return [word._replace(kind="upright" if name not in t.GREEK else "word")], subs.end()


def _near_command(name: str) -> str | None:
    from symcalc.parse.spelling import nearest

    return nearest(name, t.KNOWN | t.GREEK | signs.LATEX_SIGNS.keys() | signs.LATEX_COMMANDS.keys())


_TOKENS: dict[str, Callable[[str, str, int, int, Fail], Token]] = {
    "num": _number, "frac": _fraction, "sup": _superscript, "order": _order, "slot": _slot, "word": _word, "upright": _upright,
    "op": _operator, "cell": _cell,
}  # fmt: skip
