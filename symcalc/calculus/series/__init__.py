"""Taylor polynomials by truncated power series: f(a + t·h) as a series in t, its coefficients exact polynomials in h."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sympy import Expr, Symbol

from symcalc.calculus.series.constants import Constants
from symcalc.calculus.series.engine import Expansion
from symcalc.calculus.series.exact import Exact
from symcalc.calculus.series.suppositions import Suppositions
from symcalc.notation import lower

Terms = list[list[tuple[tuple[int, ...], Any]]]
"""For each degree the terms as (exponents, coefficient) pairs."""


def taylor_terms(
    f: Expr,
    variables: Sequence[Symbol],
    point: Mapping[Symbol, Expr],
    degree: int,
    supposed: Suppositions | None = None,
    held: bool = False,
) -> Terms:
    """The Taylor polynomial of total degree `degree` of f at the point.

    Returns, for each k = 0 ... degree, the terms of degree k as (exponents, coefficient) pairs, where the exponents
    belong to (x - a) for each variable in order. Coefficients are exact expressions; with `held` they are what a `Polynomial`
    is made of without delay: numbers of FLINT where they are rational, and long sums of constants as polynomials themselves.
    Where a denominator vanishes at the point and the numerator with it, the quotient is that of the series. Raises
    SymcalcError("no") naming the part of f that is not analytic at the point. What is not decided about parameters is added
    to `supposed`, where it is given.
    """
    f = lower(f)
    constants = Constants(variables, point, supposed)
    constants.collect(f, degree)
    ring = Exact(constants, held)
    return [ring.terms(c, k) for k, c in enumerate(Expansion(variables, ring, constants.rewritten).expand(f, degree))]
