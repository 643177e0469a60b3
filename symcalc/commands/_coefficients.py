"""How the coefficients of a Taylor polynomial come about: derivatives, their values at the point, factorials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import factorial, prod

from sympy import Expr, ImmutableMatrix, Integer, S, Symbol

from symcalc.calculus.fields import derivative
from symcalc.commands._monomials import Terms, term
from symcalc.notation import AtPoint, Diff, HessianMatrix, Leibniz, OrderedProduct, OrderedSum, QuadraticForm
from symcalc.result import Fact, Step, Table

MOST_ROWS = 20
LEFT_OUT = "the table ends after {} rows"


def coefficients(
    f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr], groups: Terms
) -> tuple[tuple[Fact, ...], tuple[Step, ...], tuple[str, ...]]:
    """The table of derivatives and coefficients, the parts by degree for several variables, the same as steps, and notes."""
    known = {m: c for group in groups for m, c in group}
    degree = len(groups) - 1
    orders = sorted(
        (m for m in product(range(degree + 1), repeat=len(xs)) if sum(m) <= degree), key=lambda m: (sum(m), [-k for k in m])
    )
    notes = (LEFT_OUT.format(MOST_ROWS),) if len(orders) > MOST_ROWS else ()
    rows, steps = [], []
    for m in orders[:MOST_ROWS]:
        coefficient = known.get(m, S.Zero)
        value = coefficient * prod(map(factorial, m))
        slope = derivative(f, [(x, k) for x, k in zip(xs, m, strict=True) if k]) if any(m) else f
        rows.append((_name(xs, m), slope, value, coefficient))
        steps.append(_step(f, xs, m, point, slope, value, coefficient))
    place = ", ".join(f"{x} = {point[x]}" for x in xs)
    table = Table(("k" if len(xs) == 1 else "by", "derivative", f"value at {place}", "coefficient"), tuple(rows))
    facts = (Fact("coefficients", table, lead=True), *(_by_degree(f, xs, point, groups) if len(xs) > 1 else ()))
    return facts, tuple(steps), notes


def _name(xs: Sequence[Symbol], m: tuple[int, ...]) -> Expr:
    """The order of a derivative: a number, or ∂²f/∂x∂y."""
    if len(xs) == 1:
        return Integer(m[0])
    pairs = [(x, k) for x, k in zip(xs, m, strict=True) if k]
    return Leibniz(Symbol("f"), *pairs, partial=True) if pairs else Symbol("f")


def _step(
    f: Expr, xs: Sequence[Symbol], m: tuple[int, ...], point: Mapping[Symbol, Expr], slope: Expr, value: Expr, coefficient: Expr
) -> Step:
    pairs = [(x, k) for x, k in zip(xs, m, strict=True) if k]
    head = Diff(f, *pairs) if pairs else f
    put_in = Step("put in the point", AtPoint(head, *point.items()), value, nested=True)
    below = Integer(prod(map(factorial, m)))
    divided = Step(f"divide by {'·'.join(f'{k}!' for k in m)}", OrderedProduct(value, 1 / below), coefficient, nested=True)
    return Step(f"derivative of order {sum(m)}", head, slope, substeps=(put_in, divided), nested=True)


def _by_degree(f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr], groups: Terms) -> list[Fact]:
    """The part of each degree, the quadratic one also as ½(x - a)ᵀ·H·(x - a)."""
    parts = [
        Fact(f"degree {k}", OrderedSum(*(term(c, m, xs, point) for m, c in group)), lead=True) for k, group in enumerate(groups)
    ]
    if len(groups) < 3:
        return parts
    n = len(xs)
    quadratic = dict(groups[2])

    def entry(i: int, j: int) -> Expr:
        m = [0] * n
        m[i] += 1
        m[j] += 1
        return quadratic.get(tuple(m), S.Zero) * (2 if i == j else 1)

    hessian = ImmutableMatrix(n, n, entry)
    head = AtPoint(HessianMatrix(f, xs), *((x, point[x]) for x in xs))
    away = ImmutableMatrix([x - point[x] for x in xs])
    return [
        *parts,
        Fact("Hessian", hessian, of=head, lead=True),
        Fact("quadratic part", parts[2].value, of=QuadraticForm(away, hessian), lead=True),
    ]
