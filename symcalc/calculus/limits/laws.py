"""Limits for t → 0+ by the laws of limits: of sums, products, powers, of continuous functions, and of leading terms.

Everything found here is proven: continuity (Rudin, Principles of Mathematical Analysis, theorems 4.7 and 4.9), the
arithmetic of the extended real numbers, and Taylor's theorem for quotients of analytic functions.
"""

from __future__ import annotations

from math import lcm
from typing import Any

import sympy as sp
from sympy import Expr, S, Symbol, oo
from sympy.core.function import AppliedUndef

from symcalc.calculus.analytic import ANALYTIC, met
from symcalc.calculus.limits.near import Near
from symcalc.calculus.limits.verdicts import Depends, OneSided, Undecided, Undefined
from symcalc.calculus.local import REWRITTEN
from symcalc.calculus.series import taylor_terms
from symcalc.calculus.sign import is_zero, sign_of
from symcalc.calculus.smooth import obstacle
from symcalc.errors import SymcalcError
from symcalc.notation import sigmoid

DEGREES = (2, 6, 14, 30)
"""Taylor polynomials are taken to these degrees in turn until a term is seen."""

AT_INFINITY: dict[Any, tuple[Any, Any]] = {
    sp.exp: (oo, S.Zero), sp.sinh: (oo, -oo), sp.cosh: (oo, oo), sp.tanh: (S.One, -S.One), sp.coth: (S.One, -S.One),
    sp.sech: (S.Zero, S.Zero), sp.csch: (S.Zero, S.Zero), sp.atan: (sp.pi / 2, -sp.pi / 2), sp.acot: (S.Zero, S.Zero),
    sp.asinh: (oo, -oo), sp.acosh: (oo, None), sp.log: (oo, None), sp.erf: (S.One, -S.One), sp.erfc: (S.Zero, S(2)),
    sp.erfi: (oo, -oo), sp.Abs: (oo, oo), sp.sign: (S.One, -S.One), sp.Heaviside: (S.One, S.Zero), sigmoid: (S.One, S.Zero),
    sp.floor: (oo, -oo), sp.ceiling: (oo, -oo), sp.gamma: (oo, None), sp.loggamma: (oo, None), sp.factorial: (oo, None),
    sp.acoth: (S.Zero, S.Zero), sp.asec: (sp.pi / 2, sp.pi / 2), sp.acsc: (S.Zero, S.Zero), sp.sinc: (S.Zero, S.Zero),
    sp.Si: (sp.pi / 2, -sp.pi / 2), sp.fresnels: (S.Half, -S.Half), sp.fresnelc: (S.Half, -S.Half), sp.Ei: (oo, S.Zero),
    sp.Shi: (oo, -oo), sp.Chi: (oo, None), sp.Ci: (S.Zero, None), sp.li: (oo, None), sp.LambertW: (oo, None),
}  # fmt: skip
"""The limits of functions of one variable at +∞ and -∞; None where the function is not defined."""

ON_CLOSED_DOMAIN = {sp.asin: (-1, 1), sp.acos: (-1, 1), sp.acosh: (1, oo), sp.asech: (0, 1)}
"""Functions that are continuous on a closed interval, one-sidedly at its ends."""

AT_EDGE: dict[Any, tuple[Expr, Expr]] = {
    sp.log: (S.Zero, -oo), sp.asech: (S.Zero, oo), sp.Ci: (S.Zero, -oo), sp.Chi: (S.Zero, -oo), sp.li: (S.One, -oo),
}  # fmt: skip
"""Where a function of one variable becomes infinite, and as what."""


class Laws:
    """Limits and signs of functions of t on (0, ε). What has been found is kept."""

    def __init__(self, f: Expr, t: Symbol) -> None:
        self.t = t
        self.near = Near(f, t)
        self._limits: dict[Expr, Expr | None] = {}
        self._signs: dict[Expr, int] = {}

    # --- limits ---

    def limit(self, e: Expr) -> Expr | None:
        """The limit, finite or ±oo, or None where the laws do not decide. Raises Undefined or Undecided."""
        if e not in self._limits:
            self._limits[e] = self._limit(e)
        return self._limits[e]

    def _limit(self, e: Expr) -> Expr | None:
        if not e.has(self.t):
            return e
        if e == self.t:
            return S.Zero
        if e.is_Add:
            return self._sum(e)
        if e.is_Mul:
            return self._product(e)
        if e.is_Pow and not isinstance(e, sp.exp):
            return self._power(*e.as_base_exp())
        if len(e.args) == 1:
            return self._function(e, e.args[0])
        return self._substituted(e)

    def _substituted(self, e: Expr) -> Expr | None:
        at = {self.t: S.Zero}
        return finite(e.xreplace(at)) if obstacle(e, at) is None else None

    def _sum(self, e: Expr) -> Expr | None:
        parts = [self.limit(a) for a in e.args]
        if any(p is None for p in parts) or (oo in parts and -oo in parts):
            return None
        infinite = next((p for p in parts if p in (oo, -oo)), None)
        return sp.Add(*parts) if infinite is None else infinite

    def _product(self, e: Expr) -> Expr | None:
        known = [p for p in map(self.limit, e.args) if p is not None]
        if len(known) < len(e.args):
            return None
        return self._infinite(e, known) if any(p.is_infinite for p in known) else sp.Mul(*known)

    def _infinite(self, e: Expr, factors: list[Expr]) -> Expr | None:
        """±oo for a product of which a factor is infinite; None if another is zero."""
        signs = [1 if p is oo else -1 if p == -oo else sign_of(p) for p in factors]
        if 0 in signs or any(s is None and is_zero(p) for s, p in zip(signs, factors, strict=True)):
            return None
        if None in signs:
            raise depends(e, [p for s, p in zip(signs, factors, strict=True) if s is None])
        return oo if sp.prod(signs) > 0 else -oo

    def _power(self, base: Expr, exponent: Expr) -> Expr | None:
        b, n = self.limit(base), self.limit(exponent)
        if b is None or n is None:
            return None
        if exponent.is_Rational:
            return self._fixed_power(base, b, exponent)
        if b.is_infinite or n.is_infinite or sign_of(b) == 0:
            return self._varying_power(b, n)
        return None if sign_of(b) == -1 else b**n

    def _fixed_power(self, base: Expr, b: Expr, n: Expr) -> Expr | None:
        if b is oo:
            return oo if n > 0 else S.Zero
        if b == -oo:
            return S.Zero if n < 0 else None if not n.is_Integer else oo if n % 2 == 0 else -oo
        if not is_zero(b):
            return b**n
        if n > 0:
            return S.Zero
        even = n.is_Integer and n % 2 == 0
        sign = 1 if even else self.sign(base)
        if sign == 0:
            raise Undefined("it divides by zero")
        return oo if sign > 0 else -oo

    def _varying_power(self, b: Expr, n: Expr) -> Expr | None:
        """b^n of extended numbers, b not negative, where ln b·n is not 0·∞."""
        above = 1 if b is oo else -1 if is_zero(b) else sign_of(b - 1)
        power = 1 if n is oo else -1 if n == -oo else sign_of(n)
        if above is None or power is None:
            raise depends(b**n, [x for x in (b, n) if x.free_symbols])
        if b == -oo or above * power == 0:
            return None
        return oo if above * power > 0 else S.Zero

    def _function(self, e: Expr, u: Expr) -> Expr | None:
        a = self.limit(u)
        if a is None:
            return None
        if a.is_infinite:
            return AT_INFINITY.get(e.func, (None, None))[a is not oo]
        if isinstance(e, sp.exp | AppliedUndef):
            return e.func(a)
        needs = ANALYTIC.get(e.func)
        if needs is not None and met(needs(a)):
            return finite(e.func(a))
        if e.func in ON_CLOSED_DOMAIN and any(is_zero(a - end) for end in ON_CLOSED_DOMAIN[e.func] if end is not oo):
            return finite(e.func(a))
        if e.func in AT_EDGE and is_zero(a - AT_EDGE[e.func][0]):
            return AT_EDGE[e.func][1]
        if e.func is sp.tan:
            return self.limit(sp.sin(u) / sp.cos(u))
        if e.func in REWRITTEN:
            return self.limit(REWRITTEN[e.func](u))
        if e.func is sp.atanh and is_zero(a**2 - 1):
            return oo * a
        return None

    # --- signs ---

    def sign(self, u: Expr) -> int:
        """The sign of u on (0, ε). Raises Undecided, or Depends when it is that of other names."""
        if u not in self._signs:
            self._signs[u] = self._sign(u)
        return self._signs[u]

    def _sign(self, u: Expr) -> int:
        exact = sign_of(u)
        if exact is not None:
            return exact
        if not u.has(self.t):
            raise depends(u, [u])
        limit = self._tried_limit(u)
        if limit is not None and (limit.is_infinite or not is_zero(limit)):
            sign = 1 if limit is oo else -1 if limit == -oo else sign_of(limit)
            if sign is None:
                raise depends(u, [limit])
            return sign
        seen = self.near.signs(u)
        leading = leading_term(u, self.t)
        if leading is not None:
            sign = sign_of(leading[0])
            if sign is None:
                raise depends(u, [leading[0]])
            return self._agreed(u, seen, sign)
        if seen == {0}:
            if sp.simplify(u) == 0:
                return 0
            raise Undecided(f"the sign of {spell(u)} is not shown")
        if len(seen) != 1:
            raise (Depends if len(self.near.draws) > 1 else Undecided)(f"the sign of {spell(u)} is not the same everywhere")
        return seen.pop()

    def _tried_limit(self, u: Expr) -> Expr | None:
        try:
            return self.limit(u)
        except (Undecided, Undefined):
            return None

    def _agreed(self, u: Expr, seen: set[int], sign: int) -> int:
        if seen - {sign}:
            raise Undecided(f"numbers and series differ about the sign of {spell(u)}")
        return sign


def depends(e: Expr, parts: list[Expr]) -> Depends:
    """The error that names what decides."""
    names = sorted({str(s) for p in parts for s in p.free_symbols})
    if not names:
        part = -parts[0] if parts[0].could_extract_minus_sign() else parts[0]
        return Depends(f"the sign of {spell(part)} is not shown")
    return Depends(f"it depends on {' and '.join(names)}")


def spell(e: Expr) -> str:
    """A function of t for a sentence."""
    return str(e.xreplace({s: Symbol(s.name) for s in e.free_symbols}))


def finite(value: Expr) -> Expr | None:
    return None if value.has(S.NaN, S.ComplexInfinity, oo, -oo) else value


# --- leading terms -----------------------------------------------------------------------------------------------


def leading_term(e: Expr, t: Symbol) -> tuple[Expr, int] | None:
    """(c, n) with e = c·t^n + o(t^n), c not identically zero, for e analytic at 0; None when e is not, or no term is seen."""
    at = {t: S.Zero}
    if not e.has(t):
        return (e, 0) if not is_zero(e) else None
    if obstacle(e, at) is not None:
        return None
    try:
        for degree in DEGREES:
            for k, terms in enumerate(taylor_terms(e, [t], at, degree)):
                if terms:
                    return terms[0][1], k
    except SymcalcError:
        return None
    return None


def quotient_limit(e: Expr, laws: Laws) -> OneSided | None:
    """The limit of a quotient of functions analytic in a root of t, by their leading terms; None when it is no such quotient."""
    above, below, t, q = _over_one_denominator(e, laws.t)
    if below is None:
        return None
    top, bottom = leading_term(above, t), leading_term(below, t)
    if bottom is None or (top is None and not is_zero(sp.simplify(above))):
        return None
    if top is None:
        return OneSided("limit", S.Zero, trail=(("simplify", None),))
    unsigned = bottom[0].free_symbols and sign_of(bottom[0]) is None
    ratio, power = top[0] / bottom[0], top[1] - bottom[1]
    value = S.Zero if power > 0 else ratio
    if power < 0:
        sign = sign_of(ratio)
        if sign is None:
            raise depends(e, [ratio])
        value = oo * sign
    shown = laws.t ** sp.Rational(power, q)
    trail = (("leading terms", ratio * shown), ("limit laws", None)) if power else (("leading terms", None),)
    return OneSided("limit", value, trail=trail, nonzero=(bottom[0],) if unsigned else ())


def _over_one_denominator(e: Expr, t: Symbol) -> tuple[Expr, Expr | None, Symbol, int]:
    """Numerator and denominator, both analytic in s with t = s^q, and s and q; no denominator when they are not."""
    q = 1
    roots = {p.exp.q for p in e.atoms(sp.Pow) if p.base == t and p.exp.is_Rational}
    if roots - {1}:
        s = sp.Dummy("s", positive=True)
        q = lcm(*map(int, roots))
        e, t = e.xreplace({t: s**q}), s
    poles = {part: REWRITTEN[part.func](*part.args) for part in e.atoms(*REWRITTEN)}
    above, below = sp.fraction(sp.together(sp.expand_power_base(e.xreplace(poles))))
    at = {t: S.Zero}
    if obstacle(above, at) is not None or obstacle(below, at) is not None:
        return above, None, t, q
    return above, below, t, q
