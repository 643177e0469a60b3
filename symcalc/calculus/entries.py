"""Derivatives by one entry of a vector: which sums hold x_j, and what is left of a sum when it is differentiated by it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from sympy import Expr, Integer, Product, Sum, Symbol

from symcalc.calculus.subexpressions import heads
from symcalc.errors import SymcalcError
from symcalc.notation import Entry, HoldingSum

FIRST = 1
"""The value of the index j of a variable x_j, of which only the name is in a formula."""
LENGTH = 5
"""How far the sums of a test go."""


def holding(f: Any, xs: Sequence[Symbol]) -> Any:
    """f with every sum over entries x_k marked that holds a variable x_j. Raises SymcalcError("no") for a whole vector as a
    variable and for entries that are not at the index of their sum."""
    if Entry not in heads(f) or HoldingSum in heads(f):
        return f
    bases = {entry.base for entry in f.atoms(Entry)}
    for x in xs:
        if x in bases:
            hint = f"name one of its entries: {x}_j"
            raise SymcalcError("no", f"{x} is a vector here, no number", code="vector-variable", hint=hint)
        base = Symbol(parts(x)[0], **x.assumptions0)
        if base in bases and parts(x)[1] is not None:
            f = f.replace(lambda e, base=base: _runs_over(e, base), lambda e, x=x: HoldingSum(e, x))
    return f


def released(f: Any) -> Any:
    """f without the marks."""
    return f.replace(HoldingSum, lambda total, _entry: total) if HoldingSum in heads(f) else f


def parts(x: Symbol) -> tuple[str, Expr | None]:
    """The name of the vector and the index: x_j is ("x", j), x3 is ("x", 3); no index for any other name."""
    match = re.fullmatch(r"(\w*?[^\W\d_])_?(\d+)|(\w*?[^\W_])_([^\W\d_])", x.name)
    if match is None:
        return x.name, None
    if match[2]:
        return match[1], Integer(match[2])
    return match[3], Symbol(match[4], integer=True, positive=True)


def surviving_term(held: HoldingSum, x: Symbol) -> Expr:
    """The term of the sum that holds x_j: the index is j, and x_j is the variable."""
    total = held.total
    (k, _, _), *more = total.limits
    base, index = parts(x)
    mine = {e for e in total.function.atoms(Entry) if e.base.name == base}
    if more or any(e.index != k for e in mine) or isinstance(total, Product):
        problem = f"{base} stands in a sum that does not run over its index, so the terms with {x} are not known"
        raise SymcalcError(
            "no", problem, code="no-derivative", hint="only x_k with the index k of a single sum can be differentiated by"
        )
    term = total.function.xreplace(dict.fromkeys(mine, x))
    return term.xreplace({k: index})


def trial_values(f: Any, value: Any, counters: Collection[Symbol]) -> dict[Symbol, int]:
    """Numbers with which a derivative by an entry can be judged: the index j is FIRST, and the sums are long enough."""
    if Entry not in heads(f):
        return {}
    longest = max(
        (int(p) for s in value.free_symbols | f.free_symbols if (p := parts(s)[1]) is not None and p.is_Integer), default=0
    )
    indices = {s: FIRST for s in value.free_symbols - f.free_symbols if s.is_integer and s.is_positive}
    return indices | dict.fromkeys(counters, max(LENGTH, longest + 1))


def range_of(f: Any, xs: Sequence[Symbol]) -> list[Any]:
    """For each variable x_j held by a sum, where j must lie: between the bounds of the sum."""
    found = []
    for held in sorted(holding(f, xs).atoms(HoldingSum), key=str):
        ((_, low, high), *_) = held.total.limits
        index = parts(held.args[1])[1]
        index = index if index is None or index.is_Integer else Symbol(str(index), real=True)
        found.append((low <= index) & (index <= high))
    return list(dict.fromkeys(found))


def _runs_over(e: Any, base: Symbol) -> bool:
    return isinstance(e, Sum | Product) and any(entry.base == base for entry in e.function.atoms(Entry))
