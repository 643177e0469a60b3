"""Exact signs, proofs of smoothness, definiteness."""

from __future__ import annotations

import pytest
import sympy as sp
from sympy import Abs, ImmutableMatrix, Max, Piecewise, Rational, S, cos, exp, log, pi, sin, sqrt, symbols

from symcalc import answer
from symcalc.calculus.definite import Inertia, definiteness, eigenvalues, inertia
from symcalc.calculus.sign import sign_of
from symcalc.calculus.smooth import obstacle
from symcalc.notation import RealRoot

x, y, a = symbols("x y a", real=True)
p = sp.Symbol("p", positive=True)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (S(0), 0), (S(-3) / 7, -1), (pi - 3, 1), (sqrt(2) + sqrt(3) - sqrt(5 + 2 * sqrt(6)), 0), (sqrt(2) - Rational(141421356, 10**8), 1),
        (exp(1) - Rational(271828182845904523536, 10**20), 1), (log(2) - Rational(69314718055994530941723212145818, 10**32), -1),
        (sin(pi / 5) - sqrt(10 - 2 * sqrt(5)) / 4, 0), (sin(1) ** 2 + cos(1) ** 2 - 1, None), (a, None), (p, 1), (-p, -1), (1 + p**2, 1),
        (sqrt(2) - 10**40 * sqrt(2) / 10**40, 0), (pi * 10**-40, 1),
    ],
)  # fmt: skip
def test_signs(number, expected):
    """None is an honest answer where the truth is 0 or depends on a name; a wrong sign never is."""
    assert sign_of(number) == expected


SMOOTH = [
    (x**3 - 1 / x, {x: S(1)}), (Max(x, x**2), {x: S(2)}), (log(x), {x: pi}), (sp.floor(x), {x: S.Half}), (x**x, {x: S(2)}),
    (exp(x) * sin(y), {x: a, y: S(0)}), (Piecewise((x**2, x <= 1), (2 * x, True)), {x: sqrt(2)}), (Abs(x - 1), {x: S(0)}),
    (sp.asin(x), {x: S.Half}), (sp.gamma(x), {x: -S.Half}), (RealRoot(x, 3), {x: S(-8)}), (sp.atan2(y, x), {x: S(1), y: S(0)}),
]  # fmt: skip
ROUGH = [
    (1 / x, {x: S(0)}), (Abs(x), {x: S(0)}), (Max(x, x**2), {x: S(1)}), (sqrt(x**2 + y**2), {x: S(0), y: S(0)}), (sp.tan(x), {x: pi / 2}),
    (Piecewise((x**2, x <= 1), (2 * x - 1, True)), {x: S(1)}), (log(x), {x: a}), (Abs(sin(x)), {x: pi}), (sp.asin(x), {x: S(1)}),
    (sp.floor(x), {x: S(3)}), (sp.sign(x**2), {x: S(0)}), (sp.gamma(x), {x: S(-2)}), (RealRoot(x, 3), {x: S(0)}), (sqrt(x), {x: S(0)}),
    (sp.Heaviside(x - 1), {x: S(1)}), (x + 1 / (x - y), {x: S(2), y: S(2)}),
]  # fmt: skip


@pytest.mark.parametrize(("f", "point"), SMOOTH, ids=str)
def test_proven_smooth(f, point):
    assert obstacle(f, point) is None


@pytest.mark.parametrize(("f", "point"), ROUGH, ids=str)
def test_not_claimed_smooth(f, point):
    assert obstacle(f, point) is not None


MATRICES = [
    ([[2, 0], [0, 3]], (2, 0, 0), "positive definite"),
    ([[-2, 1], [1, -6]], (0, 2, 0), "negative definite"),
    ([[0, -4], [-4, 0]], (1, 1, 0), "indefinite"),
    ([[1, 1], [1, 1]], (1, 0, 1), "positive semidefinite"),
    ([[-1, 0, 0], [0, 0, 0], [0, 0, -2]], (0, 2, 1), "negative semidefinite"),
    ([[0, 0], [0, 0]], (0, 0, 2), "zero"),
    ([[sqrt(2), 1], [1, 1 / sqrt(2)]], (1, 0, 1), "positive semidefinite"),
    ([[2, -1, 0], [-1, 2, -1], [0, -1, 2]], (3, 0, 0), "positive definite"),
    ([[exp(1), 1], [1, exp(-1)]], (1, 0, 1), "positive semidefinite"),
]


@pytest.mark.parametrize(("rows", "counts", "name"), MATRICES, ids=lambda v: str(v))
def test_inertia_is_exact(rows, counts, name):
    found = inertia(ImmutableMatrix(rows))
    assert found == Inertia(*counts)
    assert definiteness(found) == name


def test_inertia_with_an_undecided_sign_is_none():
    assert inertia(ImmutableMatrix([[a, 0], [0, 1]])) is None


def test_parameters_leave_the_definiteness_open_or_decide_it_by_assumption():
    facts = {f.name: f.value for f in answer("hessian", "a*x^2", "x", at="x=0").facts}
    assert facts["definiteness"] == "not decided"
    facts = {f.name: f.value for f in answer("hessian", "a*x^2", "x", at="x=0", assume="a>0").facts}
    assert facts["definiteness"] == "positive definite"


def test_eigenvalues_largest_first_or_none():
    assert eigenvalues(ImmutableMatrix([[12, -4], [-4, 12]])) == [16, 8]
    assert eigenvalues(ImmutableMatrix([[1, 2, 3], [2, 5, 7], [3, 7, 1]])) is None


def test_the_second_derivative_test_speaks_only_where_the_gradient_vanishes():
    names = [f.name for f in answer("hessian", "x^2+y^2", at="x=1,y=0").facts]
    assert not {"definiteness", "verdict"} & set(names)
    verdict = {f.name: f.value for f in answer("hessian", "x^4+y^2", at="x=0,y=0").facts}["verdict"]
    assert verdict == "the second derivative test does not decide"


@pytest.mark.parametrize(
    ("words", "at"), [(("diff", "|x|"), "0"), (("grad", "sqrt(x^2+y^2)"), "x=0,y=0"), (("diff", "1/x"), "0")], ids=str
)
def test_no_value_is_claimed_where_the_derivative_may_not_exist(words, at):
    result = answer(*words, at=at)
    assert result.denied
    assert isinstance(result.answer.value, str)
