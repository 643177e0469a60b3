"""Polynomials as text and as objects of SymPy: the terms are written as any other sum of them would be."""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
from itertools import product

import flint
import pytest
import sympy as sp
from flint import fmpq
from mpmath import mp

import symcalc
from symcalc import Reading
from symcalc.calculus.differences import ball
from symcalc.calculus.numeric import Evaluator
from symcalc.calculus.program import Program
from symcalc.calculus.series import taylor_terms
from symcalc.formats._line import line
from symcalc.formats._plainprinter import plain
from symcalc.formats._texprinter import Tex, tex
from symcalc.formats._texwidth import split
from symcalc.notation import OrderedSum, Polynomial
from symcalc.parse import parse_expression

x, y, x2, x10, a = sp.symbols("x y x2 x10 a", real=True)
BASES = [(x,), (x - 1,), (x - a,), (x + sp.Rational(1, 2),), (x10, x2), (x - 1, y), (x, y - 2), (x - sp.pi, y + 1), (y, x, a)]
NUMBERS = [1, -1, 2, -3, 12345678901234567890, fmpq(1, 2), fmpq(-1, 3), fmpq(-5, 7), fmpq(22, 7)]
VALUES = [sp.sin(1), -sp.exp(1) / 2, sp.sqrt(2) - 1, sp.pi / 3, -2 * sp.pi, sp.Float("0.25"), sp.Float(-3)]


def polynomial(bases: tuple[sp.Expr, ...], rng: random.Random, values: list[sp.Expr]) -> Polynomial:
    exponents = sorted(product(range(4), repeat=len(bases)), key=sum)
    chosen = [m for m in exponents if rng.random() < 0.7]
    numbers = [fmpq(c) if isinstance(c, int) else c for c in NUMBERS] + values
    return Polynomial([(m, rng.choice(numbers)) for m in chosen], bases)


@pytest.mark.parametrize("values", [[], VALUES], ids=["rational", "constants"])
@pytest.mark.parametrize("bases", BASES, ids=str)
def test_it_is_written_as_the_sum_of_its_terms(bases: tuple[sp.Expr, ...], values: list[sp.Expr]) -> None:
    rng = random.Random(str(bases))
    for _ in range(20):
        p = polynomial(bases, rng, values)
        written = [plain(p), line(p), tex(p), " ".join(split(Tex(), p, 0.0))]
        assert "args" not in p.__dict__ or values
        whole = OrderedSum(*p.args)
        assert written[:3] == [plain(whole), line(whole), tex(whole)]
        assert written[3].replace(" ", "") == tex(whole).replace(" ", "")


@pytest.mark.parametrize("bases", BASES, ids=str)
def test_it_is_the_object_of_sympy_that_its_terms_make(bases: tuple[sp.Expr, ...]) -> None:
    p = polynomial(bases, random.Random(1), VALUES[:5])
    wanted = sp.Add(*(sp.sympify(c) * sp.prod(s**k for s, k in zip(bases, m, strict=True)) for m, c in _exact(p)))
    assert sp.expand(p.doit() - wanted) == 0
    assert p.free_symbols == set().union(*(t.free_symbols for t in p.args))
    assert sp.expand(p.subs(bases[0], 2).doit() - wanted.subs(bases[0], 2)) == 0
    assert pickle.loads(pickle.dumps(p)) == p
    assert hash(Polynomial(p.terms, bases)) == hash(p)
    assert Polynomial(p.terms[1:], bases) != p


def _exact(p: Polynomial) -> list[tuple[tuple[int, ...], sp.Expr]]:
    return [(m, c if isinstance(c, sp.Expr) else sp.Rational(int(c.p), int(c.q))) for m, c in p.terms]


@pytest.mark.parametrize("text", ["exp(x*y)*sin(x+y)", "exp(sin(x))", "1/(1+exp(-x))"])
def test_a_text_takes_no_objects(text: str) -> None:
    result = symcalc.answer("taylor", text, degree=9)
    assert str(result)
    assert "args" not in result.answer.value.__dict__


@pytest.mark.parametrize(("text", "at", "degree"), [("exp(sin(x))", 1, 16), ("x^x", 3, 14), ("exp(x)*sqrt(2+sin(x))", 2, 7)])
def test_long_coefficients_are_polynomials_in_constants(text: str, at: int, degree: int) -> None:
    f = parse_expression(text).value
    (t,) = f.free_symbols
    held, whole = (taylor_terms(f, (t,), {t: sp.S(at)}, degree, held=held) for held in (True, False))
    long = [c for group in held for _, c in group if isinstance(c, sp.Expr) and c.has(Polynomial)]
    assert long
    for ((m, c),), ((n, wanted),) in zip(held, whole, strict=True):
        assert m == n
        assert abs(sp.N(sp.sympify(c).doit() - wanted, 30, maxn=400)) < 1e-25 * (1 + abs(sp.N(wanted)))
    with mp.workdps(60):
        for c in long:
            value = Evaluator({})(c)
            for said, latex in ((plain(c), None), (line(c), None), (tex(c), True)):
                read = parse_expression(said, Reading(latex=latex)).value
                assert abs(Evaluator({})(read) / value - 1) < 1e-30
            with flint.ctx.workprec(300):
                assert abs(float(Program([c], [])([])[0] / ball(value)) - 1) < 1e-12


def test_nothing_is_zero() -> None:
    nothing = Polynomial((), (x,))
    assert [plain(nothing), line(nothing), tex(nothing)] == ["0", "0", "0"]
    assert nothing.doit() == 0
    assert nothing.free_symbols == set()


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_the_answer_is_the_same_in_every_process(seed):
    """Python orders sets by a seed of its own in each process."""
    words = [
        sys.executable,
        "-m",
        "symcalc",
        "taylor",
        "exp(x)/(exp(x)+exp(y)+exp(z))",
        "x",
        "-n",
        "3",
        "--at",
        "1",
        "-f",
        "plain",
    ]
    said = [
        subprocess.run(words, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": other}).stdout
        for other in (seed, "0")
    ]
    assert said[0] == said[1] != ""
