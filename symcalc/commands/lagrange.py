"""Stationary points of a function under equations and inequalities, with Lagrange multipliers.

symcalc lagrange "x+y" "x^2+y^2=1"
symcalc lagrange "x*y*z" "x+y+z=3" "x-y=0"
symcalc lagrange "(x-2)^2+(y-1)^2" "x^2+y^2<=1" "x>=0"
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sympy import Add, Eq, Expr, Ge, Le, Symbol

from symcalc.calculus.fields import derivative
from symcalc.calculus.stationary import multiplier_names, stationary_points
from symcalc.commands._extrema import argument, chosen, point_notes, require_points, require_real
from symcalc.errors import SymcalcError
from symcalc.notation import Leibniz, OrderedProduct, OrderedSum, natural_order
from symcalc.options import Constraints, Max, Min, Objective, Steps, Wrt
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_relation, parse_variables
from symcalc.result import Fact, Phrase, Result, Source


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
    require_real(reading)
    source = parse_expression(objective, reading)
    relations = [parse_relation(text, reading) for text in constraints]
    if not relations:
        raise SymcalcError("usage", "there is no constraint", code="missing-argument", hint='symcalc lagrange "x+y" "x^2+y^2=1"')
    for relation in relations:
        _refuse_name(relation)
    f = source.value
    equations = [g for relation in relations if (g := _equation(relation)) is not None]
    inequalities = [g for relation in relations if (g := _at_most_zero(relation)) is not None]
    constraints_in_order = [*equations, *inequalities]
    symbols = natural_order(f.free_symbols.union(*(g.free_symbols for g in constraints_in_order)))
    xs = parse_variables([wrt], reading) if wrt else symbols
    points, claims = stationary_points(f, equations, inequalities, xs)
    require_points(points)
    multipliers = multiplier_names(len(constraints_in_order), {str(s) for s in symbols})
    lagrangian = OrderedSum(f, *(OrderedProduct(-m, g) for m, g in zip(multipliers, constraints_in_order, strict=True)))
    facts = [Fact("Lagrangian", lagrangian, of=Symbol("L"), lead=True), *_system(f, equations, inequalities, multipliers, xs)]
    if inequalities:
        facts.append(Fact("signs", _signs(multipliers[len(equations) :])))
    shown = argument(f, equations, xs, multipliers, points) if steps and not inequalities else ()
    answer = Fact("stationary points", chosen(points, min, max))
    return Result(answer, tuple(facts), shown, point_notes(points), (source, *relations), xs, claims)


def _refuse_name(relation: Source) -> None:
    """Raise SymcalcError("usage") for a bare name, which is rather meant as a variable than as a constraint x = 0."""
    if isinstance(relation.value, Eq) and relation.value.lhs.is_Symbol and not re.search("[=<>≤≥]", relation.text):
        x = relation.value.lhs
        hint = f"variables are all names, or those of --wrt; a constraint is written {x}=0"
        raise SymcalcError(
            "usage",
            f"'{x}' is a name, not a constraint",
            code="name",
            text=relation.text,
            span=(0, len(relation.text)),
            hint=hint,
        )


def _signs(multipliers: Sequence[Symbol]) -> Phrase:
    """What the multipliers of the inequalities must be."""
    listed = [piece for m in multipliers for piece in (", ", m)][1:]
    return (*listed, " not positive at a minimum, not negative at a maximum; 0 where the inequality is not active")


def _equation(relation: Source) -> Expr | None:
    """g of an equation g = 0."""
    return relation.value.lhs - relation.value.rhs if isinstance(relation.value, Eq) else None


def _at_most_zero(relation: Source) -> Expr | None:
    """g of an inequality g <= 0. Raises SymcalcError("usage") for a strict one, whose border is not feasible."""
    value = relation.value
    if isinstance(value, Eq):
        return None
    if isinstance(value, Le | Ge):
        return value.lhs - value.rhs if isinstance(value, Le) else value.rhs - value.lhs
    raise SymcalcError(
        "usage",
        "a constraint must be an equation or an inequality with <= or >=",
        code="inequality",
        text=relation.text,
        span=(0, len(relation.text)),
        hint="the border must belong to the feasible set",
    )


def _system(
    f: Expr, equations: Sequence[Expr], inequalities: Sequence[Expr], multipliers: Sequence[Symbol], xs: Sequence[Symbol]
) -> list[Fact]:
    """The stationarity system: each ∂L/∂x = 0, then the constraints."""
    lagrangian = f - Add(*(m * g for m, g in zip(multipliers, [*equations, *inequalities], strict=True)))
    rows = [(Leibniz(Symbol("L"), (x, 1), partial=True), derivative(lagrangian, [(x, 1)])) for x in xs]
    stationary = [Fact("stationarity", Eq(slope, 0, evaluate=False), of=head, lead=True) for head, slope in rows]
    conditions = [*(Eq(g, 0, evaluate=False) for g in equations), *(Le(g, 0, evaluate=False) for g in inequalities)]
    return stationary + [Fact("constraint", condition, lead=True) for condition in conditions]
