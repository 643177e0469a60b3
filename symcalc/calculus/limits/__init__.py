"""One-sided limits of real functions: decided by proof where possible, else found by SymPy and confirmed by numbers.

The order: continuity and the laws of limits; the squeeze theorem for what oscillates; leading terms of analytic quotients;
Gruntz's algorithm (On Computing Limits in a Symbolic Manipulation System, 1996) as SymPy has it, whose results are believed
only where high-precision numbers agree. Nothing is guessed: what is not shown is "undecided".
"""

from __future__ import annotations

from dataclasses import replace

import sympy as sp
from sympy import Expr, Symbol, oo
from sympy.calculus.accumulationbounds import AccumBounds

from symcalc.budget import attempt
from symcalc.calculus.limits import squeeze
from symcalc.calculus.limits.germ import KINKED, germ, resolved
from symcalc.calculus.limits.laws import Laws, quotient_limit
from symcalc.calculus.limits.verdicts import NUMBERS, PROOF, Depends, OneSided, Undecided, Undefined
from symcalc.calculus.numeric import NotEvaluable
from symcalc.calculus.smooth import obstacle
from symcalc.calculus.tidy import tidy
from symcalc.notation import sigmoid

__all__ = ["NEARBY", "NUMBERS", "PROOF", "OneSided", "limit_at_zero", "one_sided_limit"]

MAX_NESTING = 4
NEARBY = "next to the point"
"""The rule that replaces functions with kinks by what they are there."""


def one_sided_limit(f: Expr, x: Symbol, a: Expr, side: int) -> OneSided:
    """The limit of f for x → a from the right (`side` 1) or the left (-1); for a = ±oo the side means nothing."""
    return limit_at_zero(*germ(f, x, a, side))


def limit_at_zero(e: Expr, t: Symbol) -> OneSided:
    """The limit of e for t → 0+, t a positive symbol."""
    undecided = OneSided("undecided", reason="it took too long")
    return attempt("limit", lambda: _limit(e, t), lambda: undecided)


def _limit(e: Expr, t: Symbol) -> OneSided:
    laws = Laws(e, t)
    try:
        found = _decided(e, laws, 0)
        return replace(_confirmed(e, found, laws) if found.status == "limit" else found, variable=t)
    except Undefined as error:
        return OneSided("undefined", reason=str(error))
    except Undecided as error:
        return OneSided("undecided", reason=str(error))


def _decided(e: Expr, laws: Laws, depth: int) -> OneSided:
    """Raises Undefined or Undecided."""
    if depth > MAX_NESTING:
        raise Undecided("it oscillates in too many ways")
    if e.has(sp.I):
        raise Undefined("it has no real value there")
    at = {laws.t: sp.S.Zero}
    if obstacle(e, at) is None:
        value = e.xreplace(at)
        if not value.has(sp.nan, sp.zoo):
            return OneSided("limit", value, trail=(("continuous: put it in", None),))
    waves = squeeze.oscillating(e, laws)
    if waves:
        return squeeze.one_sided(e, waves, laws, lambda other: _decided(other, laws, depth + 1))
    plain = resolved(e, laws) if _has_domain(e) else e
    found = _steady(plain, laws, depth)
    return found.after(NEARBY, plain) if plain != e else found


def _steady(e: Expr, laws: Laws, depth: int) -> OneSided:
    """The limit of a function without kinks that does not oscillate."""
    open_question: Depends | None = None
    try:
        value = laws.limit(e)
        if value is not None:
            return OneSided("limit", value, trail=(("limit laws", None),))
    except Depends as error:
        open_question = error
    found = quotient_limit(e, laws) or _by_exponent(e, laws, depth)
    if found is None and open_question is not None:
        raise open_question
    return found or _by_sympy(e, laws)


def _has_domain(e: Expr) -> bool:
    return bool(e.atoms(sp.Function, *KINKED) or any(not p.exp.is_Integer or p.exp.is_negative for p in e.atoms(sp.Pow)))


def _by_exponent(e: Expr, laws: Laws, depth: int) -> OneSided | None:
    """b^n = e^(n·ln b)."""
    if not e.is_Pow or isinstance(e, sp.exp) or not e.exp.has(laws.t):
        return None
    exponent = e.exp * sp.log(e.base)
    inner = _decided(exponent, laws, depth + 1)
    if inner.status != "limit" or inner.value is None:
        return None
    value = sp.exp(inner.value) if inner.value.is_finite else oo if inner.value is oo else sp.S.Zero
    trail = (("b^n = e^(n·ln b)", sp.exp(exponent, evaluate=False)), ("limit of the exponent", None))
    return OneSided("limit", value, inner.certainty, trail=trail, nonzero=inner.nonzero)


def _by_sympy(e: Expr, laws: Laws) -> OneSided:
    try:
        value = sp.limit(_elementary(e), laws.t, 0, "+")
    except (NotImplementedError, ValueError, TypeError, AttributeError, RecursionError, ArithmeticError) as error:
        raise Undecided("no method finds the limit") from error
    if value.has(AccumBounds, sp.Limit, sp.nan, sp.zoo, laws.t, sp.I) or value.is_extended_real is False:
        raise Undecided("no method finds the limit")
    if value.has(oo, -oo) and value not in (oo, -oo):
        raise Depends("it depends on " + " and ".join(sorted(map(str, value.free_symbols))))
    return OneSided("limit", value, NUMBERS, trail=(("Gruntz's algorithm, confirmed by numbers", None),))


def _elementary(e: Expr) -> Expr:
    return e.replace(sigmoid, lambda u: 1 / (1 + sp.exp(-u)))


def _confirmed(e: Expr, found: OneSided, laws: Laws) -> OneSided:
    """The limit tidied, if numbers do not deny it; what is not proven needs their consent."""
    assert found.value is not None
    value = found.value if found.value.is_infinite else tidy(found.value)
    try:
        agrees = laws.near.approaches(e, value)
    except NotEvaluable:
        agrees = None
    if agrees is False or (agrees is None and found.certainty == NUMBERS):
        raise Undecided("numbers do not confirm the limit that was found")
    for name in laws.near.names:
        if laws.near.denies_at_zero(e, value, name):
            raise Depends(f"it depends on {name}")
    return replace(found, value=value)
