"""Forms of rational functions of letters: every form has the value of the expression, and the length that it will be measured
with; expressions that share a letter are found to."""

from __future__ import annotations

import random

import pytest
import sympy as sp
from formulas import formula
from judge import equal_in_value

from symcalc import SymcalcError
from symcalc.calculus.derive import differentiate
from symcalc.calculus.lengths import Lengths
from symcalc.calculus.letters import Letters
from symcalc.calculus.measure import measure
from symcalc.calculus.rational import forms
from symcalc.parse import parse_expression

FORMULAS = (
    "(x+1)/(x^2-1) + 2*x/(x-1)",
    "x*sqrt(1-x^2) - x^3/sqrt(1-x^2)",
    "(2*x+4)^3/(1+1/(x+1))",
    "e^(2x)*(e^(-x) + 1)/(e^x + 1)",
    "1/(x^2+1)^(3/2) - 3*x^2/(x^2+1)^(5/2)",
    "x^(a-1)*a/(x^a+1) - 2*x^(2*a)",
    "(x*y - x*z)^2/(y^2 - z^2) + sin(x)/(y+z)",
    "(x/2 - y/3)*(3*x - 2*y)/x^2",
    "cbrt(x)^2/(cbrt(x) + 1)",
    "1/(1/x + 1/y) - (x + 1/x)^2",
    "(1 - x)^3*(x - 1)^2 + (2 - 2*x)",
    "sqrt(x^2 + (y*z - 1/(x*z))^2)*x + (x*z + 1/y)/sqrt(x^2 + (y*z - 1/(x*z))^2)",
    "1/(x^2+9/4)^(3/2) - 9*y/(2*(x^2+9/4)^(5/2)) + y^2/((4*x^2+9)*sqrt(x^2+9/4))",
    "tanh(x)^2*(1 - tanh(x)^2)/(1 + tanh(x))",
)


def fraction(rng: random.Random) -> str:
    """A sum of products of powers, roots and exponentials of a few sums with fractions in them, so that much can cancel."""
    a, b, c = (f"{rng.randint(1, 9)}/{rng.randint(1, 6)}" for _ in range(3))
    sums = [f"({a}*x + {b})", f"({b}*x^2 + {c}*y^2)", f"({a}*x^2 + {c})", f"({b}*y - {a}*x)"]
    parts = [
        *sums,
        f"sqrt{sums[1]}",
        f"sqrt{sums[2]}",
        f"cbrt{sums[0]}",
        "x",
        "y",
        f"exp({rng.randint(1, 4)}*x/{rng.randint(1, 3)})",
    ]
    terms = (
        "*".join(f"{rng.choice(parts)}^({rng.choice((-3, -2, -1, -1, 1, 1, 2))})" for _ in range(rng.randint(1, 3)))
        for _ in range(rng.randint(2, 4))
    )
    return " + ".join(f"{rng.choice((a, b, '1', '-2'))}*{term}" for term in terms)


def expressions():
    rng = random.Random(3)
    for text in (*FORMULAS, *(formula(rng, 3) for _ in range(50)), *(fraction(rng) for _ in range(60))):
        try:
            f = parse_expression(text).value
            yield f
            yield differentiate(f, min(f.free_symbols, key=str))
        except (SymcalcError, ValueError):
            continue


@pytest.mark.parametrize("e", list(expressions()), ids=str)
def test_every_form_has_the_value_and_the_length_that_is_said(e):
    if e.has(sp.Piecewise, sp.sign, sp.Abs):
        return
    letters = Letters(e)
    found = list(forms(letters, letters.read(e)))
    lengths = Lengths(letters, {})
    assert found
    for form in found:
        written = letters.write(form)
        assert equal_in_value(e, written) or not equal_in_value(e, e + 0 * written)
        if not letters.may_merge():
            assert abs(lengths.of(form) - measure(written)) <= 6


def letters_of(text):
    e = parse_expression(text).value
    letters = Letters(e)
    letters.read(e)
    return {str(part) for part in letters.parts}


def test_powers_of_each_other_share_a_letter():
    assert letters_of("e^(2x) + e^(-3x)") == {"exp(x)"}
    assert letters_of("e^(x/2) + e^(x/3)") == {"exp(x/6)"}
    assert letters_of("e^(x-y) + e^(2y-2x)") == {"exp(x - y)"}
    assert letters_of("a^(2x)/a^(-x)") <= {"a**(3*x)", "a**x"}
    assert letters_of("sqrt(x)^3 + 1/sqrt(x)") == {"sqrt(x)", "x"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x/(x^2-1) + 1/(x^2-1)", "1/(x - 1)"),
        ("(e^(2x) - 1)/(e^x + 1)", "exp(x) - 1"),
        ("x/sqrt(x^2+1) - sqrt(x^2+1)/x", "-1/(x*sqrt(x**2 + 1))"),
        ("(x^3+1)/(x+1)", "x**2 - x + 1"),
    ],
)
def test_what_cancels_is_found(text, expected):
    e = parse_expression(text).value
    letters = Letters(e)
    assert expected in {str(letters.write(form)) for form in forms(letters, letters.read(e))}
