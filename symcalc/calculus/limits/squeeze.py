"""Functions that oscillate next to the point: the squeeze theorem, and two sequences with different limits.

For g → ±∞ continuously, w = sin g takes every value in [-1, 1] again and again. Where f is affine in such bounded parts,
it lies between its values at the corners of their ranges: equal limits there are the limit (squeeze theorem; Rudin,
Principles of Mathematical Analysis, theorem 3.19). Different limits along two phases of g show that there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import sympy as sp
from flint import arb
from sympy import Expr, S, Symbol

from symcalc.calculus.enclosure import NoBall, enclose
from symcalc.calculus.limits.equality import all_same
from symcalc.calculus.limits.laws import Laws
from symcalc.calculus.limits.verdicts import NUMBERS, PROOF, OneSided, Undecided, Undefined
from symcalc.calculus.sign import is_zero

PHASES: dict[Any, tuple[Any, ...]] = {
    sp.sin: (S.Zero, S.One, S.Zero, S.NegativeOne),
    sp.cos: (S.One, S.Zero, S.NegativeOne, S.Zero),
    sp.frac: (S.Zero, S.Half, S.Zero, S.Half),
}
"""The values at four phases of the argument; those of sin and cos belong together."""

REWRITTEN: dict[Any, Callable[..., Expr]] = {
    sp.tan: lambda u: sp.sin(u) / sp.cos(u), sp.cot: lambda u: sp.cos(u) / sp.sin(u),
    sp.sec: lambda u: 1 / sp.cos(u), sp.csc: lambda u: 1 / sp.sin(u),
    sp.floor: lambda u: u - sp.frac(u), sp.ceiling: lambda u: u + sp.frac(-u), sp.Mod: lambda a, b: b * sp.frac(a / b),
}  # fmt: skip
"""Oscillating functions by those of PHASES."""

RANGE = {sp.sin: (-1, 1), sp.cos: (-1, 1), sp.frac: (0, 1)}
MAX_BOUNDED = 4
"""At most so many bounded parts: their ranges have 2^4 corners."""

STEPS, MOST_CORNERS = 4, 40
"""The ranges are looked at in so many steps, at no more points than these in all."""

Decide = Callable[[Expr], OneSided]


def oscillating(e: Expr, laws: Laws) -> list[Expr]:
    """The parts of e that are sin, cos, ... of an argument that becomes infinite."""
    heads = (*PHASES, *REWRITTEN)
    return [part for part in e.atoms(*heads) if part.has(laws.t) and _is_unbounded(part, laws)]


def _is_unbounded(part: Expr, laws: Laws) -> bool:
    u = part.args[0] / part.args[1] if isinstance(part, sp.Mod) else part.args[0]
    try:
        limit = laws.limit(u)
    except (Undecided, Undefined):
        return False
    return limit is not None and bool(limit.is_infinite)


def one_sided(e: Expr, parts: list[Expr], laws: Laws, decide: Decide) -> OneSided:
    """The behaviour of e, whose oscillating parts are given; `decide` finds that of functions in which they are replaced."""
    e = e.xreplace({p: REWRITTEN[p.func](*p.args) for p in parts if p.func in REWRITTEN})
    atoms = sorted((p for p in e.atoms(*PHASES) if p.has(laws.t) and _is_unbounded(p, laws)), key=lambda p: p.sort_key())
    if not atoms:
        return decide(e)
    joined = sp.trigsimp(e) if e.has(sp.sin) and e.has(sp.cos) else e
    if joined.count_ops() < e.count_ops() and not all(joined.has(a) for a in atoms):
        return decide(joined)
    return _difference_of_sines(e, atoms, decide) or _squeezed(e, atoms, laws, decide) or _phases(e, atoms, decide)


def _squeezed(e: Expr, atoms: list[Expr], laws: Laws, decide: Decide) -> OneSided | None:
    """The common limit at all corners of the ranges of the bounded parts, if e is affine in each of these."""
    waves = {a: sp.Dummy("w", real=True) for a in atoms}
    masked = e.xreplace(waves)
    bounded = _bounded(masked, set(waves.values()), laws.t)
    if not 0 < len(bounded) <= MAX_BOUNDED:
        return None
    ranges = [_range(part, atoms, waves) for part in bounded]
    letters = [sp.Dummy("c", real=True) for _ in bounded]
    masked = masked.xreplace(dict(zip(bounded, letters, strict=True)))
    ends = [ends for ends in ranges if ends is not None]
    if len(ends) < len(ranges) or masked.has(*waves.values()):
        return None
    affine = not any(sp.diff(masked, c).has(c) for c in letters)
    if not affine and not _monotone(masked, letters, ends, laws):
        return None
    try:
        found = [decide(masked.xreplace(dict(zip(letters, corner, strict=True)))) for corner in product(*ends)]
    except (Undecided, Undefined):
        return None
    if not _one_limit(found):
        return None
    certainty = PROOF if affine and all(f.certainty == PROOF for f in found) else NUMBERS
    return replace(found[0], trail=(("squeeze theorem", None),), certainty=certainty)


def _monotone(e: Expr, letters: list[Symbol], ranges: list[tuple[Expr, Expr]], laws: Laws) -> bool:
    """Whether e has no pole and rises or falls in each bounded part, as far as numbers show: then it lies between its values
    at the corners."""
    grid = [[low + (high - low) * k / STEPS for k in range(STEPS + 1)] for low, high in ranges]
    corners = [dict(zip(letters, corner, strict=True)) for corner in product(*grid)]
    if len(corners) > MOST_CORNERS:
        return False
    for watched in (sp.fraction(sp.together(e))[1], *(sp.diff(e, c) for c in letters)):
        seen: set[int] = set()
        for corner in corners:
            seen |= laws.near.signs(watched.xreplace(corner))
        if not seen or {1, -1} <= seen:
            return False
    return True


def _bounded(e: Expr, waves: set[Any], t: Symbol) -> list[Expr]:
    """The largest parts of e that hold a wave and not t."""
    if not e.free_symbols & waves:
        return []
    if not e.has(t):
        return [e]
    if e.is_Mul or e.is_Add:
        free, rest = e.as_independent(t, as_Add=bool(e.is_Add))
        inner = [part for a in (rest.args if rest.func is e.func else (rest,)) for part in _bounded(a, waves, t)]
        return list(dict.fromkeys([*_waves_of(free, waves), *inner]))
    return list(dict.fromkeys(part for a in e.args for part in _bounded(a, waves, t)))


def _waves_of(free: Expr, waves: set[Any]) -> list[Expr]:
    """The factors or terms of a part without t that hold a wave."""
    return [a for a in (free.args if free.is_Mul or free.is_Add else (free,)) if a.free_symbols & waves]


def _range(part: Expr, atoms: list[Expr], waves: dict[Expr, Symbol]) -> tuple[Expr, Expr] | None:
    """Numbers between which the part lies; exact for a wave and its even powers and absolute value."""
    if part.is_Symbol:
        low, high = next(RANGE[a.func] for a in atoms if waves[a] == part)
        return S(low), S(high)
    even = part.is_Pow and part.exp.is_Integer and part.exp > 0 and part.exp % 2 == 0
    if even or isinstance(part, sp.Abs):
        inner = _range(part.args[0], atoms, waves)
        n = part.exp if even else S.One
        return None if inner is None else (S.Zero, max(abs(end) for end in inner) ** n)
    middle = {sp.frac: arb(0.5, 0.5)}
    try:
        ball = enclose(part, {waves[a]: middle.get(a.func, arb(0, 1)) for a in atoms})
    except NoBall:
        return None
    low, high = (sp.Rational(int(end.p), int(end.q)) for end in (ball.lower().fmpq(), ball.upper().fmpq()))
    return low, high


def _one_limit(found: list[OneSided]) -> bool | None:
    return all_same([f.value for f in found]) if all(f.status == "limit" for f in found) else False


def _phases(e: Expr, atoms: list[Expr], decide: Decide) -> OneSided:
    """Two phases of one argument along which the limits differ."""
    for argument in dict.fromkeys(a.args[0] for a in atoms):
        mine = [a for a in atoms if a.args[0] == argument]
        found: list[OneSided] = []
        for phase in range(4):
            try:
                one = decide(e.xreplace({a: PHASES[a.func][phase] for a in mine}))
            except (Undecided, Undefined):
                continue
            if one.status == "limit" and one.value is not None:
                found.append(one)
        if found and _one_limit(found) is False:
            return OneSided("oscillates", certainty=found[0].certainty, reason="it oscillates")
    raise Undecided("it may oscillate")


def _difference_of_sines(e: Expr, atoms: list[Expr], decide: Decide) -> OneSided | None:
    """sin u - sin v = 2 cos((u + v)/2)·sin((u - v)/2) → 0 for u - v → 0."""
    if (
        not e.is_Add
        or len(atoms) != 2
        or {a.func for a in atoms} != {sp.sin}
        or e not in (atoms[0] - atoms[1], atoms[1] - atoms[0])
    ):
        return None
    found = decide((atoms[0].args[0] - atoms[1].args[0]) / 2)
    if found.status != "limit" or found.value is None or not is_zero(found.value):
        return None
    return OneSided("limit", S.Zero, found.certainty, trail=(("sin u - sin v with u - v → 0", None),))
