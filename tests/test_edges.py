"""Points on the edge of the domain, where a root vanishes: their kinds judged by values nearby, the claims by a grid."""

from __future__ import annotations

import random

import pytest
import sympy as sp

from symcalc.calculus.stationary import edges
from symcalc.commands.critical import critical
from symcalc.commands.lagrange import lagrange
from symcalc.parse import DEFAULT, parse_expression
from tests.nearby import around, function, numbers

FREE = [
    "sqrt(x)-x", "x*sqrt(4-x^2)", "sqrt(1-x^2-y^2)+x", "x-sqrt(x)-sqrt(2-x)", "sqrt(x)+sqrt(y)-x-2*y", "sqrt(x)-sqrt(y)+y-x",
    "sqrt(x-y^2)-x", "-sqrt(9-x^2-4*y^2)+y", "x^(3/2)-x",
]  # fmt: skip
OPEN = {"x^(3/2)-x": 1}
"""How many points stay inconclusive: where the slope of the root vanishes."""


def in_domain(f):
    def value(*at):
        try:
            return f(*at)
        except (ValueError, TypeError):
            return None

    return value


def on_edge(f, place, radius, rng):
    """Values near the place at points where the domain ends, found by bisection."""
    for _ in range(60):
        ends = [[a + radius * rng.uniform(-1, 1) for a in place] for _ in range(2)]
        inside, outside = sorted(ends, key=lambda p: f(*p) is None)
        if f(*inside) is not None and f(*outside) is None:
            for _ in range(80):
                middle = [(a + b) / 2 for a, b in zip(inside, outside, strict=True)]
                inside, outside = (middle, outside) if f(*middle) is not None else (inside, middle)
            yield f(*inside)


@pytest.mark.parametrize("text", FREE)
def test_kinds_by_the_values_of_the_domain_nearby(text):
    e = parse_expression(text, DEFAULT).value
    names = sorted(e.free_symbols, key=str)
    f = in_domain(function(e, names))
    found = critical(text).answer.value
    rng, undecided, edge = random.Random(text), 0, 0
    for point in found.points:
        place = numbers(point)
        here = float(point.value.evalf(20))
        edge += point.kind.endswith(edges.AT_EDGE)
        changes = [
            v - here
            for radius in (1e-3, 1e-4)
            for v in (*around(f, place, radius, rng), *on_edge(f, place, radius, rng))
            if v is not None
        ]
        assert changes
        if point.kind.startswith("strict minimum"):
            assert min(changes) > -1e-14 and max(changes) > 1e-9
        elif point.kind.startswith("strict maximum"):
            assert max(changes) < 1e-14 and min(changes) < -1e-9
        elif point.kind.startswith(("saddle", "no extremum")):
            assert min(changes) < -1e-9 and max(changes) > 1e-9
        else:
            undecided += 1
    assert edge and undecided == OPEN.get(text, 0)
    grid = [v for _ in range(4000) if (v := f(*(rng.uniform(-4, 4) for _ in names))) is not None]
    for side, sign in (("minimum", 1), ("maximum", -1)):
        known = found.extrema[side]
        if known.status == "attained":
            assert all(sign * (v - float(known.value.evalf(20))) >= -1e-9 for v in grid)


def test_on_a_line_both_ends_are_listed_and_the_claims_use_them():
    found = lagrange("sqrt(x)+sqrt(y)", "x+y=2").answer.value
    assert [(p.value, p.kind) for p in found.points] == [
        (sp.sqrt(2), "strict minimum" + edges.AT_EDGE),
        (sp.sqrt(2), "strict minimum" + edges.AT_EDGE),
        (2, "strict maximum"),
    ]
    assert str(found.extrema["minimum"]).startswith("global minimum sqrt(2) at points 1 and 2: the feasible set is compact")


def test_the_judge_sees_a_wrong_sign(monkeypatch):
    """Deliberate bug: the sign of the slope of the root is turned."""
    right = edges._kind
    monkeypatch.setattr(edges, "_kind", lambda along, slopes: right(along, [-s for s in slopes]))
    with pytest.raises(AssertionError):
        test_kinds_by_the_values_of_the_domain_nearby("sqrt(x)-x")


def test_other_roots_are_said_not_to_be_examined():
    found = lagrange("x^(1/3)+y", "x+y=2", reading=DEFAULT)
    assert any("not examined" in str(note) for note in found.notes)


NORMS = {
    "sqrt(x^2+y^2)": "strict minimum", "sqrt(x^2+y^2)+x/2": "strict minimum", "3*x-2*sqrt(x^2+y^2)": "no extremum",
    "x^2+y^2-sqrt(x^2+2*y^2)": "strict maximum", "y-2*sqrt(x^2+x*y+y^2)": "strict maximum", "sqrt(x^2+y^2)+x": "inconclusive",
    "sqrt((x-1)^2+(y+2)^2)+x*y/9": "strict minimum", "sqrt(x^2+y^2+z^2)+(x+y)/2": "strict minimum",
    "sqrt(x^2+y^2)+sqrt((x-3)^2+y^2)+sqrt(x^2+(y-4)^2)": "no extremum",
}  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), NORMS.items())
def test_where_a_norm_vanishes_values_nearby_are_larger_or_smaller_as_said(text, kind):
    e = parse_expression(text, DEFAULT).value
    f = function(e, sorted(e.free_symbols, key=str))
    apexes = [p for p in critical(text).answer.value.points if p.kind.endswith(edges.AT_APEX)]
    assert apexes
    assert {p.kind.removesuffix(edges.AT_APEX) for p in apexes} == {kind}
    rng = random.Random(text)
    for point in apexes:
        here = float(point.value.evalf(20))
        changes = [v - here for radius in (1e-3, 1e-4) for v in around(f, numbers(point), radius, rng)]
        assert kind != "strict minimum" or min(changes) > 0
        assert kind != "strict maximum" or max(changes) < 0
        assert kind != "no extremum" or min(changes) < 0 < max(changes)
