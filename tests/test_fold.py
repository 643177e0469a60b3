"""Folded points unfold to the list: every sign pattern that the row stands for, and no other."""

from __future__ import annotations

from itertools import product
from math import prod

import pytest
from sympy import Integer, Rational, sqrt, symbols

from symcalc.formats._fold import folds
from symcalc.result import Point

XS = symbols("x y z", real=True)
A = (sqrt(3) / 3, Rational(1, 2), (1 + sqrt(5)) / 2)


def points(signs, value=1, kind="saddle"):
    found = []
    for pattern in signs:
        at = {x: s * a for x, s, a in zip(XS, pattern, A, strict=False)}
        found.append(Point(at, Integer(value), {}, kind, {x.name: str(a.evalf(15)) for x, a in at.items()}))
    return found


def unfolded(fold):
    """What a reader takes the row for."""
    varying = [j for j, sign in enumerate(fold.signs) if sign]
    if fold.remark in ("upper or lower signs", "equal signs"):
        patterns = [[s if fold.signs[j] == "±" else -s for j in varying] for s in (1, -1)]
    else:
        parity = {"an even number of minus signs": 1, "an odd number of minus signs": -1}.get(fold.remark)
        patterns = [p for p in product((1, -1), repeat=len(varying)) if parity in (None, prod(p))]
    values = list(fold.point.at.values())
    for pattern in patterns:
        yield tuple(dict(zip(varying, pattern, strict=True)).get(j, 1) * a for j, a in enumerate(values))


CUBE = list(product((1, -1), repeat=3))


@pytest.mark.parametrize(
    "signs,rows,remarks",
    [
        (CUBE, 1, {"all 8 signs"}),
        ([s for s in CUBE if prod(s) == 1], 1, {"an even number of minus signs"}),
        ([s for s in CUBE if prod(s) == -1], 1, {"an odd number of minus signs"}),
        ([s for s in CUBE if s[0] == 1], 1, {"all 4 signs"}),
        ([s for s in CUBE if s[0] == s[1]], 4, {""}),
        (CUBE[:5], 5, {""}),
        ([(1, 1, -1), (-1, -1, 1)], 1, {"upper or lower signs"}),
        ([(1, 1, 1), (-1, -1, 1)], 1, {"equal signs"}),
        ([(1, -1, 1), (-1, 1, 1)], 1, {"upper or lower signs"}),
    ],
)
def test_a_row_stands_for_exactly_the_points_it_hides(signs, rows, remarks):
    rest = points(signs=[(1, 1, 1)] * 5, value=2, kind="")
    for i, point in enumerate(rest):
        point.at[XS[0]] = Integer(7 + i)
    some = points(signs)
    found = [fold for fold in folds([*some, *rest]) if fold.members[0] < len(some)]
    assert {fold.remark for fold in found} == remarks
    assert len(found) == rows
    shown = [at for fold in found for at in unfolded(fold)]
    assert len(shown) == len(some) and set(shown) == {tuple(point.at.values()) for point in some}


def test_values_and_kinds_are_never_mixed_and_short_lists_stay():
    mixed = [*points(CUBE[:4]), *points(CUBE[4:], kind="strict minimum")]
    assert {fold.remark for fold in folds(mixed)} == {"all 4 signs"}
    assert [fold.remark for fold in folds(points(CUBE[:4]))] == [""] * 4
