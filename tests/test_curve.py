"""The curve of a function of one variable, judged by the signs of numeric derivatives on grids: nothing wrong, nothing missing."""

from __future__ import annotations

import pytest
import sympy as sp
from mpmath import mp

from symcalc import SymcalcError, answer
from symcalc.calculus.numeric import Evaluator, NoRealValue
from symcalc.calculus.periodic import in_one_period, period
from symcalc.calculus.singular import singular_points
from symcalc.calculus.zeros import all_zeros
from symcalc.parse import parse_expression

X = sp.Symbol("x", real=True)

TOLD = """
x^3-3x | x^4-2x^2 | x+1/x | x/(1+x^2) | (x^2-1)/(x^2-4) | x^2/(x-1) | 1/x | x^5-5x^3+4x | sqrt(x) | x*sqrt(1-x^2) | sqrt(x^2+1) | x^(2/3)
exp(x)-x | x*exp(-x) | exp(-x^2) | x^2*exp(-x) | exp(x)+exp(-2x) | exp(1/x) | x*exp(1/x) | 1/(1+exp(-x)) | ln(1+exp(x)) | exp(x)-x^2
x/(1+exp(x)) | x*exp(x)/(1+exp(x)) | 2^x-x | ln(x) | ln(x)/x | x^2*ln(x) | x-ln(x) | x*ln(x)^2 | ln(1+x^2) | x^x | 1/ln(x) | exp(x)*ln(x)
sinh(x) | cosh(x) | tanh(x) | x*tanh(x) | cosh(x)-2x | atan(x) | x*atan(x) | x-atan(x) | asin(x) | asinh(x) | erf(x) | |x-1| | |x^2-1| | x*|x|
sin(x) | cos(3x) | sin(x)^2 | sin(x)+cos(2x) | tan(x) | cot(x) | 1/sin(x) | x+sin(x) | x-2*sin(x) | sin(x)/(2+cos(x)) | exp(sin(x)) | ln(sin(x))
sqrt(sin(x)) | |sin(x)| | sin(x)*cos(x) | sin(pi*x) | tan(x)+2x | x^2+exp(-x)
"""
FUNCTIONS = [text.strip() for line in TOLD.strip().splitlines() for text in line.split(" | ")]
REFUSED = ("x*sin(x)", "sin(x)+sin(sqrt(2)*x)", "sin(x^2)", "x^2+cos(x)", "floor(x)+x^2")


def intervals(result, name):
    """The numeric intervals of a fact."""
    fact = next((f for f in result.facts if f.name == name), None)
    numbers = [] if fact is None else [p for p in fact.value if isinstance(p, sp.Expr) and not p.is_Symbol]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def inside(a, pairs, length):
    for low, high in pairs:
        for k in (-3, -2, -1, 0, 1, 2, 3) if length else (0,):
            shift = k * length if length else 0
            if float(low + shift) + 1e-4 < a < float(high + shift) - 1e-4:
                return True
    return False


def near_an_end(a, pairs, length):
    ends = [float(end) for pair in pairs for end in pair if end.is_finite]
    return any(abs((a - end + length / 2) % length - length / 2 if length else a - end) < 2e-3 for end in ends)


@pytest.mark.parametrize("text", FUNCTIONS)
def test_the_signs_of_the_derivatives_are_those_told(text):
    f = parse_expression(text).value
    result = answer("critical", text, check=False)
    names = {fact.name for fact in result.facts}
    assert names & {"rises", "falls"}
    repeats = next((float(fact.value[0]) for fact in result.facts if fact.name == "period"), None)
    told = {name: intervals(result, name) for name in ("rises", "falls", "convex", "concave")}
    judged = 0
    for k in range(-59, 60):
        a = mp.mpf(k) / 10 + mp.mpf("0.0137")
        with mp.workdps(40):
            try:
                slope, bend = (mp.diff(lambda t: Evaluator({X: t})(f), a, n) for n in (1, 2))
            except NoRealValue:
                assert not any(inside(float(a), told[name], repeats) for name in ("rises", "falls"))
                continue
        judged += 1
        for value, (up, down) in ((slope, ("rises", "falls")), (bend, ("convex", "concave"))):
            if near_an_end(float(a), told[up] + told[down], repeats):
                continue
            if abs(value) > 1e-12:
                expected = (up, down) if value > 0 else (down, up)
                assert inside(float(a), told[expected[0]], repeats), (float(a), float(value))
            assert not (inside(float(a), told[up], repeats) and value < -1e-12)
            assert not (inside(float(a), told[down], repeats) and value > 1e-12)
    assert judged > 15


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_proven_is_not_told_and_that_is_said(text):
    try:
        result = answer("critical", text, check=False)
    except SymcalcError:
        return
    assert not {fact.name for fact in result.facts} & {"rises", "falls", "convex", "concave"}
    assert any("not told" in str(note) for note in result.notes)


ZEROS = [
    ("exp(x)-1", ["0"]), ("exp(2x)-3*exp(x)+2", ["0", "ln(2)"]), ("ln(x)^2-1", ["e", "1/e"]), ("x*exp(x)-1", [0.567143290409784]),
    ("cosh(x)-2", ["ln(2+sqrt(3))", "ln(2-sqrt(3))"]), ("exp(x)+1", []), ("exp(x)-x", []), ("atan(x)-x/2", [-2.33112237041442, 0, 2.33112237041442]),
    ("x^3-2", ["cbrt(2)"]), ("(x-1)^2*exp(-x)", ["1"]), ("exp(x)-x-1", ["0"]), ("x-ln(x)-2", [0.158594339563039, 3.14619322062058]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ZEROS)
def test_all_zeros_are_found(text, expected):
    g = parse_expression(text).value
    found = all_zeros(g, X, singular_points)
    wanted = [float(parse_expression(str(e)).value) for e in expected]
    got = sorted({round(float(a), 9) for a in found if abs(mp.mpf(str(sp.N(g.subs(X, a), 30)))) < 1e-20})
    assert got == pytest.approx(sorted(set(wanted)), abs=2e-9)


def test_a_multiple_zero_that_rolle_cannot_count_is_no_claim():
    """Two zeros that fall together: the function touches zero at a number that is not seen to be one."""
    g = parse_expression("exp(x)-x*exp(1)").value
    found = all_zeros(g, X, singular_points)
    assert found is None or 1 in found


def test_periods():
    for text, expected in (("sin(3x)", "2*pi/3"), ("sin(x)^2", "pi"), ("tan(2x)", "pi/2"), ("sin(x/2)+cos(x/3)", "12*pi")):
        assert period(parse_expression(text).value, X) == parse_expression(expected).value
    for text in ("sin(x)+sin(sqrt(2)*x)", "x*sin(x)", "sin(x^2)", "exp(x)"):
        assert period(parse_expression(text).value, X) is None
    assert in_one_period([sp.pi, -sp.pi, 5 * sp.pi / 2], 2 * sp.pi, sp.S.Zero) == [sp.pi / 2, sp.pi]


@pytest.mark.parametrize(("text", "low", "high"), [("x+2*cos(x)", -sp.oo, sp.oo), ("cos(x)-x", sp.oo, -sp.oo)])
def test_a_periodic_function_on_a_slope_has_no_extrema(text, low, high):
    claims = answer("critical", text).answer.value.extrema
    assert [claims[side].status for side in ("minimum", "maximum")] == ["none", "none"]
    assert claims["minimum"].reason[-1] == low
    assert claims["maximum"].reason[-1] == high
