"""Taylor polynomials by truncated power series: f(a + t·h) as a series in t, its coefficients exact polynomials in h."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sympy import Expr, Symbol

from symcalc.calculus.series.constants import Constants
from symcalc.calculus.series.engine import Expansion
from symcalc.calculus.series.exact import Exact
from symcalc.calculus.series.suppositions import Suppositions
from symcalc.notation import as_expression, lower

Terms = list[list[tuple[tuple[int, ...], Any]]]
"""For each degree the terms as (exponents, coefficient) pairs."""


def taylor_terms(
    f: Expr,
    variables: Sequence[Symbol],
    point: Mapping[Symbol, Expr],
    degree: int,
    supposed: Suppositions | None = None,
) -> Terms:
    """The Taylor polynomial of total degree `degree` of f at the point.

    Returns, for each k = 0 ... degree, the terms of degree k as (exponents, coefficient) pairs, where the exponents
    belong to (x - a) for each variable in order. Coefficients are exact expressions. Where a denominator vanishes at the point
    and the numerator with it, the quotient is that of the series. Raises SymcalcError("no") naming the part of f that is not
    analytic at the point. What is not decided about parameters is added to `supposed`, where it is given.
    """
    return in_expressions(raw_terms(f, variables, point, degree, supposed))


def raw_terms(
    f: Expr,
    variables: Sequence[Symbol],
    point: Mapping[Symbol, Expr],
    degree: int,
    supposed: Suppositions | None = None,
) -> Terms:
    """The same with numbers of FLINT for the coefficients that are rational."""
    f = lower(f)
    constants = Constants(variables, point, supposed)
    constants.collect(f, degree)
    ring = Exact(constants)
    return [ring.terms(c, k) for k, c in enumerate(Expansion(variables, ring, constants.rewritten).expand(f, degree))]


def in_expressions(terms: Terms) -> Terms:
    """The terms with expressions for all coefficients."""
    return [[(m, as_expression(c)) for m, c in group] for group in terms]
