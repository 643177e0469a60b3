"""Taylor polynomials against known series, mpmath's coefficients and repeated differentiation."""

from __future__ import annotations

import random
from math import factorial

import pytest
import sympy as sp
from formulas import formula
from judge import equal_in_value
from mpmath import mp
from sympy import Rational, S, Symbol, symbols

from symcalc import SymcalcError, answer
from symcalc.calculus.series import taylor_terms
from symcalc.parse import parse_expression

x, y, a = symbols("x y a", real=True)


def coefficients(text, n, at=0):
    groups = taylor_terms(parse_expression(text).value, (x,), {x: S(at)}, n)
    return [group[0][1] if group else S.Zero for group in groups]


KNOWN = {
    "exp(x)": [1, 1, Rational(1, 2), Rational(1, 6), Rational(1, 24), Rational(1, 120)],
    "sin(x)": [0, 1, 0, -Rational(1, 6), 0, Rational(1, 120)],
    "cos(x)": [1, 0, -Rational(1, 2), 0, Rational(1, 24), 0],
    "ln(1+x)": [0, 1, -Rational(1, 2), Rational(1, 3), -Rational(1, 4), Rational(1, 5)],
    "1/(1-x)": [1, 1, 1, 1, 1, 1],
    "sqrt(1+x)": [1, Rational(1, 2), -Rational(1, 8), Rational(1, 16), -Rational(5, 128), Rational(7, 256)],
    "tan(x)": [0, 1, 0, Rational(1, 3), 0, Rational(2, 15)],
    "arctan(x)": [0, 1, 0, -Rational(1, 3), 0, Rational(1, 5)],
    "arcsin(x)": [0, 1, 0, Rational(1, 6), 0, Rational(3, 40)],
    "sinh(x)": [0, 1, 0, Rational(1, 6), 0, Rational(1, 120)],
    "tanh(x)": [0, 1, 0, -Rational(1, 3), 0, Rational(2, 15)],
    "sigmoid(x)": [Rational(1, 2), Rational(1, 4), 0, -Rational(1, 48), 0, Rational(1, 480)],
    "sin(x)/x": [1, 0, -Rational(1, 6), 0, Rational(1, 120), 0],
    "(1-cos(x))/x^2": [Rational(1, 2), 0, -Rational(1, 24), 0, Rational(1, 720), 0],
    "x/(exp(x)-1)": [1, -Rational(1, 2), Rational(1, 12), 0, -Rational(1, 720), 0],
    "exp(sin(x))": [1, 1, Rational(1, 2), 0, -Rational(1, 8), -Rational(1, 15)],
    "(1+x)^(1/3)": [1, Rational(1, 3), -Rational(1, 9), Rational(5, 81), -Rational(10, 243), Rational(22, 729)],
    "(1+x)^x": [1, 0, 1, -Rational(1, 2), Rational(5, 6), -Rational(3, 4)],
    "ln(cos(x))": [0, 0, -Rational(1, 2), 0, -Rational(1, 12), 0],
    "x*max(x, 1)": [0, 1, 0, 0, 0, 0],
}


@pytest.mark.parametrize("text", KNOWN)
def test_known_series_at_zero(text):
    assert coefficients(text, 5) == list(map(S, KNOWN[text]))


SMOOTH = ["exp(x^2)*sin(x)", "ln(x+3)/(x^2+1)", "sqrt(x^2+x+2)", "erf(x)*cosh(x)", "gamma(x+2)", "besselj(1, x+1)", "sec(x/2)",
          "x^x", "sigmoid(x)^2", "LambertW(x+1)", "acosh(x+3)", "|x+2|^3", "cbrt(x+3)", "atan2(x, 3)", "sinc(x+1)", "coth(x+2)"]  # fmt: skip


@pytest.mark.parametrize("text", SMOOTH)
def test_coefficients_agree_with_numbers(text):
    """mpmath's Taylor coefficients of the input, evaluated by SymPy's evalf."""
    f, at = parse_expression(text).value, Rational(1, 2)
    with mp.workdps(30):
        numbers = mp.taylor(lambda t: mp.mpf(f.subs(x, sp.Float(t, 200)).evalf(200)._mpf_), mp.mpf(1) / 2, 4)
        for found, expected in zip(coefficients(text, 4, at), numbers, strict=True):
            assert mp.almosteq(mp.mpf(str(found.evalf(30))), expected, rel_eps=1e-10, abs_eps=1e-10)


DIVIDED = ["exp(x)*sqrt(2+sin(x))", "1/(2+sin(x))^2", "ln(2+cos(x)+sin(x))", "(2+cos(x))^(-3/2)", "asin(sin(x)*cos(x)/2)",
           "1/(1+sin(x)+cosh(x))+1/(3+sin(x))", "exp(x)/(sin(x)+sqrt(x+3))", "(sqrt(2)+sin(x))^x"]  # fmt: skip


@pytest.mark.parametrize("text", DIVIDED)
def test_powers_of_a_sum_of_related_constants_stay_whole(text):
    """What is divided by is one factor, so that a coefficient grows by a few terms from degree to degree."""
    f, at, n = parse_expression(text).value, Rational(1, 2), 9
    found = coefficients(text, n, at)
    with mp.workdps(40):
        numbers = mp.taylor(sp.lambdify(list(f.free_symbols), f, "mpmath"), mp.mpf(1) / 2, n)
        for value, expected in zip(found, numbers, strict=True):
            assert mp.almosteq(mp.mpf(str(value.evalf(30, maxn=300))), expected, rel_eps=1e-15, abs_eps=1e-15)
    sizes = [len(str(c)) for c in found]
    assert sizes[9] < 5 * sizes[6]


REMOVABLE = ["polygamma(1,x+1)*(1-cos(x))/x^2", "gamma(x+1)*sin(x)^3/x^3", "polygamma(0,x+2)*(exp(x)-1)/x", "besselj(2,x)/x^2"]


@pytest.mark.parametrize("text", REMOVABLE)
def test_zeros_below_the_stroke_take_constants_of_further_derivatives(text):
    """Judged by Cauchy's integral over a circle on which nothing is removable."""
    f, n, nodes, radius = parse_expression(text).value, 3, 64, mp.mpf(1) / 2
    with mp.workdps(30):
        circle = [radius * mp.expjpi(mp.mpf(2 * j) / nodes) for j in range(nodes)]
        values = [sp.lambdify(list(f.free_symbols), f, "mpmath")(z) for z in circle]
        for k, found in enumerate(coefficients(text, n)):
            expected = mp.fsum(v * z**-k for v, z in zip(values, circle, strict=True)) / nodes
            assert mp.almosteq(mp.mpf(str(found.evalf(25))), expected, rel_eps=1e-10, abs_eps=1e-10)


def test_several_variables_by_derivatives():
    f, n = sp.exp(x * y) * sp.sin(x + 2 * y) / (1 + y), 4
    point = {x: S.One, y: S.Zero}
    for k, group in enumerate(taylor_terms(f, (x, y), point, n)):
        found = dict(group)
        for i in range(k + 1):
            exact = f.diff(x, i).diff(y, k - i).subs(point) / (factorial(i) * factorial(k - i))
            assert equal_in_value(found.get((i, k - i), S.Zero), exact)


def test_parameters_and_unknown_functions_stay_in_the_coefficients():
    assert coefficients("exp(a*x)", 3) == [1, a, a**2 / 2, a**3 / 6]
    g = sp.Function("f", real=True)
    groups = taylor_terms(g(x), (x,), {x: a}, 2)
    assert [str(t[0][1]) for t in groups] == ["f(a)", "Derivative(f(a), a)", "Derivative(f(a), (a, 2))/2"]


@pytest.mark.parametrize(
    ("text", "part"),
    [("ln(x)", "log(x)"), ("1/x", "1/x"), ("sqrt(x)", "sqrt(x)"), ("|x|", "Abs(x)"), ("x + max(0, x)", "Max(0, x)"), ("cos(x)/x", "cos(x)/x"), ("2 + csc(x)", "csc(x)"), ("x^x", "x**x"), ("sin(x)/x^2", "sin(x)/x**2"), ("1/x + 1/x^2", "1/x"),
     ("gamma(x)", "gamma(x)"), ("2 + sign(sin(x))", "sign(sin(x))"), ("cbrt(x)", "cbrt(x)"), ("floor(x)", "floor(x)"), ("elliptic_k(x)", "elliptic_k(x)")],
)  # fmt: skip
def test_points_where_a_part_is_not_analytic(text, part):
    with pytest.raises(SymcalcError) as caught:
        coefficients(text, 3)
    assert caught.value.exit == 1
    assert f": {part} is not analytic at x = 0" in caught.value.problem


def test_the_polynomial_is_written_in_powers_of_the_distance():
    assert str(answer("taylor", "x^4", at="1", degree=6)) == "1 + 4*(x - 1) + 6*(x - 1)**2 + 4*(x - 1)**3 + (x - 1)**4"
    result = answer("taylor", "exp(x)*sin(y)", at="x=0,y=0", degree=3)
    assert str(result) == "y + x*y + x**2*y/2 - y**3/6"
    assert result.answer.relation == "≈"
    assert answer("taylor", "x^4", at="1", degree=4).answer.relation == "="


def test_high_degrees_are_exact():
    n = 40
    assert coefficients("exp(x)", n)[n] == Rational(1, factorial(n))
    rng = random.Random(3)
    k = rng.randint(20, n)
    assert coefficients("1/(1-x)^2", n)[k] == k + 1


def test_symbols_of_any_name():
    t = Symbol("t", real=True)
    assert taylor_terms(sp.sin(t), (t,), {t: S.Zero}, 1)[1] == [((1,), 1)]


def test_every_recurrence_knows_where_it_starts():
    from symcalc.calculus.local import RECURRENT
    from symcalc.calculus.series.engine import RECURRENCES as SERIES

    assert SERIES.keys() == RECURRENT.keys()


# --- how the coefficients come about -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "at", "n"),
    [
        ("ln(1+x)", "1/2", 5),
        ("exp(sin(x))", "1", 4),
        ("sin(x)/x", "0", 4),
        ("exp(x)*sin(y)", "x=1,y=2", 3),
        ("x^2*y^3", "2,1", 3),
    ],
)
def test_the_table_holds_derivatives_their_values_and_coefficients(text, at, n):
    result = answer("taylor", text, at=at, degree=n, steps=True)
    (table,) = [f.value for f in result.facts if f.name == "coefficients"]
    f, xs = parse_expression(text).value, result.variables
    point = result.claims[0].point
    assert len(table.rows) == len(result.steps)
    for row, step in zip(table.rows, result.steps, strict=True):
        orders = tuple(dict(step.before.orders).get(s, 0) if step.before != f else 0 for s in xs)
        judge = sp.lambdify(xs, f, "mpmath")
        near = [mp.mpf(3) / 7 + mp.mpf(i) / 3 for i in range(len(xs))]
        with mp.workdps(40):
            there = mp.diff(judge, tuple(near), orders) if any(orders) else judge(*near)
            assert abs(sp.N(row[1].subs(dict(zip(xs, near, strict=True))), 30) - there) < 1e-8 * (1 + abs(there))
            if not text.startswith("sin(x)/x"):
                value = mp.diff(judge, tuple(mp.mpf(sp.N(point[s], 40)) for s in xs), orders) if any(orders) else None
                assert value is None or abs(sp.N(row[2], 30) - value) < 1e-8 * (1 + abs(value))
        assert row[3] * sp.prod([sp.factorial(k) for k in orders]) == row[2]


def test_the_quadratic_part_is_that_of_the_hessian():
    result = answer("taylor", "exp(x*y)+x^2", at="x=1,y=1", degree=3, steps=True)
    (fact,) = [f for f in result.facts if f.name == "quadratic part"]
    away, hessian = fact.of.args
    assert sp.expand((away.T * hessian * away)[0] / 2 - fact.value.doit()) == 0
    assert hessian == sp.hessian(sp.exp(x * y) + x**2, (x, y)).subs({x: 1, y: 1})
    assert sum(1 for f in result.facts if f.name.startswith("degree")) == 4


def test_a_long_table_ends_and_says_so():
    result = answer("taylor", "exp(x)", degree=30, steps=True)
    assert len(result.steps) == 20
    assert any("20 rows" in note for note in result.notes)


SEEDS = [seed for seed in range(40) if seed % 3 == 0]


@pytest.mark.parametrize("seed", SEEDS)
def test_engine_and_table_agree_on_random_formulas(seed):
    """The derivatives of the table, evaluated at the point by SymPy, against the values that come from the engine."""
    text = formula(random.Random(seed), 2).replace("y", "(x+2)").replace("x1", "x")
    f = parse_expression(text).value
    if f.free_symbols != {x}:
        return
    try:
        result = answer("taylor", text, at="3/7", degree=3, steps=True, check=False)
    except SymcalcError as error:
        assert error.code == "not-analytic"
        return
    (table,) = [fact.value for fact in result.facts if fact.name == "coefficients"]
    for order, slope, value, coefficient in table.rows:
        assert equal_in_value(slope.subs(x, Rational(3, 7)), value), (text, order)
        assert equal_in_value(coefficient * factorial(int(order)), value), (text, order)
