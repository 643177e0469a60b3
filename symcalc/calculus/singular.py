"""Where a function of one variable may be singular: its denominators vanish, or the domain of a part ends."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import sympy as sp
from sympy import Expr, Symbol

from symcalc.calculus.domains import DOMAINS
from symcalc.calculus.periodic import CIRCULAR, zeros_in_period
from symcalc.calculus.zeros import all_zeros, in_order
from symcalc.notation import RealRoot


def singular_points(f: Expr, x: Symbol, length: Expr | None = None) -> list[Expr] | None:
    """Where a denominator vanishes or the domain of a part ends, in one period if there is one; None when these are not
    known."""
    found: list[Expr] = []
    for part in sp.preorder_traversal(f):
        for edge in _edges(part, x):
            roots = _real_zeros(edge, x) if length is None or not edge.has(*CIRCULAR) else zeros_in_period(edge, x, length)
            if roots is None:
                return None
            found += roots
    return in_order(found)


def _edges(part: Expr, x: Symbol) -> Iterable[Expr]:
    """Functions whose zeros may be singular points of the part."""
    if not part.has(x) or part.is_Atom:
        return
    if part.is_Pow and not isinstance(part, sp.exp) and not (part.exp.is_Integer and part.exp > 0):
        yield part.base
    elif isinstance(part, sp.tan | sp.sec):
        yield sp.cos(part.args[0])
    elif isinstance(part, sp.cot | sp.csc):
        yield sp.sin(part.args[0])
    elif isinstance(part, sp.coth | sp.csch | sp.Abs | sp.sign | sp.acot | sp.Heaviside | RealRoot):
        yield part.args[0]
    elif isinstance(part, sp.Max | sp.Min):
        yield from (a - b for a, b in itertools.combinations(part.args, 2))
    elif isinstance(part, sp.floor | sp.ceiling | sp.Piecewise | sp.gamma | sp.factorial | sp.zeta):
        yield sp.sin(x)  # ends that are not looked for: as good as periodic
    for bound, _ in DOMAINS.get(part.func, ()):
        yield part.args[0] - bound


def _real_zeros(e: Expr, x: Symbol) -> list[Expr] | None:
    above = sp.fraction(sp.together(e))[0]
    if not above.has(x):
        return []
    if above.is_polynomial(x) and all(c.is_Rational for c in sp.Poly(above, x).coeffs()):
        return [sp.nsimplify(r) if r.is_Rational else r for r in dict.fromkeys(sp.real_roots(above))]
    return [] if isinstance(above, sp.exp) or above.is_positive else all_zeros(above, x, singular_points)
