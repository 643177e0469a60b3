"""The measure of an expression that is still a sum of terms in letters: what `measure` will say of it, without writing it."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Integer, S, exp

from symcalc.calculus.letters import Letters
from symcalc.calculus.measure import CLUMSY, REPEATED, SumSign, bracketed, measure
from symcalc.calculus.subexpressions import names
from symcalc.calculus.terms import Factors, Terms
from symcalc.canonical.arithmetic import power
from symcalc.notation import sigmoid


class Lengths:
    """Lengths of forms in the same letters. They differ from `measure` only where parts merge when they are written, as
    e^x·e^y does."""

    def __init__(self, letters: Letters, known: dict[Any, int]) -> None:
        """`known` are measures of expressions, which are added to."""
        self.letters, self.known = letters, known
        self._terms: dict[tuple[Factors, int, int], int] = {}
        self._sums: dict[int, tuple[int, bool]] = {}
        self._powers: dict[tuple[int, int], tuple[int, bool]] = {}
        self._bases: dict[int, Any] = {}

    def of(self, terms: Terms) -> int:
        """The length of a sum of terms."""
        if not terms:
            return 1
        ((factors, c),) = terms.items() if len(terms) == 1 else [((), 0)]
        if c == 1 and len(factors) == 1 and factors[0][0] < 0 and factors[0][1] == 1:
            return self.of(self.letters.terms_of(factors[0][0]))
        signs = min(sum(c < 0 for c in terms.values()), len(terms) - 1)
        return sum(self._term(f, c) for f, c in terms.items()) + 3 * (len(terms) - 1) - signs

    def _term(self, factors: Factors, c: Any) -> int:
        key = factors, int(c.p), int(c.q)
        found = self._terms.get(key)
        if found is None:
            found = self._terms[key] = self._product(*key)
        return found

    def _product(self, factors: Factors, p: int, q: int) -> int:
        if p == q == 1 and len(factors) == 1 and factors[0][0] >= 0 and factors[0][1] == 1:
            return measure(self.letters.parts[factors[0][0]], self.known)
        above, below, count_above, count_below = 0, 0, 0, 0
        negative, p = p < 0, abs(p)
        if p != 1:
            above, count_above = len(str(p)), 1
        if q != 1:
            below, count_below = len(str(q)), 1
        for base, k in factors:
            length, under = self._power(base, k)
            if under:
                below, count_below = below + length, count_below + 1
            else:
                above, count_above = above + length, count_above + 1
        length = negative + (above + count_above - 1 if count_above else 1)
        if count_below:
            length += 1 + below + count_below - 1 + (2 if count_below > 1 else 0)
        if len(factors) > 1:
            bases = [b for b in (self._base(i) for i, _ in factors if i >= 0) if b is not None]
            length += REPEATED * (len(bases) - len(set(bases)))
        return length

    def _base(self, i: int) -> Any:
        """What a letter is a power of; nothing where the exponent holds the base, as in x^x."""
        if i not in self._bases:
            part = self.letters.parts[i]
            base, exponent = part.as_base_exp() if part.is_Pow or isinstance(part, exp) else (part, S.One)
            self._bases[i] = None if not exponent.is_Rational and names(exponent) & names(base) else base
        return self._bases[i]

    def _power(self, base: int, k: int) -> tuple[int, bool]:
        """The length of a power as a factor, and whether it stands below the stroke."""
        found = self._powers.get((base, k))
        if found is None:
            found = self._powers[base, k] = self._letter(base, k) if base >= 0 else self._sum(base, k)
        return found

    def _letter(self, i: int, k: int) -> tuple[int, bool]:
        part = self.letters.parts[i]
        if (part.is_Symbol and not isinstance(part, SumSign)) or (part.is_Function and _stays_a_power(part)):
            return measure(part, self.known) + (len(str(abs(k))) if abs(k) != 1 else 0), k < 0
        raised = power(part, Integer(k))
        under = k < 0 and raised.is_Pow and raised.exp.is_Rational
        shown = power(raised.base, -raised.exp) if under else raised
        return bracketed(shown, self.known), under

    def _sum(self, base: int, k: int) -> tuple[int, bool]:
        if base not in self._sums:
            terms = self.letters.terms_of(base)
            shared = set.intersection(*({b for b, _ in factors} for factors in terms))
            self._sums[base] = self.of(terms), bool(shared)
        length, shares = self._sums[base]
        length += 2 + (0 if abs(k) == 1 else len(str(abs(k))))
        return length + CLUMSY * (k < 0 and shares), k < 0


def _stays_a_power(part: Expr) -> bool:
    """Whether a power of the function is written and measured as one, unlike those of e^x, |x| and σ(x)."""
    return type(part)._eval_power is Expr._eval_power and not isinstance(part, sigmoid)
