"""The form a person would write: the shortest of a few cheap candidates, found within a bound."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import gcd
from typing import Any

from sympy import (
    Abs,
    Add,
    Expr,
    Max,
    Min,
    Mul,
    Piecewise,
    PolynomialError,
    Pow,
    S,
    Sum,
    cancel,
    cos,
    cosh,
    count_ops,
    expand,
    factor,
    factor_terms,
    fraction,
    sign,
    sin,
    sinh,
    together,
)

from symcalc.budget import attempt
from symcalc.calculus.conditions import beats
from symcalc.calculus.logistic import recognise_sigmoid
from symcalc.calculus.mask import Mask
from symcalc.calculus.measure import measure
from symcalc.notation import sigmoid

MAX_OPS = 400
"""Above this many operations only the linear-time candidates are tried."""
MAX_COLLECTED = 4000
"""Bound on the terms of an intermediate derivative that are multiplied out."""
MAX_RATIONAL = {1: 300, 2: 150, 3: 25}
"""By the number of names: the degree up to which a rational intermediate derivative is brought over one denominator."""
MAX_GENERATORS, MAX_DEGREE, MAX_TERMS = 9, 14, 120
"""Bounds on the polynomials that may be expanded, cancelled or factored."""


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
    """The first of the shortest candidates; of those as long, the one with fewest operations."""
    known: dict[Any, int] = {}
    shortest, least = expression, measure(expression, known)
    seen = {expression}
    for candidate in _candidates(expression):
        if candidate not in seen:
            seen.add(candidate)
            length = measure(candidate, known)
            if length < least or (length == least and count_ops(candidate) < count_ops(shortest)):
                shortest, least = candidate, length
    return min(_signs_absorbed(shortest), key=lambda e: measure(e, known))


def _signs_absorbed(e: Expr) -> Iterator[Expr]:
    """The expression, and a negative product with its sign moved into one of its sums: -1/(x - 1) as 1/(1 - x)."""
    yield e
    if e.is_Mul and e.args[0].is_Rational and e.args[0].is_negative:
        for factor in e.args[1:]:
            base, power = factor.as_base_exp()
            if base.is_Add and power.is_Integer and power % 2:
                yield Mul(-e.args[0], *(f for f in e.args[1:] if f is not factor), (-base) ** power)


def condensed(e: Any) -> Any:
    """The form to differentiate again: like terms collected where the expression is a polynomial in its parts, which keeps
    the orders of a high derivative from nesting into each other; otherwise the tidy form."""
    if e.has(Piecewise):
        return tidy(e)
    mask = Mask()
    masked = mask(signs(e))
    terms, degree = _size(masked)
    if not any(p.exp.is_negative for p in masked.atoms(Pow)):
        return signs(mask.off(expand(masked))) if terms <= MAX_COLLECTED else tidy(e)
    symbolic_powers = any(part.is_Pow and part.exp.free_symbols for part in mask.names)
    if symbolic_powers or degree > MAX_RATIONAL.get(len(masked.free_symbols), 0):
        return tidy(e)
    top, bottom = fraction(cancel(together(masked)))
    return signs(mask.off(expand(top) / factor(bottom)))


def _candidates(e: Expr) -> Iterator[Expr]:
    """Equal forms, the given one first, so that it wins ties."""
    yield e
    if e.has(Piecewise):
        yield from _folded(e)
        return
    yield factor_terms(e)
    if count_ops(e) > MAX_OPS:
        return
    logistic = recognise_sigmoid(e)
    meant = logistic != e or e.has(sigmoid)  # σ is not looked for where nobody wrote it
    for form in dict.fromkeys((e, logistic, _pythagorean(e))):
        if form is not e:
            yield form
        for candidate in _rational_forms(form):
            yield candidate
            again = recognise_sigmoid(candidate) if meant else candidate
            if again != candidate:
                yield again
                yield factor_terms(again)


def _pythagorean(e: Expr) -> Expr:
    """sin² written as 1 - cos², and sinh² as cosh² - 1, for arguments that occur in both: sin² + cos² then cancels."""
    for odd, even, sign_of_square in ((sin, cos, -1), (sinh, cosh, 1)):
        for u in {f.args[0] for f in e.atoms(odd)} & {f.args[0] for f in e.atoms(even)}:
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


def _rational_forms(e: Expr) -> Iterator[Expr]:
    """The expression over one denominator, cancelled, expanded and factored, with every part that is not rational
    standing as a name, so that exponentials are not torn apart."""
    mask = Mask()
    masked = mask(e)
    if _is_plain(masked):
        yield signs(mask.off(masked))
        return
    if not _small(masked):
        return
    seen: set[Expr] = set()
    for form in _forms(masked):
        if form in seen:
            continue
        seen.add(form)
        shown = signs(mask.off(form))
        yield shown
        if mask.names and shown != form:
            top, bottom = fraction(shown)
            if top.is_Add and count_ops(top) < MAX_OPS:
                yield expand(top) / bottom
                yield factor_terms(expand(top)) / bottom


def _is_plain(masked: Expr) -> bool:
    """Whether no rational form can be shorter: one term, a sum without anything in common, or such a sum to a negative power,
    times a monomial with a whole number."""
    if masked.is_Add:
        return _has_nothing_in_common(masked)
    sums = [f.as_base_exp() for f in Mul.make_args(masked) if f.has(Add)]
    if not sums:
        return True
    (base, power), *more = sums
    if more or not base.is_Add or not power.is_negative or not _has_nothing_in_common(base):
        return False
    return masked.as_coeff_Mul()[0].is_Integer and sum(p.exp.is_negative for p in masked.atoms(Pow)) == 1


def _has_nothing_in_common(masked: Add) -> bool:
    """Whether no two terms share a name, and the coefficients are whole numbers without a common divisor. Such a polynomial
    is irreducible, or each of its factors has all of its names, which is longer."""
    names: set[Any] = set()
    divisor = 0
    for term in masked.args:
        number, rest = term.as_coeff_Mul()
        if not number.is_Integer or not names.isdisjoint(rest.free_symbols) or rest.has(Add):
            return False
        if any(p.exp.is_negative for p in rest.atoms(Pow)):
            return False
        names |= rest.free_symbols
        divisor = gcd(divisor, number.p)
    return divisor == 1


def _forms(masked: Expr) -> Iterator[Expr]:
    collected, factored = cache(factor_terms), cache(factor)
    try:
        whole = together(masked)
        top, bottom = fraction(whole)
        numerator = expand(top)
        yield numerator / bottom
        yield collected(numerator) / bottom
        expanded = expand(masked, deep=False, power_exp=False, power_base=False, log=False)
        yield expanded
        yield collected(expanded)
        if not _small(expanded):
            return
        reduced = expanded if bottom is S.One and numerator == expanded else cancel(whole)
        yield reduced
        yield collected(reduced)
        yield factored(reduced)
        p, q = fraction(reduced)
        if not q.is_Atom:
            yield collected(p) / factored(q)
            yield expand(p) / factored(q)
        yield from _by_term(expanded)
        if bottom.is_Integer and top.is_Add:
            yield from _collected(expanded)
    except (PolynomialError, NotImplementedError):
        return


def _by_term(expanded: Expr) -> Iterator[Expr]:
    """Each term factored by itself: 3x² + 1/x² stays a sum."""
    if expanded.is_Add:
        yield Add(*(factor_terms(t) for t in expanded.args))


def _collected(expanded: Expr) -> Iterator[Expr]:
    """Common powers of one generator pulled out of the terms that hold it."""
    if not expanded.is_Add or len(expanded.args) > 12:
        return
    for generator in sorted(expanded.free_symbols, key=str):
        holding = [t for t in expanded.args if t.has(generator)]
        if 1 < len(holding) < len(expanded.args):
            rest = Add(*(t for t in expanded.args if not t.has(generator)))
            yield factor(Add(*holding)) + rest


def _small(e: Expr) -> bool:
    """Whether polynomial algorithms on the expression stay cheap: few names, low degrees, few terms."""
    if len(e.free_symbols) > MAX_GENERATORS or count_ops(e) > MAX_OPS:
        return False
    terms, degree = _size(e)
    return terms <= MAX_TERMS and degree <= MAX_DEGREE


def _size(e: Expr) -> tuple[int, int]:
    """Upper bounds for the number of terms of numerator and denominator when expanded, and for the degree."""
    if e.is_Add:
        sizes = [_size(a) for a in e.args]
        return sum(t for t, _ in sizes), max(d for _, d in sizes)
    if e.is_Mul:
        above = below = 1
        degree = 0
        for a in e.args:
            t, d = _size(a)
            degree += d
            if a.is_Pow and a.exp.is_Integer and a.exp < 0:
                below = min(below * t, 10**6)
            else:
                above = min(above * t, 10**6)
        return max(above, below), degree
    if e.is_Pow and e.exp.is_Integer:
        t, d = _size(e.base)
        n = abs(int(e.exp))
        return (1 if t == 1 else min(t ** min(n, 20), 10**6)), d * n
    return 1, 0 if e.is_Rational else 1


def signs(e: Expr) -> Expr:
    """sign(u)·|u| = u, sign(u)/|u| = 1/u and sign(u)² = 1, which hold wherever the left side has a derivative's value."""
    if not e.has(sign):
        return e
    return e.replace(lambda m: m.is_Mul or (m.is_Pow and isinstance(m.base, sign)), _signs_in_product)


def _signs_in_product(m: Expr) -> Expr:
    powers = dict(m.as_powers_dict()) if m.is_Mul else {m.base: m.exp}
    rest = S.One
    for s in [b for b in powers if isinstance(b, sign)]:
        n = powers.pop(s)
        if not n.is_Integer:
            powers[s] = n
            continue
        u = s.args[0]
        if n % 2:
            size = next(
                (b for b in powers if isinstance(b, Abs) and b.args[0] == u and powers[b].is_Integer and powers[b] % 2), None
            )
            if size is not None:
                rest *= u ** powers.pop(size)
            elif u in powers and powers[u].is_Integer and powers[u] % 2:
                rest *= Abs(u) ** powers.pop(u)
            else:
                rest *= s
    return rest * Mul(*(b**n for b, n in powers.items()))
