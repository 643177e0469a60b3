"""Polynomials that are seen at once not to factor, judged by SymPy's factorisation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer, Poly, Symbol, factor_list, symbols

from symcalc.calculus.irreducible import is_irreducible
from symcalc.calculus.letters import Letters

X, Y, Z = NAMES = symbols("x y z", real=True)
EXPONENTS = st.tuples(*(st.integers(0, 2) for _ in NAMES))
POLYNOMIALS = st.dictionaries(EXPONENTS, st.integers(-4, 4).filter(bool), min_size=1, max_size=4)


def said(f):
    """What is said of the primitive part of f without the letters that all terms have in common."""
    common = Poly(f, *NAMES).terms_gcd()[1].primitive()[1].as_expr()
    return is_irreducible(Letters(common).read(common)), common


@given(POLYNOMIALS)
def test_what_is_said_to_be_irreducible_has_one_factor(terms):
    f = Poly.from_dict(terms, *NAMES).as_expr()
    irreducible, part = said(f)
    if irreducible:
        assert [k for _, k in factor_list(part)[1]] == [1]


@given(POLYNOMIALS, POLYNOMIALS)
def test_no_product_is_said_to_be_irreducible(one, other):
    f, g = (Poly.from_dict(terms, *NAMES) for terms in (one, other))
    product = (f.terms_gcd()[1] * g.terms_gcd()[1]).as_expr()
    if all(not p.terms_gcd()[1].is_ground for p in (f, g)):
        assert not said(product)[0]


@pytest.mark.parametrize("f", [X + 1, 6 * X * Y**3 + 5, X**2 + 3 * Y**2 + 4, X**2 + 1, 2 * X - Y * Z, X**2 * Y + Z])
def test_the_usual_ones_are_seen(f):
    assert said(f)[0]


@pytest.mark.parametrize(
    "f", [X**2 - 1, X**2 - Y**2, X * Y + X + Y + 1, X**2 + 2 * X + 1, 4 * X**2 - 9 * Y**2, X**3 + 1, X * Y + Y]
)
def test_what_factors_is_not(f):
    e = f if f.is_Add else f + Integer(0)
    assert not is_irreducible(Letters(e).read(e))


def test_a_sum_with_brackets_or_fractions_is_none():
    for e in ((X + 1) * Y + 1 / X, 1 / Symbol("w") + X):
        assert not is_irreducible(Letters(e).read(e))
