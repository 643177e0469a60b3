"""How fast a function vanishes at the origin: exponents α with |e| ≤ C·‖h‖^α for small h, found by structure.

Bounds of quotients use the weighted inequality between arithmetic and geometric means: Π |hᵢ|^(2mᵢλᵢ) ≤ Σ hᵢ^(2mᵢ) for
λᵢ ≥ 0 with sum 1 (Hardy, Littlewood and Pólya, Inequalities, 2.5).
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp
from sympy import Expr, Rational, S, Symbol, oo

from symcalc.calculus.sign import is_zero, sign_of
from symcalc.calculus.smooth import obstacle
from symcalc.notation import RealRoot

BOUNDED = (sp.sin, sp.cos, sp.tanh, sp.atan, sp.sign, sp.erf, sp.Heaviside, sp.frac)
"""Functions that are bounded everywhere."""
LIPSCHITZ_AT_ZERO = (sp.sin, sp.tan, sp.sinh, sp.tanh, sp.atan, sp.asin, sp.asinh, sp.atanh, sp.erf, sp.Abs)
"""Functions F with F(0) = 0 and |F(u)| ≤ C·|u| near 0."""


SMALL, DEEP = Rational(1, 1000), sp.Integer(1000)
"""Exponents that stand for "less than every power" and "more than every power"."""


def order(e: Expr, hs: Sequence[Symbol]) -> Expr | None:
    """An α with |e| ≤ C·‖h‖^α near h = 0 wherever e is defined; None when none is found. ∞ for zero."""
    if not e.free_symbols & set(hs):
        return oo if is_zero(e) else S.Zero
    polynomial = e.as_poly(*hs) if e.is_polynomial(*hs) else None
    if polynomial is not None:
        return sp.Integer(min(map(sum, polynomial.monoms())))
    if e.is_Add:
        return _least([order(a, hs) for a in e.args])
    if e.is_Mul:
        return _product(e, hs)
    if isinstance(e, sp.Min) and all(a.is_nonnegative for a in e.args):
        return max((o for a in e.args if (o := order(a, hs)) is not None), default=None)
    if isinstance(e, sp.Max | sp.Min):
        return _least([order(a, hs) for a in e.args])
    if isinstance(e, sp.Piecewise):
        return _least([order(value, hs) for value, _ in e.args])
    if isinstance(e, sp.log) and _falls_to_zero(e.args[0], hs):
        return -SMALL
    if isinstance(e, sp.exp) and _is_deep(e.args[0], hs):
        return DEEP
    if isinstance(e, LIPSCHITZ_AT_ZERO):
        inner = order(e.args[0], hs)
        if inner is not None and inner > 0:
            return inner
    if isinstance(e, BOUNDED):
        return S.Zero
    if isinstance(e, RealRoot):
        inner = order(e.args[0], hs)
        return None if inner is None or inner < 0 else inner / e.args[1]
    if e.is_Pow and not isinstance(e, sp.exp):
        return _power(e, hs)
    at = dict.fromkeys(hs, S.Zero)
    return S.Zero if obstacle(e, at) is None else None


def _least(found: Sequence[Expr | None]) -> Expr | None:
    return None if None in found else min(f for f in found if f is not None)


def _falls_to_zero(u: Expr, hs: Sequence[Symbol]) -> bool:
    """Whether c·‖h‖^β ≤ |u| ≤ C·‖h‖^α with α > 0, so that |ln u| grows more slowly than every power."""
    above = order(u, hs)
    return above is not None and above > 0 and lower_order(u, hs) is not None


def _is_deep(u: Expr, hs: Sequence[Symbol]) -> bool:
    """Whether u = -c/D with c > 0 and D → 0 positive: e^u vanishes faster than every power."""
    above, below = sp.fraction(u)
    above_zero = order(below, hs)
    return bool(sign_of(above) == -1 and below.is_nonnegative and above_zero is not None and above_zero > 0)


def _power(e: Expr, hs: Sequence[Symbol]) -> Expr | None:
    base, n = e.as_base_exp()
    if not n.is_Rational:
        return None
    if n > 0:
        inner = order(base, hs)
        return None if inner is None or inner < 0 else n * inner
    if isinstance(base, sp.log) and _falls_to_zero(base.args[0], hs):
        return S.Zero
    below = lower_order(base, hs)
    return None if below is None else n * below


def _product(e: Expr, hs: Sequence[Symbol]) -> Expr | None:
    """The sum of the orders, or a better bound for a monomial over a sum of even powers."""
    known = [order(a, hs) for a in e.args]
    plain = None if None in known else sp.Add(*known)
    return max((x for x in (plain, _over_even_powers(e, hs)) if x is not None), default=None)


def lower_order(d: Expr, hs: Sequence[Symbol]) -> Expr | None:
    """A β with |d| ≥ c·‖h‖^β, c > 0, near h = 0; None when none is found."""
    if not d.free_symbols & set(hs):
        return S.Zero if sign_of(d) in (-1, 1) else None
    if obstacle(d, dict.fromkeys(hs, S.Zero)) is None and sign_of(d.xreplace(dict.fromkeys(hs, S.Zero))) in (-1, 1):
        return S.Zero
    if d.is_Pow and d.exp.is_Rational and d.exp > 0:
        inner = lower_order(d.base, hs)
        return None if inner is None else d.exp * inner
    if d.is_Mul:
        parts = [lower_order(a, hs) for a in d.args]
        return None if None in parts else sp.Add(*parts)
    if d.is_Add and (norm := _sum_of_norms(d, hs)) is not None:
        return norm
    if not d.is_polynomial(*hs):
        return None
    return _definite(sp.Poly(d, *hs), hs)


def _sum_of_norms(d: Expr, hs: Sequence[Symbol]) -> Expr | None:
    """|x| + |y| and the like: every variable stands in a term that cannot be negative."""
    found = []
    for term in d.args:
        constant, rest = term.as_independent(*hs, as_Add=False)
        base, n = rest.as_base_exp()
        if sign_of(constant) != 1 or not isinstance(base, sp.Abs) or base.args[0] not in hs or not n.is_Rational or n <= 0:
            return None
        found.append((base.args[0], n))
    return max(n for _, n in found) if {x for x, _ in found} == set(hs) else None


def _definite(d: sp.Poly, hs: Sequence[Symbol]) -> Expr | None:
    """The degree of a positive definite form, or the largest exponent of a sum of even powers of all variables."""
    exponents = _even_powers(d)
    if exponents is not None:
        return sp.Integer(max(exponents))
    degrees = {sum(m) for m in d.monoms()}
    lowest = min(degrees)
    form = sum((c * sp.prod([x**k for x, k in zip(hs, m, strict=True)]) for m, c in d.terms() if sum(m) == lowest), S.Zero)
    return sp.Integer(lowest) if is_definite_form(form, hs) else None


def is_definite_form(form: Expr, hs: Sequence[Symbol]) -> bool:
    """Whether a form with rational coefficients has no zero but the origin: by Sturm in two variables, by the eigenvalues for a
    quadratic form."""
    if form.free_symbols - set(hs):
        return False
    if len(hs) == 2:
        x, y = hs
        if is_zero(form.xreplace({x: S.Zero, y: S.One})):
            return False
        return sp.Poly(form.xreplace({x: S.One}), y).count_roots() == 0
    if sp.Poly(form, *hs).total_degree() == 2:
        matrix = sp.hessian(form, list(hs))
        return bool(matrix.is_positive_definite) or bool((-matrix).is_positive_definite)
    return False


def _even_powers(d: sp.Poly) -> list[int] | None:
    """For a polynomial whose terms are even with positive coefficients, and hold a power of each variable alone: the least of
    these exponents for each variable."""
    if not all(sign_of(c) == 1 and all(k % 2 == 0 for k in m) for m, c in d.terms()):
        return None
    found = []
    for i in range(len(d.gens)):
        alone = [m[i] for m in d.monoms() if m[i] == sum(m) > 0]
        if not alone:
            return None
        found.append(min(alone))
    return found


def _over_even_powers(e: Expr, hs: Sequence[Symbol]) -> Expr | None:
    """The bound of a monomial (with absolute values and roots allowed) over powers of sums of even powers."""
    powers = dict.fromkeys(hs, S.Zero)
    rest: list[Expr] = []
    denominators: list[tuple[list[int], Expr]] = []
    for factor in e.args:
        base, n = factor.as_base_exp()
        variable = base.args[0] if isinstance(base, sp.Abs) else base
        if variable in powers and n.is_Rational and n > 0:
            powers[variable] += n
        elif n.is_Rational and n < 0 and base.is_polynomial(*hs) and (even := _even_powers(sp.Poly(base, *hs))) is not None:
            denominators.append((even, -n))
        else:
            rest.append(factor)
    if not denominators:
        return None
    others = order(sp.Mul(*rest), hs) if rest else S.Zero
    if others is None:
        return None
    left = list(powers.values())
    for exponents, n in denominators:
        remaining = _divided(left, exponents, n)
        if remaining is None:
            return None
        left = remaining
    return sp.Add(others, *left)


def _divided(powers: Sequence[Expr], exponents: Sequence[int], n: Expr) -> list[Expr] | None:
    """The powers left when a monomial pays for a denominator (Σ h_i^exponents_i)^n: the cheapest shares first."""
    left, share = list(powers), n
    for i in sorted(range(len(left)), key=lambda i: exponents[i]):
        paid = min(share, left[i] / Rational(exponents[i]))
        left[i] -= paid * exponents[i]
        share -= paid
    if share == 0:
        return left
    # what no variable can pay counts against the one with the largest exponent
    return [*left[:-1], left[-1] - share * max(exponents)]
