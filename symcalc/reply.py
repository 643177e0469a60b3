"""A call answered: syntax first, then the command, the check and the format. Every error becomes a reply."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symcalc import answer, budget, discover, guard
from symcalc import options as opt
from symcalc.call import Call
from symcalc.errors import SymcalcError
from symcalc.page import Page
from symcalc.place import Place

if TYPE_CHECKING:
    from symcalc.result import Result


@dataclass(frozen=True, slots=True)
class Reply:
    """What is to be shown: text for stdout, lines for stderr, the exit code, and the file that takes the text instead of
    stdout."""

    text: str | None = None
    messages: tuple[str, ...] = ()
    exit: int = 0
    output: Path | None = None

    def packed(self) -> tuple[Any, ...]:
        """The same in Python's plain types."""
        return self.text, self.messages, self.exit, None if self.output is None else str(self.output)

    @classmethod
    def unpacked(cls, text: str | None, messages: tuple[str, ...], exit: int, output: str | None) -> Reply:
        return cls(text, messages, exit, None if output is None else Path(output))


def reply_to(call: Call, place: Place) -> Reply:
    """The answer to a call."""
    try:
        check_syntax(call)
        result = answer(call.command, *call.words, reading=call.reading, check=call.check, **call.options)
        return _rendered(call, result, place)
    except Exception as error:
        return refused(_as_failure(error, call.limits), call, place)


def check_syntax(call: Call) -> None:
    """Parse every formula before the command, and with it SymPy, is imported: an error must not wait for that."""
    from symcalc.parse import parse_syntax, statements

    names = discover.positional(call.command)
    asked = _asked(call, names)
    other = next((kind for option, kind in opt.SYNTAX_WITH.items() if call.options.get(option)), None)
    for position, word in enumerate(call.words):
        kind = opt.SYNTAX.get(names[min(position, len(names) - 1)])
        if kind is not None and word is not None:
            kind = other if other and position == 0 else kind
            for text in statements(word) if kind == "definition" else (word,):
                parse_syntax(kind, text, call.reading, asked)


def _asked(call: Call, names: Sequence[str]) -> tuple[str, ...]:
    """The variable names on the command line: the words after the formula, or the value of --wrt; with that of --implicit, and
    with the names of several letters that --at gives a value."""
    from symcalc.parse import valued_names

    after = names[-1] not in opt.SYNTAX
    spoken = [*(call.words[1:] if after else [call.options.get("wrt")]), call.options.get("implicit")]
    said = [n for word in spoken if word for n in word.replace(",", " ").split()]
    return (*said, *valued_names(call.options.get("at") or ""))


def _rendered(call: Call, result: Result, place: Place) -> Reply:
    page = dataclasses.replace(place.page, wrap=call.wrap)
    if call.output is not None:
        page = dataclasses.replace(page, terminal=False, colour=False, ascii=False)
    result = dataclasses.replace(result, notes=(*result.notes, *budget.omitted()))
    text = discover.load("formats", call.format or place.format).render(result, page)
    notes = [f"note: {n}" for n in _untold(result, page, text)]
    if any(s.guessed for s in result.sources):
        from symcalc.formats._plainprinter import verbatim

        notes.insert(0, "read as: " + "; ".join(verbatim(s.value) for s in result.sources if s.value is not None))
    return Reply(text or None, tuple(dict.fromkeys([*_denial(result, page, text), *notes])), int(result.denied), call.output)


def _untold(result: Result, page: Page, text: str) -> list[str]:
    """The notes that the answer itself does not show."""
    notes: list[Any] = [*(n for s in result.sources for n in s.notes), *result.notes]
    if any(isinstance(n, tuple) for n in notes):
        from symcalc.formats._plainprinter import plain
        from symcalc.formats.unicode import pen

        notes = [pen(page).write(n) for n in notes if plain(n) not in text]
    shown = " ".join(text.split())
    return [n for n in notes if n not in shown]


def _denial(result: Result, page: Page, text: str) -> list[str]:
    """The verdict in a line for stderr, where there is neither an answer nor a screen that says so."""
    if text or not result.denied:
        return []
    from symcalc.formats._verdict import sentence

    return [f"line {page.line}: " * (page.line is not None) + sentence(result, page)]


# --- errors ------------------------------------------------------------------------------------------------------


def refused(error: SymcalcError, call: Call, place: Place) -> Reply:
    """The reply that reports why a call has no answer; to be called where the exception is caught."""
    debug = None
    if call.debug:
        import traceback

        debug = traceback.format_exc()
    json = (call.format or place.format) == "json"
    numbers = [n for n, line in enumerate(call.lines, 1) if error.text and error.text in line]
    line = numbers[0] if len(numbers) == 1 and len(call.lines) > 1 else None
    return failed(error, call.spoken, json, place.page, line, debug)


def failed(
    error: SymcalcError,
    spoken: Sequence[str],
    json: bool,
    page: Page,
    line: int | None = None,
    debug: str | None = None,
) -> Reply:
    """The reply that reports an error: on stderr, or as a JSON object on stdout. `spoken` is the command and its words,
    `line` the line of standard input that is wrong."""
    messages = (debug.rstrip(),) if debug else ()
    number = page.line or line
    if not json:
        return Reply(None, (*messages, error.render(number)), error.exit)
    from symcalc.formats.json import failure

    command, *words = spoken or ("",)
    return Reply(failure(error.fields(), command, "; ".join(words), error.exit, number), messages, error.exit)


def _as_failure(error: Exception, limits: guard.Limits) -> SymcalcError:
    """Any exception as an error in our voice."""
    if isinstance(error, SymcalcError):
        return error
    if isinstance(error, MemoryError):
        return guard.exceeded("memory", limits)
    kinds = {kind.__name__ for kind in type(error).__mro__}
    said = " ".join(str(error).split())
    for kind, words, code, problem, hint in KNOWN:
        if kind in kinds and words in said:
            return SymcalcError("limit", problem, code=code, hint=hint)
    return SymcalcError(
        "internal",
        f"this could not be computed ({type(error).__name__}{': ' * bool(said)}{said[:120]})",
        code="internal",
        hint="this is a mistake in symcalc: please report the command line (--debug shows where)",
    )


_SMALLER = "a shorter formula, a lower order or smaller numbers may do"
KNOWN = (
    ("RecursionError", "", "too-deep", "the formula is nested too deeply to be computed", "write its parts as shorter formulas"),
    (
        "ValueError",
        "integer string conversion",
        "too-many-digits",
        f"the answer holds a number of more than {sys.get_int_max_str_digits()} digits",
        _SMALLER,
    ),
    ("PrecisionExhausted", "", "precision", "this needs more digits than can be computed with", _SMALLER),
    ("NoConvergence", "", "precision", "a number in this could not be computed to enough digits", _SMALLER),
    ("OverflowError", "", "too-large", "a number in this is too large to be computed with", _SMALLER),
    ("FlintException", "", "too-large", "this is too large to be computed with", _SMALLER),
)
"""What SymPy and its libraries raise when they give up: kind of exception, words in its text, our code, problem and hint."""
