"""Derivatives from first principles: every line a true equation, the last one the derivative."""

from __future__ import annotations

import itertools
import random
from functools import partial

import pytest
import sympy as sp
from judge import equal_in_value, read, symbol
from mpmath import mp

from symcalc import SymcalcError, answer
from symcalc.calculus.numeric import Evaluator, NoRealValue
from symcalc.notation import Diff, Lim, Remainder

diff = partial(answer, "diff", check=False, from_definition=True)
FUNCTIONS = [
    "x^2", "x^3", "x^8", "x^9", "x^n", "x^(3/2)", "x^-3", "x^pi", "3*x^2-5*x+1", "(2*x+1)^3", "a*x+b", "a*x^2+b*x+c", "x", "7",
    "1/x", "1/x^2", "(x+1)/(x-1)", "x/(x^2+1)", "a/(b*x+1)", "sqrt(x)", "sqrt(2*x+1)", "sqrt(x^2+1)", "1/sqrt(x)", "x^(1/3)",
    "cbrt(x)", "root(x, 5)", "sin(x)", "cos(x)", "sin(3*x+1)", "cos(a*x)", "sinh(x)", "cosh(2*x)", "tan(x)", "tan(2*x)", "exp(x)",
    "exp(-x)", "exp(a*x+b)", "2^x", "a^x", "10^(-x)", "ln(x)", "ln(2*x+1)", "x*sin(x)", "x^2*exp(x)", "sin(x)*cos(x)", "x*ln(x)",
    "5*sin(x)+x^2+sqrt(x)", "x^2/3 - 2/x + ln(x)", "exp(x)*sin(x)*x", "h^2 + x", "sqrt(x)*sin(x)",
]  # fmt: skip


def number(e, values):
    """The value with each limit taken at a very small increment, and remainders left out."""
    with mp.workdps(60):
        for _ in range(3):
            e = e.replace(Remainder, lambda *_: sp.S.Zero)
            e = e.replace(lambda part: isinstance(part, Lim), lambda part: part.args[0].xreplace({part.args[1]: tiny}))
            e = e.replace(lambda part: isinstance(part, Diff), derivative)
        return Evaluator({**values, tiny: mp.mpf(10) ** -25})(e)


def derivative(head):
    ((x, n),) = head.orders
    return sp.diff(head.function, x, n)


tiny = sp.Symbol("tiny", real=True)


@pytest.mark.parametrize("text", FUNCTIONS)
def test_every_line_is_true_and_the_last_is_the_derivative(text):
    result = diff(text, "x")
    steps = result.steps
    assert steps[-1].after == result.answer.value
    assert equal_in_value(result.answer.value, sp.diff(read(text), symbol("x")))
    assert all(one.after == two.before for one, two in itertools.pairwise(steps))
    rng, tried = random.Random(text), 0
    for _ in range(40):
        values = {s: mp.mpf(rng.uniform(0.2, 2)) for s in map(symbol, "abcnxh")}
        try:
            sides = [(number(s.before, values), number(s.after, values), s.rule) for s in steps]
        except NoRealValue:
            continue
        tried += 1
        for before, after, rule in sides:
            assert mp.fabs(before - after) <= mp.mpf(10) ** -15 * (1 + mp.fabs(before)), rule
        if tried == 3:
            return
    raise AssertionError("no point was tried")


def test_the_rules_of_the_textbook_are_named():
    """Which argument each kind of function needs."""
    for text, rule in [
        ("x^3", "binomial theorem"), ("x^n", "binomial theorem"), ("1/x", "common denominator"), ("sqrt(x)", "rationalise"),
        ("sin(x)", "addition formula"), ("cos(x)", "addition formula"), ("exp(x)", "addition formula"),
    ]:  # fmt: skip
        rules = [step.rule for step in diff(text, "x").steps]
        assert rules[0] == "definition"
        assert rule in rules


@pytest.mark.parametrize("text", ["sin(x^2)", "x^x", "gamma(x)", "|x|", "asin(x)"])
def test_what_has_no_such_derivation_is_said(text):
    with pytest.raises(SymcalcError, match="first principles"):
        diff(text, "x")
    with pytest.raises(SymcalcError, match="first derivative"):
        diff("x^2", "x", order=2)


def test_the_increment_gets_a_free_letter():
    assert diff("h*x^2", "x").steps[0].after.args[1] == symbol("k")
