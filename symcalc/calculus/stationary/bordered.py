"""The textbook's second-order test: signs of the leading principal minors of the (bordered) Hessian matrix.

Without constraints Sylvester's criterion; with m constraints the minors of orders 2m + 1 to m + n of [[0, J], [Jᵀ, ∇²L]]: all of
the sign of (-1)^m at a strict minimum, alternating from (-1)^(m+1) at a strict maximum (Debreu 1952; Magnus and Neudecker,
Matrix Differential Calculus, section 3.11). The first m columns of J must be independent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sympy import Add, CRootOf, Determinant, Expr, Float, ImmutableMatrix, Matrix, Symbol, diff, radsimp, zeros

from symcalc.calculus.sign import sign_of
from symcalc.calculus.stationary.elimination import MOST_POINTS
from symcalc.notation import AtPoint, Leibniz
from symcalc.result import Point, Step

MOST_ROWS = 5
MOST_OPERATIONS = 12
"""For an entry at a point."""


def bordered_hessian(
    f: Expr, constraints: Sequence[Expr], xs: Sequence[Symbol], multipliers: Sequence[Symbol]
) -> ImmutableMatrix:
    """[[0, J], [Jᵀ, ∇²L]] with L = f - Σ λᵢ·gᵢ; the Hessian of f where there are no constraints."""
    lagrangian = f - Add(*(k * g for k, g in zip(multipliers, constraints, strict=True)))
    jacobian = Matrix(len(constraints), len(xs), [diff(g, x) for g in constraints for x in xs])
    hessian = Matrix([[diff(lagrangian, x, y) for y in xs] for x in xs])
    top = zeros(len(constraints), len(constraints)).row_join(jacobian)
    return ImmutableMatrix(top.col_join(jacobian.T.row_join(hessian)))


def minors(bordered: ImmutableMatrix, constraints: int, points: Sequence[Point]) -> tuple[Step, ...]:
    """The leading principal minors that decide, at each point of a short list, the last one of a point with what they say."""
    if bordered.rows > MOST_ROWS or len(points) > MOST_POINTS:
        return ()
    found: list[Step] = []
    for number, point in enumerate(points, start=1):
        where = f" at point {number}" if len(points) > 1 else ""
        found += _at(bordered, constraints, {**point.at, **point.multipliers}, where)
    return tuple(found)


def _at(bordered: ImmutableMatrix, m: int, values: Mapping[Symbol, Expr], where: str) -> list[Step]:
    b = bordered.subs(values)
    if b.free_symbols or b.has(Float, CRootOf) or any(e.count_ops() > MOST_OPERATIONS for e in b):
        return []
    n = b.rows - m
    if m and sign_of(b[:m, m : 2 * m].det()) in (0, None):
        return []
    if b.rows == 1:
        ((x, _),) = values.items()
        head = AtPoint(Leibniz(Symbol("f"), (x, 2), partial=False), *values.items())
        said = verdict([sign_of(b[0, 0])], 0)
        return [Step(f"second derivative{where}{': ' * bool(said)}{said}", head, b[0, 0], nested=True)]
    name = "bordered Hessian" if m else "Hessian"
    steps, signs = [], []
    for k in range(2 * m + 1, m + n + 1):
        square = ImmutableMatrix(b[:k, :k])
        value = radsimp(square.det(method="berkowitz").expand())
        signs.append(sign_of(value))
        steps.append(Step(f"{name}{where}, minor of order {k}", Determinant(square), value, nested=True))
    said = verdict(signs, m)
    last = steps[-1]
    return [*steps[:-1], replace(last, rule=f"{last.rule}: {said}")] if said else steps


def verdict(signs: Sequence[int | None], m: int) -> str:
    """What the signs of the minors of orders 2m + 1, 2m + 2, ... say."""
    if None in signs:
        return ""
    first = (-1) ** m
    if all(s == first for s in signs):
        return "strict minimum"
    if all(s == first * (-1) ** (i + 1) for i, s in enumerate(signs)):
        return "strict maximum"
    return "saddle" if signs[-1] != 0 else ""
