"""An expression over one denominator: cancelled, expanded, factored, within bounds that keep polynomial algorithms cheap."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sympy import Add, Expr, PolynomialError, count_ops, expand, factor, fraction, together

from symcalc.calculus.mask import Mask
from symcalc.calculus.polynomials import in_lowest_terms
from symcalc.calculus.signproducts import signs

MAX_OPS = 400
"""Above this many operations only the linear-time candidates are tried."""
MAX_GENERATORS, MAX_DEGREE, MAX_TERMS = 9, 14, 120
"""Bounds on the polynomials that may be expanded, cancelled or factored."""

Rewriting = Callable[[Expr], Expr]


def rational_forms(e: Expr, pulled: Rewriting) -> Iterator[Expr]:
    """The expression over one denominator, cancelled, expanded and factored, with every part that is not rational
    standing as a name, so that exponentials are not torn apart."""
    mask = Mask()
    masked = mask(e)
    if not _small(masked):
        return
    for form in dict.fromkeys(_forms(masked, pulled)):
        shown = signs(mask.off(form))
        yield shown
        if mask.names and shown != form:
            top, bottom = fraction(shown)
            if top.is_Add and count_ops(top) < MAX_OPS:
                spread = expand(top)
                yield spread / bottom
                yield pulled(spread) / bottom


def _forms(masked: Expr, pulled: Rewriting) -> Iterator[Expr]:
    try:
        whole = together(masked)
        top, bottom = fraction(whole)
        spread = expand(top)
        yield spread / bottom
        yield pulled(spread) / bottom
        expanded = expand(masked, deep=False, power_exp=False, power_base=False, log=False)
        yield expanded
        yield pulled(expanded)
        if not _small(expanded):
            return
        lowest = in_lowest_terms(top, bottom)
        reduced = lowest.top / lowest.bottom
        yield reduced
        yield pulled(reduced)
        yield lowest.factored
        yield pulled(lowest.top) / lowest.factored_bottom
        yield lowest.top / lowest.factored_bottom
        yield from _by_term(expanded, pulled)
        if bottom.is_Integer and top.is_Add:
            yield from _collected(expanded)
    except (PolynomialError, NotImplementedError):
        return


def _by_term(expanded: Expr, pulled: Rewriting) -> Iterator[Expr]:
    """Each term factored by itself: 3x² + 1/x² stays a sum."""
    if expanded.is_Add:
        yield Add(*(pulled(t) for t in expanded.args))


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
