"""critical: stationary points without constraints, and the curve of a function of one variable, judged by numbers."""

from __future__ import annotations

import random
import re
from functools import partial

import pytest
import sympy as sp
from judge import read, symbol
from mpmath import mp
from test_stationary import CASES, SKIPPED, check_points

from symcalc import SymcalcError, answer
from symcalc.calculus.curve import curve
from symcalc.calculus.stationary import lagrange_points
from symcalc.calculus.stationary.shape import extrema, shape_of
from symcalc.result import Points

critical = partial(answer, "critical")
X = symbol("x")
FREE = [c for c in CASES.values() if c["type"] == "critical" and c["id"] not in {*SKIPPED, "U11"} and c["points"]]
CURVES = [
    "x^3-3*x", "x^4-2*x^2+1", "x/(x^2+1)", "(x^2+1)/x", "1/x", "x*exp(-x)", "x^2*exp(-x)", "exp(-x^2)", "(x^2-1)/(x^2+1)",
    "x^3/(x^2-1)", "(x-1)/(x+2)", "x^3+x", "atan(x)", "x-atan(x)", "sqrt(1-x^2)", "sqrt(x)*(x-1)", "x^5-5*x", "1/(x^2-4)",
    "x^2-3*x+2", "cbrt(x-1)", "x*cbrt(x-1)", "atan(1/x)", "exp(1/x)", "x^4/4-x^3", "(x^3-2)/x^2", "x^2/(x-1)", "2*x+1",
]  # fmt: skip


def curve_of(f):
    try:
        points = lagrange_points(f, [], (X,))
    except SymcalcError:
        points = Points((), "not found")
    return shape_of(f, (X,), points)


@pytest.mark.parametrize("case", FREE, ids=lambda c: c["id"])
def test_known_points(case):
    result = critical(case["objective"].replace("**", "^"), *case["variables"])
    check_points(case, result.answer.value)
    assert result.check.points > 0


def numbers(e):
    """e as a function of mpmath numbers, with real roots."""
    return sp.lambdify(X, e, [{"RealRoot": lambda u, n: mp.sign(u) * mp.root(abs(u), n)}, "mpmath"])


def inside(intervals, a):
    return any(low < a < high for low, high in intervals)


@pytest.mark.parametrize("text", CURVES)
def test_the_curve_by_numbers(text):
    """At random points the signs of f' and f'' are those of the interval that holds the point; every point is in one."""
    f = read(text)
    shape = curve_of(f)
    assert shape is not None
    slope, bend = (numbers(sp.diff(f, X, n)) for n in (1, 2))
    value, rng, tried = numbers(f), random.Random(text), 0
    for _ in range(120):
        a = mp.mpf(rng.uniform(*rng.choice(((-8, 8), (-2, 2), (0, 1)))))
        with mp.workdps(30):
            try:
                real = isinstance(value(a), mp.mpf) and mp.isfinite(value(a))
            except ZeroDivisionError:
                continue
            assert real == (inside(shape.rising, a) or inside(shape.falling, a))
            if real:
                tried += 1
                assert inside(shape.rising, a) == (slope(a) > 0)
                assert inside(shape.convex, a) == (bend(a) > 0)
                assert inside(shape.concave, a) == (bend(a) < 0)
    assert tried > 20
    for a in shape.inflections:
        signs = [mp.sign(bend(mp.mpf(sp.N(a, 30)) + h)) for h in (mp.mpf("-1e-6"), mp.mpf("1e-6"))]
        assert signs[0] * signs[1] == -1


@pytest.mark.parametrize("text", CURVES)
def test_asymptotes_and_extrema_by_numbers(text):
    f = read(text)
    shape = curve_of(f)
    value = numbers(f)
    for a in shape.vertical:
        near = [
            abs(value(mp.mpf(sp.N(a, 40)) + h))
            for h in (mp.mpf("1e-12"), mp.mpf("-1e-12"))
            if isinstance(value(mp.mpf(sp.N(a, 40)) + h), mp.mpf)
        ]
        assert max(near) > 1e5
    for line, where in shape.others:
        for end in where:
            far = mp.mpf(10) ** 8 * (-1 if end == -sp.oo else 1)
            assert abs(value(far) - mp.mpf(sp.N(line.subs(X, sp.Integer(int(far))), 30))) < 1e-6
    grid = [mp.mpf(k) / 50 for k in range(-1000, 1001)]
    values = []
    for a in grid:
        try:
            values += [v for v in [value(a)] if isinstance(v, mp.mpf)]
        except ZeroDivisionError:
            continue
    for side, words in extrema(f, X, shape).items():
        found = re.match(rf"global {side} (.+) at x = ", str(words))
        best = min(values) if side == "minimum" else max(values)
        if found:
            claimed = mp.mpf(sp.N(read(found[1]), 30))
            assert claimed <= best + 1e-9 if side == "minimum" else claimed >= best - 1e-9
            assert abs(claimed - best) < 0.1 * (1 + abs(claimed))


def test_a_bound_that_is_only_approached_is_no_extremum():
    words = extrema(read("atan(x)"), X, curve_of(read("atan(x)")))
    assert str(words["maximum"]).startswith("no global maximum: its bound pi/2 is only approached")
    assert str(extrema(read("sqrt(1-x^2)"), X, curve_of(read("sqrt(1-x^2)")))["minimum"]).startswith("global minimum 0 at x = -1")


@pytest.mark.parametrize("text", ["x*sin(x)", "sin(x^2)", "floor(x)", "gamma(x)", "a*x^2"])
def test_no_curve_where_its_cuts_are_not_all_known(text):
    assert curve_of(read(text)) is None
    assert curve(read("x^2"), X, lambda g: None) is None


def test_min_and_max_keep_only_those():
    everything = critical("x^4-2*x^2", "x").answer.value
    smallest, largest = (critical("x^4-2*x^2", "x", **{side: True}).answer.value for side in ("min", "max"))
    assert isinstance(everything, Points)
    assert [p.kind for p in smallest.points] == ["strict minimum"] * 2
    assert [p.kind for p in largest.points] == ["strict maximum"]
    assert (list(smallest.extrema), list(largest.extrema)) == (["minimum"], ["maximum"])
    kept = answer("lagrange", "x+y", "x^2+y^2=1", max=True).answer.value
    assert [p.value for p in kept.points] == [sp.sqrt(2)]
    assert str(kept.extrema["maximum"]).startswith("global maximum sqrt(2) at point 1:")


def test_what_has_no_answer():
    with pytest.raises(SymcalcError, match="no real stationary point"):
        critical("x^3+x+y^2")
    with pytest.raises(SymcalcError, match="jumps"):
        critical("sign(x)+x^2")
    with pytest.raises(SymcalcError, match="real numbers"):
        critical("x^2", complex=True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("x^2*y^2-x^6-y^6", "saddle"), ("(y-x^2)*(y-2*x^2)", "saddle"), ("(y-x^2)^2-x^6", "saddle"), ("x^2+y^8-y^6*x", None)],
)
def test_a_saddle_is_seen_along_curves(text, kind):
    """Values on the curves (a·t, b·t^2) and (a·t^2, b·t) and on lines say the same."""
    f = sp.lambdify(sp.symbols("x y", real=True), read(text))
    near = [
        f(sp.Rational(a) * t**i, sp.Rational(b) * t**j)
        for t in (sp.Rational(1, 100), sp.Rational(1, 300))
        for a in (-1, 0, 1) for b in (-1, 0, 1, sp.Rational(3, 2)) for i, j in ((1, 1), (1, 2), (2, 1))
    ]  # fmt: skip
    assert (min(near) < 0 < max(near)) == (kind == "saddle")
    (origin,) = [p for p in critical(text).answer.value.points if not any(p.at.values())]
    assert (origin.kind == "saddle") == (kind == "saddle")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("x*y*exp(-x^2-y^2)", ("attained", "attained")),
        ("(x^2+2*y^2)*exp(-x^2-y^2)", ("attained", "attained")),
        ("exp(-x^2-y^2)", ("none", "attained")),
        ("(x-1)*exp(-x^2-x*y-y^2)", ("attained", "attained")),
        ("x*exp(-x^2+2*x*y-y^2)", (None, None)),  # constant along x = y: it does not tend to zero
        ("x*exp(-x^4+y^2)", (None, None)),
    ],
)
def test_a_function_that_tends_to_zero_has_the_extrema_that_are_claimed(text, status):
    f = sp.lambdify(sp.symbols("x y", real=True), read(text), "math")
    try:
        found = critical(text, "x", "y").answer.value
    except SymcalcError:
        assert status == (None, None)
        return
    grid = [f(a / 20, b / 20) for a in range(-60, 61) for b in range(-60, 61)]
    for side, wanted, best in zip(("minimum", "maximum"), status, (min(grid), max(grid)), strict=True):
        claim = found.extrema[side]
        assert wanted is None or claim.status == wanted
        assert "tends to 0 at infinity" not in str(claim) or wanted == "attained"
        if claim.status == "attained":
            value = float(sp.N(claim.value)) if isinstance(claim.value, sp.Expr) else float(claim.value.removeprefix("about "))
            assert value == pytest.approx(best, abs=2e-3)
