"""Remainders, their proven bounds, and series in closed form, against mpmath."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy as sp
from mpmath import mp
from sympy import S, symbols

from symcalc import SymcalcError, answer
from symcalc.calculus.series import taylor_terms
from symcalc.calculus.series.general import ROWS, general_series
from symcalc.calculus.series.remainder import remainder_bound
from symcalc.parse import parse_expression

x, y, a, p = symbols("x y a p", real=True)


def numeric(f, variables=(x,)):
    return sp.lambdify(variables, f, "mpmath")


def difference(text, at, n, variables=(x,)):
    """f - T as an mpmath function, with T from mpmath or SymPy's derivatives."""
    f = parse_expression(text).value
    point = dict(zip(variables, map(S, at), strict=True))
    terms = taylor_terms(f, variables, point, n)
    polynomial = sum(
        (c * sp.prod((v - point[v]) ** k for v, k in zip(variables, m, strict=True)) for group in terms for m, c in group), S.Zero
    )
    return f, point, terms, numeric(f - polynomial, variables)


BOUNDED = [
    ("exp(x)", 0, 4, "1"), ("sin(x)", 0, 5, "1"), ("ln(1+x)", 0, 4, "1/2"), ("sqrt(x)", 4, 2, "1"), ("tan(x)", 0, 9, "1"),
    ("1/(1+x^2)", 0, 10, "1/2"), ("sigmoid(x)", 0, 5, "2"), ("erf(x)", 0, 5, "1"), ("gamma(x)", 2, 3, "1/2"), ("atan(x)", 0, 5, "9/10"),
    ("exp(sin(x))", 1, 6, "1"), ("x^x", 1, 3, "1/2"), ("cosh(x)/(2+cos(x))", 0, 3, "1"), ("cos(x)", "pi/3", 2, "3/2"), ("exp(x)", 0, 0, "1"),
    ("sin(x)/x", 0, 4, "1"), ("x/(exp(x)-1)", 0, 4, "2"), ("(1-cos(x))/x^2", 0, 3, "1"), ("exp(sin(x)/x)", 0, 2, "1/2"),
    ("|x|*exp(x)", 1, 3, "1/2"), ("max(x, x^2)+exp(x)", 3, 2, "1"), ("floor(x)*sin(x)", "3/2", 2, "1/3"), ("x^(1/3)", 2, 3, "1"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "at", "n", "radius"), BOUNDED)
def test_the_bound_holds_and_is_close_and_the_largest_error_is_attained(text, at, n, radius):
    f, point, terms, error = difference(text, [at], n)
    found = remainder_bound(f, (x,), point, terms, S(radius))
    with mp.workdps(40):
        centre, size = mp.mpf(sp.N(point[x], 40)), mp.mpf(sp.N(S(radius), 40))
        places = [centre + size * (mp.mpf(2 * i) / 51 - 1) for i in range(52)]
        errors = [abs(error(place)) for place in places if abs(place) > 1e-9]
        bound = mp.mpf(found.bound.numerator) / found.bound.denominator
        assert max(errors) <= bound
        assert bound <= 1.02 * max(errors)
        assert 0.98 * max(errors) <= found.error <= bound * (1 + mp.mpf(10) ** -12)
        there = mp.mpf(found.place[x])
        assert abs(there - centre) <= size * (1 + mp.mpf(10) ** -12)
        assert abs(abs(error(there)) - found.error) <= 1e-6 * found.error


@pytest.mark.parametrize(
    ("text", "at", "n", "radius"),
    [
        ("exp(x)*sin(y)", (0, 0), 2, "1/2"),
        ("ln(1+x+y^2)", (0, 1), 2, "1/4"),
        ("sqrt(1+x^2+y^2)", (1, 0), 1, "1/2"),
        ("exp(x*y)*sin(x+y)", (0, 0), 3, "1/2"),
        ("cos(x*y)", (0, 0), 4, "1"),
        ("1/(3+x+y)", (0, 0), 3, "1"),
        ("exp(x*y)", (1, 1), 2, "1/2"),
        ("x*exp(y)/(1+x^2)", (0, 0), 4, "1/3"),
        ("|x+y-3|*sin(x)", (0, 0), 2, "1"),
    ],
)
def test_the_bound_holds_in_two_variables(text, at, n, radius):
    f, point, terms, error = difference(text, at, n, (x, y))
    found = remainder_bound(f, (x, y), point, terms, S(radius))
    size, rng = mp.mpf(sp.N(S(radius))), random.Random(1)
    corners = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    places = [
        (at[0] + size * s, at[1] + size * t)
        for s, t in [*corners, *((rng.uniform(-1, 1), rng.uniform(-1, 1)) for _ in range(200))]
    ]
    largest = max(abs(error(*place)) for place in places)
    bound = mp.mpf(found.bound.numerator) / found.bound.denominator
    assert largest <= bound <= 1.1 * found.error
    assert largest * 0.999 <= found.error <= bound


@pytest.mark.parametrize(
    ("text", "at", "within", "said"),
    [
        ("ln(1+x)", "0", "1", "log(x + 1) is not known to be smooth near x = -1"),
        ("tan(x)", "0", "2", "tan(x) is not known to be smooth near x = -1.571"),
        ("|x|", "1", "2", "Abs(x) is not known to be smooth near x = 0"),
        ("max(x, 1)", "0", "3/2", "is not known to be smooth near x = 1"),
        ("floor(x)", "1/2", "1", "is not known to be smooth near x = "),
        ("1/x", "1", "3", "is not known to be smooth near x = 0"),
        ("cos(x)/x", "1", "1", "is not known to be smooth near x = 0"),
        ("exp(a*x)", "x=0,a=a", "1", "the option"),
        ("polygamma(0, x)^2", "2", "1", "has no certified enclosure"),
    ],
)
def test_an_interval_that_meets_a_singularity_has_no_bound(text, at, within, said):
    with pytest.raises(SymcalcError) as caught:
        answer("taylor", text, *(["x"] if "a" in at else []), at="0" if "a" in at else at, within=within)
    assert caught.value.exit == 1
    assert said in caught.value.problem or "a is left open" in caught.value.problem


def test_the_printed_bound_is_rounded_up():
    for text, at, n, radius in BOUNDED[:6]:
        result = answer("taylor", text, at=str(at), degree=n, within=radius)
        (shown,) = [f.value.rhs for f in result.facts if f.name == "bound"]
        f, point, terms, _ = difference(text, [at], n)
        found = remainder_bound(f, (x,), point, terms, S(radius))
        assert found.bound <= Fraction(str(shown)) <= found.bound * Fraction(1011, 1000)


@pytest.mark.parametrize(
    ("text", "at", "n"),
    [("exp(x)", 0, 4), ("ln(x)", 3, 2), ("sin(x)", 0, 4), ("sqrt(x)", 4, 1), ("1/(1+x)", 0, 5), ("cosh(2x)", 1, 3)],
)
def test_lagranges_form_is_true_for_some_point_between(text, at, n):
    result = answer("taylor", text, at=str(at), degree=n, remainder=True)
    (fact,) = [f for f in result.facts if f.name == "Lagrange form"]
    (xi,) = fact.value.free_symbols - {x}
    *_, error = difference(text, [at], n)
    for step in (mp.mpf("0.7"), -mp.mpf("0.6")):
        there = at + step
        form = numeric(fact.value, (x, xi))
        values = [form(there, at + step * i / 200) - error(there) for i in range(201)]
        assert min(values) <= 0 <= max(values)


def test_lagranges_form_in_two_variables_is_true_for_some_point_between():
    result = answer("taylor", "exp(x)*sin(y)", degree=2, remainder=True)
    (fact,) = [f for f in result.facts if f.name == "Lagrange form"]
    names = sorted(fact.value.free_symbols - {x, y}, key=str)
    form = numeric(fact.value.doit(), (x, y, *names))
    *_, error = difference("exp(x)*sin(y)", (0, 0), 2, (x, y))
    at = (mp.mpf("0.8"), mp.mpf("-0.5"))
    values = [form(*at, *(c * i / 200 for c in at)) - error(*at) for i in range(201)]
    assert min(values) <= 0 <= max(values)


# --- coefficients in closed form ---------------------------------------------------------------------------------

ENTIRE = {"exp", "sin", "cos", "sinh", "cosh", "erf", "erfi", "Si", "Shi"}
RADII = {
    # every row of the table
    **{f"{name}(x)": (0, None) for name in sorted(ENTIRE)},
    "asin(x)": (0, 1), "atan(x)": (0, 1), "asinh(x)": (0, 1), "atanh(x)": (0, 1), "LambertW(x)": (0, "exp(-1)"), "ln(1+x)": (0, 1),
    "(1+x)^(1/3)": (0, 1), "1/(1-x)": (0, 1), "1/(1+x)^3": (0, 1), "(1+x)^p": (0, 1),
    # substitution, constants, powers
    "exp(-x^3)*x^2": (0, None), "2^x": (0, None), "cos(3x^2)": (0, None), "ln(1-2x^3)": (0, "2^(-1/3)"), "5*atan(x/2)": (0, 2),
    "asinh(2x)": (0, "1/2"), "x/(1+x^2)": (0, 1), "1/sqrt(1-4x)": (0, "1/4"), "sqrt(9+x^2)": (0, 3), "1/(2+3x)": (0, "2/3"),
    "sin(x)/x": (0, None), "(1-cos(x))/x^2": (0, None), "(exp(x)-1-x)/x^2": (0, None), "ln(1+x)/x": (0, 1), "exp(a*x)": (0, None),
    # derivatives and integrals of the geometric series
    "1/(1-x)^2": (0, 1), "x/(1-x)^3": (0, 1), "-ln(1-x)/x": (0, 1), "x^3/(1-x^4)": (0, 1),
    # sums, partial fractions, products written as sums, logarithms of products
    "exp(x)+exp(-x)": (0, None), "(1+x)*exp(x)": (0, None), "x^3+1/(1-x)": (0, 1), "1/(x^2-3x+2)": (0, 1), "ln((1+x)/(1-x))": (0, 1),
    "ln(x^2-3x+2)": (0, 1), "sin(x)^2": (0, None), "sin(x)*cos(2x)": (0, None), "cosh(x)^2": (0, None), "cos(x)-1+x^2/2": (0, None),
    "atan(x)/x-1": (0, 1), "1/(1+x)+sin(x)": (0, 1), "1/((1-x)*(1+x^2))": (0, 1), "sinh(x)^3": (0, None), "exp(x)-1": (0, None),
    # functions with Bernoulli numbers, some with a pole that cancels
    "tan(x)": (0, "pi/2"), "tanh(x)": (0, "pi/2"), "tanh(2x)/x": (0, "pi/4"), "x*cot(x)": (0, "pi"), "x*coth(x)": (0, "pi"),
    "x*csc(x)": (0, "pi"), "x*csch(x)": (0, "pi"), "x/sin(2x)": (0, "pi/2"), "1/sin(x)-1/x": (0, "pi"), "x/(exp(x)-1)": (0, "2*pi"),
    "1/(1+exp(-x))": (0, "pi"), "x/(1-exp(-3x))": (0, "2*pi/3"), "3/(exp(2x)+1)": (0, "pi/2"),
    # quadratic denominators, real and complex roots
    "1/(1-x-x^2)": (0, "(sqrt(5)-1)/2"), "x/(1-x-x^2)": (0, "(sqrt(5)-1)/2"), "(2-x)/(1-x-x^2)": (0, "(sqrt(5)-1)/2"),
    "1/(2+2x-x^2)": (0, "sqrt(3)-1"), "1/(3x^2-6x+2)": (0, "1-1/sqrt(3)"), "1/(2-2x^2-x^4)": (0, "sqrt(sqrt(3)-1)"),
    "1/((1-x)*(1-3x+x^2))": (0, "(3-sqrt(5))/2"), "1/(1+x+x^2)": (0, 1), "(x+3)/(5+2x+x^2)": (0, "sqrt(5)"),
    "(1+x^3)/(2+x^2+x^4)": (0, "2^(1/4)"), "1/(x^2+2x-1) ": (1, "2-sqrt(2)"), "1/(1-x-x^2)+exp(x)": (0, "(sqrt(5)-1)/2"),
    # exponentials times sines and cosines
    "exp(x)*sin(x)": (0, None), "exp(-2x)*cos(3x+1)": (0, None), "x*exp(a*x)*cos(x)": (0, None), "exp(x^2)*sin(2x^2)": (0, None),
    "exp(x)*sin(x)^2": (0, None), "exp(-x)*cos(x) ": (2, None), "sinh(x)*cos(x)": (0, None),
    # other points
    "exp(x) ": (1, None), "ln(x)": (3, 3), "1/x": ("1/2", "1/2"), "sqrt(x)": (4, 4), "sin(x) ": ("pi/4", None), "cos(2x)": (1, None),
    "sinh(x) ": (1, None), "x^3": (2, None), "1/x^2": (-1, 1), "1/(1-x) ": (3, 2), "ln(1-x)": (-1, 2), "x*exp(x)": (1, None),
}  # fmt: skip
"""Formula -> the point, and the radius of convergence (None for ∞)."""
NUMBERS = {a: S(7) / 5, p: S(2) / 7}


@pytest.mark.parametrize("text", RADII)
def test_closed_coefficients_are_those_of_mpmath_and_of_the_engine(text):
    at, radius = RADII[text]
    f, at = parse_expression(text).value, S(at)
    found = general_series(f, x, at)
    coefficients = [sp.N(found.coefficient(k).subs(NUMBERS), 30) for k in range(13)]
    if not text.startswith("LambertW"):
        engine = taylor_terms(f, (x,), {x: at}, 12)
        for k, group in enumerate(engine):
            assert abs(sp.N(dict(group).get((k,), S.Zero).subs(NUMBERS), 30) - coefficients[k]) < 1e-25, k
    with mp.workdps(60):
        function, centre = numeric(f.subs(NUMBERS)), mp.mpf(sp.N(at, 60))
        if radius is None:
            r = mp.mpf("0.3")
        else:
            r = mp.mpf(sp.N(S(radius), 60)) / 2
        points = [r * mp.expjpi(mp.mpf(2 * j) / 64) for j in range(64)]
        values = [function(centre + h) for h in points]
        for k, c in enumerate(coefficients):  # Cauchy's formula on a circle
            judged = mp.fsum(v / h**k for v, h in zip(values, points, strict=True)) / 64
            assert abs(judged - mp.mpf(c)) * r**k < mp.mpf(10) ** -16 * 100, k
    if radius is None:
        assert found.radius is S.Infinity
    else:
        assert sp.simplify(found.radius - S(radius)) == 0


@pytest.mark.parametrize("text", RADII)
def test_the_radius_agrees_with_the_growth_of_the_coefficients(text):
    """Cauchy-Hadamard: 1/R = limsup |a_k|^(1/k), judged at one window of large k."""
    f = parse_expression(text).value
    found = general_series(f, x, S(RADII[text][0]))
    if not found.parts:
        return

    def growth(low):
        return max(float(abs(sp.N(found.coefficient(k).subs(NUMBERS), 15)) ** (1 / S(k))) for k in range(low, low + 12))

    far = growth(240)
    if found.radius is S.Infinity:
        assert far < 0.8 * growth(60)
    else:
        assert far == pytest.approx(1 / float(found.radius.subs(NUMBERS)), rel=0.05)


def test_every_row_of_the_table_is_tested():
    values = [parse_expression(text).value for text in RADII]
    assert set(ROWS) <= {part.func for f in values for part in sp.preorder_traversal(f)}


@pytest.mark.parametrize(
    "text",
    [
        "exp(sin(x))",
        "tan(x)^2",
        "exp(x)/(1-x)",
        "1/(1-x-x^3)",
        "tan(1+x)",
        "gamma(x+1)",
        "exp(x^2)*cos(x)",
        "1/(1+x+exp(x))",
        "ln(2+cos(x))",
    ],
)
def test_what_is_not_in_closed_form_is_said_to_be_unknown(text):
    result = answer("taylor", text, general=True)
    assert "the k-th coefficient is not known in closed form" in result.notes
    assert not any(f.name == "series" for f in result.facts)
    assert str(result) == str(answer("taylor", text))
