"""What texts mean: expressions, vectors, relations, definitions, points, variables, assumptions, words."""

import json
from pathlib import Path

import pytest
from sympy import (
    Abs,
    And,
    Eq,
    Function,
    I,
    ImmutableMatrix,
    Le,
    Max,
    Or,
    Piecewise,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    Tuple,
    acos,
    acot,
    atan,
    atan2,
    besselj,
    chebyshevt,
    cos,
    exp,
    hyper,
    log,
    oo,
    pi,
    polygamma,
    sin,
    sqrt,
    symbols,
    tanh,
)

from symcalc.errors import SymcalcError
from symcalc.notation import Primed, RealRoot, sigmoid
from symcalc.parse import (
    Definition,
    Reading,
    parse_any,
    parse_definition,
    parse_expression,
    parse_point,
    parse_relation,
    parse_variables,
    parse_vector,
    valued_names,
)

a, b, k, n, t, u, v, x, y, z = symbols("a b k n t u v x y z", real=True)
x1, x2, x3 = symbols("x1:4", real=True)
lam = Symbol("lambda", real=True)
f, g = (Function(name, real=True) for name in "fg")

VALUES = [
    # precedence
    ("-2^2", -4),
    ("2^3^2", 512),
    ("2^-x", 2**-x),
    ("2x^2!", 2 * x**2),
    ("a/b*t", a * t / b),
    ("x - y - z", x - y - z),
    ("-x^2*y", -(x**2) * y),
    ("x²³", x**23),
    ("2^x²", 2 ** (x**2)),
    ("x²^3", x**6),
    # application
    ("sin x cos x", sin(x) * cos(x)),
    ("sin 2x", sin(2 * x)),
    ("sin x^2", sin(x**2)),
    ("sin x/2", sin(x) / 2),
    ("sin(x)^2", sin(x) ** 2),
    ("sin²x", sin(x) ** 2),
    ("arccos x", acos(x)),
    ("arctg x", atan(x)),
    ("arcctg(x)", acot(x)),
    ("tgh x", tanh(x)),
    ("arctan2(y, x)", atan2(y, x)),
    ("base t", Symbol("base", real=True) * t),
    ("speed t", Symbol("speed", real=True) * t),
    ("sqrt x y", sqrt(x * y)),
    ("√2x", sqrt(2) * x),
    ("√x²", sqrt(x**2)),
    ("log(8, 2)", 3),
    ("log_b(x)", log(x) / log(b)),
    ("log₂(8)", 3),
    ("e^2x", exp(2) * x),
    ("sin 30°", Rational(1, 2)),
    # bars
    ("|x||y|", Abs(x) * Abs(y)),
    ("||x|-|y||", Abs(Abs(x) - Abs(y))),
    ("‖[x, y]‖", sqrt(x**2 + y**2)),
    ("||[3,4]||", 5),
    ("norm2(x1,x2)", sqrt(x1**2 + x2**2)),
    ("norm([x1,x2])", sqrt(x1**2 + x2**2)),
    ("|[log(x), 1]|", sqrt(log(x) ** 2 + 1)),
    # roots
    ("cbrt(-8)", -2),
    ("∛x", RealRoot(x, 3)),
    ("root(x, 5)", RealRoot(x, 5)),
    ("root(x, 4)", x ** Rational(1, 4)),
    ("root(x, -3)", 1 / RealRoot(x, 3)),
    ("real_root(x, 3)", RealRoot(x, 3)),
    ("x^(1/3)", x ** Rational(1, 3)),
    (r"\sqrt[3]{x}", RealRoot(x, 3)),
    # heads of ours
    ("sigmoid(x)", sigmoid(x)),
    ("σ(u)", sigmoid(u)),
    (r"\sigma\left(u\right)", sigmoid(u)),
    ("silu(x)", x * sigmoid(x)),
    ("softplus(x)", log(1 + exp(x))),
    ("relu(x)", Max(0, x)),
    ("f'(x^2)", Primed(f(x**2), (1,))),
    ("f″(x)", Primed(f(x), (2,))),
    ("f⁽⁴⁾(x)", Primed(f(x), (4,))),
    (r"f^{(4)}\left(x\right)", Primed(f(x), (4,))),
    ("∂₁∂₂∂₂f(x², y)", Primed(f(x**2, y), (1, 2))),
    ("D(f, 1, 2, 2)(x**2, y)", Primed(f(x**2, y), (1, 2))),
    ("Derivative(f(x, y), x, (y, 2))", Primed(f(x, y), (1, 2))),
    (r"\partial_{1} f\left(x, y\right)", Primed(f(x, y), (1, 0))),
    ("f(g(x))", f(g(x))),
    # conditions
    ("1 if x=0 or y=0 else 0", Piecewise((1, Or(Eq(x, 0), Eq(y, 0))), (0, True))),
    ("x if x>0 else -x if x<0 else 0", Piecewise((x, x > 0), (-x, x < 0), (0, True))),
    ("piecewise(x, x<0, x^2)", Piecewise((x, x < 0), (x**2, True))),
    ("Piecewise((x, x < 0), (x**2, True))", Piecewise((x, x < 0), (x**2, True))),
    ("{ x² if x ≤ 1; 2x - 1 otherwise }", Piecewise((x**2, x <= 1), (2 * x - 1, True))),
    (r"\begin{cases} x^2 & x \le 1 \\ 2x-1 & \text{otherwise} \end{cases}", Piecewise((x**2, x <= 1), (2 * x - 1, True))),
    (r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}", Piecewise((x, x > 0), (0, True))),
    ("x if not x < 1 else 0", Piecewise((x, x >= 1), (0, True))),
    ("x if (x < 0) | (x > 1) else 0", Piecewise((x, Or(x < 0, x > 1)), (0, True))),
    ("x if (x > 0) & (x < 1) else 0", Piecewise((x, And(x > 0, x < 1)), (0, True))),
    ("x if And(x > 0, Or(x < 1, Eq(y, 2))) else 0", Piecewise((x, And(x > 0, Or(x < 1, Eq(y, 2)))), (0, True))),
    # sums
    ("sum(k^2, k, 1, 3)", 14),
    ("sum(i^2, i, 1, 3)", 14),
    ("sum(x_k^2, k, 1, 3)", x1**2 + x2**2 + x3**2),
    ("prod(x_i, i, 1, 2)", x1 * x2),
    ("sum((1-x_k)^2 + x_{k+1}, k, 1, 2)", (1 - x1) ** 2 + x2 + (1 - x2) ** 2 + x3),
    ("sum(sum(w_ij, i, 1, 2), j, 1, 2)", sum(Symbol(f"w{i}{j}", real=True) for i in (1, 2) for j in (1, 2))),
    ("sum(w_{i,2}, i, 1, 2)", Symbol("w1_2", real=True) + Symbol("w2_2", real=True)),
    ("sum(k, k, 1, n)", Sum(k, (k, 1, n))),
    ("Sum(k**2, (k, 1, n))", Sum(k**2, (k, 1, n))),
    ("Product(k, (k, 1, n))", Product(k, (k, 1, n))),
    ("sum(k, k, 1, 0)", 0),
    # what SymPy and the formats print
    ("10x₂·e^(x₂²)", 10 * x2 * exp(x2**2)),
    ("√(x₁² + x₂²)", sqrt(x1**2 + x2**2)),
    ("-∞", -oo),
    ("hyper((a,),(b,),x)", hyper((a,), (b,), x)),
    ("hyper((), (), x)", hyper((), (), x)),
    ("polygamma(2, x)", polygamma(2, x)),
    ("besselj(n, x)", besselj(n, x)),
    ("chebyshevt(3, x)", chebyshevt(3, x)),
    ("xⁿ", x**n),
    (r"y_{hat}\cdot 1", Symbol("y_hat", real=True)),
    (r"x\ y + \begin{cases} 1 & x > 0 \\ 2 & \text{otherwise} \end{cases}\ z", x * y + z * Piecewise((1, x > 0), (2, True))),
    ("2ˣ", 2**x),
    ("eˣ", exp(x)),
    ("e⁻ˣ", exp(-x)),
    ("xᵏ + yᵇ", x**k + y**b),
    ("xᵉ", x ** exp(1)),
    ("sinⁿ(x)", sin(x) ** n),
    ("２𝑥＋ℎ", 2 * x + Symbol("h", real=True)),
    ("λx + lambda", lam * x + lam),
    ("1_000 + 1e3 + .5", Rational(4001, 2)),
    ("½x + ¾", x / 2 + Rational(3, 4)),
    (r"\frac12 x \cdot \left( x + 1 \right)", x * (x + 1) / 2),
    (r"\lVert \begin{bmatrix} x \\ y \end{bmatrix} \rVert", sqrt(x**2 + y**2)),
    (r"$\max(0,x)$", Max(0, x)),
    (r"\mathrm{speed} \, (x + 1)", Symbol("speed", real=True) * (x + 1)),
    (r"\mathrm{e}^{\mathrm{i} x}", exp(I * x)),
    (r"w_{\mathrm{max}}", Symbol("w_max", real=True)),
]


@pytest.mark.parametrize(("text", "value"), VALUES, ids=[row[0][:40] for row in VALUES])
def test_value(text, value):
    assert parse_any(text).value == S(value)


def test_symbols_are_real_unless_complex():
    assert parse_expression("x").value == Symbol("x", real=True)
    assert parse_expression("x", Reading(complex=True)).value == Symbol("x")
    assert parse_expression("f(x)", Reading(complex=True)).value == Function("f")(Symbol("x"))
    assert parse_expression("|[x, 3i]|", Reading(complex=True)).value == sqrt(Abs(Symbol("x")) ** 2 + 9)
    assert parse_expression("cbrt(x)", Reading(complex=True)).value == Symbol("x") ** Rational(1, 3)


@pytest.mark.parametrize(
    ("assume", "name", "known"),
    [
        ("x>0", "x", {"positive": True}),
        ("x >= 0 and y < 0", "x", {"nonnegative": True}),
        ("x >= 0 and y < 0", "y", {"negative": True}),
        ("0 < x", "x", {"positive": True}),
        ("x != 0, n is an integer", "x", {"zero": False}),
        ("x != 0, n is an integer", "n", {"integer": True}),
        ("x_1 even", "x1", {"even": True}),
        ("λ ≥ 0", "lambda", {"nonnegative": True}),
    ],
)
def test_assumptions(assume, name, known):
    assert parse_expression(name, Reading(assume=assume)).value == Symbol(name, real=True, **known)


def test_no_constants():
    reading = Reading(constants=False)
    assert parse_expression("e*pi + i", reading).value.free_symbols == set(symbols("e pi i", real=True))


def test_declared_names_win():
    assert parse_expression("xy + e", Reading(names=("xy", "e"))).value == Symbol("xy", real=True) + Symbol("e", real=True)
    assert parse_expression("sin*x", Reading(names=("sin",))).value == Symbol("sin", real=True) * x
    assert parse_expression("y(0) + y'(x)", Reading(functions=("y",))).value == Function("y", real=True)(0) + Primed(
        Function("y", real=True)(x), (1,)
    )


def test_names_keep_what_they_are():
    text = "S + N + Q + O + C + beta + gamma + zeta + test + lambda + in + is"
    assert {str(s) for s in parse_expression(text).value.free_symbols} == set(text.split(" + "))


@pytest.mark.parametrize("spelling", ["x1", "x_1", "x_{1}", "x₁"])
def test_one_variable_many_spellings(spelling):
    assert parse_expression(spelling).value == x1
    assert parse_variables([spelling]) == (x1,)


@pytest.mark.parametrize(
    ("text", "guessed"),
    [
        ("3*x1**2+5*exp(x2**2)", False),
        ("3x1^2 + 5e^(x2^2)", False),
        ("2(x+1)", False),
        ("(x+1)(x-1)", False),
        ("2 sin(x)", False),
        ("f(x)", False),
        ("√x", False),
        ("x y", True),
        ("x(y+1)", True),
        ("sin 2x", True),
        ("sin x/2", True),
        ("e^2x", True),
        ("sin^-1(x)", True),
        ("lr*x", True),
        ("σ(x)", True),
        ("|x||y|", True),
        ("H(x)", True),
        (r"\frac{1}{2} x y", False),
        (r"\alpha(x+1)", True),
    ],
)
def test_guessed(text, guessed):
    assert parse_expression(text).guessed is guessed


def test_a_word_is_one_name_and_a_note_says_so_once():
    source = parse_expression("lr*x + lr^2 + w_max")
    assert source.notes == ("'lr' is read as one name", "'w_max' is read as one name")
    assert parse_expression("lr*x", asked=("lr",)).notes == ()


def test_asked_letters_make_a_word_a_product():
    assert parse_expression("ab", asked=("x",)).value == Symbol("ab", real=True)
    with pytest.raises(SymcalcError, match="could be one name or a product"):
        parse_expression("ab", asked=("a",))


def test_asked_names_are_variables():
    assert parse_expression("f*(x+1)", asked=("f",)).value == Symbol("f", real=True) * (x + 1)


def test_a_definition_gives_its_right_side():
    source = parse_expression("f(x,y) = x^2*y")
    assert source.value == x**2 * y
    assert source.notes
    assert parse_any("area(r) = 2r").value == Eq(Function("area", real=True)(Symbol("r", real=True)), 2 * Symbol("r", real=True))


@pytest.mark.parametrize(
    ("text", "value"),
    [("[x, y^2]", [x, y**2]), ("x, y^2", [x, y**2]), ("(x, y^2)", [x, y**2]), ("x^2", [x**2]), ("2*[x, y]", [2 * x, 2 * y])],
)
def test_vector(text, value):
    assert parse_vector(text).value == ImmutableMatrix(value)


def test_matrix():
    assert parse_any("[[1, x], [3, 4]]").value == ImmutableMatrix([[1, x], [3, 4]])
    assert parse_any("Matrix([[1, x]])").value == ImmutableMatrix([[1, x]])
    assert parse_any("[[1,2],[3,4]]*[x, y]").value == ImmutableMatrix([x + 2 * y, 3 * x + 4 * y])


def test_relation():
    assert parse_relation("x^2+y^2=1").value == Eq(x**2 + y**2, 1, evaluate=False)
    assert parse_relation("x + y ≤ 1").value == Le(x + y, 1, evaluate=False)
    bare = parse_relation("x + y - 1")
    assert (bare.value, bare.guessed) == (Eq(x + y - 1, 0, evaluate=False), True)
    assert parse_relation("1 = 0").value.args == (S.One, S.Zero)
    assert parse_relation("x^2 >= 0").value.args == (x**2, S.Zero)


CASES = Path(__file__).parent / "cases"


def _chain_words():
    for name in ("chain", "notes"):
        for case in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")):
            if case["words"][0] == "chain":
                words = case["words"][1:]
                yield from words[: next(i for i, w in enumerate(words) if w.startswith("--"))]


@pytest.mark.parametrize("text", sorted(set(_chain_words())))
def test_definitions_of_the_cases(text):
    found = parse_definition(text)
    left, _, right = text.partition("=")
    assert found.name == left.partition("(")[0].strip()
    assert (found.value is None) == (not right)
    assert (found.params is None) == ("(" not in left)


def test_definition():
    found = parse_definition("f(u,v) := [u*v, u+v]")
    assert isinstance(found, Definition)
    assert (found.name, found.params, found.value) == ("f", ("u", "v"), ImmutableMatrix([u * v, u + v]))
    assert parse_definition("y = f(u)").value == f(u)
    assert parse_definition("E = t^2", Reading(names=("E",))).name == "E"
    assert parse_definition("x_1 = sin(t)").name == "x1"


@pytest.mark.parametrize("text", ["x=1,y=pi/3", "y = pi/3, x = 1", "1, pi/3", "(1, pi/3)", "[1, pi/3]"])
def test_point(text):
    found = parse_point(text, (x, y))
    assert list(found.items()) == [(x, S.One), (y, pi / 3)]


def test_point_of_one_variable():
    assert parse_point("0.1", (x,)) == {x: Rational(1, 10)}
    assert parse_point("x=a", (x,)) == {x: a}
    assert parse_point("x_1 = -2", (x1,)) == {x1: -2}
    assert parse_point("speed=1", parse_variables(["speed"])) == {Symbol("speed", real=True): 1}


def test_variables():
    assert parse_variables(["x", "y", "y"]) == (x, y, y)
    assert parse_variables(["x,y z"]) == (x, y, z)
    assert parse_variables(["λ", "x_1"]) == (lam, x1)
    assert parse_variables(["e"], Reading(constants=False)) == (Symbol("e", real=True),)
    assert Tuple(*parse_variables(["x"], Reading(assume="x>0")))[0].is_positive


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("vt=1,x=2", ("vt",)),
        ("x=1", ()),
        ("1", ()),
        ("pi=3, sin=2", ()),
        ("x1=0, v_t = 2", ()),
        ("Tc == 1", ()),
        ("x=1, Tc=2", ("Tc",)),
    ],
)
def test_a_point_names_the_words_that_it_gives_a_value(text, names):
    assert valued_names(text) == names
