"""The form a person would write: expected shapes by hand, equality by numbers on random expressions."""

from __future__ import annotations

import random

import pytest
from formulas import formula
from judge import equal_in_value
from sympy import Symbol

from symcalc import SymcalcError, answer
from symcalc.calculus.fields import derivative
from symcalc.calculus.measure import measure
from symcalc.calculus.operations import effort, operations
from symcalc.calculus.tidy import tidy
from symcalc.formats import unicode
from symcalc.parse import parse_expression
from symcalc.result import Fact, Page, Result

WRITTEN = [
    ("x^3 - 1/x", "3x² + 1/x²"),
    ("3*x^2", "6x"),
    ("1/(1+exp(-x))", "σ(x)·(1 - σ(x))"),
    ("1/(1+exp(-(w*x+b)))", "w·σ(w·x + b)·(1 - σ(w·x + b))"),
    ("ln(1+exp(x))", "σ(x)"),
    ("-(y*ln(sigmoid(w*x+b)) + (1-y)*ln(1-sigmoid(w*x+b)))", "w·(σ(w·x + b) - y)"),
    ("x*sqrt(1-x^2)", "(1 - 2x²)/√(1 - x²)"),
    ("sqrt(x^2+y^2)", "x/√(x² + y²)"),
    ("exp(-x^2/2)", "-x·e^(-x²/2)"),
    ("(2x+1)^5", "10(2x + 1)⁴"),
    ("(x^2+1)^20", "40x·(x² + 1)¹⁹"),
    ("x/(x^2+1)", "(1 - x²)/(x² + 1)²"),
    ("x^a", "a·x^(a - 1)"),
    ("a^x", "a^x·ln(a)"),
    ("x^x", "x^x·(ln(x) + 1)"),
    ("x*|x|", "2|x|"),
    ("ln|x|", "1/x"),
    ("|x|^3", "3x·|x|"),
    ("sqrt(x^2)", "sign(x)"),
    ("sin(x)^2", "2sin(x)·cos(x)"),
    ("tan(x)", "1/cos²(x)"),
    ("x*max(0,x)", "{ 2x if x > 0; 0 if x < 0 }"),
    ("e^x*(x-1)", "x·e^x"),
    ("(x^2+y^2)/(x-y)", "(x² - 2x·y - y²)/(x - y)²"),
    ("ln(x)/x^2", "(1 - 2ln(x))/x³"),
    ("cbrt(x)", "1/(3∛x²)"),
    ("(x^2+1)/(x^2-1)", "-4x/(x² - 1)²"),
    ("ln(x/(1-x))", "1/(x·(1 - x))"),
    ("ln((1+x)/(1-x))/2", "1/(1 - x²)"),
    ("x^(1/x)", "x^(1/x)·(1 - ln(x))/x²"),
    ("(exp(x)-exp(-x))/(exp(x)+exp(-x))", "4e^(2x)/(1 + e^(2x))²"),
    ("x*(sin(y)^2 + cos(y)^2)", "1"),
    ("sin(x)/cos(x)", "1/cos²(x)"),
    ("cosh(x)*sinh(x)", "2cosh²(x) - 1"),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN, ids=lambda t: t)
def test_the_derivative_is_written_as_a_person_would(text, expected):
    f = parse_expression(text).value
    value = derivative(f, [(Symbol("x", real=True), 1)])
    assert unicode.render(Result(Fact("derivative", value)), Page()) == expected


def test_the_tidy_form_is_never_longer_and_has_the_same_value():
    rng = random.Random(11)
    for _ in range(60):
        try:
            e = parse_expression(formula(rng, 3)).value
        except SymcalcError:
            continue
        t = tidy(e)
        assert measure(t) <= measure(e)
        assert equal_in_value(e, t) or not equal_in_value(e, e + 0 * t)


def test_a_large_expression_is_left_alone_quickly():
    text = " + ".join(f"sin(x{i}*x{i + 1})^2*exp(x{i}/x{i + 2})" for i in range(60))
    result = answer("grad", text, check=False)
    assert result.answer.value.shape == (62, 1)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("x", 0),
        ("x + y - z", 2),
        ("-x - y", 2),
        ("-3*x", 2),
        ("2*x/3", 2),
        ("x^2/(y*z)", 3),
        ("1/x^2", 2),
        ("sqrt(x)", 1),
        ("x^(3/2)", 2),
        ("sin(x)*(1 - x)", 3),
        ("x/(1 + 1/x)", 3),
    ],
)
def test_operations_are_counted_as_they_are_written(text, count):
    assert operations(parse_expression(text).value) == count


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("c^2*(c^2 - v^2)/(c^2 + u*v)^2", "(c^4 - c^2*v^2)/(c^2 + u*v)^2"),
        ("c/(r^2*(v - c))", "1/(r^2*(v/c - 1))"),
        ("K*N/(K + N)", "N/(1 + N/K)"),
        ("k/p^2 - (n - k)/(1 - p)^2", "(n - 2*k/p + k/p^2)/(1 - p)^2"),
    ],
)
def test_of_forms_of_one_length_the_easier_one(better, worse):
    one, other = (parse_expression(text).value for text in (better, worse))
    assert measure(one) <= measure(other)
    assert (measure(one), effort(one)) < (measure(other), effort(other))
