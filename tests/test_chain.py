"""The chain rule on random acyclic graphs against direct differentiation of the substituted formula."""

from __future__ import annotations

import random

import pytest
from judge import equal_in_value
from sympy import Symbol

from symcalc import SymcalcError, answer
from symcalc.cli import understand
from symcalc.parse import parse_expression
from symcalc.reply import Place, reply_to
from symcalc.result import Page

SHAPES = [
    "{u}*{v}",
    "{u}+2*{v}",
    "sin({u})*{v}",
    "{u}^2+{v}",
    "exp({u}/5)",
    "{u}/(1+{v}^2)",
    "tanh({u})",
    "1/(1+exp(-{u}))",
    "{u}^2",
]


def graph(rng):
    """Definitions n1, n2, ... on the leaves x, y, each using earlier names; the last uses all that are unused."""
    names, texts, unused = ["x", "y"], [], []
    for i in range(1, rng.randint(2, 7)):
        u, v = rng.choice(names), rng.choice(names)
        text = rng.choice(SHAPES).format(u=u, v=v)
        unused = [n for n in unused if n not in (u if u in text else None, v if v in text else None)]
        names.append(f"n{i}")
        unused.append(f"n{i}")
        texts.append((f"n{i}", text))
    texts.append(("out", " + ".join([*unused, "x"])))
    return texts


@pytest.mark.parametrize("seed", range(60))
def test_random_graphs(seed):
    texts = graph(random.Random(seed))
    result = answer("chain", *(f"{n} = {t}" for n, t in texts), wrt="x")
    values = {}
    for name, text in texts:
        value = parse_expression(text).value
        values[Symbol(name, real=True)] = value.subs(values) if values else value
    direct = values[Symbol("out", real=True)].diff(Symbol("x", real=True))
    assert equal_in_value(result.answer.value, direct)
    assert result.check.points > 0


def test_the_derivative_with_respect_to_an_inner_node():
    result = answer("chain", "L=(y-a)^2", "a=sigmoid(z)", "z=w*x+b", wrt="z")
    assert equal_in_value(result.answer.value, parse_expression("2*(sigmoid(z)-y)*sigmoid(z)*(1-sigmoid(z))").value)
    assert result.check.points > 0


def test_unknown_functions_inside_a_concrete_graph():
    result = answer("chain", "y = f(u)", "u = x^2", wrt="x")
    assert str(result) == "2*x*f'(x**2)"
    assert result.check.points > 0


def test_definitions_in_one_argument():
    assert str(answer("chain", "z = u*v; u = x^2; v = 3*x", wrt="x")) == "9*x**2"


def test_definitions_in_one_argument_of_the_command_line():
    call = understand(["chain", "y = u^2; u = 3*x"], Place(Page(), "plain", ()))
    assert reply_to(call, Place(Page(), "plain", ())).text == "18*x"


def test_all_leaves_when_there_are_few():
    assert str(answer("chain", "z = u*v", "u = x", "v = y")) == "[y, x]"


@pytest.mark.parametrize(
    ("definitions", "wrt", "sentence"),
    [
        (["y = x", "x = y"], "x", "circular: y → x → y"),
        (["y = x", "y = 2*x"], "x", "y is defined twice"),
        (["y = x", "z = t"], "x", "No definition uses y, z"),
        (["y = x"], "q", "no definition uses q"),
        (["y = a*b*c*x"], None, "with respect to which"),
        (["y = [x, 2*x]"], "x", "y is a vector"),
        (["y = x +"], "x", "incomplete"),
    ],
)
def test_errors_name_the_culprit(definitions, wrt, sentence):
    with pytest.raises(SymcalcError, match=sentence) as caught:
        answer("chain", *definitions, wrt=wrt)
    assert caught.value.exit == 2
