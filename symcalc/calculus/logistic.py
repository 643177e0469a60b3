"""The logistic function and its integral, the softplus, recognised in exponentials."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Mul, S, exp, log

from symcalc.notation import sigmoid


def recognise_sigmoid(e: Expr) -> Expr:
    """1/(1 + e^(-u)) written as σ(u), and e^(-u)·σ(u) as 1 - σ(u)."""
    if not e.has(exp):
        return e
    e = e.replace(_is_logistic_power, lambda p: sigmoid(-_logistic_argument(p.base)) ** (-p.exp))
    if not e.has(sigmoid):
        return e
    return e.replace(lambda m: m.is_Mul and m.has(sigmoid) and m.has(exp), _complement)


def softplus_argument(e: Expr) -> Expr | None:
    """u when the expression is ln(1 + e^u), otherwise None."""
    return _logistic_argument(e.args[0]) if isinstance(e, log) else None


def _logistic_argument(base: Expr) -> Any:
    """v when the base is 1 + e^v, otherwise None."""
    if base.is_Add and len(base.args) == 2 and S.One in base.args:
        other = base - 1
        if isinstance(other, exp):
            return other.args[0]
    return None


def _is_logistic_power(p: Any) -> bool:
    return bool(p.is_Pow and p.exp.is_Integer and p.exp < 0 and _logistic_argument(p.base) is not None)


def _complement(m: Mul) -> Expr:
    """e^(n·v)·σ(-v)^k = (1 - σ(-v))^n·σ(-v)^(k-n), since e^v·σ(-v) = σ(v) = 1 - σ(-v)."""
    powers = m.as_powers_dict()
    for s in [b for b in powers if isinstance(b, sigmoid)]:
        u, k = s.args[0], powers[s]
        for part in [f for f in m.args if isinstance(f, exp)]:
            n = (part.args[0] / -u).cancel() if u != 0 else S.Zero
            if n == k:
                return m / part / s**k * sigmoid(-u) ** k
            if n.is_Integer and 0 < n < k:
                return m / part / s**k * (1 - s) ** n * s ** (k - n)
    return m
