"""Deliberate bugs in the search for stationary points: each one is noticed by the judges of the tests beside this one."""

from __future__ import annotations

import contextlib

import pytest
import test_degenerate as degenerate
import test_inequalities_known as known
import test_stationary_random as systems

from symcalc.calculus.stationary import analysis, bounds, candidates, classify, feasible, ideal, inequalities, situation, solve
from symcalc.errors import SymcalcError


def random_system(name):
    return lambda: systems.judge(systems.SYSTEMS[name])


def published(name):
    return lambda: known.test_published_solution(name)


def by_hand(name):
    (row,) = [row for row in degenerate.ANSWERED if row[0] == name]
    return lambda: degenerate.test_degenerate_but_answered(*row)


def without_last_factor(p, old=ideal._factors):
    found = old(p)
    return found[:-1] if found and len(found) > 1 else found


def one_root_less(ring, model, component, old=solve._solutions):
    return list(old(ring, model, component))[1:]


def negated(matrix, tangent, one, old=classify.congruent):
    return [[-a for a in row] for row in old(matrix, tangent, one)]


def constraints_left_flat(problem, given, values, old=classify._nature_at):
    flat = [[[e - e for e in row] for row in h] for h in given.hessians[1:]]
    return old(problem, classify.Derivatives(given.gradient, given.jacobian, (given.hessians[0], *flat)), values)


def only_qualified(self, found, old=candidates.Describer.describe):
    return [c for c in old(self, found) if not c.point.kind.startswith(classify.UNQUALIFIED)]


BUGS = {
    "a branch of the split is dropped": (ideal, "_factors", without_last_factor, by_hand("square factor of an inequality")),
    "a real root is dropped": (solve, "_solutions", one_root_less, random_system("sphere n=3 d=3 seed 0")),
    "a sign in the reduced Hessian": (classify, "congruent", negated, random_system("ellipsoid n=2 d=4 seed 0")),
    "the curvature of the constraint is forgotten": (classify, "_nature_at", constraints_left_flat, random_system("sphere n=3 d=2 seed 0")),
    "x*y = 1 is called compact": (bounds, "growth", lambda f, xs: 1, by_hand("unbounded hyperbola")),
    "every list is called compact": (situation, "bounded_by", lambda gs, xs: [(g, xs) for g in gs], by_hand("cusp")),
    "the constraint qualification is forgotten": (candidates.Describer, "describe", only_qualified, by_hand("cusp")),
    "the qualification is forgotten under inequalities": (candidates.Describer, "describe", only_qualified, published("B&V 5.26")),
    "a set of active inequalities is dropped": (
        inequalities, "subsets", lambda p, old=inequalities.subsets: [s for s in old(p) if s != (0, 1)], published("Chiang 13.2"),
    ),
    "only the interior is searched": (inequalities, "subsets", lambda p: [()], published("N&W 12.21")),
    "feasibility has the wrong sign": (
        inequalities, "sign_of", lambda e, old=inequalities.sign_of: None if (s := old(e)) is None else -s, published("B&V 5.1"),
    ),
    "poles are forgotten": (feasible, "domain_on", lambda *_: situation.Domain(open=True, closed=True), by_hand("pole inside")),
    "dependent constraints are judged by their signs": (
        inequalities, "_kind", lambda *a, old=inequalities._kind: old(*a[:-1], False), known.test_dependent_constraints_rule_nothing_out,
    ),
    "the square in an inequality is forgotten": (
        inequalities, "_rescaled", lambda point, *_: point, degenerate.test_a_sign_is_not_lost_with_a_square,
    ),
    "no system is infeasible": (
        analysis, "_infeasible", lambda *_: False, lambda: degenerate.test_degenerate_without_an_answer(["x+y", "x^2+y^2=-1"], degenerate.EMPTY),
    ),
    "a complex curve hides its real point": (
        solve, "_samples", lambda *a, old=solve._samples: list(old(*a)) or [None],
        lambda: degenerate.test_degenerate_points_without_constraints("(x^2+y^2)^2", ["strict minimum"]),
    ),
    "other periods are forgotten": (inequalities, "_leaves_the_period", lambda *_: False, known.test_other_periods_are_not_forgotten),
}  # fmt: skip


@pytest.mark.parametrize("bug", BUGS)
def test_bug_is_noticed(bug, monkeypatch):
    module, name, broken, judge = BUGS[bug]
    monkeypatch.setattr(module, name, broken)
    with contextlib.suppress(AssertionError, SymcalcError, ValueError, AttributeError):
        judge()
        pytest.fail(f"not noticed: {bug}")
