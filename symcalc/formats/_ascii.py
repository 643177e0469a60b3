"""The screen in ASCII, for outputs whose encoding carries nothing else."""

from __future__ import annotations

import re
from typing import Any

from symcalc.formats._names import GREEK_WORD
from symcalc.formats._phrase import is_phrase, said
from symcalc.formats._plainprinter import Plain
from symcalc.notation import SUBSCRIPT, SUPERSCRIPT, lower

SIGNS = {
    "∂": "d", "∇²": "hess ", "∇": "grad ", "√": "sqrt", "∞": "oo", "·": "*", "×": "x", "−": "-", "–": "-", "—": "-",
    "…": "...", "ᵀ": "^T", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "→": "->", "←": "<-", "∈": "in", "ℝ": "R", "‖": "||",
    "’": "'", "⁽": "(", "⁾": ")", "⎡": "[", "⎢": "[", "⎣": "[", "⎤": "]", "⎥": "]", "⎦": "]", "│": "|", "├": "|", "└": "`",
    "─": "-", "Σ": "sum", "ö": "oe", "ü": "ue", "↓": "v",
}  # fmt: skip
_RAISED = {chr(raised): chr(plain) for plain, raised in SUPERSCRIPT.items()}
_LOWERED = {chr(lowered): chr(plain) for plain, lowered in SUBSCRIPT.items()}
_POWER = re.compile("[" + "".join(_RAISED) + "]+")


class Ascii(Plain):
    """Plain text, with left-hand sides as on the screen: d/dx[...]."""

    printmethod = "_line"


def ascii_line(value: Any) -> str:
    """A value or a left-hand side on one line of ASCII; functions that need a definition are written out."""
    return to_ascii(said(value, ascii_line) if is_phrase(value) else str(Ascii().doprint(lower(value))))


def to_ascii(text: str) -> str:
    """The text with every sign replaced by an ASCII equivalent, and by ? where there is none."""
    text = text.replace("∇²", SIGNS["∇²"])
    text = text.replace("∇²", SIGNS["∇²"])
    text = _POWER.sub(lambda m: "^" + "".join(_RAISED[c] for c in m.group()), text)
    return "".join(c if c.isascii() else _sign(c) for c in text)


def _sign(c: str) -> str:
    return SIGNS.get(c) or _LOWERED.get(c) or GREEK_WORD.get(c, "?")
