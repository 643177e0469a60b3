"""What expressions that differ in names, in arguments of functions and in parts of sums have in common.

-e^x₁·e^x₂/(e^x₁ + e^x₂ + e^x₃ + e^x₄)² is -e^u₁·e^u₂/(e^u₁ + e^u₂ + u₃)² with u₁ = x₁, u₂ = x₂ and u₃ = e^x₃ + e^x₄. Rational
arithmetic cannot tell these from names: the names in u₃ stand nowhere else, and each of its terms has names of its own.
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, Function, Mul, Pow

from symcalc.calculus.groups import Group, Irregular, Splitter
from symcalc.calculus.parts import Kind


class Skeleton:
    """An expression with its parts numbered in the order in which they are met."""

    def __init__(self, e: Expr, splitter: Splitter) -> None:
        """Raises Irregular."""
        self._whole, self._parts, self._sums = e, splitter.parts, splitter.split(e)
        self._numbers: dict[Expr | Group, int] = {}
        self._kinds: list[Kind] = []
        self._keys: dict[Expr, Any] = {}
        self._inner: list[Expr] = []
        self.key = self._key(e), tuple(self._kinds)
        """Expressions with one key differ in what their numbers stand for only."""
        self.nodes: list[Expr | Group] = [*self._numbers, *self._inner]
        """The numbered parts and what is made of them. Those of expressions with one key correspond."""

    def _key(self, e: Expr) -> Any:
        found = self._keys.get(e)
        if found is None:
            found = self._keys[e] = self._new_key(e)
            self._inner.append(e)
        return found

    def _new_key(self, e: Expr) -> Any:
        letter = self._parts.letter(e)
        if letter is not None:
            c, u = letter
            return e.func, c, self._number(u, self._parts.kind(u))
        if e.is_Add:
            alone, groups = self._sums.get(e, (e.args, ()))
            terms = [self._key(term) for term in sorted(alone, key=self._place)]
            return Add, *terms, tuple((c, self._number(group, group.kind)) for c, group in groups)
        if e.is_Mul:
            return Mul, *(self._key(a) for a in sorted(e.args, key=self._place))
        if isinstance(e, Function | Pow):
            return e.func, *map(self._key, e.args)
        if e.free_symbols:
            raise Irregular
        return e

    def _number(self, part: Expr | Group, kind: Kind) -> int:
        number = self._numbers.get(part)
        if number is None:
            number = self._numbers[part] = len(self._kinds)
            self._kinds.append(kind)
        return number

    def _place(self, e: Expr) -> tuple[int, tuple[int, ...]]:
        """The place of a term or factor: those with numbered parts come first, so that the order depends little on names."""
        m = self._parts.monomial(e)
        if m is None:
            return 2, ()
        known = tuple(sorted(self._numbers[u] for u in m.letters if u in self._numbers))
        return int(len(known) < len(m.letters)), known

    def template(self) -> tuple[Expr, list[Expr]]:
        """The expression with signs for arguments and groups, and what becomes of the nodes."""
        signs = {part: self._sign(part, number) for part, number in self._numbers.items()}
        known: dict[Expr, Expr] = {}

        def built(e: Expr) -> Expr:
            if e not in known:
                known[e] = rebuilt(e)
            return known[e]

        def rebuilt(e: Expr) -> Expr:
            letter = self._parts.letter(e)
            if letter is not None:
                c, u = letter
                return e if signs[u] == u else e.func(c * signs[u])
            if e in self._sums:
                alone, groups = self._sums[e]
                return Add(*map(built, alone), *(c * signs[group] for c, group in groups))
            args = list(map(built, e.args))
            return e if all(new is old for new, old in zip(args, e.args, strict=True)) else remade(e, args)

        return built(self._whole), [*signs.values(), *map(built, self._inner)]

    def _sign(self, part: Expr | Group, number: int) -> Expr:
        """What stands for a numbered part in the template: a name for itself.

        An argument does not stand there as it is: what it is made of is not in the key.
        """
        if isinstance(part, Group) or not part.is_Symbol:
            return self._parts.sign(number, self._kinds[number])
        return part


def remade(e: Expr, args: list[Expr]) -> Expr:
    """The expression with other arguments; a number before a sum stays before it."""
    if e.is_Mul and len(args) == 2 and args[0].is_Rational and args[1].is_Add:
        return Mul(*args, evaluate=False) if args[0] != 1 else args[1]
    return e.func(*args)
