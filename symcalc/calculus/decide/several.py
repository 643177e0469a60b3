"""Several variables: partial derivatives, then total differentiability, by a proof or against a witness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sympy as sp
from sympy import Expr, ImmutableMatrix, S, Symbol

from symcalc.calculus.decide.convex import CONCAVE, CONVEX, curvature
from symcalc.calculus.decide.curves import Curve, along, curves, length, listed, spoken
from symcalc.calculus.decide.one import COMPLEX, decide_one
from symcalc.calculus.decide.order import order
from symcalc.calculus.decide.punctured import around
from symcalc.calculus.decide.structure import gradient_at
from symcalc.calculus.decide.value import value_at
from symcalc.calculus.limits import NUMBERS, PROOF, limit_at_zero
from symcalc.calculus.limits.equality import same
from symcalc.calculus.realroots import real_roots
from symcalc.calculus.sign import is_zero
from symcalc.calculus.smooth import obstacle
from symcalc.calculus.tidy import tidy
from symcalc.notation import Leibniz
from symcalc.result import Phrase, Verdict, pieces

WITNESS = "witness"
OPEN = "the partial derivatives exist; total differentiability is neither shown nor refuted"


def decide_several(f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr], value: Expr | None = None) -> Verdict:
    """Whether f is totally differentiable at the point; the value of the verdict is the gradient, a column.

    "differentiable", "partial missing", "not total", "not continuous", "undefined" or "undecided". `value` is f there where
    the formula gives none.
    """
    f = real_roots(f)
    own = value_at(f, point)
    if own is None and value is None:
        reason = ("f is not defined at ", *_place(xs, point), "; --value can give it a value")
        return Verdict("undefined", reason=reason)
    at = own if own is not None else value
    assert at is not None
    if own is not None:
        slopes = gradient_at(f, xs, point)
        if slopes is not None:
            return Verdict("differentiable", ImmutableMatrix(slopes).applyfunc(tidy), certainty=PROOF)
    if not all(s.is_extended_real for s in f.free_symbols):
        return Verdict("undecided", reason=COMPLEX)
    partials = {x: decide_one(f.xreplace({y: point[y] for y in xs if y != x}), x, point[x], value) for x in xs}
    if any(v.denies for v in partials.values()):
        return _missing(f, xs, point, partials)
    return _total(around(f, xs, point), xs, point, at, [partials[x].value for x in xs])


def _place(xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> tuple[Any, ...]:
    return tuple(piece for x in xs for piece in (", ", x, " = ", point[x]))[1:]


# --- partial derivatives that do not exist -----------------------------------------------------------------------


def _missing(f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr], partials: Mapping[Symbol, Verdict]) -> Verdict:
    missing = {x: v for x, v in partials.items() if v.status != "differentiable"}
    undecided = next((x for x, v in missing.items() if v.status == "undecided"), None)
    if undecided is not None and all(v.status == "undecided" for v in missing.values()):
        return Verdict("undecided", reason=(f"the partial derivative by {undecided}: ", *pieces(missing[undecided].reason)))
    if all(v.status == "undefined" for v in missing.values()):
        return Verdict("undefined", reason=next(iter(missing.values())).reason)
    told = [(x, v) for x, v in missing.items() if v.status != "undecided"]
    said = tuple(piece for x, v in told for piece in ("; ", Leibniz(Symbol("f"), (x, 1), partial=True), ": ", *_said(v)))[1:]
    found = subdifferential(f, xs, point, partials)
    reason = (*said, *_superdifferential(f, xs, point))
    return Verdict("partial missing", reason=reason, subdifferential=found, certainty=_surest(missing))


def _superdifferential(f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> tuple[Any, ...]:
    """That of a concave f is minus the subdifferential of -f."""
    if curvature(f, xs) != CONCAVE:
        return ()
    g = sp.expand_mul(-f.replace(sp.Min, lambda *args: -sp.Max(*(-a for a in args))))
    opposite = {x: decide_one(g.xreplace({y: point[y] for y in xs if y != x}), x, point[x]) for x in xs}
    found = subdifferential(g, xs, point, opposite)
    return () if found is None else ("; f is concave, with superdifferential -(", *pieces(found), ")")


def _said(verdict: Verdict) -> tuple[Any, ...]:
    sides = [(f", {side} ", value) for side, value in (("left", verdict.left), ("right", verdict.right)) if value is not None]
    return (verdict.status, *(piece for pair in sides for piece in pair))


def _surest(verdicts: Mapping[Symbol, Verdict]) -> str:
    return NUMBERS if any(v.certainty == NUMBERS for v in verdicts.values()) else PROOF


def subdifferential(
    f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr], partials: Mapping[Symbol, Verdict]
) -> Phrase | None:
    """∂f at the point for a convex f of one of these shapes: a norm, a separable sum, a maximum of smooth convex functions."""
    if curvature(f, xs) != CONVEX:
        return None
    if f.is_Pow and f.exp is S.Half and sp.expand(f.base - sp.Add(*((x - point[x]) ** 2 for x in xs))) == 0:
        return "closed unit ball {g : ‖g‖ ≤ 1}"
    if all(len(term.free_symbols & set(xs)) <= 1 for term in sp.Add.make_args(f)):
        sides = [("{", v.value, "}") if v.status == "differentiable" else v.subdifferential for v in (partials[x] for x in xs)]
        return tuple(piece for side in sides if side for piece in (" × ", *pieces(side)))[1:] if None not in sides else None
    return _hull(f, xs, point)


def _hull(f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr]) -> Phrase | None:
    """The convex hull of the gradients of the arguments of a maximum that win at the point, moved by those of what is added."""
    smooth = [t for t in sp.Add.make_args(f) if obstacle(t, point) is None]
    kinked = [t for t in sp.Add.make_args(f) if t not in smooth]
    if len(kinked) != 1:
        return None
    (term,) = kinked
    arguments = term.args if isinstance(term, sp.Max) else (term.args[0], -term.args[0]) if isinstance(term, sp.Abs) else ()
    values = [value_at(a, point) for a in arguments]
    if not arguments or None in values:
        return None
    best = sp.Max(*values)
    slopes = [gradient_at(a + sp.Add(*smooth), xs, point) for a, v in zip(arguments, values, strict=True) if is_zero(best - v)]
    if None in slopes:
        return None
    corners = list(dict.fromkeys(s for s in slopes if s is not None))
    pieces = [piece for corner in corners for piece in (", ", "(", *listed(corner), ")")]
    return ("convex hull of ", *pieces[1:])


# --- total differentiability -------------------------------------------------------------------------------------


def _total(f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr], value: Expr, slopes: Sequence[Expr]) -> Verdict:
    """All partial derivatives exist: a bound of the remainder, or a curve along which it does not vanish."""
    gradient = ImmutableMatrix(slopes)
    hs = [sp.Dummy(f"h{i}", real=True) for i in range(len(xs))]
    moved = f.xreplace({x: point[x] + h for x, h in zip(xs, hs, strict=True)})
    remainder = moved - value - sp.Add(*(g * h for g, h in zip(slopes, hs, strict=True)))
    halved = remainder.replace(sp.cos, lambda u: 1 - 2 * sp.sin(u / 2) ** 2)
    forms = (remainder, sp.factor_terms(remainder), sp.factor(sp.together(remainder)), sp.expand(remainder), halved)
    for form in dict.fromkeys(forms):
        bound = order(form, hs)
        if bound is not None and bound > 1:
            shrinks = "" if bound.is_infinite else ("the remainder is at most C·", Symbol("r") ** bound, " for ‖h‖ = r")
            return Verdict("differentiable", gradient, reason=shrinks, certainty=PROOF)
    t = sp.Dummy("t", positive=True)
    found: Verdict | None = None
    for curve in curves(f, xs, t):
        verdict = _along(f, xs, point, value, gradient, curve, t)
        if verdict is not None and verdict.status in ("not continuous", "undefined"):
            return verdict
        found = found or verdict
    return found or Verdict("undecided", gradient, reason=OPEN)


def _along(
    f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr], value: Expr, gradient: ImmutableMatrix, curve: Curve, t: Symbol
) -> Verdict | None:
    """What the curve shows against differentiability, if anything."""
    e = along(f, xs, point, curve)
    near = limit_at_zero(e, t)
    where = ("along ", *spoken(xs, curve, point, t))
    if near.status == "undefined":
        return Verdict("undefined", reason=("f is not defined ", *where, ": the point is no inner point of its domain"))
    if near.status == "oscillates":
        return Verdict("not continuous", gradient, witness=(*where, " f oscillates"), certainty=WITNESS)
    if near.status != "limit":
        return None
    if same(near.value, value) is False:
        witness = (*where, " f tends to ", near.value, ", not to ", value)
        return Verdict("not continuous", gradient, witness=witness, certainty=WITNESS)
    linear = sp.Add(*(g * c for g, c in zip(gradient, curve, strict=True)))
    quotient = limit_at_zero((e - value - linear) / length(curve), t)
    if quotient.status == "limit" and same(quotient.value, S.Zero) is False:
        witness = (*where, " the remainder divided by ‖h‖ tends to ", quotient.value, ", not to 0")
        return Verdict("not total", gradient, witness=witness, certainty=WITNESS)
    if quotient.status == "oscillates":
        return Verdict("not total", gradient, witness=(*where, " the remainder divided by ‖h‖ oscillates"), certainty=WITNESS)
    return None
