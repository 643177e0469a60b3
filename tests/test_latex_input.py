"""LaTeX as input: what people paste, what is refused, and that it reads back what `--latex` prints."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest
import sympy
from formulas import every_function, formula
from mpmath import mp

from symcalc.calculus.fields import derivative
from symcalc.calculus.numeric import Evaluator, NoRealValue, NotEvaluable
from symcalc.errors import SymcalcError
from symcalc.formats._names import GREEK
from symcalc.formats._texprinter import tex
from symcalc.parse import Reading, parse_any
from symcalc.parse.signs import TEX_COMMANDS

LATEX = Reading(latex=True)
X = sympy.Symbol("x", real=True)

# --- what people write -------------------------------------------------------------------------------------------

READ = r"""
\frac{a}{b}                                  a/b
\frac12                                      1/2
\frac1x                                      1/x
\frac{1}2                                    1/2
\frac 12                                     1/2
\frac x y                                    x/y
\dfrac{1}{2x}                                1/(2*x)
\tfrac12 x                                   x/2
\frac{x}{y z}                                x/(y*z)
\frac{x}{y}z                                 x*z/y
\frac{d}{2}                                  d/2
\frac{d}{d+1}                                d/(d + 1)
\mathrm e^x + \mathbf y                      exp(x) + y
\boldsymbol{\theta} x                        theta*x
\frac{dx}{2} + d                             d*x/2 + d
\sqrt{x^2+y^2}                               sqrt(x^2 + y^2)
\sqrt x                                      sqrt(x)
\sqrt2                                       sqrt(2)
\sqrt[3]{x}                                  cbrt(x)
\sqrt[n]{x}                                  x^(1/n)
x_{12} \cdot 2                               2*x12
x_1^2 \cdot x_{1}                            x1^3
\theta_1 + w_{ij}                            theta1 + w_ij
a_{i,j} \cdot 2                              2*a_i_j
x_{\text{max}} + x_{\mathrm{min}}            x_max + x_min
x^{10}                                       x^10
x^2y^3                                       x^2*y^3
x^{y}z                                       x^y*z
x^{\frac{1}{2}}                              sqrt(x)
x^{1/2}                                      sqrt(x)
x^{-1}                                       1/x
2^{x}                                        2^x
(-1)^n                                       (-1)^n
x^{y^{z}}                                    x^(y^z)
\left(x+1\right)^2                           (x + 1)^2
\bigl(x+1\bigr)\Bigl(x-1\Bigr)               (x + 1)*(x - 1)
\Bigg(x\Bigg) \bigg(y\bigg)                  x*y
\left[x, y\right]                            [x, y]
\{x+1\}                                      x + 1
|x|                                          abs(x)
\left|x\right|                               abs(x)
\lvert x \rvert                              abs(x)
\lVert x \rVert                              abs(x)
\left\lVert x\right\rVert_2^2                x^2
\|x\|_{2}                                    abs(x)
\left|2\left|x\right|\left|y\right|-1\right|  abs(2*abs(x)*abs(y) - 1)
\left|x\left|y\right|\right|                 abs(x*abs(y))
\lvert x\lvert y\rvert\rvert                  abs(x*abs(y))
\bigl|2\,|x|\,z\bigr|                         abs(2*abs(x)*z)
|x \left|y\right| z|                         abs(x*abs(y)*z)
\left\|x\left\|y\right\|_2-1\right\|          abs(x*abs(y) - 1)
\left\vert x\left\vert y\right\vert\right\vert  abs(x*abs(y))
\frac{w x y}{2} + wxy                        3*w*x*y/2
a\cdot b \times c                            a*b*c
x\,y \; z\!w~v\quad u                        x*y*z*w*v*u
\displaystyle x^2                            x^2
\sin x \cos x                                sin(x)*cos(x)
2\sin x\cos x                                2*sin(x)*cos(x)
\sin^2 x                                     sin(x)^2
\sin ^{2}(x)                                 sin(x)^2
\sin^{-1}x                                   asin(x)
\tan^{-1}\left(\frac{y}{x}\right)            atan(y/x)
\sin 2x                                      sin(2*x)
\sin\frac{x}{2}                              sin(x/2)
\sin\sqrt{x}                                 sin(sqrt(x))
\cos(x)^{2}                                  cos(x)^2
\cos\theta                                   cos(theta)
\sin{x}                                      sin(x)
\arcsin x + \arccos x + \arctan x            asin(x) + acos(x) + atan(x)
\cot x + \sec x + \csc x                     cot(x) + sec(x) + csc(x)
\sinh x + \cosh^2 x + \tanh x                sinh(x) + cosh(x)^2 + tanh(x)
\operatorname{arsinh} x                      asinh(x)
\mathrm{sin}(x) + \text{cos}(x)              sin(x) + cos(x)
\ln x + \log x                               2*ln(x)
\ln x^2                                      ln(x^2)
\ln\left|x\right|                            ln(abs(x))
\log_2 x + \log_{10} x                       log(x, 2) + log(x, 10)
\log_b x                                     log(x, b)
e^{-x}                                       exp(-x)
\mathrm{e}^x                                 exp(x)
\exp\left(-\frac{x^2}{2\sigma^2}\right)      exp(-x^2/(2*sigma^2))
\exp{-x}                                     exp(-x)
e^{i\pi}                                     -1
\mathrm{i} x                                 i*x
\pi r^2                                      pi*r^2
\infty                                       oo
\alpha\beta + \varepsilon + \vartheta        alpha*beta + epsilon + theta
\lambda\left(x^2+y^2-1\right)                lambda*(x^2 + y^2 - 1)
90^\circ + 90^{\circ}                        pi
\operatorname{sigmoid}(x)                    sigmoid(x)
\sigma(wx+b)                                 sigmoid(w*x + b)
\operatorname{ReLU}\left(x\right)            relu(x)
\operatorname*{softplus}(x)                  softplus(x)
\mathrm{erf}(x) + \Gamma(x)                  erf(x) + gamma(x)
\zeta(s) + \beta(x,y)                        zeta(s) + beta(x, y)
\Gamma\left(2, x\right)                      uppergamma(2, x)
\operatorname{J}_{1}(x)                      besselj(1, x)
\operatorname{P}_{n}^{(m)}(x)                assoc_legendre(n, m, x)
\operatorname{Ai}'(x)                        airyaiprime(x)
\operatorname{K}(x) + \operatorname{K}_0(x)  elliptic_k(x) + besselk(0, x)
\operatorname{E}\left(x \middle| m\right)    elliptic_e(x, m)
\gamma_{\mathrm{E}}                          EulerGamma
\max(0,x)                                    max(0, x)
\max\{0, x\}                                 max(0, x)
\min\left\{0,x\right\}                       min(0, x)
\binom{n}{2}                                 binomial(n, 2)
n! + (n+1)!                                  n! + (n + 1)!
\lfloor x\rfloor + \lceil x \rceil           floor(x) + ceil(x)
x \bmod 2 + (x \mod 3)                       mod(x, 2) + mod(x, 3)
f'(x) + f^{\prime}(x) + f^\prime(x)          3*f'(x)
f^{\prime\prime}(x)                          f''(x)
\sum_{k=1}^{n} k^2                           sum(k^2, k, 1, n)
\sum\limits_{i=1}^3 x_i^2 + y                x1^2 + x2^2 + x3^2 + y
\prod_{k=1}^{3} (x+k)                        (x + 1)*(x + 2)*(x + 3)
$x^2$                                        x^2
$$\frac{x}{2}$$                              x/2
\(x^2\)                                      x^2
\[ x^2 + 1. \]                               x^2 + 1
\frac{x}{2}.                                 x/2
\frac{x}{2}\,,                               x/2
\frac{1}{1+e^{-x}}                           1/(1 + exp(-x))
3x_1^2 + 5e^{x_2^2}                          3*x1^2 + 5*exp(x2^2)
e^{-\frac{1}{2}\left(\frac{x-\mu}{\sigma}\right)^2}   exp(-((x - mu)/sigma)^2/2)
\frac{1}{\sqrt{2\pi}\sigma}                  1/(sqrt(2*pi)*sigma)
"""
ROWS = [re.split(r"  +(?=[^ ])", row.rstrip()) for row in READ.strip().splitlines()]


@pytest.mark.parametrize(("latex", "plain"), ROWS, ids=[row[0] for row in ROWS])
def test_what_people_write(latex, plain):
    assert parse_any(latex, LATEX).value == parse_any(plain).value


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\begin{bmatrix} x \\ y \end{bmatrix}", "[x, y]"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "[[a, b], [c, d]]"),
        (r"\left[\begin{array}{cc} a & b \\ c & d \end{array}\right]", "[[a, b], [c, d]]"),
        (r"\begin{cases} x, & x>0 \\ 0, & x \le 0\end{cases}", "piecewise(x, x > 0, 0, x <= 0)"),
        (r"\begin{cases} x & \text{if } x>0, \\ 0 & \text{else}\end{cases}", "x if x > 0 else 0"),
        (r"\begin{cases} x & x>0 \\ 0 & \text{otherwise} \end{cases} + 1", "(x if x > 0 else 0) + 1"),
        (r"y = x^2", "y = x^2"),
        (r"x \ge 0", "x >= 0"),
        (r"a \neq b", "a != b"),
    ],
)
def test_environments_and_relations(latex, plain):
    assert parse_any(latex, LATEX).value == parse_any(plain).value


def test_latex_is_known_by_its_looks_or_asked_for():
    assert parse_any(r"\frac12").value == sympy.Rational(1, 2)
    assert parse_any("$x^2$").value == X**2
    assert parse_any("xy", LATEX).value == X * sympy.Symbol("y", real=True)
    for text in ("xy", r"\frac12"):
        with pytest.raises(SymcalcError):
            parse_any(text, Reading(latex=False))


@pytest.mark.parametrize(
    ("latex", "note"),
    [
        (r"\mathbf{x} + 1", r"'\mathbf{x}' is read as the name x"),
        (r"\text{loss}^2", r"'\text{loss}' is read as the name loss"),
        (r"\gamma(x)", r"'\gamma(...)' is read as the gamma function, whose usual sign is \Gamma"),
        (r"\sigma(x)", r"'\sigma(...)' is read as the sigmoid function"),
    ],
)
def test_a_guess_is_said(latex, note):
    found = parse_any(latex, LATEX)
    assert found.guessed
    assert note in found.notes


# --- what is refused ---------------------------------------------------------------------------------------------

REFUSED = [
    ("x^10", "10", "LaTeX takes one digit here", "write {10}"),
    (r"x^2^3", "^", "double superscript", "write x^{y^z}"),
    (r"x^{2}_{1}", "_", "unexpected character '_' (LOW LINE)", "a subscript is a name or a number"),
    (r"1/2x \cdot 1", "2x", "does the division stop after '2'?", "write 1/(2*x) or (1/2)*x"),
    (r"\frac{d}{dx} x^2", r"\frac{d}{dx", "a derivative cannot be written", "symcalc diff EXPR VAR"),
    (r"\frac{dy}{dx}", r"\frac{dy}{dx", "a derivative cannot be written", "symcalc diff EXPR VAR"),
    (r"\frac{\partial f}{\partial x}", r"\frac{\partial f}{\partial x", "a derivative cannot be written", "symcalc partial"),
    (r"\dfrac{\mathrm{d}}{\mathrm{d}x} x", r"\dfrac{\mathrm{d}}{\mathrm{d}x", "a derivative cannot be", "symcalc diff"),
    (r"\partial x", r"\partial", r"\partial cannot be used", "symcalc partial EXPR VAR"),
    (r"\nabla f", r"\nabla", r"\nabla cannot be used", "symcalc grad EXPR"),
    (r"\int_0^1 x^2", r"\int", r"\int cannot be used", "it does not integrate"),
    (r"x^2\,dx", r"\,dx", "a differential has no place in a formula", "it does not integrate"),
    (r"x \mathrm{d}x", r"\mathrm{d}x", "a differential has no place in a formula", "it does not integrate"),
    (r"\lim_{x \to 0} x", r"\lim", r"\lim cannot be used", "limits"),
    (r"\sum k^2", r"\sum", r"\sum needs its bounds", r"write \sum_{k=1}^{n} k^2"),
    (r"\sum_{k=1} k^2", r"\sum_{k=1} ", "needs its upper bound", r"write \sum_{k=1}^{n} k^2"),
    (r"\max_{x} y", r"\max_{x}", "'max' cannot have a subscript", r"write \max(...)"),
    (r"\lVert x \rVert_1", r"\rVert_1", "only the Euclidean norm can be read", "write"),
    (r"\|x\|_\infty", r"\|_\infty", "only the Euclidean norm can be read", "write"),
    (r"1{,}000 + \pi", "{,}", "is this one number or two?", "write 1000 or 1.5"),
    (r"x^2 \big|_{x=1}", r"\big|_", "a value at a point is asked for with --at", "--at x=1"),
    (r"Ai\left(x+1\right)", "Ai", "is this the Airy function or a product?", r"write \operatorname{Ai}(x)"),
    (r"\frac12 Bi^{2}(x)", "Bi", "is this the Airy function or a product?", r"write \operatorname{Bi}(x)"),
    (r"\left|x", r"\left|", "'|' is never closed", None),
    (r"x\right|", r"\right|", r"unexpected '\right|'", "there is no bar on the left before it"),
    (r"\left|x\right\|", r"\right\|", "expected '|' or ','", "there is no bar on the left before it"),
    (r"\left\|x\right\|_1", r"\right\|_1", "only the Euclidean norm can be read", "write"),
    (r"\sigma^2(x)", r"\sigma^2(", r"\sigma^2(...) is ambiguous", r"write \sigma(x)^2 for a power, or * for a product"),
    (
        r"2\frac{1}{2}",
        r"2\frac{1}{2}",
        "is this a mixed number or a product?",
        r"2 \cdot \frac{1}{2} for a product, 2 + \frac{1}{2}",
    ),
    (r"\frac12 xsin x", "sin", "is 'sin' a word or a product of letters?", r"write \sin for the one, s i n with spaces"),
    (r"\alpha + pi r^2", "pi", "is 'pi' a word or a product of letters?", r"write \pi for the one, p i with spaces"),
    (r"\operatorname{J}(x)", r"\operatorname{J}", "is no function as it stands here", "give its parameters"),
    (r"x_{\input{a}}", r"x_{\input{a}}", r"\input cannot be read in a subscript", "x_{max}"),
    (r"\vec{x}", r"\vec", r"\vec cannot be used", "names have no accents"),
    (r"\hat{y} - y", r"\hat", r"\hat cannot be used", r"write y_{hat} for \hat{y}"),
    (r"x^\top y", r"\top", r"\top cannot be used", "a transpose cannot be read"),
    (r"x \pm 1", r"\pm", r"\pm cannot be used", "one sign at a time"),
    (r"x \in \mathbb{R}", r"\in", r"\in cannot be used", "--assume"),
    (r"{n \choose 2}", r"\choose", r"\choose cannot be used", r"write \binom{n}{k}"),
    (r"\begin{aligned} x \end{aligned}", r"\begin{aligned}", "unsupported environment 'aligned'", "give the formula alone"),
    (r"y &= x^2", "&", "unexpected '&'", "without the marks of an alignment"),
    (r"\left(x", "(", "'(' is never closed", None),
    (r"x\right)", ")", "unexpected ')'", "there is no '(' before it"),
    (r"\frac{1}", "", "the expression is incomplete", "something is missing"),
    (r"\sni x", r"\sni", r"unsupported LaTeX command '\sni'", r"did you mean '\sin'?"),
    (r"\frca{1}{2}", r"\frca", r"unsupported LaTeX command '\frca'", r"did you mean '\frac'?"),
    (r"\color{red}{x}", r"\color", r"\color cannot be used", "without decoration"),
    (r"\operatorname{softmax}(x)", r"\operatorname{softmax}", "unknown function 'softmax'", "--functions softmax"),
    *((rf"x + \{name}", rf"\{name}", rf"\{name} cannot be used", "no command of TeX is carried out") for name in TEX_COMMANDS),
]


@pytest.mark.parametrize(("latex", "marked", "problem", "hint"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_refused(latex, marked, problem, hint):
    with pytest.raises(SymcalcError) as caught:
        parse_any(latex, LATEX)
    start, end = caught.value.span
    assert latex[start:end] == marked
    assert problem in caught.value.problem
    assert (caught.value.hint is None) == (hint is None)
    assert hint is None or hint in caught.value.hint
    assert caught.value.exit == 2


SMUGGLED = [
    r"\input{a}",
    r"\write18{id}",
    "}{",
    "%",
    "#1",
    "^^5c",
    r"\\",
    "$",
    "&",
    "~",
    '"',
    "a b}",
    "x\ny",
    r"\csname x\endcsname",
]


@pytest.mark.parametrize(
    "wrapping", [r"\operatorname{%s}", r"\mathrm{%s}", r"\text{%s}", r"x_{%s}", r"x_\mathrm{%s}", r"\mathbf{%s}(x)"]
)
def test_no_command_of_tex_comes_through_a_name(wrapping):
    for inner in SMUGGLED:
        text = wrapping.replace("%s", inner) + " + 1"
        try:
            printed = tex(parse_any(text, LATEX).value)
        except SymcalcError:
            continue
        assert not any(word in printed for word in ("input", "write", "csname", "%", "#", "^^", "$", "&", '"')), (text, printed)


# --- it reads back what --latex prints ---------------------------------------------------------------------------


def outcome(value, printed) -> str:
    """How the printed form reads: "identical", "equal" (by numbers at random points), "refused" or "different"."""
    try:
        again = parse_any(printed, LATEX).value
    except SymcalcError:
        return "refused"
    if again == value:
        return "identical"
    names = {s.name for s in value.free_symbols}
    if names != {s.name for s in again.free_symbols}:
        return "different"
    rng, known = random.Random(1), 0
    for _ in range(8):
        point = {name: mp.mpf(rng.uniform(0.2, 1.9)) * rng.choice((1, -1)) for name in sorted(names)}
        left, right = number(value, point), number(again, point)
        if (left is None) != (right is None) or (left is not None and abs(left - right) > 1e-12 * (1 + abs(left))):
            return "different"
        known += left is not None
    return "equal" if known else "unknown"


def number(value, point):
    try:
        with mp.workdps(25):
            return Evaluator({s: point[s.name] for s in value.free_symbols}, real=False)(value)
    except (NoRealValue, NotEvaluable):
        return None


def tally(values) -> Counter[str]:
    found = Counter()
    for value in values:
        printed = tex(value)
        how = outcome(value, printed)
        assert how not in ("different", "unknown"), printed
        found[how] += 1
    return found


def values(texts):
    for text in texts:
        try:
            yield parse_any(text).value
        except SymcalcError:
            continue


def test_formulas_read_back():
    rng = random.Random(5)
    found = tally(values([*every_function(), *(formula(rng, rng.randint(1, 5)) for _ in range(500))]))
    assert found["identical"] + found["equal"] >= 0.95 * found.total() > 500


def test_bars_within_bars_read_back():
    """|2·|x|·|y| - 1|: a bar behind a factor opens or closes, and \\left and \\right say which."""
    rng = random.Random(7)

    def bars(depth):
        u, v = (bars(depth - 1), bars(depth - 1)) if depth else rng.choices(["x", "y", "2", "a"], k=2)
        return rng.choice(["abs({u})", "abs({u})*({v})", "({u})*abs({v})", "2*({u}) - {v}", "abs(({u})/({v}))"]).format(u=u, v=v)

    found = tally(values(f"abs({bars(3)})" for _ in range(150)))
    assert found["identical"] + found["equal"] == found.total() > 120


def test_matrices_read_back():
    rng = random.Random(8)
    found = tally(values(f"[[{', '.join(formula(rng, 2) for _ in 'ab')}], [x, y]]" for _ in range(60)))
    assert found["identical"] >= 0.95 * found.total() > 50


def test_derivatives_read_back():
    def derivatives():
        rng = random.Random(6)
        for value in values([*every_function(), *(formula(rng, 2) for _ in range(60)), "f(x^2)", "f(g(x))*x", "abs(x)^3"]):
            try:
                yield derivative(value, [(X, 1)])
            except SymcalcError:
                continue

    found = tally(derivatives())
    assert found["identical"] + found["equal"] >= 0.95 * found.total() > 150


@pytest.mark.parametrize(
    "name", [*"abcdfghjklmnopqrstuvwxyzABCDFGHJKLMNOPQRSTUVWXYZ", *GREEK, "speed", "w_max", "x1", "f1", "g_2", "alpha2"]
)
def test_a_name_reads_back_wherever_it_stands(name):
    """f·(x + 1) is printed with its sign: f(x + 1) would be a function."""
    if name == "pi":
        return
    s = sympy.Symbol(name, real=True)
    alone = parse_any(tex(s), LATEX).value  # A for Alpha, which looks like it
    assert alone.is_Symbol
    for value in (
        s * (X + 1),
        s * (X + 1) ** 2,
        s**2 * (X + 1),
        s * sympy.sin(X),
        s * X,
        -s * (X - s),
        X**s,
        s * abs(X),
        (X + 1) / s,
    ):
        assert parse_any(tex(value), LATEX).value == value.xreplace({s: alone}), tex(value)


def test_the_judge_sees_a_difference():
    assert outcome(X**2, "x^{3}") == "different"
    assert outcome(X**2, "y^{2}") == "different"
    assert outcome(X**2, r"\foo") == "refused"
    assert outcome(sympy.sin(X) ** 2, r"1 - \cos^{2}(x)") == "equal"
