"""The words of a command line: which are options, which are formulas that begin with a minus, and standard input."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from symcalc.errors import SymcalcError, wrong_value


class Known(NamedTuple):
    """An option: its name in the program, whether a value follows, from where to where a whole number may go, the values of
    one that may stand without, and those of one that may not."""

    name: str
    takes_value: bool = True
    low: int | None = None
    high: int | None = None
    kinds: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


FORMATS = {"format", "latex", "json"}
"""Options that each choose the format."""
OPTION_LIKE = re.compile(r"--[a-z]{2}[a-z-]*(=.*)?$")
"""Two minus signs before a word of two letters or more can only be meant as an option."""


def sorted_out(words: Sequence[str], options: Mapping[str, Known]) -> tuple[dict[str, Any], list[str]]:
    """The values of the options by their names in the program, and everything else, so that "-x^2" and "-v**2" are formulas.

    `options` holds every spelling of an option. A word that begins with a minus and is not exactly one of them is a
    formula. Raises SymcalcError("usage") for a word that is only like an option, for an option that stands twice, and for
    a value that is no whole number where one is needed.
    """
    seen: dict[str, str] = {}
    values: dict[str, Any] = {}
    formulas: list[str] = []
    waiting = list(reversed(words))
    while waiting:
        word = waiting.pop()
        name, equals, value = word.partition("=")
        if word == "--":
            formulas += reversed(waiting)
            break
        if word in options:
            option = options[word]
            _once(word, option, seen)
            values[option.name] = _value(word, option, waiting)
        elif equals and name in options and name.startswith("--"):
            option = options[name]
            _once(name, option, seen)
            if not option.takes_value:
                raise SymcalcError("usage", f"{name} takes no value", code="option-value", hint=f"write {name} alone")
            if option.kinds and value not in option.kinds:
                raise wrong_value(name, value, option.kinds)
            values[option.name] = _checked(name, option, value)
        elif OPTION_LIKE.match(word):
            raise unknown_option(name, options)
        else:
            formulas.append(word)
    return values, formulas


def _value(word: str, option: Known, waiting: list[str]) -> Any:
    """The value of an option from the words behind it, which wait in reversed order."""
    if option.kinds:
        return waiting.pop() if waiting and waiting[-1] in option.kinds else option.kinds[0]
    if not option.takes_value:
        return True
    if not waiting:
        raise SymcalcError("usage", f"the option {word} needs a value", code="option-value", hint="see --help")
    return _checked(word, option, waiting.pop())


def _once(word: str, option: Known, seen: dict[str, str]) -> None:
    if option.name in seen:
        raise SymcalcError("usage", f"the option {word} is given twice", code="option-twice", hint="give it one value")
    rival = next((seen[name] for name in FORMATS & seen.keys() if option.name in FORMATS), None)
    if rival is not None:
        raise SymcalcError("usage", f"{rival} and {word} both choose the format", code="option-twice", hint="give one of them")
    seen[option.name] = word


def _checked(word: str, option: Known, value: str) -> str | int:
    """The value, as a number where the option takes one."""
    if option.values and value not in option.values:
        raise wrong_value(word, value, option.values)
    if option.low is None:
        return value
    if not (re.fullmatch(r"[+-]?\d{1,9}", value, re.ASCII) and option.low <= int(value) <= (option.high or int(value))):
        reach = f"from {option.low} to {option.high}" if option.high else f"of at least {option.low}"
        raise SymcalcError("usage", f"{word} cannot be '{value}'", code="option-value", hint=f"it is a whole number {reach}")
    return int(value)


def too_many(command: str, words: Sequence[str], most: int) -> SymcalcError:
    """The error for more words than a command has arguments; mostly the shell has split a formula."""
    if any(re.fullmatch(r"[-+*/^=.,|&!<>]+", word) or re.search(r"[-+*/^=(,]$", word) for word in words):
        hint = f'put the formula between quotes: symcalc {command} "{" ".join(words)}"'
    elif command == "diff":
        hint = f'several variables: symcalc partial "{words[0]}" {" ".join(words[1:])}, or symcalc grad "{words[0]}"'
    else:
        hint = f"see symcalc {command} --help"
    return SymcalcError("usage", f"'{words[most]}' is one word too many", code="too-many-words", hint=hint)


def unknown_option(name: str, options: Mapping[str, Known]) -> SymcalcError:
    import difflib

    said = name.removeprefix("--")
    meant = [option for word in SYNONYMS.get(said, ()) if (option := f"--{word}") in options]
    if not meant and len(said) > 2:
        meant = difflib.get_close_matches(name, [o for o in options if o.startswith("--")], 1, 0.7)
    hint = f"did you mean '{meant[0]}'?" if meant else "see --help; put '--' before a formula that begins with two minus signs"
    hint = OTHERWISE.get(said, hint)
    return SymcalcError("usage", f"there is no option '{name}' here", code="unknown-option", hint=hint)


def unknown_command(name: str, commands: Sequence[str]) -> SymcalcError:
    """The error for a first word that is no command, with the nearest one."""
    import difflib

    near = difflib.get_close_matches(name.lower(), [*commands, *ALIASES, *ELSEWHERE], 1, 0.6)
    target = ALIASES.get(near[0], near[0]) if near else None
    if target == name and name in commands:
        return SymcalcError(
            "usage", f"'{name}' cannot stand in a batch", code="unknown-command", hint="write its lines one by one"
        )
    if target in ELSEWHERE:
        hint = ELSEWHERE[target]
    elif target is None and re.search(r"[-+*/^()=]|\d", name):
        hint = f'a command comes first: symcalc diff "{name}"'
    else:
        hint = f"did you mean '{target}'?" if target else f"the commands are {', '.join(commands)}"
    return SymcalcError("usage", f"there is no command '{name}'", code="unknown-command", hint=hint)


def misplaced(option: str, command: str) -> SymcalcError:
    """The error for an option before the command."""
    return SymcalcError(
        "usage", f"'{option}' stands before the command", code="misplaced", hint=f"write symcalc {command} ... {option}"
    )


SYNONYMS = {
    "order": ("degree",),
    "terms": ("degree",),
    "around": ("at",),
    "about": ("at",),
    "point": ("at",),
    "near": ("at",),
    "radius": ("within",),
    "bound": ("within",),
    "error": ("remainder",),
    "var": ("wrt",),
    "vars": ("wrt",),
    "variables": ("wrt",),
    "minimize": ("min",),
    "minimise": ("min",),
    "maximize": ("max",),
    "maximise": ("max",),
    "direction": ("along",),
    "workers": ("jobs",),
    "threads": ("jobs",),
    "processes": ("jobs",),
    "parallel": ("jobs",),
}
"""What people call the options elsewhere; used for hints only, where a command has the option."""
OTHERWISE = {
    "version": "write symcalc --version",
    "constraint": 'every constraint is an argument of its own: symcalc lagrange "x+y" "x^2+y^2=1"',
    "constraints": 'every constraint is an argument of its own: symcalc lagrange "x+y" "x^2+y^2=1"',
    "subject-to": 'every constraint is an argument of its own: symcalc lagrange "x+y" "x^2+y^2=1"',
}
"""What is no option here, and what to write instead."""
ALIASES = {
    "derivative": "diff",
    "gradient": "grad",
    "differentiate": "diff",
    "derive": "diff",
    "evaluate": "eval",
    "series": "taylor",
}
"""What people call the commands elsewhere; used for hints only."""
ELSEWHERE = {
    "symcalc": "leave out the word symcalc here",
    "integrate": "symcalc differentiates; it does not integrate",
    "solve": 'symcalc lagrange "x+y" "x^2+y^2=1" finds stationary points; equations are not solved for themselves',
    "simplify": "symcalc eval brings a formula into a tidy form as it reads it; it does not simplify further",
    "expand": "symcalc eval shows a formula as it reads it; it does not expand",
    "factor": "symcalc eval shows a formula as it reads it; it does not factor",
}
"""What other programs do, and what there is here instead."""
