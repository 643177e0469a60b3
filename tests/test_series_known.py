"""The series engine against known coefficients: sequences with a formula of their own, from DLMF, OEIS and textbooks."""

from __future__ import annotations

from math import comb

import pytest
import sympy as sp
from sympy import S, binomial, catalan, factorial, fibonacci, harmonic, pi, sqrt

from symcalc.calculus.series import taylor_terms
from symcalc.parse import parse_expression

N = 10
x, t, a = sp.symbols("x t a", real=True)


def B(k):  # SymPy takes B_1 = 1/2
    return -S.Half if k == 1 else sp.bernoulli(k)


def even(f):
    """Only even powers: the coefficient of x^(2n) is f(n)."""
    return lambda k: S.Zero if k % 2 else f(k // 2)


def odd(f):
    """Only odd powers: the coefficient of x^(2n+1) is f(n)."""
    return lambda k: f(k // 2) if k % 2 else S.Zero


def ordinary(first, following):
    """Coefficients by a linear recurrence: the next one from the list so far."""
    found = [S(c) for c in first]
    while len(found) <= N:
        found.append(S(following(found)))
    return lambda k: found[k]


def exponential(first, following):
    """The same for numbers that are divided by k!."""
    numbers = ordinary(first, following)
    return lambda k: numbers(k) / factorial(k)


def listed(*numbers):
    return lambda k: S(numbers[k]) / factorial(k)


def stirling(n, k):
    return sum((-1) ** (k - j) * comb(k, j) * j**n for j in range(k + 1)) // sp.factorial(k)


def zigzag(n):
    """Entringer numbers by the boustrophedon (OEIS A000111)."""
    row = [1]
    for _ in range(n):
        new = [0]
        for c in reversed(row):
            new.append(new[-1] + c)
        row = new
    return row[-1]


def gregory(k):
    """∫ binomial(u, k) du over [0, 1] (OEIS A002206)."""
    u = sp.Dummy()
    return sp.integrate(sp.expand(sp.Mul(*(u - i for i in range(k)))), (u, 0, 1)) / factorial(k)


def sigmoid(k):
    """1/2 + tanh(x/2)/2 with DLMF 4.33.3."""
    n = (k + 1) // 2
    return S.Half if k == 0 else 2 * (4**n - 1) * B(2 * n) / factorial(2 * n) / 2 if k % 2 else S.Zero


def double_factorial(n):
    return sp.factorial2(n)


KNOWN = {
    # DLMF 4.19, 4.24, 4.33, 24.2
    "tan(x)": odd(lambda n: (-1) ** n * 4 ** (n + 1) * (4 ** (n + 1) - 1) * B(2 * n + 2) / factorial(2 * n + 2)),
    "sec(x)": even(lambda n: (-1) ** n * sp.euler(2 * n) / factorial(2 * n)),
    "x*cot(x)": even(lambda n: (-4) ** n * B(2 * n) / factorial(2 * n)),
    "x*csc(x)": even(lambda n: (-1) ** (n - 1) * (4**n - 2) * B(2 * n) / factorial(2 * n)),
    "tanh(x)": odd(lambda n: 4 ** (n + 1) * (4 ** (n + 1) - 1) * B(2 * n + 2) / factorial(2 * n + 2)),
    "sech(x)": even(lambda n: sp.euler(2 * n) / factorial(2 * n)),
    "x*coth(x)": even(lambda n: 4**n * B(2 * n) / factorial(2 * n)),
    "x*csch(x)": even(lambda n: -(4**n - 2) * B(2 * n) / factorial(2 * n)),
    "x/(exp(x)-1)": lambda k: B(k) / factorial(k),
    "x*exp(x/3)/(exp(x)-1)": lambda k: sp.bernoulli(k, S(1) / 3) / factorial(k),
    "2/(exp(x)+1)": lambda k: sp.euler(k, 0) / factorial(k),
    "ln(cos(x))": even(lambda n: (-1) ** n * 2 ** (2 * n - 1) * (4**n - 1) * B(2 * n) / (n * factorial(2 * n)) if n else S.Zero),
    "ln(sin(x)/x)": even(lambda n: (-1) ** n * 2 ** (2 * n - 1) * B(2 * n) / (n * factorial(2 * n)) if n else S.Zero),
    "asin(x)": odd(lambda n: factorial(2 * n) / (4**n * factorial(n) ** 2 * (2 * n + 1))),
    "asinh(x)": odd(lambda n: (-1) ** n * factorial(2 * n) / (4**n * factorial(n) ** 2 * (2 * n + 1))),
    "acos(x)": lambda k: pi / 2 if k == 0 else -odd(lambda n: factorial(2 * n) / (4**n * factorial(n) ** 2 * (2 * n + 1)))(k),
    "atan(x)": odd(lambda n: S((-1) ** n) / (2 * n + 1)),
    "atanh(x)": odd(lambda n: S.One / (2 * n + 1)),
    "asin(x)/sqrt(1-x^2)": odd(lambda n: 4**n * factorial(n) ** 2 / factorial(2 * n + 1)),
    "asin(x)^2": even(lambda n: S(4) ** n / (2 * n**2 * comb(2 * n, n)) if n else S.Zero),
    "atan(x)^2": even(lambda n: (-1) ** (n - 1) * sum(S.One / (2 * j + 1) for j in range(n)) / n if n else S.Zero),
    "sec(x)+tan(x)": lambda k: S(zigzag(k)) / factorial(k),
    # DLMF 4.6, 26.3, 26.5, 26.7, 26.8
    "(1+x)^(1/3)": lambda k: binomial(S(1) / 3, k),
    "(1+x)^a": lambda k: sp.expand_func(binomial(a, k)).rewrite(sp.ff) if k else S.One,
    "1/(1-x)^5": lambda k: S(comb(k + 4, 4)),
    "sqrt(1+x)/(1-x)": lambda k: sum(binomial(S.Half, j) for j in range(k + 1)),
    "ln((1+x)/(1-x))": odd(lambda n: S(2) / (2 * n + 1)),
    "ln(1-x)/(x-1)": harmonic,
    "2^x": lambda k: sp.log(2) ** k / factorial(k),
    "ln(1+x)^2/2": lambda k: sp.functions.combinatorial.numbers.stirling(k, 2, kind=1, signed=True) / factorial(k),
    "(exp(x)-1)^3/6": lambda k: S(stirling(k, 3)) / factorial(k),
    "sqrt(1-4x)": lambda k: S.One if k == 0 else -2 * catalan(k - 1),
    "(1-sqrt(1-4x))/(2x)": catalan,
    "1/sqrt(1-4x)": lambda k: S(comb(2 * k, k)),
    "x/ln(1+x)": gregory,
    "exp(exp(x)-1)": lambda k: sp.bell(k) / factorial(k),
    # OEIS A000045, A000032, A000073, A000129, A002426, A001006, A001850, A006318
    "1/(1-x-x^2)": lambda k: fibonacci(k + 1),
    "(2-x)/(1-x-x^2)": sp.lucas,
    "1/(1-x-x^2-x^3)": ordinary([1, 1, 2], lambda c: sum(c[-3:])),
    "1/(1-2x-x^2)": ordinary([1, 2], lambda c: 2 * c[-1] + c[-2]),
    "1/sqrt(1-2x-3x^2)": lambda k: S(sum(comb(k, 2 * j) * comb(2 * j, j) for j in range(k // 2 + 1))),
    "(1-x-sqrt(1-2x-3x^2))/(2x^2)": lambda k: sum(comb(k, 2 * j) * catalan(j) for j in range(k // 2 + 1)),
    "1/sqrt(1-6x+x^2)": lambda k: S(sum(comb(k, j) * comb(k + j, j) for j in range(k + 1))),
    "(1-x-sqrt(1-6x+x^2))/(2x)": lambda k: sum(comb(k + j, 2 * j) * catalan(j) for j in range(k + 1)),
    # OEIS A000248, A000085, A000670, A000166, A000522, A002017, A006229, A002019, A006228, A001515
    "exp(x*exp(x))": lambda k: S(sum(comb(k, j) * j ** (k - j) for j in range(k + 1))) / factorial(k),
    "exp(x+x^2/2)": exponential([1, 1], lambda c: c[-1] + (len(c) - 1) * c[-2]),
    "1/(2-exp(x))": lambda k: sum(factorial(j) * stirling(k, j) for j in range(k + 1)) / factorial(k),
    "exp(-x)/(1-x)": lambda k: sp.subfactorial(k) / factorial(k),
    "exp(x)/(1-x)": lambda k: sum(1 / factorial(j) for j in range(k + 1)),
    "exp(sin(x))": listed(1, 1, 1, 0, -3, -8, -3, 56, 217, 64, -2951),
    "exp(tan(x))": listed(1, 1, 1, 3, 9, 37, 177, 959, 6097, 41641, 325249),
    "exp(atan(x))": exponential([1, 1], lambda c: c[-1] - (len(c) - 1) * (len(c) - 2) * c[-2]),
    "exp(asin(x))": exponential([1, 1], lambda c: ((len(c) - 2) ** 2 + 1) * c[-2]),
    "exp(1-sqrt(1-2x))": exponential([1, 1], lambda c: (2 * len(c) - 3) * c[-1] + c[-2]),
    # DLMF 7.6, 6.6, 10.8, 10.25; products of elementary functions
    "erf(x)": odd(lambda n: 2 * (-1) ** n / (sqrt(pi) * factorial(n) * (2 * n + 1))),
    "erfi(x)": odd(lambda n: 2 / (sqrt(pi) * factorial(n) * (2 * n + 1))),
    "exp(x^2)*erf(x)": odd(lambda n: 2 ** (n + 1) / (sqrt(pi) * double_factorial(2 * n + 1))),
    "Si(x)": odd(lambda n: (-1) ** n / (factorial(2 * n + 1) * (2 * n + 1))),
    "Shi(x)": odd(lambda n: 1 / (factorial(2 * n + 1) * (2 * n + 1))),
    "fresnelc(x)": lambda k: (-1) ** (k // 4) * (pi / 2) ** (k // 2) / (factorial(k // 2) * k) if k % 4 == 1 else S.Zero,
    "fresnels(x)": lambda k: (-1) ** (k // 4) * (pi / 2) ** (k // 2) / (factorial(k // 2) * k) if k % 4 == 3 else S.Zero,
    "besselj(0, x)": even(lambda n: (-S.One / 4) ** n / factorial(n) ** 2),
    "besseli(0, x)": even(lambda n: (S.One / 4) ** n / factorial(n) ** 2),
    "sigmoid(x)": sigmoid,
    "ln(1+exp(x))": lambda k: sp.log(2) if k == 0 else sigmoid(k - 1) / k,
    "cos(x)*cosh(x)": lambda k: S(-4) ** (k // 4) / factorial(k) if k % 4 == 0 else S.Zero,
    "sin(x)*sinh(x)": lambda k: 2 * S(-4) ** (k // 4) / factorial(k) if k % 4 == 2 else S.Zero,
    "exp(x)*sin(x)": lambda k: sqrt(2) ** k * sp.sin(k * pi / 4) / factorial(k),
    "exp(x)*cos(x)": lambda k: sqrt(2) ** k * sp.cos(k * pi / 4) / factorial(k),
    "sin(x)^3": odd(lambda n: (-1) ** n * (3 - 3 ** (2 * n + 1)) / (4 * factorial(2 * n + 1))),
}  # fmt: skip
"""Formula in x -> its coefficient of x^k."""

IN_TWO = {
    # DLMF 18.12: generating functions of the classical orthogonal polynomials; 24.2.3; 26.8
    "1/sqrt(1-2x*t+t^2)": lambda n: sp.legendre(n, x),
    "exp(2x*t-t^2)": lambda n: sp.hermite(n, x) / factorial(n),
    "(1-x*t)/(1-2x*t+t^2)": lambda n: sp.chebyshevt(n, x),
    "1/(1-2x*t+t^2)": lambda n: sp.chebyshevu(n, x),
    "exp(-x*t/(1-t))/(1-t)": lambda n: sp.laguerre(n, x),
    "t*exp(x*t)/(exp(t)-1)": lambda n: sp.bernoulli(n, x) / factorial(n),
    "exp(x*(exp(t)-1))": lambda n: sum(stirling(n, k) * x**k for k in range(n + 1)) / factorial(n),
    "1/(1-x-t)": lambda n: sum(comb(n + k, k) * x**k for k in range(N + 1)),
    "exp(x)*cos(t)": even(lambda n: (-1) ** n / factorial(2 * n) * sum(x**k / factorial(k) for k in range(N + 1))),
}  # fmt: skip
"""Formula in x and t -> its coefficient of t^n, a polynomial in x (as far as x^10)."""


def same(p, q):
    return p == q or abs(sp.N((p - q).subs(a, S(7) / 5), 40)) < 1e-30


@pytest.mark.parametrize("text", KNOWN)
def test_the_engine_finds_known_coefficients(text):
    groups = taylor_terms(parse_expression(text).value, (x,), {x: S.Zero}, N)
    for k, group in enumerate(groups):
        assert same(dict(group).get((k,), S.Zero), KNOWN[text](k)), (text, k)


@pytest.mark.parametrize("text", IN_TWO)
def test_the_engine_finds_generating_functions_in_two_variables(text):
    f, n = parse_expression(text).value, 8
    groups = taylor_terms(f, (x, t), {x: S.Zero, t: S.Zero}, n)
    found = {m: c for group in groups for m, c in group}
    for j in range(n + 1):
        polynomial = sp.Poly(IN_TWO[text](j), x)
        for i in range(n + 1 - j):
            assert found.get((i, j), S.Zero) == polynomial.coeff_monomial(x**i), (text, i, j)


@pytest.mark.parametrize("text", ["1/sqrt(1-2x*t+t^2)", "exp(2x*t-t^2)", "t*exp(x*t)/(exp(t)-1)"])
def test_the_other_variable_may_be_a_parameter(text):
    groups = taylor_terms(parse_expression(text).value, (t,), {t: S.Zero}, 6)
    for k, group in enumerate(groups):
        assert sp.expand(dict(group).get((k,), S.Zero) - IN_TWO[text](k)) == 0
