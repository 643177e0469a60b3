"""Every JSON answer satisfies the schema, keeps exact values as strings and stands on one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from formats_results import ALL, CHAIN, DERIVED, DIFF, EVAL, GRADIENT, HESSIAN, LAGRANGE, SIGMOID, WORDS

from symcalc.errors import SymcalcError
from symcalc.formats import json as json_format
from symcalc.result import Page, Result

SCHEMA = json.loads((Path(__file__).parent / "cases" / "schema.json").read_text(encoding="utf-8"))


def read(result: Result) -> dict[str, Any]:
    found = json.loads(json_format.render(result, Page()))
    assert isinstance(found, dict)
    return found


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", ALL)
def test_schema(name: str) -> None:
    text = json_format.render(ALL[name], Page())
    assert "\n" not in text
    jsonschema.validate(json.loads(text), SCHEMA)


def test_the_schema_refuses_what_is_wrong() -> None:
    for change in ({"schema": "symcalc/2"}, {"answer": None}, {"check": {"points": 5}}, {"input": 3}, {"extra": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(read(DIFF) | change, SCHEMA)


def test_gradient() -> None:
    assert read(GRADIENT) == {
        "schema": "symcalc/1",
        "ok": True,
        "command": "grad",
        "line": None,
        "input": "3*x1**2+5*exp(x2**2)",
        "read_as": "3*x1**2 + 5*exp(x2**2)",
        "variables": ["x1", "x2"],
        "answer": {
            "name": "gradient",
            "of": "grad(3*x1**2 + 5*exp(x2**2))",
            "relation": "=",
            "shape": [2, 1],
            "plain": "[6*x1, 10*x2*exp(x2**2)]",
            "latex": r"\begin{bmatrix} 6 x_{1} \\ 10 x_{2} e^{x_{2}^{2}} \end{bmatrix}",
            "numeric": None,
        },
        "facts": [],
        "steps": [],
        "notes": [],
        "check": {"points": 5, "max_relative_error": 3e-31},
    }


def test_steps() -> None:
    (step,) = read(DERIVED)["steps"]
    assert step["rule"] == "product rule"
    assert step["before"] == "Derivative(x**2*sin(x), x)"
    assert step["after"] == "x**2*cos(x) + 2*x*sin(x)"
    assert step["substeps"] == [
        {"rule": "power rule", "before": "Derivative(x**2, x)", "after": "2*x", "relation": "=", "substeps": []}
    ]


def test_facts() -> None:
    found = read(HESSIAN)["facts"]
    assert [fact["name"] for fact in found] == ["Hessian at the point", "eigenvalues", "definiteness"]
    assert found[0]["shape"] == [2, 2] and found[0]["plain"] == "[[12, -4], [-4, 12]]"
    assert found[1]["plain"] == "[16, 8]"
    assert found[2]["plain"] == "positive definite: strict local minimum" and found[2]["of"] is None
    assert read(CHAIN)["answer"]["numeric"] == "1.5"


def test_definitions_are_written_out_in_the_answer() -> None:
    answer = read(SIGMOID)["answer"]
    assert answer["plain"] == "w*exp(-w*x - b)/(1 + exp(-w*x - b))**2"
    assert answer["latex"] == r"\frac{w e^{-w x - b}}{(1 + e^{-w x - b})^{2}}"


def test_points() -> None:
    found = read(LAGRANGE)
    assert found["answer"]["plain"] == "[[-sqrt(2)/2, -sqrt(2)/2], [sqrt(2)/2, sqrt(2)/2]]"
    assert found["points"][1] == {
        "at": {"x": "sqrt(2)/2", "y": "sqrt(2)/2"},
        "value": "sqrt(2)",
        "multipliers": {"lambda1": "sqrt(2)/2"},
        "kind": "strict maximum",
        "numeric": {"x": "0.707107", "y": "0.707107", "lambda1": "0.707107", "value": "1.41421"},
    }
    assert found["families"] == [] and found["global"] == {"minimum": "global minimum -sqrt(2) at point 1: the set is compact"}
    assert found["label"] == "complete: every real solution of the system"
    assert "points" not in read(EVAL)


def test_signs_stay_as_they_are() -> None:
    assert "├── u" in json_format.render(WORDS, Page())


def test_failure() -> None:
    error = SymcalcError("parse", "unknown function 'sni'", text="3*sni(x)", span=(2, 5), hint="did you mean 'sin'?")
    text = json_format.failure(error.fields(), "grad", "3*sni(x)", error.exit)
    assert "\n" not in text
    found = json.loads(text)
    jsonschema.validate(found, SCHEMA)
    assert found["ok"] is False and found["exit"] == 2 and found["command"] == "grad" and found["input"] == "3*sni(x)"
    assert found["error"]["span"] == [2, 5] and found["error"]["hint"] == "did you mean 'sin'?"
