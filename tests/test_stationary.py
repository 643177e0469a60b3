"""Stationary points under equations: the known problems, point by point, and that planted bugs are noticed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sympy import Expr, Float, Symbol, sympify

from symcalc.calculus.stationary import bounds, candidates, classify, closed, ideal, lagrange_points, system
from symcalc.result import Point, Points

CASES = {case["id"]: case for case in json.loads((Path(__file__).parent / "cases/stationary.json").read_text("utf-8"))["cases"]}

SKIPPED = {
    "C10": "symbolic parameters: test_stationary_parameters",
    "C31": "symbolic parameters: test_stationary_parameters",
    "U23": "symbolic parameters: test_stationary_parameters",
    "U21": "no constraint: belongs to `critical`; here all points of a box are listed, there one per period",
}

KINDS = {
    "strict local min": "strict minimum",
    "strict local max": "strict maximum",
    "saddle": "saddle",
}

STRONGER_KINDS = {
    # (x1-x2)^2 + (x2-x3)^4 vanishes on the curve only where x1 = x2 = x3 = x, and x + x^3 + x^4 = 3 has isolated roots.
    ("HS26", "local min (from the global claim)"): "strict minimum",
    ("C16", "local min (from the global claim)"): "constraint qualification fails: no multipliers exist; minimum",
}

CLAIMS_THAT_DIFFER = {
    ("C08", "min"): "not decided",  # the entropy is tried at too few positive points
    ("HS79", "max"): "no global maximum",  # shown by a feasible point above every candidate
}


def pose(case: dict[str, Any]) -> tuple[Expr, list[Expr], list[Symbol]]:
    variables = [Symbol(name, real=True) for name in case["variables"]]
    names = {v.name: v for v in variables}
    constraints = [sympify(text.removesuffix("= 0"), locals=names) for text in case["constraints"]]
    return sympify(case["objective"], locals=names), constraints, variables


def close(a: str, b: str, digits: float = 1e-9) -> bool:
    return abs(float(a) - float(b)) <= digits * max(1.0, abs(float(b)))


def expected_kind(case: dict[str, Any], point: dict[str, Any]) -> str:
    given = point["classification"]
    return STRONGER_KINDS.get((case["id"], given)) or KINDS[given]


def check_exact(point: Point) -> None:
    """The exact numbers are those of the decimals, which come from enclosures."""
    exact = {x.name: a for x, a in (*point.at.items(), *point.multipliers.items())} | {"value": point.value}
    assert exact.keys() == point.numeric.keys()
    for name, a in exact.items():
        assert abs(a.evalf(20) - Float(point.numeric[name], 20)) < 1e-13 * max(1, abs(a.evalf(20)))


def matches(case: dict[str, Any], found: Point, wanted: dict[str, Any]) -> bool:
    if not all(close(found.numeric[x], a) for x, a in zip(case["variables"], wanted["numeric"], strict=True)):
        return False
    assert close(found.numeric["value"], wanted["value_numeric"])
    assert found.kind == expected_kind(case, wanted)
    multipliers = wanted.get("multipliers_numeric")
    if multipliers:
        assert all(close(found.numeric[k.name], a) for k, a in zip(found.multipliers, multipliers, strict=True))
    return True


def check_points(case: dict[str, Any], found: Points) -> None:
    assert len(found.points) == len(case["points"])
    for point in found.points:
        check_exact(point)
    for wanted in case["points"]:
        assert sum(matches(case, p, wanted) for p in found.points) == 1, wanted
    assert len(found.families) == len(case["families"])


def check_claims(case: dict[str, Any], found: Points) -> None:
    for short, claim in (case["global_claims"] or {}).items():
        if short not in ("min", "max"):
            assert found.label == "exact: no real point satisfies the constraints"
            continue
        sentence = str(found.extrema[f"{short}imum"])
        expected = CLAIMS_THAT_DIFFER.get((case["id"], short))
        if expected:
            assert sentence.startswith(expected)
        elif isinstance(claim, list):
            assert sentence.startswith(f"global {short}imum ")
            numbers = re.search(r" at points? ([\d, and]+):", sentence)
            assert numbers is not None
            values = [found.points[int(i) - 1].numeric["value"] for i in re.findall(r"\d+", numbers[1])]
            assert all(close(v, claim[0]) for v in values)
        else:
            assert sentence.startswith(f"no global {short}imum" if claim.startswith("none") else "not decided")


@pytest.mark.parametrize("name", [name for name in CASES if name not in SKIPPED])
def test_known_problem(name: str) -> None:
    case = CASES[name]
    found = lagrange_points(*pose(case))
    check_points(case, found)
    check_claims(case, found)
    if case["complete"] is True:
        assert found.label.startswith("exact")
    assert [float(p.numeric["value"]) for p in found.points] == sorted(float(p.numeric["value"]) for p in found.points)


def test_skips_name_real_cases() -> None:
    assert set(SKIPPED) <= set(CASES)
    assert {id for id, _ in CLAIMS_THAT_DIFFER} <= set(CASES)


def without_last_branch(factors: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda p: (found := factors(p)) and (found[:-1] if len(found) > 1 else found)


BUGS = {
    "a branch of the split is dropped": (ideal, "_factors", without_last_branch(ideal._factors), "C05"),
    "a sign in the second-order test": (
        classify, "kind_of", lambda inertia, old=classify.kind_of: old((inertia[1], inertia[0], inertia[2])), "C01",
    ),
    "the constraints' curvature is forgotten": (
        classify, "congruent", lambda a, z, one, old=classify.congruent: old([[-b for b in row] for row in a], z, one), "C14",
    ),
    "xy = 1 is called compact": (bounds, "growth", lambda f, xs: 1, "C19"),
    "the minors are left out": (
        system.Reduced, "equations",
        lambda self, old=system.Reduced.equations: [*old(self)[1:], *self.constraints], "C12",
    ),
    "linear constraints are solved with a wrong sign": (
        system, "_solved", lambda g, x, old=system._solved: -old(g, x), "C02",
    ),
    "sine and cosine of an angle are swapped": (
        candidates, "exact_angle", lambda s, c, root, old=candidates.exact_angle: old(c, s, root), "C28",
    ),
    "points without multipliers are forgotten": (
        candidates.Describer, "describe",
        lambda self, found, old=candidates.Describer.describe: [c for c in old(self, found) if c.point.multipliers], "C16",
    ),
    "the wrong real root is named": (closed, "_position", lambda p, ball, old=closed._position: 0, "C12"),
    "the sign of a quadratic root": (
        closed, "_radical", lambda c, ball, old=closed._radical: old(c, -ball) if len(c) == 3 else old(c, ball), "C01",
    ),
}  # fmt: skip


@pytest.mark.parametrize("bug", BUGS)
def test_planted_bug_is_noticed(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, broken, case_name = BUGS[bug]
    monkeypatch.setattr(module, name, broken)
    case = CASES[case_name]
    with pytest.raises(AssertionError):
        found = lagrange_points(*pose(case))
        check_points(case, found)
        check_claims(case, found)
