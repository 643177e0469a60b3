"""The quick half of the check: programs over balls against mpmath, central differences against wrong answers."""

from __future__ import annotations

import random

import flint
import pytest
from formulas import formula
from mpmath import mp
from sympy import ImmutableMatrix, S, Symbol

from symcalc import SymcalcError, answer
from symcalc.calculus.comparisons import comparison
from symcalc.calculus.enclosure import NoBall
from symcalc.calculus.numeric import Evaluator, NoRealValue, NotEvaluable
from symcalc.calculus.program import Program
from symcalc.notation import natural_order
from symcalc.parse import parse_expression
from symcalc.result import Claim

X, Y = (Symbol(name, real=True) for name in "xy")


def test_a_program_has_the_values_that_mpmath_finds():
    rng, compared = random.Random(5), 0
    for _ in range(150):
        try:
            e = parse_expression(formula(rng, 3)).value
            program = Program([e], xs := natural_order(e.free_symbols))
        except (SymcalcError, NoBall):
            continue
        values = {x: mp.mpf(rng.randint(-40, 40)) / 16 for x in xs}
        with flint.ctx.workprec(100):
            (ball,) = program([flint.arb(float(values[x])) for x in xs])
        try:
            with mp.workdps(40):
                value = Evaluator(values)(e)
        except (NoRealValue, NotEvaluable):
            assert not ball.is_finite() or abs(ball) > flint.arb(2) ** 1500
            continue
        if ball.is_finite():
            compared += 1
            assert abs(float(ball.mid()) - float(value)) <= 1e-12 * max(1, abs(float(value)))
    assert compared > 60


def error(claim, values):
    return comparison(claim, sorted(claim.function.free_symbols, key=str), {x: mp.mpf(2) / 7 for x in claim.variables})(values)


@pytest.mark.parametrize("text", ["x^2*y + sin(x*y)", "exp(x)/(1+y^2)", "ln(x+y)*sqrt(x*y)", "tanh(x)^y"])
@pytest.mark.parametrize("command", ["grad", "hessian"])
def test_a_right_answer_agrees_and_a_wrong_one_does_not(text, command):
    (claim,) = answer(command, text, "x", "y").claims
    at = {X: mp.mpf("0.5"), Y: mp.mpf("1.25")}
    assert error(claim, at) < 1e-25
    for place in range(len(claim.value)):
        wrong = list(claim.value)
        wrong[place] += S.One / 10**6
        shape = claim.value.shape
        assert error(Claim(claim.kind, claim.function, ImmutableMatrix(*shape, wrong), claim.variables), at) > 1e-8


@pytest.mark.parametrize("orders", [((X, 1),), ((X, 3),), ((X, 2), (Y, 1))])
def test_mixed_and_higher_derivatives(orders):
    f = parse_expression("exp(x*y)*cos(x)").value
    value = f
    for x, n in orders:
        value = value.diff(x, n)
    at = {X: mp.mpf("0.5"), Y: mp.mpf("1.25")}
    assert error(Claim("derivative", f, value, (), orders), at) < 1e-20
    assert error(Claim("derivative", f, value * (1 + S.One / 10**7), (), orders), at) > 1e-8


def test_outside_of_the_domain_nothing_is_said():
    claim = Claim("derivative", parse_expression("ln(x)").value, 1 / X, (), ((X, 1),))
    with pytest.raises(NoBall):
        error(claim, {X: mp.mpf(-1)})
