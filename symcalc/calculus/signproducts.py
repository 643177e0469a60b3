"""Products in which sign(u) meets |u| or u."""

from __future__ import annotations

from sympy import Abs, Expr, Mul, S, sign

from symcalc.calculus.subexpressions import heads


def signs(e: Expr) -> Expr:
    """sign(u)·|u| = u, sign(u)/|u| = 1/u and sign(u)² = 1, which hold wherever the left side has a derivative's value."""
    if sign not in heads(e):
        return e
    return e.replace(lambda m: m.is_Mul or (m.is_Pow and isinstance(m.base, sign)), _signs_in_product)


def _signs_in_product(m: Expr) -> Expr:
    powers = dict(m.as_powers_dict()) if m.is_Mul else {m.base: m.exp}
    rest = S.One
    for s in [b for b in powers if isinstance(b, sign)]:
        n = powers.pop(s)
        if not n.is_Integer:
            powers[s] = n
            continue
        u = s.args[0]
        if n % 2:
            size = next(
                (b for b in powers if isinstance(b, Abs) and b.args[0] == u and powers[b].is_Integer and powers[b] % 2), None
            )
            if size is not None:
                rest *= u ** powers.pop(size)
            elif u in powers and powers[u].is_Integer and powers[u] % 2:
                rest *= Abs(u) ** powers.pop(u)
            else:
                rest *= s
    return rest * Mul(*(b**n for b, n in powers.items()))
