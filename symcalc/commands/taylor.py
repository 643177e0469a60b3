"""Taylor polynomial in any number of variables, grouped by degree, with exact coefficients.

symcalc taylor "ln(1+x)" -n 4
symcalc taylor "exp(x)*sin(y)" --at x=0,y=0 -n 3
symcalc taylor "sqrt(x)" --at 4 -n 2 --remainder --within 1
symcalc taylor "sin(x)/x" --general
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sympy import Expr, Rational, S, Symbol

from symcalc.calculus.series import Terms, taylor_terms
from symcalc.calculus.series.suppositions import Suppositions
from symcalc.calculus.smooth import obstacle
from symcalc.canonical.arithmetic import add
from symcalc.commands._coefficients import coefficients
from symcalc.commands._inputs import decimals, names_in, several
from symcalc.commands._remainder import bound_facts, general_facts, lagrange_facts
from symcalc.errors import SymcalcError
from symcalc.notation import Polynomial, Remainder, lower
from symcalc.options import At, Degree, Digits, Expression, General, LagrangeRemainder, Steps, Variables, Within
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_point
from symcalc.result import Claim, Fact, Result

ELSEWHERE = (S.One, S(2), Rational(1, 2), S.NegativeOne)
"""Points that are proposed where there is no Taylor polynomial."""


def taylor(
    expression: Expression,
    *variables: Variables,
    at: At = None,
    degree: Degree = 4,
    remainder: LagrangeRemainder = False,
    within: Within = None,
    general: General = False,
    steps: Steps = None,
    digits: Digits = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The Taylor polynomial of total degree `degree` around a point (the origin when none is given). `remainder` adds what is
    left out in Lagrange's form, `within` a proven bound of it so far from the point, `general` the whole series where its
    coefficients are known in closed form."""
    source = parse_expression(expression, reading, names_in(variables, at))
    f = source.value
    xs = several(variables, source, reading)
    point = parse_point(at, xs, reading) if at is not None else dict.fromkeys(xs, S.Zero)
    supposed = None if reading.complex else Suppositions()
    groups = _terms(f, xs, point, degree, supposed, held=not steps and within is None and digits is None)
    terms, away = [term for group in groups for term in group], [add(x, -point[x]) for x in xs]
    polynomial = Polynomial(terms, away)
    shown = polynomial if digits is None else Polynomial([(m, decimals(c, digits)) for m, c in terms], away)
    exact = f.is_polynomial(*xs) and _degree(f, xs) <= degree
    facts: tuple[Fact, ...] = () if exact else (Fact("remainder", Remainder(xs, [point[x] for x in xs], degree + 1)),)
    facts += tuple(Fact("valid where", condition) for condition in (supposed.conditions if supposed else ()))
    if remainder:
        facts += lagrange_facts(f, xs, point, degree, exact)
    if within is not None:
        facts += bound_facts(f, xs, point, groups, within, reading)
    series, not_known = general_facts(f, xs, point) if general else ((), ())
    told, shown_steps, notes = coefficients(f, xs, point, groups) if steps else ((), (), ())
    answer = Fact("Taylor polynomial", shown, of=f, relation="=" if exact else "≈")
    claim = Claim("taylor", f, polynomial, xs, point=point, degree=degree)
    return Result(answer, (*told, *facts, *series), shown_steps, (*notes, *not_known), (source,), xs, (claim,))


def _degree(f: Expr, xs: Sequence[Symbol]) -> int:
    return int(f.as_poly(*xs).total_degree())


def _terms(
    f: Expr, xs: Sequence[Symbol], point: Mapping[Symbol, Expr], degree: int, supposed: Suppositions | None, held: bool
) -> Terms:
    """The terms of the polynomial; where there is none, the error proposes a point where there is one."""
    try:
        return taylor_terms(f, xs, point, degree, supposed, held)
    except SymcalcError as error:
        if error.code == "not-analytic":
            place = next((a for a in ELSEWHERE if obstacle(lower(f), dict.fromkeys(xs, a)) is None), None)
            if place is not None:
                at = str(place) if len(xs) == 1 else ",".join(f"{x}={place}" for x in xs)
                error.hint = f"choose another point, for example --at {at}"
        raise
