"""The stationarity system without multipliers: constraints tidied, linear ones substituted, minors of the gradients."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sympy import Expr, Integer, Matrix, Poly, Symbol, diff, expand, numer, sqf_list, together

from symcalc.errors import SymcalcError

MOST_MINORS = 300


@dataclass(frozen=True, slots=True)
class Problem:
    """Stationary points of `objective` where every constraint vanishes.

    `names` holds one multiplier symbol for each constraint that is kept; `feasible` is False when two constraints
    contradict each other; `notes` are sentences about what was left out or rewritten.
    """

    objective: Expr
    constraints: tuple[Expr, ...]
    names: tuple[Symbol, ...]
    variables: tuple[Symbol, ...]
    notes: tuple[str, ...] = ()
    feasible: bool = True

    def parameters(self) -> set[Symbol]:
        """The symbols that are not variables."""
        return set().union(*(h.free_symbols for h in (self.objective, *self.constraints))) - set(self.variables)

    def gradient(self) -> list[Expr]:
        return [diff(self.objective, x) for x in self.variables]

    def jacobian(self) -> list[list[Expr]]:
        return [[diff(g, x) for x in self.variables] for g in self.constraints]


@dataclass(frozen=True, slots=True)
class Reduced:
    """A problem in fewer variables: `back` gives the others, by affine expressions."""

    objective: Expr
    constraints: tuple[Expr, ...]
    variables: tuple[Symbol, ...]
    back: Mapping[Symbol, Expr]

    def equations(self) -> list[Expr]:
        """The Fritz John conditions: the constraints, and every (m+1)×(m+1) minor of the gradients of objective and
        constraints. Its solutions are the stationary points and the points where the constraint qualification fails."""
        m, n = len(self.constraints), len(self.variables)
        if m >= n:
            return list(self.constraints)
        rows = Matrix([[diff(h, x) for x in self.variables] for h in (self.objective, *self.constraints)])
        chosen = list(itertools.combinations(range(n), m + 1))
        if len(chosen) > MOST_MINORS:
            raise SymcalcError("limit", f"{n} variables and {m} constraints give {len(chosen)} conditions: too many")
        minors = (expand(rows[:, list(columns)].det(method="berkowitz")) for columns in chosen)
        return [minor for minor in minors if minor != 0] + list(self.constraints)


def multiplier_names(count: int, taken: set[str]) -> tuple[Symbol, ...]:
    """λ for one constraint, λ1, λ2, ... for more; μ where the problem itself has such a name."""
    for letter in ("lambda", "mu", "nu", "multiplier"):
        words = [letter] if count == 1 else [f"{letter}{i + 1}" for i in range(count)]
        if not taken & set(words):
            break
    return tuple(Symbol(word, real=True) for word in words)


def pose(objective: Expr, constraints: Sequence[Expr], variables: Sequence[Symbol]) -> Problem:
    """The problem with its constraints tidied: trivial and repeated ones left out, repeated factors removed."""
    taken = {s.name for h in (objective, *constraints) for s in h.free_symbols} | {x.name for x in variables}
    names = multiplier_names(len(constraints), taken)
    kept: list[Expr] = []
    kept_names: list[Symbol] = []
    notes: list[str] = []
    feasible = True
    for i, (g, name) in enumerate(zip(constraints, names, strict=True), start=1):
        if not g.free_symbols & set(variables):
            trivial = g.equals(0) if not g.free_symbols else None
            if trivial is None:
                raise SymcalcError("no", f"constraint {i} holds none of the variables: {g} = 0")
            feasible = feasible and bool(trivial)
            notes.append(f"constraint {i} is {'always' if trivial else 'never'} true")
            continue
        h = square_free(g, variables)
        if h is not g:
            notes.append(f"constraint {i} has repeated factors and is read as {h} = 0, which has the same points")
        if any(_proportional(h, k) for k in kept):
            notes.append(f"constraint {i} repeats another one and is left out")
            continue
        kept.append(h)
        kept_names.append(name)
    return Problem(objective, tuple(kept), tuple(kept_names), tuple(variables), tuple(notes), feasible)


def square_free(g: Expr, variables: Sequence[Symbol]) -> Expr:
    """A polynomial with every factor once; the same object when there is nothing to do."""
    if not g.is_polynomial(*variables) or g.free_symbols - set(variables):
        return g
    _, factors = sqf_list(g, *variables)
    if all(power == 1 for _, power in factors):
        return g
    product: Expr = Integer(1)
    for factor, _ in factors:
        product *= factor
    return expand(product)


def _proportional(a: Expr, b: Expr) -> bool:
    ratio = (numer(together(a)) / numer(together(b))).cancel() if a.free_symbols == b.free_symbols else a
    return not ratio.free_symbols


def reduce(problem: Problem) -> tuple[Problem, Reduced | None]:
    """Linear constraints solved for a variable each and substituted.

    Gives back the problem without the constraints that turned out to follow from others, and None instead of the
    reduced problem when a contradiction appears.
    """
    objective, variables = problem.objective, list(problem.variables)
    open_constraints = dict(zip(problem.names, problem.constraints, strict=True))
    back: dict[Symbol, Expr] = {}
    while (found := _linear(open_constraints, variables)) is not None:
        name, x, value = found
        del open_constraints[name]
        variables.remove(x)
        objective = objective.subs(x, value)
        back = {y: expand(h.subs(x, value)) for y, h in back.items()} | {x: value}
        open_constraints = {k: expand(g.subs(x, value)) for k, g in open_constraints.items()}
        constant = {k: g for k, g in open_constraints.items() if not g.free_symbols & set(variables)}
        if any(g != 0 for g in constant.values()):
            return problem, None
        if constant:
            problem = _without(problem, constant)
            open_constraints = {k: g for k, g in open_constraints.items() if k not in constant}
    return problem, Reduced(objective, tuple(open_constraints.values()), tuple(variables), back)


def _linear(constraints: Mapping[Symbol, Expr], variables: Sequence[Symbol]) -> tuple[Symbol, Symbol, Expr] | None:
    """A constraint with the variable to solve it for and its value: a linear one for the variable with the simplest
    coefficient, the last of these; otherwise a transcendental one that is a graph, c·x = h(other variables)."""
    if len(variables) == 1:
        return None
    for name, g in constraints.items():
        present = [x for x in variables if x in g.free_symbols]
        if g.is_polynomial(*present) and Poly(g, *present).total_degree() == 1:
            x = min(reversed(present), key=lambda v: (abs(diff(g, v)) != 1, diff(g, v).count_ops()))
            return name, x, _solved(g, x)
    for name, g in constraints.items():
        graphs = [x for x in variables if x in g.free_symbols and not diff(g, x).free_symbols]
        if graphs and not g.is_algebraic_expr(*variables):
            return name, graphs[-1], _solved(g, graphs[-1])
    return None


def _solved(g: Expr, x: Symbol) -> Expr:
    slope = diff(g, x)
    return expand(-expand(g - slope * x) / slope)


def _without(problem: Problem, redundant: Mapping[Symbol, Expr]) -> Problem:
    pairs = [(k, g) for k, g in zip(problem.names, problem.constraints, strict=True) if k not in redundant]
    notes = (*problem.notes, *(f"the constraint of {name} follows from the others and is left out" for name in redundant))
    return Problem(problem.objective, tuple(g for _, g in pairs), tuple(k for k, _ in pairs), problem.variables, notes)
