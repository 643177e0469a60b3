"""High derivatives, judged by finite differences with many digits and by known coefficients."""

from __future__ import annotations

import pytest
import sympy as sp
from mpmath import mp

from symcalc import SymcalcError, answer
from symcalc.calculus.numeric import Evaluator
from symcalc.calculus.orders import high_derivative
from symcalc.parse import parse_expression

X = sp.Symbol("x", real=True)
CLOSED = [
    "exp(x^2)*sin(x)", "exp(sin(x))", "1/(1+x^2)", "sqrt(1+x^2)", "tanh(x)", "arctan(x)", "sin(sqrt(x))", "x^(1/3)*cosh(x)",
    "ln(1+exp(x))", "ln(x)/(x^2+x+1)", "sin(x)^3*cos(x)^5", "tan(x)", "x^x", "erf(x)", "exp(exp(x))", "arcsin(x/2)",
    "1/(x*(x+1)^2)", "sqrt(2)*x/(x+pi)", "exp(-x)*exp(2*x)/(1+x)", "1/sin(x)", "sqrt(x+sqrt(x))", "cosh(x)^2*sinh(x)",
    "gamma(x)", "besselj(1, x)*x", "exp(1/x)", "lambertw(x)", "cot(x)*coth(x)", "1/(1/x+x)",
]  # fmt: skip


@pytest.mark.parametrize("text", CLOSED)
@pytest.mark.parametrize("n", [1, 6, 20])
def test_a_derivative_in_the_ring_of_its_parts(text, n):
    f = parse_expression(text).value
    value = high_derivative(f, X, n)
    assert value is not None
    with mp.workdps(40):
        at = mp.mpf("0.6123")
        assert mp.almosteq(mp.diff(lambda u: Evaluator({X: u})(f), at, n), Evaluator({X: at})(value), 1e-20)


def test_order_fifty():
    f = parse_expression("exp(x^2)*sin(x)").value
    value = answer("diff", "exp(x^2)*sin(x)", order=50, check=False).answer.value
    with mp.workdps(60):
        at = mp.mpf("-1.3")
        assert mp.almosteq(mp.diff(lambda u: Evaluator({X: u})(f), at, 50), Evaluator({X: at})(value), 1e-30)


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("exp(exp(x)-1)", 0, sp.bell(30)),
        ("1/(1-x)", 0, sp.factorial(30)),
        ("x/(exp(x)-1)", 1, None),
        ("exp(-x^2/2)", 0, -sp.factorial2(29)),
        ("1/cosh(x)", 0, sp.euler(30)),
    ],
)
def test_order_thirty_at_a_point(text, at, expected):
    value = answer("diff", text, order=30, at=str(at), check=False).answer.value
    if expected is None:
        f = parse_expression(text).value
        with mp.workdps(150):
            expected = mp.diff(lambda u: Evaluator({X: u})(f), at, 30)
            assert mp.almosteq(Evaluator({})(value), expected, 1e-20)
    else:
        assert value == expected


@pytest.mark.parametrize("text", ["abs(x)*x^3", "floor(x)", "max(x, 1)"])
def test_what_is_not_closed_is_left_to_others(text):
    assert high_derivative(parse_expression(text).value, X, 8) is None


@pytest.mark.parametrize("text", ["sin(cos(sin(cos(sin(cos(sin(x)))))))", "gamma(x)"])
def test_a_derivative_too_long_to_be_written_says_its_size(text):
    with pytest.raises(SymcalcError) as error:
        answer("diff", text, order=60)
    assert error.value.kind == "limit"
    assert "that of order" in error.value.problem
    assert "terms" in error.value.problem
