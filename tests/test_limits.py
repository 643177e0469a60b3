"""Limits: known values, both sides, what is refused, and that no wrong limit is believed."""

from __future__ import annotations

import json
import random
from functools import partial
from pathlib import Path

import pytest
import sympy as sp
from formulas import formula
from judge import equal_in_value, read

from symcalc import answer
from symcalc.calculus.limits import NUMBERS, OneSided, _confirmed, limit_at_zero
from symcalc.calculus.limits.laws import Laws
from symcalc.calculus.limits.near import Near
from symcalc.calculus.limits.verdicts import Undecided

CASES = json.loads((Path(__file__).parent / "cases" / "limits.json").read_text("utf-8"))
limit = partial(answer, "limit")
INFINITE = {"oo": sp.oo, "-oo": -sp.oo}


def asked(words):
    _, formula, variable, place, *rest = words
    return limit(formula, variable, place, side=rest[1] if rest else None)


def agrees(found, expected) -> bool:
    if expected in ("oscillates", "undefined"):
        return found == expected
    if expected in INFINITE or isinstance(found, str) or found.is_infinite:
        return found == INFINITE.get(expected)
    return equal_in_value(found, read(expected))


@pytest.mark.parametrize("case", CASES, ids=lambda c: " ".join(c["words"][1:]))
def test_known_limit(case):
    result = asked(case["words"])
    verdict = result.verdict
    if "expect" in case:
        assert not result.denied
        assert agrees(result.answer.value, case["expect"])
        assert result.check.points > 0
        if "domain" in case:
            other = {"left": verdict.right, "right": verdict.left}[case["domain"]]
            assert other == "undefined"
            assert any("not defined" in note for note in result.notes)
    elif case.get("oscillates"):
        assert (verdict.status, verdict.reason) == ("does not exist", "it oscillates")
    else:
        assert verdict.status in ("does not exist", "undefined")
        assert agrees(verdict.left, case["left"])
        assert agrees(verdict.right, case["right"])


def test_a_limit_is_undecided_where_it_depends_on_a_name():
    for f, place, names in [("a*x", "oo", "a"), ("x^a", "oo", "a"), ("a^x", "oo", "a"), ("b/x^2", "0", "b")]:
        verdict = limit(f, "x", place).verdict
        assert verdict.status == "undecided"
        assert names in verdict.reason
    assert limit("a*x", "x", "oo", assume="a>0").answer.value == sp.oo
    assert limit("b/x^2", "x", "0", assume="b<0").answer.value == -sp.oo


def test_the_condition_of_a_quotient_is_said():
    result = limit("sin(a*x)/sin(b*x)", "x", "0")
    (condition,) = [f.value for f in result.facts if f.name == "valid where"]
    assert condition == sp.Ne(sp.Symbol("b", real=True), 0)


t = sp.Dummy("t", positive=True)


@pytest.mark.parametrize(
    ("f", "wrong"),
    [
        (sp.sin(t) / t, sp.Integer(2)),
        (1 / sp.log(1 / t), sp.Rational(1, 2)),
        (sp.log(t), sp.oo),
        (sp.coth(t) - 1 / t, -sp.oo),
        (t * sp.exp(1 / t), sp.S.Zero),
        ((sp.exp(t) - 1 - t) / t**2, sp.Rational(501, 1000)),
    ],
    ids=str,
)
def test_a_wrong_limit_is_not_believed(f, wrong):
    """Whatever found it: the numbers deny it."""
    with pytest.raises(Undecided):
        _confirmed(f, OneSided("limit", wrong, NUMBERS), Laws(f, t))


def test_numbers_are_not_fooled_by_lost_digits():
    """(1 - erf(1/t))·e^(1/t²) is positive although erf rounds to 1; what cannot be told is not told."""
    f = sp.exp(1 / t**2) * (1 - sp.erf(1 / t))
    assert Near(f, t).signs(f) == {1}
    assert limit_at_zero(sp.log(1 + sp.exp(-1 / t)) * sp.exp(1 / t), t).value == 1


def test_random_functions_have_their_value_as_limit():
    """Random formulas at random points: wherever a finite limit and a value exist, they agree, unless the function jumps."""
    rng, x = random.Random(7), sp.Symbol("x", real=True)
    decided = undecided = 0
    while decided + undecided < 80:
        text = formula(rng, 3)
        f = read(text)
        if f.free_symbols != {x} or f.has(sp.floor, sp.ceiling, sp.frac, sp.Mod, sp.sign, sp.Heaviside, sp.Piecewise):
            continue
        a = sp.Rational(rng.randint(-30, 30), 7)
        value = f.subs(x, a).evalf(20)
        verdict = limit(text, "x", str(a), check=False).verdict
        if not value.is_Float or verdict.status == "undefined":
            continue
        if verdict.status == "undecided":
            undecided += 1
            continue
        decided += 1
        assert verdict.status == "exists", (text, a)
        assert abs(verdict.value.evalf(20) - value) <= 1e-9 * (1 + abs(value)), (text, a)
    assert undecided <= 4
