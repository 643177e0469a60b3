"""The corpus of the bench: every formula parses, says where it is from, and has a value at its point; the bench's own judge."""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sympy as sp

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.commands import SYMPY_WAYS, judged
from bench.corpus import entries, formulas, questions
from bench.peers import plain_numbers
from bench.tables import Table, growth, markdown
from symcalc.parse import parse_definition, parse_expression, parse_relation, parse_vector

KINDS = {"formulas": parse_expression, "maps": parse_vector, "chains": parse_definition, "programs": parse_expression}


def test_there_are_at_least_200_formulas_each_once_and_with_its_source():
    found = entries()["formulas"]
    assert len({entry["formula"] for entry in found}) == len(found) >= 200
    every = [entry for kind in KINDS for entry in entries()[kind]]
    assert len({entry["name"] for entry in every}) == len(every)
    assert all(len(entry["source"]) > 10 for entry in every)


def test_a_check_names_a_public_text():
    checks = [entry["checked"] for entry in entries()["formulas"] if "checked" in entry]
    assert len(checks) >= 370
    assert not [text for text in checks if len(text) < 10 or text.startswith(("/", "~", "."))]


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_parses(kind):
    for entry in entries()[kind]:
        texts = [entry["formula"]] if isinstance(entry["formula"], str) else entry["formula"]
        assert all(KINDS[kind](text) for text in texts)
        assert all(parse_relation(text) for text in entry.get("constraints", ()))


@pytest.mark.parametrize("command", ["grad", "jacobian", "chain"])
def test_every_formula_has_a_finite_real_value_at_its_point_as_we_and_sympy_read_it(command):
    for question in questions(command):
        names = tuple(question.point)
        for f in formulas(question):
            assert f.free_symbols <= set(names), question
            value = sp.lambdify(names, f, modules=["mpmath"])(*map(float, question.point.values()))
            assert not getattr(value, "imag", 0) and math.isfinite(value), question
            if command == "grad":
                ours = parse_expression(question.texts[0], asked=tuple(x.name for x in question.variables)).value
                read = {x: float(q) for x, q in question.point.items()}
                assert float(ours.evalf(15, subs=read)) == pytest.approx(float(value), rel=1e-9), question


@pytest.mark.parametrize("command", SYMPY_WAYS)
def test_the_judge_accepts_what_is_right_and_sees_what_is_wrong(command):
    question = questions(command, 90)[0]
    answer = ("z = " if command == "tangent" else "") + str(SYMPY_WAYS[command](question))
    assert judged(answer, question) == ""
    *defined, text = question.texts[0].split("=")
    other = replace(question, texts=("=".join([*defined, f" 2*({text})"]), *question.texts[1:]), words=("another",))
    assert judged(answer, other).startswith("wrong")


def test_numbers_of_the_peers_are_read_and_anything_else_is_not():
    assert plain_numbers("matrix([1.5b0,-2.0b-3]) \n") == ("1.5e0", "-2.0e-3")
    assert plain_numbers('"Done",\n{{0.5,1.0E-7},{2,3}}') == ("0.5", "1.0e-7", "2", "3")
    assert plain_numbers("1.5*y") is None
    assert plain_numbers("") is None


def test_growth_is_the_exponent_and_markdown_keeps_bars():
    assert growth([10, 20, 40], [3e-3, 12e-3, 48e-3]) == pytest.approx(2)
    assert growth([10], [1.0]) is None
    assert "| \\|x\\| |" in markdown(Table("t", ("a",), (("|x|",),)))
