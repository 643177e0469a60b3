"""Functions that an equation defines: known derivatives, numbers on the curve, and points where there is none."""

from __future__ import annotations

import random
from functools import partial

import pytest
import sympy as sp
from judge import read, symbol
from mpmath import mp

from symcalc import SymcalcError, answer
from symcalc.calculus import implicit
from symcalc.calculus.numeric import Evaluator, NoRealValue
from symcalc.notation import Diff, Leibniz, Primed

diff = partial(answer, "diff", check=False)

KNOWN = [
    ("x^2+y^2=25", "x", "y", 1, "-x/y"),
    ("x^2+y^2=25", "x", "y", 2, "-25/y^3"),
    ("x^3+y^3=6*x*y", "x", "y", 1, "(2*y-x^2)/(y^2-2*x)"),
    ("sin(x+y)=y^2*cos(x)", "x", "y", 1, "(y^2*sin(x)+cos(x+y))/(2*y*cos(x)-cos(x+y))"),
    ("x^4+y^4=16", "x", "y", 2, "-48*x^2/y^7"),
    ("x*y=1", "x", "y", 1, "-y/x"),
    ("y=x^x", "x", "y", 1, "x^x*(ln(x)+1)"),
    ("ln(y)=x*ln(x)", "x", "y", 1, "y*(ln(x)+1)"),
    ("x=sin(y)", "x", "y", 1, "1/cos(y)"),
    ("x=tan(y)", "x", "y", 1, "cos(y)^2"),
    ("exp(y)=x", "x", "y", 2, "-exp(-2*y)"),
    ("x^2-x*y+y^2=3", "x", "y", 1, "(y-2*x)/(2*y-x)"),
    ("sqrt(x)+sqrt(y)=1", "x", "y", 1, "-sqrt(y)/sqrt(x)"),
    ("x^2/a^2+y^2/b^2=1", "x", "y", 1, "-b^2*x/(a^2*y)"),
    ("x^2+y^2+z^2=9", "x", "z", 1, "-x/z"),
    ("x^2+y^2+z^2=9", "y", "z", 1, "-y/z"),
    ("p*v=n*k*t", "t", "p", 1, "k*n/v"),
    ("x^3+y^3+z^3+6*x*y*z=1", "x", "z", 1, "-(x^2+2*y*z)/(z^2+2*x*y)"),
    ("y^2-x^3+x", "x", "y", 1, "(3*x^2-1)/(2*y)"),
    ("x*cos(y)+y*cos(x)=1", "x", "y", 1, "(y*sin(x)-cos(y))/(cos(x)-x*sin(y))"),
]  # fmt: skip
"""Equation, variable, function, order, derivative: Stewart, Calculus, 3.5 and 14.5, and the inverse functions."""


def on_curve(equation, x, y, rng):
    """G, and values at which G = 0."""
    left, _, right = equation.partition("=")
    g = read(left) - (read(right) if right else 0)
    values = {s: mp.mpf(rng.uniform(0.02, 1.2)) for s in g.free_symbols | {symbol(x)}}
    values[symbol(y)] = mp.findroot(lambda v: Evaluator({**values, symbol(y): v})(g), values[symbol(y)])
    return g, values


@pytest.mark.parametrize(("equation", "x", "y", "order", "truth"), KNOWN)
def test_known_derivatives(equation, x, y, order, truth):
    value, rng, tried = diff(equation, x, implicit=y, order=order).answer.value, random.Random(equation), 0
    for _ in range(40):
        try:
            _, values = on_curve(equation, x, y, rng)
            here, wanted = (Evaluator(values)(e) for e in (value, read(truth)))
        except (NoRealValue, ValueError, ZeroDivisionError):
            continue
        assert mp.almosteq(here, wanted, 1e-10, 1e-10)
        tried += 1
        if tried == 5:
            return
    pytest.fail("no points on the curve")


@pytest.mark.parametrize(("equation", "x", "y", "order", "truth"), KNOWN)
def test_every_line_is_true_on_the_curve(equation, x, y, order, truth):
    """y(x) is y and y'(x) is the slope that numbers give."""
    steps, rng = diff(equation, x, implicit=y, order=order, steps="lines").steps, random.Random(truth)
    assert steps[-1].after == diff(equation, x, implicit=y, order=order).answer.value
    function = sp.Function(y, real=True)(symbol(x))
    tried = 0
    for _ in range(40):
        try:
            g, values = on_curve(equation, x, y, rng)
            slope = Evaluator(values)(-sp.diff(g, symbol(x)) / sp.diff(g, symbol(y)))
            for step in steps:
                sides = [numeric(e, function, values, slope, x, y) for e in (step.before, step.after)]
                if None not in sides:
                    assert mp.almosteq(*sides, 1e-10, 1e-10), step
                    tried += 1
        except (NoRealValue, ValueError, ZeroDivisionError):
            continue
        if tried >= 6:
            return
    pytest.fail("no line was compared")


def numeric(e, function, values, slope, x, y):
    """The value of a line; None for d²y/dx² and higher."""
    if any(n > 1 for head in e.atoms(Leibniz) for _, n in head.orders):
        return None
    e = e.replace(lambda part: isinstance(part, Diff), lambda part: sp.diff(part.function, symbol(x)))
    rate, place = sp.Symbol("rate", real=True), symbol(y)
    e = e.replace(lambda part: isinstance(part, Primed | sp.Derivative | Leibniz), lambda part: rate).xreplace({function: place})
    return Evaluator({**values, rate: slope})(e)


@pytest.mark.parametrize(
    ("equation", "x", "y", "order"), [("x^2+y^2=25", "x", "y", 1), ("x*y=1", "x", "y", 2), ("exp(y)+y=x", "x", "y", 3)]
)
def test_a_wrong_slope_is_caught_by_the_check(equation, x, y, order, monkeypatch):
    answer("diff", equation, x, implicit=y, order=order)
    right = implicit.implicit_derivatives
    monkeypatch.setattr("symcalc.commands._implicit.implicit_derivatives", lambda *a: [-v for v in right(*a)])
    with pytest.raises(SymcalcError, match="failed its own check"):
        answer("diff", equation, x, implicit=y, order=order)


@pytest.mark.parametrize(
    ("equation", "at", "status"),
    [
        ("x^2+y^2=25", "3,4", "differentiable"),
        ("x^2+y^2=25", "3,-4", "differentiable"),
        ("x^2+y^2=2", "1,1", "differentiable"),
        ("x^2+y^2=25", "5,0", "vertical tangent"),
        ("y^3=x", "0,0", "vertical tangent"),
        ("y^2=x^2+x^3", "0,0", "undecided"),
        ("x^2+|y|=25", "5,0", "undecided"),
    ],
)
def test_at_a_point(equation, at, status):
    assert diff(equation, "x", implicit="y", at=at).verdict.status == status


def test_values_at_points():
    assert diff("x^2+y^2=25", "x", implicit="y", at="3,4").answer.value == sp.Rational(-3, 4)
    assert diff("x^2+y^2=25", "x", implicit="y", at="3,-4", order=2).answer.value == sp.Rational(25, 64)


@pytest.mark.parametrize(
    ("words", "options", "problem"),
    [
        (("x^2+y^2=25", "x"), {"implicit": "y", "at": "5,1"}, "the equation does not hold at x = 5, y = 1"),
        (("x^2=9", "x"), {"implicit": "y"}, "the equation does not depend on y"),
        (("x^2+y^2=9", "y"), {"implicit": "y"}, "y cannot be both the variable and the function"),
        (("x^2+y^2+z^2=9",), {"implicit": "z"}, "VAR must name one variable, here are x, y"),
        (("x^2+y^2=9", "x"), {"implicit": "y,z"}, "--implicit must name one variable, here are y, z"),
        (("x^2>=y", "x"), {"implicit": "y"}, "an equation is needed here, not an inequality"),
        (("x^2=y", "x"), {"implicit": "y", "from_definition": True}, "--implicit does not go together with"),
        (("x^2=y", "x"), {"implicit": "y", "value": "1"}, "--implicit does not go together with"),
    ],
)
def test_refused(words, options, problem):
    with pytest.raises(SymcalcError, match=problem):
        diff(*words, **options)
