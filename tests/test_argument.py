"""The written argument of lagrange and critical: every equation judged by numbers at the listed points, the test by eigenvalues."""

from __future__ import annotations

import re

import mpmath as mp
import pytest
import sympy as sp
from sympy import Determinant

from symcalc.calculus.stationary import bordered
from symcalc.commands.critical import critical
from symcalc.commands.lagrange import lagrange
from symcalc.notation import AtPoint
from symcalc.parse import DEFAULT, parse_expression

PROBLEMS = [
    ("x+y", ["x^2+y^2=1"]),
    ("x*y", ["x^2/8+y^2/2=1"]),
    ("x^2*y", ["x^2+2*y^2=6"]),
    ("x^2+y^2+z^2", ["x+y+z=1"]),
    ("x*y*z", ["x+y+z=3"]),
    ("x*y*z", ["x+y+z=3", "x-y=0"]),
    ("x+2*y+3*z", ["x-y+z=1", "x^2+y^2=1"]),
    ("x^2+y^2+z^2", ["z^2-x*y=1", "x+y+z=2"]),
    ("x*y+y*z", ["x+2*y=6", "x-3*z=0"]),
    ("x^3+y^3", ["x^2+y^2=1"]),
]
FREE = ["x^4-2*x^2", "x^4+y^4-4*x*y", "x^2-y^2", "x*y*(1-x-y)", "x^3-3*x*y+y^3", "exp(-x^2)*x"]


def value(e, at):
    """A number of 40 digits."""
    if isinstance(e, Determinant):
        return mp.mpf(e.arg.subs(at).evalf(40).det(method="berkowitz"))
    if isinstance(e, AtPoint):
        return None
    return mp.mpf(sp.N(sp.sympify(e).subs(at), 40))


def judged(result):
    """How many equations were judged, all of them at the points that they are about."""
    points, count = result.answer.value.points, 0
    undefined: set[tuple[int, object]] = set()
    for step in result.steps:
        named = [int(n) for n in re.findall(r"\d+", step.rule.partition("case of point")[2])]
        for i, point in enumerate(points, start=1):
            if named and i not in named:
                continue
            at = {**point.at, **point.multipliers}
            below = re.search(r"where (.+) ≠ 0", step.rule)
            if (i, step.before) in undefined or (below and parse_expression(below[1], DEFAULT).value.subs(at) == 0):
                undefined.add((i, step.after))
                continue
            left, right = value(step.before, at), value(step.after, at)
            if left is not None:
                count += 1
                assert abs(left - right) < 1e-25, step
    return count


def kinds(result):
    """What the last minors of each point say, by its number."""
    points = result.answer.value.points
    found = {}
    for step in result.steps:
        match = re.match(r"(?:bordered Hessian|Hessian|second derivative)(?: at point (\d+))?.*: (.+)$", step.rule)
        if match:
            found[int(match[1] or 1)] = match[2]
    return {n: (said, points[n - 1].kind) for n, said in found.items()}


@pytest.fixture(autouse=True)
def _digits():
    with mp.workdps(40):
        yield


@pytest.mark.parametrize("objective,constraints", PROBLEMS)
def test_every_line_holds_at_its_points(objective, constraints):
    result = lagrange(objective, *constraints, steps="lines")
    assert judged(result) > 0
    assert all(said == kind for said, kind in kinds(result).values())
    assert kinds(result) or len(result.answer.value.points) > 4 or "z^2-x*y=1" in constraints


@pytest.mark.parametrize("text", FREE)
def test_the_gradient_in_factors_and_the_minors(text):
    result = critical(text, steps="lines")
    own = [step for step in result.steps if step.nested]
    assert own
    for step in own:
        named = [int(n) for n in re.findall(r"\d+", step.rule.partition("case of point")[2])]
        for i, point in enumerate(result.answer.value.points, start=1):
            if (not named or i in named) and not isinstance(step.before, AtPoint):
                assert abs(value(step.before, point.at) - value(step.after, point.at)) < 1e-25
    assert kinds(result)
    assert all(said == kind for said, kind in kinds(result).values())


def test_every_point_is_in_some_case():
    for objective, constraints in PROBLEMS:
        result = lagrange(objective, *constraints, steps="lines")
        named = {int(n) for s in result.steps if "case of point" in s.rule for n in re.findall(r"\d+", s.rule)}
        assert not named or named == set(range(1, len(result.answer.value.points) + 1))


@pytest.mark.parametrize(
    "m,signs,said",
    [
        (0, [1, 1], "strict minimum"),
        (0, [-1, 1], "strict maximum"),
        (0, [1, -1], "saddle"),
        (0, [0, 1], "saddle"),
        (0, [1, 0], ""),
        (1, [-1], "strict minimum"),
        (1, [1], "strict maximum"),
        (1, [-1, -1], "strict minimum"),
        (1, [1, -1], "strict maximum"),
        (1, [-1, 1], "saddle"),
        (2, [1, 1], "strict minimum"),
        (2, [-1, 1], "strict maximum"),
        (1, [None, 1], ""),
    ],
)
def test_what_the_signs_say(m, signs, said):
    assert bordered.verdict(signs, m) == said


def test_the_judge_sees_a_wrong_sign_of_the_border(monkeypatch):
    """Deliberate bug: the test without the factor (-1)^m."""
    monkeypatch.setattr(bordered, "verdict", lambda signs, m, right=bordered.verdict: right(signs, 0))
    with pytest.raises(AssertionError):
        test_every_line_holds_at_its_points("x+y", ["x^2+y^2=1"])
