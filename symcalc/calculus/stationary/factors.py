"""The factors of an equation that may vanish: powers that are positive wherever they are defined are left out."""

from __future__ import annotations

from math import lcm

from sympy import Dummy, E, Expr, Pow, exp, expand, factor_list, numer, together
from sympy.polys.polyerrors import BasePolynomialError


def vanishing_factors(equation: Expr) -> list[tuple[Expr, int]]:
    """The factors with symbols of an equation's numerator, with multiplicities; none when it never vanishes, and the
    equation itself where it cannot be factored."""
    expanded = expand(equation)
    table, back = _stand_ins(expanded)
    polynomial = numer(together(expanded.xreplace(table)))
    if polynomial == 0:
        return [(polynomial, 1)]
    try:
        found = factor_list(polynomial)[1]
    except (BasePolynomialError, TypeError):  # TypeError: towers such as x^x, which SymPy tries to order
        return [(equation, 1)]
    factors = [(f.xreplace(back), power) for f, power in found]
    return [(f, power) for f, power in factors if f.free_symbols and f.is_zero is not False]


def never_zero(power: Expr) -> bool:
    """e^u, and u^a with a that is not a rational number: positive wherever they are defined."""
    base, exponent = _parts(power)
    return base == E or not exponent.is_Rational


def _parts(power: Expr) -> tuple[Expr, Expr]:
    return (E, power.args[0]) if isinstance(power, exp) else power.args


def _stand_ins(e: Expr) -> tuple[dict[Expr, Expr], dict[Expr, Expr]]:
    """Names for the powers b^(c·u) that never vanish, one for all rational c, and the way back."""
    groups: dict[tuple[Expr, Expr], list[tuple[Expr, Expr]]] = {}
    for power in e.atoms(Pow, exp):
        if never_zero(power):
            base, exponent = _parts(power)
            slope, rest = exponent.as_coeff_Mul()
            groups.setdefault((base, rest), []).append((power, slope))
    table: dict[Expr, Expr] = {}
    back: dict[Expr, Expr] = {}
    for (base, rest), powers in groups.items():
        name = Dummy(positive=True)
        scale = lcm(*(int(slope.q) for _, slope in powers))
        back[name] = base ** (rest / scale)
        table |= {power: name ** (slope * scale) for power, slope in powers}
    return table, back
