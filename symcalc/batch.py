"""Many command lines in one process: one answer a line, in the order of the input.

symcalc batch questions.txt
printf 'diff "x^3"\\ngrad "x^2*y"\\n' | symcalc batch -

Each line is what would follow `symcalc`, quoted as in a shell; `#` begins a comment. Answers are JSON, one object a
line, unless --format says otherwise; in other formats a line without an answer is an empty one, so that answers and
questions stay side by side. An error does not stop the rest; the exit code is the worst of all lines. The limits
--timeout and --memory hold for each line.
"""

from __future__ import annotations

import dataclasses
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from symcalc import argv
from symcalc import options as opt
from symcalc.call import limits_of, spellings
from symcalc.discover import declared
from symcalc.errors import SymcalcError, wrong_value
from symcalc.guard import Limits
from symcalc.place import Place
from symcalc.reply import Reply, failed

PARAMETERS = [
    declared("lines", opt.Lines, "-"),
    declared("format", opt.Format, "json"),
    declared("json", opt.Json, False),
    declared("timeout", opt.Timeout, None),
    declared("memory", opt.Memory, None),
]
MAX_LINE = 100_000
"""Characters; a longer line is refused before it is looked at."""


@dataclass(frozen=True, slots=True)
class Order:
    """Where the lines come from ("-": standard input), the format of the answers, and the limits of each."""

    source: str
    format: str
    limits: Limits


def understand(words: Sequence[str], formats: Sequence[str]) -> Order:
    """The words after `symcalc batch`. Raises SymcalcError("usage")."""
    said, files = argv.sorted_out(words, spellings(PARAMETERS))
    if len(files) > 1:
        raise SymcalcError("usage", "symcalc batch reads one file", code="too-many-words", hint="'-' is standard input")
    style = "json" if "json" in said else said.get("format", "json")
    if style not in formats:
        raise wrong_value("--format", style, formats)
    return Order(files[0] if files else "-", style, limits_of(said.get("timeout"), said.get("memory"), Limits()))


def replies(order: Order, place: Place, ask: Callable[[Sequence[str], Place], Reply]) -> Iterator[Reply]:
    """The replies to all lines, in order; empty lines and comments have none. `ask` answers the words of one line."""
    for number, line in enumerate(_lines(order.source), 1):
        where = dataclasses.replace(place, page=dataclasses.replace(place.page, line=number))
        try:
            words = _words(line)
        except SymcalcError as error:
            yield _kept(failed(error, ["", line.strip()[:80]], order.format == "json", where.page))
            continue
        if words:
            yield _kept(ask(words, where))


def _words(line: str) -> list[str]:
    if len(line) > MAX_LINE:
        raise SymcalcError("usage", f"the line is longer than {MAX_LINE} characters", code="too-long")
    try:
        return shlex.split(line, comments=True)
    except ValueError as error:
        problem = f"the line is not quoted well: {str(error).lower()}"
        raise SymcalcError("usage", problem, code="quoting", hint="put the formula between quotes") from None


def _kept(reply: Reply) -> Reply:
    """The reply with an empty line where it has no text, so that none is missing."""
    return reply if reply.text is not None else dataclasses.replace(reply, text="")


def _lines(source: str) -> Iterator[str]:
    if source == "-":
        yield from _bounded(sys.stdin)
        return
    try:
        with Path(source).open(encoding="utf-8", errors="surrogateescape") as file:
            yield from _bounded(file)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no name of a file"
        raise SymcalcError("usage", f"cannot read {source}: {reason}", code="input") from None


def _bounded(file: TextIO) -> Iterator[str]:
    """The lines of a file; of one that is too long only the first part."""
    while line := file.readline(MAX_LINE + 1):
        rest = line
        while len(rest) > MAX_LINE and not rest.endswith("\n"):
            rest = file.readline(MAX_LINE + 1)
        yield line
