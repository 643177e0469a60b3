"""Every case of tests/cases/parse.json: the value, or the kind and column of the error."""

import json
from pathlib import Path

import pytest
import sympy

from symcalc.errors import SymcalcError
from symcalc.notation import Primed, lower
from symcalc.parse import Reading, parse_any, parse_definition

CASES = json.loads((Path(__file__).parent / "cases" / "parse.json").read_text(encoding="utf-8"))


def reading_of(case):
    """The options of a case, with plain symbols, as the expectations are written."""
    options = case.get("options", {})
    return Reading(
        names=tuple(options.get("names", ())),
        functions=tuple(options.get("functions", ())),
        latex=options.get("latex"),
        complex=True,
    )


def plain(value):
    """The value in heads that SymPy has."""
    value = lower(value)
    return value.replace(lambda e: isinstance(e, Primed), lambda e: e.applied.diff((e.applied.args[0], e.orders[0])))


@pytest.mark.parametrize("case", [c for c in CASES if "error" not in c["expect"]], ids=lambda c: c["input"][:40])
def test_value(case):
    expect, reading = case["expect"], reading_of(case)
    wanted = sympy.sympify(expect["srepr"])  # the case file is ours
    if expect["kind"] == "definition":
        found = parse_definition(case["input"], reading)
        assert (found.name, list(found.params)) == (expect["name"], expect["params"])
        assert found.value == wanted
        return
    value = parse_any(case["input"], reading).value
    if expect["kind"] == "vector":
        assert value == sympy.ImmutableMatrix(wanted)
    elif expect["kind"] == "expr":
        assert plain(value) == wanted
        assert isinstance(value, sympy.Expr)
    else:
        assert sympy.srepr(value) == expect["srepr"] or value == wanted


@pytest.mark.parametrize("case", [c for c in CASES if "error" in c["expect"]], ids=lambda c: c["input"][:40])
def test_error(case):
    with pytest.raises(SymcalcError) as caught:
        parse_any(case["input"], reading_of(case))
    error = caught.value
    assert (error.code, error.column) == (case["expect"]["error"], case["expect"]["column"]), error.render()
    assert error.kind == "parse"
    assert error.text == case["input"]
    if "hint_example" in case["expect"]:
        assert error.hint
