"""Equal forms of an expression as a rational function: over one denominator, cancelled, expanded, factored."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sympy import Add, Expr, Mul, PolynomialError, Pow, S, cancel, count_ops, expand, factor, factor_terms, fraction, together

from symcalc.calculus.mask import Mask
from symcalc.calculus.signproducts import signs

MAX_OPS = 400
"""Above this many operations only the linear-time candidates are tried."""
MAX_GENERATORS, MAX_DEGREE, MAX_TERMS = 9, 14, 120
"""Bounds on the polynomials that may be expanded, cancelled or factored."""


def rational_forms(e: Expr) -> Iterator[Expr]:
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
    """Whether no rational form can be shorter: one term, a sum whose terms have no name in common, or such a sum to a negative
    power, times a monomial with a whole number."""
    if masked.is_Add:
        return _share_no_name(masked)
    sums = [f.as_base_exp() for f in Mul.make_args(masked) if f.has(Add)]
    if not sums:
        return True
    (base, power), *more = sums
    if more or not base.is_Add or not power.is_negative or not _share_no_name(base):
        return False
    return masked.as_coeff_Mul()[0].is_Integer and sum(p.exp.is_negative for p in masked.atoms(Pow)) == 1


def _share_no_name(masked: Add) -> bool:
    """Whether no two terms share a name, and the coefficients are whole numbers. Such a polynomial is a number times an
    irreducible one, or each of its factors has all of its names, which is longer. (A common number is taken out elsewhere.)"""
    names: set[Any] = set()
    for term in masked.args:
        number, rest = term.as_coeff_Mul()
        if not number.is_Integer or not names.isdisjoint(rest.free_symbols) or rest.has(Add):
            return False
        if any(p.exp.is_negative for p in rest.atoms(Pow)):
            return False
        names |= rest.free_symbols
    return True


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
    terms, degree = size(e)
    return terms <= MAX_TERMS and degree <= MAX_DEGREE


def size(e: Expr) -> tuple[int, int]:
    """Upper bounds for the number of terms of numerator and denominator when expanded, and for the degree."""
    if e.is_Add:
        sizes = [size(a) for a in e.args]
        return sum(t for t, _ in sizes), max(d for _, d in sizes)
    if e.is_Mul:
        above = below = 1
        degree = 0
        for a in e.args:
            t, d = size(a)
            degree += d
            if a.is_Pow and a.exp.is_Integer and a.exp < 0:
                below = min(below * t, 10**6)
            else:
                above = min(above * t, 10**6)
        return max(above, below), degree
    if e.is_Pow and e.exp.is_Integer:
        t, d = size(e.base)
        n = abs(int(e.exp))
        return (1 if t == 1 else min(t ** min(n, 20), 10**6)), d * n
    return 1, 0 if e.is_Rational else 1
