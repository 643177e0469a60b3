"""The words of a command line: which are options, which are formulas that begin with a minus, and standard input."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence

from symcalc.errors import SymcalcError

OPTION_LIKE = re.compile(r"--[a-z]{2}[a-z-]*(=.*)?$")
"""Two minus signs before a word of two letters or more can only be meant as an option."""


def arranged(words: Sequence[str], options: Mapping[str, bool]) -> list[str]:
    """The words with the options first and everything else after "--", so that "-x^2" and "-v**2" are formulas.

    `options` maps every known option to whether it takes a value. A word that begins with a minus and is not exactly
    a known option is a formula. Raises SymcalcError("usage") for a word that is only like an option.
    """
    chosen: list[str] = []
    formulas: list[str] = []
    waiting = list(reversed(words))
    while waiting:
        word = waiting.pop()
        name, equals, _ = word.partition("=")
        if word == "--":
            formulas += reversed(waiting)
            break
        if word in options:
            chosen.append(word)
            if options[word]:
                if not waiting:
                    raise SymcalcError("usage", f"the option {word} needs a value", code="option-value")
                chosen.append(waiting.pop())
        elif equals and name in options and name.startswith("--"):
            chosen.append(word)
        elif OPTION_LIKE.match(word):
            raise unknown_option(name, options)
        else:
            formulas.append(word)
    return [*chosen, "--", *formulas]


def unknown_option(name: str, options: Mapping[str, bool]) -> SymcalcError:
    near = difflib.get_close_matches(name, [o for o in options if o.startswith("--")], 1, 0.6)
    hint = f"did you mean '{near[0]}'?" if near else "see --help; put '--' before a formula that begins with two minus signs"
    return SymcalcError("usage", f"there is no option '{name}' here", code="unknown-option", hint=hint)


def unknown_command(name: str, commands: Sequence[str]) -> SymcalcError:
    """The error for a first word that is no command, with the nearest one."""
    near = difflib.get_close_matches(name.lower(), [*commands, *ALIASES], 1, 0.6)
    target = ALIASES.get(near[0], near[0]) if near else None
    if target is None and re.search(r"[-+*/^()=]|\d", name):
        hint = f'a command comes first: symcalc diff "{name}"'
    else:
        hint = f"did you mean '{target}'?" if target else f"the commands are {', '.join(commands)}"
    return SymcalcError("usage", f"there is no command '{name}'", code="unknown-command", hint=hint)


def misplaced(option: str, command: str) -> SymcalcError:
    """The error for an option before the command."""
    return SymcalcError(
        "usage", f"'{option}' stands before the command", code="misplaced", hint=f"write symcalc {command} ... {option}"
    )


ALIASES = {
    "derivative": "diff",
    "gradient": "grad",
    "differentiate": "diff",
    "derive": "diff",
    "evaluate": "eval",
    "series": "taylor",
}
"""What people call the commands elsewhere; used for hints only."""
