"""Sums, products, powers and functions that are made at once: what comes out is what SymPy itself makes of the arguments."""

import random

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from sympy import I, Integer, Rational, Symbol, acos, exp, log, pi, sin, sqrt

from symcalc.canonical.arithmetic import add, mul, power
from symcalc.canonical.functions import PARITY, applied

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
        st.builds(lambda f, a: f(a), st.sampled_from(list(PARITY)), inner),
    ),
    max_leaves=6,
)


NOT_ZERO = [s for s in NAMES if not s.is_zero]
NUMBERS = (Rational(1, 2), Rational(-1, 2), Integer(0), Integer(1), Integer(-1), Integer(2), Integer(-3), Rational(2, 3))
CONSTANTS = (pi, sp.E, I, sp.oo, sqrt(2), sp.Float(1.5), Symbol("A", commutative=False))
EXPONENTS = (*NUMBERS, Integer(-2), Integer(3), NAMES[0], 2 * NAMES[1], NAMES[4])
HEADS = (sin, sp.cos, exp, exp, log, sp.tanh, sp.Abs, sp.sign, sp.Function("f", real=True), sp.Function("g"))


def tree(rng: random.Random, depth: int) -> sp.Expr:
    """A random expression as SymPy makes it, now and then one that it was told to leave unevaluated."""
    if depth == 0:
        return rng.choice(rng.choices((NOT_ZERO, NUMBERS, CONSTANTS), (6, 3, 1))[0])
    parts = [tree(rng, depth - 1) for _ in range(rng.randint(2, 4))]
    kind = rng.choices(range(7), (30, 30, 20, 10, 2, 2, 2))[0]
    if kind == 0:
        return sp.Add(*parts)
    if kind == 1:
        return sp.Mul(*parts)
    if kind == 2:
        return sp.Pow(parts[0], rng.choice(EXPONENTS))
    if kind == 3:
        return rng.choice(HEADS)(parts[0])
    if kind == 4:
        return sp.Mul(Integer(rng.randint(2, 4)), parts[0], evaluate=False)
    if kind == 5:
        return sp.Pow(parts[0], Integer(2), evaluate=False)
    return sp.Piecewise((parts[0], NAMES[0] > 0), (parts[1], True))


def structure(e):
    return (type(e), *map(structure, e.args)) if e.args else (type(e), e)


def made_of(make, arguments):
    """What is made, with what `==` does not tell; or the error."""
    try:
        made = make(*arguments)
    except Exception as error:
        return type(error)
    return structure(made), hash(made), made.is_commutative


@pytest.mark.parametrize("seed", range(6))
def test_sums_products_and_powers_are_those_of_sympy(seed):
    rng = random.Random(seed)
    for _ in range(250):
        try:
            parts = [tree(rng, rng.randint(0, 2)) for _ in range(rng.randint(1, 4))]
        except (TypeError, ValueError, AttributeError):  # SymPy cannot compare or sign some infinite parts
            continue
        assert made_of(add, parts) == made_of(sp.Add, parts), parts
        assert made_of(mul, parts) == made_of(sp.Mul, parts), parts
        pair = [parts[0], rng.choice(EXPONENTS)]
        assert made_of(power, pair) == made_of(sp.Pow, pair), pair


@pytest.mark.parametrize(
    ("make", "arguments"),
    [
        (add, ()),
        (mul, ()),
        (add, (NAMES[0], -NAMES[0])),
        (mul, (NAMES[0], 1 / NAMES[0])),
        (mul, (Integer(2), NAMES[0] + NAMES[1])),
        (mul, (Integer(2), Rational(1, 2), NAMES[0] + NAMES[1])),
        (mul, (sqrt(NAMES[0]), sqrt(NAMES[0]))),
        (mul, (exp(NAMES[0]), exp(2 * NAMES[0]))),
        (mul, (exp(NAMES[0]), exp(NAMES[1]))),
        (mul, (Integer(2), Integer(2) ** NAMES[0])),
        (add, (Integer(2) * Integer(2) ** NAMES[0], Integer(2) * Integer(2) ** NAMES[0])),
        (mul, (Integer(0), sp.oo)),
        (mul, (Integer(0), NAMES[0])),
        (mul, (NAMES[7] + sp.oo, 1 / (NAMES[7] + sp.oo))),
        (mul, (sp.Abs(NAMES[0]), sp.Abs(NAMES[0]) ** 3, NAMES[0])),
        (add, (sp.oo * NAMES[7], -sp.oo * NAMES[7])),
        (power, (NAMES[0] + I * sp.oo, Integer(-1))),
        (power, (NAMES[0] + I * sp.oo, Integer(2))),
        (power, (3 + 4 * I, Rational(1, 2))),
        (power, (3 + 4 * I, Integer(-1))),
        (power, (NAMES[0] * NAMES[1], Integer(2))),
        (power, (sp.Abs(NAMES[0]), Integer(2))),
        (power, (sp.oo + I * sp.oo, Integer(2))),
        (power, (Integer(0), Integer(-1))),
    ],
)
def test_where_there_is_something_to_find(make, arguments):
    theirs = {add: sp.Add, mul: sp.Mul, power: sp.Pow}[make]
    assert made_of(make, arguments) == made_of(theirs, arguments)


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
    assert one / other == other / other
    assert one.subs(x, 1) == other.subs(x, 1)


def test_a_sign_goes_out_of_an_odd_function():
    x, y = NAMES[:2]
    assert applied(sin, -x - y) == -applied(sin, x + y)
    assert applied(sin, sqrt(x) * (-2)) == -sin(2 * sqrt(x))
