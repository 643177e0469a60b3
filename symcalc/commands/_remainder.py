"""What a Taylor polynomial leaves out: Lagrange's form of the remainder, a proven bound of it, and the whole series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, Context, Decimal
from fractions import Fraction
from functools import partial
from itertools import product
from math import factorial, prod

from sympy import Abs, And, Expr, Float, Function, Integer, Le, Mul, S, Sum, Symbol, count_ops

from symcalc.budget import attempt
from symcalc.calculus.fields import derivative
from symcalc.calculus.measure import measure
from symcalc.calculus.series.closed import General
from symcalc.calculus.series.general import general_series
from symcalc.calculus.series.remainder import remainder_bound
from symcalc.calculus.sign import sign_of
from symcalc.commands._monomials import Terms, term
from symcalc.errors import SymcalcError
from symcalc.notation import Between, LagrangeForm, OrderedSum, Primed
from symcalc.parse import Reading, parse_expression
from symcalc.result import Fact

LONGEST = 60
"""A derivative that measures more than this is not written out in the remainder."""
MOST_OPS, MOST_ORDER, MOST_TERMS = 40, 10, 6
NAMES = ("xi", "zeta", "eta", "theta")
DIGITS = 3
NOT_KNOWN = "the k-th coefficient is not known in closed form"
ONE_VARIABLE = "the k-th coefficient is given for one variable only"

Point = Mapping[Symbol, Expr]


def lagrange_facts(f: Expr, xs: Sequence[Symbol], point: Point, degree: int, exact: bool) -> tuple[Fact, ...]:
    """R_n(x) with the derivatives of order n + 1 at a point ξ between, written out where they are short."""
    remainder = _remainder(xs, degree)
    if exact:
        return (Fact("Lagrange form", S.Zero, of=remainder, asked=True),)
    taken = {s.name for s in f.free_symbols}
    name = next(n for n in NAMES if n not in taken)
    names = [Symbol(name if len(xs) == 1 else f"{name}{i}", real=True) for i, _ in enumerate(xs, start=1)]
    written = _written(f, xs, names, point, degree + 1)
    if written is None and len(xs) == 1:
        slope = Primed(Function("f", real=True)(*names), (degree + 1,))
        written = Mul(slope, (xs[0] - point[xs[0]]) ** (degree + 1)) / factorial(degree + 1)
    elif written is None:
        names = [Symbol(name, real=True)]
        written = LagrangeForm(names[0], xs, [point[x] for x in xs], degree + 1)
    between = Between(names, [point[x] for x in xs], xs)
    return (Fact("Lagrange form", written, of=remainder, asked=True), Fact("with", between, asked=True))


def _remainder(xs: Sequence[Symbol], degree: int) -> Expr:
    return Function(f"R{degree}", real=True)(*xs)


def _written(f: Expr, xs: Sequence[Symbol], names: Sequence[Symbol], point: Point, order: int) -> Expr | None:
    """Σ ∂^αf(ξ)/α!·(x - a)^α over |α| = order, or None where that is long."""
    orders = [m for m in product(range(order, -1, -1), repeat=len(xs)) if sum(m) == order]
    if count_ops(f) > MOST_OPS or order > MOST_ORDER or len(orders) > MOST_TERMS:
        return None
    there = dict(zip(xs, names, strict=True))
    terms = []
    for m in orders:
        pairs = [(x, k) for x, k in zip(xs, m, strict=True) if k]
        slope: Expr | None = attempt("remainder", partial(derivative, f, pairs), lambda: None)
        if slope is None or measure(slope, {}) > LONGEST:
            return None
        if slope != 0:
            terms.append(term(slope.xreplace(there) / prod(map(factorial, m)), m, xs, point))
    return terms[0] if len(terms) == 1 else OrderedSum(*terms)


def bound_facts(f: Expr, xs: Sequence[Symbol], point: Point, groups: Terms, within: str, reading: Reading) -> tuple[Fact, ...]:
    """The proven bound for |x - a| ≤ R, rounded up, and the largest error found. Raises SymcalcError."""
    radius = parse_expression(within, reading).value
    if sign_of(radius) != 1 or not radius.is_number or radius.is_finite is False:
        raise SymcalcError("usage", f"--within cannot be '{within}'", code="option-value", hint="it is a positive number: 1/2")
    if reading.complex:
        raise SymcalcError("usage", "a bound is sought for real numbers", code="complex", hint="leave out --complex")
    found = remainder_bound(f, xs, point, groups, radius)
    bound = _up(found.bound)
    near = And(*(Le(Abs(x - point[x]), radius, evaluate=False) for x in xs))
    small = Le(Abs(_remainder(xs, len(groups) - 1)), Float(bound, DIGITS) if found.bound else S.Zero, evaluate=False)
    place = [piece for x, a in found.place.items() for piece in (", ", x, f" = {a:.6g}")][1:]
    largest = ("≈ ", Float(f"{found.error:.{DIGITS}g}", DIGITS), " at ", *place) if found.error else "0"
    return (
        Fact("bound", small, asked=True),
        Fact("for", near, asked=True),
        Fact("largest error", largest, asked=True),
    )


def _up(number: Fraction) -> str:
    """The number in a few digits, rounded up."""
    context = Context(prec=DIGITS, rounding=ROUND_CEILING)
    return str(context.divide(Decimal(number.numerator), Decimal(number.denominator)))


def general_facts(f: Expr, xs: Sequence[Symbol], point: Point) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """The series with its coefficients in closed form and its radius of convergence, or a note that it is not known."""
    if len(xs) != 1:
        return (), (ONE_VARIABLE,)
    found = general_series(f, xs[0], point[xs[0]])
    if found is None:
        return (), (NOT_KNOWN,)
    facts = (
        Fact("series", _series(found, xs[0], point[xs[0]]), of=f, asked=True),
        Fact("radius of convergence", found.radius, asked=True),
    )
    return facts, ()


def _series(found: General, x: Symbol, at: Expr) -> Expr:
    """The polynomial and the sums over the index."""
    terms = [term(c, (m,), (x,), {x: at}) for m, c in sorted(found.polynomial.items())]
    for part in found.parts:
        power = (x - at) ** (part.stride * found.index + part.offset)
        terms.append(Sum(part.coefficient * power, (found.index, Integer(part.first), S.Infinity)))
    return terms[0] if len(terms) == 1 else OrderedSum(*terms)
