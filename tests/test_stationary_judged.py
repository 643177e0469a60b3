"""Stationary points judged by independent numerics: eigenvalues, residuals at 30 digits, finite sampling."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import mpmath
import pytest
from sympy import Expr, Float, Mul, Rational, Symbol, atan, cos, diff, exp, lambdify, log, pi, sin, sqrt, symbols, tanh

from symcalc import answer
from symcalc.calculus.comparisons import TOLERANCE
from symcalc.calculus.judges import worst_pair
from symcalc.calculus.stationary import lagrange_points
from symcalc.formats._plainprinter import plain
from symcalc.result import Points

x, y, z, w = symbols("x y z w", real=True)


def residual(objective: Expr, constraints: Sequence[Expr], found: Points, digits: int = 30) -> mpmath.mpf:
    """The largest |g| and |∇f - Σ λ∇g| over the points with multipliers, at the exact coordinates."""
    worst = mpmath.mpf(0)
    with mpmath.workdps(digits + 10):
        for point in found.points:
            at = {v: a.evalf(digits + 10) for v, a in point.at.items()}
            multipliers = list(point.multipliers.values())
            left = list(constraints)
            if multipliers or not constraints:
                names = list(point.multipliers)
                lagrangian = objective - sum(k * g for k, g in zip(names, constraints, strict=True))
                left += [diff(lagrangian, v).subs(dict(point.multipliers)) for v in at]
            worst = max([worst, *(abs(mpmath.mpf(str(e.subs(at).evalf(digits + 5)))) for e in left)])
    return worst


@pytest.mark.parametrize("size,seed", [(2, 1), (3, 2), (3, 3), (4, 4), (5, 5), (6, 6)])
def test_quadratic_form_on_the_sphere_has_the_eigenvalues(size: int, seed: int) -> None:
    numbers = random.Random(seed)
    matrix = [[0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            matrix[i][j] = matrix[j][i] = numbers.randint(-6, 6)
    variables = symbols(f"x1:{size + 1}", real=True)
    form = sum(matrix[i][j] * variables[i] * variables[j] for i in range(size) for j in range(size))
    found = lagrange_points(form, [sum(v**2 for v in variables) - 1], variables)
    eigenvalues = sorted(mpmath.eigsy(mpmath.matrix(matrix), eigvals_only=True))
    assert len(found.points) == 2 * size
    for k, point in enumerate(found.points):
        assert abs(float(point.numeric["value"]) - float(eigenvalues[k // 2])) < 1e-9
        assert abs(float(point.numeric["lambda"]) - float(eigenvalues[k // 2])) < 1e-9
    kinds = [p.kind for p in found.points]
    assert kinds == ["strict minimum"] * 2 + ["saddle"] * (2 * size - 4) + ["strict maximum"] * 2
    assert found.label == "exact, all real points"
    assert str(found.extrema["minimum"]).startswith("global minimum")


def test_repeated_eigenvalue_gives_a_family() -> None:
    found = lagrange_points(2 * x**2 + 2 * y**2 + 5 * z**2, [x**2 + y**2 + z**2 - 1], [x, y, z])
    assert [(p.value, p.kind) for p in found.points] == [(5, "strict maximum")] * 2
    assert len(found.families) == 1 and plain(found.families[0].words).startswith(
        "all points with z = 0, x**2 + y**2 - 1 = 0 are stationary"
    )
    assert str(found.extrema["minimum"]).startswith("global minimum 2 where")


EXACT_PROBLEMS = [
    (x + y, [x**2 + y**2 - 1]),
    (sqrt(2) * x + sqrt(3) * y, [x**2 + y**2 - 1]),
    (x * y * z, [x**2 + y**2 + z**2 - 1, x + y + z]),
    (x**4 + y**4 + x * y, [x**2 + 3 * y**2 - 2]),
    (exp(x * y), [x**2 + y**2 - 1]),
    (x * y * exp(-(x**2) - y**2), [x + y - 1]),
    (log(x) + 2 * log(y), [x + y - 3]),
    (-x * log(x) - y * log(y) - z * log(z), [x + y + z - 1, x - y]),
    (sin(x) * sin(y), [x + y - pi / 3]),
    (sqrt((x - 3) ** 2 + y**2), [x**2 + y**2 - 1]),
    (x / (y - 2), [x**2 + y**2 - 1]),
    (atan(x) + y, [x**2 + y**2 - 4]),
    (x**2 + y**2 + z**2, [x * y * z - 1]),
    (x**3 + y**3 + z**3, [x + y + z - 1, x**2 + y**2 + z**2 - 1]),
]


@pytest.mark.parametrize("objective,constraints", EXACT_PROBLEMS)
def test_exact_points_satisfy_the_conditions(objective: Expr, constraints: list[Expr]) -> None:
    variables = sorted(objective.free_symbols | set().union(*(g.free_symbols for g in constraints)), key=str)
    found = lagrange_points(objective, constraints, variables)
    assert found.points and found.label.startswith("exact")
    assert residual(objective, constraints, found) < mpmath.mpf(10) ** -28


NUMERIC_PROBLEMS = [
    (exp(x) + y, [x**2 + y**2 - 1]),
    (x * sin(y), [x**2 + y**2 - 1]),
    (tanh(x) + y, [x**2 + y**2 - 4]),
    (pi * x + y, [x**2 + y**2 - 1]),
    (x**2 + y**2, [y - exp(x)]),
    (exp(x) + exp(y) + z, [x**2 + y**2 + z**2 - 1]),
    (cos(x) + x * y, [x**2 + y**2 - 5]),
]


@pytest.mark.parametrize("objective,constraints", NUMERIC_PROBLEMS)
def test_certified_points_satisfy_the_conditions(objective: Expr, constraints: list[Expr]) -> None:
    variables = sorted(objective.free_symbols | set().union(*(g.free_symbols for g in constraints)), key=str)
    found = lagrange_points(objective, constraints, variables)
    assert found.points and "certified" in found.label
    assert residual(objective, constraints, found) < mpmath.mpf(10) ** -26


@pytest.mark.parametrize("objective,constraints", [p for p in EXACT_PROBLEMS + NUMERIC_PROBLEMS if p[1] == [x**2 + y**2 - 1]])
def test_extremes_on_the_circle_by_sampling(objective: Expr, constraints: list[Expr]) -> None:
    found = lagrange_points(objective, constraints, [x, y])
    f = lambdify([x, y], objective, "math")
    with mpmath.workdps(20):
        samples = [f(float(mpmath.cos(t / mpmath.mpf(500))), float(mpmath.sin(t / mpmath.mpf(500)))) for t in range(3142)]
    values = [float(p.numeric["value"]) for p in found.points]
    assert min(values) <= min(samples) < min(values) + 1e-4 * (1 + abs(min(values)))
    assert max(values) >= max(samples) > max(values) - 1e-4 * (1 + abs(max(values)))
    assert str(found.extrema["minimum"]).startswith("global minimum") and str(found.extrema["maximum"]).startswith(
        "global maximum"
    )


@pytest.mark.parametrize("seed", range(6))
def test_dense_cubic_on_the_circle_has_as_many_points_as_sign_changes(seed: int) -> None:
    numbers = random.Random(100 + seed)
    terms = [(i, j) for i in range(4) for j in range(4 - i) if i + j]
    objective = sum(numbers.randint(-9, 9) * Mul(x**i, y**j) for i, j in terms)
    found = lagrange_points(objective, [x**2 + 4 * y**2 - 4], [x, y])
    t = Symbol("t", real=True)
    slope = lambdify(t, diff(objective.subs({x: 2 * cos(t), y: sin(t)}), t), "math")
    steps = [slope(float(k) * 2 * float(pi) / 20011) for k in range(20012)]
    changes = sum(a * b < 0 for a, b in pairwise(steps))
    assert len(found.points) == changes
    assert residual(objective, [x**2 + 4 * y**2 - 4], found) < mpmath.mpf(10) ** -24
    kinds = [p.kind for p in found.points]
    assert kinds.count("strict minimum") == kinds.count("strict maximum") == changes // 2


def test_numbers_are_proven_to_fifteen_digits() -> None:
    found = lagrange_points(x**2 + y**2, [y - exp(x)], [x, y])
    with mpmath.workdps(30):
        expected = -mpmath.lambertw(2) / 2
        assert mpmath.nstr(expected, 15) == found.points[0].numeric["x"]


def test_coordinates_are_recognized() -> None:
    found = lagrange_points(x + 2 * y + 3 * z, [x - y + z - 1, x**2 + y**2 - 1], [x, y, z])
    assert {p.value for p in found.points} == {3 - sqrt(29), 3 + sqrt(29)}
    found = lagrange_points(x * y, [x**2 + y**2 - Rational(1, 2)], [x, y])
    assert found.points[0].at == {x: -Rational(1, 2), y: Rational(1, 2)}
    found = lagrange_points(sin(x) + cos(y), [x + y - pi / 2], [x, y])
    assert [p.at[x] for p in found.points] == [-pi / 2, pi / 2]


@pytest.mark.parametrize(("moved", "right"), [(0, True), (1e-8, False)])
def test_a_steep_slope_is_measured_by_the_slope_beside(moved, right):
    """Near 4.71 the slope of e^(x⁴)·cos(x) is 10^176 at the root to 40 digits, and 10^206 at a place 10^-8 from it."""
    found = answer("critical", "exp(x^4)*cos(x)", check=False)
    (claim,) = (c for c in found.claims if any(4 < v < 5 for v in c.point.values()))
    point = {x: v + Float(moved, 40) for x, v in claim.point.items()}
    pair = worst_pair(replace(claim, point=point), {})
    assert (pair.error() <= TOLERANCE) == right


def test_numbers_that_are_too_large_are_said_to_be_the_reason():
    found = answer("critical", "exp(x^4)*cos(x)")
    assert "not checked by numbers: the numbers are too large to be computed" in found.notes
