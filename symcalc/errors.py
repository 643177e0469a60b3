"""What a user can mend: problem, text, span, hint, exit code."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

EXIT = {"no": 1, "usage": 2, "parse": 2, "shape": 2, "limit": 3, "internal": 3, "check": 4}
"""The exit code of each kind of error (CLI.md, "Streams and exit codes")."""

WINDOW = 100
"""At most this many characters of the user's line are shown around the caret."""


class SymcalcError(Exception):
    """One error in the one voice of symcalc.

    `kind` is a key of EXIT; `code` is a stable finer identifier such as "unknown-function"; `problem` is a sentence;
    `text` the user's own line with `span` (start, end) in it, zero-based code points; `hint` says what to try.
    """

    def __init__(
        self,
        kind: str,
        problem: str,
        *,
        code: str = "",
        text: str = "",
        span: tuple[int, int] | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(problem)
        self.kind, self.code, self.problem, self.hint = kind, code or kind, problem, hint
        self.text = text
        self.span = None if span is None else (span[0], max(span[1], span[0] + 1))

    @property
    def exit(self) -> int:
        return EXIT[self.kind]

    @property
    def column(self) -> int | None:
        """The one-based column of the first wrong character."""
        return None if self.span is None else self.span[0] + 1

    def fields(self) -> dict[str, object]:
        """The "error" object of the JSON answer."""
        span = None if self.span is None else list(self.span)
        return {"kind": self.kind, "code": self.code, "problem": self.problem, "span": span, "hint": self.hint}

    def render(self, line: int | None = None) -> str:
        """The error as the user sees it: the sentence (with the number of the input line that is wrong, where there are
        several), the text with a caret under the exact columns, what to try."""
        lines = [f"error{f' in line {line}' * (line is not None)}: {visible(self.problem)}"]
        if self.span is not None and self.text.strip():
            lines += _caret_lines(self.text, *self.span)
        if self.hint:
            lines.append(visible(self.hint))
        return "\n".join(lines)


def wrong_value(option: str, value: str, values: Sequence[str]) -> SymcalcError:
    """The error for an option that takes one of these values."""
    import difflib

    near = difflib.get_close_matches(value.lower(), values, 1, 0.6)
    hint = f"did you mean '{near[0]}'?" if near else f"it is one of {', '.join(values)}"
    return SymcalcError("usage", f"{option} cannot be '{value}'", code="option-value", hint=hint)


def visible(text: str) -> str:
    """The text with every character that a terminal would act on, or not show, replaced by U+FFFD."""
    return "".join(c if c.isprintable() else "�" for c in text)


def _caret_lines(text: str, start: int, end: int) -> list[str]:
    first = max(0, start - WINDOW // 2) if len(text) > WINDOW else 0
    shown = visible(text[first : first + WINDOW])
    cut_left, cut_right = "…" * (first > 0), "…" * (first + WINDOW < len(text))
    start, end = start - first, min(end - first, WINDOW)
    pad = _cells(cut_left + shown[:start]) + max(0, start - len(shown))
    return [f"  {cut_left}{shown}{cut_right}", "  " + " " * pad + "^" * max(1, _cells(shown[start:end]))]


def _cells(text: str) -> int:
    """Terminal cells: two for wide characters, none for combining ones."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
