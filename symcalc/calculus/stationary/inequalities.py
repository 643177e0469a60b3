"""Inequalities: the Karush-Kuhn-Tucker points, from the stationary points on every set of active constraints.

For constraints g ≤ 0 and L = f - Σ λᵢ·gᵢ: at a minimum every λ of an inequality is ≤ 0, at a maximum ≥ 0, and λᵢ·gᵢ = 0
(Kuhn and Tucker 1951; Nocedal and Wright, Numerical Optimization, theorems 12.1 and 12.6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sympy import Dummy, Expr, Mul, S, Symbol, cancel, cos, sin, sqf_list

from symcalc.calculus.sign import sign_of
from symcalc.calculus.stationary.analysis import ALL, INFEASIBLE, NONE, PERIODIC, lagrange_points
from symcalc.calculus.stationary.certified import INCOMPLETE
from symcalc.calculus.stationary.claims import point_claims
from symcalc.calculus.stationary.classify import ISOLATED, NEITHER, UNKNOWN, UNQUALIFIED
from symcalc.calculus.stationary.extrema import settled
from symcalc.calculus.stationary.feasible import Feasible, emptiness, extrema, subsets
from symcalc.calculus.stationary.qualification import ACTIVE, qualified
from symcalc.calculus.stationary.repeated import between_bounds
from symcalc.calculus.stationary.system import multiplier_names, square_free
from symcalc.errors import SymcalcError
from symcalc.result import Claim, Family, Point, Points, pieces

Known = Mapping[tuple[int, ...], Points]
"""The stationary points on each set of active inequalities, by their positions."""

MOST_INEQUALITIES = 6
UNPLACED = "feasibility not decided everywhere"
ONE_PERIOD = "exact within one period, and other periods may hold feasible points: the list is not complete"
FEASIBLE_PART = "of a family only the points that satisfy every inequality are feasible"


@dataclass(frozen=True, slots=True)
class ActivePoint:
    """A feasible point that is stationary on its `active` inequalities (their positions): with a multiplier for every
    constraint and its kind among the feasible points, and what numbers can judge about it."""

    point: Point
    active: tuple[int, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The feasible stationary points on all sets of active inequalities, and the labels, notes and families of their lists."""

    points: tuple[ActivePoint, ...]
    labels: frozenset[str]
    notes: tuple[str, ...]
    families: tuple[Family, ...]

    @property
    def complete(self) -> bool:
        """Whether every stationary point is listed or on a family on which the value of the objective is known."""
        return self.labels <= {ALL, NONE, INFEASIBLE} and all(family.value is not None for family in self.families)

    @property
    def label(self) -> str:
        """What holds of all lists together: the one label that is less than complete; nothing where these differ."""
        partial = self.labels - {ALL, NONE, INFEASIBLE}
        return INCOMPLETE if len(partial) > 1 else next(iter(partial), ALL)


def kkt_points(feasible: Feasible, objective: Expr) -> tuple[Points, tuple[Claim, ...]]:
    """The feasible points where f is stationary on its active constraints, with multipliers, kind and what holds globally;
    and their claims. Raises SymcalcError("limit") for too many inequalities."""
    found = active_points(feasible, objective)
    if not found.points:
        empty = emptiness(feasible)
        if empty or (found.complete and not found.families):
            return Points((), INFEASIBLE if empty else NONE, notes=found.notes), ()
    points = tuple(map(labelled, found.points))
    sentence = qualified(points, ACTIVE, found.complete, bool(found.families)) if points else ""
    known = extrema(feasible, objective, points, found.families, found.complete)
    claims = tuple(claim for p in found.points for claim in p.claims)
    return Points(settled(points, known), found.label, found.families, known, found.notes, sentence), claims


def labelled(found: ActivePoint) -> Point:
    """The point with its active inequalities named beside its kind."""
    return replace(found.point, kind=", ".join([found.point.kind, *_listed(found.active)]))


def active_points(feasible: Feasible, objective: Expr) -> Found:
    """The points in order of value, then of their coordinates. Raises SymcalcError("limit")."""
    equations, inequalities, xs = feasible.equations, feasible.inequalities, feasible.variables
    if len(inequalities) > MOST_INEQUALITIES:
        hint = "leave out those that are never active"
        raise SymcalcError("limit", f"there are more than {MOST_INEQUALITIES} inequalities", code="too-many", hint=hint)
    taken = {str(s) for e in (objective, *equations, *inequalities) for s in e.free_symbols}
    names = multiplier_names(len(equations) + len(inequalities), taken)
    inequalities, told = _tidied(inequalities, xs)
    constant = {i: sign_of(g) for i, g in enumerate(inequalities) if not g.free_symbols}
    if 1 in constant.values():
        return Found((), frozenset({INFEASIBLE}), told, ())
    moving = [i for i in range(len(inequalities)) if i not in constant]
    factors = {i: cancel(inequalities[i] / square_free(inequalities[i], xs)) for i in moving}
    known = {a: lagrange_points(objective, [*equations, *(inequalities[i] for i in a)], xs) for a in subsets(moving)}
    if len(xs) == 1 and not equations and known[()].label == PERIODIC:
        repeated = between_bounds(known[()], objective, inequalities, xs[0])
        if repeated is not None:
            notes_left = tuple(note for note in repeated.notes if "multiples of" not in note)
            known[()] = replace(repeated, label=ALL, notes=notes_left)
    found: list[ActivePoint] = []
    labels: set[str] = set()
    notes = list(told)
    families: list[Family] = []
    for active, points in known.items():
        labels.add(points.label)
        notes += [note for note in points.notes if not (active and note.startswith("constraint "))]
        families += [_beside(family, active) for family in points.families]
        for point in points.points:
            place = dict(point.at)
            signs = [sign_of(inequalities[i].xreplace(place)) for i in moving if i not in active]
            if None in signs:
                labels.add(UNPLACED)
            elif all(s == -1 for s in signs):
                used = [*equations, *(inequalities[i] for i in active)]
                claims = point_claims(objective, used, xs, replace(points, points=(point,)))
                own = [factors[i].xreplace(place) for i in active]
                found.append(ActivePoint(_complete(point, active, known, len(equations), names, taken, own), active, claims))
    found.sort(key=lambda p: (p.point.value.evalf(15), [a.evalf(15) for a in p.point.at.values()]))
    if PERIODIC in labels and any(_leaves_the_period(g, (objective, *equations, *inequalities)) for g in inequalities):
        labels = {ONE_PERIOD}
        notes = [note for note in notes if "multiples of" not in note]
    if families and moving:
        notes.append(FEASIBLE_PART)
    return Found(tuple(found), frozenset(labels), tuple(dict.fromkeys(notes)), tuple(families))


def _beside(family: Family, active: Sequence[int]) -> Family:
    """The family with the active inequalities named."""
    return replace(family, active=tuple(active), words=(*pieces(family.words), *(f" ({words})" for words in _listed(active))))


def _listed(active: Sequence[int]) -> list[str]:
    """The active inequalities by their numbers, where there are any."""
    return ["active: " + ", ".join(str(i + 1) for i in active)] if active else []


def _tidied(inequalities: Sequence[Expr], xs: Sequence[Symbol]) -> tuple[tuple[Expr, ...], tuple[str, ...]]:
    """The inequalities with odd powers of their factors as first powers, even ones as squares, and what
    was changed or holds no variable."""
    tidy: list[Expr] = []
    notes: dict[str, None] = {}
    for i, g in enumerate(inequalities, start=1):
        h = g
        if not g.free_symbols:
            notes[f"inequality {i} is {'never' if sign_of(g) == 1 else 'always'} true"] = None
        elif g.is_polynomial(*xs) and g.free_symbols <= set(xs):
            c, factors = sqf_list(g, *xs)
            if any(k > 2 for _, k in factors):
                h = c * Mul(*(p ** (2 - k % 2) for p, k in factors))
                notes[f"inequality {i} is read as {h} <= 0, which has the same points"] = None
        tidy.append(h)
    return tuple(tidy), tuple(notes)


def _complete(
    point: Point,
    active: tuple[int, ...],
    known: Known,
    equations: int,
    names: Sequence[Symbol],
    taken: set[str],
    factors: Sequence[Expr],
) -> Point:
    """The point with a multiplier for every constraint, zero where it is not active, and its kind among the feasible points.

    The point's own multipliers belong to the square-free active inequalities: `factors` are what these are multiplied
    with at the point. Where one vanishes, so does the gradient of its inequality.
    """
    own = multiplier_names(equations + len(active), taken)
    point = _rescaled(point, own[equations:], factors)
    renamed = dict(zip(own, [*names[:equations], *(names[equations + i] for i in active)], strict=True))
    values = dict.fromkeys(names[equations:], S.Zero) | {renamed[m]: v for m, v in point.multipliers.items()}
    numeric = {k: v for k, v in point.numeric.items() if k not in {str(m) for m in own}}
    numeric |= {str(n): "0" for n in values} | {str(renamed[m]): _decimals(point, m) for m in point.multipliers}
    ordered = {n: values[n] for n in names if n in values}
    if active and point.kind.startswith(UNQUALIFIED):
        ordered, numeric = {}, {k: v for k, v in numeric.items() if k not in {str(n) for n in names}}
    kind = point.kind
    if not kind.startswith(UNQUALIFIED):
        dependent = len(point.multipliers) < equations + len(active)
        kind = _kind(point, active, known, [values[names[equations + i]] for i in active], dependent)
    return replace(point, multipliers=ordered, numeric=numeric, kind=kind)


def _rescaled(point: Point, names: Sequence[Symbol], factors: Sequence[Expr]) -> Point:
    """The point with multipliers of g instead of g/factor."""
    if all(q == 1 for q in factors) or point.kind.startswith(UNQUALIFIED):
        return point
    if any(sign_of(q) == 0 for q in factors):
        return replace(point, multipliers={}, kind=f"{UNQUALIFIED}: the gradient of an active inequality vanishes")
    changed = {m: point.multipliers[m] / q for m, q in zip(names, factors, strict=True) if q != 1 and m in point.multipliers}
    numeric = {k: v for k, v in point.numeric.items() if k not in {str(m) for m in changed}}
    return replace(point, multipliers={**point.multipliers, **changed}, numeric=numeric)


def _decimals(point: Point, name: Symbol) -> str:
    return point.numeric.get(str(name), str(point.multipliers[name].evalf(15)))


def _kind(point: Point, active: tuple[int, ...], known: Known, multipliers: Sequence[Expr], dependent: bool) -> str:
    """By the signs of the multipliers and what the point is on the manifold of the active constraints. Where active
    constraints are `dependent`, other multipliers may have the right signs: signs then rule nothing out."""
    if not active:
        return point.kind
    signs = [sign_of(m) for m in multipliers]
    if None in signs:
        return UNKNOWN
    if dependent:
        return kind if (kind := _by_signs(point, active, known, signs)) != NEITHER else UNKNOWN
    return _by_signs(point, active, known, signs)


def _by_signs(point: Point, active: tuple[int, ...], known: Known, signs: Sequence[int | None]) -> str:
    if {-1, 1} <= set(signs):
        return NEITHER
    strict = tuple(i for i, s in zip(active, signs, strict=True) if s)
    if len(strict) < len(active):
        return _degenerate(point, strict, known, signs)
    wanted = "strict minimum" if signs[0] == -1 else "strict maximum"
    if point.kind in (ISOLATED, wanted):
        return wanted
    return UNKNOWN if point.kind.startswith(UNKNOWN) or point.kind == "" else "saddle" if point.kind == "saddle" else NEITHER


def _degenerate(point: Point, strict: tuple[int, ...], known: Known, signs: Sequence[int | None]) -> str:
    """Some multiplier is zero: the point must be an extremum without that constraint."""
    wanted = {-1: "strict minimum", 1: "strict maximum"}.get(next((s for s in signs if s), 0) or 0)
    for other in known[strict].points:
        if dict(other.at) == dict(point.at) and other.kind in ("strict minimum", "strict maximum"):
            return other.kind if wanted in (None, other.kind) else NEITHER
    return UNKNOWN


def _leaves_the_period(g: Expr, everything: Sequence[Expr]) -> bool:
    """Does an inequality hold a variable that sin and cos repeat, outside of them?"""
    angular = {x for e in everything for a in e.atoms(sin, cos) for x in a.free_symbols}
    return bool(g.xreplace({a: Dummy() for a in g.atoms(sin, cos)}).free_symbols & angular)
