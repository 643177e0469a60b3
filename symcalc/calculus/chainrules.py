"""On a graph of definitions: the chain rule of second order, as a sum over paths, and backwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from sympy import Add, Expr, Mul, Pow, S, Symbol

from symcalc.calculus.chain import Graph, edge, leibniz, partial_derivative, total_derivative
from symcalc.notation import Leibniz, OrderedProduct, OrderedSum

Path = tuple[Symbol, ...]


# --- second order ------------------------------------------------------------------------------------------------


def second_head(g: Graph, name: Symbol, x: Symbol, y: Symbol, total: bool) -> Leibniz:
    """∂²name/∂y∂x, x first; the d or ∂ of the first derivative."""
    first = leibniz(g, name, x, total)
    others = () if total else tuple(dict.fromkeys([*leibniz(g, name, x).args[3], *leibniz(g, name, y).args[3]]))
    held = [a for a in others if a not in (x, y)]
    orders = ((x, 2),) if x == y else ((x, 1), (y, 1))
    return Leibniz(name, *orders, partial=bool(first.args[2]), held=held)


def second_rule(g: Graph, name: Symbol, x: Symbol, y: Symbol) -> OrderedSum:
    """Σᵢⱼ ∂²name/∂aᵢ∂aⱼ·∂aᵢ/∂x·∂aⱼ/∂y + Σᵢ ∂name/∂aᵢ·∂²aᵢ/∂y∂x, over the direct arguments a."""
    curved = [
        _product([S(times), second_head(g, name, a, b, total=False), *_inner(g, a, b, x, y)])
        for a, b, times in _pairs(g, name, x, y)
    ]
    straight = [
        _product([leibniz(g, name, a), second_head(g, a, x, y, total=True)])
        for a in g.arguments(name)
        if a in g.nodes and a not in (x, y) and g.reaches(a, x) and g.reaches(a, y)
    ]
    return OrderedSum(*curved, *straight)


def _pairs(g: Graph, name: Symbol, x: Symbol, y: Symbol) -> Iterator[tuple[Symbol, Symbol, int]]:
    """Pairs of direct arguments of which the first leads to x and the second to y, and how often each counts: for x = y
    the pairs (a, b) and (b, a) are one term."""
    arguments = g.arguments(name)
    for i, a in enumerate(arguments):
        for j, b in enumerate(arguments):
            if g.reaches(a, x) and g.reaches(b, y) and (x != y or i <= j):
                yield a, b, 2 if x == y and i < j else 1


def _inner(g: Graph, a: Symbol, b: Symbol, x: Symbol, y: Symbol) -> list[Expr]:
    """∂a/∂x·∂b/∂y without the factors that are 1."""
    parts = [leibniz(g, n, v, total=True) for n, v in ((a, x), (b, y)) if n != v]
    return [Pow(parts[0], 2)] if len(parts) == 2 and parts[0] == parts[1] else parts


def _product(parts: list[Any]) -> Expr:
    kept = [p for p in parts if p != 1] or [S.One]
    return kept[0] if len(kept) == 1 else OrderedProduct(*kept)


def second_inner_rules(g: Graph, name: Symbol, x: Symbol, y: Symbol) -> list[tuple[Leibniz, OrderedSum]]:
    """The second-order rules of the quantities below `name` that are compositions themselves, outermost first."""
    return [
        (second_head(g, n, x, y, total=True), second_rule(g, n, x, y))
        for n in reversed(g.order)
        if n not in (name, x, y) and n in g.reachable(name) and g.reaches(n, x) and g.reaches(n, y)
        if any(a in g.nodes and (g.reaches(a, x) or g.reaches(a, y)) for a in g.arguments(n))
    ]


def second_derivative(g: Graph, name: Symbol, x: Symbol, y: Symbol) -> Expr | None:
    """∂²name/∂y∂x in the intermediate quantities, each computed once; None when something on the way is abstract."""
    known: dict[Symbol, Any] = {}
    for n in g.order:
        if n in (x, y) or not (g.reaches(n, x) and g.reaches(n, y)):
            continue
        terms = _second_terms(g, n, x, y, known)
        if terms is None:
            return None
        known[n] = Add(*(Mul(*parts) for parts in terms))
    return known.get(name, S.Zero)


def second_factors(g: Graph, name: Symbol, x: Symbol, y: Symbol) -> OrderedSum | None:
    """The second-order rule with the factors put in, without the terms that vanish; None when a factor is abstract."""
    below = {a: second_derivative(g, a, x, y) for a in g.arguments(name) if a in g.nodes}
    terms = _second_terms(g, name, x, y, below)
    if terms is None:
        return None
    return OrderedSum(*(_product(parts) for parts in terms if Mul(*parts) != 0))


def _second_terms(g: Graph, n: Symbol, x: Symbol, y: Symbol, known: dict[Symbol, Any]) -> list[list[Expr]] | None:
    """The factors of each term of the second-order rule for n; `known` are the second derivatives of its arguments."""
    terms: list[list[Any]] = []
    for a, b, times in _pairs(g, n, x, y):
        outer, first, second = partial_derivative(g, n, a, b), _first(g, a, x), _first(g, b, y)
        terms.append([S(times), outer, first**2] if first == second and first is not None else [S(times), outer, first, second])
    for a in g.arguments(n):
        if a in g.nodes and a not in (x, y) and g.reaches(a, x) and g.reaches(a, y):
            terms.append([edge(g, n, a), known.get(a)])
    return None if any(part is None for parts in terms for part in parts) else terms


def _first(g: Graph, a: Symbol, x: Symbol) -> Expr | None:
    return S.One if a == x else total_derivative(g, a, x)


# --- paths -------------------------------------------------------------------------------------------------------


def count_paths(g: Graph, name: Symbol, x: Symbol) -> int:
    """How many ways lead from a quantity down to x."""
    count: dict[Symbol, int] = {x: 1}
    for n in g.order:
        if n != x:
            count[n] = sum(count.get(a, 0) for a in g.arguments(n))
    return count.get(name, 0)


def paths(g: Graph, name: Symbol, x: Symbol) -> list[Path]:
    """All ways from a quantity down to x, in the order of the arguments."""
    if name == x:
        return [(x,)]
    return [(name, *rest) for a in g.arguments(name) if g.reaches(a, x) for rest in paths(g, a, x)]


def path_rule(g: Graph, name: Symbol, x: Symbol) -> OrderedSum:
    """The sum over all paths of the products of the derivatives on their edges."""
    return OrderedSum(*(_product([leibniz(g, a, b) for a, b in pairwise(path)]) for path in paths(g, name, x)))


def path_factors(g: Graph, name: Symbol, x: Symbol) -> OrderedSum | None:
    """The same with the factors put in; None when one is abstract."""
    terms = [[edge(g, a, b) for a, b in pairwise(path)] for path in paths(g, name, x)]
    if any(factor is None for factors in terms for factor in factors):
        return None
    return OrderedSum(*(_product(factors) for factors in terms))


# --- backwards ---------------------------------------------------------------------------------------------------


def adjoints(g: Graph, name: Symbol, xs: Sequence[Symbol]) -> Iterator[tuple[Leibniz, OrderedSum, OrderedSum | None]]:
    """For every quantity between `name` and the xs, each after all that use it: ∂name/∂v, the sum over the users p of
    ∂name/∂p·∂p/∂v, and that sum with the factors on the edges put in (None when one is abstract)."""
    below = {n for n in g.reachable(name) if any(g.reaches(n, x) for x in xs)}
    for v in (*(n for n in reversed(g.order) if n in below and n != name), *(n for n in g.leaves if n in below)):
        users = [p for p in reversed(g.order) if p in below and v in g.arguments(p)]
        before = [() if p == name else (leibniz(g, name, p, total=True),) for p in users]
        slopes = [edge(g, p, v) for p in users]
        rule = OrderedSum(*(_product([*b, leibniz(g, p, v)]) for b, p in zip(before, users, strict=True)))
        values = None if None in slopes else OrderedSum(*(_product([*b, s]) for b, s in zip(before, slopes, strict=True)))
        yield leibniz(g, name, v, total=True), rule, values
