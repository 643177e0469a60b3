"""A verdict that denies an answer: on a screen, as one sentence, and its fields for a program."""

from __future__ import annotations

from typing import Any

from symcalc.formats._ascii import ascii_line
from symcalc.formats._line import line
from symcalc.formats._pen import DIM, INDENT, Line, Pen
from symcalc.formats._plainprinter import plain
from symcalc.result import Page, Result, Verdict

WORDS = {"oscillates": "it oscillates", "undefined": "not defined"}
"""What is said where there is no one-sided value."""


def verdict_lines(result: Result, pen: Pen) -> list[Line]:
    """The verdict behind the head it is about, and what it rests on below, aligned."""
    assert result.verdict is not None
    of: Any = result.answer.of
    head = "" if of is None else pen.head(of) + "   "
    if len(head) > pen.width // 2 and hasattr(of, "short"):
        head = pen.head(of.short()) + "   "
    lines = pen.lines(head, str(result.answer.value))
    rows = _rows(result.verdict)
    widest = max((len(label) for label, _ in rows), default=0) + 2
    for label, value in rows:
        (first, *_), *rest = pen.lines(INDENT + " " * widest, value)
        lines += [[(f"{INDENT}{label:<{widest}}", DIM), (first[0][len(INDENT) + widest :], "")], *rest]
    return lines


def _rows(verdict: Verdict) -> list[tuple[str, Any]]:
    found = [
        ("from the left", _said(verdict.left)),
        ("from the right", _said(verdict.right)),
        ("subdifferential", verdict.subdifferential),
        ("witness", verdict.witness),
        ("because", verdict.reason),
    ]
    return [(label, value) for label, value in found if value not in (None, "")]


def _said(side: Any) -> Any:
    return WORDS.get(side, side) if isinstance(side, str) else side


def sentence(result: Result, page: Page) -> str:
    """The verdict in one line."""
    assert result.verdict is not None
    write = ascii_line if page.ascii else line
    head = "" if result.answer.of is None else write(result.answer.of) + " "
    rows = ", ".join(write(value) if label == "because" else f"{label} {write(value)}" for label, value in _rows(result.verdict))
    joined = "is " if str(result.answer.value).startswith("not ") else ""
    return head + joined + str(result.answer.value) + (f": {rows}" if rows else "")


def fields(verdict: Verdict) -> dict[str, Any]:
    """The verdict for a program: exact values as strings, what is absent null."""
    values = {name: getattr(verdict, name) for name in ("value", "left", "right")}
    return {
        "status": verdict.status,
        **{name: None if value is None else plain(value) for name, value in values.items()},
        "subdifferential": verdict.subdifferential,
        "witness": verdict.witness,
        "reason": verdict.reason or None,
        "certainty": verdict.certainty or None,
    }
