"""How names are written: Greek letters, subscripts, and the functions whose written name differs from SymPy's."""

from __future__ import annotations

import re
from typing import NamedTuple

from symcalc.notation import SUBSCRIPT

_SMALL = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "zeta": "ζ",
    "eta": "η",
    "theta": "θ",
    "iota": "ι",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "omicron": "ο",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "upsilon": "υ",
    "phi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
}

GREEK = _SMALL | {word.capitalize(): letter.upper() for word, letter in _SMALL.items()}
"""The letter of each Greek word."""

GREEK_WORD = {letter: word for word, letter in GREEK.items()}

CONSTANT_WORDS = {"pi", "e", "E", "i", "I", "oo", "inf"}
"""Names of constants; a variable of this name keeps its plain spelling."""

FUNCTIONS = {
    "log": "ln",
    **{f"a{f}": f"arc{f}" for f in ("sin", "cos", "tan", "cot", "sec", "csc")},
    **{f"a{f}": f"ar{f}" for f in ("sinh", "cosh", "tanh", "coth", "sech", "csch")},
    "Max": "max",
    "Min": "min",
    "Mod": "mod",
    "gamma": "Γ",
    "Heaviside": "H",
}
"""SymPy's class name to the name written in Unicode, where they differ."""

POWER_BEFORE_ARGUMENT = {f + h for f in ("sin", "cos", "tan", "cot", "sec", "csc") for h in ("", "h")} - {"sech", "csch"}
"""sin²(x), not sin(x)²."""

_NAME = re.compile(r"(?P<base>[^\W\d_]+)(?P<digits>\d*)(?P<rest>(?:_\w+)?)")


class Name(NamedTuple):
    """A name split into its base, the digits after it and a subscript in words: w, 1, max."""

    base: str
    digits: str
    subscript: str


def split_name(name: str) -> Name:
    """x12 → (x, 12, ""), alpha_max → (alpha, "", max); a name of another form is its own base."""
    match = _NAME.fullmatch(name)
    return Name(match["base"], match["digits"], match["rest"][1:]) if match else Name(name, "", "")


def unicode_name(name: str) -> str:
    """x1 → x₁, alpha → α, w_max → w_max, speed2 → speed2."""
    base, digits, subscript = split_name(name)
    letter = base if base in CONSTANT_WORDS else GREEK.get(base, base)
    if len(letter) > 1:
        return name
    return letter + digits.translate(SUBSCRIPT) + (f"_{subscript}" if subscript else "")


def is_letter(written: str) -> bool:
    """Whether a written name is one letter with at most digits below, so that a number may stand before it: 2x₁."""
    return re.fullmatch(r"[^\W\d_][₀-₉]*", written) is not None
