"""Expression by expression: how it is written in Unicode, in plain text and in LaTeX."""

from __future__ import annotations

from itertools import pairwise
from time import perf_counter
from typing import Any

import pytest
from sympy import (
    Abs,
    Add,
    Eq,
    Float,
    Function,
    Heaviside,
    I,
    ImmutableMatrix,
    Integer,
    LambertW,
    Max,
    Min,
    Mod,
    Mul,
    Ne,
    Piecewise,
    Product,
    Rational,
    Sum,
    Symbol,
    acosh,
    asin,
    atan,
    atan2,
    besselj,
    binomial,
    ceiling,
    cos,
    erf,
    exp,
    factorial,
    floor,
    gamma,
    ln,
    oo,
    pi,
    polygamma,
    sign,
    sin,
    sinh,
    sqrt,
    symbols,
    tan,
    zeta,
)

from symcalc.formats._line import line
from symcalc.formats._plainprinter import plain
from symcalc.formats._texprinter import tex
from symcalc.notation import AtPoint, Diff, Leibniz, OrderedProduct, OrderedSum, Primed, RealRoot, sigmoid

a, b, c, k, n, p, q, t, u, w, x, y, z = symbols("a b c k n p q t u w x y z", real=True)
x1, x2, x10, lam, speed, w_max = symbols("x1 x2 x10 lambda speed w_max", real=True)
r = Symbol("r", positive=True)
f, g = Function("f"), Function("g")

ROWS: list[tuple[Any, str, str, str]] = [
    # numbers
    (Integer(-3), "-3", "-3", "-3"),
    (Rational(-1, 3), "-1/3", "-1/3", r"-\frac{1}{3}"),
    (pi / 3, "π/3", "pi/3", r"\frac{\pi}{3}"),
    (-sqrt(2) / 2, "-√2/2", "-sqrt(2)/2", r"-\frac{\sqrt{2}}{2}"),
    (exp(1) * x, "e·x", "E*x", "e x"),
    (exp(-1), "1/e", "exp(-1)", r"\frac{1}{e}"),
    (exp(2), "e²", "exp(2)", "e^{2}"),
    (-oo, "-∞", "-oo", r"-\infty"),
    (2 * I * x, "2i·x", "2*I*x", "2 i x"),
    # sums: degree, then natural order; a positive term first; constants last
    (x10 + x2 + x1, "x₁ + x₂ + x₁₀", "x1 + x2 + x10", "x_{1} + x_{2} + x_{10}"),
    (x1**2 + 2 * x1 * x2, "x₁² + 2x₁·x₂", "x1**2 + 2*x1*x2", "x_{1}^{2} + 2 x_{1} x_{2}"),
    (x**4 + 6 * x * y**3 + 1, "x⁴ + 6x·y³ + 1", "x**4 + 6*x*y**3 + 1", "x^{4} + 6 x y^{3} + 1"),
    (1 - x, "1 - x", "1 - x", "1 - x"),
    (1 + x - x**2, "1 + x - x²", "1 + x - x**2", "1 + x - x^{2}"),
    (y - x, "y - x", "y - x", "y - x"),
    (-x - y, "-x - y", "-x - y", "-x - y"),
    (3 * x**2 + 1 / x**2, "3x² + 1/x²", "3*x**2 + 1/x**2", r"3 x^{2} + \frac{1}{x^{2}}"),
    ((x - 1) ** 2 + 4 * y**2, "(x - 1)² + 4y²", "(x - 1)**2 + 4*y**2", "(x - 1)^{2} + 4 y^{2}"),
    (x + y - lam * (x**2 + y**2 - 1), "x + y - λ·(x² + y² - 1)", "x + y - lambda*(x**2 + y**2 - 1)",
     r"x + y - \lambda (x^{2} + y^{2} - 1)"),
    (x**2 * cos(x) + 2 * x * sin(x), "x²·cos(x) + 2x·sin(x)", "x**2*cos(x) + 2*x*sin(x)", r"x^{2} \cos(x) + 2 x \sin(x)"),
    (sin(x) ** 2 + cos(x) ** 2, "sin²(x) + cos²(x)", "sin(x)**2 + cos(x)**2", r"\sin^{2}(x) + \cos^{2}(x)"),
    (exp(x) + exp(-x), "e^x + e^(-x)", "exp(x) + exp(-x)", "e^{x} + e^{-x}"),
    (ln(x) + 1, "ln(x) + 1", "log(x) + 1", r"\ln(x) + 1"),
    (1 + tan(x) ** 2, "1 + tan²(x)", "1 + tan(x)**2", r"1 + \tan^{2}(x)"),
    (w * x + b, "w·x + b", "w*x + b", "w x + b"),
    # products and fractions
    (10 * x2 * exp(x2**2), "10x₂·e^(x₂²)", "10*x2*exp(x2**2)", "10 x_{2} e^{x_{2}^{2}}"),
    (x / 2, "x/2", "x/2", r"\frac{x}{2}"),
    (-3 * x / (2 * y), "-3x/(2y)", "-3*x/(2*y)", r"-\frac{3 x}{2 y}"),
    (1 / (x * y), "1/(x·y)", "1/(x*y)", r"\frac{1}{x y}"),
    (x / (y * (x + 1)), "x/(y·(x + 1))", "x/(y*(x + 1))", r"\frac{x}{y (x + 1)}"),
    ((x + 1) / (x - 1), "(x + 1)/(x - 1)", "(x + 1)/(x - 1)", r"\frac{x + 1}{x - 1}"),
    (exp(-x) / (1 + exp(-x)) ** 2, "e^(-x)/(1 + e^(-x))²", "exp(-x)/(1 + exp(-x))**2", r"\frac{e^{-x}}{(1 + e^{-x})^{2}}"),
    (x**x * (ln(x) + 1), "x^x·(ln(x) + 1)", "x**x*(log(x) + 1)", r"x^{x} (\ln(x) + 1)"),
    (2 * x * y * exp(x**2 * y), "2x·y·e^(x²·y)", "2*x*y*exp(x**2*y)", "2 x y e^{x^{2} y}"),
    (x * (1 - x), "x·(1 - x)", "x*(1 - x)", "x (1 - x)"),
    (2**x * ln(2), "2^x·ln(2)", "2**x*log(2)", r"2^{x} \ln(2)"),
    (3 * 2**n, "3·2^n", "3*2**n", r"3 \cdot 2^{n}"),
    (x * 2**n, "x·2^n", "x*2**n", r"x \cdot 2^{n}"),
    (Mul(2, x + 1, evaluate=False), "2(x + 1)", "2*(x + 1)", "2 (x + 1)"),
    (Mul(-1, x - 1, evaluate=False), "-(x - 1)", "-(x - 1)", "-(x - 1)"),
    (Mul(-2, -3, x, evaluate=False), "2·3·x", "2*3*x", r"2 \cdot 3 x"),
    (2 * sqrt(2) * x, "2√2·x", "2*sqrt(2)*x", r"2 \sqrt{2} x"),
    (2 * speed * x, "2·speed·x", "2*speed*x", r"2 \, \mathrm{speed} \, x"),
    (3 * w_max, "3·w_max", "3*w_max", r"3 w_{\mathrm{max}}"),
    # powers and roots
    (x ** (n + 1), "x^(n + 1)", "x**(n + 1)", "x^{n + 1}"),
    (1 / (2 * sqrt(x)), "1/(2√x)", "1/(2*sqrt(x))", r"\frac{1}{2 \sqrt{x}}"),
    (sqrt(x1**2 + x2**2), "√(x₁² + x₂²)", "sqrt(x1**2 + x2**2)", r"\sqrt{x_{1}^{2} + x_{2}^{2}}"),
    (x ** Rational(3, 2), "x^(3/2)", "x**(3/2)", "x^{3/2}"),
    (x ** Rational(-3, 2), "1/x^(3/2)", "1/x**(3/2)", r"\frac{1}{x^{3/2}}"),
    (x ** Rational(1, 3), "x^(1/3)", "x**(1/3)", "x^{1/3}"),
    (r ** Rational(1, 3), "∛r", "r**(1/3)", r"\sqrt[3]{r}"),
    (RealRoot(x, 3), "∛x", "cbrt(x)", r"\sqrt[3]{x}"),
    (exp(-(x**2) / 2), "e^(-x²/2)", "exp(-x**2/2)", "e^{-x^{2}/2}"),
    (exp(-((x - a) ** 2) / (2 * b**2)), "e^(-(x - a)²/(2b²))", "exp(-(x - a)**2/(2*b**2))", "e^{-(x - a)^{2}/(2 b^{2})}"),
    ((-2) ** n, "(-2)^n", "(-2)**n", "(-2)^{n}"),
    (Rational(2, 3) ** n, "(2/3)^n", "(2/3)**n", r"\left(\frac{2}{3}\right)^{n}"),
    ((-x) ** n, "(-x)^n", "(-x)**n", "(-x)^{n}"),
    (2 ** (-n), "2^(-n)", "2**(-n)", "2^{-n}"),
    (x ** (y**z), "x^(y^z)", "x**(y**z)", "x^{y^{z}}"),
    ((x**y) ** z, "(x^y)^z", "(x**y)**z", "(x^{y})^{z}"),
    # functions
    (Abs(x), "|x|", "Abs(x)", r"\left|x\right|"),
    (x / Abs(x), "x/|x|", "x/Abs(x)", r"\frac{x}{\left|x\right|}"),
    (Abs(Abs(x) + y), "abs(y + |x|)", "Abs(y + Abs(x))", r"\left|y + \left|x\right|\right|"),
    (ln(x) ** 2, "ln(x)²", "log(x)**2", r"\ln(x)^{2}"),
    (3 * sin(x) ** 2 * cos(x), "3sin²(x)·cos(x)", "3*sin(x)**2*cos(x)", r"3 \sin^{2}(x) \cos(x)"),
    (1 / sin(x), "1/sin(x)", "1/sin(x)", r"\frac{1}{\sin(x)}"),
    (sinh(x) ** 3, "sinh³(x)", "sinh(x)**3", r"\sinh^{3}(x)"),
    (sin(x / 2), "sin(x/2)", "sin(x/2)", r"\sin\left(\frac{x}{2}\right)"),
    (asin(x) + atan(x), "arcsin(x) + arctan(x)", "asin(x) + atan(x)", r"\arcsin(x) + \arctan(x)"),
    (acosh(x), "arcosh(x)", "acosh(x)", r"\operatorname{arcosh}(x)"),
    (Max(0, x), "max(0, x)", "Max(0, x)", r"\max(0, x)"),
    (Min(x, y), "min(x, y)", "Min(x, y)", r"\min(x, y)"),
    (floor(x) + ceiling(y), "⌊x⌋ + ⌈y⌉", "floor(x) + ceiling(y)",
     r"\left\lfloor x \right\rfloor + \left\lceil y \right\rceil"),
    (Heaviside(x), "H(x)", "Heaviside(x)", "H(x)"),
    (gamma(x), "Γ(x)", "gamma(x)", r"\Gamma(x)"),
    (y * sign(x), "y·sign(x)", "y*sign(x)", r"y \operatorname{sgn}(x)"),
    (erf(x) / 2, "erf(x)/2", "erf(x)/2", r"\frac{\operatorname{erf}(x)}{2}"),
    (y * Mod(x, 2), "y·mod(x, 2)", "y*Mod(x, 2)", r"y (x \bmod 2)"),
    (LambertW(x), "LambertW(x)", "LambertW(x)", r"\operatorname{W}(x)"),
    (zeta(x), "zeta(x)", "zeta(x)", r"\zeta\left(x\right)"),
    (2 * polygamma(0, x), "2digamma(x)", "2*digamma(x)", r"2 \operatorname{\psi}(x)"),
    (polygamma(1, x), "polygamma(1, x)", "polygamma(1, x)", r"\operatorname{\psi}^{(1)}(x)"),
    (besselj(n, x), "besselj(n, x)", "besselj(n, x)", r"\operatorname{J}_{n}(x)"),
    (binomial(n, k), "binomial(n, k)", "binomial(n, k)", r"{\binom{n}{k}}"),
    (atan2(y, x), "atan2(y, x)", "atan2(y, x)", r"\operatorname{atan2}(y, x)"),
    (factorial(n), "n!", "factorial(n)", "n!"),
    (factorial(n + 1) ** 2, "((n + 1)!)²", "factorial(n + 1)**2", "((n + 1)!)^{2}"),
    (sigmoid(w * x + b) * (1 - sigmoid(w * x + b)), "σ(w·x + b)·(1 - σ(w·x + b))",
     "exp(-w*x - b)/(1 + exp(-w*x - b))**2", r"\sigma(w x + b) (1 - \sigma(w x + b))"),
    (Sum(k**2, (k, 1, n)), "sum(k², k, 1, n)", "sum(k**2, k, 1, n)", r"\sum_{k=1}^{n} k^{2}"),
    (Product(k, (k, 1, n)), "prod(k, k, 1, n)", "prod(k, k, 1, n)", r"\prod_{k=1}^{n} k"),
    # undefined functions and their derivatives
    (f(x) ** 2, "f(x)²", "f(x)**2", "f(x)^{2}"),
    (Primed(f(x), [2]), "f''(x)", "Derivative(f(x), (x, 2))", "f''(x)"),
    (3 * Primed(f(x), [1]) ** 2, "3f'(x)²", "3*Derivative(f(x), x)**2", "3 f'(x)^{2}"),
    (Primed(g(x), [1]) * f(x) + Primed(f(x), [1]) * g(x), "f'(x)·g(x) + f(x)·g'(x)",
     "Derivative(f(x), x)*g(x) + f(x)*Derivative(g(x), x)", "f'(x) g(x) + f(x) g'(x)"),
    (2 * Primed(f(x), [1]) * f(x), "2f(x)·f'(x)", "2*f(x)*Derivative(f(x), x)", "2 f(x) f'(x)"),
    # conditions
    (Eq(x**2 + y**2, 1), "x² + y² = 1", "x**2 + y**2 = 1", "x^{2} + y^{2} = 1"),
    (Piecewise((x**2, x <= 1), (2 * x - 1, True)), "{ x² if x ≤ 1; 2x - 1 otherwise }",
     "Piecewise((x**2, x <= 1), (2*x - 1, True))",
     r"\begin{cases} x^{2} & \text{if } x \leq 1 \\ 2 x - 1 & \text{otherwise} \end{cases}"),
    (Piecewise((1, (x > 0) & Ne(y, 1)), (0, True)), "{ 1 if x > 0 and y ≠ 1; 0 otherwise }",
     "Piecewise((1, x > 0 and y != 1), (0, True))",
     r"\begin{cases} 1 & \text{if } x > 0 \text{ and } y \neq 1 \\ 0 & \text{otherwise} \end{cases}"),
    # vectors and matrices
    (ImmutableMatrix([6 * x1, x2]), "[6x₁, x₂]", "[6*x1, x2]", r"\begin{bmatrix} 6 x_{1} \\ x_{2} \end{bmatrix}"),
    (ImmutableMatrix([[x, y]]), "[x, y]", "[x, y]", r"\begin{bmatrix} x & y \end{bmatrix}"),
    (ImmutableMatrix([[x, 1], [0, -y]]), "[[x, 1], [0, -y]]", "[[x, 1], [0, -y]]",
     r"\begin{bmatrix} x & 1 \\ 0 & -y \end{bmatrix}"),
    # decimals: as many digits as were asked for
    (ImmutableMatrix([Float("0.4472135955", 8), Float("2.5", 3) * x]), "[0.44721360, 2.50·x]", "[0.44721360, 2.50*x]",
     r"\begin{bmatrix} 0.44721360 \\ 2.50 x \end{bmatrix}"),
    # what keeps its order
    (OrderedSum(Integer(1), x, -(x**2) / 2, Mul(-2, x - 1, evaluate=False)), "1 + x - x²/2 - 2(x - 1)",
     "1 + x - x**2/2 - 2*(x - 1)", r"1 + x - \frac{x^{2}}{2} - 2 (x - 1)"),
    (OrderedSum(OrderedProduct(x - 1), -((x - 1) ** 2) / 2), "(x - 1) - (x - 1)²/2", "(x - 1) - (x - 1)**2/2",
     r"(x - 1) - \frac{(x - 1)^{2}}{2}"),
    (OrderedProduct(1 / (2 * sqrt(u)), 2 * x), "1/(2√u)·2x", "1/(2*sqrt(u))*2*x", r"\frac{1}{2 \sqrt{u}} \cdot 2 x"),
    (OrderedProduct(x, 1 / x, -Integer(3), x + 1), "x·(1/x)·(-3)·(x + 1)", "x*(1/x)*(-3)*(x + 1)",
     r"x \cdot \frac{1}{x} \cdot (-3) \cdot (x + 1)"),
    (OrderedProduct(Leibniz(z, (u, 1), partial=True), Leibniz(u, (x, 1), partial=False)), "∂z/∂u·du/dx",
     "Derivative(z, u)*Derivative(u, x)", r"\frac{\partial z}{\partial u} \cdot \frac{du}{dx}"),
    # left-hand sides
    (Diff(x**2 * y, (x, 1), (y, 1)), "∂²/∂y∂x[x²·y]", "Derivative(x**2*y, x, y)",
     r"\frac{\partial^{2}}{\partial y\,\partial x}\left[x^{2} y\right]"),
    (AtPoint(Diff(x**2, (x, 1)), (x, 3)), "f'(3)", "Derivative(x**2, x) at x = 3",
     r"\left.\frac{d}{dx}\left[x^{2}\right]\right|_{x = 3}"),
]  # fmt: skip


def test_long_sums_are_written_in_reasonable_time() -> None:
    """SymPy's own order takes quadratic time here; each of these takes a few hundredths of a second."""
    many = symbols("x1:4001", real=True)
    total = Add(*many, *(u * v**2 for u, v in pairwise(many[:1000])))
    start = perf_counter()
    for write in (line, plain, tex):
        text = write(total)
        assert text.count("+") == 4998
    assert perf_counter() - start < 5


def test_there_are_enough_rows() -> None:
    assert len(ROWS) >= 60


@pytest.mark.parametrize(("value", "expected"), [(row[0], row[1]) for row in ROWS], ids=[row[1] for row in ROWS])
def test_unicode(value: Any, expected: str) -> None:
    assert line(value) == expected


@pytest.mark.parametrize(("value", "expected"), [(row[0], row[2]) for row in ROWS], ids=[row[2] for row in ROWS])
def test_plain(value: Any, expected: str) -> None:
    assert plain(value) == expected


@pytest.mark.parametrize(("value", "expected"), [(row[0], row[3]) for row in ROWS], ids=[row[3] for row in ROWS])
def test_latex(value: Any, expected: str) -> None:
    assert tex(value) == expected
