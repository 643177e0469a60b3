"""All complex zeros of a zero-dimensional ideal, as elements of number fields, by linear algebra in Q[x]/I."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator, Sequence
from math import isqrt
from typing import Any

from flint import fmpq, fmpq_mat, fmpq_poly, fmpz, nmod_mat

from symcalc.calculus.stationary.ideal import Ring, TooHard, leading

MOST_ZEROS = 260
PRIME = (1 << 61) - 1
SMALL = 30
"""Up to this dimension FLINT's characteristic polynomial is quick."""
MOST_BITS = 50_000
"""Of the product of the primes by which a characteristic polynomial is found."""
Monomial = tuple[int, ...]


class Zeros:
    """Conjugate zeros: t runs through the roots of the irreducible `modulus`, and x_i = numerator_i(t)/denominator(t)."""

    __slots__ = ("denominator", "modulus", "numerators")

    def __init__(self, modulus: Any, denominator: Any, numerators: Sequence[Any]) -> None:
        self.modulus, self.denominator, self.numerators = modulus, denominator, list(numerators)


def zeros(ring: Ring, basis: Sequence[Any]) -> list[Zeros]:
    """All zeros of the ideal of a reduced Gröbner basis, one item for each class of conjugates.

    Where some t = Σ c_i x_i generates Q[x]/I (its minimal polynomial mod a large prime has full degree), the
    numerators follow from the generating series of a linear form (Rouillier's rational univariate representation).
    Otherwise the ideal is made radical first (Seidenberg's lemma 92), after which a generic t does.
    """
    if any(p.is_constant() for p in basis):
        return []
    quotient = _Quotient(ring.size, basis)
    found = _represent(quotient, _directions(ring.size, 5))
    if found is None:
        quotient = _Quotient(ring.size, _radical(ring, basis, quotient))
        found = _represent(quotient, _directions(ring.size, 60))
    if found is None:
        raise TooHard("no separating linear form")
    return found


class _Quotient:
    """Q[x]/I: the standard monomials and the matrix of multiplication by each variable."""

    def __init__(self, size: int, basis: Sequence[Any]) -> None:
        self.size = size
        self.monomials = _standard_monomials(size, [leading(p) for p in basis])
        self.position = {m: i for i, m in enumerate(self.monomials)}
        self._tails = {leading(p): _tail(p) for p in basis}
        self._known: dict[Monomial, list[Any]] = {}
        dimension = self.dimension
        columns = [[self._normal_form(_times(m, i)) for m in self.monomials] for i in range(size)]
        self.matrices = [fmpq_mat(dimension, dimension, [c[r] for r in range(dimension) for c in cs]) for cs in columns]

    @property
    def dimension(self) -> int:
        return len(self.monomials)

    def _normal_form(self, monomial: Monomial) -> list[Any]:
        if monomial not in self._known:
            self._known[monomial] = self._reduce(monomial)
        return self._known[monomial]

    def _reduce(self, monomial: Monomial) -> list[Any]:
        vector = [fmpq(0)] * self.dimension
        if monomial in self.position:
            vector[self.position[monomial]] = fmpq(1)
        elif monomial in self._tails:
            for smaller, c in self._tails[monomial]:
                _accumulate(vector, c, self._normal_form(smaller))
        else:
            i, below = next((i, b) for i, b in _divided(monomial) if b not in self.position)
            for j, c in enumerate(self._normal_form(below)):
                if c:
                    _accumulate(vector, c, self._normal_form(_times(self.monomials[j], i)))
        return vector


def _accumulate(vector: list[Any], factor: Any, summand: list[Any]) -> None:
    for i, a in enumerate(summand):
        if a:
            vector[i] += factor * a


def _times(monomial: Monomial, i: int) -> Monomial:
    return (*monomial[:i], monomial[i] + 1, *monomial[i + 1 :])


def _divided(monomial: Monomial) -> Iterator[tuple[int, Monomial]]:
    for i, power in enumerate(monomial):
        if power:
            yield i, (*monomial[:i], power - 1, *monomial[i + 1 :])


def _tail(polynomial: Any) -> list[tuple[Monomial, Any]]:
    """The leading monomial as a combination of the others."""
    coefficients = polynomial.coeffs()
    rest = zip(polynomial.monoms()[1:], coefficients[1:], strict=True)
    return [(tuple(m), -fmpq(c, coefficients[0])) for m, c in rest]


def _standard_monomials(size: int, heads: Sequence[Monomial]) -> list[Monomial]:
    found: list[Monomial] = []
    front = [(0,) * size]
    while front:
        found += front
        if len(found) > MOST_ZEROS:
            raise TooHard(f"more than {MOST_ZEROS} complex solutions in one case")
        candidates = {_times(m, i) for m in front for i in range(size)}
        front = sorted(m for m in candidates if not any(all(a <= b for a, b in zip(h, m, strict=True)) for h in heads))
    return found


def _directions(size: int, tries: int) -> Iterator[list[int]]:
    """Coefficients of t to try: each variable, the last first, then combinations."""
    yield from ([int(i == j) for i in range(size)] for j in range(size - 1, -1, -1))
    yield from ([k**i for i in range(size)] for k in range(1, tries))


def _represent(quotient: _Quotient, directions: Iterator[list[int]]) -> list[Zeros] | None:
    for coefficients in directions:
        terms = [m * c for m, c in zip(quotient.matrices, coefficients, strict=True) if c]
        t = sum(terms[1:], start=terms[0])
        if _modular(t).minpoly().degree() == quotient.dimension:
            return _numerators(quotient, t)
    return None


def _modular(matrix: Any, prime: int = PRIME) -> Any:
    """The matrix modulo a prime. Raises ValueError where a denominator vanishes."""
    entries = [int(a.p) % prime * pow(int(a.q), -1, prime) % prime for a in matrix.entries()]
    return nmod_mat(matrix.nrows(), matrix.ncols(), entries, prime)


def _characteristic(t: Any, powers: Sequence[Any]) -> Any:
    """The characteristic polynomial of the multiplication by t, of which `powers` are 1, t, t², ..., tⁿ in the quotient.

    It is found modulo primes and lifted to the rationals; that it vanishes at t is seen exactly, and since the minimal
    polynomial has degree n, it is that one.
    """
    modulus, found, prime = 1, [0] * len(powers), PRIME
    while modulus.bit_length() < MOST_BITS:
        for _ in range(max(1, modulus.bit_length() // PRIME.bit_length())):
            with contextlib.suppress(ValueError):
                residues = [int(c) for c in _modular(t, prime).charpoly().coeffs()]
                inverse = pow(modulus, -1, prime)
                found = [a + modulus * ((b - a) * inverse % prime) for a, b in zip(found, residues, strict=True)]
                modulus *= prime
            prime = _prime_below(prime)
        lifted = [_rational(a, modulus) for a in found]
        if None not in lifted and not any(
            sum((p * c for p, c in zip(powers, lifted, strict=True)), start=powers[0] * 0).entries()
        ):
            return fmpq_poly(lifted)
    return t.charpoly()


def _vanishes(powers: Sequence[Any], coefficients: Sequence[Any]) -> bool:
    """Whether the linear combination of the vectors is zero."""
    return not any(sum((p * c for p, c in zip(powers, coefficients, strict=True)), start=powers[0] * 0).entries())


def _prime_below(prime: int) -> int:
    return next(n for n in range(prime - 2, 2, -2) if fmpz(n).is_prime())


def _rational(residue: int, modulus: int) -> Any:
    """The fraction a/b with a ≡ residue·b and |a|, b below √(modulus/2), None where there is none; Wang, A p-adic algorithm
    for univariate partial fractions, 1981."""
    bound = isqrt(modulus // 2)
    (a, b), (c, d) = (modulus, 0), (residue % modulus, 1)
    while c > bound:
        q = a // c
        (a, b), (c, d) = (c, d), (a - q * c, b - q * d)
    return fmpq(c, d) if 0 < abs(d) <= bound else None


def _numerators(quotient: _Quotient, t: Any) -> list[Zeros]:
    dimension = quotient.dimension
    powers = [fmpq_mat(dimension, 1, [int(i == 0) for i in range(dimension)])]
    for _ in range(dimension):
        powers.append(t * powers[-1])
    characteristic = _characteristic(t, powers) if dimension > SMALL else t.charpoly()
    del powers[dimension]
    reverse = fmpq_poly(characteristic.coeffs()[::-1])
    numbers = random.Random(1)
    while True:
        form = fmpq_mat(1, dimension, [numbers.randint(1, 99) for _ in range(dimension)])
        series = [[(row * p)[0, 0] for p in powers] for row in (form, *(form * m for m in quotient.matrices))]
        denominator, *numerators = [_numerator(s, reverse, dimension) for s in series]
        if denominator.gcd(characteristic).degree() == 0:
            break
    factors = [fmpq_poly(q) for q, _ in characteristic.numer().factor()[1]]
    return [Zeros(q, denominator % q, [p % q for p in numerators]) for q in factors]


def _numerator(series: list[Any], reverse: Any, dimension: int) -> Any:
    product = (fmpq_poly(series) * reverse).coeffs() + [0] * dimension
    return fmpq_poly(product[:dimension][::-1])


def _radical(ring: Ring, basis: Sequence[Any], quotient: _Quotient) -> tuple[Any, ...]:
    """The basis of the radical: the square-free part of each variable's minimal polynomial joins the ideal."""
    added = []
    for i, matrix in enumerate(quotient.matrices):
        minimal = matrix.minpoly()
        square_free = (minimal // minimal.gcd(minimal.derivative())).numer()
        terms = enumerate(square_free.coeffs())
        added.append(ring.context.from_dict({tuple(k * (i == j) for j in range(ring.size)): c for k, c in terms if c}))
    return ring.basis([*basis, *added])
