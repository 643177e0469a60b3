"""What is said beside the points: labels, families, domains, parameters, errors, and what is loaded."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from sympy import (
    Abs,
    Expr,
    Float,
    Function,
    Integer,
    Max,
    Rational,
    Symbol,
    besselj,
    exp,
    log,
    simplify,
    sin,
    sqrt,
    symbols,
)

from symcalc.calculus.stationary import lagrange_points, point_claims
from symcalc.errors import SymcalcError
from symcalc.formats._plainprinter import plain
from symcalc.result import Points

x, y, z, a, b, p, q, r, t = symbols("x y z a b p q r t", real=True)


def statuses(found: Points) -> set[str]:
    return {extremum.status for extremum in found.extrema.values()}


INFEASIBLE = "exact: no real point satisfies the constraints"


@pytest.mark.parametrize(
    "constraints",
    [
        [x**2 + y**2 + 1],
        [x**2 + y**2 - 1, x**2 + y**2 - 4],
        [x * y - 1, x * y - 2],
        [x + y - 1, x + y - 2],
        [x**4 + y**2 * x**2 + 3],
        [Integer(1)],
        [x - 1, y - 1, x + y - 3],
    ],
)
def test_no_feasible_point(constraints: list[Expr]) -> None:
    found = lagrange_points(x + 2 * y, constraints, [x, y])
    assert (found.points, found.families, found.label) == ((), (), INFEASIBLE)


@pytest.mark.parametrize(
    "constraints,note",
    [
        ([x**2 + y**2 - 1, 2 * x**2 + 2 * y**2 - 2], "constraint 2 repeats another one and is left out"),
        ([x**2 + y**2 - 1, Integer(0)], "constraint 2 is always true"),
        ([(x**2 + y**2 - 1) ** 2, Integer(0)], "constraint 1 has repeated factors"),
    ],
)
def test_superfluous_constraints_are_named(constraints: list[Expr], note: str) -> None:
    found = lagrange_points(x, constraints, [x, y])
    assert [p.value for p in found.points] == [-1, 1]
    assert any(text.startswith(note) for text in found.notes)


def test_implied_linear_constraint() -> None:
    found = lagrange_points(x**2 + y**2 + z**2, [x + y - 1, y + z - 1, x + 2 * y + z - 2], [x, y, z])
    assert [p.at for p in found.points] == [{x: Rational(1, 3), y: Rational(2, 3), z: Rational(1, 3)}]
    assert len(found.points[0].multipliers) == 2 and "follows from the others" in found.notes[0]


def test_as_many_constraints_as_variables() -> None:
    found = lagrange_points(x + y, [x - y**2, x + y - 2], [x, y])
    assert [(dict(point.at), point.kind) for point in found.points] == [
        ({x: 1, y: 1}, "isolated feasible point"),
        ({x: 4, y: -2}, "isolated feasible point"),
    ]


def test_more_constraints_than_variables() -> None:
    found = lagrange_points(x + y, [x**2 - 1, y**2 - 1, x * y - 1], [x, y])
    assert [point.value for point in found.points] == [-2, 2]
    assert all(point.kind.startswith("constraint qualification fails") for point in found.points)


def test_constant_objective() -> None:
    found = lagrange_points(Integer(5), [x**2 + y**2 - 1], [x, y])
    assert found.points == () and plain(found.families[0].words).startswith(
        "all points with x**2 + y**2 - 1 = 0 are stationary, with the value 5"
    )
    assert str(found.extrema["maximum"]).startswith("global maximum 5")


def test_qualification_fails_at_a_node_and_at_a_cusp() -> None:
    node = lagrange_points(x, [(x**2 + y**2) ** 2 - x**2 + y**2], [x, y])
    assert [(point.at[x], bool(point.multipliers)) for point in node.points] == [(-1, True), (0, False), (1, True)]
    assert node.points[1].kind == "constraint qualification fails: no multipliers exist"
    crossing = lagrange_points(x**2 + y**2, [x * y], [x, y])
    assert crossing.points[0].kind.startswith("constraint qualification fails: multipliers are not unique")


def test_xy_on_the_axes_is_not_compact() -> None:
    found = lagrange_points(x + y, [x * y - 1], [x, y])
    assert all(str(extremum).startswith(f"no global {side}: at x = ") for side, extremum in found.extrema.items())
    assert not any(re.search(r"\.\d*0\b", str(extremum)) for extremum in found.extrema.values())


def test_vanishing_reduced_hessian_is_decided_by_the_series() -> None:
    quartic = lagrange_points(x**4 + y**2, [z - x], [x, y, z])
    assert [point.kind for point in quartic.points] == ["strict minimum"]
    cubic = lagrange_points(x**3 + y**2, [z - x], [x, y, z])
    assert [point.kind for point in cubic.points] == ["saddle"]
    bent = lagrange_points(y - x**4, [y - x**4 + x**6], [x, y])
    assert [(point.at[x], point.kind) for point in bent.points] == [(0, "strict maximum")]


def test_roots_of_the_domain_are_not_hidden() -> None:
    found = lagrange_points(x ** Rational(1, 3) + y, [x + y - 2], [x, y])
    assert statuses(found) == {"undecided"}
    assert "points where a root vanishes or a derivative does not exist are not examined" in found.notes
    harmless = lagrange_points(sqrt((x - 3) ** 2 + y**2), [x**2 + y**2 - 1], [x, y])
    assert [point.value for point in harmless.points] == [2, 4] and harmless.notes == ()
    assert str(harmless.extrema["minimum"]).startswith("global minimum 2 at point 1")


def test_logarithms_keep_their_domain() -> None:
    found = lagrange_points(log(x) + log(y), [x**2 + y**2 - 2], [x, y])
    assert [dict(point.at) for point in found.points] == [{x: 1, y: 1}]


def test_assumptions_on_the_variables() -> None:
    u, v = symbols("u v", positive=True)
    found = lagrange_points(u + v, [u**2 + v**2 - 2], [u, v])
    assert [dict(point.at) for point in found.points] == [{u: 1, v: 1}]
    assert found.extrema["minimum"].status == "undecided"


def test_every_feasible_point_stationary() -> None:
    found = lagrange_points(x * y, [log(x) + log(y) - 1], [x, y])
    assert [plain(f.words) for f in found.families] == ["every solution of log(x) + log(y) - 1 = 0 is stationary"]


def test_not_periodic_objective_is_not_called_extremal() -> None:
    found = lagrange_points(x + y, [sin(x) + sin(y) - 1], [x, y])
    assert found.label == "exact, up to the period" and len(found.points) == 2
    assert statuses(found) == {"undecided"}


def test_unsettled_list_says_so() -> None:
    found = lagrange_points(exp(x) + exp(y) + z, [x**2 + y**2 + z**2 - 1], [x, y, z])
    assert found.label == "each point certified, list not proven complete"
    assert statuses(found) == {"undecided"}


def test_variable_called_lambda() -> None:
    name = Symbol("lambda", real=True)
    found = lagrange_points(x + name, [x**2 + name**2 - 1], [x, name])
    assert [str(k) for k in found.points[0].multipliers] == ["mu"]


def test_high_degree_falls_back_to_digits() -> None:
    found = lagrange_points(x**3 + x * y + y, [x**4 + x * y**3 + y**4 - 1], [x, y])
    assert found.label == "exact, all real points"
    assert any(isinstance(value, Float) for point in found.points for value in point.at.values())


def test_claims_name_the_constraints_that_were_kept() -> None:
    constraints = [Integer(0), (x**2 + y**2 - 2) ** 2, 3 * x**2 + 3 * y**2 - 6]
    found = lagrange_points(x + y, constraints, [x, y])
    claims = point_claims(x + y, constraints, [x, y], found)
    assert [claim.constraints for claim in claims] == [(x**2 + y**2 - 2,)] * 2
    assert [claim.value for claim in claims] == [(-Rational(1, 2),), (Rational(1, 2),)]
    cusp = [y**2 - x**3]
    (unqualified,) = point_claims(x, cusp, [x, y], lagrange_points(x, cusp, [x, y]))
    assert unqualified.value is None and unqualified.constraints == (y**2 - x**3,)


# --- parameters ---------------------------------------------------------------------------------------------------


def test_linear_form_on_a_circle_of_radius_r() -> None:
    found = lagrange_points(a * x + b * y, [x**2 + y**2 - r**2], [x, y])
    norm = sqrt(a**2 + b**2)
    assert found.label == "symbolic, for generic parameters"
    assert {simplify(point.value / (r * norm)) for point in found.points} == {1, -1}
    assert {simplify(point.at[x] / (a * r / norm)) for point in found.points} == {1, -1}
    assert all(simplify(point.multipliers[Symbol("lambda", real=True)] * 2 * r / norm) ** 2 == 1 for point in found.points)


def test_cobb_douglas() -> None:
    found = lagrange_points(x**a * y ** (1 - a), [p * x + q * y - t], [x, y])
    (point,) = found.points
    assert simplify(point.at[x] - a * t / p) == 0 and simplify(point.at[y] - (1 - a) * t / q) == 0
    assert point.kind == "depends on the parameters"


def test_parameter_with_a_sign_decides_the_kind() -> None:
    c = Symbol("c", positive=True)
    found = lagrange_points(c * x**2 + c * y**2, [x + y - 1], [x, y])
    assert [(point.value, point.kind) for point in found.points] == [(c / 2, "strict minimum")]


# --- errors -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "objective,constraints,variables,kind,words",
    [
        (x, [x - 1], [], "usage", "no variable"),
        (Abs(x) + y, [x**2 + y**2 - 1], [x, y], "no", "Abs(x) has kinks"),
        (Max(x, y), [x**2 + y**2 - 1], [x, y], "no", "kinks"),
        (Function("f")(x) + y, [x + y - 1], [x, y], "no", "f(x) is not one"),
        (Symbol("c") + x, [x - 1], [Symbol("c"), x], "usage", "c is complex"),
        (Symbol("n", integer=True) + x, [x - 1], [Symbol("n", integer=True), x], "usage", "n is an integer"),
        (x + y, [x**2 + y**2 <= 1], [x, y], "usage", "inequalities"),
        (besselj(0, x) + y, [x**2 + y**2 - 1], [x, y], "limit", "certified arithmetic"),
        (a * x**4 + b * x * y + y**3, [x**3 + y**5 + a * x * y - b], [x, y], "limit", "symbolic parameters"),
        (x, [a - b], [x], "no", "constraint 1 holds none of the variables"),
    ],
)
def test_errors(objective: Expr, constraints: list[Expr], variables: list[Symbol], kind: str, words: str) -> None:
    with pytest.raises(SymcalcError) as caught:
        lagrange_points(objective, constraints, variables)
    assert caught.value.kind == kind and words in caught.value.problem


def test_flint_is_loaded_only_here() -> None:
    code = "import sys, symcalc.calculus; print('flint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
