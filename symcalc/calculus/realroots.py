"""Powers with a fraction of odd denominator as real roots, which have a value for negative numbers, too."""

from __future__ import annotations

from typing import Any

from sympy import Pow, exp

from symcalc.notation import RealRoot


def real_roots(f: Any) -> Any:
    """f with u^(p/q), q odd, as the real root (u^(1/q))^p: x^(1/3) at -8 is -2."""
    return f.replace(_is_odd_root, lambda e: RealRoot(e.base, e.exp.q) ** e.exp.p)


def _is_odd_root(e: Any) -> bool:
    return isinstance(e, Pow) and not isinstance(e, exp) and bool(e.exp.is_Rational) and e.exp.q > 1 and e.exp.q % 2 == 1
