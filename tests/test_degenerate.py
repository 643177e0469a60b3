"""Degenerate systems through the command line: a clear answer with the right exit code, and no claim beyond what is true.

What is true was worked out by hand: the number of listed points, and the least and the largest value where they exist.
"""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
import sympy as sp
from judge import read
from terminal import in_process

from symcalc import SymcalcError, answer
from symcalc.formats._plainprinter import plain

NONE = "there is no real stationary point"
EMPTY = "no real point satisfies the constraints"
CIRCLE = "x^2+y^2=1"
ROOT2 = ("-sqrt(2)", "sqrt(2)")
ANSWERED = [
    # what it is, words, number of points (None: a family), (least, largest value; None: there is none), words on the screen
    ("unbounded hyperbola", ["x+y", "x*y=1"], 2, (None, None), "no global minimum"),
    ("not compact, bounded below", ["x^2+y^2", "x*y=1"], 2, ("2", None), "global minimum"),
    ("convex on a line", ["x*y", "x-y=0"], 1, ("0", None), "no global maximum"),
    ("repeated constraint", ["x", CIRCLE, CIRCLE], 2, ("-1", "1"), "constraint 2 repeats another one"),
    ("proportional constraint", ["x", CIRCLE, "2*x^2+2*y^2=2"], 2, ("-1", "1"), "constraint 2 repeats another one"),
    ("a constraint without variables", ["x+y", CIRCLE, "1=1"], 2, ROOT2, "constraint 2 is always true"),
    ("an inequality without variables", ["x+y", CIRCLE, "1<=2"], 2, ROOT2, "inequality 1 is always true"),
    ("its border", ["x+y", CIRCLE, "1<=1"], 2, ROOT2, "inequality 1 is always true"),
    ("more constraints than variables", ["x", "x^2=1", "x=1", "x^3=1"], 1, ("1", "1"), "constraint qualification fails"),
    ("three for two", ["x+y", "x+y=2", "x-y=0", "x*y=1"], 1, ("2", "2"), "constraint qualification fails"),
    ("constant objective", ["5", CIRCLE], None, ("5", "5"), "x² + y² - 1 = 0"),
    ("constant objective on a disc", ["5", "x^2+y^2<=1"], None, ("5", "5"), "all points are stationary"),
    ("constant objective at a point", ["5", "x=1"], 1, ("5", "5"), "5"),
    ("constant on the constraint", ["x*y", "x*y=1"], None, ("1", "1"), "x·y - 1 = 0"),
    ("linear along its own line", ["x+y", "x+y=3"], None, ("3", "3"), "y = 3 - x"),
    ("linear over its own half plane", ["x+y", "x+y<=3"], None, (None, "3"), "y = 3 - x"),
    ("squared constraint", ["x+y", "(x^2+y^2-1)^2=0"], 2, ROOT2, "repeated factors"),
    ("repeated line", ["x", "(x-1)^2*(x+y)=0"], None, (None, None), "repeated factors"),
    ("cubed inequality", ["x+y", "(x^2+y^2-1)^3<=0"], 2, ROOT2, "is read as"),
    ("squared inequality", ["x+y", "(x^2+y^2-1)^2<=0"], 2, ROOT2, "constraint qualification"),
    ("two circles", ["x+y", "(x^2+y^2-1)*(x^2+y^2-9)=0"], 4, ("-3*sqrt(2)", "3*sqrt(2)"), "strict"),
    ("two points", ["x", "(x^2-1)^2+y^2=0"], 2, ("-1", "1"), "constraint qualification"),
    ("two intervals", ["x", "x^2>=1", "x^2<=4"], 4, ("-2", "2"), "strict"),
    ("oval and branch", ["x", "y^2=x*(x-1)*(x-2)"], 3, ("0", None), "no global maximum"),
    ("isolated point of a curve", ["x", "y^2=x^2*(x-1)*(x-2)"], 3, (None, None), "constraint qualification"),
    ("cusp", ["x", "x^3-y^2=0"], 1, ("0", None), "constraint qualification"),
    ("cusp, along it", ["y", "x^3-y^2=0"], 1, (None, None), "constraint qualification"),
    ("isolated feasible point", ["x", "x^2+y^2=0"], 1, ("0", "0"), "constraint qualification"),
    ("disc of radius 0", ["x+y", "x^2+y^2<=0"], 1, ("0", "0"), "constraint qualification"),
    ("an equation as two inequalities", ["x", "x>=0", "x<=0"], 1, ("0", "0"), "x"),
    ("a line as two inequalities", ["x^2+y^2", "x+y<=1", "x+y>=1"], 1, ("1/2", None), "x"),
    ("unbounded below on a polyhedron", ["-x-y", "2*x+y>=1", "x+3*y>=1", "x>=0", "y>=0"], 3, (None, "-3/5"), "global maximum"),
    ("pole inside", ["1/x", "x>=-1", "x<=1"], 2, (None, None), "no global minimum"),
    ("every multiplier vanishes", ["x^2", "y=x^2", "y=0"], 1, ("0", "0"), "constraint qualification"),
    ("square factor of an inequality", ["(x+1)^2+(y-1)^2", "x^2*y<=0"], 3, ("1", None), "constraint qualification"),
]  # fmt: skip
REFUSED = [
    (["x+y", "x^2+y^2=-1"], EMPTY),
    (["x+y", "x^2+y^2+1<=0"], EMPTY),
    (["x+y", "x=1", "x=2"], EMPTY),
    (["x+y", CIRCLE, "x^2+y^2=4"], EMPTY),
    (["x+y", CIRCLE, "1=2"], EMPTY),
    (["x+y", CIRCLE, "2<=1"], EMPTY),
    (["x+y", "x+y=2", "x-y=0", "x*y=2"], EMPTY),
    (["x", "x>=0", "y>=0", "x+y<=-1"], EMPTY),
    (["x+y", "x>=1", "x<=0"], EMPTY),
    (["x^2-y^2", "x*y=1"], NONE),
    (["x+y", "x+2*y=3"], NONE),
    (["x+y", "x+2*y<=3"], NONE),
    (["x", "y>=0"], NONE),
    (["x+y", "1=1"], NONE),
]  # fmt: skip


def ask(words, *options):
    shown = in_process(shlex.join(["symcalc", "lagrange", *words, *options]), Path.cwd())
    return shown.text, shown.code


def judge_claims(answer, true):
    """A value that is claimed is the true one; none is denied that exists."""
    for side, value in zip(("minimum", "maximum"), true, strict=True):
        sentence = answer["global"][side]
        claimed = re.match(rf"global {side} (\S+) ", sentence)
        if claimed:
            assert value is not None and sp.simplify(read(claimed[1]) - read(value)) == 0
        else:
            assert sentence == "not decided" or (sentence.startswith(f"no global {side}") and value is None)


@pytest.mark.parametrize("name,words,points,true,text", ANSWERED, ids=[row[0] for row in ANSWERED])
def test_degenerate_but_answered(name, words, points, true, text):
    screen, code = ask(words, "--no-check")
    assert code == 0
    assert text in " ".join(screen.split())
    answer, code = ask(words, "--json")
    answer = json.loads(answer)
    assert code == 0 and answer["ok"]
    assert bool(answer["families"]) if points is None else len(answer["points"]) == points
    judge_claims(answer, true)


@pytest.mark.parametrize("words,problem", REFUSED, ids=lambda a: " ".join(a) if isinstance(a, list) else a)
def test_degenerate_without_an_answer(words, problem):
    screen, code = ask(words, "--no-check")
    assert code == 1 and problem in " ".join(screen.split())
    answer, code = ask(words, "--json")
    assert code == 1 and json.loads(answer)["error"]["problem"] == problem


def test_a_sign_is_not_lost_with_a_square():
    """x^2*y <= 0 near (-1, 0) is y <= 0: its multiplier there is that of y times 1/x^2."""
    answer = json.loads(ask(["(x+1)^2+(y-1)^2", "x^2*y<=0"], "--json")[0])
    (point,) = [p for p in answer["points"] if p["at"] == {"x": "-1", "y": "0"}]
    assert point["multipliers"] == {"lambda": "-2"} and point["kind"].startswith("strict minimum")


def test_an_odd_power_keeps_its_sign():
    answer = json.loads(ask(["(x+1)^2+y^2", "x^3>=0"], "--json")[0])
    (point,) = answer["points"]
    assert point["multipliers"] == {"lambda": "-2"} and point["kind"].startswith("strict minimum")
    judge_claims(answer, ("1", None))


@pytest.mark.parametrize(
    "formula,kinds",
    [
        ("(x^2+y^2)^2", ["strict minimum"]),  # x^2 + y^2 = 0 is a curve of complex points with one real one
        ("(x^2+y^2+z^2)^2", ["strict minimum"]),
        ("x^3-3*x*y^2", ["saddle"]),
        ("x^4+y^4", ["strict minimum"]),
        ("-(x-1)^4-y^4", ["strict maximum"]),
        ("(x-1)^4-y^4", ["saddle"]),
        ("x^2-y^4", ["saddle"]),
        ("(y-x^2)*(y-3*x^2)", ["saddle"]),
        ("(x^2+y^2)^2-y^6/100", ["strict minimum", "saddle", "saddle"]),
    ],
)
def test_degenerate_points_without_constraints(formula, kinds):
    points = answer("critical", formula).answer.value
    assert points.label == "exact, all real points" and points.families == ()
    assert sorted(p.kind for p in points.points) == sorted(kinds)


def test_a_real_point_of_a_complex_curve_is_feasible():
    points = answer("lagrange", "x", "(x^2+y^2)*(x^2+y^2-1)=0").answer.value
    assert [p.value for p in points.points] == [-1, 0, 1] and points.families == ()


def test_a_real_line_on_a_complex_surface_is_kept():
    (family,) = answer("critical", "(x^2+y^2)^2*(1+z^2)").answer.value.families
    assert plain(family.words).startswith("all points with x = 0, y = 0 are stationary, with the value 0")


def test_a_sample_lies_in_the_domain():
    (family,) = answer("lagrange", "1/x+1/y", "x+y=0").answer.value.families
    assert "for example x = 1, y = -1" in plain(family.words)


@pytest.mark.parametrize("formula", ["exp(x)*sin(y)", "tan(x)+y"])
def test_no_point_in_any_period(formula):
    with pytest.raises(SymcalcError, match=NONE):
        answer("critical", formula)


@pytest.mark.parametrize("words", [["x*y", "x^2+y^2<=1", "x+y>=5"], ["x^2*y", "x^2+y^2<=1", "x>=2", "y>=0"]])
def test_infeasible_in_spite_of_symmetry(words):
    with pytest.raises(SymcalcError, match=EMPTY):
        answer("lagrange", *words)
