"""Functions at plain arguments: what comes out is what SymPy itself makes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import I, Integer, Rational, Symbol, acos, exp, log, pi, sin, sqrt

from symcalc.notation.applied import PARITY, applied

NAMES = [
    Symbol("x", real=True),
    Symbol("y", real=True),
    Symbol("p", positive=True),
    Symbol("m", negative=True),
    Symbol("n", integer=True),
    Symbol("k", even=True),
    Symbol("o", real=True, zero=True),
    Symbol("z"),
]
ATOMS = st.one_of(
    st.sampled_from(NAMES), st.fractions(-5, 5, max_denominator=6).map(lambda q: Rational(q.numerator, q.denominator))
)
ARGUMENTS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(lambda a, b: a + b, inner, inner),
        st.builds(lambda a, b: a * b, inner, inner),
        st.builds(
            lambda a, k: a**k if a != 0 else a, inner, st.sampled_from([Integer(2), Integer(-1), Integer(3), Rational(1, 2)])
        ),
        st.builds(lambda a, b: a**b if a != 0 else a, inner, st.sampled_from(NAMES[:3])),
    ),
    max_leaves=6,
)


@given(function=st.sampled_from(list(PARITY)), u=ARGUMENTS)
def test_what_is_applied_is_what_sympy_makes_of_it(function, u):
    assert applied(function, u) == function(u)


@pytest.mark.parametrize("function", [*PARITY, acos])
@pytest.mark.parametrize(
    "u", [Integer(0), Integer(1), pi, pi / 6, -pi * NAMES[0], I * NAMES[0], log(2), log(NAMES[2]), exp(NAMES[0])]
)
def test_special_values_are_found(function, u):
    assert applied(function, u) == function(u)


@pytest.mark.parametrize("function", PARITY)
def test_what_is_not_evaluated_is_the_same_object_for_all_purposes(function):
    x = NAMES[0]
    one, other = applied(function, 2 * x + 3), function(2 * x + 3)
    assert hash(one) == hash(other)
    assert one.diff(x) == other.diff(x)
    assert (one / other) == 1
    assert one.subs(x, 1) == other.subs(x, 1)


def test_a_sign_goes_out_of_an_odd_function():
    x, y = NAMES[:2]
    assert applied(sin, -x - y) == -applied(sin, x + y)
    assert applied(sin, sqrt(x) * (-2)) == -sin(2 * sqrt(x))
