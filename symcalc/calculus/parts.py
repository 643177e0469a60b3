"""Parts of expressions that rational arithmetic leaves whole: names, and functions with their arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Dummy, Expr, Mul, S, Symbol, exp

from symcalc.calculus.measure import measure
from symcalc.calculus.table import ELEMENTARY, SPECIAL
from symcalc.notation import sigmoid

Kind = tuple[type[Dummy], int, tuple[tuple[str, bool], ...]]
"""What a tidy form depends on in a part that is left whole: whether it is a sum, its length and what is assumed of it."""
REAL = ("real", True)
FIRST_SIGN = ord("a")


@dataclass(frozen=True, slots=True)
class Monomial:
    """A term: a rational number times powers, and the names and arguments in them."""

    coefficient: Expr
    product: Expr
    letters: tuple[Expr, ...]
    length: int
    """Of the product."""
    real: bool


class Parts:
    """What is known of the parts of many expressions."""

    def __init__(self) -> None:
        self.lengths: dict[Any, int] = {}
        self._letters: dict[Expr, tuple[Expr, Expr] | None] = {}
        self._monomials: dict[Expr, Monomial | None] = {}
        self._products: dict[Expr, Expr] = {}
        self._kinds: dict[Expr, Kind] = {}
        self._signs: dict[tuple[int, Kind], Symbol] = {}

    def letter(self, e: Expr) -> tuple[Expr, Expr] | None:
        """(c, u) when the expression is the name u or a function of c·u that rational arithmetic leaves whole."""
        if e.is_Symbol:
            return S.One, e
        if e not in self._letters:
            self._letters[e] = _argument(e)
        return self._letters[e]

    def monomial(self, term: Expr) -> Monomial | None:
        """The term as a number times powers of letters, if it is one."""
        if term not in self._monomials:
            c, product = term.as_coeff_Mul()
            letters = [self.letter(_base(factor)) for factor in Mul.make_args(product)]
            known = tuple(letter[1] for letter in letters if letter is not None)
            whole = c.is_Rational and len(known) == len(letters)
            self._monomials[term] = self._new_monomial(c, product, known) if whole else None
        return self._monomials[term]

    def _new_monomial(self, c: Expr, product: Expr, letters: tuple[Expr, ...]) -> Monomial:
        product = self._products.setdefault(product, product)
        return Monomial(c, product, letters, measure(product, self.lengths), bool(product.is_extended_real))

    def kind(self, u: Expr) -> Kind:
        """The kind of a name or of an argument."""
        if u not in self._kinds:
            if u.is_Symbol:
                assumed = tuple(sorted(u.assumptions0.items()))
            else:
                assumed = (REAL,) if u.is_extended_real else ()
            self._kinds[u] = Dummy, measure(u, self.lengths), assumed
        return self._kinds[u]

    def sign(self, number: int, kind: Kind) -> Symbol:
        """A name of this kind that stands for the part with this number."""
        if (number, kind) not in self._signs:
            of, length, assumed = kind
            self._signs[number, kind] = of(chr(FIRST_SIGN + number) + "a" * (length - 1), **dict(assumed))
        return self._signs[number, kind]


def _base(factor: Expr) -> Expr:
    return factor.base if factor.is_Pow and factor.exp.is_Rational else factor


def _argument(e: Expr) -> tuple[Expr, Expr] | None:
    if len(e.args) != 1 or not (e.func in ELEMENTARY or e.func in SPECIAL) or not e.free_symbols:
        return None
    (u,) = e.args
    if not isinstance(e, exp | sigmoid):
        return S.One, u
    c, rest = u.primitive()
    return (-c, -rest) if not rest.is_Symbol and rest.could_extract_minus_sign() else (c, rest)
