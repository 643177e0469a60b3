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
from symcalc.special import LETTERS

Fail = Callable[..., NoReturn]

_SUB_TEXT = rf"(?:_\{{[A-Za-z0-9, +-]+\}}|_[A-Za-z0-9]+|_[Α-ΡΣ-Ωα-ω]|[{signs.SUBSCRIPTS}]+)"
SUB_LATEX = rf"(?:_\{{(?:[A-Za-z0-9, +-]|\\[a-z]+(?:\s*\{{\w+\}})?)+\}}|_[A-Za-z0-9]|_\\[a-z]+|[{signs.SUBSCRIPTS}]+)"
_UPRIGHT = rf"\\(?:operatorname|mathrm|text|textrm|{'|'.join(signs.STYLES)})\*?\s*\{{[A-Za-z0-9 ]+\}}"
_PARTS = {
    "space": r"[ \t\r\n\u00a0\u2009]+",
    "num": r"(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?",
    "frac": f"[{signs.FRACTIONS}]",
    "order": "⁽[⁰¹²³⁴-⁹]+⁾",
    "sup": f"[{signs.SUPERSCRIPTS}]+",
    "slot": r"∂(?:[₀-₉]+|_\d+)",
    "degrees": r"(?!)",
    "primes": r"(?!)",
    "special": r"(?!)",
    "upright": r"(?!)",
    "word": rf"(?:[A-Za-z][A-Za-z0-9]*|[Α-ΡΣ-Ωα-ω]\d*){_SUB_TEXT}*",
    "cell": r"(?!)",
    "cmd": r"(?!)",
    "op": r"\*\*|[<>!=:]=|&&|[-+*/^()\[\]{}|‖,;!<>='″‴√∛∞°≤≥≠&~¬∧∨⌊⌋⌈⌉]",
}
_LATEX_PARTS = _PARTS | {
    "num": r"\d+\.?\d*|\.\d+",
    "special": rf"\\operatorname\*?\s*\{{(?:{'|'.join(map(re.escape, LETTERS))})\}}\s*_?",
    "upright": rf"{_UPRIGHT}{SUB_LATEX}*",
    "word": rf"(?:[A-Za-z]|[Α-ΡΣ-Ωα-ω]){SUB_LATEX}*",
    "space": r"[ \t\r\n\u00a0\u2009~]+",
    "degrees": r"\^\s*(?:\\circ(?![A-Za-z])|\{\s*\\circ\s*\})",
    "primes": r"\^\s*(?:\\prime(?![A-Za-z])|\{(?:\s*\\prime(?![A-Za-z]))+\s*\})",
    "cell": "&",
    "cmd": r"\\(?:[A-Za-z]+|[\s\S])",
}


@cache
def _pattern(latex: bool) -> re.Pattern[str]:
    parts = _LATEX_PARTS if latex else _PARTS
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in parts.items()), re.ASCII)


_DOLLARS = re.compile(r"\s*(\$\$?)[^$]+\1\s*")
_STOP = re.compile(r"(?<!\\right)(?:(?<=\s)|(?<=\\[,;])|(?<=[^\d\s.,;]))[.,;]\s*((?:\\[\])])?\s*)$")


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
    from symcalc.parse import texlexer  # it reads words as this module does

    clean = text if text.isascii() else "".join(map(plain_form, text))
    if latex:
        clean = _without_frame(clean)
    pattern, tokens, pos = _pattern(latex), [], 0
    while pos < len(clean):
        match = pattern.match(clean, pos)
        if not match:
            _bad_character(text, pos, fail)
        kind, start, pos = str(match.lastgroup), pos, match.end()
        if kind == "cmd":
            found, pos = texlexer.command(clean, match[0], start, pos, fail)
            tokens += found
        elif kind != "space":
            token = _TOKENS.get(kind) or texlexer.TOKENS[kind]
            tokens.append(token(clean, match[0], start, pos, fail))
    return [*tokens, Token("end", "", len(text), len(text))]


def _without_frame(text: str) -> str:
    """The formula with spaces for the signs around it: dollars, and the full stop or comma of its sentence."""
    if _DOLLARS.fullmatch(text):
        text = text.replace("$", " ")
    return _STOP.sub(lambda match: " " * len(match[0]) + match[1], text)


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


def greek_word(char: str) -> str:
    """The English name of a Greek letter: λ is lambda, Γ is Gamma."""
    name = unicodedata.name(char).split()[-1].lower().replace("lamda", "lambda")
    return name.capitalize() if char.isupper() else name


_IN_SUBSCRIPTS = {"mathrm", "text", "mathit", "operatorname", *t.GREEK}


def word(text: str, raw: str, start: int, end: int, fail: Fail) -> Token:
    """A word with its subscripts apart. `x_1y` is refused: is the y part of the subscript?"""
    base, *subs = re.split(rf"_|(?=(?<![{signs.SUBSCRIPTS}])[{signs.SUBSCRIPTS}])", raw)
    if not base[0].isascii():
        base = greek_word(base[0]) + base[1:]
    clean: list[str] = []
    for sub in filter(None, subs):
        if re.match(r"\d+[A-Za-z]", sub):
            hint = f"write {base}_{{{sub}}}, or put * after the digits"
            fail("ambiguous-name", f"'{raw}' could be one name or a product", start, end, hint)
        foreign = next((m for m in re.finditer(r"\\([a-z]+)", sub) if m[1] not in _IN_SUBSCRIPTS), None)
        if foreign:
            fail("latex", f"{foreign[0]} cannot be read in a subscript", start, end, r"write x_1, x_{max} or x_{\alpha}")
        sub = re.sub(r"\\(?:mathrm|text|mathit|operatorname)|[\\{}\s]", "", sub)
        sub = greek_word(sub) if re.fullmatch("[Α-ΡΣ-Ωα-ω]", sub) else unicodedata.normalize("NFKC", sub)
        clean += filter(None, sub.split(","))
    return Token("word", base, start, end, tuple(clean))


_TOKENS: dict[str, Callable[[str, str, int, int, Fail], Token]] = {
    "num": _number, "frac": _fraction, "sup": _superscript, "order": _order, "slot": _slot, "word": word, "op": _operator,
}  # fmt: skip
