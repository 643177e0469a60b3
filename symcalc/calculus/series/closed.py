"""Power series with coefficients in closed form, as values: sums, multiples, products with powers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sympy as sp
from sympy import Expr, S, Symbol

from symcalc.calculus.sign import is_zero

MAX_PEELED = 12
"""So many terms may be taken out of a sum."""


@dataclass(frozen=True, slots=True)
class Part:
    """Σ coefficient·t^(stride·k + offset) over k ≥ first."""

    coefficient: Expr
    stride: int
    offset: int
    first: int

    def term(self, index: Symbol, k: int) -> tuple[int, Expr]:
        """Exponent and coefficient of one term."""
        return self.stride * k + self.offset, self.coefficient.subs(index, k)


@dataclass(frozen=True, slots=True)
class General:
    """A polynomial by exponents, the infinite parts, and the radius of convergence."""

    index: Symbol
    polynomial: dict[int, Expr]
    parts: tuple[Part, ...]
    radius: Expr

    def coefficient(self, exponent: int) -> Expr:
        """The coefficient of t^exponent."""
        total = self.polynomial.get(exponent, S.Zero)
        for part in self.parts:
            k, rest = divmod(exponent - part.offset, part.stride)
            if rest == 0 and k >= part.first:
                total += part.term(self.index, k)[1]
        return total

    def has_pole(self) -> bool:
        """Whether powers with negative exponents are left."""
        first = (part.term(self.index, part.first) for part in self.parts)
        return any(m < 0 and not is_zero(a) for m, a in (*self.polynomial.items(), *first))


def scaled(g: General, c: Expr) -> General:
    if c == 1:
        return g
    parts = tuple(replace(part, coefficient=c * part.coefficient) for part in g.parts)
    return replace(g, polynomial={m: c * a for m, a in g.polynomial.items()}, parts=parts)


def shifted(g: General, p: int) -> General:
    """The series times t^p; negative powers stand in the polynomial."""
    polynomial = {m + p: a for m, a in g.polynomial.items()}
    parts = []
    for part in g.parts:
        moved = replace(part, offset=part.offset + p)
        while moved.term(g.index, moved.first)[0] < 0:
            exponent, a = moved.term(g.index, moved.first)
            polynomial[exponent] = polynomial.get(exponent, S.Zero) + a
            moved = replace(moved, first=moved.first + 1)
        parts.append(moved)
    kept = {m: a for m, a in polynomial.items() if not (is_zero(a) if m < 0 else a == 0)}
    return replace(g, polynomial=kept, parts=tuple(parts))


def added(g: General, h: General) -> General:
    """The sum; parts that run over the same powers become one."""
    polynomial = dict(g.polynomial)
    for m, a in h.polynomial.items():
        polynomial[m] = polynomial.get(m, S.Zero) + a
    parts = list(g.parts)
    for part in h.parts:
        same = next((i for i, p in enumerate(parts) if (p.stride, (p.offset - part.offset) % p.stride) == (part.stride, 0)), None)
        if same is None:
            parts.append(part)
            continue
        joined, taken = _joined(parts[same], part, g.index)
        parts[same : same + 1] = [joined] if joined.coefficient != 0 else []
        for m, a in taken:
            polynomial[m] = polynomial.get(m, S.Zero) + a
    kept = {m: a for m, a in polynomial.items() if a != 0}
    return General(g.index, kept, tuple(parts), sp.Min(g.radius, h.radius))


def _joined(p: Part, q: Part, k: Symbol) -> tuple[Part, list[tuple[int, Expr]]]:
    """Two parts over the same powers as one, and the first terms that only one of them has."""
    lag = (q.offset - p.offset) // p.stride
    if lag < 0:
        return _joined(q, p, k)
    moved = Part(q.coefficient.subs(k, k - lag), q.stride, p.offset, q.first + lag)
    first = max(p.first, moved.first)
    taken = [part.term(k, i) for part in (p, moved) for i in range(part.first, first)]
    coefficient = p.coefficient + moved.coefficient
    if lag:
        coefficient = sp.combsimp(coefficient)
    return Part(sp.factor_terms(coefficient), p.stride, p.offset, first), taken


def absorbed(g: General) -> General:
    """Terms of the polynomial that belong to a part, or cancel its first term, are joined with it."""
    polynomial, parts = dict(g.polynomial), []
    for part in g.parts:
        for _ in range(MAX_PEELED):
            exponent, a = part.term(g.index, part.first)
            if a == 0:
                part = replace(part, first=part.first + 1)
            elif exponent in polynomial and polynomial[exponent] + a == 0:
                part = replace(part, first=part.first + 1)
                del polynomial[exponent]
            elif part.first > 0 and _belongs(polynomial, *part.term(g.index, part.first - 1)):
                part = replace(part, first=part.first - 1)
                del polynomial[part.stride * part.first + part.offset]
            else:
                break
        parts.append(part)
    return replace(g, polynomial=polynomial, parts=tuple(parts))


def _belongs(polynomial: dict[int, Expr], exponent: int, a: Expr) -> bool:
    return exponent in polynomial and polynomial[exponent] == a
