"""How closely a Taylor polynomial touches its function: numbers of both on a line through the point.

On the line a + t·v the polynomial is Σ P_k·t^k, and a right one differs from the function by R·t^(n+1) and less. At t = 2^-s this
is far below the least term as soon as s is large enough, so that one comparison of two long numbers judges every coefficient.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from math import ceil, inf, prod
from typing import Any

import flint
from flint import arb, fmpq, fmpz
from mpmath import mp
from sympy import Expr, S, Symbol

from symcalc.calculus.differences import ball
from symcalc.calculus.enclosure import NoBall
from symcalc.calculus.numeric import Evaluator, NotEvaluable
from symcalc.calculus.program import Program
from symcalc.notation import Polynomial, is_rational
from symcalc.result import Claim

CLOSE = 32
"""A polynomial is right where it differs from the function by less than 2^-CLOSE of its least term."""
FIRST, FURTHER = 48, 16
"""The bits of 1/t at the first trial beyond those between the largest and the least term; those to the next t, for the rate."""
ROUNDS = 3
GUARD = 64
MOST_BITS = 4_000_000
SIZING = (64, 256, 1024, 4096)
"""Bits with which the sizes of the coefficients are computed: terms of a constant may cancel."""
DIGITS = (25, 100, 600)
"""What mpmath has beyond the digits that the comparison needs, where two numbers differ: cancellation is not a mistake."""


def order_of_contact(claim: Claim, values: Mapping[Symbol, Any], real: bool) -> int:
    """n + 1 where the polynomial of degree n of the claim agrees with its function, for these values of the names that are no
    variables; else the order of the first term in which they differ. Raises NotEvaluable and NoRealValue."""
    if real:
        try:
            return Line(claim, Balls(claim, values)).order()
        except NoBall:
            pass
    order = 0
    for digits in DIGITS:
        with mp.workdps(digits):
            order = Line(claim, Decimals(claim, values, real)).order()
        if order > claim.degree:
            break
    return order


class Parts:
    """What there is to evaluate: the function, a part of the polynomial that has no terms, and coefficients."""

    def __init__(self, claim: Claim) -> None:
        has_terms = isinstance(claim.value, Polynomial)
        self.functions: list[Expr] = [claim.function, S.Zero if has_terms else claim.value]
        self.terms = claim.value.terms if has_terms else ()
        self.constants: list[Expr] = [c for _, c in self.terms if not is_rational(c)]
        self.point: list[Expr] = [claim.point[x] for x in claim.variables] if claim.point else []


class Balls:
    """Values in balls. Raises NoBall where there is no certified enclosure."""

    def __init__(self, claim: Claim, values: Mapping[Symbol, Any]) -> None:
        parts, names = Parts(claim), list(values)
        self.terms, self.precision, self.number = parts.terms, flint.ctx.workprec, arb
        self._names = [ball(value) for value in values.values()]
        self._constants, self._point = Program(parts.constants, names), Program(parts.point, names)
        self._functions = Program(parts.functions, [*claim.variables, *names])

    def constants(self) -> list[Any]:
        """The coefficients that are no rational numbers."""
        return self._constants(self._names)

    def difference(self, shifts: Sequence[Any]) -> Any:
        """The function, less what the polynomial has beside its terms, so far from the point."""
        at = [a + h for a, h in zip(self._point(self._names), shifts, strict=True)]
        f, rest = self._functions([*at, *self._names])
        return f - rest

    def size(self, value: Any) -> float:
        """An upper bound of log2|value|."""
        if not value.is_finite():
            return inf
        mantissa, exponent = value.abs_upper().man_exp()
        return int(mantissa).bit_length() + int(exponent) if mantissa else -inf

    def error(self, value: Any, _largest: float) -> float:
        """The logarithm of the error of a value."""
        return self.size(value.rad())


class Decimals:
    """Values by mpmath, whose errors are not known: they are computed with as many digits more as mpmath has outside."""

    def __init__(self, claim: Claim, values: Mapping[Symbol, Any], real: bool) -> None:
        self._parts, self._variables = Parts(claim), claim.variables
        self.terms, self._values, self._real, self._more = self._parts.terms, dict(values), real, mp.prec

    def precision(self, bits: int) -> Any:
        return mp.workprec(bits + self._more)

    def number(self, c: fmpq) -> Any:
        return mp.mpf(int(c.p)) / int(c.q)

    def constants(self) -> list[Any]:
        return list(map(Evaluator(self._values, self._real), self._parts.constants))

    def difference(self, shifts: Sequence[Any]) -> Any:
        point = map(Evaluator(self._values, self._real), self._parts.point)
        at = {x: a + h for x, a, h in zip(self._variables, point, shifts, strict=True)}
        f, rest = map(Evaluator({**self._values, **at}, self._real), self._parts.functions)
        return f - rest

    def size(self, value: Any) -> float:
        return float(mp.mag(value)) if value else -inf

    def error(self, _value: Any, largest: float) -> float:
        return largest - mp.prec + self._more


class Line:
    """The function and the polynomial of a claim on a line through the point, in numbers of one kind. Raises NoBall where balls
    do not say enough."""

    def __init__(self, claim: Claim, numbers: Balls | Decimals) -> None:
        self.numbers, self.n = numbers, claim.degree
        count = len(claim.variables)
        rng = random.Random(count)
        self.direction = [k * rng.choice((-1, 1)) for k in rng.sample(range(2, 10 + count), count)]
        powers = [[fmpz(v) ** k for k in range(self.n + 1)] for v in self.direction]
        self.rational, self.others = [fmpq(0)] * (self.n + 1), []
        sizes: list[tuple[int, float]] = []
        for m, c in numbers.terms:
            k, weight = sum(m), prod((powers[i][j] for i, j in enumerate(m) if j), start=fmpz(1))
            if is_rational(c):
                value = (c if type(c) is fmpq else fmpq(int(c.p), int(c.q))) * weight
                self.rational[k] += value
                sizes.append((k, value.p.bit_length() - value.q.bit_length()))
            else:
                self.others.append((k, int(weight)))
        sizes += self._sizes_of_others()
        sizes = [(k, size) for k, size in sizes if size > -inf] or [(0, 0)]
        self.largest, self.least = max(size for _, size in sizes), min(size for _, size in sizes)
        if self.largest == inf:
            raise NoBall
        top = max(k for k, _ in sizes)
        self.start = FIRST + ceil(max(size for k, size in sizes if k >= top - 1) - self.least)

    def _sizes_of_others(self) -> list[tuple[int, float]]:
        """The degrees and logarithms of the terms that are no rational numbers, with as many digits as these take."""
        sizes: list[tuple[int, float]] = []
        for bits in SIZING if self.others else ():
            with self.numbers.precision(bits):
                values = [c * w for (_, w), c in zip(self.others, self.numbers.constants(), strict=True)]
                sizes = [(k, self.numbers.size(value)) for (k, _), value in zip(self.others, values, strict=True)]
                if all(self.numbers.error(v, size) < size - 2 for v, (_, size) in zip(values, sizes, strict=True)):
                    break
        return sizes

    def order(self) -> int:
        """n + 1 where the two agree, else the order of the first term in which they differ."""
        s, rate = self.start, 0.0
        for _ in range(ROUNDS):
            here = self.apart(s)
            if here <= self.close(s):
                return self.n + 1
            rate = (here - self.apart(s + FURTHER)) / FURTHER
            left_out = here + s * (self.n + 1)
            s = max(s, ceil(left_out - self.least)) + CLOSE if rate > self.n + 0.5 else 2 * s
        return min(self.n + 1, max(0, round(rate)))

    def close(self, s: int) -> float:
        """The logarithm of a difference at 2^-s that is none: far below the least term."""
        return self.least - CLOSE - self.n * s

    def apart(self, s: int) -> float:
        """The logarithm of the difference between function and polynomial at 2^-s."""
        numbers = self.numbers
        bits = ceil(self.largest - self.close(s)) + GUARD
        for _ in range(ROUNDS):
            if bits > MOST_BITS:
                raise NotEvaluable("its numbers have too many digits")
            with numbers.precision(bits):
                t = numbers.number(fmpq(1, fmpz(2) ** s))
                parts = list(map(numbers.number, self.rational))
                for (k, weight), c in zip(self.others, numbers.constants(), strict=True):
                    parts[k] += c * weight
                value = parts[-1]
                for part in parts[-2::-1]:
                    value = value * t + part
                difference = numbers.difference([v * t for v in self.direction]) - value
                found = numbers.size(difference)
                if numbers.error(difference, self.largest) < max(self.close(s), found - 2):
                    return found
            bits *= 2
        raise NoBall
