"""Many command lines in one process: one answer a line, in the order of the input.

symcalc batch questions.txt
printf 'diff "x^3"\ngrad "x^2*y"\n' | symcalc batch -

Each line is what would follow `symcalc`, quoted as in a shell; `#` begins a comment. Answers are JSON, one object a
line, unless --format says otherwise. An error does not stop the rest; the exit code is the worst of all lines.
"""

from __future__ import annotations

import dataclasses
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from symcalc.errors import SymcalcError

OPTIONS = {"-f": True, "--format": True, "--json": False, "--debug": False}


def run(words: Sequence[str], place: Any, respond: Callable[..., Any], show: Callable[[Any], int]) -> int:
    """Answer every line of the file named in `words` and return the worst exit code."""
    from symcalc import argv

    chosen, _, rest = _split(argv.arranged(words, OPTIONS))
    style = chosen.get("-f") or chosen.get("--format") or "json"
    place = dataclasses.replace(place, format=style, stdin=[], page=dataclasses.replace(place.page, terminal=False, colour=False))
    return max((show(reply) for reply in _replies(_lines(rest[0] if rest else "-"), place, respond)), default=0)


def _split(arranged: Sequence[str]) -> tuple[dict[str, str], str, list[str]]:
    border = arranged.index("--")
    front = list(arranged[:border])
    chosen: dict[str, str] = {}
    while front:
        name, equals, value = front.pop(0).partition("=")
        chosen[name] = value if equals else (front.pop(0) if OPTIONS[name] else "")
    return chosen, "--", list(arranged[border + 1 :])


def _lines(name: str) -> Iterator[str]:
    if name == "-":
        yield from sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8", errors="surrogateescape") as file:
            yield from file
    except OSError as error:
        raise SymcalcError("usage", f"cannot read {name}: {error.strerror}", code="input") from None


def _replies(lines: Iterable[str], place: Any, respond: Callable[..., Any]) -> Iterator[Any]:
    for line in lines:
        try:
            words = shlex.split(line, comments=True)
        except ValueError as error:
            words = [line.strip()]
            yield respond(words, place, SymcalcError("usage", f"this line is not quoted well: {error}", code="quoting"))
            continue
        if words:
            yield respond(words, place)
