"""Sums, products and powers: like terms and like bases collected, the number in front, the rest in SymPy's order."""

from __future__ import annotations

from functools import cmp_to_key, lru_cache
from typing import Any

from sympy import Add, Expr, Function, Mul, NumberSymbol, Piecewise, Pow, Rational, S, Symbol, exp
from sympy.core.basic import _cmp_name
from sympy.functions.elementary.exponential import ExpBase

NUMBER, SUM, PRODUCT, POWER, EXPONENTIAL, PLAIN, ODD = range(7)
"""What an expression is to the sum or product that it enters; what is odd is left to SymPy."""
KEPT = 1024
"""So many results are remembered, so that what is made twice is one object, whose properties are found once."""
HEADS = 512
"""So many heads are remembered: a batch may bring ever new undefined functions."""
_INFINITE = frozenset((S.Infinity, S.NegativeInfinity, S.ComplexInfinity, S.NaN))


@lru_cache(HEADS)
def _kind(head: type) -> int:
    if issubclass(head, Rational):
        return NUMBER
    if head in (Add, Mul, Pow):
        return {Add: SUM, Mul: PRODUCT, Pow: POWER}[head]
    if head is exp:
        return EXPONENTIAL
    if head is type(S.Exp1) or issubclass(head, ExpBase | Piecewise):
        return ODD
    return PLAIN if issubclass(head, Symbol | Function | NumberSymbol) else ODD


@lru_cache(HEADS)
def _has_powers(head: type) -> bool:
    """Whether whole powers of an expression with this head stay powers, unlike those of x·y, of x^y and of |x|."""
    return _kind(head) is SUM or (_kind(head) is PLAIN and head._eval_power is Expr._eval_power)  # type: ignore[attr-defined]


def _commutes(e: Any) -> bool:
    return all(map(_commutes, e.args)) if e.is_Function else e.is_commutative


@lru_cache(HEADS)
def _compared_by_head(a: type, b: type) -> int:
    return _cmp_name(a, b)


def _compared(a: Any, b: Any) -> int:
    """Basic.compare(a, b)."""
    return (a.__class__ is not b.__class__ and _compared_by_head(a.__class__, b.__class__)) or a.compare(b)


_in_order = cmp_to_key(_compared)


def add(*terms: Any) -> Any:
    """Add(*terms)."""
    some = tuple(t for t in terms if t is not S.Zero)
    return _add(some) if len(some) > 1 else some[0] if some else S.Zero


def mul(*factors: Any) -> Any:
    """Mul(*factors)."""
    some = tuple(f for f in factors if f is not S.One)
    return _mul(some) if len(some) > 1 else some[0] if some else S.One


def power(base: Any, exponent: Any) -> Any:
    """Pow(base, exponent)."""
    return base if exponent is S.One else _power(base, exponent)


def negative(u: Any) -> Any:
    """-u."""
    return mul(S.NegativeOne, u)


@lru_cache(KEPT)
def _add(terms: tuple[Any, ...]) -> Any:
    number: Any = S.Zero
    found: dict[tuple[Any, ...], tuple[Any, Any]] = {}  # factors of a term -> its coefficient, and the term if it was met once
    waiting = list(terms)
    for term in waiting:
        kind = _kind(term.__class__)
        if kind is NUMBER:
            number = term if number is S.Zero else number + term
            continue
        if kind is ODD or not _commutes(term):
            return Add(*terms)
        if kind is SUM:
            waiting += term.args
            continue
        c, factors = S.One, (term,)
        if kind is PRODUCT:
            factors = term.args
            if factors[0].is_Number:
                c, factors = factors[0], factors[1:]
            if _kind(c.__class__) is ODD or (len(factors) == 1 and not _stays(factors[0])):
                return Add(*terms)
        elif kind is POWER and not _stays(term):
            return Add(*terms)
        if factors in found:
            found[factors] = found[factors][0] + c, None
        else:
            found[factors] = c, term
    new = [term or _term(c, factors) for factors, (c, term) in found.items() if c is not S.Zero]
    if len(new) > 1:
        new.sort(key=_in_order)
    return Add._from_args(new if number is S.Zero else [number, *new], True)


def _stays(factor: Any) -> bool:
    """Whether a number before the factor leaves it as it is, unlike that of 2·2^x."""
    kind = _kind(factor.__class__)
    return not factor.base.is_number if kind is POWER else kind in (SUM, EXPONENTIAL, PLAIN)


def _term(c: Any, factors: tuple[Any, ...]) -> Any:
    return Mul._from_args(factors if c is S.One else (c, *factors), True)


@lru_cache(KEPT)
def _mul(factors: tuple[Any, ...]) -> Any:
    number: Any = S.One
    powers: dict[Any, list[tuple[Any, Any]]] = {}  # base -> its exponents, each with the factor that it was met in
    waiting = list(factors)
    for factor in waiting:
        kind = _kind(factor.__class__)
        if kind is NUMBER:
            number = factor if number is S.One else number * factor
            continue
        if kind is ODD or not _commutes(factor):
            return Mul(*factors)
        if kind is PRODUCT:
            waiting += factor.args
            continue
        base, exponent = factor, S.One
        if kind is POWER:
            base, exponent = factor.args
            if base.is_number or (exponent.is_Integer and not _has_powers(base.__class__)):
                return Mul(*factors)
        elif kind is EXPONENTIAL:
            base, exponent = S.Exp1, factor.args[0]
        powers.setdefault(base, []).append((exponent, factor))
    new = []
    for base, met in powers.items():
        joined = [met[0][1]] if len(met) == 1 else _joined(base, met)
        if joined is None:
            return Mul(*factors)
        new += joined
    if number is S.Zero or (number is not S.One and len(new) == 1 and new[0].is_Add):
        return Mul(*factors)
    if len(new) > 1:
        new.sort(key=_in_order)
    return Mul._from_args(new if number is S.One else [number, *new], True)


def _joined(base: Any, met: list[tuple[Any, Any]]) -> list[Any] | None:
    """The product of powers of one base as factors, None where it is left to SymPy."""
    exponents = [exponent for exponent, _ in met]
    if base is S.Exp1:
        directions = {exponent.as_coeff_Mul()[1] for exponent in exponents}
        return [factor for _, factor in met] if len(directions) == len(met) else None
    if not all(exponent.is_Rational for exponent in exponents) or (base.is_Add and not _INFINITE.isdisjoint(base.args)):
        return None
    exponent = sum(exponents[1:], exponents[0])
    if exponent is S.Zero:
        return []
    joined = power(base, exponent)
    return [joined] if joined is base or (joined.is_Pow and joined.base == base) else None


@lru_cache(KEPT)
def _power(base: Any, exponent: Any) -> Any:
    if not exponent.is_Rational or exponent is S.Zero or not base.is_commutative:
        return Pow(base, exponent)
    if not _has_powers(base.__class__) or (len(base.args) == 2 and any(map(_may_be_infinite, base.args))):
        return Pow(base, exponent)
    made = Expr.__new__(Pow, base, exponent)
    made.is_commutative = True
    return made


def _may_be_infinite(term: Any) -> bool:
    """Whether infinity or i is a factor of the term, with which SymPy looks closer at a power of the sum."""
    return any(a in _INFINITE or a is S.ImaginaryUnit for a in (term, *term.args))
