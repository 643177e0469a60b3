"""Gradient, Jacobian and Hessian matrices, entry by entry, doing no needless work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sympy import EXRAW, Add, Expr, ImmutableMatrix, Max, Min, Piecewise, S, Symbol, count_ops
from sympy.polys.matrices import DomainMatrix

from symcalc.calculus.conditions import beats, winners
from symcalc.calculus.derive import differentiate
from symcalc.calculus.entries import holding, released
from symcalc.calculus.logistic import recognise_sigmoid
from symcalc.calculus.measure import measure
from symcalc.calculus.rules import holds
from symcalc.calculus.subexpressions import heads
from symcalc.calculus.tidy import condensed, tidy
from symcalc.canonical.arithmetic import add, mul
from symcalc.errors import SymcalcError
from symcalc.notation import Entry

MAX_CASE_OPS = 60
"""Up to this many operations a formula with a maximum is differentiated case by case."""
HIGH = 6
"""From this order on a derivative is computed in a ring that holds all derivatives, where there is one."""
MAX_LENGTH = 100_000
"""Most signs of a derivative that is differentiated again."""
FEW = 4
"""Up to so many entries of a matrix are tidied each by itself."""
INFINITE = {type(S.Infinity), type(S.NegativeInfinity), type(S.ComplexInfinity)}
UNEVEN = {*INFINITE, Max, Min, Piecewise, Entry}
"""Heads that ask for more than the rules: a formula with one of these is differentiated as a whole."""


def derivative(f: Expr, orders: Sequence[tuple[Symbol, int]]) -> Expr:
    """The (mixed, higher) derivative of f, differentiated in the order given and tidied after each step.

    Raises SymcalcError("no") where no formula is known.
    """
    if heads(f) & INFINITE:
        raise SymcalcError("no", "infinity is not a number, so there is nothing to differentiate", code="infinite")
    f = recognise_sigmoid(holding(f, [x for x, _ in orders]))
    cases = winning_cases(f)
    if cases:
        values = [(derivative(value, orders), condition) for value, condition in cases]
        same = len(cases) == len(next(iter(f.atoms(Max, Min))).args) and len({value for value, _ in values}) == 1
        return values[0][0] if same else Piecewise(*values)
    for x, n in orders:
        high = _high(f, x, n)
        f = _repeated(f, x, n) if high is None else min((high, tidy(high)), key=measure)
    return released(f)


def _high(f: Expr, x: Symbol, n: int) -> Expr | None:
    if n < HIGH:
        return None
    from symcalc.calculus.orders import high_derivative

    return high_derivative(f, x, n)


def _repeated(f: Expr, x: Symbol, n: int) -> Expr:
    """The n-th derivative, one after the other. Raises SymcalcError("limit") when it grows beyond all measure."""
    for order in range(1, n):
        f = condensed(differentiate(f, x)) if holds(f, x) else S.Zero
        if (length := measure(f)) > MAX_LENGTH:
            from symcalc.calculus.orders import too_long

            raise too_long(order, f"{length} signs")
    f = differentiate(f, x) if holds(f, x) else S.Zero
    return min((tidy(f), tidy(condensed(f))), key=measure) if n > 2 else tidy(f)


def winning_cases(f: Expr) -> list[tuple[Expr, Any]]:
    """A short formula with one maximum or minimum, case by case: its value where each argument wins, and that condition.

    Cases in which the formula has no value are left out; nothing when it is not of this kind.
    """
    extrema = f.atoms(Max, Min)
    if len(extrema) != 1 or f.has(Piecewise) or count_ops(f) > MAX_CASE_OPS:
        return []
    (m,) = extrema
    cases = [(f.xreplace({m: u}), beats(u, m.args, isinstance(m, Max))) for u in winners(m)]
    return [(value, c) for value, c in cases if not heads(value) & {type(S.NaN), *INFINITE}]


def gradient(f: Expr, variables: Sequence[Symbol]) -> ImmutableMatrix:
    """∇f as an n×1 column."""
    place = {x: i for i, x in enumerate(variables)}
    return _matrix(len(variables), 1, {(place[x], 0): g for x, g in _Partials(len(variables)).of(f, variables)})


def jacobian(components: ImmutableMatrix, variables: Sequence[Symbol]) -> ImmutableMatrix:
    """The m×n matrix of ∂fᵢ/∂xⱼ of an m×1 column; an entry whose component lacks the variable is not computed."""
    partials, column = _Partials(len(components) * len(variables)), {x: j for j, x in enumerate(variables)}
    entries = {(i, column[x]): g for i, f in enumerate(components) for x, g in partials.of(f, variables)}
    return _matrix(len(components), len(variables), entries)


def hessian(f: Expr, variables: Sequence[Symbol]) -> ImmutableMatrix:
    """The n×n matrix of second derivatives; only the upper triangle is computed (Schwarz: f is smooth where the
    formulas hold)."""
    partials, place = _Partials(len(variables) ** 2), {x: j for j, x in enumerate(variables)}
    entries: dict[tuple[int, int], Expr] = {}
    for x, slope in list(partials.of(f, variables)):
        i = place[x]
        for y, g in partials.of(slope, variables[i:]):
            entries[i, place[y]] = entries[place[y], i] = g
    return _matrix(len(variables), len(variables), entries)


class _Partials:
    """Tidied first derivatives of formulas that have parts in common: each part is differentiated once by a variable."""

    def __init__(self, entries: int) -> None:
        """`entries` is how many there may be: of many, some have one shape."""
        self.known: dict[Symbol, dict[Expr, Expr]] = {}
        self.tidy = tidy if entries <= FEW else _shared_tidy()
        self._names: dict[Expr, frozenset[Any]] = {}

    def of(self, f: Expr, variables: Sequence[Symbol]) -> Iterator[tuple[Symbol, Expr]]:
        """Each variable of f with the derivative by it, zeros left out."""
        if heads(f) & UNEVEN:
            found: Iterable[tuple[Symbol, Expr]] = ((x, derivative(f, [(x, 1)])) for x in variables)
        else:
            found = self._by_terms(recognise_sigmoid(f), variables)
        return ((x, g) for x, g in found if g != 0)

    def _by_terms(self, f: Expr, variables: Sequence[Symbol]) -> Iterator[tuple[Symbol, Expr]]:
        """Sum rule with an index: a term is differentiated only by the variables that it holds."""
        c, total = f.as_coeff_Mul()
        holders: dict[Symbol, list[Expr]] = {}
        for term in Add.make_args(total):
            for x in self._held(term):
                holders.setdefault(x, []).append(term)
        for x in variables:
            if x in holders:
                known = self.known.setdefault(x, {})
                slope = add(*(self._slope(term, x, known) for term in holders[x]))
                yield x, self.tidy(mul(c, slope))

    def _slope(self, term: Expr, x: Symbol, known: dict[Expr, Expr]) -> Expr:
        """The derivative of a term that holds x, with the factors that do not hold it in front."""
        if term.is_Mul:
            constants = [a for a in term.args if x not in self._held(a)]
            if constants:
                return mul(*constants, differentiate(mul(*(a for a in term.args if x in self._held(a))), x, known))
        return differentiate(term, x, known)

    def _held(self, e: Expr) -> frozenset[Any]:
        """The names in an expression."""
        found = self._names.get(e)
        if found is None:
            found = self._names[e] = frozenset(e.free_symbols)
        return found


def _shared_tidy() -> Callable[[Expr], Expr]:
    from symcalc.calculus.shapes import Shapes

    return Shapes().tidy


def _matrix(rows: int, columns: int, entries: Mapping[tuple[int, int], Expr]) -> ImmutableMatrix:
    """The matrix with these entries and zeros elsewhere, in time that does not grow with the zeros."""
    sparse: dict[int, dict[int, Expr]] = {}
    for (i, j), entry in entries.items():
        sparse.setdefault(i, {})[j] = entry
    return ImmutableMatrix._fromrep(DomainMatrix(sparse, (rows, columns), EXRAW))
