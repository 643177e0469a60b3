"""The chain rule on any acyclic graph of definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from sympy import Add, Expr, Function, S, Symbol
from sympy.core.function import AppliedUndef

from symcalc.calculus.derive import differentiate
from symcalc.calculus.logistic import recognise_sigmoid
from symcalc.calculus.tidy import tidy
from symcalc.errors import SymcalcError
from symcalc.notation import Leibniz, OrderedProduct, OrderedSum, natural_order
from symcalc.result import Edge


@dataclass(frozen=True, slots=True)
class Node:
    """A quantity: its direct arguments in the order written, and its formula (None: abstract)."""

    name: Symbol
    arguments: tuple[Symbol, ...]
    formula: Expr | None


@dataclass(frozen=True, slots=True)
class Graph:
    """An acyclic graph of definitions. `order` lists the defined names so that each comes after what it uses."""

    nodes: Mapping[Symbol, Node]
    order: tuple[Symbol, ...]

    def arguments(self, name: Symbol) -> tuple[Symbol, ...]:
        return self.nodes[name].arguments if name in self.nodes else ()

    @property
    def outputs(self) -> tuple[Symbol, ...]:
        """The names that no definition uses."""
        used = {a for node in self.nodes.values() for a in node.arguments}
        return tuple(n for n in self.nodes if n not in used)

    @property
    def leaves(self) -> tuple[Symbol, ...]:
        """The names that have no definition, in natural order."""
        return natural_order({a for node in self.nodes.values() for a in node.arguments if a not in self.nodes})

    def reaches(self, name: Symbol, target: Symbol) -> bool:
        """Whether a quantity depends on the target, directly or not."""
        return target in self.reachable(name)

    def reachable(self, name: Symbol) -> set[Symbol]:
        found: set[Symbol] = set()
        waiting = [name]
        while waiting:
            n = waiting.pop()
            if n not in found:
                found.add(n)
                waiting.extend(self.arguments(n))
        return found


def graph(nodes: Iterable[Node]) -> Graph:
    """The graph of the definitions. Raises SymcalcError naming a name defined twice or a circle of definitions."""
    table: dict[Symbol, Node] = {}
    for node in nodes:
        if node.name in table:
            raise _wrong(f"{node.name} is defined twice", "give each name one definition")
        table[node.name] = node
    order: list[Symbol] = []
    done: set[Symbol] = set()

    def visit(name: Symbol, trail: tuple[Symbol, ...]) -> None:
        if name in trail:
            circle = " → ".join(map(str, (*trail[trail.index(name) :], name)))
            raise _wrong(f"the definitions are circular: {circle}", "no quantity may depend on itself")
        if name in table and name not in done:
            for argument in table[name].arguments:
                visit(argument, (*trail, name))
            done.add(name)
            order.append(name)

    for name in table:
        visit(name, ())
    return Graph(table, tuple(order))


def node(name: Symbol, params: Sequence[Symbol] | None, formula: Expr | None, names: Iterable[Symbol]) -> Node:
    """A node from a definition. Arguments are the listed parameters, or else what occurs in the formula: `names` are
    all defined names, which count as arguments even when they are not listed."""
    if formula is None:
        return Node(name, tuple(params or ()), None)
    inside = natural_order(formula.free_symbols)
    if params is None:
        arguments = inside
    else:
        arguments = (*params, *(s for s in inside if s in set(names) and s not in params))
    return Node(name, arguments, recognise_sigmoid(formula))


# --- derivatives -------------------------------------------------------------------------------------------------


def edge(g: Graph, name: Symbol, argument: Symbol) -> Expr | None:
    """The partial derivative on an edge; None when the quantity is abstract."""
    return partial_derivative(g, name, argument)


def partial_derivative(g: Graph, name: Symbol, *arguments: Symbol) -> Expr | None:
    """The partial derivative by these arguments, with the quantity's own name where that is the custom (a' = a·(1 - a)
    for a sigmoid a, 1 - h² for a hyperbolic tangent h); None when the quantity is abstract."""
    formula = g.nodes[name].formula
    return None if formula is None else _slope(name, formula, arguments)


@lru_cache(maxsize=4096)
def _slope(name: Symbol, formula: Expr, arguments: tuple[Symbol, ...]) -> Any:
    slope: Any = formula
    for argument in arguments:
        slope = differentiate(slope, argument)
    slope = tidy(slope)
    if formula.is_Function and len(formula.args) == 1 and not isinstance(formula, AppliedUndef):
        slope = slope.xreplace({formula: name})
    return slope


def edges(g: Graph) -> tuple[Edge, ...]:
    """Every edge with its derivative, from the outputs down."""
    return tuple(Edge(n, a, leibniz(g, n, a), edge(g, n, a)) for n in reversed(g.order) for a in g.arguments(n))


def leibniz(g: Graph, name: Symbol, argument: Symbol, total: bool = False) -> Leibniz:
    """The symbol ∂name/∂argument. A total derivative takes d when the quantity depends on one leaf only, a partial one
    when it has one argument only; a direct partial is marked when the other arguments depend on the variable too."""
    if total:
        alone = sum(1 for leaf in g.leaves if g.reaches(name, leaf)) == 1
        return Leibniz(name, (argument, 1), partial=not alone)
    others = [a for a in g.arguments(name) if a != argument and a in g.nodes and g.reaches(a, argument)]
    return Leibniz(name, (argument, 1), partial=len(g.arguments(name)) > 1, held=others)


def composition(g: Graph, name: Symbol, x: Symbol) -> list[Symbol]:
    """The names from `name` down to x when each has one argument only (a pure composition), otherwise nothing."""
    path = [name]
    while path[-1] != x:
        arguments = g.arguments(path[-1])
        if len(arguments) != 1:
            return []
        path.append(arguments[0])
    return path


def rule(g: Graph, name: Symbol, x: Symbol) -> OrderedSum:
    """The chain rule for d name/dx: the sum over the direct arguments, in the order written; a pure composition is one
    product."""
    path = composition(g, name, x)
    if path:
        return OrderedSum(OrderedProduct(*(leibniz(g, a, b) for a, b in pairwise(path))))
    terms = []
    for a in g.arguments(name):
        if a == x:
            terms.append(leibniz(g, name, a))
        elif g.reaches(a, x):
            terms.append(OrderedProduct(leibniz(g, name, a), leibniz(g, a, x, total=True)))
    return OrderedSum(*terms)


def inner_rules(g: Graph, name: Symbol, x: Symbol) -> list[tuple[Leibniz, OrderedSum]]:
    """The rules of the intermediate quantities below `name` whose derivative is itself a chain, outermost first."""
    return [] if composition(g, name, x) else rules_below(g, name, x)


def rules_below(g: Graph, name: Symbol, x: Symbol) -> list[tuple[Leibniz, OrderedSum]]:
    """The rule of each quantity below `name` that uses another one which leads to x, outermost first."""
    below = [n for n in reversed(g.order) if n != name and n in g.reachable(name) and g.reaches(n, x)]
    return [
        (leibniz(g, n, x, total=True), rule(g, n, x))
        for n in below
        if any(a in g.nodes and g.reaches(a, x) for a in g.arguments(n))
    ]


def factors(g: Graph, name: Symbol, x: Symbol) -> OrderedSum | None:
    """The rule with the factors put in, in the intermediate quantities; None when a factor is abstract."""
    terms = []
    for a in g.arguments(name):
        if not g.reaches(a, x):
            continue
        outer = edge(g, name, a)
        inner = S.One if a == x else total_derivative(g, a, x)
        if outer is None or inner is None:
            return None
        parts = [p for p in (outer, inner) if p != 1] or [S.One]
        terms.append(parts[0] if len(parts) == 1 else OrderedProduct(*parts))
    return OrderedSum(*terms)


def total_derivative(g: Graph, name: Symbol, x: Symbol) -> Expr | None:
    """d name/dx in the intermediate quantities, each computed once; None when something on the way is abstract."""
    known: dict[Symbol, Expr | None] = {x: S.One}
    for n in g.order:
        if n == x or not g.reaches(n, x):
            continue
        terms = []
        for a in g.arguments(n):
            if g.reaches(a, x):
                outer, inner = edge(g, n, a), known[a]
                terms.append(None if outer is None or inner is None else outer * inner)
        known[n] = None if None in terms else Add(*terms)
    return known.get(name, S.Zero)


def substituted(g: Graph, expression: Any) -> Any:
    """The expression with every defined name replaced by its formula, down to the leaves."""
    for n in reversed(g.order):
        formula = g.nodes[n].formula
        if formula is not None:
            expression = expression.xreplace({n: formula})
    return expression


def abstract_functions(g: Graph) -> dict[Symbol, Expr]:
    """Each abstract name as an undefined function of its arguments."""
    return {n: Function(str(n), real=True)(*v.arguments) for n, v in g.nodes.items() if v.formula is None}


def composed(g: Graph, name: Symbol) -> Expr:
    """The quantity as one formula in the leaves, abstract quantities as undefined functions."""
    expression: Any = name
    functions = abstract_functions(g)
    for n in reversed(g.order):
        formula = g.nodes[n].formula
        expression = expression.xreplace({n: functions[n] if formula is None else formula})
    return expression


def _wrong(problem: str, hint: str) -> SymcalcError:
    return SymcalcError("usage", problem, code="definitions", hint=hint)
