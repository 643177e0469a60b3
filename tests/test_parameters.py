"""Taylor polynomials with parameters: what is supposed of them, and that it says the same as what is needed."""

from __future__ import annotations

import random

import pytest
import sympy as sp
from mpmath import mp
from sympy import S, symbols

from symcalc import SymcalcError, answer
from symcalc.calculus.analytic import Need
from symcalc.calculus.numeric import Evaluator
from symcalc.calculus.series.suppositions import told

a, b, n = symbols("a b n", real=True)

SUPPOSED = [
    ("1/(a+x)", "0", {"a != 0"}),
    ("1/(a+x)", "3/2", {"2*a + 3 != 0"}),
    ("sqrt(a+x)", "0", {"a > 0"}),
    ("ln(a*x+b)", "0", {"b > 0"}),
    ("ln(a*x)", "-2", {"a < 0"}),
    ("(a*x)^n", "2", {"a > 0"}),
    ("a^x", "0", {"a > 0"}),
    ("1/(exp(a*x)-1)", "2", {"a != 0"}),
    ("coth(x/a)", "1", set()),
    ("|x-a|", "0", {"a != 0"}),
    ("asin(a*x)", "1", {"1 - a**2 > 0"}),
    ("1/(a+x) + sqrt(a+x)", "0", {"a > 0"}),
    ("1/sqrt(1-x^2/a^2)", "1", {"a**2 - 1 > 0"}),
    ("sqrt(a^2+x^2)", "0", {"a != 0"}),
    ("1/(1+a^2*x^2)", "1", set()),
    ("exp(a*x)", "0", set()),
    ("1/ln(x/a)", "2", {"a > 0", "a - 2 != 0"}),
]


@pytest.mark.parametrize(("text", "at", "conditions"), SUPPOSED)
def test_conditions_on_parameters_are_told(text, at, conditions):
    result = answer("taylor", text, "x", at=at, degree=3)
    assert {str(c) for fact in result.facts if fact.name == "valid where" for c in [_plain(fact.value)]} == conditions
    assert result.check is not None
    assert result.check.points


def _plain(condition):
    return f"{condition.lhs} {condition.rel_op} {condition.rhs}"


@pytest.mark.parametrize(
    ("text", "assume"), [("sqrt(a+x)", "a>0"), ("1/(a+x)", "a!=0"), ("max(a, x)", "a>0"), ("ln(a+x)", "a>0")]
)
def test_what_is_assumed_is_not_supposed(text, assume):
    result = answer("taylor", text, "x", degree=2, assume=assume)
    assert not [fact for fact in result.facts if fact.name == "valid where"]


@pytest.mark.parametrize("text", ["max(a, x)", "sign(a+x)", "floor(a+x)", "sqrt(x+a)*sqrt(x-a)", "sqrt(x-1-a^2)"])
def test_what_cannot_be_supposed_is_refused_with_what_to_try(text):
    with pytest.raises(SymcalcError) as caught:
        answer("taylor", text, "x", degree=2)
    assert "as long as nothing more is known about a" in caught.value.problem
    assert '--assume "a>0"' in caught.value.hint


def test_a_denominator_that_is_zero_for_all_parameters_is_refused():
    with pytest.raises(SymcalcError):
        answer("taylor", "1/(x + sin(a)^2 + cos(a)^2 - 1)", "x", at="0", degree=2)


VALUES = [
    a + 1, -2 * a, 3 / a, a * b, a / b, -a / b, a**2 * b, a**3, a**2 - 1, sp.exp(a) - 1, 1 - sp.exp(-a * b), sp.sinh(a / b), sp.log(a**2 / 2),
    (a - b) * (sp.exp(a) - 1), sp.exp(a) + sp.exp(b), -sp.exp(a) * b, 2 ** (1 / a) - 1, (a - b) ** 2 / b, -(a**2) - 1, b / (a**2 + 1), 1 - 1 / a**2,
]  # fmt: skip


@pytest.mark.parametrize("positive", [True, False])
@pytest.mark.parametrize("value", VALUES, ids=str)
def test_conditions_say_what_is_needed(value, positive):
    """For random parameters the value is positive (not zero) where all conditions hold, and only there."""
    conditions = list(told(Need(value, positive)))
    rng = random.Random(1)
    for _ in range(60):
        place = {s: mp.mpf(rng.randint(-6, 6)) / 2 for s in (a, b)}
        try:
            number = Evaluator(place)(value)
        except ArithmeticError:
            continue
        needed = number > 0 if positive else number != 0
        held = all(sp.sympify(c.subs({s: sp.Rational(str(v)) for s, v in place.items()})) == S.true for c in conditions)
        assert held == needed, (conditions, place)
