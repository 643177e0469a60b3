"""A command line understood (Call), answered (Reply): syntax first, then the command, the check and the format."""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from symcalc import answer, discover
from symcalc import options as opt
from symcalc.errors import SymcalcError
from symcalc.parse.reading import Reading
from symcalc.result import Page, Result


@dataclass(frozen=True, slots=True)
class Call:
    """One command line, understood: the command, its arguments and options, and how to show the answer."""

    command: str
    words: tuple[str | None, ...]
    options: dict[str, Any]
    reading: Reading
    format: str | None
    output: Path | None
    wrap: str
    check: bool
    debug: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """What is to be shown: text for stdout (a string or a Rich Text), lines for stderr, the exit code, and the file that
    takes the text instead of stdout."""

    text: Any = None
    messages: tuple[str, ...] = ()
    exit: int = 0
    output: Path | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where answers go: the page, the format when none is asked for, and the lines of standard input when it is not to be
    read (in a batch)."""

    page: Page
    format: str
    stdin: tuple[str, ...] | None = None


def reply_to(call: Call, place: Place) -> Reply:
    """The answer to a call; every error becomes a reply."""
    try:
        _check_syntax(call)
        result = answer(call.command, *call.words, reading=call.reading, check=call.check, **call.options)
        return _rendered(call, result, place)
    except Exception as error:
        json = (call.format or place.format) == "json"
        spoken = [call.command, *(w for w in call.words if w)]
        return failed(_as_failure(error), spoken, json, traceback.format_exc() if call.debug else None)


def _as_failure(error: Exception) -> SymcalcError:
    """Any exception as an error in our voice."""
    if isinstance(error, SymcalcError):
        return error
    if isinstance(error, RecursionError):
        return SymcalcError("limit", "the formula is nested too deeply to be computed", code="too-deep")
    return SymcalcError(
        "internal",
        f"this could not be computed ({type(error).__name__}: {' '.join(str(error).split())[:120]})",
        code="internal",
        hint="this is a mistake in symcalc: please report the command line (--debug shows where)",
    )


def failed(error: SymcalcError, spoken: Sequence[str], json: bool, debug: str | None = None) -> Reply:
    """The reply that reports an error: on stderr, or as a JSON object on stdout. `spoken` is the command and its words."""
    messages = (debug.rstrip(),) if debug else ()
    if not json:
        return Reply(None, (*messages, error.render()), error.exit)
    from symcalc.formats.json import failure

    command, *words = spoken or ("",)
    return Reply(failure(error.fields(), command, "; ".join(words), error.exit), messages, error.exit)


def _check_syntax(call: Call) -> None:
    """Parse every formula before the command, and with it SymPy, is imported: an error must not wait for that."""
    from symcalc.parse import statements, syntax

    names = discover.positional(call.command)
    asked = _asked(call, names)
    for position, word in enumerate(call.words):
        kind = opt.SYNTAX.get(names[min(position, len(names) - 1)])
        if kind is not None and word is not None:
            for text in statements(word) if kind == "definition" else (word,):
                syntax(kind, text, call.reading, asked)


def _asked(call: Call, names: Sequence[str]) -> tuple[str, ...]:
    """The variable names on the command line: the words after the formula, or the value of --wrt."""
    after = names[-1] not in opt.SYNTAX
    spoken = call.words[1:] if after else (call.options.get("wrt"),)
    return tuple(n for word in spoken if word for n in word.replace(",", " ").split())


def _rendered(call: Call, result: Result, place: Place) -> Reply:
    page = dataclasses.replace(place.page, wrap=call.wrap)
    if call.output is not None:
        page = dataclasses.replace(page, terminal=False, colour=False, ascii=False)
    text = discover.load("formats", call.format or place.format).render(result, page)
    said = " ".join(str(text).split())
    notes = [f"note: {n}" for n in (*(n for s in result.sources for n in s.notes), *result.notes) if n not in said]
    if any(s.guessed for s in result.sources):
        from symcalc.formats._plainprinter import verbatim

        notes.insert(0, "read as: " + "; ".join(verbatim(s.value) for s in result.sources if s.value is not None))
    return Reply(text, tuple(dict.fromkeys(notes)), 0, call.output)
