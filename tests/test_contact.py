"""The judge of Taylor polynomials: right ones pass, and one wrong coefficient anywhere does not."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

import pytest
import sympy as sp
from flint import fmpq

import symcalc
from symcalc.calculus.check import verify
from symcalc.errors import SymcalcError
from symcalc.notation import Polynomial
from symcalc.result import Claim

POLYNOMIALS: list[tuple[str, tuple[str, ...], dict[str, Any]]] = [
    ("exp(x*y)*sin(x+y)", (), {"degree": 4}),
    ("exp(x*y)*sin(x+y)", (), {"degree": 40}),
    ("ln(1+x+x*y)*cos(y)", (), {"degree": 30}),
    ("1/(2-x-exp(y))", (), {"degree": 25}),
    ("exp(sin(x))", (), {"degree": 80}),
    ("exp(sin(x))", (), {"at": "1", "degree": 14}),
    ("tan(x)", (), {"degree": 60}),
    ("sqrt(x)", (), {"at": "3", "degree": 40}),
    ("sin(x)/x", (), {"degree": 10}),
    ("(1-cos(x))/x^2", (), {"degree": 30}),
    ("exp(a*x)*cos(y)", ("x", "y"), {"degree": 5}),
    ("gamma(x)", (), {"at": "1", "degree": 4}),
    ("polygamma(1,x)", (), {"at": "1", "degree": 2}),
    ("f(x*y)", (), {"degree": 4}),
    ("x*y*z+exp(x-y*z)", (), {"degree": 7}),
    ("exp(i*x)", (), {"degree": 6, "complex": True}),
    ("x^y", (), {"at": "x=1,y=2", "degree": 6}),
    ("ln(x)", (), {"at": "a", "degree": 3}),
    ("1/(1-10^20*x)", (), {"degree": 20}),
    ("1+10^-30*x", (), {"degree": 4}),
    ("cos(x^20)", (), {"degree": 45}),
    ("(x-1)^3", (), {"at": "1", "degree": 3}),
]
NAMES = [f"{text} {options}" for text, _, options in POLYNOMIALS]
TRIED = 12
"""So many terms of each polynomial are changed, the first and the last among them."""


def claim_of(text: str, variables: tuple[str, ...], options: dict[str, Any]) -> Claim:
    (claim,) = symcalc.answer("taylor", text, *variables, check=False, **options).claims
    return claim


def is_refused(claim: Claim, value: Any) -> bool:
    try:
        verify([dataclasses.replace(claim, value=value)])
    except SymcalcError as error:
        return error.code == "check-failed"
    return False


@pytest.mark.parametrize("asked", POLYNOMIALS, ids=NAMES)
def test_right_polynomials_pass(asked: Any) -> None:
    claim = claim_of(*asked)
    check, notes = verify([claim])
    assert check.points > 0
    assert notes == ()


@pytest.mark.parametrize("asked", POLYNOMIALS, ids=NAMES)
def test_one_wrong_coefficient_is_found(asked: Any) -> None:
    claim, rng = claim_of(*asked), random.Random(str(asked))
    terms, bases = list(claim.value.terms), claim.value.bases
    chosen = range(len(terms))
    if len(terms) > TRIED:
        chosen = [0, len(terms) - 1, *rng.sample(chosen, TRIED - 2)]
    for i in chosen:
        m, c = terms[i]
        one = 1 if isinstance(c, sp.Expr) else fmpq(1)
        slightly = c * (1 + (sp.Rational(1, 10**6) if isinstance(c, sp.Expr) else fmpq(1, 10**6)))
        for wrong in ([(m, c + one)], [(m, c - one)], [(m, slightly)], []):
            changed = Polynomial([*terms[:i], *wrong, *terms[i + 1 :]], bases)
            assert is_refused(claim, changed), (m, c, wrong)


def test_coefficients_of_the_wrong_terms_are_found() -> None:
    claim = claim_of("exp(x+2*y)", (), {"degree": 6})
    terms, bases = claim.value.terms, claim.value.bases
    assert is_refused(claim, Polynomial([(m[::-1], c) for m, c in terms], bases))
    assert is_refused(claim, Polynomial([*terms, ((0, 5), fmpq(1, 10**9))], bases))


@pytest.mark.parametrize("change", [sp.Rational(1, 10**6), sp.Symbol("x", real=True) / 10**6])
def test_wrong_tangents_are_found(change: sp.Expr) -> None:
    (claim,) = symcalc.answer("tangent", "x^2*exp(y)", at="x=1,y=2", check=False).claims
    assert not is_refused(claim, claim.value)
    assert is_refused(claim, claim.value + change)
