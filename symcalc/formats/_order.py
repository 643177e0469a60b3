"""The order in which a person writes: the terms of a sum, the factors of a product, what stands under the fraction line.

Nothing here builds a new expression out of a product, because SymPy would multiply 2·(x + 1) out. A sum is ordered by
total degree and then by exponents in the natural order of the variables; constants come last; a positive term comes first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import Any, NamedTuple

from sympy import Add, Float, Integer, Mul, Pow, Rational, S, Symbol, exp, log
from sympy.core.function import Function

from symcalc.notation import Diff, Head, OrderedSum, Polynomial, Primed, natural_key, natural_order

FIRST_FUNCTIONS = ("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh")
"""Functions in the order of a product: sin(x)·cos(x); all others follow by name."""

FEW = 4
"""Sums with at most this many terms are turned so that a positive term comes first; longer ones keep their degrees in order."""


# --- products ----------------------------------------------------------------------------------------------------


class Quotient(NamedTuple):
    """±(numerator factors)/(denominator factors), each in the order written; an empty side means 1."""

    negative: bool
    numerator: Sequence[Any]
    denominator: Sequence[Any]


def quotient(e: Any) -> Quotient:
    """The expression as sign, numerator and denominator, without evaluating anything."""
    if e.is_Mul and (found := _monomial(*e.args)) is not None:
        return found
    negative, above, below = False, [], []
    for factor in e.args if e.is_Mul else (e,):
        if factor.is_Rational:
            negative ^= factor.p < 0
            above += [Integer(abs(factor.p))] if abs(factor.p) != 1 else []
            below += [Integer(factor.q)] if factor.q != 1 else []
        elif isinstance(factor, Float) and factor < 0:
            negative = not negative
            above.append(-factor)
        elif (flipped := _flipped(factor)) is not None:
            below.append(flipped)
        else:
            above.append(factor)
    if e.is_commutative is False:
        return Quotient(negative, above, below)
    return Quotient(negative, sorted(above, key=factor_key), sorted(below, key=factor_key))


def _monomial(number: Any, *powers: Any) -> Quotient | None:
    """The same of a rational number and whole powers of names, which needs no keys; None of anything else."""
    if not number.is_Rational:
        return None
    named = []
    for power in powers:
        base, k = (power, S.One) if power.is_Symbol else power.args if power.is_Pow else (number, S.One)
        if not (base.is_Symbol and k.is_Integer and k.p > 0):
            return None
        named.append((natural_key(base.name), power))
    if len(named) > 1:
        named.sort(key=itemgetter(0))
    above = [power for _, power in named]
    if abs(number.p) != 1:
        above.insert(0, Integer(abs(number.p)))
    return Quotient(number.p < 0, above, [] if number.q == 1 else [Integer(number.q)])


def is_negative(e: Any) -> bool:
    """Whether the expression is written with a minus in front."""
    numbers = [f for f in (e.args if e.is_Mul else (e,)) if f.is_Rational or isinstance(f, Float)]
    return sum(1 for n in numbers if n < 0) % 2 == 1


def _flipped(factor: Any) -> Any:
    """The base under the fraction line of a negative rational power, else None."""
    if factor.is_Pow and factor.exp.is_Rational and factor.exp.p < 0 and factor.is_commutative:
        return factor.base if factor.exp == -1 else Pow(factor.base, -factor.exp, evaluate=False)
    if isinstance(factor, exp) and factor.args[0].is_Rational and factor.args[0].p < 0:
        return exp(-factor.args[0])
    return None


def factor_key(factor: Any) -> tuple[Any, ...]:
    """Numbers, constants, powers of variables, exponentials, functions, sums, derivatives not yet carried out."""
    if isinstance(factor, Head) and factor.undone:
        return (6, [], 0, str(factor), [])
    if isinstance(factor, Polynomial):
        return (5, [], 0, "", _names(factor))
    if factor.is_Integer or factor.is_Rational or isinstance(factor, Float):
        return (0, [], 0, "", [])
    if factor.is_number and not (isinstance(factor, Function) and not isinstance(factor, exp)):
        return (1, [], 0 if factor.is_Pow else 2 if factor is S.ImaginaryUnit else 1, str(factor), [])
    base = factor.base if factor.is_Pow else factor
    if base.is_Symbol:
        return (2, natural_key(base.name), 0, "", [])
    names = _names(base)
    if base.is_Add:
        return (5, [], 0, "", names)
    if isinstance(factor, exp) or (factor.is_Pow and base.is_number):
        return (3, [], 0, "", names)
    return (4, names, _function_rank(base), *_named(base))


def _names(e: Any) -> list[Any]:
    return [natural_key(s.name) for s in natural_order(e.free_symbols)]


def _named(e: Any) -> tuple[str, list[int]]:
    """The name of a function and how often it is differentiated, so that f(x), f'(x), g(x) stand in this order."""
    return (type(e.applied).__name__, list(e.orders)) if isinstance(e, Primed) else (type(e).__name__, [])


def _function_rank(e: Any) -> int:
    name = type(e).__name__
    return FIRST_FUNCTIONS.index(name) if name in FIRST_FUNCTIONS else len(FIRST_FUNCTIONS)


# --- sums --------------------------------------------------------------------------------------------------------


class _Weight:
    """What orders a term: its powers of variables, its other factors, how many of its factors are sums."""

    __slots__ = ("functions", "others", "powers", "sums")

    def __init__(self) -> None:
        self.powers: dict[int, Fraction | int] = {}
        self.others: list[tuple[Any, ...]] = []
        self.functions: Fraction | int = 0
        self.sums = 0

    @property
    def degree(self) -> Fraction | int:
        return sum(self.powers.values())

    def key(self) -> tuple[Any, ...]:
        exponents = tuple((i, -n) for i, n in sorted(self.powers.items()) if n)
        constant = not (exponents or self.others or self.sums)
        return (constant, -self.degree, exponents, -self.functions, sorted(self.others), self.sums)


def ordered_terms(total: Any) -> list[Any]:
    """The terms of a sum as a person writes them: x² + 2x·y + 1, 1 - x, 1 + e^(-x), ln(x) + 1."""
    rank = {s: i for i, s in enumerate(natural_order(total.free_symbols))}
    undone = total.has(Diff)
    weighed = [(_weight(_carried_out(term) if undone else term, rank), term) for term in total.args]
    weighed.sort(key=lambda pair: pair[0].key())
    terms = [term for _, term in weighed]
    if len(terms) == 2 and _constant_leads(weighed[0][0], *terms):
        return terms[::-1]
    if len(terms) > FEW or not is_negative(terms[0]):
        return terms
    polynomial = len(rank) == 1 and not any(w.others or w.sums for w, _ in weighed)
    if polynomial and not is_negative(terms[-1]):
        return terms[::-1]
    return sorted(terms, key=is_negative)


def _carried_out(term: Any) -> Any:
    """The term with the functions of its derivatives in their place: d/dx[x²] stands where x² would."""
    return term.xreplace({head: head.function for head in term.atoms(Diff)})


def _constant_leads(weight: _Weight, term: Any, constant: Any) -> bool:
    """1 + e^(-x) and 1 + cos(x), but ln(x) + 1, x + 1 and e^x - 1."""
    bare_function = weight.others and not weight.degree and not weight.sums
    return bool(bare_function and constant.is_number and not is_negative(constant) and not term.has(log))


def _weight(term: Any, rank: Mapping[Symbol, int]) -> _Weight:
    weight = _Weight()
    for factor in Mul.make_args(term):
        base, power = _power(factor)
        if base.is_number:
            continue
        if base.is_Symbol and base in rank:
            weight.powers[rank[base]] = weight.powers.get(rank[base], 0) + power
        elif base.is_Add or isinstance(base, OrderedSum):
            weight.sums += 1
            for variable, n in min((_weight(t, rank) for t in base.args), key=_Weight.key).powers.items():
                weight.powers[variable] = weight.powers.get(variable, 0) + n * power
        else:
            weight.functions += power
            name, orders = _named(base)
            rank_of = (_names(base), _function_rank(base), name, -sum(orders), orders)
            weight.others.append((*rank_of, -power, *_argument_key(base)))
    return weight


def _power(factor: Any) -> tuple[Any, Fraction | int]:
    if factor.is_Pow and factor.exp.is_Rational:
        return factor.base, int(factor.exp.p) if factor.exp.is_Integer else Fraction(factor.exp.p, factor.exp.q)
    return factor, 1


def _argument_key(e: Any) -> tuple[Any, ...]:
    """Breaks ties: e^x before e^(-x), then SymPy's own order."""
    coefficient = e.args[0].as_coeff_Mul()[0] if isinstance(e, exp) else S.Zero
    return (Fraction(-coefficient.p, coefficient.q) if isinstance(coefficient, Rational) else 0, _InSymPysOrder(e))


class _InSymPysOrder:
    """An expression whose sort key is asked for only where nothing before it decides: it takes long."""

    __slots__ = ("e",)

    def __init__(self, e: Any) -> None:
        self.e = e

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _InSymPysOrder) and self.e == other.e

    def __lt__(self, other: _InSymPysOrder) -> bool:
        return bool(self.e.sort_key() < other.e.sort_key())


def ordered(e: Any) -> list[Any]:
    """The terms of a sum in natural order, or in its own where it has one; anything else as its only term."""
    if isinstance(e, OrderedSum):
        return list(e.args)
    return ordered_terms(e) if isinstance(e, Add) else [e]
