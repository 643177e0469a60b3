"""The logistic function and its integral, the softplus, recognised in exponentials."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Mul, S, exp, log

from symcalc.calculus.subexpressions import heads, subexpressions
from symcalc.notation import sigmoid


def recognise_sigmoid(e: Expr) -> Expr:
    """1/(1 + e^(-u)) written as σ(u), and e^(-u)·σ(u) as 1 - σ(u)."""
    if exp not in heads(e):
        return e
    for rewritten in (_as_sigmoid, _complement):
        while found := {part: new for part in subexpressions(e) if (new := rewritten(part)) is not None}:
            e = e.xreplace(found)
    return e


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


def _as_sigmoid(p: Any) -> Expr | None:
    """(1 + e^v)^(-k) as σ(-v)^k, None for anything else."""
    if not (p.is_Pow and p.exp.is_Integer and p.exp.p < 0):
        return None
    v = _logistic_argument(p.base)
    return None if v is None else sigmoid(-v) ** (-p.exp)


def _complement(m: Expr) -> Expr | None:
    """e^(n·v)·σ(-v)^k = (1 - σ(-v))^n·σ(-v)^(k-n), since e^v·σ(-v) = σ(v) = 1 - σ(-v); None where the product is not of this
    form."""
    exponentials = [f for f in m.args if isinstance(f, exp)] if m.is_Mul else []
    for factor in m.args if exponentials else ():
        s, k = factor.as_base_exp()
        if not isinstance(s, sigmoid):
            continue
        for part in exponentials:
            n = _ratio(part.args[0], -s.args[0])
            rest = [f for f in m.args if f is not factor and f is not part]
            if n == k:
                return Mul(*rest, sigmoid(-s.args[0]) ** k)
            if n.is_Integer and 0 < n < k:
                return Mul(*rest, (1 - s) ** n * s ** (k - n))
    return None


def _ratio(v: Expr, u: Expr) -> Expr:
    """n where v = n·u with a number n, else zero."""
    (a, one), (b, other) = v.primitive(), u.primitive()
    return a / b if one == other else -a / b if one == -other else S.Zero
