"""Is a set that equations and inequalities describe bounded, and how does one see it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Eq, Expr, Le, Poly, Symbol

from symcalc.calculus.sign import sign_of
from symcalc.calculus.stationary.bounds import growth
from symcalc.result import Phrase


def boundedness(equations: Sequence[Expr], inequalities: Sequence[Expr], xs: Sequence[Symbol]) -> Phrase | None:
    """Why the points with g = 0 for every equation and g ≤ 0 for every inequality form a bounded set: constraints that grow
    without bound with some variables, and linear bounds of the others. None where that is not shown."""
    polynomial = [g for g in (*inequalities, *equations) if g.is_polynomial(*xs) and not g.free_symbols - set(xs)]
    left, reasons = list(xs), []
    while (found := next(((g, new) for g in polynomial if (new := _bounded(g, left, g in equations))), None)) is not None:
        g, new = found
        left = [x for x in left if x not in new]
        reasons.append(((Eq if g in equations else Le)(g, 0, evaluate=False), " bounds ", *listed(new)))
    if left and set(left) <= _between(polynomial, equations, set(xs) - set(left), xs):
        reasons.append((*listed(left), " is" if len(left) == 1 else " are", " bounded on both sides"))
        left = []
    return tuple(piece for reason in reasons for piece in ("; ", *reason))[1:] if not left else None


def _bounded(g: Expr, unbounded: Sequence[Symbol], equation: bool) -> list[Symbol]:
    """The unbounded variables of g, where g tends to +oo with them (or for an equation to -oo) whatever the others do."""
    present = [x for x in unbounded if x in g.free_symbols]
    sign = growth(g, present) if present else 0
    return present if sign == 1 or (equation and sign) else []


def _between(polynomial: Sequence[Expr], equations: Sequence[Expr], bounded: set[Symbol], xs: Sequence[Symbol]) -> set[Symbol]:
    """The variables that linear constraints hold between two numbers; `bounded` are so already."""
    given = [(g, Poly(g, *xs)) for g in polynomial]
    linear = [(g, {x: c for x in xs if (c := p.coeff_monomial(x)) != 0}) for g, p in given if p.total_degree() == 1]
    below, above = set(bounded), set(bounded)
    for _ in xs:
        for g, moving in linear:
            for x, c in moving.items():
                others = {y: sign_of(c * d) for y, d in moving.items() if y != x}
                if all(y in (below if s == 1 else above) for y, s in others.items()) or not others:
                    (above if sign_of(c) == 1 else below).add(x)
                if g in equations and all(y in (above if s == 1 else below) for y, s in others.items()):
                    (below if sign_of(c) == 1 else above).add(x)
    return below & above


def listed(things: Sequence[Any]) -> tuple[Any, ...]:
    """ "a, b and c" as the pieces of a phrase."""
    *first, last = things
    commas = [piece for a in first for piece in (", ", a)][1:]
    return (*commas, " and ", last) if first else (last,)
