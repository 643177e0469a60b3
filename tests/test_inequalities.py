"""Inequalities: textbook problems and those of Hock and Schittkowski with known solutions, judged point by point."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest
import sympy as sp
from judge import read

from symcalc import SymcalcError, answer

lagrange = partial(answer, "lagrange")
PROBLEMS = [
    # name, objective, constraints, solution, least value, active inequalities there (numbered among the inequalities)
    ("N&W 16.4", "(x-1)^2+(y-2.5)^2", ["x-2y+2>=0", "-x-2y+6>=0", "-x+2y+2>=0", "x>=0", "y>=0"], ["7/5", "17/10"], "4/5", [1]),
    ("linear programme", "-x-y", ["x>=0", "y>=0", "x+2*y<=4", "3*x+y<=6"], ["8/5", "6/5"], "-14/5", [3, 4]),
    ("disc", "(x-2)^2+(y-1)^2", ["x^2+y^2<=1", "x>=0"], ["2*sqrt(5)/5", "sqrt(5)/5"], "6-2*sqrt(5)", [1]),
    ("half plane", "x^2+y^2", ["x+y>=1"], ["1/2", "1/2"], "1/2", [1]),
    ("interior", "(x-1)^2+(y-1)^2", ["x^2+y^2<=4"], ["1", "1"], "0", []),
    ("HS10", "x-y", ["-3*x^2+2*x*y-y^2+1>=0"], ["0", "1"], "-1", [1]),
    ("HS12", "x^2/2+y^2-x*y-7*x-7*y", ["25-4*x^2-y^2>=0"], ["2", "3"], "-30", [1]),
    ("HS14", "(x-2)^2+(y-1)^2", ["x-2*y+1=0", "1-x^2/4-y^2>=0"], ["(sqrt(7)-1)/2", "(sqrt(7)+1)/4"], "9-23*sqrt(7)/8", [1]),
    ("HS21", "x^2/100+y^2-100", ["10*x-y>=10", "x>=2", "x<=50", "y>=-50", "y<=50"], ["2", "0"], "-2499/25", [2]),
    ("HS22", "(x-2)^2+(y-1)^2", ["x+y<=2", "y>=x^2"], ["1", "1"], "1", [1, 2]),
    ("HS28 with a bound", "(x+y)^2+(y+z)^2", ["x+2*y+3*z=1", "x<=1"], ["1/2", "-1/2", "1/2"], "0", []),
    ("HS35", "9-8*x-6*y-4*z+2*x^2+2*y^2+z^2+2*x*y+2*x*z", ["x+y+2*z<=3", "x>=0", "y>=0", "z>=0"], ["4/3", "7/9", "4/9"], "1/9", [1]),
    ("HS43", "a^2+b^2+2*c^2+d^2-5*a-5*b-21*c+7*d",
     ["8-a^2-b^2-c^2-d^2-a+b-c+d>=0", "10-a^2-2*b^2-c^2-2*d^2+a+d>=0", "5-2*a^2-b^2-c^2-2*a+b+d>=0"], ["0", "1", "2", "-1"], "-44", [1, 3]),
    ("two parabolas", "y", ["y>=x^2", "y>=(x-1)^2"], ["1/2", "1/4"], "1/4", [1, 2]),
    ("nearest point of a corner", "(x+1)^2+(y+2)^2", ["x>=0", "y>=0"], ["0", "0"], "5", [1, 2]),
    ("box", "x*y-x", ["x>=-1", "x<=1", "y>=-1", "y<=1"], ["1", "-1"], "-2", [2, 3]),
]  # fmt: skip


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda p: p[0])
def test_the_known_minimum(problem):
    _, objective, constraints, solution, least, active = problem
    result = lagrange(objective, *constraints)
    points = result.answer.value.points
    wanted = [read(text) for text in solution]
    (best,) = [p for p in points if all(sp.simplify(a - b) == 0 for a, b in zip(p.at.values(), wanted, strict=True))]
    assert sp.simplify(best.value - read(least)) == 0
    assert best.kind.startswith("strict minimum")
    assert all(sp.N(p.value - best.value) >= -1e-12 for p in points)
    equations = sum("=" in c and ">" not in c and "<" not in c for c in constraints)
    multipliers = list(best.multipliers.values())[equations:]
    assert [i for i, m in enumerate(multipliers, start=1) if m != 0] == active
    assert all(sp.N(m) <= 0 for m in multipliers)
    assert result.check.points > 0
    assert str(result.answer.value.extrema["minimum"]).startswith(("global minimum", "not decided"))


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda p: p[0])
def test_every_point_is_feasible_and_its_multipliers_complementary(problem):
    _, objective, constraints, *_ = problem
    f = read(objective)
    relations = [read(c) for c in constraints]
    equations = [r.lhs - r.rhs for r in relations if isinstance(r, sp.Eq)]
    inequalities = [r.lts - r.gts for r in relations if not isinstance(r, sp.Eq)]
    for point in lagrange(objective, *constraints, check=False).answer.value.points:
        at = dict(point.at)
        assert all(abs(sp.N(g.subs(at), 30)) < 1e-25 for g in equations)
        values = [sp.N(g.subs(at), 30) for g in inequalities]
        assert all(v <= 1e-25 for v in values)
        if point.kind.startswith("constraint qualification"):
            continue
        multipliers = list(point.multipliers.values())
        assert all(abs(sp.N(m * v)) < 1e-20 for m, v in zip(multipliers[len(equations) :], values, strict=True))
        for x in at:
            slope = sp.diff(f, x) - sum(m * sp.diff(g, x) for m, g in zip(multipliers, [*equations, *inequalities], strict=True))
            assert abs(sp.N(slope.subs(at), 30)) < 1e-20


@pytest.mark.parametrize("problem", [p for p in PROBLEMS if len(p[3]) == 2], ids=lambda p: p[0])
def test_global_claims_against_a_grid(problem):
    """No feasible point of a grid is better than what is claimed."""
    _, objective, constraints, *_ = problem
    points = lagrange(objective, *constraints, check=False).answer.value
    relations = [read(c) for c in constraints]
    if any(isinstance(r, sp.Eq) for r in relations):
        return
    names = sorted({s for e in (read(objective), *relations) for s in e.free_symbols}, key=str)
    f = sp.lambdify(names, read(objective))
    tests = [sp.lambdify(names, r) for r in relations]
    values = [f(i / 8, j / 8) for i in range(-60, 61) for j in range(-60, 61) if all(t(i / 8, j / 8) for t in tests)]
    assert len(values) > 20
    if str(points.extrema["minimum"]).startswith("global"):
        assert min(values) >= float(points.points[0].value) - 1e-9
    if str(points.extrema["maximum"]).startswith("global"):
        assert max(values) <= float(points.points[-1].value) + 1e-9


def test_what_is_refused_or_infeasible():
    with pytest.raises(SymcalcError, match="<= or >="):
        lagrange("x", "x^2<1")
    with pytest.raises(SymcalcError, match="no real point satisfies"):
        lagrange("x+y", "x>=1", "x<=0")
    with pytest.raises(SymcalcError, match="no real stationary point"):
        lagrange("x", "y>=0")
    with pytest.raises(SymcalcError, match="more than 6"):
        lagrange("x", *(f"x>={k}" for k in range(7)))


def test_an_unbounded_problem_claims_nothing():
    extrema = lagrange("x^2-y^2", "y>=0").answer.value.extrema
    assert not str(extrema["minimum"]).startswith("global minimum")
    assert not str(extrema["maximum"]).startswith("global maximum")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("sin(x)", "0", "10"), ("x+2*cos(x)", "-3", "8"), ("cos(2x)+sin(x)", "-3", "7"), ("sin(x)^2", "1/2", "9")],
)
def test_between_bounds_every_period_is_listed(text, low, high):
    """Against the changes of sign of a numeric derivative on a fine grid."""
    found = lagrange(text, f"x>={low}", f"x<={high}").answer.value
    assert found.label == "exact, all real points"
    f, x = read(text), sp.Symbol("x", real=True)
    slope = sp.lambdify(x, f.diff(x), "math")
    a, b = float(read(low)), float(read(high))
    grid = [a + (b - a) * (k + 0.5) / 20_011 for k in range(20_011)]
    turns = [(s + t) / 2 for s, t in pairwise(grid) if slope(s) * slope(t) < 0]
    inside = sorted(float(p.at[x]) for p in found.points if a + 1e-9 < float(p.at[x]) < b - 1e-9)
    assert inside == pytest.approx(turns, abs=(b - a) / 10_000)
    values = sp.lambdify(x, f, "math")
    for point in found.points:
        assert float(point.value) == pytest.approx(values(float(point.at[x])))
        assert float(point.numeric["x"]) == pytest.approx(float(point.at[x]))
    least, most = min(map(values, grid)), max(map(values, grid))
    for side, best in (("minimum", least), ("maximum", most)):
        assert float(found.extrema[side].value) == pytest.approx(best, abs=1e-3)
