"""Gradients and Hessians of sparse and of deep functions, judged by finite differences and by SymPy's own diff."""

from __future__ import annotations

import random

import pytest
import sympy as sp
from mpmath import mp

from symcalc.calculus.derive import differentiate
from symcalc.calculus.fields import hessian, jacobian
from symcalc.calculus.fraction import Fraction, unnested
from symcalc.calculus.letters import Letters
from symcalc.calculus.numeric import Evaluator
from symcalc.calculus.pulling import pulled
from symcalc.notation import natural_order
from symcalc.parse import parse_expression

PARTS = (
    "x{a}*x{b}^2",
    "exp(x{a}-x{b})",
    "sin(x{a}*x{b})^2",
    "ln(x{a}^2+x{b}^2+1)",
    "tanh(x{a}/2+x{b})/x{c}",
    "x{a}^3/(1+x{b}^2)",
)
WHOLES = ("{sum}", "2*({sum})", "exp(-({sum})/9)", "p*({sum})")


def sparse_function(rng: random.Random) -> str:
    """A sum of terms that hold few of many variables, sometimes inside of another function."""
    terms = []
    for _ in range(rng.randint(2, 6)):
        a, b, c = (rng.randint(1, 9) for _ in range(3))
        terms.append(rng.choice(PARTS).format(a=a, b=b, c=c))
    return rng.choice(WHOLES).format(sum=" + ".join(terms))


@pytest.mark.parametrize("seed", range(6))
def test_a_hessian_is_symmetric_and_agrees_with_finite_differences_and_with_sympy(seed):
    rng = random.Random(seed)
    f = parse_expression(sparse_function(rng)).value
    xs = natural_order(f.free_symbols)
    h = hessian(f, xs)
    peer = sp.hessian(f, xs)
    point = {x: mp.mpf(rng.uniform(0.3, 1.7)) for x in xs}
    at = Evaluator(point)
    for i, x in enumerate(xs):
        for j, y in enumerate(xs[i:], start=i):
            assert h[i, j] == h[j, i]
            assert mp.almosteq(at(h[i, j]), at(peer[i, j]), 1e-11, 1e-11)
            if i != j:
                slope = mp.diff(lambda u, v, x=x, y=y: Evaluator(point | {x: u, y: v})(f), (point[x], point[y]), (1, 1))
            else:
                slope = mp.diff(lambda u, x=x: Evaluator(point | {x: u})(f), point[x], 2)
            assert mp.almosteq(at(h[i, j]), slope, 1e-6, 1e-6)


def test_entries_of_one_shape_keep_their_own_names():
    f = parse_expression(" + ".join(f"{i}*sin(x{i})*x{i + 1}^2" for i in range(1, 12))).value
    xs = natural_order(f.free_symbols)
    h, peer = hessian(f, xs), sp.hessian(f, xs)
    assert sp.simplify(h - peer) == sp.zeros(*h.shape)


def test_a_jacobian_is_given_in_the_order_of_the_variables():
    x, y, z = sp.symbols("x y z", real=True)
    assert jacobian(sp.ImmutableMatrix([x * z, y**2]), (z, y, x)) == sp.ImmutableMatrix([[x, 0, z], [0, 2 * y, 0]])


def test_a_layer_is_differentiated_once():
    x, y = sp.symbols("x y", real=True)
    units = [x, y]
    for k in range(10):
        units = [sp.tanh(sp.Rational(k + 2, 7) * units[0] + units[1]), sp.tanh(units[0] - sp.Rational(k + 3, 5) * units[1])]
    f, known = units[0] + units[1], {}
    differentiate(f, x, known)
    assert len(known) < 10 * 20  # 2^10 units stand in the formula written out


def test_fractions_in_lowest_terms():
    rng = random.Random(4)
    x, y = sp.symbols("x y", real=True)

    def polynomial() -> sp.Expr:
        monomials = (
            sp.Rational(rng.choice((-6, -4, 2, 3, 9)), rng.choice((1, 1, 2, 3))) * x ** rng.randint(0, 3) * y ** rng.randint(0, 2)
            for _ in range(rng.randint(1, 3))
        )
        return sp.Add(*monomials)

    for _ in range(60):
        top, bottom, shared = polynomial(), polynomial(), polynomial()
        if 0 in (bottom, shared):
            continue
        given = sp.expand(top * shared) / sp.expand(bottom * shared)
        letters = Letters(given)
        terms = unnested(letters, letters.read(given))
        assert sp.simplify(letters.write(pulled(letters, terms)) - given) == 0
        letters.ring()
        found = letters.write(Fraction(letters, terms).lowest())
        whole = sp.cancel(top / bottom)
        assert sp.cancel(found - whole) == 0
        for part in (sp.numer, sp.denom):
            assert sp.Poly(part(found), x, y).total_degree() == sp.Poly(part(whole), x, y).total_degree()
