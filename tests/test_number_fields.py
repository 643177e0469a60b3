"""Real roots refined by Newton's method, and characteristic polynomials found modulo primes, against FLINT's own."""

from __future__ import annotations

import random

from flint import fmpq, fmpq_mat, fmpz_poly

from symcalc.calculus.stationary import quotient
from symcalc.calculus.stationary.field import Field, _refined, evaluate


def test_refined_roots_lie_in_the_isolating_balls_and_are_roots():
    rng = random.Random(2)
    for degree in (2, 3, 5, 9, 20, 40):
        polynomial = fmpz_poly([rng.randint(-(10**9), 10**9) for _ in range(degree)] + [rng.randint(1, 9)])
        for factor, _ in polynomial.factor()[1]:
            if factor.degree() < 2:
                continue
            field = Field(factor)
            coarse, fine = field.roots(128), field.roots(2048)
            assert len(coarse) == len(fine) == len(field._isolated(512))
            for wide, narrow in zip(coarse, fine, strict=True):
                assert wide.contains(narrow)
                assert narrow.rel_accuracy_bits() >= 2048
                assert evaluate(factor, narrow).contains(0)


def test_a_ball_without_a_simple_root_is_not_made_smaller():
    square = fmpz_poly([1, -2, 1])
    (ball,) = Field(fmpz_poly([-1, 1])).roots(128)
    assert _refined(square, ball + 0, 256) is None or evaluate(square, ball).contains(0)


class Entries:
    """A matrix that has no characteristic polynomial of its own."""

    def __init__(self, matrix):
        self.entries, self.nrows, self.ncols = matrix.entries, matrix.nrows, matrix.ncols


def test_characteristic_polynomials_by_primes_are_those_of_flint():
    """Multiplication by x in Q[x]/p has the companion matrix of p for its matrix."""
    rng = random.Random(9)
    for n in (1, 2, 7, 40):
        rows = [[fmpq(0)] * n for _ in range(n)]
        for i in range(1, n):
            rows[i][i - 1] = fmpq(1)
        for i in range(n):
            rows[i][n - 1] = fmpq(rng.randint(-(10**25), 10**25), rng.randint(1, 10**12))
        t = fmpq_mat(n, n, [a for row in rows for a in row])
        powers = [fmpq_mat(n, 1, [int(i == 0) for i in range(n)])]
        for _ in range(n):
            powers.append(t * powers[-1])
        assert quotient._characteristic(Entries(t), powers) == t.charpoly()


def test_fractions_are_found_again_from_their_residues():
    rng, modulus = random.Random(1), ((1 << 61) - 1) * ((1 << 89) - 1)
    for _ in range(200):
        a, b = rng.randint(-(2**60), 2**60), rng.randint(1, 2**60)
        assert quotient._rational(a * pow(b, -1, modulus) % modulus, modulus) == fmpq(a, b)
    assert quotient._prime_below((1 << 61) - 1) == 2305843009213693921
