"""How the user wants the text read: the options that every command shares."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """`names` are declared variables and `functions` declared functions, both winning over every table; without
    `constants` the names pi, e, i, oo are plain variables; `complex` makes symbols complex instead of real; `assume`
    is the text of --assume; `latex` forces LaTeX on or off (None: detected by its backslashes)."""

    names: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    constants: bool = True
    complex: bool = False
    assume: str = ""
    latex: bool | None = None
