"""The public Python face: the same results as the command line."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
import sympy
from sympy import Symbol

import symcalc

x, y = sympy.symbols("x y", real=True)


def test_a_gradient_at_a_point():
    result = symcalc.grad("x^2*y", "x", "y", at="x=1,y=2")
    assert result.answer.value == sympy.ImmutableMatrix([4, 1])
    assert str(result) == "[4, 1]"
    assert result.check.points > 0


def test_print_is_the_plain_form(capsys):
    print(symcalc.diff("x^2*sin(x)"))
    assert capsys.readouterr().out == "x**2*cos(x) + 2*x*sin(x)\n"


def test_notebooks_show_latex():
    assert symcalc.diff("sqrt(x)")._repr_latex_() == r"\[\frac{d}{dx}\sqrt{x} = \frac{1}{2 \sqrt{x}}\]" or (
        symcalc.diff("sqrt(x)")._repr_latex_().startswith(r"\[")
        and r"\frac{1}{2 \sqrt{x}}" in symcalc.diff("sqrt(x)")._repr_latex_()
    )


def test_every_command_is_a_function():
    assert {"diff", "partial", "grad", "jacobian", "hessian", "taylor", "chain", "lagrange", "eval"} <= set(dir(symcalc))
    assert str(symcalc.partial("x^2*y^3", "x", "y", "y")) == "12*x*y"
    assert str(symcalc.jacobian("[x*y, x+y]")) == "[[y, x], [1, 1]]"
    assert str(symcalc.hessian("x^2*y")) == "[[2*y, 2*x], [2*x, 0]]"
    assert str(symcalc.taylor("exp(x)", degree=2)) == "1 + x + x**2/2"
    assert str(symcalc.chain("z = u^2", "u = 3*x", wrt="x")) == "18*x"
    assert str(symcalc.lagrange("x+y", "x^2+y^2=2")) == "[[-1, -1], [1, 1]]"
    assert str(symcalc.eval("1/3 + 1/6")) == "1/2"
    with pytest.raises(AttributeError):
        _ = symcalc.nothing


def test_options_of_reading_are_keywords():
    assert symcalc.diff("e^x", "x", names=("e",)).answer.value == Symbol("e", real=True) ** x * sympy.log(Symbol("e", real=True))
    assert str(symcalc.diff("sqrt(x^2)", "x", assume="x>0")) == "1"
    assert symcalc.diff("z^2", complex=True).answer.value == 2 * Symbol("z")
    assert str(symcalc.diff(r"\frac{x^2}{2}", latex=True)) == "x"


def test_the_arguments_of_a_definition_are_the_variables():
    assert str(symcalc.grad("L(w,b) = (w*x+b-y)^2")) == "[2*x*(w*x + b - y), 2*(w*x + b - y)]"
    assert [str(v) for v in symcalc.grad("f(y,x) = x*y^2").variables] == ["y", "x"]
    assert str(symcalc.diff("f(x) = a*x^2")) == "2*a*x"
    assert str(symcalc.taylor("f(x) = exp(a*x)", degree=2)) == "1 + a*x + a**2*x**2/2"
    assert str(symcalc.eval("f(x) = x^2", at="3")) == "9"


def test_rounded_answers_are_approximations():
    assert symcalc.diff("x/3", digits=5).answer.relation == "≈"
    assert symcalc.diff("x^2", digits=5).answer.relation == "="
    assert symcalc.eval("pi", digits=5).answer.relation == "≈"


def test_errors_are_one_class():
    with pytest.raises(symcalc.SymcalcError) as caught:
        symcalc.diff("3*sni(x)")
    assert (caught.value.exit, caught.value.column, caught.value.hint) == (2, 3, "did you mean 'sin'?")
    assert caught.value.render().splitlines()[-2] == "    ^^^"


def test_a_wrong_answer_raises():
    from symcalc.calculus.check import verify
    from symcalc.result import Claim

    with pytest.raises(symcalc.SymcalcError) as caught:
        verify([Claim("derivative", x**3, 2 * x**2, orders=((x, 1),))])
    assert caught.value.exit == 4


def test_importing_the_package_is_light():
    code = "import sys, symcalc; print([m for m in ('sympy', 'typer', 'rich', 'mpmath') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60).stdout == "[]\n"


def test_a_taylor_polynomial_is_used_like_any_expression():
    value = symcalc.taylor("exp(sin(x))", degree=4).answer.value
    (x,) = value.free_symbols
    assert value.diff(x) == (1 + x + x**2 / 2 - x**4 / 8).diff(x)
    assert sympy.lambdify(x, value)(0.5) == pytest.approx(1 + 0.5 + 0.125 - 0.5**4 / 8)
    assert sympy.lambdify(x, 2 * value, "math")(0.5) == pytest.approx(2 * (1 + 0.5 + 0.125 - 0.5**4 / 8))
    assert float(value.subs(x, 0.5).evalf()) == pytest.approx(1 + 0.5 + 0.125 - 0.5**4 / 8)
    assert pickle.loads(pickle.dumps(value)).doit() == value.doit()
