"""diff of a function that an equation defines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sympy import Eq, Expr, Symbol

from symcalc.calculus.decide.value import is_smooth
from symcalc.calculus.evaluate import at_point, spoken
from symcalc.calculus.fields import derivative
from symcalc.calculus.implicit import implicit_derivation, implicit_derivatives
from symcalc.calculus.limits import PROOF
from symcalc.calculus.sign import sign_of
from symcalc.commands._at import words
from symcalc.commands._inputs import names_in, pairs, rounded, several, valid_where, where
from symcalc.errors import SymcalcError
from symcalc.notation import AtPoint, Leibniz, natural_order
from symcalc.parse import DEFAULT, Reading, parse_point, parse_relation, parse_variables
from symcalc.result import Claim, Fact, Result, Verdict


def implicit_diff(
    text: str,
    variable: str | None,
    dependent: str,
    *,
    order: int = 1,
    at: str | None = None,
    steps: str | None = None,
    digits: int | None = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The derivative of `dependent` as a function of the variable, from an equation between them; other names are constant."""
    source = parse_relation(text, reading, names_in([variable, dependent]))
    if not isinstance(source.value, Eq):
        raise SymcalcError("usage", "an equation is needed here, not an inequality", code="inequality", text=source.text)
    left, right = source.value.args
    g = left - right
    (y,) = _one(parse_variables([dependent], reading), "--implicit")
    others = [s for s in natural_order(g.free_symbols) if s != y]
    (x,) = _one(parse_variables([variable], reading) if variable else others, "VAR")
    if x == y:
        raise SymcalcError("usage", f"{y} cannot be both the variable and the function", code="duplicate-variable")
    values = implicit_derivatives(g, x, y, order)
    partial = len({*others, x}) > 1
    head = Leibniz(y, (x, order), partial=partial)
    given = Fact("equation", source.value, lead=True)
    shown = implicit_derivation(left, right, x, y, values, partial=partial, kind=steps) if steps else ()
    claim = Claim("implicit", g, values[-1], (y,), ((x, order),))
    answer = Fact("derivative", values[-1], of=head)
    if at is None:
        facts = (given, *valid_where(g, [x, y]), *where(g, values[-1]))
        return Result(rounded(answer, digits), facts, shown, (), (source,), (x, y), (claim,))
    xs = several((), source, reading)
    point = parse_point(at, xs, reading)
    place = AtPoint(head, *pairs(point, xs))
    verdict = _verdict(g, x, y, point, values[-1])
    if verdict.denies:
        return Result(Fact("derivative", words(verdict), of=place), (given,), shown, (), (source,), (x, y), verdict=verdict)
    answer = Fact("derivative", verdict.value, of=place)
    return Result(rounded(answer, digits), (given,), shown, (), (source,), (x, y), (claim,), verdict=verdict)


def _one(found: Sequence[Symbol], place: str) -> Sequence[Symbol]:
    if len(found) == 1:
        return found
    listed = ", ".join(map(str, found)) or "none"
    hint = "for example: symcalc diff 'x^2+y^2=25' x --implicit y"
    raise SymcalcError("usage", f"{place} must name one variable, here are {listed}", code="ambiguous-variable", hint=hint)


def _verdict(g: Expr, x: Symbol, y: Symbol, point: Mapping[Symbol, Expr], formula: Expr) -> Verdict:
    """Whether the equation makes y a function of x there that has a derivative. Raises SymcalcError("usage") for a point
    that is not on the curve."""
    if not is_smooth(g, point):
        return Verdict("undecided", reason="the equation is not smooth there")
    off, by_x, by_y = (sign_of(e.xreplace(dict(point)).doit()) for e in (g, derivative(g, [(x, 1)]), derivative(g, [(y, 1)])))
    if off:
        raise SymcalcError("usage", f"the equation does not hold at {spoken(point)}", code="off-curve")
    if off is None or by_y is None:
        return Verdict("undecided", reason="it is not decided whether a number is zero")
    if by_y == 0 and by_x:
        return Verdict("vertical tangent", reason=f"the equation changes with {x} but not with {y} there")
    if by_y == 0:
        return Verdict("undecided", reason="the gradient of the equation vanishes there: several branches may meet")
    return Verdict("differentiable", at_point(formula, point), certainty=PROOF)
