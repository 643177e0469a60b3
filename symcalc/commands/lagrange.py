"""Stationary points of a function under equations, with Lagrange multipliers.

symcalc lagrange "x+y" "x^2+y^2=1"
symcalc lagrange "x*y*z" "x+y+z=3" "x-y=0"
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Add, Eq, Expr, Symbol

from symcalc.calculus.fields import derivative
from symcalc.calculus.stationary import lagrange_points, multiplier_names, point_claims
from symcalc.calculus.stationary.elimination import elimination
from symcalc.commands._extrema import chosen, point_notes, require_points
from symcalc.errors import SymcalcError
from symcalc.notation import Leibniz, OrderedProduct, OrderedSum, natural_order
from symcalc.options import Constraints, Max, Min, Objective, Steps, Wrt
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_relation, parse_variables
from symcalc.result import Fact, Result, Source


def lagrange(
    objective: Objective,
    *constraints: Constraints,
    wrt: Wrt = None,
    min: Min = False,
    max: Max = False,
    steps: Steps = None,
    reading: Reading = DEFAULT,
) -> Result:
    """Every real stationary point of the objective under the constraints, with multipliers, value and kind, and a label
    that says how complete the list is. `min` and `max` keep points of that kind only. Names not in `wrt` are parameters."""
    if reading.complex:
        raise SymcalcError("usage", "stationary points are sought among real numbers", code="complex", hint="leave out --complex")
    source = parse_expression(objective, reading)
    relations = [parse_relation(text, reading) for text in constraints]
    if not relations:
        raise SymcalcError("usage", "there is no constraint", code="missing-argument", hint='symcalc lagrange "x+y" "x^2+y^2=1"')
    f = source.value
    equations = [_equation(relation) for relation in relations]
    symbols = natural_order(f.free_symbols.union(*(g.free_symbols for g in equations)))
    xs = parse_variables([wrt], reading) if wrt else symbols
    points = lagrange_points(f, equations, xs)
    require_points(points)
    multipliers = multiplier_names(len(equations), {str(s) for s in symbols})
    lagrangian = OrderedSum(f, *(OrderedProduct(-m, g) for m, g in zip(multipliers, equations, strict=True)))
    facts = (Fact("Lagrangian", lagrangian, of=Symbol("L"), lead=True), *_system(f, equations, multipliers, xs))
    claims = point_claims(f, equations, xs, points)
    shown = elimination(f, equations[0], xs, multipliers[0]) if steps and len(equations) == 1 else ()
    return Result(
        Fact("stationary points", chosen(points, min, max)), facts, shown, point_notes(points), (source, *relations), xs, claims
    )


def _equation(relation: Source) -> Expr:
    if not isinstance(relation.value, Eq):
        raise SymcalcError(
            "usage",
            "a constraint must be an equation",
            code="inequality",
            text=relation.text,
            span=(0, len(relation.text)),
            hint="inequalities are not supported; on the border an equation holds",
        )
    return relation.value.lhs - relation.value.rhs


def _system(f: Expr, equations: Sequence[Expr], multipliers: Sequence[Symbol], xs: Sequence[Symbol]) -> list[Fact]:
    """The stationarity system: each ∂L/∂x = 0, then the constraints."""
    lagrangian = f - Add(*(m * g for m, g in zip(multipliers, equations, strict=True)))
    rows = [(Leibniz(Symbol("L"), (x, 1), partial=True), derivative(lagrangian, [(x, 1)])) for x in xs]
    stationary = [Fact("stationarity", Eq(slope, 0, evaluate=False), of=head, lead=True) for head, slope in rows]
    return stationary + [Fact("constraint", Eq(g, 0, evaluate=False), lead=True) for g in equations]
