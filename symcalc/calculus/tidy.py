"""The form a person would write: the shortest of a few cheap candidates, found within a bound."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

from sympy import (
    Expr,
    Max,
    Min,
    Mul,
    Piecewise,
    S,
    Sum,
    cos,
    cosh,
    exp,
    sign,
    sin,
    sinh,
)

from symcalc.budget import attempt
from symcalc.calculus.conditions import beats
from symcalc.calculus.fraction import Fraction, extent, unnested
from symcalc.calculus.lengths import Lengths
from symcalc.calculus.letters import Letters
from symcalc.calculus.logistic import recognise_sigmoid
from symcalc.calculus.measure import measure
from symcalc.calculus.operations import effort
from symcalc.calculus.rational import forms
from symcalc.calculus.signproducts import signs
from symcalc.calculus.subexpressions import heads, subexpressions
from symcalc.calculus.terms import Terms, denominator
from symcalc.notation import sigmoid

MAX_LENGTH = 5000
"""Expressions of more signs than this are left as they are."""
SLACK = 6
"""Signs that may be gained when parts merge as a form is written."""
MAX_COLLECTED = 4000
"""Bound on the terms of an intermediate derivative that are multiplied out."""
MAX_RATIONAL = {1: 300, 2: 150, 3: 25}
"""By the number of names: the degree up to which a rational intermediate derivative is brought over one denominator."""


def tidy(expression: Any) -> Any:
    """The shortest of a few equal forms of the expression, or the expression itself when it is large or time runs short.

    Matrices are tidied entry by entry. Equality holds wherever the given form has a real value.
    """
    if getattr(expression, "is_Matrix", False):
        return expression.applyfunc(tidy)
    if isinstance(expression, Piecewise):
        return Piecewise(*((tidy(value), condition) for value, condition in expression.args))
    if isinstance(expression, Sum):
        return Sum(tidy(expression.function), *expression.limits)
    if expression.is_Atom:
        return expression
    given = signs(expression)
    return attempt("tidying", lambda: _shortest(given), lambda: given)


def _shortest(expression: Expr) -> Expr:
    known: dict[Any, int] = {}
    if measure(expression, known) > MAX_LENGTH:
        return expression
    forms = list(dict.fromkeys(_candidates(expression, known)))
    least = min(measure(e, known) for e in forms)
    shortest = [e for e in forms if known[e] == least]
    return sign_absorbed(shortest[0] if len(shortest) == 1 else min(shortest, key=effort))


def sign_absorbed(e: Expr) -> Expr:
    """A negative product with its sign moved into one of its sums where that is shorter: -1/(x - 1) as 1/(1 - x)."""
    moved = list(_signs_moved(e))
    return min([e, *moved], key=measure) if moved else e


def _signs_moved(e: Expr) -> Iterator[Expr]:
    if e.is_Mul and e.args[0].is_Rational and e.args[0].is_negative:
        for factor in e.args[1:]:
            base, power = factor.as_base_exp()
            if base.is_Add and power.is_Integer and power % 2:
                yield Mul(-e.args[0], *(f for f in e.args[1:] if f is not factor), (-base) ** power)


def condensed(e: Any) -> Any:
    """The form to differentiate again: like terms collected where the expression is a polynomial in its parts, which keeps
    the orders of a high derivative from nesting into each other; otherwise the tidy form."""
    if Piecewise in heads(e):
        return tidy(e)
    e = signs(e)
    letters = Letters(e)
    terms = unnested(letters, letters.read(e))
    count, degree = extent(letters, terms)
    if denominator(terms):
        symbolic = any(not part.as_base_exp()[1].is_Rational and not isinstance(part, exp) for part in letters.parts)
        small = not symbolic and degree <= MAX_RATIONAL.get(len(letters.parts), 0)
    else:
        small = count <= MAX_COLLECTED
    if not small:
        return tidy(e)
    letters.ring()
    return signs(letters.write(Fraction(letters, terms).lowest()))


def _candidates(e: Expr, known: dict[Any, int]) -> Iterator[Expr]:
    """Equal forms, the given one first, so that it wins ties. `known` are the measures of its parts."""
    yield e
    used = heads(e)
    if Piecewise in used:
        yield from _folded(e)
        return
    logistic = recognise_sigmoid(e) if exp in used else e
    meant = logistic != e or sigmoid in used  # σ is not looked for where nobody wrote it
    given = dict.fromkeys((e, logistic, _pythagorean(e, used)))
    found: dict[Expr, None] = {}
    for form in given:
        if form is not e:
            yield form
        for candidate in _rational(form, known):
            yield candidate
            again = recognise_sigmoid(candidate) if meant else candidate
            if again != candidate:
                found[again] = None
    for form in found:
        if form not in given:
            yield from (form, *_rational(form, known))


def _rational(e: Expr, known: dict[Any, int]) -> list[Expr]:
    """The shortest of the equal forms of a rational function of its parts, but for the given one."""
    letters = Letters(e)
    given = letters.read(e)
    found: list[Terms] = []
    for form in forms(letters, given):
        if form not in found:
            found.append(form)
    if sign in heads(e):
        return [signs(letters.write(form)) for form in found]
    lengths = [Lengths(letters, known).of(form) for form in found]
    own = measure(e, known)
    most = min(own, min(lengths) + SLACK * letters.may_merge())
    short = [form for form, length in zip(found, lengths, strict=True) if length <= most]
    if lengths[0] == own and letters.is_faithful(given):  # then it is written as it stood
        short = [form for form in short if form != given]
    return [letters.write(form) for form in short]


def _pythagorean(e: Expr, used: Set[Any]) -> Expr:
    """sin² written as 1 - cos², and sinh² as cosh² - 1, for arguments that occur in both: sin² + cos² then cancels."""
    for odd, even, sign_of_square in ((sin, cos, -1), (sinh, cosh, 1)):
        if not {odd, even} <= used:
            continue
        squared = [p.base for p in subexpressions(e) if p.is_Pow and p.exp.is_Integer and p.exp.p > 1]
        for u in {f.args[0] for f in squared if f.func is odd} & {f.args[0] for f in e.atoms(even)}:
            e = _with_square(e, odd(u), sign_of_square * (even(u) ** 2 - 1))
    return e


def _with_square(e: Expr, f: Expr, square: Expr) -> Expr:
    """The expression with f² replaced in every whole power of f."""
    return e.replace(
        lambda p: p.is_Pow and p.base == f and p.exp.is_Integer and p.exp > 1,
        lambda p: square ** (p.exp // 2) * f ** (p.exp % 2),
    )


def _folded(e: Expr) -> Iterator[Expr]:
    """One piecewise factor moved to the outside, with a maximum replaced by its winner on each piece."""
    pieces = e.atoms(Piecewise)
    if len(pieces) != 1:
        return
    (p,) = pieces
    extrema = e.atoms(Max, Min)
    branches = []
    for value, condition in p.args:
        won = {m: u for m in extrema for u in m.args if beats(u, m.args, isinstance(m, Max)) == condition}
        inside = e.xreplace(won).xreplace({p: value})
        if not inside.has(S.NaN, S.ComplexInfinity, S.Infinity):  # the expression has no value on this piece
            branches.append((tidy(inside), condition))
    if branches:
        yield Piecewise(*branches)
