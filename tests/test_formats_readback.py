"""What plain and unicode print is read back to the same value, on random expressions."""

from __future__ import annotations

import random
from typing import Any

import pytest
import sympy
from mpmath import isfinite, mpf
from sympy import Integer, Rational, Symbol, srepr

from symcalc.formats._line import line
from symcalc.formats._plainprinter import plain
from symcalc.notation import RealRoot, lower, sigmoid
from symcalc.parse import parse_any

NAMES = ("x", "y", "x1", "x10", "lambda", "alpha2", "speed", "w_max")
SYMBOLS = [Symbol(name, real=True) for name in NAMES]
UNARY = [
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "asinh",
    "exp",
    "log",
    "sqrt",
    "Abs",
    "sign",
    "floor",
    "ceiling",
    "erf",
    "gamma",
    "factorial",
    "Heaviside",
    "LambertW",
]
BINARY = ("Max", "Min", "atan2", "binomial", "besselj", "Mod")
DIGITS = 30
SEED = 20240607


def expression(choose: random.Random, depth: int) -> Any:
    """A random expression with functions of the tables, numbers and names of every sort."""
    if depth == 0 or choose.random() < 0.15:
        return choose.choice(
            [*SYMBOLS, *SYMBOLS, Integer(choose.randint(-9, 9)), Rational(choose.randint(-9, 9), 7), sympy.pi, sympy.E]
        )
    kind = choose.random()
    if kind < 0.25:
        return sympy.Add(*(expression(choose, depth - 1) for _ in range(choose.randint(2, 4))))
    if kind < 0.55:
        return sympy.Mul(*(expression(choose, depth - 1) for _ in range(choose.randint(2, 3))))
    if kind < 0.70:
        exponent = choose.choice(
            [2, 3, -1, -2, Rational(1, 2), Rational(-1, 2), Rational(3, 2), Rational(-2, 3), SYMBOLS[0], -SYMBOLS[1]]
        )
        return expression(choose, depth - 1) ** exponent
    if kind < 0.92:
        return getattr(sympy, choose.choice(UNARY))(expression(choose, depth - 1))
    return getattr(sympy, choose.choice(BINARY))(expression(choose, depth - 1), expression(choose, depth - 1))


def expressions(number: int) -> list[Any]:
    choose = random.Random(SEED)
    found: list[Any] = []
    while len(found) < number:
        try:
            e = expression(choose, choose.randint(2, 4))
        except (ValueError, TypeError, ZeroDivisionError):
            continue
        if e.free_symbols and not e.has(sympy.nan, sympy.zoo, sympy.oo, sympy.AccumBounds, sympy.I) and len(str(e)) < 300:
            found.append(e)
    return found


def numbers(e: Any) -> list[Any]:
    """The value at three points, rounded; None where there is none."""
    found = []
    for k in (1, 2, 3):
        point = {s: Rational(2 * i + k, 3 + 4 * k) for i, s in enumerate(SYMBOLS)}
        value = e.xreplace(point).evalf(DIGITS)
        found.append(value if value.is_number and value.is_finite else None)
    return found


def same(one: Any, other: Any) -> bool:
    if srepr(one) == srepr(other):
        return True
    pairs = [(u, v) for u, v in zip(numbers(one), numbers(other), strict=True) if u is not None or v is not None]
    return bool(pairs) and all(u is not None and v is not None and abs(u - v) <= (abs(u) + 1) * 1e-20 for u, v in pairs)


EXPRESSIONS = expressions(400)


def test_the_comparison_can_tell_values_apart() -> None:
    x = SYMBOLS[0]
    assert same((x + 1) ** 2, x**2 + 2 * x + 1)
    assert not same(x**2, x**2 + Rational(1, 10**15))
    assert isfinite(mpf(str(numbers(x)[0])))


@pytest.mark.parametrize("start", range(0, 400, 50))
def test_plain_is_python(start: int) -> None:
    """Python itself, with SymPy's names, reads plain text as the same value."""
    space = {name: getattr(sympy, name) for name in (*UNARY, *BINARY, "pi", "E")} | {"cbrt": lambda u: RealRoot(u, 3)}
    space |= {s.name: s for s in SYMBOLS if s.name != "lambda"} | {"lambda_": SYMBOLS[4]}
    for e in EXPRESSIONS[start : start + 50]:
        text = plain(e)
        read = eval(_exact(text.replace("lambda", "lambda_")), {"__builtins__": {}, "Integer": Integer}, space)
        assert same(read, e), text


def _exact(text: str) -> str:
    """Every whole number as a SymPy integer, so that 1/3 is no float."""
    import re

    return re.sub(r"(?<![\w.])\d+", lambda m: f"Integer({m.group()})", text)


@pytest.mark.parametrize("start", range(0, 400, 50))
@pytest.mark.parametrize("write", [plain, line], ids=["plain", "unicode"])
def test_read_back(write: Any, start: int) -> None:
    for e in EXPRESSIONS[start : start + 50]:
        text = write(e)
        assert same(parse_any(text).value, e), text


@pytest.mark.parametrize("write", [plain, line], ids=["plain", "unicode"])
@pytest.mark.parametrize(
    "text",
    [
        "[6*x1, 10*x2*exp(x2^2)]",
        "[[x, 1], [0, -y]]",
        "x^2 + y^2 = 1",
        "piecewise(x^2, x <= 1, 2*x - 1)",
        "piecewise(1, x > 0 and y < 1, 2, x = 3, 0)",
        "cbrt(x)*root(y, 5)",
        "f(x)*f'(x) + f''(x)^2",
        "g(x, y)^2",
        "sum(k^2, k, 1, n)",
        "sigmoid(w*x + b)*(1 - sigmoid(w*x + b))",
        "|abs(x) + y| + floor(x/2)! ",
        "2*i*x + e^2*x + e1*3",
        "min(x, y, 3)",
        "x < y",
    ],
)
def test_read_back_of_other_kinds(write: Any, text: str) -> None:
    value = parse_any(text).value
    again = parse_any(write(value)).value
    assert _lowered(again) == _lowered(value), write(value)


def _lowered(value: Any) -> Any:
    return lower(value) if value.has(sigmoid) else value
