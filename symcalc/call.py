"""What a command line asks for: the command, its arguments and options, how its text is read and its answer shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from inspect import Parameter
from pathlib import Path
from typing import Any, TypeVar

from symcalc import argv, discover
from symcalc import options as opt
from symcalc.declare import Option
from symcalc.errors import SymcalcError, wrong_value
from symcalc.guard import Limits
from symcalc.parse.reading import Reading

T = TypeVar("T", int, float)

SUFFIXES = {".tex": "latex", ".json": "json", ".txt": "plain"}
"""The format that the suffix of an output file chooses."""
WRAPS = ("none", "inline", "display", "equation", "align", "document")


@dataclass(frozen=True, slots=True)
class Call:
    """One command line, understood. `lines` are those of standard input, where the formula came from there."""

    command: str
    words: tuple[str | None, ...]
    options: dict[str, Any]
    reading: Reading
    format: str | None
    output: Path | None
    wrap: str
    check: bool
    debug: bool
    limits: Limits
    lines: tuple[str, ...] = ()

    @property
    def spoken(self) -> tuple[str, ...]:
        """The command and its words."""
        return (self.command, *(word for word in self.words if word))


def spellings(parameters: Iterable[Parameter]) -> dict[str, argv.Known]:
    """Every spelling of the options among the parameters, and of --help."""
    known = dict.fromkeys(("--help", "-h"), argv.Known("help", False))
    for p in parameters:
        (info,) = p.annotation.__metadata__
        if isinstance(info, Option):
            takes_value = p.annotation.__origin__ is not bool
            option = argv.Known(p.name, takes_value, info.min, info.max, opt.KINDS.get(p.name, ()), info.values)
            known |= dict.fromkeys(info.spelled, option)
    return known


@cache
def _signature(command: str) -> tuple[dict[str, argv.Known], dict[str, Any]]:
    """The spellings of the options of a command, and the defaults of its parameters."""
    parameters = discover.parameters(command)
    return spellings(parameters), {p.name: p.default for p in parameters}


def values_of(command: str, words: Sequence[str]) -> dict[str, Any]:
    """The values of the parameters of a command from the words after it. Raises SymcalcError("usage")."""
    known, values = _signature(command)
    chosen, formulas = argv.sorted_out(words, known)
    names, many = discover.positional(command), discover.starred(command)
    if len(formulas) > len(names) and many is None:
        raise argv.too_many(command, formulas, len(names))
    said: dict[str, Any] = dict(zip(names, formulas))  # noqa: B905
    if many is not None:
        said[many] = formulas[len(names) - 1 :]
    return values | chosen | said


def call_of(command: str, values: Mapping[str, Any], limits: Limits) -> Call:
    """The call of a command with the values of its parameters; `limits` hold where the line names none.
    Raises SymcalcError("usage")."""
    own = {name: value for name, value in values.items() if name not in opt.COMMON}
    written = values["from_"]
    if "side" in own and own["side"] is None and written in opt.SIDES:
        own["side"], written = written, None
    many = discover.starred(command)
    words: list[str | None] = []
    for name in discover.positional(command):
        value = own.pop(name)
        words += list(value or ()) if name == many else [value]
    reading = Reading(
        names=tuple(values["names"].replace(",", " ").split()),
        functions=tuple(values["functions"].replace(",", " ").split()),
        constants=not values["no_constants"],
        complex=values["complex"],
        assume=values["assume"],
        latex=one_of("--from", written, {None: None, "text": False, "latex": True}),
    )
    output = Path(values["output"]) if values["output"] else None
    wrap = one_of("--wrap", values["wrap"], {w: w for w in WRAPS})
    chosen = "latex" if values["latex"] else "json" if values["json"] else values["format"]
    if chosen is not None:
        one_of("--format", chosen, {f: f for f in discover.listed("formats")})
    elif output is not None:
        chosen = one_of("the suffix of --output", output.suffix, SUFFIXES)
    limits = limits_of(values["timeout"], values["memory"], limits)
    return Call(command, tuple(words), own, reading, chosen, output, wrap, not values["no_check"], values["debug"], limits)


def limits_of(timeout: str | None, memory: str | None, otherwise: Limits) -> Limits:
    """The limits that --timeout and --memory say. Raises SymcalcError("usage")."""
    seconds = otherwise.seconds if timeout is None else _number("--timeout", timeout, float, 0.1, 86_400, "seconds")
    mebibytes = otherwise.memory if memory is None else _number("--memory", memory, int, 100, 1 << 20, "MiB")
    return Limits(seconds, mebibytes)


def _number(option: str, said: str, kind: Callable[[str], T], low: float, high: float, unit: str) -> T:
    try:
        value = kind(said)
    except ValueError:
        value = None
    if value is None or not low <= value <= high:
        hint = f"it is a number of {unit} from {low} to {high}"
        raise SymcalcError("usage", f"{option} cannot be '{said}'", code="option-value", hint=hint)
    return value


def one_of(option: str, value: Any, table: Mapping[Any, Any]) -> Any:
    """What the table says of an option's value. Raises SymcalcError("usage") listing the values."""
    if value not in table:
        raise wrong_value(option, value, [str(k) for k in table if k is not None])
    return table[value]


def wants_stdin(call: Call) -> bool:
    """Whether the command takes a formula, and it is '-' or missing."""
    first = call.words[0] if call.words else None
    return discover.positional(call.command)[0] in opt.SYNTAX and first in (None, "-")


def with_lines(call: Call, lines: Sequence[str]) -> Call:
    """The call with '-', or a missing formula, replaced by these lines. Raises SymcalcError("usage")."""
    formulas = tuple(line for line in lines if line.strip())
    if not formulas:
        problem = f"symcalc {call.command} needs a formula"
        raise SymcalcError("usage", problem, code="missing-argument", hint=f"for example: {_example(call.command)}")
    takes_many = discover.starred(call.command) == discover.positional(call.command)[0]
    if len(formulas) > 1 and not takes_many:
        raise SymcalcError(
            "usage",
            f"standard input has {len(formulas)} lines, but one formula is expected",
            code="too-many-lines",
            text=formulas[1],
            span=(0, len(formulas[1])),
            hint="symcalc batch answers many lines",
        )
    return dataclasses.replace(call, words=(*formulas, *call.words[1:]), lines=tuple(lines))


def _example(command: str) -> str:
    return next(line for line in discover.help_text(command).splitlines() if line.startswith("symcalc"))
