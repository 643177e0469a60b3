"""Many command lines from a file: one answer a line, in the order of the input.

symcalc batch questions.txt
symcalc batch questions.txt --jobs 4 -f latex
printf 'diff "x^3"\\ngrad "x^2*y"\\n' | symcalc batch -

Each line is what would follow `symcalc`, quoted as in a shell; `#` begins a comment. Answers are JSON, one object a
line, unless --format says otherwise; in other formats a line without an answer is an empty one, so that answers and
questions stay side by side. An error does not stop the rest; the exit code is the worst of all lines. The limits
--timeout and --memory hold for each line. As many lines are answered at once as there are processors, or as --jobs says,
each in a process of its own; the answers keep their order. On a terminal that the answers do not go to, a bar shows how
far it is.
"""

from __future__ import annotations

import dataclasses
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from symcalc import argv, pool
from symcalc import options as opt
from symcalc.call import limits_of, spellings
from symcalc.discover import declared
from symcalc.errors import SymcalcError, wrong_value
from symcalc.guard import Limits, Worker
from symcalc.lines import Lines
from symcalc.place import Place
from symcalc.pool import Slot
from symcalc.reply import Reply, failed

PARAMETERS = [
    declared("lines", opt.Lines, "-"),
    declared("jobs", opt.Jobs, "auto"),
    declared("format", opt.Format, "json"),
    declared("json", opt.Json, False),
    declared("timeout", opt.Timeout, None),
    declared("memory", opt.Memory, None),
]
MAX_JOBS = 256
MAX_AUTO = 16
"""So many at most where nobody says how many: each takes some 70 MiB."""
BYTE_ORDER_MARK = "\ufeff"
"""Some editors put it before the first line."""
MAX_LINE = 100_000
"""Characters; a longer line is refused before it is looked at."""


@dataclass(frozen=True, slots=True)
class Order:
    """Where the lines come from ("-": standard input), the format of the answers, the limits of each, and how many lines are
    answered at once."""

    source: str
    format: str
    limits: Limits
    jobs: int


def understand(words: Sequence[str], formats: Sequence[str]) -> Order:
    """The words after `symcalc batch`. Raises SymcalcError("usage")."""
    said, files = argv.sorted_out(words, spellings(PARAMETERS))
    if len(files) > 1:
        raise SymcalcError("usage", "symcalc batch reads one file", code="too-many-words", hint="'-' is standard input")
    style = "json" if "json" in said else said.get("format", "json")
    if style not in formats:
        raise wrong_value("--format", style, formats)
    limits = limits_of(said.get("timeout"), said.get("memory"), Limits())
    return Order(files[0] if files else "-", style, limits, _jobs(said.get("jobs", "auto")))


def _jobs(said: str) -> int:
    if said == "auto":
        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return min(processors, MAX_AUTO)
    if not re.fullmatch(r"\d{1,3}", said, re.ASCII) or not 1 <= int(said) <= MAX_JOBS:
        hint = f"it is a whole number from 1 to {MAX_JOBS}, or auto: one for each processor"
        raise SymcalcError("usage", f"--jobs cannot be '{said}'", code="option-value", hint=hint)
    return int(said)


def replies(order: Order, place: Place, workers: Sequence[Worker], unanswered: Callable[..., Reply]) -> Iterator[Reply]:
    """The replies to all lines, in order; empty lines and comments have none. A worker is asked packed (words, place);
    `unanswered` makes a reply of an error, the words and the place. Raises SymcalcError("usage") for a file that cannot be read.
    """
    number = 0

    def slot_of(line: str) -> Slot | None:
        nonlocal number
        number += 1
        where = dataclasses.replace(place, page=dataclasses.replace(place.page, line=number))
        try:
            words = _words(line)
        except SymcalcError as error:
            refused = failed(error, ["", line.strip()[:80]], order.format == "json", where.page)
            return Slot(None, refused.packed())
        return Slot((words, where.packed())) if words else None

    with _opened(order.source) as descriptor:
        lines = Lines(descriptor, 4 * (MAX_LINE + 1))
        for request, reply in pool.replies(lines, slot_of, workers, order.limits):
            if isinstance(reply, SymcalcError):
                words, packed = request
                yield _kept(unanswered(reply, words, Place.unpacked(*packed)))
            else:
                yield _kept(Reply.unpacked(*reply))


def _words(line: str) -> list[str]:
    if len(line) > MAX_LINE:
        raise SymcalcError("usage", f"the line is longer than {MAX_LINE} characters", code="too-long")
    try:
        return shlex.split(line.removeprefix(BYTE_ORDER_MARK), comments=True)
    except ValueError as error:
        problem = f"the line is not quoted well: {str(error).lower()}"
        raise SymcalcError("usage", problem, code="quoting", hint="put the formula between quotes") from None


def _kept(reply: Reply) -> Reply:
    """The reply with an empty line where it has no text, so that none is missing."""
    return reply if reply.text is not None else dataclasses.replace(reply, text="")


@contextmanager
def _opened(source: str) -> Iterator[int]:
    """The file descriptor of the source."""
    if source == "-":
        yield sys.stdin.fileno()
        return
    try:
        descriptor = os.open(source, os.O_RDONLY)
        os.read(descriptor, 0)  # a folder can be opened, but not read
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no name of a file"
        hint = "symcalc batch reads a file of command lines; '-' is standard input"
        raise SymcalcError("usage", f"cannot read {source}: {reason}", code="input", hint=hint) from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def count(source: str) -> int | None:
    """How many lines a file has, None for what can be read only once."""
    if source == "-" or not os.path.isfile(source):
        return None
    with open(source, "rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
