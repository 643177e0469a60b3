"""The independent judge of the tests: numbers from SymPy's own evalf and mpmath, never from symcalc's calculus."""

from __future__ import annotations

import random

import sympy as sp
from sympy import Symbol

from symcalc.parse import Reading, parse_any

RANGES = ((-2.0, 2.0), (0.1, 1.0), (1.1, 3.0), (-1.0, 1.0))


def read(text):
    """A formula of a case file as a SymPy value."""
    return parse_any(text, Reading()).value


def equal_in_value(a, b, tries=60, wanted=4, digits=30):
    """Whether two expressions agree at random real points (at least one must exist); matrices entry by entry."""
    if getattr(a, "is_Matrix", False):
        return a.shape == b.shape and all(equal_in_value(p, q) for p, q in zip(a, b, strict=True))
    if a == b:
        return True
    symbols = sorted(a.free_symbols | b.free_symbols, key=str)
    rng = random.Random(str(a))
    agreed = 0
    for attempt in range(tries):
        low, high = RANGES[attempt % len(RANGES)]
        at = {s: sp.Float(rng.uniform(low, high), digits) for s in symbols}
        p, q = (e.subs(at).evalf(digits) if symbols else e.evalf(digits) for e in (a, b))
        if not (p.is_Float or p.is_Integer or p.is_Rational) or not p.is_finite:
            continue
        if not q.is_number or abs(sp.N(p - q, digits)) > 1e-12 * (1 + abs(p)):
            return False
        agreed += 1
        if agreed == wanted or not symbols:
            return True
    return agreed > 0


def symbol(name):
    return Symbol(name, real=True)
