"""The rules of differentiation: an ordered tuple of functions, each a few lines with its textbook sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sympy import Abs, Add, Expr, I, Integer, Max, Min, Mul, Piecewise, Pow, Product, S, Sum, Symbol, log, sign
from sympy.core.function import AppliedUndef

from symcalc.calculus.conditions import beats, interior_branches, winners
from symcalc.calculus.entries import surviving_term
from symcalc.calculus.logistic import softplus_argument
from symcalc.calculus.subexpressions import names
from symcalc.calculus.table import DERIVATIVES, STEPS
from symcalc.canonical.arithmetic import add, mul, power
from symcalc.errors import SymcalcError
from symcalc.notation import HoldingSum, Primed, RealRoot, sigmoid

Derivative = Callable[[Expr], Expr]
"""What a rule calls for the derivative of a part."""
Rule = Callable[[Expr, Symbol, Derivative], Expr | None]
"""From f and x to df/dx where the rule applies, else None. A rule that does not apply differentiates nothing."""


def holds(f: Expr, x: Symbol) -> bool:
    """Whether x occurs in f."""
    return x in names(f)


def constant(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """The derivative of a constant is zero."""
    return None if holds(f, x) else S.Zero


def identity(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """The derivative of x with respect to x is one."""
    return S.One if f == x else None


def sum_rule(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """The derivative of a sum is the sum of the derivatives."""
    return add(*map(d, f.args)) if f.is_Add else None


def constant_multiple(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """A constant factor stays: (c·u)' = c·u'."""
    if not f.is_Mul:
        return None
    constants, rest = _apart(f.args, x)
    return mul(*constants, d(mul(*rest))) if constants else None


def _apart(factors: Sequence[Expr], x: Symbol) -> tuple[list[Expr], list[Expr]]:
    """The factors without x, and those with it."""
    held = [holds(a, x) for a in factors]
    return [a for a, h in zip(factors, held, strict=True) if not h], [a for a, h in zip(factors, held, strict=True) if h]


def quotient_rule(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """Bottom times derivative of top minus top times derivative of bottom, over bottom squared: (u/v)' = (u'·v - u·v')/v²."""
    top, bottom = over(f)
    if not (holds(top, x) and holds(bottom, x)):
        return None
    return mul(add(mul(d(top), bottom), mul(S.NegativeOne, top, d(bottom))), power(bottom, Integer(-2)))


def reciprocal_rule(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """Minus the derivative of the bottom over the bottom squared: (1/v)' = -v'/v²."""
    top, bottom = over(f)
    return None if top != 1 or bottom == x or not holds(bottom, x) else mul(S.NegativeOne, d(bottom), power(bottom, Integer(-2)))


def over(f: Expr) -> tuple[Expr, Expr]:
    """What stands above and below the fraction line: factors with a negative whole power are below, but for those of a name
    alone, as in x^-3, which are powers."""
    below = [p for p in Mul.make_args(f) if p.is_Pow and p.exp.is_Integer and p.exp < 0 and (f.is_Mul or not p.base.is_Symbol)]
    if not below:
        return f, S.One
    return mul(*(p for p in Mul.make_args(f) if p not in below)), mul(*(power(p.base, -p.exp) for p in below))


def product_rule(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """Differentiate one factor at a time and add: (u·v)' = u'·v + u·v'."""
    if not f.is_Mul:
        return None
    factors = f.args
    return add(*(mul(*factors[:i], d(u), *factors[i + 1 :]) for i, u in enumerate(factors)))


def root_rule(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """A root is a power with a fraction for its exponent: (√u)' = u'/(2·√u)."""
    if isinstance(f, RealRoot):
        return d(f.args[0]) / (f.args[1] * f ** (f.args[1] - 1))
    if not (f.is_Pow and f.exp.is_Rational and f.exp.p == 1 and f.exp.q > 1):
        return None
    return d(f.base) / (f.exp.q * f ** (f.exp.q - 1))


def softplus_rule(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """The softplus ln(1 + e^u) has the sigmoid for its derivative: ln(1 + e^u)' = σ(u)·u'."""
    inside = softplus_argument(f)
    return None if inside is None else mul(sigmoid(inside), d(inside))


def power_rule(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """The exponent comes down and drops by one: (u^n)' = n·u^(n-1)·u'."""
    if not f.is_Pow or holds(f.exp, x):
        return None
    return mul(f.exp, power(f.base, f.exp - 1), d(f.base))


def exponential(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """An exponential reproduces itself times the logarithm of its base: (a^u)' = a^u·ln(a)·u'."""
    if not f.is_Pow or holds(f.base, x):
        return None
    return mul(f, log(f.base), d(f.exp))


def general_power(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """Write u^v as e^(v·ln u): (u^v)' = u^v·(v'·ln u + v·u'/u)."""
    if not f.is_Pow:
        return None
    u, v = f.base, f.exp
    return f * (d(v) * log(u) + v * d(u) / u)


def absolute_value(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """|u|' = sign(u)·u' where u ≠ 0."""
    if not isinstance(f, Abs):
        return None
    u = _real(f, f.args[0])
    return sign(u) * d(u)


def maximum(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """The derivative of a maximum or minimum is that of the argument that wins; where two tie it need not exist."""
    if not isinstance(f, Max | Min):
        return None
    if f.has(I):
        raise SymcalcError("no", f"{f} compares numbers that are not real", code="not-real", hint="check its arguments")
    cases = [(d(_real(f, u)), beats(u, f.args, isinstance(f, Max))) for u in winners(f)]
    return cases[0][0] if len({value for value, _ in cases}) == 1 else Piecewise(*cases)


def piecewise(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """Each piece is differentiated inside its own region; on the borders nothing is claimed."""
    if not isinstance(f, Piecewise):
        return None
    return Piecewise(*((d(u), condition) for u, condition in interior_branches(f)))


def sigma_sum(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """A sum Σ is differentiated term by term; by an entry x_j only the j-th term survives."""
    if isinstance(f, HoldingSum):
        return d(surviving_term(f, x)) if x == f.args[1] else None
    if not isinstance(f, Sum):
        return None
    _bounds_are_free_of(f, x)
    return Sum(d(f.function), *f.limits)


def pi_product(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """A product Π is differentiated logarithmically: (Π u)' = Π u · Σ u'/u."""
    if not isinstance(f, Product):
        return None
    _bounds_are_free_of(f, x)
    return f * Sum(d(f.function) / f.function, *f.limits)


def undefined_function(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """An unknown function is differentiated in each of its places: f(u, v)' = ∂₁f(u, v)·u' + ∂₂f(u, v)·v'."""
    if isinstance(f, AppliedUndef):
        slots = len(f.args)
        head = [Primed(f, [int(j == i) for j in range(slots)]) for i in range(slots)]
        return Add(*(head[i] * d(u) for i, u in enumerate(f.args) if holds(u, x)))
    if isinstance(f, Primed):
        return Add(*(f.raised(i) * d(u) for i, u in enumerate(f.applied.args) if holds(u, x)))
    return None


def standard_derivative(f: Expr, x: Symbol, d: Derivative) -> Expr | None:
    """The outer derivative at the inner function times the inner derivative: F(u)' = F'(u)·u' (chain rule)."""
    row = DERIVATIVES.get(f.func)
    if row is None:
        return None
    if f.func in STEPS:
        _real(f, f.args[0])
    outer = row(*f.args)
    terms = []
    for slot, u in enumerate(f.args):
        if not holds(u, x):
            continue
        if outer[slot] is None:
            raise no_formula(f, x)
        terms.append(mul(outer[slot], d(u)))
    return add(*terms)


RULES: tuple[Rule, ...] = (
    constant,
    identity,
    sum_rule,
    constant_multiple,
    quotient_rule,
    reciprocal_rule,
    product_rule,
    root_rule,
    power_rule,
    exponential,
    general_power,
    absolute_value,
    maximum,
    piecewise,
    sigma_sum,
    pi_product,
    undefined_function,
    softplus_rule,
    standard_derivative,
)
"""The first rule that applies is used: the order is the pedagogy."""
HEADS: dict[Rule, tuple[type, ...]] = {
    sum_rule: (Add,),
    constant_multiple: (Mul,),
    quotient_rule: (Mul, Pow),
    reciprocal_rule: (Mul, Pow),
    product_rule: (Mul,),
    root_rule: (Pow, RealRoot),
    power_rule: (Pow,),
    exponential: (Pow,),
    general_power: (Pow,),
    absolute_value: (Abs,),
    maximum: (Max, Min),
    piecewise: (Piecewise,),
    softplus_rule: (log,),
}
"""What a rule may apply to, where that is told by the head alone."""


def no_formula(f: Expr, x: Symbol) -> SymcalcError:
    problem = f"no formula is known for the derivative of {f} with respect to {x}"
    return SymcalcError("no", problem, code="no-derivative", hint="it is not an expression in the functions that symcalc knows")


def _real(f: Expr, u: Expr) -> Expr:
    if u.is_extended_real is False or (u.is_extended_real is None and any(s.is_extended_real is None for s in u.free_symbols)):
        raise SymcalcError(
            "no",
            f"{f} is not complex differentiable",
            code="no-derivative",
            hint="without --complex the names are real, and it has a derivative there",
        )
    return u


def _bounds_are_free_of(f: Expr, x: Symbol) -> None:
    if any(bound.has(x) for limit in f.limits for bound in limit[1:]):
        raise SymcalcError(
            "no",
            f"{x} is a bound of the sum or product {f}: it takes whole numbers, so there is no derivative",
            code="no-derivative",
        )
