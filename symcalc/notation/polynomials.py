"""Polynomials of many terms, which are objects of SymPy only where something asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, cmp_to_key
from operator import itemgetter
from typing import Any

from sympy import Basic, Expr, Integer, Mul, Pow, Rational, S, Symbol

from symcalc.notation.ordered import OrderedProduct, OrderedSum

Term = tuple[tuple[int, ...], Any]
"""Exponents, and a coefficient: an expression, or a rational number of another library with its numerator p and its
denominator q."""


class Polynomial(OrderedSum):
    """Σ coefficient·u^m·v^n over its `terms`, in their order; the `bases` are u and v: the distances x - a from a point, or
    constants."""

    def __new__(cls, terms: Iterable[Term], bases: Iterable[Expr]) -> Any:
        made = Expr.__new__(cls)
        made.terms, made.bases = tuple(terms), tuple(bases)
        return made

    @property
    def func(self) -> type[OrderedSum]:
        return OrderedSum

    @cached_property
    def args(self) -> tuple[Expr, ...]:
        """The terms as expressions."""
        return tuple(self.product(m, c) for m, c in self.terms)

    @property
    def free_symbols(self) -> set[Symbol]:
        return set().union(*(e.free_symbols for e in self.expressions))

    @property
    def expressions(self) -> list[Expr]:
        """The bases that have powers among the terms, and the coefficients that are not rational."""
        bases = [base for i, base in enumerate(self.bases) if any(m[i] for m, _ in self.terms)]
        return [*bases, *(c for _, c in self.terms if not is_rational(c))]

    @property
    def is_number(self) -> bool:
        return not self.free_symbols

    def power(self, i: int, k: int) -> Expr:
        """The power of a base; that of a distance is not multiplied out."""
        base = self.bases[i]
        return base if k == 1 else Pow(base, Integer(k), evaluate=not (base.is_Symbol or base.is_Add))

    @cached_property
    def _ranks(self) -> dict[tuple[int, int], int]:
        """The order in which SymPy keeps the factors of a product: for each base and k = 1, 2 (any higher power)."""
        samples: list[Any] = [(base**k, (i, k)) for i, base in enumerate(self.bases) for k in (1, 2)]
        samples.sort(key=cmp_to_key(_compared))
        return {key: place for place, (_, key) in enumerate(samples)}

    def _hashable_content(self) -> tuple[Any, ...]:
        return self.terms, self.bases

    def __hash__(self) -> int:
        return hash((self.bases, len(self.terms)))

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self.terms, self.bases

    def product(self, exponents: Sequence[int], coefficient: Any) -> Expr:
        """coefficient·u^m·v^n, a number in front of its bracket: products of a rational number and powers are put
        together as SymPy would, without being evaluated again."""
        value = as_expression(coefficient)
        factors = [(self._ranks[i, min(k, 2)], self.power(i, k)) for i, k in enumerate(exponents) if k]
        powers = [power for _, power in sorted(factors, key=itemgetter(0))]
        if not powers:
            return value
        if value is S.One:
            # A product of one factor keeps its brackets as the first term: (x - 1) - (x - 1)²/2.
            bracketed = len(powers) == 1 and powers[0].is_Add
            return OrderedProduct(*powers) if bracketed else Mul._from_args(powers, is_commutative=True)
        if value.is_Rational:
            return Mul._from_args((value, *powers), is_commutative=True)
        return Mul(value, *powers, evaluate=not (value.is_Number and len(powers) == 1 and powers[0].is_Add))

    def _joined(self, printer: Any) -> str:
        if not hasattr(printer, "signed_terms"):
            return super()._joined(printer)
        pieces: list[str] = []
        for negative, piece in printer.signed_terms(self):
            pieces += [" - " if negative else " + ", piece] if pieces else ["-" * negative, piece]
        return "".join(pieces) or "0"

    _line = _latex = _sympystr = _joined


def is_rational(coefficient: Any) -> bool:
    """Whether a coefficient is a rational number, of SymPy or of another library."""
    return not isinstance(coefficient, Expr) or bool(coefficient.is_Rational)


def as_expression(coefficient: Any) -> Expr:
    """A coefficient as an object of SymPy."""
    if isinstance(coefficient, Expr):
        return coefficient
    return Rational.from_coprime_ints(int(coefficient.p), int(coefficient.q))


def _compared(a: tuple[Expr, Any], b: tuple[Expr, Any]) -> int:
    return int(Basic.compare(a[0], b[0]))
