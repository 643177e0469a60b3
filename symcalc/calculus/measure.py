"""A reader's measure: how many signs an expression takes on one line."""

from __future__ import annotations

from typing import Any

from sympy import Abs, Add, Dummy, Expr, Mul, Pow, S, exp

from symcalc.calculus.subexpressions import names
from symcalc.canonical.arithmetic import power
from symcalc.notation import Primed, sigmoid

GREEK_OR_SHORT = {"log": 2, "Max": 3, "Min": 3, "sigmoid": 1, "Heaviside": 1, "gamma": 1}
"""Printed lengths of the names that are not printed as SymPy spells them."""

REPEATED = 8
"""What a base costs that occurs twice in a product: x^(a-1) reads better than x^a/x."""
CLUMSY = 6
"""What a denominator costs whose terms share a factor: 1/(p·(1 - p)) reads better than 1/(p - p²)."""


class SumSign(Dummy):
    """A name that stands for a sum of its length, so that it takes brackets where a sum does."""

    __slots__ = ()


def measure(expression: Any, known: dict[Any, int] | None = None) -> int:
    """The approximate number of signs of the expression as a person writes it on one line.

    Brackets, operators and fraction strokes count one each, digits and names their length, a numeric superscript its
    digits. Linear in the size of the expression: shared parts are measured once.
    """
    known = {} if known is None else known
    length = known.get(expression)
    if length is None:
        length = known[expression] = _length(expression, known)
    return length


def _length(e: Any, known: dict[Any, int]) -> int:
    if e.is_Symbol:
        return 1 if "_" not in e.name and len(e.name) > 3 and e.name[-1].isalpha() is False else len(e.name)
    if e.is_Rational:
        return len(str(abs(e.p))) + (len(str(e.q)) + 1 if e.q != 1 else 0) + (e.p < 0)
    if e.is_NumberSymbol or e is S.ImaginaryUnit:
        return 1
    if e.is_Add:
        return sum(measure(a, known) for a in e.args) + 3 * (len(e.args) - 1) - _negatives(e)
    if e.is_Mul:
        return _product(e, known)
    if e.func is exp:
        return 1 + _superscript(e.args[0], known)
    if e.is_Pow:
        return _power(e, known)
    if isinstance(e, Abs):
        return 2 + measure(e.args[0], known)
    if not e.args:
        return len(str(e))
    if isinstance(e, Primed):
        return measure(e.applied, known) + int(sum(e.orders))
    name = GREEK_OR_SHORT.get(e.func.__name__, len(e.func.__name__))
    return name + 2 + sum(measure(a, known) for a in e.args) + 2 * (len(e.args) - 1)


def _negatives(e: Add) -> int:
    """The minus signs that merge with the operator between two terms; a positive term is printed first if there is one."""
    return min(sum(is_negative(a) for a in e.args), len(e.args) - 1)


def is_negative(e: Expr) -> bool:
    """Whether a minus stands in front of the number or product."""
    number = e.args[0] if e.is_Mul else e
    return bool(number.is_Rational and number.p < 0)


def _shares_a_factor(e: Add) -> bool:
    return bool(set.intersection(*({f.as_base_exp()[0] for f in Mul.make_args(a) if not f.is_Number} for a in e.args)))


def _superscript(e: Expr, known: dict[Any, int]) -> int:
    length = measure(e, known)
    if e.is_Integer and e.p >= 0:
        return length
    return 1 + length if e.is_Symbol else 3 + length


def bracketed(e: Expr, known: dict[Any, int]) -> int:
    """The length of the expression as a factor."""
    return measure(e, known) + (2 if e.is_Add or isinstance(e, SumSign) else 0)


def _is_name(e: Expr) -> bool:
    return e.is_Symbol and not isinstance(e, SumSign)


def _power(e: Pow, known: dict[Any, int]) -> int:
    base, exponent = e.base, e.exp
    if exponent.is_Rational and exponent.p < 0:
        return 2 + CLUMSY * (base.is_Add and _shares_a_factor(base)) + bracketed(power(base, -exponent), known)
    if exponent is S.Half:
        return 1 + measure(base, known) + (0 if _is_name(base) or base.is_Integer else 2)
    if isinstance(base, sigmoid):  # σ·(1 - σ) is the form people know, not σ - σ²
        return 3 * measure(base, known) + _superscript(exponent, known)
    atom = _is_name(base) or base.is_Function or (base.is_Integer and base.p >= 0)
    return measure(base, known) + (0 if atom else 2) + _superscript(exponent, known)


def _product(e: Any, known: dict[Any, int]) -> int:
    above, below = [], []
    bases = [b for b, k in (f.as_base_exp() for f in e.args) if k.is_Rational or not names(k) & names(b)]
    repeated = REPEATED * (len(bases) - len(set(bases)))
    for factor in e.args:
        if factor.is_Rational:
            if abs(factor.p) != 1:
                above.append(len(str(abs(factor.p))))
            if factor.q != 1:
                below.append(len(str(factor.q)))
        elif factor.is_Pow and factor.exp.is_Rational and factor.exp.p < 0:
            clumsy = CLUMSY * (factor.base.is_Add and _shares_a_factor(factor.base))
            below.append(clumsy + bracketed(power(factor.base, -factor.exp), known))
        else:
            above.append(bracketed(factor, known))
    length = repeated + int(is_negative(e)) + (sum(above) + len(above) - 1 if above else 1)
    if below:
        length += 1 + sum(below) + len(below) - 1 + (2 if len(below) > 1 else 0)
    return length
