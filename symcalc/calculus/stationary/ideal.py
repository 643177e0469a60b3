"""Polynomial ideals over the rationals: Gröbner bases, splitting by factors, dimension, independent variables."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flint import Ordering, fmpz_mpoly_ctx, fmpz_mpoly_vec
from sympy import Expr, Mul, Poly, Symbol

BASIS_LIMITS = (150, 3000, 8000)
"""Buchberger's algorithm gives up beyond so many polynomials, terms in one, bits in a coefficient."""

MOST_COMPONENTS = 400
MOST_TERMS = 3000
MOST_FACTORED_DEGREE = 40
"""Factoring a dense polynomial of a higher degree in several variables may take very long."""


class TooHard(Exception):
    """A bound on the size of an exact computation was reached."""


@dataclass(frozen=True, slots=True)
class Component:
    """The zeros of `basis` (a reduced grevlex Gröbner basis) where no polynomial of `apart` vanishes."""

    basis: tuple[Any, ...]
    apart: tuple[Any, ...]


class Ring:
    """Z[variables] in graded reverse lexicographic order, and the way there from SymPy and back."""

    def __init__(self, variables: Sequence[Symbol]) -> None:
        self.variables = tuple(variables)
        self.context = fmpz_mpoly_ctx.get([f"v{i}" for i in range(len(self.variables))], Ordering.degrevlex)

    @property
    def size(self) -> int:
        return len(self.variables)

    def read(self, expression: Expr) -> Any:
        """A polynomial expression with rational coefficients as a primitive integer polynomial."""
        poly = Poly(expression, *self.variables, domain="QQ").clear_denoms()[1]
        if len(poly.terms()) > MOST_TERMS:
            raise TooHard(f"a polynomial with more than {MOST_TERMS} terms")
        return self.context.from_dict({monomial: int(c) for monomial, c in poly.terms() if c})

    def write(self, polynomial: Any) -> Expr:
        """The SymPy expression of a polynomial."""
        terms = zip(polynomial.monoms(), polynomial.coeffs(), strict=True)
        return sum(int(c) * Mul(*(v**k for v, k in zip(self.variables, m, strict=True))) for m, c in terms)

    def basis(self, polynomials: Sequence[Any]) -> tuple[Any, ...]:
        """The reduced Gröbner basis, short polynomials first; (1,) when there is no common zero."""
        given = fmpz_mpoly_vec([p for p in polynomials if p != 0], self.context)
        found, finished = given.buchberger_naive(limits=BASIS_LIMITS)
        if not finished:
            raise TooHard("the Gröbner basis")
        reduced = (p.primitive()[1] for p in found.autoreduction())
        return tuple(sorted(reduced, key=lambda p: (len(p.monoms()), str(p))))

    def reduces_to_zero(self, polynomial: Any, basis: Sequence[Any]) -> bool:
        """Is the polynomial in the ideal of the Gröbner basis?"""
        if not basis:
            return bool(polynomial == 0)
        return bool(polynomial.reduction_primitive_part(fmpz_mpoly_vec(list(basis), self.context)) == 0)


def split(ring: Ring, polynomials: Sequence[Any]) -> list[Component]:
    """Disjoint components whose union is the set of common zeros.

    A basis with a member g1·g2 is replaced by two: g1 = 0, and g2 = 0 where g1 is not 0. Univariate members are only
    made square-free: they split later, in the quotient ring, without 2^k branches.
    """
    done: list[Component] = []
    waiting = [Component(tuple(map(_square_free, polynomials)), ())]
    for _ in range(MOST_COMPONENTS):
        if not waiting:
            return done
        component = waiting.pop()
        basis = ring.basis(component.basis)
        empty = len(basis) == 1 and basis[0].is_constant()
        if empty or any(ring.reduces_to_zero(p, basis) for p in component.apart):
            continue
        factors = next(filter(None, map(_factors, basis)), None)
        if factors is None:
            done.append(Component(basis, component.apart))
            continue
        waiting += [Component((*basis, f), (*component.apart, *factors[:i])) for i, f in enumerate(factors)]
    raise TooHard(f"more than {MOST_COMPONENTS} cases")


def _factors(polynomial: Any) -> list[Any] | None:
    """What a polynomial may be replaced by, or None when it is irreducible enough."""
    univariate = sum(1 for d in polynomial.degrees() if d) == 1
    if univariate or polynomial.total_degree() > MOST_FACTORED_DEGREE:
        repeated = any(power > 1 for _, power in polynomial.factor_squarefree()[1])
        return [_square_free(polynomial)] if repeated else None
    factors = polynomial.factor()[1]
    return None if len(factors) == 1 and factors[0][1] == 1 else [f for f, _ in factors]


def _square_free(polynomial: Any) -> Any:
    """The same zeros, each factor once."""
    factors = [f for f, _ in polynomial.factor_squarefree()[1]] if polynomial != 0 else []
    return math.prod(factors[1:], start=factors[0]) if factors else polynomial


def irredundant(ring: Ring, components: Sequence[Component]) -> list[Component]:
    """Without the components that lie on another one of positive dimension (as far as its ideal shows)."""
    kept = list(components)
    for outer in [c for c in components if not is_finite(ring, c.basis)]:
        if outer in kept:
            kept = [c for c in kept if c is outer or not all(ring.reduces_to_zero(p, c.basis) for p in outer.basis)]
    return kept


def leading(polynomial: Any) -> tuple[int, ...]:
    """The exponents of the leading monomial."""
    return tuple(polynomial.monoms()[0])


def is_finite(ring: Ring, basis: Sequence[Any]) -> bool:
    """Are there finitely many complex zeros? So it is when a power of every variable is a leading monomial."""
    heads = [leading(p) for p in basis]
    return all(any(sum(m) == m[i] for m in heads) for i in range(ring.size))


def independent(ring: Ring, basis: Sequence[Any]) -> tuple[int, ...]:
    """A largest set of variables (by position) no power product of which is a leading monomial; its size is the dimension."""
    heads = [leading(p) for p in basis]
    for size in range(ring.size, -1, -1):
        for chosen in itertools.combinations(range(ring.size), size):
            if all(any(m[i] for i in range(ring.size) if i not in chosen) for m in heads):
                return chosen
    return ()
