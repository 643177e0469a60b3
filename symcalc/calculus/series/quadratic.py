"""Series of rational functions over a quadratic polynomial without rational roots, in closed form."""

from __future__ import annotations

import sympy as sp
from sympy import Expr, S, Symbol

from symcalc.calculus.series.closed import General, Part, added


def over_quadratic(e: Expr, t: Symbol, k: Symbol) -> General | None:
    """The series of N(t)/q(t^m) for a quadratic polynomial q that is irreducible over the rationals and N of lower degree.

    1/(1 + b·u + c·u²) = Σ U_k·u^k, where U_k = (α^(k+1) - β^(k+1))/(α - β) for 1 + b·u + c·u² = (1 - αu)·(1 - βu) (Binet); with
    complex roots, U_k = r^k·sin((k+1)·θ)/sin(θ) for α = r·e^(iθ) (DLMF 18.12.10). So U_-1 = 0.
    """
    top, below = sp.fraction(sp.together(e))
    numerator, q = sp.Poly(top, t), sp.Poly(below, t)
    m = sp.gcd_list([i for (i,) in q.monoms()] or [0])
    if not (numerator.domain.is_QQ or numerator.domain.is_ZZ) or not q.domain.is_ZZ or q.degree() != 2 * m:
        return None
    if numerator.degree() >= 2 * m or len(q.factor_list()[1]) != 1 or q.factor_list()[1][0][1] != 1:
        return None
    c, b, first = (q.coeff_monomial(t ** int(i * m)) / q.coeff_monomial(1) for i in (2, 1, 0))
    scale = first / q.coeff_monomial(1)
    total = General(k, {}, (), S.Infinity)
    for j in range(m):
        low, high = (numerator.coeff_monomial(t ** int(i)) * scale for i in (j, j + m))
        if low or high:
            coefficient, radius = _binet(b, c, low, high, k) if b**2 > 4 * c else _turning(b, c, low, high, k)
            total = added(total, General(k, {}, (Part(coefficient, int(m), int(j), 0),), sp.root(radius, m)))
    return total


def _binet(b: Expr, c: Expr, low: Expr, high: Expr, k: Symbol) -> tuple[Expr, Expr]:
    """low·U_k + high·U_(k-1) and the radius of convergence, where the roots are real."""
    s = sp.sqrt(b**2 - 4 * c)
    alpha, beta = (-b + s) / 2, (-b - s) / 2
    if high == 0:
        coefficient = low * (alpha ** (k + 1) - beta ** (k + 1)) / s
    elif low == 0:
        coefficient = high * (alpha**k - beta**k) / s
    else:
        coefficient = sp.radsimp((low * alpha + high) / s) * alpha**k - sp.radsimp((low * beta + high) / s) * beta**k
    return coefficient, sp.radsimp(1 / (alpha if b < 0 else -beta))


def _turning(b: Expr, c: Expr, low: Expr, high: Expr, k: Symbol) -> tuple[Expr, Expr]:
    """The same where they are not."""
    r = sp.sqrt(c)
    angle = sp.acos(-b / (2 * r))
    waves = low * sp.sin((k + 1) * angle) + high / r * sp.sin(k * angle)
    return r**k * waves / sp.sin(angle), 1 / r
