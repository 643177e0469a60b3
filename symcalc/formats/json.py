"""One JSON object on one line, also for an error."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from symcalc.formats._dependencies import data, tex_array
from symcalc.formats._plainprinter import plain, verbatim
from symcalc.formats._table import tex_table
from symcalc.formats._texprinter import tex
from symcalc.formats._verdict import fields, sentence
from symcalc.formats.latex import body
from symcalc.formats.plain import written
from symcalc.result import Dependencies, Fact, Page, Point, Points, Result, Step, Table

SCHEMA = "symcalc/1"


def render(result: Result, page: Page) -> str:
    """The whole result by the schema of symcalc/1, exact values as strings. A verdict that there is no answer is an error."""
    answer = result.answer
    shown: dict[str, Any] = {
        "schema": SCHEMA,
        "ok": not result.denied,
        "command": result.command,
        "line": page.line,
        "input": "; ".join(source.text for source in result.sources),
        "read_as": "; ".join(verbatim(source.value) for source in result.sources),
        "variables": [symbol.name for symbol in result.variables],
        "answer": _value(answer) | {"latex": "" if result.denied else body(result)} | _verdict(result),
        "facts": [_fact(fact) for fact in result.facts],
        "steps": [_step(step) for step in result.steps],
        "notes": [plain(note) for note in result.notes],
        "check": None,
    }
    if result.check is not None:
        shown["check"] = {"points": result.check.points, "max_relative_error": result.check.max_relative_error}
    if isinstance(answer.value, Points):
        shown |= _points(answer.value)
    graph = next((f.value for f in (answer, *result.facts) if isinstance(f.value, Dependencies)), None)
    if graph is not None:
        shown["graph"] = data(graph)
    if result.denied:
        problem = {
            "kind": "no",
            "code": _code(result),
            "problem": sentence(result, replace(page, ascii=True)),
            "span": None,
            "hint": None,
        }
        shown |= {"exit": 1, "error": problem}
    return _dumped(shown)


def _code(result: Result) -> str:
    assert result.verdict is not None
    return result.verdict.status.replace(" ", "-")


def failure(fields: dict[str, Any], command: str, text: str, exit_code: int, line: int | None = None) -> str:
    """The object of an error: `fields` as SymcalcError.fields() gives them, the input `text`, the exit code, and the number
    of the input line where there are several."""
    shown = {"schema": SCHEMA, "ok": False, "command": command, "line": line, "input": text, "exit": exit_code, "error": fields}
    return _dumped(shown)


def _dumped(shown: dict[str, Any]) -> str:
    """The object on one line; what a terminal would act on, or an encoding refuse, is escaped."""
    text = json.dumps(shown, ensure_ascii=False, allow_nan=False)
    return text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def _value(fact: Fact) -> dict[str, Any]:
    value: Any = fact.value
    return {
        "name": fact.name,
        "of": None if fact.of is None else verbatim(fact.of),
        "relation": fact.relation,
        "shape": list(value.shape) if getattr(value, "is_Matrix", False) else None,
        "plain": written(value),
        "latex": "",
        "numeric": fact.numeric,
    }


def _verdict(result: Result) -> dict[str, Any]:
    return {} if result.verdict is None else fields(result.verdict)


def _fact(fact: Fact) -> dict[str, Any]:
    return _value(fact) | {"latex": _latex(fact.value)}


def _latex(value: Any) -> str:
    if isinstance(value, Table):
        return tex_table(value)
    return tex_array(value) if isinstance(value, Dependencies) else tex(value)


def _step(step: Step) -> dict[str, Any]:
    return {
        "rule": step.rule,
        "before": plain(step.before),
        "after": plain(step.after),
        "relation": step.relation,
        "substeps": [_step(substep) for substep in step.substeps],
    }


def _points(points: Points) -> dict[str, Any]:
    return {
        "points": [_point(point) for point in points.points],
        "families": [plain(family.words) for family in points.families],
        "global": {side: str(extremum) for side, extremum in points.extrema.items()},
        "label": points.label,
        "qualification": points.qualification,
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "at": {symbol.name: plain(value) for symbol, value in point.at.items()},
        "value": plain(point.value),
        "multipliers": {symbol.name: plain(value) for symbol, value in point.multipliers.items()},
        "kind": point.kind,
        "numeric": dict(point.numeric),
    }
