"""Right or wrong, by numbers: an answer at the point of its question against finite differences of the input in 50 digits.

Nothing of symcalc is used: SymPy's parser reads both, and mpmath computes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import mpmath
import sympy as sp
from mpmath import mp

from bench.corpus import DEGREE, OFFSET, Question, formulas, read

DIGITS = 50
TOLERANCE = 1e-10
"""Largest relative error of a number."""
NOTHING = 1e-8
"""Numbers so much smaller than the largest one are compared with this part of it."""
ZERO = 1e-20
"""What finite differences make of a zero is far below this."""
NO_VALUE = "no value"
"""What the verdict is where there is no answer."""


def function(f: sp.Expr, names: Sequence[sp.Symbol]) -> Callable[..., Any]:
    """The formula as a function of mpmath numbers."""
    return sp.lambdify(list(names), f, modules=["mpmath"])


def value(q: Any) -> Any:
    return mp.mpf(q.numerator) / q.denominator


def wanted(question: Question) -> list[Any]:
    """The numbers that a right answer has at the point: derivatives, or a polynomial at its place."""
    with mp.workdps(DIGITS):
        names = tuple(question.point)
        at = [value(question.point[x]) for x in names]
        fs = [function(f, names) for f in formulas(question)]
        where = [names.index(x) for x in question.variables]
        return WANTED[question.command](fs, at, where)


def slope(f: Callable[..., Any], at: Sequence[Any], *where: int) -> Any:
    orders = tuple(where.count(i) for i in range(len(at)))
    return mp.diff(f, tuple(at), orders) if len(at) > 1 else mp.diff(f, at[0], orders[0])


def polynomial(fs: Sequence[Callable[..., Any]], at: Sequence[Any], where: Sequence[int]) -> list[Any]:
    """The Taylor polynomial in one variable, at its place."""

    def line(t: Any) -> Any:
        return fs[0](*(t if i == where[0] else a for i, a in enumerate(at)))

    return [mp.polyval(mp.taylor(line, at[where[0]], DEGREE)[::-1], value(OFFSET))]


def plane(fs: Sequence[Callable[..., Any]], at: Sequence[Any], where: Sequence[int]) -> list[Any]:
    """The tangent plane at its place."""
    return [fs[0](*at) + value(OFFSET) * mp.fsum(slope(fs[0], at, i) for i in where)]


def along(fs: Sequence[Callable[..., Any]], at: Sequence[Any], where: Sequence[int]) -> list[Any]:
    """The derivative along (1, ..., 1)."""
    return [mp.diff(lambda t: fs[0](*(a + t for a in at)), 0) / mp.sqrt(len(where))]


def gradients(fs: Sequence[Callable[..., Any]], at: Sequence[Any], where: Sequence[int]) -> list[Any]:
    return [slope(f, at, i) for f in fs for i in where]


WANTED: dict[str, Callable[..., list[Any]]] = {
    "diff": gradients,
    "grad": gradients,
    "jacobian": gradients,
    "chain": gradients,
    "partial": lambda fs, at, where: [slope(fs[0], at, *where)],
    "hessian": lambda fs, at, where: [slope(fs[0], at, i, j) for i, j in product(where, where)],
    "taylor": polynomial,
    "tangent": plane,
    "directional": along,
}


def place(question: Question) -> dict[sp.Symbol, Any]:
    """Where the answer is to be a number: the point; moved for polynomials and tangents."""
    moved = question.variables if question.command in ("taylor", "tangent") else ()
    return {x: q + OFFSET if x in moved else q for x, q in question.point.items()}


def obtained(answer: Any, question: Question) -> list[Any]:
    """The numbers of an answer, which is a text, or lists of SymPy values."""
    if isinstance(answer, str):
        text = answer.split("=", 1)[1] if question.command == "tangent" else answer
        known = {"sigmoid": lambda u: 1 / (1 + sp.exp(-u)), "cbrt": sp.cbrt}
        answer = read(text, tuple(question.point), known)
    with mp.workdps(DIGITS):
        at = {x: value(q) for x, q in place(question).items()}
        return [function(e, tuple(at))(*at.values()) for e in flat(answer)]


def flat(answer: Any) -> list[Any]:
    if isinstance(answer, (list, tuple, sp.MatrixBase)):
        return [e for part in answer for e in flat(part)]
    return [sp.sympify(answer)]


def verdict(found: Sequence[Any] | None, right: Sequence[Any]) -> str:
    """ "" where the numbers agree, else how they differ."""
    if found is None:
        return NO_VALUE
    if len(found) != len(right):
        return f"{len(found)} numbers instead of {len(right)}"
    with mp.workdps(DIGITS):
        small = max(map(abs, right)) * NOTHING + ZERO
        errors = [abs(mpmath.mpmathify(a) - b) / (abs(b) + small) for a, b in zip(found, right, strict=True)]
        return "" if max(errors) <= TOLERANCE else f"wrong by a factor of {mp.nstr(max(errors), 2)}"
