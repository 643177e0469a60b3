"""The known answers of tests/cases: every case through the command line's own understanding, judged by value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from judge import equal_in_value, read, symbol

from symcalc import answer
from symcalc.cli import understand
from symcalc.formats import unicode
from symcalc.reply import Place
from symcalc.result import Fact, Page, Points, Result

CASES = Path(__file__).parent / "cases"


def load(*files):
    return [case for f in files for case in json.loads((CASES / f"{f}.json").read_text("utf-8"))]


def case_id(case):
    return " ".join(case["words"])


def run(words) -> Result:
    call = understand(words, Place(Page(), "plain", ()))
    return answer(call.command, *call.words, reading=call.reading, **call.options)


ALL = load("notes", "worked")
DECIDED = [c for c in ALL if "status" in c]
SCALAR = [c for c in ALL if isinstance(c["expect"], str) and c["words"][0] != "tangent"]
BY_NAME = [c for c in ALL if isinstance(c["expect"], dict) and c["words"][0] == "grad"]
MATRIX = [c for c in ALL if c["words"][0] in ("jacobian", "hessian")]
CHAIN = [c for c in load("chain", "notes") if c["words"][0] == "chain" and "--form" not in c["words"]]


def value(result: Result):
    found = result.answer.value
    return found.doit() if hasattr(found, "doit") else found


@pytest.mark.parametrize("case", SCALAR, ids=case_id)
def test_scalar(case):
    result = run(case["words"])
    assert equal_in_value(value(result), read(case["expect"]))
    assert result.check.points > 0


@pytest.mark.parametrize("case", BY_NAME, ids=case_id)
def test_gradient(case):
    result = run(case["words"])
    assert list(map(str, result.variables)) == list(case["expect"])
    assert result.answer.value.shape == (len(case["expect"]), 1)
    for entry, expected in zip(result.answer.value, case["expect"].values(), strict=True):
        assert equal_in_value(entry, read(expected))


@pytest.mark.parametrize("case", DECIDED, ids=case_id)
def test_verdict(case):
    result = run(case["words"])
    assert result.verdict.status == case["status"]
    assert result.denied == (case["expect"] is None)


@pytest.mark.parametrize("case", MATRIX, ids=case_id)
def test_matrix(case):
    result, expect = run(case["words"]), case["expect"]
    rows = expect["matrix"] if isinstance(expect, dict) else expect
    matrix = result.answer.value
    assert matrix.shape == (len(rows), len(rows[0]))
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            assert equal_in_value(matrix[i, j], read(text)), (i, j)
    if isinstance(expect, dict):
        assert expect["verdict"] in fact(result, "verdict").value


@pytest.mark.parametrize("case", [c for c in ALL if c["words"][0] == "tangent"], ids=case_id)
def test_tangent(case):
    result = run(case["words"])
    assert str(result) == case["expect"]
    assert result.check.points > 0


def fact(result: Result, name: str) -> Fact:
    return next(f for f in result.facts if f.name == name)


def line(expression) -> str:
    """One expression as the unicode format writes it."""
    return unicode.render(Result(Fact("value", expression)), Page())


@pytest.mark.parametrize("case", CHAIN, ids=case_id)
def test_chain(case):
    result, expect = run(case["words"]), case["expect"]
    rules = [f for f in (*result.facts, result.answer) if f.of is not None]
    printed = [f"{line(f.of)} = {line(f.value)}" for f in rules]
    assert expect["rule"] in printed
    if "substituted" in expect:
        assert equal_in_value(value(result), read(expect["substituted"]))
        assert result.check.points > 0


@pytest.mark.parametrize("case", [c for c in load("chain") if "--form" in c["words"]], ids=case_id)
def test_chain_in_matrix_form(case):
    result, expect = run(case["words"]), case["expect"]
    assert equal_in_value(fact(result, "Df").value, read(expect["Df"]))
    assert equal_in_value(fact(result, "Dg").value, read(expect["Dg"]))
    assert equal_in_value(result.answer.value, read(expect["product"]))


@pytest.mark.parametrize("case", [c for c in ALL if c["words"][0] == "lagrange"], ids=case_id)
def test_lagrange(case):
    points = run(case["words"]).answer.value
    assert isinstance(points, Points)
    assert len(points.points) == len(case["expect"])
    for found, expected in zip(points.points, case["expect"], strict=True):
        assert {str(k): v for k, v in found.at.items()} == {k: read(v) for k, v in expected["at"].items()}
        assert found.value == read(expected["value"])
        assert found.kind.endswith(expected["kind"])


def test_own_name_in_a_derivative():
    """dy/du of a sigmoid y is printed as y·(1 - y)."""
    result = run(["chain", "y = 1/(1+exp(-u))", "u = w*x+b", "--wrt", "x"])
    assert line(fact(result, "factors").value) in ("y·(1 - y)·w", "w·y·(1 - y)")
    assert fact(result, "where").of.args == (symbol("u"),)


def test_every_case_is_run():
    others = ("chain", "lagrange", "tangent")
    run_here = [*SCALAR, *BY_NAME, *MATRIX, *[c for c in ALL if c["words"][0] in others or c["expect"] is None]]
    assert len(run_here) == len(ALL)
