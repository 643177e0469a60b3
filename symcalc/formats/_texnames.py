"""Names and words in LaTeX. Nothing but letters and digits of a name reaches TeX as it is, so no name can smuggle a command."""

from __future__ import annotations

import unicodedata

from symcalc.formats._names import GREEK, GREEK_WORD, split_name

SAME_AS_LATIN = {
    "omicron": "o",
    "Alpha": "A",
    "Beta": "B",
    "Zeta": "Z",
    "Eta": "H",
    "Kappa": "K",
    "Mu": "M",
    "Nu": "N",
    "Omicron": "O",
    "Rho": "P",
    "Tau": "T",
    "Chi": "X",
}
"""Greek letters that TeX has no command for, because they look like Latin ones. An upright E or I would be a constant."""

SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",
    **{c: "\\" + c for c in "{}$&#%_"},
}

SIGNS = {
    "≤": r"\leq",
    "≥": r"\geq",
    "≠": r"\neq",
    "≈": r"\approx",
    "→": r"\to",
    "←": r"\leftarrow",
    "∂": r"\partial",
    "∇": r"\nabla",
    "∞": r"\infty",
    "√": r"\surd",
    "·": r"\cdot",
    "×": r"\times",
    "−": "-",
    "±": r"\pm",
    "∈": r"\in",
    "ℝ": r"\mathbf{R}",
    "‖": r"\|",
    "…": r"\ldots",
    "ᵀ": r"^{\mathsf{T}}",
    "′": "'",
}
"""Signs that sentences use, in mathematics."""


def tex_name(name: str) -> str:
    """x12 → x_{12}, lambda1 → \\lambda_{1}, speed → \\mathrm{speed}, w_max → w_{\\mathrm{max}}."""
    base, digits, subscript = split_name(_ascii(name))
    below = [digits] if digits else []
    below += [part if len(part) == 1 or part.isdigit() else _word(part) for part in subscript.split("_") if part]
    return _base(base) + (f"_{{{','.join(below)}}}" if below else "")


def tex_function_name(name: str) -> str:
    """f → f, phi → \\phi, speed → \\operatorname{speed}."""
    written = tex_name(name)
    return r"\operatorname" + written.removeprefix(r"\mathrm") if written.startswith(r"\mathrm") else written


def tex_text(text: str) -> str:
    """A sentence inside mathematics: \\text{...}, its signs of mathematics written as such."""
    return rf"\text{{{_escaped(text)}}}"


def _base(base: str) -> str:
    if base in SAME_AS_LATIN:
        return base[0] if base == "omicron" else rf"\mathrm{{{SAME_AS_LATIN[base]}}}"
    if base in GREEK:
        return "\\" + base
    return base if len(base) == 1 and base.isascii() and base.isalpha() else _word(base)


def _word(word: str) -> str:
    return rf"\mathrm{{{word}}}" if word.isascii() and word.isalnum() else tex_text(word)


def _ascii(name: str) -> str:
    """Greek letters as words, digits below the line as digits."""
    return "".join(GREEK_WORD.get(c, str(unicodedata.digit(c)) if c in "₀₁₂₃₄₅₆₇₈₉" else c) for c in name)


def _escaped(text: str) -> str:
    return "".join(_character(c) for c in text)


def _character(c: str) -> str:
    if c in SPECIAL:
        return SPECIAL[c]
    if c.isascii():
        return c if c.isprintable() else "?"
    if c in SIGNS:
        return f"${SIGNS[c]}$"
    if c in GREEK_WORD:
        return f"${_base(GREEK_WORD[c])}$"
    digit = unicodedata.digit(c, None)
    if digit is not None and unicodedata.decomposition(c).startswith(("<super>", "<sub>")):
        return f"${'^' if unicodedata.decomposition(c).startswith('<super>') else '_'}{{{digit}}}$"
    return f"[U+{ord(c):04X}]"
