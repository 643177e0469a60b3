"""The screens as a person sees them, at 80 and at 40 columns, in Unicode, in ASCII and in colour."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from formats_results import (
    ABSTRACT,
    ALL,
    APPROXIMATE,
    CHAIN,
    DIFF,
    ENDING,
    EVAL,
    FAMILY,
    GRADIENT,
    GRADIENT_AT,
    HESSIAN,
    JACOBIAN,
    LAGRANGE,
    MANY,
    NOWHERE,
    POLYNOMIAL,
    SIGMOID,
    STEPPED,
    TAYLOR,
    TAYLOR_AT,
    VERY_LONG,
    WIDE_HESSIAN,
    WORDS,
    x,
    y,
)
from rich.text import Text
from sympy import ImmutableMatrix, Integer, Symbol, Tuple, cos, exp, sin

from symcalc import answer
from symcalc.formats import json, latex, plain, pretty, unicode
from symcalc.formats._break import broken
from symcalc.formats._line import line
from symcalc.formats._parts import named_parts
from symcalc.notation import Leibniz, Nabla, OrderedProduct, OrderedSum
from symcalc.result import Extremum, Fact, Page, Points, Result


def shown(result: Result, **page: Any) -> str:
    return str(unicode.render(result, Page(terminal=True, **page)))


def piped(result: Result, **page: Any) -> str:
    return str(unicode.render(result, Page(**page)))


C, s, u = (Symbol(name, real=True) for name in "Csu")


def rules(variable: Symbol, factors: Any) -> tuple[Fact, ...]:
    (head, outer, inner, below), first = (
        (Leibniz(a, (b, 1), partial=True) for a, b in ((C, variable), (C, u), (u, variable), (s, variable))),
        Leibniz(u, (s, 1), partial=False),
    )
    return (
        Fact("rule", OrderedProduct(outer, inner), of=head, lead=True),
        Fact("inner rule", OrderedProduct(first, below), of=inner, lead=True),
        Fact("factors", factors, of=head, lead=True),
    )


RULES = Result(Fact("value", Tuple(x, y)), (*rules(x, 2 * u), *rules(y, 4 * u)))

SCREENS = {
    "diff": (DIFF, 80, "  d/dx[x²·sin(x)] = x²·cos(x) + 2x·sin(x)"),
    "grad": (
        GRADIENT,
        80,
        """\
  ∇f(x₁, x₂) =

    ∂f/∂x₁ ⎡     6x₁      ⎤
    ∂f/∂x₂ ⎣ 10x₂·e^(x₂²) ⎦""",
    ),
    "grad at": (
        GRADIENT_AT,
        80,
        """\
  ∇f(x, y) =

    ∂f/∂x ⎡    2x·y     ⎤
    ∂f/∂y ⎣ x² + cos(y) ⎦

  ∇f(1, 0) = [0, 2]
  ‖∇f‖     = 2""",
    ),
    "jacobian": (
        JACOBIAN,
        40,
        """\
  J = ∂(f₁…f₃)/∂(x, y)      3 × 2

             x            y
    f₁ ⎡    e^y         x·e^y    ⎤
    f₂ ⎢    1/y         -x/y²    ⎥
    f₃ ⎣ y·cos(x·y)   x·cos(x·y) ⎦""",
    ),
    "jacobian, too wide": (
        JACOBIAN,
        32,
        """\
  J = ∂(f₁…f₃)/∂(x, y)
    3 × 2

    J[f₁, x] = e^y
    J[f₁, y] = x·e^y
    J[f₂, x] = 1/y
    J[f₂, y] = -x/y²
    J[f₃, x] = y·cos(x·y)
    J[f₃, y] = x·cos(x·y)""",
    ),
    "hessian": (
        HESSIAN,
        80,
        """\
  H = ∇²f(x, y)      2 × 2, symmetric

         x      y
    x ⎡ 12x²    -4  ⎤
    y ⎣  -4    12y² ⎦

  ∇²f(1, 1) =

        x    y
    x ⎡ 12   -4 ⎤
    y ⎣ -4   12 ⎦

  eigenvalues    16, 8
  definiteness   positive definite: strict local minimum""",
    ),
    "hessian, too wide": (
        WIDE_HESSIAN,
        60,
        """\
  H = ∇²f(x₁, x₂, x₃, x₄, x₅, x₆, x₇)      7 × 7, symmetric

    H[x₁, x₁] = 2
    H[x₁, x₇] = x₁·e^(x₁·x₇)
    H[x₂, x₂] = 2
    H[x₃, x₃] = 2
    H[x₄, x₄] = 2
    H[x₅, x₅] = 2
    H[x₆, x₆] = 2
    H[x₇, x₇] = 2
    and 20 entries that are zero
    the entries below the diagonal follow by symmetry""",
    ),
    "sigmoid": (
        SIGMOID,
        80,
        """\
  ∂/∂x[1/(1 + e^(-w·x - b))] = w·σ(w·x + b)·(1 - σ(w·x + b))

  where σ(u) = 1/(1 + e^(-u))""",
    ),
    "the left-hand side is too long": (
        SIGMOID,
        40,
        """\
  ∂f/∂x = w·σ(w·x + b)·(1 - σ(w·x + b))

  where σ(u) = 1/(1 + e^(-u))""",
    ),
    "taylor": (
        TAYLOR,
        80,
        """\
  ln(x + 1) ≈ x - x²/2 + x³/3 - x⁴/4

  remainder   O(x⁵)""",
    ),
    "taylor at": (TAYLOR_AT, 80, "  x² = 1 + 2(x - 1) + (x - 1)²"),
    "chain": (
        CHAIN,
        80,
        """\
  ∂C/∂x     = dC/du·∂u/∂x
  dC/du     = 2u
  (∂u/∂x)|y = a

  ∂C/∂x = 2a·u ≈ 1.5""",
    ),
    "lagrange": (
        LAGRANGE,
        100,
        """\
  L = x + y - λ₁·(x² + y² - 1)

  system   1 - 2λ₁·x = 0
           1 - 2λ₁·y = 0
           1 - x² - y² = 0

  2 stationary points:
    1. (x = -√2/2, y = -√2/2)   λ₁ = -√2/2   f = -√2 ≈ -1.41421   strict minimum   ← smallest
    2. (x =  √2/2, y =  √2/2)   λ₁ =  √2/2   f =  √2 ≈  1.41421   strict maximum   ← largest

  global minimum -√2 at point 1: the set is compact
  complete: every real solution of the system""",
    ),
    "lagrange, narrow": (
        LAGRANGE,
        40,
        """\
  L = x + y - λ₁·(x² + y² - 1)

  system   1 - 2λ₁·x = 0
           1 - 2λ₁·y = 0
           1 - x² - y² = 0

  2 stationary points:
    1. (x = -√2/2, y = -√2/2)
       λ₁ = -√2/2   f = -√2 ≈ -1.41421
       strict minimum   ← smallest
    2. (x =  √2/2, y =  √2/2)
       λ₁ =  √2/2   f =  √2 ≈  1.41421
       strict maximum   ← largest

  global minimum -√2 at point 1: the set
  is compact
  complete: every real solution of the
  system""",
    ),
    "points in decimals": (
        APPROXIMATE,
        80,
        """\
  2 stationary points:
    1. (x ≈ -2.05699,  y ≈  0.765341, z = 0)     f ≈ -7.93818   ← smallest
    2. (x ≈  0.185173, y ≈ -1.3389,   z = 1/3)   f ≈  1.5e+10   ← largest""",
    ),
    "one point of many coordinates": (
        MANY,
        40,
        """\
  1 stationary point:
    x₁ = 0
    x₂ = 1
    x₃ = 2
    x₄ = 3
    x₅ = 4
    x₆ = 5
    f = a
    saddle""",
    ),
    "a chain of equations that ends with the answer": (
        ENDING,
        80,
        """\
  ∂C/∂x = dC/du·∂u/∂x
        = 2u·a
        = 2a·u""",
    ),
    "a chain of equations": (
        STEPPED,
        80,
        """\
  ∂C/∂x = dC/du·∂u/∂x
        = 2u·a

  ∂C/∂y = dC/du·∂u/∂y

  2a·u, 2b·u""",
    ),
    "no points": (NOWHERE, 80, "  no stationary points\n\n  complete: the system has no real solution"),
    "a family": (FAMILY, 80, "  no isolated stationary points:\n    x = 0, y any number"),
    "a long sum": (
        POLYNOMIAL,
        60,
        """\
  ∂f/∂x = x⁷ + 7x⁶·y + 21x⁵·y² + 35x⁴·y³ + 35x³·y⁴ + 21x²·y⁵
          + 7x·y⁶ + y⁷ + 7x⁶ + 42x⁵·y + 105x⁴·y² + 140x³·y³
          + 105x²·y⁴ + 42x·y⁵ + 7y⁶ + 21x⁵ + 105x⁴·y
          + 210x³·y² + 210x²·y³ + 105x·y⁴ + 21y⁵ + 35x⁴
          + 140x³·y + 210x²·y² + 140x·y³ + 35y⁴ + 35x³
          + 105x²·y + 105x·y² + 35y³ + 21x² + 42x·y + 21y²
          + 7x + 7y + 1""",
    ),
    "a bare value": (EVAL, 80, "  √(x² + 1)/2"),
    "a bare matrix": (Result(Fact("value", ImmutableMatrix([x, y**2]))), 80, "    ⎡ x  ⎤\n    ⎣ y² ⎦"),
    "rules of two variables": (
        RULES,
        80,
        """\
  ∂C/∂x = ∂C/∂u·∂u/∂x
  ∂u/∂x = du/ds·∂s/∂x
  ∂C/∂x = 2u

  ∂C/∂y = ∂C/∂u·∂u/∂y
  ∂u/∂y = du/ds·∂s/∂y
  ∂C/∂y = 4u

  x, y""",
    ),
    "a tree": (WORDS, 20, "  C\n  ├── u    ∂C/∂u = 2u\n  └── v    ∂C/∂v = 2v"),
    "an abstract function": (ABSTRACT, 80, "  ∂/∂x[f(x, y)/2] = ∂₁f(x, y)/2"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str) -> None:
    result, width, expected = SCREENS[name]
    assert shown(result, width=width) == expected


def test_ascii_screen() -> None:
    assert shown(GRADIENT, ascii=True) == (
        "  grad f(x1, x2) =\n\n    df/dx1 [       6*x1       ]\n    df/dx2 [ 10*x2*exp(x2**2) ]"
    )
    assert shown(SIGMOID, ascii=True) == "  d/dx[1/(1 + exp(-w*x - b))] = w*exp(-w*x - b)/(1 + exp(-w*x - b))**2"
    assert shown(CHAIN, ascii=True).splitlines()[0] == "  dC/dx     = dC/du*du/dx"


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("width", [40, 80])
def test_ascii_is_ascii(name: str, width: int) -> None:
    for text in (
        shown(ALL[name], ascii=True, width=width),
        piped(ALL[name], ascii=True),
        pretty.render(ALL[name], Page(True, width, True)),
    ):
        assert text.isascii() and "?" not in text


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("width", [40, 60, 80])
def test_lines_fit(name: str, width: int) -> None:
    unbreakable = {"WORDS": 40, "WIDE_HESSIAN": 60}
    for text in shown(ALL[name], width=width).splitlines():
        assert len(text) <= max(width, unbreakable.get(name, 0)), text
        assert text == text.rstrip()


@pytest.mark.parametrize("name", ALL)
def test_colour_changes_no_text_and_no_expression(name: str) -> None:
    page = Page(terminal=True, colour=True)
    coloured = Text.from_ansi(unicode.render(ALL[name], page))
    assert [text.rstrip() for text in coloured.plain.split("\n")] == shown(ALL[name]).split("\n")
    styled = [coloured.plain[span.start : span.end] for span in coloured.spans]
    assert not any("=" in text or "√" in text for text in styled if not text.startswith(("global", "complete")))


def test_pipe_is_one_line_without_left_hand_side() -> None:
    assert piped(DIFF) == "x²·cos(x) + 2x·sin(x)"
    assert piped(GRADIENT) == "[6x₁, 10x₂·e^(x₂²)]"
    assert piped(LAGRANGE) == "[[-√2/2, -√2/2], [√2/2, √2/2]]"
    assert piped(POLYNOMIAL).count("\n") == 0
    assert piped(SIGMOID, ascii=True) == "w*exp(-w*x - b)/(1 + exp(-w*x - b))**2"


def test_a_vector_too_long_for_brackets_is_written_by_its_labels() -> None:
    long = sum(sin(k * x) * y**k for k in range(1, 9))
    result = Result(Fact("gradient", ImmutableMatrix([long.diff(x), Integer(1)]), of=Nabla(long + y, (x, y))))
    lines = shown(result, width=60).splitlines()
    assert lines[0].startswith("  ∂f/∂x = ") and lines[1].startswith("          + ")
    assert lines[-1] == "  ∂f/∂y = 1"


def test_no_mark_where_there_is_no_extremum() -> None:
    points = LAGRANGE.answer.value
    assert isinstance(points, Points)
    known = Extremum("minimum", "attained", Integer(-1), (0,), reason="reason")
    none = Extremum("minimum", "none", reason="at x = 1.5 it is less")
    for minimum, marks in ((none, 1), (Extremum("minimum"), 2), (known, 2)):
        text = shown(Result(Fact("points", replace(points, extrema={"minimum": minimum}))))
        assert text.count("←") == marks and "← largest" in text
    assert "  no global minimum: at" in shown(Result(Fact("points", replace(points, extrema={"minimum": none}))))


# --- breaking ----------------------------------------------------------------------------------------------------


def test_breaking_loses_nothing_and_keeps_factors_together() -> None:
    text = line(VERY_LONG.answer.value)
    lines = broken(text, 60)
    assert max(map(len, lines)) <= 60
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert broken("sin(x + y)·cos(x + y) + z", 24) == ["sin(x + y)·cos(x + y)", "+ z"]
    assert broken("(a + b)·(c + d)·(e + f)", 16) == ["(a + b)·(c + d)", "·(e + f)"]
    assert broken("|a + b + c + d + e|·x·y·z", 20) == ["|a + b + c + d + e|", "·x·y·z"]
    assert broken("aaaaaaaaaaaaaaa**2*y", 17) == ["aaaaaaaaaaaaaaa**2", "*y"]
    assert broken("2*x**2*y**3*sin(x)*cos(y)", 20) == ["2*x**2*y**3*sin(x)", "*cos(y)"]


def test_breaking_inside_a_factor_only_when_it_cannot_stand_alone() -> None:
    assert broken("e^(aaaaaaaaa + bbbbbbbbb + ccccccccc)", 25) == ["e^(aaaaaaaaa + bbbbbbbbb", "   + ccccccccc)"]


def test_breaking_between_branches_and_arguments() -> None:
    text = "{ x² + sin(x) if x > 0; 0 if x < 0 and y > 0; x³ - y otherwise }·cos(x)"
    assert broken(text, 44) == ["{ x² + sin(x) if x > 0;", "  0 if x < 0 and y > 0; x³ - y otherwise }", "·cos(x)"]
    assert broken("Piecewise((x**2, x > 0), (0, x < 0), (1, True))", 30) == [
        "Piecewise((x**2, x > 0),",
        "          (0, x < 0),",
        "          (1, True))",
    ]
    assert broken("max(aaaaaaaa + b, cccccccc)", 22) == ["max(aaaaaaaa + b,", "    cccccccc)"]


# --- naming repeated parts ---------------------------------------------------------------------------------------


def test_parts_stand_for_what_they_replace() -> None:
    value = VERY_LONG.answer.value
    short, parts = named_parts(value, {"x"})
    assert 0 < len(parts) <= 8 and len(line(short)) < len(line(value)) / 2
    for name, part in reversed(parts):
        short = short.xreplace({name: part})
    point = {x: Integer(3) / 7}
    assert abs(short.xreplace(point).evalf(40) - value.xreplace(point).evalf(40)) < 1e-35


def test_parts_are_long_repeated_and_do_not_collide() -> None:
    A = Symbol("A", real=True)
    long = sin(A * x) + cos(A * y)
    short, parts = named_parts(exp(long) + 1 / long + A * long**3, {"A", "x", "y"})
    assert [name.name for name, _ in parts] == ["B"]
    assert parts[0][1] == long
    assert short.free_symbols == {A, parts[0][0]}
    assert named_parts(x**2 + sin(x**2) + cos(x**2), {"x"})[1] == []


def test_very_long_screen_names_its_parts() -> None:
    text = shown(VERY_LONG)
    assert len(text.splitlines()) < 20
    assert text.splitlines()[0].startswith("  d³f/dx³ = ")
    assert "\n  where\n    A = " in text


# --- pictures ----------------------------------------------------------------------------------------------------


def test_pretty() -> None:
    assert pretty.render(EVAL, Page()).splitlines() == ["   ________", "  ╱  2", "╲╱  x  + 1", "───────────", "     2"]
    assert pretty.render(DIFF, Page()).splitlines() == ["d ⎛ 2       ⎞    2", "──⎝x ⋅sin(x)⎠ = x ⋅cos(x) + 2⋅x⋅sin(x)", "dx"]
    assert pretty.render(TAYLOR, Page(terminal=True)).endswith("\n\n  remainder   O(x⁵)")
    assert pretty.render(SIGMOID, Page()).splitlines()[1].endswith("= w⋅σ(w⋅x + b)⋅(1 - σ(w⋅x + b))")
    assert pretty.render(CHAIN, Page()) == "∂C/∂x = 2⋅a⋅u ≈ 1.5"
    assert pretty.render(POLYNOMIAL, Page(terminal=True, width=60)) == shown(POLYNOMIAL, width=60)
    assert pretty.render(LAGRANGE, Page()) == piped(LAGRANGE)


def test_pretty_signs_in_what_keeps_its_order() -> None:
    multiplier = Symbol("λ", real=True)
    lagrangian = OrderedSum(x, y, OrderedProduct(-multiplier, x + y - 1))
    chained = OrderedSum(OrderedProduct(2 * x * y, -sin(x)), OrderedProduct(x + 1, cos(x)))
    assert pretty.render(Result(Fact("value", lagrangian)), Page()) == "x + y - λ⋅(x + y - 1)"
    assert pretty.render(Result(Fact("value", chained)), Page()) == "2⋅x⋅y⋅(-sin(x)) + (x + 1)⋅cos(x)"


def test_a_point_without_multipliers_beside_others():
    points = LAGRANGE.answer.value
    assert isinstance(points, Points)
    bare = replace(points, points=(replace(points.points[0], multipliers={}), *points.points[1:]))
    for text in (shown(Result(Fact("points", bare))), str(latex.render(Result(Fact("points", bare)), Page()))):
        assert text.count("none") == 1
    # The order of the points does not matter.
    assert "none" in shown(Result(Fact("points", replace(bare, points=bare.points[::-1]))))


@pytest.mark.parametrize("style", [unicode, pretty, plain, latex, json])
def test_a_polynomial_without_terms_is_zero(style):
    assert "0" in style.render(answer("taylor", "x^6"), Page())
