"""Tidy forms shared by the entries of a matrix, judged by numbers, by closed forms and by the tidy form of each entry alone."""

from __future__ import annotations

import random
import re

import pytest
import sympy as sp
from mpmath import mp

from symcalc.calculus import shapes
from symcalc.calculus.derive import differentiate
from symcalc.calculus.fields import hessian, jacobian
from symcalc.calculus.measure import measure
from symcalc.calculus.numeric import Evaluator, NoRealValue
from symcalc.calculus.shapes import Shapes
from symcalc.calculus.tidy import tidy
from symcalc.notation import natural_order
from symcalc.parse import parse_expression

SUMS = (
    "exp(x{a})+exp(x{b})+exp(x{c})",
    "x{a}^2+2*x{b}^2+3*x{c}",
    "2*x{a}+4*x{b}-6*x{c}*x{d}",
    "-x{a}-x{b}-exp(2*x{c})",
    "x{a}*exp(x{a})+sin(x{b})+cos(x{b})+x{d}",
    "x{a}^2-2*x{a}+1+x{b}",
    "sqrt(x{a})+sqrt(x{b})+x{c}+x{d}",
    "v*tanh(2*x{a}+x{b})-w*x{c}+5",
    "x{a}^v+x{b}+x{c}",
    "sin(x{a})^2+cos(x{a})^2+x{b}^2+x{c}",
    "abs(x{a})+x{b}+x{c}",
    "g(x{a})+x{b}+3*x{c}+pi",
    "ln(x{a})/2+x{b}/3+x{c}+x{d}/5",
)
TOPS = (
    "({s})/({t})",
    "exp(x{a})*({s})/({s}-exp(x{a}))",
    "x{a}*x{b}*({s})^2-({s})",
    "sqrt({s})+x{a}/sqrt({s})",
    "({s})*x{a}/({s})^3",
    "3*(2*({s})+({t}))/7",
    "({s})-2*({s})*x{b}+x{b}^2*({s})",
    "exp({s})*x{a}/(1+exp({s}))",
    "ln({s})*(({t})^2-1)/({t}-1)",
    "-4*x{a}*(1-({t}))*(({t})-1)",
)


def formula(rng: random.Random) -> str:
    """Sums of functions of a few names, in products, quotients and roots, with parts in common or not."""
    s, t = (rng.choice(SUMS).format(**dict(zip("abcd", rng.sample(range(1, 13), 4), strict=True))) for _ in range(2))
    a, b = rng.sample(range(1, 13), 2)
    return rng.choice(TOPS).format(s=s, t=t, a=a, b=b)


def twin(text: str, rng: random.Random) -> str:
    """The formula with one of its numbers changed, or one of its names where it has no number."""
    places = [m.start() for m in re.finditer(r"(?<![a-z\d])\d", text)] or [m.start() + 1 for m in re.finditer(r"x\d", text)]
    place = rng.choice(places)
    return f"{text[:place]}{rng.randint(2, 9)}{text[place + 1 :]}"


def numbers(e: sp.Expr, at: dict[sp.Symbol, mp.mpf]) -> mp.mpf:
    """The value where the undefined function is u³ + 2."""
    plain = e.replace(lambda part: isinstance(part, sp.core.function.AppliedUndef), lambda part: part.args[0] ** 3 + 2)
    return Evaluator(at)(plain)


@pytest.mark.parametrize("seed", range(12))
def test_tidied_one_after_the_other_they_keep_their_values(seed):
    rng = random.Random(seed)
    tidier = Shapes()
    for _ in range(15):
        text = formula(rng)
        for e in (parse_expression(text).value, parse_expression(twin(text, rng)).value):
            found = tidier.tidy(e)
            assert found.free_symbols <= e.free_symbols
            at = {s: mp.mpf(rng.uniform(1.1, 1.9)) for s in e.free_symbols}
            try:
                value = numbers(e, at)
            except (NoRealValue, ZeroDivisionError):
                continue
            assert mp.almosteq(numbers(found, at), value, 1e-10, 1e-10), e


TWINS = (
    ("x1*(2*(x2+x3)+1)-x1*(x2+x3+7)", "x1*(3*(x2+x3)+1)-x1*(x2+x3+7)"),
    ("(exp(2*x1)*x2+exp(x1)*x3)*(x4+1)", "(exp(3*x1)*x2+exp(x1)*x3)*(x4+1)"),
    ("sin(x1)*(x2+1)", "cos(x1)*(x2+1)"),
    ("x1^2*(x2+1)", "x1^3*(x2+1)"),
    ("x1/(x2*x3+x4+x1)^2", "x1/(x2*x3+x4+x2)^2"),
    ("2*x1*(x2+1)/3", "5*x1*(x2+1)/7"),
    ("-x1*(x2+1)", "x1*(x2+1)"),
    ("x1*(x1+1)", "x1*(x2+1)"),
    ("exp((x1+x2)^2)*((x1+x2)^2+x3)", "exp((x1+x4)^2)*((x1+x2)^2+x3)"),
    ("((x1+x2)^2+x3)*exp((x1+x2)^2)*x4", "((x1+x2)^2+x3)*exp((x1+x3)^2)*x4"),
    ("(x1*x3+x2*x3)*exp(x1+x2)", "(x1*x3+x2*x3)*exp(x3+x4)"),
    ("(x1*x3+x2*x3)*sin(x1+x2)", "(x1*x3+x2*x3)*sin(x1*x2)"),
)


@pytest.mark.parametrize("pair", TWINS)
def test_what_differs_in_more_than_names_has_another_shape(pair):
    tidier, point = Shapes(), {f"x{i}": mp.mpf(i + 2) / 7 for i in range(1, 5)}
    for text in (*pair, pair[0]):  # what comes second has the form of what came first, if they have one key
        e = parse_expression(text).value
        at = Evaluator({s: point[s.name] for s in e.free_symbols})
        assert mp.almosteq(at(tidier.tidy(e)), at(e), 1e-12, 1e-12)


def test_the_hessian_of_log_sum_exp_is_that_of_the_textbook():
    n = 11
    f = parse_expression("ln(" + "+".join(f"exp(x{i})" for i in range(1, n + 1)) + ")").value
    xs = natural_order(f.free_symbols)
    h, rng = hessian(f, xs), random.Random(2)
    point = [mp.mpf(rng.uniform(-2, 2)) for _ in xs]
    at, total = Evaluator(dict(zip(xs, point, strict=True))), mp.fsum(map(mp.exp, point))
    p = [mp.exp(value) / total for value in point]
    for i in range(n):
        for j in range(n):
            assert mp.almosteq(at(h[i, j]), p[i] * ((i == j) - p[j]), 1e-12, 1e-12)


FAMILIES = (
    "ln(" + "+".join(f"exp(x{i})" for i in range(1, 9)) + ")",
    "(y - (" + " + ".join(f"v{j}*tanh(a{j}*2+b{j}*3+c{j})" for j in range(1, 4)) + "))^2",
    "sqrt(" + "+".join(f"x{i}^2" for i in range(1, 8)) + ")",
    "exp(-(" + "+".join(f"x{i}^2" for i in range(1, 6)) + "))",
    "(x1^2+2*x2^2+3*x3^2)/(x1^2+x2^2+x3^2)",
    "ln(p*exp(-(1-m)^2/2)+q*exp(-(1-n)^2/2))+ln(p*exp(-(3-m)^2/2)+q*exp(-(3-n)^2/2))",
    "+".join("ln(" + "+".join(f"p{j}/s{j}*exp(-({x}-m{j})^2/(2*s{j}^2))" for j in (1, 2)) + ")" for x in (1, 3)),
    "+".join(f"100*(x{i + 1}-x{i}^2)^2+(1-x{i})^2" for i in range(1, 6)),
)


@pytest.mark.parametrize("text", FAMILIES)
def test_no_entry_is_longer_than_one_that_is_tidied_alone(text):
    f = parse_expression(text).value
    xs = natural_order(f.free_symbols)
    shared = hessian(f, xs)
    for i, x in enumerate(xs):
        slope = tidy(differentiate(f, x))
        for j, y in enumerate(xs[i:], start=i):
            assert measure(shared[i, j]) <= measure(tidy(differentiate(slope, y)))


@pytest.mark.parametrize("text", FAMILIES)
def test_a_hessian_has_the_numbers_of_sympy(text):
    f = parse_expression(text).value
    xs, rng = natural_order(f.free_symbols), random.Random(3)
    h, peer = hessian(f, xs), sp.hessian(f, xs)
    at = Evaluator({x: mp.mpf(rng.uniform(0.3, 0.9)) for x in xs})
    assert all(mp.almosteq(at(h[i]), at(peer[i]), 1e-10, 1e-10) for i in range(len(h)))


@pytest.mark.parametrize(("text", "most"), [(FAMILIES[0], 6), (FAMILIES[1], 18), (FAMILIES[2], 5)])
def test_a_shape_is_tidied_once(text, most, monkeypatch):
    tidied = []
    monkeypatch.setattr(shapes, "tidy", lambda e: tidied.append(e) or tidy(e))
    f = parse_expression(text).value
    hessian(f, natural_order(f.free_symbols))
    assert 0 < len(tidied) <= most


def test_a_number_in_front_of_a_shape_is_written_where_it_is_shortest():
    f = [parse_expression(f"{k}*(x{k}^2-1)*exp(x{k})/2").value for k in range(1, 9)]
    xs = natural_order(set().union(*(g.free_symbols for g in f)))
    j = jacobian(sp.ImmutableMatrix(f), xs)
    for k, (g, x) in enumerate(zip(f, xs, strict=True)):
        assert measure(j[k, k]) <= measure(tidy(g.diff(x)))
        assert sp.simplify(j[k, k] - g.diff(x)) == 0


def test_a_minus_goes_into_a_sum_that_stands_for_others():
    """Of entries that share a shape, too: (x1 - x2)·(y1 - y2) and not -(x2 - x1)·(y1 - y2)."""
    f = parse_expression("1/((x2-x1)^2+(y2-y1)^2+(z2-z1)^2)").value
    matrix = hessian(f, [s for s in natural_order(f.free_symbols) if s.name.endswith("1")])
    mixed = [matrix[i, j] for i in range(3) for j in range(i)]
    assert all(entry.as_coeff_Mul()[0] == 8 for entry in mixed)
