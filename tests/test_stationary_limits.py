"""Stationary points at the border of the methods: functions unknown to the reduction, exponentials, labels, refusals."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sympy import (
    Expr,
    GoldenRatio,
    I,
    PolynomialError,
    Rational,
    atan2,
    besselj,
    cosh,
    exp,
    factorial,
    oo,
    sech,
    simplify,
    sinc,
    sinh,
    sqrt,
    symbols,
    tanh,
)

from symcalc.calculus.stationary import analysis, lagrange_points
from symcalc.calculus.stationary.factors import vanishing_factors
from symcalc.commands.lagrange import lagrange
from symcalc.errors import SymcalcError
from symcalc.formats._plainprinter import plain
from symcalc.notation import sigmoid

x, y, z = symbols("x y z", real=True)


def test_sigmoid_on_the_circle() -> None:
    found = lagrange_points(sigmoid(x + y), [x**2 + y**2 - 1], [x, y])
    assert [point.numeric["x"] for point in found.points] == ["-0.707106781186548", "0.707106781186548"]
    assert [point.kind for point in found.points] == ["strict minimum", "strict maximum"]


def test_golden_ratio_is_a_number() -> None:
    found = lagrange_points(GoldenRatio * x, [x**2 + y**2 - 1], [x, y])
    assert [point.numeric["value"] for point in found.points] == ["-1.61803398874989", "1.61803398874989"]


def test_no_point_is_lost_for_want_of_an_enclosure() -> None:
    found = lagrange_points(sech(x - y), [x**2 + y**2 - 1], [x, y])
    assert any(float(point.numeric["value"]) == 1 for point in found.points)


@pytest.mark.parametrize("objective", [sinc(x) + y, atan2(x, y), besselj(0, 1) * x + y, I * x, oo + x])
def test_functions_without_enclosure_are_refused(objective: Expr) -> None:
    with pytest.raises(SymcalcError) as caught:
        lagrange_points(objective, [x**2 + y**2 - 1], [x, y])
    assert caught.value.kind in ("limit", "no")


# --- exponentials -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "objective,constraint,coordinates",
    [
        (cosh(x) + cosh(y), x + y - 1, ["0.5"]),
        (sigmoid(x) + sigmoid(y), x + y - 1, ["0.5"]),
        (tanh(x) - tanh(y), x + y - 1, []),  # its slope sech(x)^2 + sech(1 - x)^2 is positive
        (2 ** (x * y), x**2 + y**2 - 4, ["-1.414213562", "-1.414213562", "1.414213562", "1.414213562"]),
        (x**x, y - x**2, ["0.3678794412"]),
    ],
)
def test_exponentials(objective: Expr, constraint: Expr, coordinates: list[str]) -> None:
    found = lagrange_points(objective, [constraint], [x, y])
    assert sorted(float(point.numeric["x"]) for point in found.points) == pytest.approx([float(a) for a in coordinates])


def test_factors_that_vanish_nowhere_are_left_out() -> None:
    assert vanishing_factors(exp(2 * x) * (x - y)) == [(x - y, 1)]
    assert vanishing_factors(exp(x + 1)) == []
    assert vanishing_factors(exp(x) - exp(x)) == [(0, 1)]
    assert {f for f, _ in vanishing_factors(exp(2 * x) - 1)} == {exp(x) - 1}


# --- what a pipe is told ------------------------------------------------------------------------------------------


def test_symbolic_parameter_where_the_value_is_not_a_number() -> None:
    found = lagrange_points(factorial(x), [y - x**2], [x])
    assert sorted(str(point.at[x]) for point in found.points) == ["-sqrt(y)", "sqrt(y)"]


@pytest.mark.parametrize(
    "words,notes",
    [
        (["x+y", "x^2+y^2=1"], []),
        (["exp(x)+y", "x^2+y^2=1"], ["certified, all points in the box |x| <= 2, |y| <= 2, which holds the whole feasible set"]),
        (["exp(x)+exp(y)+z", "x^2+y^2+z^2=1"], ["each point certified, list not proven complete"]),
        (["5", "x^2+y^2=1"], ["all points with x**2 + y**2 - 1 = 0 are stationary, with the value 5; for example x = 1, y = 0"]),
    ],
)
def test_notes_say_how_complete_the_list_is(words: list[str], notes: list[str]) -> None:
    assert [plain(note) for note in lagrange(*words).notes] == notes


@pytest.mark.parametrize(
    "words,kind,problem",
    [
        (["x+y", "x^2+y^2=-1"], "no", "no real point satisfies the constraints"),
        (["x+y", "x=1", "x=2"], "no", "no real point satisfies the constraints"),
        (["x+y", "y=x^3"], "no", "there is no real stationary point"),
        (["tanh(x)-tanh(y)", "x+y=1"], "no", "there is no real stationary point"),
        (["exp(x)+3*x+sin(x)", "y=x^2"], "limit", "no stationary point was found, and it is not shown that there is none"),
        (["oo", "x*y=1"], "no", "stationary points are sought among real numbers, and oo is not one"),
    ],
)
def test_no_answer_is_an_error(words: list[str], kind: str, problem: str) -> None:
    with pytest.raises(SymcalcError) as caught:
        lagrange(*words)
    assert (caught.value.kind, caught.value.problem) == (kind, problem)


@pytest.mark.parametrize(
    "error", [NotImplementedError, PolynomialError, ValueError, IndexError, ZeroDivisionError, StopIteration]
)
def test_unforeseen_trouble_is_a_limit(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        def steps() -> Iterator[None]:
            raise error
            yield

        list(steps())

    monkeypatch.setattr(analysis, "reduce", stumble)
    with pytest.raises(SymcalcError) as caught:
        lagrange_points(x + y, [x**2 + y**2 - 1], [x, y])
    assert caught.value.kind == "limit" and caught.value.__cause__ is not None and caught.value.hint


# --- simple exact numbers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "objective,constraint,points",
    [
        (exp(x) + exp(y) + exp(z), x + y + z, [((0, 0, 0), 3, 1)]),
        (cosh(x) + cosh(y), x + y - 1, [((Rational(1, 2), Rational(1, 2)), 2 * cosh(Rational(1, 2)), sinh(Rational(1, 2)))]),
        (
            sigmoid(x + y),
            x**2 + y**2 - 1,
            [
                ((-sqrt(2) / 2, -sqrt(2) / 2), 1 / (1 + exp(sqrt(2))), -sqrt(2) / 8 / cosh(sqrt(2) / 2) ** 2),
                ((sqrt(2) / 2, sqrt(2) / 2), 1 / (1 + exp(-sqrt(2))), sqrt(2) / 8 / cosh(sqrt(2) / 2) ** 2),
            ],
        ),
    ],
)
def test_simple_numbers_are_recognized(
    objective: Expr, constraint: Expr, points: list[tuple[tuple[Expr, ...], Expr, Expr]]
) -> None:
    found = lagrange_points(objective, [constraint], sorted(objective.free_symbols, key=str)).points
    assert [tuple(point.at.values()) for point in found] == [at for at, _, _ in points]
    for point, (_, value, multiplier) in zip(found, points, strict=True):
        assert point.value == value and simplify(*point.multipliers.values()) == simplify(multiplier)


def test_a_number_near_a_simple_one_stays_a_decimal() -> None:
    found = lagrange_points(exp(x) - x * exp(Rational(1, 10**40)), [y - x], [x, y])
    assert [point.at[x].is_Float for point in found.points] == [True]
