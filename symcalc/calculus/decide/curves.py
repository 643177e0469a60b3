"""Lines and curves through a point, and what a function does along them: the witnesses against differentiability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import sympy as sp
from sympy import Expr, Rational, Symbol

from symcalc.calculus.realroots import real_roots
from symcalc.notation import lower

DIRECTIONS = (1, -1, 2, 0, Rational(1, 3))
MOST_LINES, MOST_CURVES = 14, 48
EXPONENTS = (1, 2, 3)
MOST_POWER = 12
"""Higher exponents in f suggest no curve."""

Curve = tuple[Expr, ...]
"""The increments of the variables as functions of t > 0."""


def curves(f: Expr, xs: Sequence[Symbol], t: Symbol) -> Iterator[Curve]:
    """Straight lines first, then curves (c·t^m, d·t^n): parabolas, cubics, and those that the exponents in f suggest."""
    n = len(xs)
    lines = [d for d in product(DIRECTIONS, repeat=n) if sum(1 for c in d if c) >= 2 and d[0] in (0, 1, -1)]
    lines.sort(key=lambda d: (sum(c not in (1, -1) for c in d), sum(abs(c) for c in d), [-c for c in d]))
    for d in lines[:MOST_LINES]:
        yield tuple(c * t for c in d)
    suggested = {int(p.exp) for p in f.atoms(sp.Pow) if p.exp.is_Integer and 1 < p.exp <= MOST_POWER}
    balanced = {tuple(int(k) // int(sp.igcd(*m)) for k in m) for m in product(sorted(suggested), repeat=n)}
    powers = sorted({*EXPONENTS, *suggested})
    found = 0
    bent = sorted(
        (m for m in {*product(powers, repeat=n), *balanced} if len(set(m)) > 1 and sp.igcd(*m) == 1),
        key=lambda m: (m not in balanced, sum(m), m),
    )
    for m in bent:
        for signs in product((1, -1), repeat=n) if n == 2 else ((1,) * n,):
            yield tuple(s * t**k for s, k in zip(signs, m, strict=True))
            found += 1
            if found == MOST_CURVES:
                return


def along(f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr], curve: Curve) -> Expr:
    """f on the curve, as a function of t > 0."""
    return real_roots(lower(f)).xreplace({x: point[x] + c for x, c in zip(xs, curve, strict=True)})


def length(curve: Curve) -> Expr:
    return sp.sqrt(sp.Add(*(c**2 for c in curve)))


def spoken(xs: Sequence[Symbol], curve: Curve, point: Mapping[Symbol, Expr], t: Symbol) -> tuple[Any, ...]:
    """The curve in words: (x, y) = (t, t²)."""
    shown = Symbol(next(n for n in ("t", "s", "r", "tau") if n not in {x.name for x in xs}))
    places = [(point[x] + c).xreplace({t: shown}) for x, c in zip(xs, curve, strict=True)]
    return ("(", *listed(xs), ") = (", *listed(places), ")")


def listed(parts: Sequence[Any]) -> tuple[Any, ...]:
    """The parts with commas between them."""
    return tuple(piece for part in parts for piece in (", ", part))[1:]
