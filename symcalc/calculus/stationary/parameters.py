"""Problems with symbolic parameters: solved one equation at a time, verified by substitution, for generic values."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from sympy import (
    Abs,
    Add,
    Dummy,
    Expr,
    Float,
    Integer,
    Matrix,
    Poly,
    Pow,
    Rational,
    Symbol,
    diff,
    expand,
    factor_list,
    hessian,
    numer,
    simplify,
    sqrt,
    together,
)

from symcalc.calculus.stationary.bounds import definiteness
from symcalc.calculus.stationary.classify import ISOLATED
from symcalc.calculus.stationary.extrema import undecided
from symcalc.calculus.stationary.system import Problem, Reduced
from symcalc.errors import SymcalcError
from symcalc.result import Point, Points

LABEL = "symbolic, for generic parameters"
DEPENDS = "depends on the parameters"
MOST_OPERATIONS = 400
MOST_SOLUTIONS = 16
Values = dict[Symbol, Expr]


def parametric_points(problem: Problem) -> Points:
    """The solutions that elimination by linear and quadratic equations finds. Nothing is claimed about others."""
    xs = problem.variables
    equations = Reduced(problem.objective, problem.constraints, xs, {}).equations()
    found = []
    for values in _solve([_tidy(e, xs) for e in equations], list(xs)):
        point = _point(problem, values)
        if point is not None and point not in found:
            found.append(point)
        if len(found) > MOST_SOLUTIONS:
            raise _too_hard()
    if not found:
        raise SymcalcError(
            "limit",
            "no solution was found with symbolic parameters",
            hint="give numbers for the parameters: then all real points are found",
        )
    return Points(tuple(found), LABEL, (), undecided(), problem.notes)


def _too_hard() -> SymcalcError:
    return SymcalcError(
        "limit",
        "the equations with symbolic parameters are too large",
        hint="give numbers for the parameters: then all real points are found",
    )


def _tidy(equation: Expr, variables: Sequence[Symbol]) -> Expr:
    """The numerator without the factors that hold no variable or never vanish (x^a with a symbolic exponent)."""
    powers: dict[Expr, Symbol] = {}

    def stand_in(base: Expr, exponent: Expr) -> Expr:
        whole, rest = exponent.as_coeff_Add()
        if not whole.is_Integer:
            whole, rest = Integer(0), exponent
        return base**whole * powers.setdefault(base**rest, Dummy(positive=True))

    split = expand(equation).replace(lambda e: isinstance(e, Pow) and not e.exp.is_Rational, lambda e: stand_in(e.base, e.exp))
    top = numer(together(split))
    if top.count_ops() > MOST_OPERATIONS:
        raise _too_hard()
    back = {name: power for power, name in powers.items()}
    product: Expr = Integer(1)
    for factor, _ in factor_list(top)[1]:
        if factor not in back and factor.subs(back).free_symbols & set(variables):
            product *= factor.subs(back)
    return product


def _solve(equations: list[Expr], variables: list[Symbol]) -> Iterator[Values]:
    """Solve the simplest equation for a variable, substitute into the others, go on; every root is a branch."""
    left = [e for e in equations if e != 0]
    if any(not e.free_symbols & set(variables) for e in left):
        return
    if not left:
        if not variables:
            yield {}
        return
    for equation, x in _choices(left, variables):
        rest = [e for e in left if e is not equation]
        others = [y for y in variables if y is not x]
        for root in _roots(equation, x):
            for values in _solve([_tidy(e.subs(x, root), others) if others else simplify(e.subs(x, root)) for e in rest], others):
                yield values | {x: simplify(root.subs(values))}
        return
    raise _too_hard()


def _choices(equations: Sequence[Expr], variables: Sequence[Symbol]) -> Iterator[tuple[Expr, Symbol]]:
    """Equations with a variable in which every factor is of degree at most 2, low degrees and short ones first."""
    ranked = []
    for i, e in enumerate(equations):
        for j, x in enumerate(variables):
            if x in e.free_symbols and e.is_polynomial(x):
                factors = [Poly(f, x) for f in e.as_ordered_factors() if f.has(x)]
                degree = max(f.degree() for f in factors)
                if degree <= 2:
                    ranked.append((degree, e.count_ops(), i, j))
    yield from ((equations[i], variables[j]) for _, _, i, j in sorted(ranked))


def _roots(equation: Expr, x: Symbol) -> Iterator[Expr]:
    for factor in equation.as_ordered_factors():
        if not factor.has(x):
            continue
        coefficients = Poly(factor, x).all_coeffs()
        if len(coefficients) == 2:
            yield simplify(-coefficients[1] / coefficients[0])
        elif len(coefficients) == 3:
            a, b, c = coefficients
            root = sqrt(simplify(b**2 - 4 * a * c)).replace(Abs, lambda u: u)  # both signs follow
            yield from (simplify((-b + sign * root) / (2 * a)) for sign in (-1, 1))


def _point(problem: Problem, values: Values) -> Point | None:
    """The point with multipliers and kind; None when it does not satisfy the conditions."""
    gradient = Matrix(problem.gradient()).subs(values)
    count = len(problem.constraints)
    if any(not _vanishes(g.subs(values)) for g in problem.constraints):
        return None
    multipliers: list[Expr] = []
    if count:
        jacobian = Matrix(problem.jacobian()).subs(values)
        pivots = jacobian.rref(simplify=True)[1]
        if len(pivots) < count:
            return None
        chosen = list(pivots)
        multipliers = [simplify(e) for e in jacobian[:, chosen].T.LUsolve(gradient[chosen, :])]
        gradient = gradient - jacobian.T * Matrix(multipliers)
    if not all(map(_vanishes, gradient)):
        return None
    at = {x: values[x] for x in problem.variables}
    value = simplify(problem.objective.subs(values))
    return Point(at, value, dict(zip(problem.names, multipliers, strict=True)), _kind(problem, values, multipliers), {})


def _vanishes(e: Expr) -> bool:
    """Zero by exact simplification; numbers at random parameter values only spare the effort where it is not."""
    if e == 0:
        return True
    numbers = random.Random(2)
    sample = {s: Rational(numbers.randint(10, 99), 17) for s in sorted(e.free_symbols, key=str)}
    approximate = e.subs(sample).evalf(30)
    if approximate.is_finite and abs(approximate) > Float("1e-20"):
        return False
    return bool(simplify(e) == 0)


def _kind(problem: Problem, values: Mapping[Symbol, Expr], multipliers: Sequence[Expr]) -> str:
    """The signs of the reduced Hessian's characteristic polynomial, where assumptions on the parameters decide them."""
    xs = list(problem.variables)
    lagrangian = problem.objective - Add(*(m * g for m, g in zip(multipliers, problem.constraints, strict=True)))
    matrix = hessian(lagrangian, xs).subs(values)
    if problem.constraints:
        jacobian = Matrix([[diff(g, x) for x in xs] for g in problem.constraints]).subs(values)
        directions = jacobian.nullspace(simplify=True)
        if not directions:
            return ISOLATED
        tangent = Matrix.hstack(*directions)
        matrix = tangent.T * matrix * tangent
    matrix = matrix.applyfunc(simplify)
    if matrix.rows == 1 and matrix[0].is_real and matrix[0].is_nonzero and matrix[0].is_positive is not None:
        return "strict minimum" if matrix[0].is_positive else "strict maximum"
    definite = definiteness(matrix, strict=True)
    return {1: "strict minimum", -1: "strict maximum"}.get(definite, DEPENDS)
