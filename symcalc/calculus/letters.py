"""Expressions as rational functions of letters: a sum of terms, each a number times powers of letters and of other sums.

A part that is not rational (a function, a root, a transcendental constant) is a letter, so that polynomial algorithms leave it
whole. Parts that are powers of each other share a letter: e^(2u) and e^(-u) are powers of e^u, the roots of one base are
powers of one root.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd, lcm
from typing import Any

from flint import Ordering, fmpq, fmpz_mpoly_ctx
from sympy import Add, Expr, Integer, Mul, Pow, Rational, S, exp

from symcalc.calculus.subexpressions import subexpressions
from symcalc.calculus.terms import ONE, Factors, Terms, content, raised, signature, total
from symcalc.canonical.arithmetic import add, mul, power
from symcalc.canonical.functions import applied


class Letters:
    """The letters and the sums in the expressions that were read."""

    def __init__(self, expression: Expr) -> None:
        """`expression` says which exponentials will be met, so that those with commensurable exponents share a letter."""
        self.parts: list[Expr] = []
        self.sums: list[Terms] = []
        self.roots: dict[int, tuple[int, Terms]] = {}
        """letter -> (q, base): its q-th power is the base."""
        self.pulled: dict[int, tuple[Any, Factors]] = {}
        self.unnested: dict[int, tuple[Any, Factors]] = {}
        """sum -> the term that it is when its common factors are pulled out, or when it is brought over one denominator."""
        self._letters: dict[Expr, int] = {}
        self._known: dict[frozenset[Any], int] = {}
        self._negated: dict[frozenset[Any], int] = {}
        self._values: dict[Expr, Terms] = {}
        self._steps = _steps(expression)
        self._polynomials: dict[int, Any] = {}
        self._written_sums: dict[int, Expr] = {}

    # --- reading

    def read(self, e: Expr) -> Terms:
        """The expression as a sum of terms, not multiplied out; what is a factor is primitive."""
        if e.is_Rational:
            return {(): fmpq(int(e.p), int(e.q))} if e.p else {}
        found = self._values.get(e)
        if found is None:
            found = self._values[e] = self._read(e)
        return found

    def _read(self, e: Expr) -> Terms:
        if e.is_Add:
            return total(self.read(a) for a in e.args)
        if e.is_Mul:
            return self.product(self.term(self.read(a)) for a in e.args)
        if e.is_Pow or isinstance(e, exp):
            return self._power(e)
        return self._letter(e, 1)

    def _power(self, e: Expr) -> Terms:
        base, exponent = e.as_base_exp()
        if exponent.is_Integer:
            return self.product([raised(self.term(self.read(base)), int(exponent))])
        if exponent.is_Rational:
            root = power(base, Rational(1, exponent.q))
            if not root.is_Pow:
                return self._letter(e, 1)
            terms = self.read(base)
            found = self._letter(root, int(exponent.p))
            self.roots[self._letters[root]] = int(exponent.q), terms
            return found
        whole, rest = exponent.as_coeff_Add() if base is not S.Exp1 else (S.Zero, exponent)
        if not whole.is_Integer:
            whole, rest = S.Zero, exponent
        c, direction = _direction(rest)
        step = self._steps.get((base, direction))
        if step is None:
            return self._letter(e, 1)
        found = self._letter(_exponential(base, mul(step, direction)), int(c / step))
        return self.product([self.term(found), raised(self.term(self.read(base)), int(whole))]) if whole else found

    def _letter(self, part: Expr, k: int) -> Terms:
        i = self._letters.get(part)
        if i is None:
            i = self._letters[part] = len(self.parts)
            self.parts.append(part)
        return {((i, k),): ONE}

    def product(self, factors: Iterable[tuple[Any, Factors]]) -> Terms:
        """One term: the product of terms."""
        c, powers = ONE, dict[int, int]()
        for number, some in factors:
            c = number if c is ONE else c * number
            for base, k in some:
                powers[base] = powers.get(base, 0) + k
        if self.roots:
            c, powers = self._joined(c, powers)
        return {tuple(sorted((base, k) for base, k in powers.items() if k)): c} if c else {}

    def _joined(self, c: Any, powers: dict[int, int]) -> tuple[Any, dict[int, int]]:
        """The product of c and the powers, with a sum joined to its root where one of them is below."""
        for i, (q, base) in self.roots.items():
            j = powers.get(i, 0)
            if not j or len(base) < 2:
                continue
            number, ((s, _),) = self.term(base)  # the sum s is the base without this number
            k = powers.get(s, 0)
            if k and min(j, k) < 0:
                c, powers = c / number**k, {**powers, i: j + q * k, s: 0}
        return c, powers

    def term(self, terms: Terms) -> tuple[Any, Factors]:
        """A sum as one term: its content, and its primitive part as a factor, with the sign with which it was first met."""
        terms = self.flat(terms)
        if len(terms) < 2:
            ((factors, c),) = terms.items() or [((), fmpq(0))]
            return c, factors
        c = content(terms)
        primitive = terms if c == 1 else {f: a / c for f, a in terms.items()}
        known = signature(primitive)
        if known in self._negated and known not in self._known:
            return -c, ((self._negated[known], 1),)
        return c, ((self._sum(primitive, known), 1),)

    def flat(self, terms: Terms) -> Terms:
        """The sum without brackets around sums in it that have no factor."""
        bare = [f for f, c in terms.items() if len(f) == 1 and f[0][0] < 0 and f[0][1] == 1 and abs(c) == 1]
        if not bare:
            return terms
        rest = {f: c for f, c in terms.items() if f not in bare}
        return self.flat(total([rest, *({g: terms[f] * a for g, a in self.terms_of(f[0][0]).items()} for f in bare)]))

    def sum(self, terms: Terms) -> int:
        """The base that stands for the sum as it is; its coefficients are whole."""
        return self._sum(terms, signature(terms))

    def _sum(self, terms: Terms, known: frozenset[Any]) -> int:
        if known not in self._known:
            self.sums.append(terms)
            self._known[known] = -len(self.sums)
            self._negated[signature(terms, -1)] = -len(self.sums)
        return self._known[known]

    def terms_of(self, base: int) -> Terms:
        """What a base stands for."""
        return {((base, 1),): ONE} if base >= 0 else self.sums[-1 - base]

    # --- polynomials

    def ring(self) -> None:
        """Begin to compute with polynomials in the letters read so far."""
        order = sorted(range(len(self.parts)), key=lambda i: (not self.parts[i].is_Symbol, getattr(self.parts[i], "name", ""), i))
        self.context = fmpz_mpoly_ctx.get([f"v{i}" for i in range(len(order))], Ordering.lex)
        self._order, gens = order, self.context.gens()
        self._polynomials = {i: gens[place] for place, i in enumerate(order)}
        self.one = self.context.constant(1)

    def polynomial(self, base: int) -> Any:
        """The base as a polynomial; it is a letter or a sum of polynomials with whole coefficients."""
        if base not in self._polynomials:
            self._polynomials[base] = self.expanded(self.sums[-1 - base])[0]
        return self._polynomials[base]

    def expanded(self, terms: Terms) -> tuple[Any, int]:
        """A sum without negative powers multiplied out: a polynomial with whole coefficients, and the number below it."""
        below = lcm(*(int(c.q) for c in terms.values()))
        total = self.context.constant(0)
        for factors, c in terms.items():
            term = self.context.constant(int(c.p) * (below // int(c.q)))
            for base, k in factors:
                term = term * self.polynomial(base) ** k
            total = total + term
        return total, below

    def terms(self, polynomial: Any, c: Any = ONE) -> Terms:
        """c times a polynomial, as a sum of terms."""
        return {self._factors(exponents): c * int(a) for exponents, a in polynomial.to_dict().items()}

    def _factors(self, exponents: Iterable[int]) -> Factors:
        return tuple(sorted((i, int(k)) for i, k in zip(self._order, exponents, strict=True) if k))

    def place(self, letter: int) -> int:
        """The position of a letter among the generators."""
        return self._order.index(letter)

    # --- writing

    def may_merge(self) -> bool:
        """Whether letters can become one part in a product, as e^x and e^y do."""
        bases = [part.as_base_exp()[0] for part in self.parts]
        return len(set(bases)) < len(bases)

    def is_faithful(self, terms: Terms) -> bool:
        """Whether terms as they were read are written as they stood: without brackets, and no power that was taken apart."""
        return all(b >= 0 and not self.parts[b].is_Pow for factors in terms for b, _ in factors)

    def write(self, terms: Terms) -> Expr:
        """The expression that the terms stand for, not multiplied out."""
        return add(*(self._written(factors, c) for factors, c in terms.items()))

    def _written(self, factors: Factors, c: Any) -> Expr:
        number = Rational(int(c.p), int(c.q))
        powers = [power(self._base(b), Integer(k)) for b, k in factors]
        if number == 1:
            return mul(*powers)
        e = mul(number, *powers) if len(powers) != 1 or not powers[0].is_Add else None
        return Mul(number, mul(*powers), evaluate=False) if e is None or e.is_Add else e

    def _base(self, b: int) -> Expr:
        """The letter or the sum."""
        if b >= 0:
            return self.parts[b]
        if b not in self._written_sums:
            self._written_sums[b] = self.write(self.sums[-1 - b])
        return self._written_sums[b]


def _exponential(base: Expr, exponent: Expr) -> Expr:
    return applied(exp, exponent) if base is S.Exp1 else Pow(base, exponent)


def _direction(exponent: Expr) -> tuple[Expr, Expr]:
    """An exponent as a rational multiple of one that has content 1 and no sign to pull out."""
    c, rest = exponent.primitive()
    return (-c, -rest) if rest.could_extract_minus_sign() else (c, rest)


def _steps(e: Expr) -> dict[tuple[Expr, Expr], Expr]:
    """(base, direction) -> the largest rational number of which all exponents in that direction are whole multiples."""
    found: dict[tuple[Expr, Expr], Expr] = {}
    for part in subexpressions(e):
        if not (part.is_Pow or isinstance(part, exp)):
            continue
        base, exponent = part.as_base_exp()
        if exponent.is_Rational:
            continue
        if base is not S.Exp1 and exponent.is_Add and exponent.args[0].is_Integer:
            exponent = Add(*exponent.args[1:])
        c, direction = _direction(exponent)
        step = found.get((base, direction), S.Zero)
        found[base, direction] = abs(c) if step == 0 else Rational(gcd(step.p * c.q, c.p * step.q), step.q * c.q)
    return found
