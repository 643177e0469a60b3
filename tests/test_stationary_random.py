"""Random systems: as many real points as a homotopy that certified every complex one found, at the same places, of the kind
that numeric eigenvalues of the reduced Hessian say.

SYMCALC_ALL_SYSTEMS=1 runs all 60 instead of a quick selection; bench/stationary_counts.py wrote the expected points.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import mpmath
import pytest
from judge import read
from sympy import Poly

from symcalc.calculus.stationary import lagrange_points

ROOT = Path(__file__).parent
SYSTEMS = {s["id"]: s for s in json.loads((ROOT / "cases/random_systems.json").read_text("utf-8"))["cases"]}
QUICK = ("n=2 d=2 seed 0", "n=2 d=3 seed 0", "n=2 d=4 seed 0", "n=3 d=3 seed 0", "n=4 d=2 seed 0")
CHOSEN = [name for name in SYSTEMS if os.environ.get("SYMCALC_ALL_SYSTEMS") or name.endswith(QUICK)]
DIGITS = 50


def value(p, at):
    """A polynomial {powers: coefficient} at a point."""
    return mpmath.fsum(c * mpmath.fprod(a**k for a, k in zip(at, m, strict=True)) for m, c in p.items())


def slope(p, i):
    return {(*m[:i], m[i] - 1, *m[i + 1 :]): c * m[i] for m, c in p.items() if m[i]}


def tangent(normal):
    """An orthonormal basis of the complement of one vector, by QR."""
    q, _ = mpmath.qr(mpmath.matrix([[a] for a in normal]))
    return q[:, 1:]


def judged_kind(lagrangian, constraints, at):
    """By the eigenvalues of the Hessian of f - Σ λ·g on the tangent space."""
    every = range(len(at))
    hessian = mpmath.matrix([[value(slope(slope(lagrangian, i), j), at) for j in every] for i in every])
    for g in constraints:
        basis = tangent([value(slope(g, i), at) for i in every])
        hessian = basis.T * hessian * basis
    eigenvalues = mpmath.eigsy(hessian, eigvals_only=True)
    assert min(map(abs, eigenvalues)) > 1e-12
    signs = {a > 0 for a in eigenvalues}
    return "saddle" if len(signs) == 2 else "strict minimum" if signs == {True} else "strict maximum"


def judge(system, find=lagrange_points):
    """Raise AssertionError where the answer is not the known one. `find` is what is judged."""
    texts = [t.removesuffix(" = 0") for t in (system["objective"], system["constraint"]) if t]
    xs = sorted(set().union(*(read(t).free_symbols for t in texts)), key=str)
    f, *g = ({m: int(c) for m, c in Poly(read(t), *xs).terms()} for t in texts)
    found = find(read(texts[0]), [read(t) for t in texts[1:]], xs)
    assert len(found.points) == len(system["points"])
    assert found.families == ()
    assert found.label == ("exact, all real points" if found.points else "exact: there is no real stationary point")
    left = [tuple(map(float, p)) for p in system["points"]]
    with mpmath.workdps(DIGITS):
        for point in found.points:
            at, multipliers = (
                [mpmath.mpf(str(a.evalf(DIGITS))) for a in given.values()] for given in (point.at, point.multipliers)
            )
            (near,) = (p for p in left if all(abs(a - b) < 1e-10 * (1 + abs(a)) for a, b in zip(p, at, strict=True)))
            left.remove(near)
            judge_point(f, g, at, multipliers, point)


def judge_point(f, constraints, at, multipliers, point):
    """Residuals, value and kind."""
    lagrangian = dict(f)
    for g, k in zip(constraints, multipliers, strict=True):
        for m, c in g.items():
            lagrangian[m] = lagrangian.get(m, 0) - k * c
    tolerance = mpmath.mpf(10) ** -30 * max([1, *map(abs, at)]) ** 3
    assert all(abs(value(slope(lagrangian, i), at)) < tolerance for i in range(len(at)))
    assert all(abs(value(g, at)) < tolerance for g in constraints)
    assert abs(mpmath.mpf(str(point.value.evalf(DIGITS))) - value(f, at)) < tolerance
    assert point.kind == judged_kind(lagrangian, constraints, at)


def test_the_systems_are_what_they_should_be():
    assert len(SYSTEMS) == 60 and sum(bool(s["points"]) for s in SYSTEMS.values()) >= 50


@pytest.mark.parametrize("name", CHOSEN)
def test_every_real_point(name):
    judge(SYSTEMS[name])
