"""Inequalities: the Karush-Kuhn-Tucker points, from the stationary points on every set of active constraints.

For constraints g ≤ 0 and L = f - Σ λᵢ·gᵢ: at a minimum every λ of an inequality is ≤ 0, at a maximum ≥ 0, and λᵢ·gᵢ = 0
(Kuhn and Tucker 1951; Nocedal and Wright, Numerical Optimization, theorems 12.1 and 12.6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Dummy, Expr, Mul, S, Symbol, cancel, cos, sin, sqf_list

from symcalc.calculus.sign import sign_of
from symcalc.calculus.stationary.analysis import ALL, INFEASIBLE, NONE, PERIODIC, lagrange_points
from symcalc.calculus.stationary.certified import INCOMPLETE
from symcalc.calculus.stationary.claims import point_claims
from symcalc.calculus.stationary.classify import UNQUALIFIED
from symcalc.calculus.stationary.feasible import compactness, emptiness, is_affine, is_convex, is_smooth, subsets
from symcalc.calculus.stationary.system import multiplier_names, square_free
from symcalc.errors import SymcalcError
from symcalc.result import Claim, Point, Points

Known = dict[tuple[int, ...], Points]
"""The stationary points on each set of active inequalities, by their positions."""

MOST_INEQUALITIES = 6
VERTEX = "isolated feasible point"
ONE_PERIOD = "exact within one period, and other periods may hold feasible points: the list is not complete"
FEASIBLE_PART = "of a family only the points that satisfy every inequality are feasible"
NEITHER = "no extremum"
OPEN = "inconclusive"


def kkt_points(
    objective: Expr, equations: Sequence[Expr], inequalities: Sequence[Expr], variables: Sequence[Symbol]
) -> tuple[Points, tuple[Claim, ...]]:
    """The feasible points where f is stationary on its active constraints g = 0, with multipliers, kind and what holds
    globally; and their claims. The inequalities are expressions g with g ≤ 0.

    Raises SymcalcError("limit") for too many inequalities."""
    if len(inequalities) > MOST_INEQUALITIES:
        hint = "leave out those that are never active"
        raise SymcalcError("limit", f"there are more than {MOST_INEQUALITIES} inequalities", code="too-many", hint=hint)
    taken = {str(s) for e in (objective, *equations, *inequalities) for s in e.free_symbols}
    names = multiplier_names(len(equations) + len(inequalities), taken)
    found: list[Point] = []
    claims: list[Claim] = []
    labels: set[str] = set()
    inequalities, notes = _tidied(inequalities, variables)
    constant = {i: sign_of(g) for i, g in enumerate(inequalities) if not g.free_symbols}
    if 1 in constant.values():
        return Points((), INFEASIBLE, notes=tuple(notes)), ()
    moving = [i for i in range(len(inequalities)) if i not in constant]
    factors = {i: cancel(inequalities[i] / square_free(inequalities[i], variables)) for i in moving}
    families: list[str] = []
    known: Known = {
        active: lagrange_points(objective, [*equations, *(inequalities[i] for i in active)], variables)
        for active in subsets(moving)
    }
    for active, points in known.items():
        labels.add(points.label)
        notes |= dict.fromkeys(note for note in points.notes if not (active and note.startswith("constraint ")))
        families += points.families if not active else [f"{family} ({_listed(active)})" for family in points.families]
        for point in points.points:
            place = dict(point.at)
            signs = [sign_of(inequalities[i].xreplace(place)) for i in moving if i not in active]
            if None in signs:
                labels.add("feasibility not decided everywhere")
                continue
            if any(s is not None and s >= 0 for s in signs):
                continue
            own = [factors[i].xreplace(place) for i in active]
            found.append(_complete(point, active, known, len(equations), names, taken, own))
            used = [*equations, *(inequalities[i] for i in active)]
            claims += point_claims(objective, used, variables, replace(points, points=(point,)))
    found.sort(key=lambda p: (p.value.evalf(15), [a.evalf(15) for a in p.at.values()]))
    complete = labels <= {ALL, NONE, INFEASIBLE} and not families
    label = ALL if complete else _weakest(labels)
    inequalities = [inequalities[i] for i in moving]
    if PERIODIC in labels and any(_leaves_the_period(g, (objective, *equations, *inequalities)) for g in inequalities):
        label = ONE_PERIOD
        notes = {note: None for note in notes if "multiples of" not in note}
    if not found and ((empty := emptiness(equations, inequalities, variables)) == INFEASIBLE or complete):
        return Points((), empty, notes=tuple(notes)), ()
    if families:
        notes[FEASIBLE_PART] = None
    extrema = _extrema(objective, found, complete, equations, inequalities, variables)
    return Points(tuple(found), label, tuple(dict.fromkeys(families)), extrema, tuple(notes)), tuple(claims)


def _tidied(inequalities: Sequence[Expr], xs: Sequence[Symbol]) -> tuple[list[Expr], dict[str, None]]:
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
    return tidy, notes


def _listed(active: Sequence[int]) -> str:
    """The active inequalities by their numbers."""
    return "active: " + ", ".join(str(i + 1) for i in active)


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
    where = f", {_listed(active)}" if active else ""
    return replace(point, multipliers=ordered, numeric=numeric, kind=kind + where)


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
        return OPEN
    if dependent:
        return kind if (kind := _by_signs(point, active, known, signs)) != NEITHER else OPEN
    return _by_signs(point, active, known, signs)


def _by_signs(point: Point, active: tuple[int, ...], known: Known, signs: Sequence[int | None]) -> str:
    if {-1, 1} <= set(signs):
        return NEITHER
    strict = tuple(i for i, s in zip(active, signs, strict=True) if s)
    if len(strict) < len(active):
        return _degenerate(point, strict, known, signs)
    wanted = "strict minimum" if signs[0] == -1 else "strict maximum"
    if point.kind in (VERTEX, wanted):
        return wanted
    return OPEN if point.kind.startswith(OPEN) or point.kind == "" else "saddle" if point.kind == "saddle" else NEITHER


def _degenerate(point: Point, strict: tuple[int, ...], known: Known, signs: Sequence[int | None]) -> str:
    """Some multiplier is zero: the point must be an extremum without that constraint."""
    wanted = {-1: "strict minimum", 1: "strict maximum"}.get(next((s for s in signs if s), 0) or 0)
    for other in known[strict].points:
        if dict(other.at) == dict(point.at) and other.kind in ("strict minimum", "strict maximum"):
            return other.kind if wanted in (None, other.kind) else NEITHER
    return OPEN


def _weakest(labels: set[str]) -> str:
    """What holds of all lists together: the one label that is less than complete; nothing where these differ."""
    partial = labels - {ALL, NONE, INFEASIBLE}
    return INCOMPLETE if len(partial) > 1 else next(iter(partial), ALL)


def _leaves_the_period(g: Expr, everything: Sequence[Expr]) -> bool:
    """Does an inequality hold a variable that sin and cos repeat, outside of them?"""
    angular = {x for e in everything for a in e.atoms(sin, cos) for x in a.free_symbols}
    return bool(g.xreplace({a: Dummy() for a in g.atoms(sin, cos)}).free_symbols & angular)


# --- global extrema ----------------------------------------------------------------------------------------------


def _extrema(
    f: Expr, found: Sequence[Point], complete: bool, equations: Sequence[Expr], inequalities: Sequence[Expr], xs: Sequence[Symbol]
) -> dict[str, str]:
    """The least and largest values: where the feasible set is shown to be compact and the list is complete; and where f is
    convex (concave) on a convex set, at any point whose multipliers have the right signs."""
    extrema = {"minimum": "not decided", "maximum": "not decided"}
    if not found:
        return extrema
    reason = compactness(equations, inequalities, xs) if complete else None
    if reason is not None and not is_smooth(f, equations, inequalities, xs):
        reason = None
    convex_set = all(is_convex(g, xs) for g in inequalities) and all(is_affine(g, xs) for g in equations)
    for side, value, function in (("minimum", found[0].value, f), ("maximum", found[-1].value, -f)):
        best = [(str(i), p) for i, p in enumerate(found, start=1) if sign_of(p.value - value) == 0]
        numbers = [i for i, _ in best]
        listed = numbers[0] if len(numbers) == 1 else ", ".join(numbers[:-1]) + " and " + numbers[-1]
        where = f"global {side} {value} at point{'s' * (len(numbers) > 1)} {listed}"
        if convex_set and is_convex(function, xs) and any(_fits(p, side, len(equations)) for _, p in best):
            extrema[side] = f"{where}: {'a convex' if side == 'minimum' else 'a concave'} objective on a convex set"
        elif reason is not None:
            extrema[side] = f"{where}: the feasible set is compact ({reason})"
    return extrema


def _fits(point: Point, side: str, equations: int) -> bool:
    """Whether the multipliers of the inequalities are those of a minimum or maximum."""
    if point.kind.startswith(UNQUALIFIED):
        return False
    signs = [sign_of(m) for m in list(point.multipliers.values())[equations:]]
    return all(s is not None and (s <= 0 if side == "minimum" else s >= 0) for s in signs)
