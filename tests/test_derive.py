"""The rules of differentiation and the table of derivatives, judged by finite differences and by hand."""

from __future__ import annotations

import random

import pytest
import sympy as sp
from judge import equal_in_value
from mpmath import mp
from sympy import Abs, Function, Max, Min, Piecewise, S, Symbol, symbols

from symcalc import answer
from symcalc.calculus.derive import derive, differentiate
from symcalc.calculus.numeric import Evaluator, NoRealValue
from symcalc.calculus.rules import RULES
from symcalc.calculus.table import DERIVATIVES
from symcalc.calculus.tidy import tidy
from symcalc.errors import SymcalcError
from symcalc.notation import Primed, RealRoot, sigmoid

x, y, a, n = symbols("x y a n", real=True)
N = Symbol("N", integer=True, positive=True)
f = Function("f", real=True)

PARAMETERS = {
    sp.polygamma: [(1,), (2,)], sp.beta: [(S(3) / 2,)], sp.binomial: [(S(5) / 2,)], sp.lowergamma: [(S(3) / 2,)],
    sp.uppergamma: [(S(3) / 2,)], sp.polylog: [(2,)], sp.zeta: [(3,)], sp.hyper: [((1, S(1) / 2), (S(3) / 2,))],
    sp.besselj: [(S(3) / 2,), (2,)], sp.bessely: [(1,)], sp.besseli: [(S(3) / 2,)], sp.besselk: [(1,)], sp.jn: [(2,)], sp.yn: [(1,)],
    sp.chebyshevt: [(N,)], sp.chebyshevu: [(N,)], sp.legendre: [(N,)], sp.assoc_legendre: [(N, 1)], sp.hermite: [(N,)],
    sp.laguerre: [(N,)], sp.assoc_laguerre: [(N, 2)], sp.gegenbauer: [(N, S(3) / 2)], sp.jacobi: [(N, 1, 2)],
    sp.elliptic_f: [(S(1) / 2,)], sp.elliptic_e: [(), (S(1) / 2,)], sp.elliptic_pi: [(S(1) / 3,)], sp.atan2: [(2,)], sp.expint: [(2,)],
}  # fmt: skip
"""Values for the arguments before the last."""
FIRST_ARGUMENT = [sp.beta(x, 2), sp.binomial(x, S(3) / 2), sp.elliptic_f(x, S(1) / 3), sp.elliptic_e(x, S(1) / 3), sp.atan2(x, 2),
                  sp.Mod(x, 2), sp.elliptic_pi(x, S(1) / 4), RealRoot(x, 3), RealRoot(x, 5)]  # fmt: skip


def rows():
    single = [head(x) for head in DERIVATIVES if head not in PARAMETERS and head not in (sp.Mod, RealRoot, sp.elliptic_pi)]
    return single + [head(*p, x) for head, choices in PARAMETERS.items() for p in choices] + FIRST_ARGUMENT


@pytest.mark.parametrize("function", rows(), ids=str)
def test_every_row_of_the_table_by_finite_differences(function):
    slope, rng, agreed = differentiate(function, x), random.Random(7), 0
    with mp.workdps(20):
        for attempt in range(60):
            p = mp.mpf(rng.uniform(-4, 4) if attempt % 2 else rng.uniform(0.05, 0.95))
            try:
                numbers = mp.diff(lambda t: Evaluator({x: t, N: mp.mpf(3)})(function), p)
            except NoRealValue:
                continue
            assert mp.almosteq(Evaluator({x: p, N: mp.mpf(3)})(slope), numbers, rel_eps=1e-9, abs_eps=1e-9)
            agreed += 1
            if agreed == 3:
                return
    raise AssertionError("no real point was found")


BY_HAND = [
    (S(7), "0"), (y**2, "0"), (x, "1"), (3 * x + 2, "3"), (x**2 * sp.sin(x), "2*x*sin(x) + x^2*cos(x)"), (x**n, "n*x^(n-1)"),
    (sp.S(2) ** x, "2^x*ln(2)"), (x**x, "x^x*(ln(x)+1)"), (1 / x, "-1/x^2"), (sp.sqrt(x**2 + y**2), "x/sqrt(x^2+y^2)"),
    (sp.log(x) / x, "(1-ln(x))/x^2"), (sp.exp(a * x), "a*exp(a*x)"), (sp.tanh(x), "1-tanh(x)^2"), (sp.atan(x / a), "a/(a^2+x^2)"),
    (Abs(x) * x, "2*|x|"), (sp.sign(x) * x**2, "2*x*sign(x)"), (sp.floor(x) * x, "floor(x)"), (sigmoid(3 * x), "3*exp(-3*x)/(1+exp(-3*x))^2"),
    (sp.log(1 + sp.exp(x)), "1/(1+exp(-x))"), (sp.log(Abs(x)), "1/x"), (Max(x, 0) ** 2, "2*max(x,0)"), (RealRoot(x, 3), "1/(3*cbrt(x)^2)"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "expected"), BY_HAND, ids=lambda v: str(v))
def test_derivatives_known_by_hand(function, expected):
    from symcalc.parse import parse_expression

    assert equal_in_value(tidy(differentiate(function, x)), parse_expression(expected).value)


def test_a_maximum_claims_nothing_where_two_arguments_tie():
    assert differentiate(Max(0, x), x) == Piecewise((1, x > 0), (0, x < 0))
    assert differentiate(Min(x, x**2), x).subs(x, 1) is S.NaN
    assert differentiate(Max(x, y, 1), y).subs({x: 2, y: 0}) == 0
    assert differentiate(Max(x, y, 1), y).subs({x: 2, y: 3}) == 1


def test_a_piecewise_claims_nothing_on_its_borders():
    g = Piecewise((x**2, x <= 1), (2 * x - 1, True))
    slope = differentiate(g, x)
    assert (slope.subs(x, 0), slope.subs(x, 2), slope.subs(x, 1)) == (0, 2, S.NaN)
    thin = Piecewise((1, sp.Eq(x, 0)), (x**3, True))
    assert differentiate(thin, x).subs(x, 2) == 12


def test_a_maximum_of_arguments_that_tie_on_a_region_has_a_value_there():
    slope = differentiate(Max(x, Abs(x)), x)
    assert (slope.subs(x, 2), slope.subs(x, -2)) == (1, -1)


@pytest.mark.parametrize(("text", "inside"), [("x/max(x,0)", 0), ("1/relu(x)", -S(1) / 4), ("log(relu(x))", S.Half)])
def test_nothing_is_claimed_where_the_function_has_no_value(text, inside):
    value = answer("diff", text).answer.value
    assert answer("diff", "sqrt(relu(x))").answer.value.subs(x, -2) == 0
    assert value.subs(x, 2) == inside
    assert value.subs(x, -2) is S.NaN


def test_unknown_functions_are_differentiated_in_their_places():
    assert differentiate(f(x**2), x) == 2 * x * Primed(f(x**2), [1])
    assert differentiate(f(x, x * y), x) == Primed(f(x, x * y), [1, 0]) + y * Primed(f(x, x * y), [0, 1])
    assert differentiate(Primed(f(x), [2]), x) == Primed(f(x), [3])
    assert differentiate(f(y), x) == 0


def test_sums_and_products_over_an_index():
    k, m = symbols("k m", integer=True)
    total = differentiate(sp.Sum(x**k, (k, 1, m)), x)
    assert total.subs({m: 3, x: 2}).doit() == 1 + 4 + 12
    product = differentiate(sp.Product(x + k, (k, 1, m)), x)
    assert product.subs({m: 3, x: 1}).doit() == 3 * 4 + 2 * 4 + 2 * 3
    with pytest.raises(SymcalcError, match="whole numbers"):
        differentiate(sp.Sum(k, (k, 1, x)), x)


@pytest.mark.parametrize("function", [sp.zeta(x), sp.besselj(x, 2), sp.lowergamma(x, 2)], ids=str)
def test_what_has_no_formula_is_said(function):
    with pytest.raises(SymcalcError, match="no formula is known") as caught:
        differentiate(function, x)
    assert caught.value.exit == 1


def test_absolute_values_of_complex_names_have_no_derivative():
    z = Symbol("z")
    with pytest.raises(SymcalcError, match="not complex differentiable"):
        differentiate(Abs(z), z)


def test_a_derivation_is_a_tree_of_true_equations():
    step = derive(x**2 * sp.sin(3 * x), x)
    assert step.rule == "product_rule"
    assert {s.rule for s in step.substeps} == {"power_rule", "standard_derivative"}
    waiting = [step]
    while waiting:
        s = waiting.pop()
        assert equal_in_value(s.before.function.diff(x), s.after)
        waiting += s.substeps


def test_every_rule_has_its_textbook_sentence():
    for rule in RULES:
        assert rule.__doc__.strip().endswith("."), rule.__name__
