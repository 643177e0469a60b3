"""Kinks by cases, judged by values near each point and on a grid, never by the cases themselves."""

from __future__ import annotations

import math
import random
from itertools import product

import pytest
import sympy as sp

from symcalc.calculus.stationary import kinks
from symcalc.commands.critical import critical
from symcalc.commands.lagrange import lagrange
from symcalc.errors import SymcalcError
from symcalc.parse import DEFAULT, parse_expression, parse_relation
from tests.nearby import around, function, numbers

FREE = [
    "abs(x-1)+x^2", "2*x+abs(x)", "abs(x^2-1)", "max(x^2,2-x)", "abs(abs(x)-1)", "abs(x)*exp(-x)", "abs(x-1)-2*abs(x+1)+x^2",
    "min(x^2,(x-2)^2+1)", "abs(x^3-3*x)", "max(x,-2*x,x^2-1)", "x^4-abs(x)", "abs(x)+y^2", "abs(x)-abs(y)", "abs(x)-y^2",
    "abs(x)+abs(y-x)+abs(x+y-2)", "max(x,y,1)+x^2+y^2", "max(x^2+y^2,2*x)", "abs(x-y)+x^2+y^2-3*x", "min(x,y)-x^2-y^2",
    "abs(x+y)+x^2-y", "x^2+y^2+2*abs(x*y-1)",
]  # fmt: skip
BOUND = [
    ("max(x,y)", "x^2+y^2=1"),
    ("x+2*y", "abs(x)+abs(y)=1"),
    ("abs(x)+2*abs(y)", "x^2+y^2=1"),
    ("abs(x-y)+x", "x^2+y^2=2"),
    ("x*y", "max(abs(x),abs(y))=1"),
]
OPEN = {"x^2+y^2+2*abs(x*y-1)"}
"""A flat part of minima meets a kink: not decided."""
SPAN, STEPS = 4, 160


def read(text):
    return parse_expression(text, DEFAULT).value


@pytest.mark.parametrize("text", FREE)
def test_kinds_by_values_all_around(text):
    f = function(read(text), sorted(read(text).free_symbols, key=str))
    rng = random.Random(text)
    for point in critical(text).answer.value.points:
        for radius in (1e-2, 1e-3):
            changes = [v - f(*numbers(point)) for v in around(f, numbers(point), radius, rng)]
            if point.kind.startswith("strict minimum"):
                assert min(changes) > 0
            elif point.kind.startswith("strict maximum"):
                assert max(changes) < 0
            elif point.kind.startswith(("saddle", "no extremum")):
                assert min(changes) < 0 < max(changes)
            elif point.kind.startswith("minimum"):
                assert min(changes) > -1e-12
            else:
                assert text in OPEN, point


def near_family(family, place, names, h):
    """Whether a flat part that is listed passes near the place."""
    at = dict(zip(names, place, strict=True))
    equations = [(a, b) for a, sign, b in zip(family.where, family.where[1:], family.where[2:], strict=False) if sign == " = "]
    return all(abs((a - b).subs(at)) < 4 * h for a, b in equations)


@pytest.mark.parametrize("text", FREE)
def test_every_extremum_of_a_grid_is_near_a_listed_one(text):
    names = sorted(read(text).free_symbols, key=str)
    f = function(read(text), names)
    steps = STEPS if len(names) == 1 else STEPS // 4
    h = SPAN / steps
    offset = h / math.pi  # the grid avoids the kinks
    grid = {i: f(*(k * h + offset for k in i)) for i in product(range(-steps, steps + 1), repeat=len(names))}
    found = critical(text).answer.value
    places = [numbers(p) for p in found.points]
    for i, value in grid.items():
        near = [
            grid.get(tuple(a + d for a, d in zip(i, way, strict=True)))
            for way in product((-1, 0, 1), repeat=len(names))
            if any(way)
        ]
        if None in near:
            continue
        if value < min(near) or value > max(near):
            listed = any(all(abs(a - (k * h + offset)) <= 2 * h for a, k in zip(p, i, strict=True)) for p in places)
            assert listed or any(near_family(family, [k * h + offset for k in i], names, h) for family in found.families)
    for side, pick in (("minimum", min), ("maximum", max)):
        known = found.extrema[side]
        best = pick(grid.values())
        if known.status == "attained":
            value = float(known.value.evalf(20))
            assert value <= best + 1e-9 if side == "minimum" else value >= best - 1e-9


@pytest.mark.parametrize("text,constraint", BOUND)
def test_extrema_on_a_curve_with_corners(text, constraint):
    f = function(read(text), sp.symbols("x y", real=True))
    relation = parse_relation(constraint, DEFAULT).value
    inside = function(relation.lhs - relation.rhs, sp.symbols("x y", real=True))
    values = []
    for k in range(3600):
        c, s = math.cos(math.pi * k / 1800), math.sin(math.pi * k / 1800)
        low, high = 0.0, 4.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if inside(middle * c, middle * s) < 0 else (low, middle)
        values.append((f(low * c, low * s), low * c, low * s))
    found = lagrange(text, constraint).answer.value
    for side, pick in (("minimum", min), ("maximum", max)):
        known = found.extrema[side]
        assert known.status == "attained"
        assert abs(float(known.value.evalf(20)) - pick(values)[0]) < 1e-2
    local = [
        (
            values[k][0] < min(values[k - 1][0], values[(k + 1) % 3600][0]),
            values[k][0] > max(values[k - 1][0], values[(k + 1) % 3600][0]),
            values[k],
        )
        for k in range(3600)
    ]
    places = [(p.kind, numbers(p)) for p in found.points]
    for low, high, (_, a, b) in local:
        if low or high:
            word = "strict minimum" if low else "strict maximum"
            assert any(kind.startswith(word) and math.hypot(p[0] - a, p[1] - b) < 1e-2 for kind, p in places)
    assert sum(kind.startswith("strict minimum") for kind, _ in places) == sum(low for low, _, _ in local)


def test_flat_parts_are_families_and_convexity_decides():
    flat = critical("abs(x)+abs(x-1)").answer.value
    assert (
        str(flat.extrema["minimum"])
        == "global minimum 1 at points 1 and 2 and where x >= 0 and 1 - x >= 0: a convex objective on a convex set"
    )
    assert str(critical("abs(x*y)").answer.value.extrema["minimum"]).startswith("global minimum 0 where x = 0")


def test_what_is_refused():
    with pytest.raises(SymcalcError, match="more than 16 cases"):
        critical("+".join(f"abs(x-{k})" for k in range(5)))
    with pytest.raises(SymcalcError, match="jumps"):
        critical("sign(x)+x^2")


def test_the_judge_sees_a_forgotten_case(monkeypatch):
    """Deliberate bug: of |u| only the branch u ≥ 0."""
    whole = kinks._branches
    monkeypatch.setattr(kinks, "_branches", lambda kink: list(whole(kink))[:1])
    with pytest.raises(AssertionError):
        test_every_extremum_of_a_grid_is_near_a_listed_one("abs(abs(x)-1)")


def test_the_judge_sees_a_kind_from_one_side_only(monkeypatch):
    """Deliberate bug: the kind of the first case is taken for the kind of the point."""
    monkeypatch.setattr(kinks, "_kind", lambda candidates, there, own: candidates[0].point.kind)
    with pytest.raises(AssertionError):
        test_kinds_by_values_all_around("2*x+abs(x)")
