"""Limit at a point or at infinity, from both sides or from one.

symcalc limit "sin(x)/x" x 0
symcalc limit "1/x" x 0 --side right
symcalc limit "(1+a/n)^n" n oo
"""

from __future__ import annotations

import dataclasses

from sympy import Expr, Ne, S, Symbol, oo

from symcalc.calculus.limits import NEARBY, PROOF, OneSided
from symcalc.calculus.limits.germ import KINKED, germ
from symcalc.calculus.limits.sides import SIDES, Sides, limits, verdict
from symcalc.commands._inputs import names_in, one_of, rounded, single
from symcalc.errors import SymcalcError
from symcalc.notation import Lim
from symcalc.options import SIDES as SIDE_NAMES
from symcalc.options import Digits, Expression, Place, Side, Steps, Variable
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_place
from symcalc.result import Claim, Fact, Result, Step, Verdict

SAID = {"exists": "", "does not exist": "does not exist", "undefined": "not defined near the point", "undecided": "not decided"}


def limit(
    expression: Expression,
    variable: Variable = None,
    place: Place = None,
    *,
    side: Side = None,
    steps: Steps = None,
    digits: Digits = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The limit for the variable to the point, finite or ±oo; where there is none, both one-sided ones and exit code 1.

    Where f is defined on one side only, the limit is that from this side, and a note says so."""
    if reading.complex:
        raise SymcalcError("usage", "limits are those of real analysis", code="complex", hint="leave out --complex")
    variable, place = (variable, place) if place is not None else (None, variable)
    source = parse_expression(expression, reading, names_in([variable]))
    f = source.value
    if place is None or (variable is None and place in {s.name for s in f.free_symbols}):
        problem = "where is the limit taken?"
        raise SymcalcError("usage", problem, code="missing-argument", hint='the point comes last: symcalc limit "sin(x)/x" x 0')
    x = single(variable, source, reading)
    a, written = parse_place(place, x, reading)
    asked = {"left": -1, "right": 1}[one_of("--side", side, SIDE_NAMES)] if side is not None else written
    if asked and written and asked != written:
        raise SymcalcError(
            "usage", f"the point says one side and --side the other: {place}", code="option-value", hint="give one"
        )
    asked = 0 if a.is_infinite else asked
    whole = x.is_integer
    if whole:  # a limit over all real numbers is one over the whole numbers, but not the other way round
        real = Symbol(x.name, real=True)
        f, x = f.xreplace({x: real}), real
    sides = limits(f, x, a, asked)
    found = verdict(sides)
    if whole and found.denies:
        found = Verdict("undecided", reason=f"for real {x} there is no limit; for whole {x} there may be one")
    head = Lim(f, x, a, asked)
    if found.denies:
        shown = _derivation(head, sides, None) if steps and found.status == "does not exist" else ()
        answer = Fact("limit", SAID[found.status], of=head)
        return Result(answer, (), shown, sources=(source,), variables=(x,), verdict=found)
    one = next(iter(sides.defined.values()))
    facts = [Fact("valid where", Ne(c, 0)) for c in one.nonzero]
    facts += [Fact("how sure", found.certainty)] if found.certainty != PROOF else []
    claims = tuple(_claim(f, x, a, s or 1, found.value) for s in sides.defined)
    answer = rounded(Fact("limit", found.value, of=head), digits)
    shown = _derivation(head, sides, found.value) if steps else ()
    return Result(answer, tuple(facts), shown, _notes(sides, x, a), (source,), (x,), claims, verdict=found)


def _claim(f: Expr, x: Symbol, a: Expr, side: int, value: Expr) -> Claim:
    moved, t = germ(f, x, a, side)
    return Claim("limit", moved, value, (t,), point={t: S.Zero})


def _notes(sides: Sides, x: Symbol, a: Expr) -> tuple[str, ...]:
    absent = [SIDES[s] for s, one in sides.found.items() if one.status == "undefined"]
    other = {"left": "right", "right": "left"}
    return tuple(f"not defined on the {side} of {x} = {a}: this is the limit from the {other[side]}" for side in absent)


def _derivation(head: Lim, sides: Sides, value: Expr | None) -> tuple[Step, ...]:
    """The rules that led to the limit, once where they are the same on both sides."""
    f, x, a, _ = head.args
    chains = {side: _chain(Lim(f, x, a, side), side, one) for side, one in sides.defined.items()}
    if len(chains) > 1 and len({tuple((s.rule, s.after) for s in chain) for chain in chains.values()}) == 1:
        chains = {0: next(iter(chains.values()))}
    if len(chains) > 1:
        joined = () if value is None else (Step("both sides", head, value),)
        return (*(step for chain in chains.values() for step in chain), *joined)
    ((first, *rest),) = chains.values()
    return (dataclasses.replace(first, before=head), *rest)


def _chain(before: Expr, side: int, one: OneSided) -> list[Step]:
    """The rules of one side as equations between limits; `before` is the first of these."""
    f, x, a, _ = before.args
    moved, own = germ(f, x, a, side)
    t, trail = one.variable, one.trail
    back = side * (x - a) if a.is_finite else 1 / x if a is oo else -1 / x
    if f.has(*KINKED) and trail and trail[0][0] != NEARBY:
        trail = ((NEARBY, moved.xreplace({own: t})), *trail)
    steps: list[Step] = []
    for rule, e in trail:
        after = one.value if e is None or not e.has(t) else Lim(e.xreplace({t: back}), x, a, side)
        if after != before:
            said = f"{x} just {'above' if side > 0 else 'below'} {a}" if rule == NEARBY else rule
            steps.append(Step(said, before, after))
            before = after
    return steps
