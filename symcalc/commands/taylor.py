"""Taylor polynomial in any number of variables, grouped by degree, with exact coefficients.

symcalc taylor "ln(1+x)" -n 4
symcalc taylor "exp(x)*sin(y)" --at x=0,y=0 -n 3
symcalc taylor "sqrt(x)" --at 4 -n 2
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, S, Symbol

from symcalc.calculus.series import taylor_terms
from symcalc.commands._coefficients import coefficients, term
from symcalc.commands._inputs import decimals, names_in, several
from symcalc.notation import OrderedSum, Remainder
from symcalc.options import At, Degree, Digits, Expression, Steps, Variables
from symcalc.parse import DEFAULT, Reading, parse_expression, parse_point
from symcalc.result import Claim, Fact, Result


def taylor(
    expression: Expression,
    *variables: Variables,
    at: At = None,
    degree: Degree = 4,
    steps: Steps = None,
    digits: Digits = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The Taylor polynomial of total degree `degree` around a point (the origin when none is given)."""
    source = parse_expression(expression, reading, names_in(variables))
    f = source.value
    xs = several(variables, source, reading)
    point = parse_point(at, xs, reading) if at is not None else dict.fromkeys(xs, S.Zero)
    groups = taylor_terms(f, xs, point, degree)
    terms = [(m, c) for group in groups for m, c in group]
    polynomial = OrderedSum(*(term(c, m, xs, point) for m, c in terms))
    shown = polynomial if digits is None else OrderedSum(*(term(decimals(c, digits), m, xs, point) for m, c in terms))
    exact = f.is_polynomial(*xs) and _degree(f, xs) <= degree
    facts = () if exact else (Fact("remainder", Remainder(xs, [point[x] for x in xs], degree + 1)),)
    told, shown_steps, notes = coefficients(f, xs, point, groups) if steps else ((), (), ())
    answer = Fact("Taylor polynomial", shown, of=f, relation="=" if exact else "≈")
    claim = Claim("taylor", f, polynomial, xs, point=point, degree=degree)
    return Result(answer, (*told, *facts), shown_steps, notes, (source,), xs, (claim,))


def _degree(f: Expr, xs: Sequence[Symbol]) -> int:
    return int(f.as_poly(*xs).total_degree())
