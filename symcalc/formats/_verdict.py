"""A verdict that denies an answer: on a screen, as one sentence, and its fields for a program."""

from __future__ import annotations

from typing import Any

from symcalc.formats._ascii import ascii_line
from symcalc.formats._line import line
from symcalc.formats._pen import DIM, INDENT, Line, Pen
from symcalc.formats._phrase import Write
from symcalc.formats._plainprinter import plain
from symcalc.notation import AtPoint
from symcalc.result import Page, Phrase, Result, Verdict, pieces

CONVEX = "f is convex"
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
    rows = _rows(result.verdict, of, pen.write)
    widest = max((len(label) for label, _ in rows), default=0) + 2
    for label, value in rows:
        (first, *_), *rest = pen.lines(INDENT + " " * widest, value)
        lines += [[(f"{INDENT}{label:<{widest}}", DIM), (first[0][len(INDENT) + widest :], "")], *rest]
    return lines


def _rows(verdict: Verdict, of: Any, write: Write) -> list[tuple[str, Phrase | Any]]:
    """What the verdict about `of` rests on: label, and a value or a phrase."""
    same = verdict.left is not None and verdict.left == verdict.right == verdict.value
    place = f"({', '.join(write(a) for _, a in of.point)})" if isinstance(of, AtPoint) else ""
    set_valued = verdict.subdifferential
    found: list[tuple[str, Any]] = [
        ("slope" if same else "partial derivatives", verdict.value),
        ("from the left", None if same else _said(verdict.left)),
        ("from the right", None if same else _said(verdict.right)),
        ("subdifferential", None if set_valued is None else (f"∂f{place} = ", *pieces(set_valued), f"    ({CONVEX})")),
        ("witness", verdict.witness),
        ("because", None if verdict.reason == CONVEX else verdict.reason),
    ]
    return [(label, value) for label, value in found if value is not None and value != ""]


def reason_lines(result: Result, pen: Pen) -> list[Line]:
    """Why there is an answer, where that is said."""
    verdict = result.verdict
    if verdict is None or verdict.denies or not verdict.reason:
        return []
    return pen.lines("because  ", verdict.reason)


def _said(side: Any) -> Any:
    if side == "undecided":
        return None
    return WORDS.get(side, side) if isinstance(side, str) else side


def sentence(result: Result, page: Page) -> str:
    """The verdict in one line."""
    assert result.verdict is not None
    write = ascii_line if page.ascii else line
    head = "" if result.answer.of is None else write(result.answer.of) + " "
    texts = [(label, write(value)) for label, value in _rows(result.verdict, result.answer.of, write)]
    rows = ", ".join(text if label in ("because", "witness") else f"{label} {text}" for label, text in texts)
    said = str(result.answer.value)
    return (head.rstrip() + ": " if said.startswith("not ") else head) + said + (f"; {rows}" if rows else "")


def fields(verdict: Verdict) -> dict[str, Any]:
    """The verdict for a program: exact values as strings, what is absent null."""
    values = {name: getattr(verdict, name) for name in ("value", "left", "right")}
    return {
        "status": verdict.status,
        **{name: None if value is None else plain(value) for name, value in values.items()},
        "subdifferential": None if verdict.subdifferential is None else plain(verdict.subdifferential),
        "witness": None if verdict.witness is None else plain(verdict.witness),
        "reason": plain(verdict.reason) or None,
        "certainty": verdict.certainty or None,
    }
