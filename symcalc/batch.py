"""Many command lines in one process: one answer a line, in the order of the input.

symcalc batch questions.txt
printf 'diff "x^3"\ngrad "x^2*y"\n' | symcalc batch -

Each line is what would follow `symcalc`, quoted as in a shell; `#` begins a comment. Answers are JSON, one object a
line, unless --format says otherwise. An error does not stop the rest; the exit code is the worst of all lines.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from symcalc import argv
from symcalc.errors import SymcalcError
from symcalc.reply import Place, Reply, failed

OPTIONS = {"-f": True, "--format": True, "--json": False}


@dataclass(frozen=True, slots=True)
class Order:
    """Where the lines come from ("-": standard input) and the format of the answers."""

    source: str
    format: str


def understand(words: Sequence[str], formats: Sequence[str]) -> Order:
    """The words after `symcalc batch`. Raises SymcalcError("usage")."""
    arranged = argv.arranged(words, OPTIONS)
    border = arranged.index("--")
    chosen, files = arranged[:border], arranged[border + 1 :]
    if len(files) > 1:
        raise SymcalcError("usage", "symcalc batch reads one file", code="too-many-words", hint="'-' is standard input")
    style = "json"
    for position, word in enumerate(chosen):
        name, equals, value = word.partition("=")
        if OPTIONS.get(name):
            style = value if equals else chosen[position + 1]
    if style not in formats:
        hint = f"it is one of {', '.join(formats)}"
        raise SymcalcError("usage", f"--format cannot be '{style}'", code="option-value", hint=hint)
    return Order(files[0] if files else "-", style)


def replies(order: Order, place: Place, respond: Callable[[Sequence[str], Place], Reply]) -> Iterator[Reply]:
    """The replies to all lines, in order; empty lines and comments have none."""
    for number, line in enumerate(_lines(order.source), 1):
        try:
            words = shlex.split(line, comments=True)
        except ValueError as error:
            problem = f"line {number} is not quoted well: {str(error).lower()}"
            wrong = SymcalcError("usage", problem, code="quoting", hint="put the formula between quotes")
            yield failed(wrong, ["", line.strip()], json=order.format == "json")
            continue
        if words:
            yield respond(words, place)


def _lines(source: str) -> Iterator[str]:
    if source == "-":
        yield from sys.stdin
        return
    try:
        with Path(source).open(encoding="utf-8", errors="surrogateescape") as file:
            yield from file
    except OSError as error:
        raise SymcalcError("usage", f"cannot read {source}: {error.strerror}", code="input") from None
