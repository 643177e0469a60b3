"""Kinks by cases: |u|, max and min replaced by their branches, each on the closed region where it holds.

A point is a strict local minimum of f exactly when it is one of every branch on the region of that branch, because the regions
that hold the point cover its neighbourhood. Where a point lies on one kink u = 0 and is neither, it is stationary in the sense
of Clarke (Optimization and Nonsmooth Analysis, 1983, section 2.3) when 0 lies between the slopes of the two branches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sympy import Abs, Expr, Ge, Integer, Max, Min, Piecewise, Symbol, sign

from symcalc.calculus.sign import sign_of
from symcalc.calculus.stationary.analysis import ALL
from symcalc.calculus.stationary.certified import INCOMPLETE
from symcalc.calculus.stationary.classify import NEITHER, UNKNOWN, UNQUALIFIED
from symcalc.calculus.stationary.closed import ball_of
from symcalc.calculus.stationary.extrema import SIDES, beaten, settled, undecided
from symcalc.calculus.stationary.feasible import (
    AT_KINK,
    Feasible,
    best_of,
    emptiness,
    extrema,
    feasible_witnesses,
    is_convex,
)
from symcalc.calculus.stationary.inequalities import ActivePoint, Found, active_points, labelled
from symcalc.calculus.stationary.qualification import ACTIVE, qualified
from symcalc.calculus.stationary.system import multiplier_names
from symcalc.errors import SymcalcError
from symcalc.result import Claim, Extremum, Family, Phrase, Point, Points, pieces

MOST_CASES = 16
KINKS = (Abs, Max, Min)


@dataclass(frozen=True, slots=True)
class Case:
    """The problem with every kink replaced by one of its branches; `region` holds expressions that are ≤ 0 where it is valid."""

    objective: Expr
    equations: tuple[Expr, ...]
    inequalities: tuple[Expr, ...]
    region: tuple[Expr, ...]

    def functions(self) -> tuple[Expr, ...]:
        return (self.objective, *self.equations, *self.inequalities, *self.region)

    def feasible(self, variables: Sequence[Symbol]) -> Feasible:
        return Feasible(self.equations, (*self.inequalities, *self.region), tuple(variables))


def kinks(functions: Sequence[Expr], variables: Sequence[Symbol], heads: tuple[type[Expr], ...] = KINKS) -> list[Expr]:
    """The parts of the functions with a kink (or another of the heads) that a variable moves, innermost first."""
    found = {k for f in functions for k in f.atoms(*heads) if k.free_symbols & set(variables)}
    return sorted(found, key=lambda k: (k.count_ops(), str(k)))


def cases(case: Case, variables: Sequence[Symbol], heads: tuple[type[Expr], ...] = KINKS) -> Iterator[Case]:
    """The problem by cases, without kinks."""
    found = kinks(case.functions(), variables, heads)
    if not found:
        yield case
        return
    for value, region in _branches(found[0]):
        put = {found[0]: value}
        objective, *others = (f.xreplace(put) for f in case.functions())
        equations, inequalities, before = _split(others, [len(case.equations), len(case.inequalities)])
        yield from cases(Case(objective, equations, inequalities, (*before, *region)), variables, heads)


def branches(f: Expr, variables: Sequence[Symbol]) -> list[Expr]:
    """What f is between its kinks, jumps and cases, each branch once."""
    found = cases(Case(f, (), (), ()), variables, (*KINKS, sign, Piecewise))
    return list(dict.fromkeys(case.objective for case in islice(found, MOST_CASES)))


def _branches(kink: Expr) -> Iterator[tuple[Expr, list[Expr]]]:
    """Each value that the kink takes, and what is ≤ 0 where it takes it."""
    if isinstance(kink, Abs):
        yield kink.args[0], [-kink.args[0]]
        yield -kink.args[0], [kink.args[0]]
    elif isinstance(kink, sign):
        yield Integer(1), [-kink.args[0]]
        yield Integer(-1), [kink.args[0]]
    elif isinstance(kink, Piecewise):
        yield from ((value, []) for value, _ in kink.args)
    else:
        way = 1 if isinstance(kink, Max) else -1
        for u in kink.args:
            yield u, [way * (v - u) for v in kink.args if v != u]


def _split(values: Sequence[Expr], sizes: Sequence[int]) -> list[tuple[Expr, ...]]:
    parts, start = [], 0
    for size in (*sizes, len(values) - sum(sizes)):
        parts.append(tuple(values[start : start + size]))
        start += size
    return parts


def kinked_points(feasible: Feasible, objective: Expr) -> tuple[Points, tuple[Claim, ...]]:
    """The stationary points of every case, put together, with kind and what holds globally; and their claims.

    Raises SymcalcError("limit") for too many cases."""
    xs = feasible.variables
    found = list(islice(cases(Case(objective, feasible.equations, feasible.inequalities, ()), xs), MOST_CASES + 1))
    if len(found) > MOST_CASES:
        hint = f"at most {MOST_CASES} are examined: leave out some of |x|, max and min"
        raise SymcalcError("limit", f"the kinks make more than {MOST_CASES} cases", code="too-many", hint=hint)
    lists = [(case, active_points(case.feasible(xs), case.objective)) for case in found]
    points, claims = _together(lists, feasible)
    complete = all(each.complete for _, each in lists)
    families = _families(lists, feasible)
    hidden = any(not any(_holds(case, at) for at in f.samples) for case, each in lists for f in each.families)
    labels = [each.label for _, each in lists] + [INCOMPLETE] * hidden
    label = max(labels, key=lambda text: text != ALL)
    notes = tuple(dict.fromkeys(note for _, each in lists for note in each.notes))
    constrained = bool(feasible.equations or feasible.inequalities)
    sentence = qualified(points, ACTIVE, complete, bool(families)) if constrained and points else ""
    if not constrained and is_convex(objective, xs):  # then only the global minima are stationary
        points = [p for p in points if p.kind.startswith("strict minimum")] or points
    known = _extrema(feasible, objective, lists, points, families) if complete else undecided()
    return Points(settled(points, known), label, families, known, notes, sentence), claims


def _together(lists: Sequence[tuple[Case, Found]], feasible: Feasible) -> tuple[list[Point], tuple[Claim, ...]]:
    """Each place once, with its kind from all the cases whose regions hold it."""
    count, inequalities = len(feasible.equations) + len(feasible.inequalities), len(feasible.inequalities)
    taken = {s.name for case, _ in lists for f in case.functions() for s in f.free_symbols}
    names = multiplier_names(count, taken)
    places: dict[tuple[Expr, ...], list[ActivePoint]] = {}
    for _, found in lists:
        for active in found.points:
            places.setdefault(tuple(active.point.at.values()), []).append(active)
    kept: list[Point] = []
    claims: list[Claim] = []
    for candidates in places.values():
        first = candidates[0]
        there = [case for case, _ in lists if _holds(case, first.point.at)]
        kind = _kind(candidates, len(there), count)
        if kind is not None:
            own = tuple(i for i in first.active if i < inequalities)
            point = labelled(replace(first, point=replace(_renamed(candidates, names), kind=kind), active=own))
            kept.append(replace(point, kind=f"{point.kind}{AT_KINK}") if len(there) > 1 else point)
            claims += first.claims
    kept.sort(key=lambda p: (p.value.evalf(15), [a.evalf(15) for a in p.at.values()]))
    return kept, tuple(claims)


def _renamed(candidates: Sequence[ActivePoint], names: Sequence[Symbol]) -> Point:
    """The point with the multipliers of the constraints alone, where all cases agree on them."""
    point = candidates[0].point
    values = {tuple(c.point.multipliers.values())[: len(names)] for c in candidates}
    multipliers = dict(zip(names, values.pop(), strict=False)) if len(values) == 1 else {}
    numbers = {k: v for k, v in point.numeric.items() if k == "value" or k in {x.name for x in point.at}}
    numbers |= {k.name: str(value.evalf(15)) for k, value in multipliers.items()}
    return replace(point, multipliers=multipliers, numeric=numbers)


def _families(lists: Sequence[tuple[Case, Found]], feasible: Feasible) -> tuple[Family, ...]:
    """The families of the cases of which a point in the region of the case is known. Those on a kink are stationary along it."""
    own = len(feasible.inequalities)
    found: dict[Phrase, Family] = {}
    for case, each in lists:
        conditions = tuple(piece for g in case.region for piece in (" and ", Ge(-g, 0)))[1:]
        for family in each.families:
            if not any(_holds(case, at) for at in family.samples):
                continue
            on_kink = any(i >= own for i in family.active)
            value = (", with the value ", family.value) if family.value is not None else ()
            if on_kink:
                across = "; across it they may not be"
                words = ("along the kink ", *pieces(family.where), " all points are stationary", *value, across)
                where = pieces(family.where)
            else:
                where = tuple(piece for part in (pieces(family.where), conditions) if part for piece in (" and ", *part))[1:]
                words = ("all points where ", *where, " are stationary", *value)
            found[words] = replace(family, words=words, where=where)
    return tuple(found.values())


def _holds(case: Case, place: Mapping[Symbol, Expr]) -> bool:
    signs = [sign_of(g.xreplace(dict(place))) for g in case.region]
    return all(s is None or s <= 0 for s in signs)


def _kind(candidates: Sequence[ActivePoint], there: int, own: int) -> str | None:
    """What the place is among the feasible points; None where it is not stationary: a branch slopes there."""
    kinds = [c.point.kind for c in candidates]
    if len(candidates) < there:
        return None
    if len(set(kinds)) == 1:
        return kinds[0]
    if any(kind.startswith((UNKNOWN, UNQUALIFIED)) for kind in kinds):
        return UNKNOWN
    signs = [sign_of(m) for c in candidates for m in list(c.point.multipliers.values())[own:]]
    if len(signs) == 2 and None not in signs and signs[0] != 0 and signs[0] == -(signs[1] or 0):
        return None
    return NEITHER


def _extrema(
    feasible: Feasible,
    objective: Expr,
    lists: Sequence[tuple[Case, Found]],
    points: Sequence[Point],
    families: Sequence[Family],
) -> dict[str, Extremum]:
    """What is known of the whole when the lists are complete: from its own form, from what is attained in every case, or from a
    better feasible point."""
    parts = [(case, found, case.feasible(feasible.variables)) for case, found in lists]
    known = extrema(feasible, objective, points, families, False)
    told = [
        extrema(region, case.objective, [p.point for p in found.points], found.families, True)
        for case, found, region in parts
        if found.points or found.families or not emptiness(region)
    ]
    open_sides = [side for side in SIDES if known[side].status == "undecided"]
    everywhere = [family for _, found, _ in parts for family in found.families]
    trials = [w for case, _, region in reversed(parts) for w in feasible_witnesses(region, case.objective)] if open_sides else []
    for side in open_sides:
        if told and all(each[side].status == "attained" for each in told):
            known[side] = _best_case([each[side] for each in told], points)
            continue
        best = best_of(points, everywhere, feasible, side)
        if best is not None:
            known[side] = beaten(trials, side, ball_of(best.value)) or known[side]
    return known


def _best_case(attained: Sequence[Extremum], points: Sequence[Point]) -> Extremum:
    """The best of what is attained in each case."""
    side = attained[0].side
    best = min(attained, key=lambda e: SIDES[side] * e.value.evalf(20))
    equal = tuple(i for i, p in enumerate(points) if sign_of(p.value - best.value) == 0)
    return Extremum(side, "attained", best.value, equal, () if equal else best.places, "attained in every case of the kinks")
