"""Numbers by an independent way: expressions evaluated node by node with mpmath, never with SymPy's evalf or diff."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import mpmath
import sympy as sp
from mpmath import mp
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import Boolean

from symcalc.calculus.entries import FIRST
from symcalc.notation import Entry, HoldingSum, OrderedProduct, OrderedSum, Primed, RealRoot, sigmoid

MAX_SUM_TERMS = 2000
MAX_MAGNITUDE = 1500
"""Numbers beyond 2^1500 count as having no value, unless an Evaluator is told otherwise."""
MAX_ARGUMENT = 5000
"""Functions of numbers beyond 2^5000 are not computed: their digits exhaust the memory."""


class NoRealValue(ArithmeticError):
    """The expression has no real value at this point (or no value at all)."""


class TooLarge(NoRealValue):
    """The value may exist, but its size forbids computing it."""


class NotEvaluable(NotImplementedError):
    """The expression holds something that has no numeric meaning here."""


def _root(u: Any, n: Any) -> Any:
    n = int(n)
    return -mp.root(-u, n) if u < 0 else mp.root(u, n)


def _real_quotient(a: Any, b: Any) -> Any:
    return a - b * mp.floor(a / b)


def _elliptic(integral: Callable[..., Any]) -> Callable[..., Any]:
    """An elliptic integral for parameters m ≤ 1; above, it is complex or takes mpmath very long."""

    def value(*args: Any) -> Any:
        m = args[-1]
        if mp.re(m) > 1:
            raise NoRealValue
        return integral(*args)

    return value


FUNCTIONS: dict[Any, Callable[..., Any]] = {
    sp.exp: mp.exp, sp.log: mp.log,
    sp.sin: mp.sin, sp.cos: mp.cos, sp.tan: mp.tan, sp.cot: mp.cot, sp.sec: mp.sec, sp.csc: mp.csc,
    sp.asin: mp.asin, sp.acos: mp.acos, sp.atan: mp.atan, sp.asec: mp.asec, sp.acsc: mp.acsc, sp.atan2: mp.atan2,
    sp.acot: lambda u: mp.atan(1 / u) if u else mp.pi / 2,
    sp.sinh: mp.sinh, sp.cosh: mp.cosh, sp.tanh: mp.tanh, sp.coth: mp.coth, sp.sech: mp.sech, sp.csch: mp.csch,
    sp.asinh: mp.asinh, sp.acosh: mp.acosh, sp.atanh: mp.atanh, sp.acoth: mp.acoth, sp.asech: mp.asech, sp.acsch: mp.acsch,
    sp.Abs: mp.fabs, sp.sign: mp.sign, sp.floor: mp.floor, sp.ceiling: mp.ceil, sp.Max: max, sp.Min: min,
    sp.frac: lambda u: u - mp.floor(u), sp.Mod: _real_quotient,
    sp.Heaviside: lambda u, half=None: mp.mpf((1 + mp.sign(u)) / 2),
    sp.sinc: mp.sinc, sigmoid: lambda u: 1 / (1 + mp.exp(-u)), RealRoot: _root,
    sp.Li: lambda u: mp.li(u, offset=True), sp.expint: mp.expint, sp.factorial2: mp.fac2,
    sp.factorial: mp.factorial, sp.binomial: mp.binomial, sp.gamma: mp.gamma, sp.loggamma: mp.loggamma, sp.beta: mp.beta,
    sp.zeta: mp.zeta, sp.digamma: mp.digamma, sp.trigamma: lambda u: mp.psi(1, u), sp.polygamma: lambda n, u: mp.psi(int(n), u),
    sp.erf: mp.erf, sp.erfc: mp.erfc, sp.erfi: mp.erfi, sp.Ei: mp.ei, sp.li: mp.li,
    sp.Si: mp.si, sp.Ci: mp.ci, sp.Shi: mp.shi, sp.Chi: mp.chi, sp.fresnels: mp.fresnels, sp.fresnelc: mp.fresnelc,
    sp.LambertW: lambda u, k=0: mp.lambertw(u, int(k)), sp.polylog: mp.polylog,
    sp.airyai: mp.airyai, sp.airybi: mp.airybi,
    sp.airyaiprime: lambda u: mp.airyai(u, derivative=1), sp.airybiprime: lambda u: mp.airybi(u, derivative=1),
    sp.besselj: mp.besselj, sp.bessely: mp.bessely, sp.besseli: mp.besseli, sp.besselk: mp.besselk,
    sp.jn: lambda v, u: mp.sqrt(mp.pi / (2 * u)) * mp.besselj(v + 0.5, u),
    sp.yn: lambda v, u: mp.sqrt(mp.pi / (2 * u)) * mp.bessely(v + 0.5, u),
    sp.elliptic_k: _elliptic(mp.ellipk), sp.elliptic_f: _elliptic(mp.ellipf),
    sp.elliptic_e: _elliptic(mp.ellipe), sp.elliptic_pi: _elliptic(mp.ellippi),
    sp.lowergamma: lambda a, u: mp.gammainc(a, 0, u), sp.uppergamma: lambda a, u: mp.gammainc(a, u),
    sp.chebyshevt: mp.chebyt, sp.chebyshevu: mp.chebyu, sp.legendre: mp.legendre, sp.hermite: mp.hermite,
    sp.laguerre: lambda n, u: mp.laguerre(n, 0, u), sp.assoc_laguerre: mp.laguerre, sp.gegenbauer: mp.gegenbauer,
    sp.jacobi: mp.jacobi, sp.assoc_legendre: lambda n, m, u: mp.legenp(n, m, u),
}  # fmt: skip
"""SymPy head -> mpmath function. Max and Min take Python's own."""

POLES = {sp.log, sp.cot, sp.csc, sp.coth, sp.csch, sp.asec, sp.acsc, sp.asech, sp.acsch}
"""Functions without a value at zero."""

OF_ANY_SIZE = {sp.log, sp.Abs, sp.sign, sp.Max, sp.Min, sp.floor, sp.ceiling, RealRoot, sp.Heaviside}
"""Functions that cost no more at a large argument."""

CONSTANTS = {
    sp.pi: lambda: +mp.pi, sp.E: lambda: +mp.e, sp.EulerGamma: lambda: +mp.euler, sp.Catalan: lambda: +mp.catalan,
    sp.GoldenRatio: lambda: +mp.phi, sp.S.ImaginaryUnit: lambda: mp.mpc(0, 1),
}  # fmt: skip


class Evaluator:
    """Values of expressions at one point, in the current mpmath precision.

    `values` maps symbols to numbers. With `real`, every intermediate value must be real, otherwise NoRealValue.
    Undefined functions stand for fixed smooth test functions. Shared sub-expressions are evaluated once. Values beyond
    2^magnitude count as none.
    """

    def __init__(self, values: Mapping[Any, Any], real: bool = True, magnitude: int = MAX_MAGNITUDE) -> None:
        self.values, self.real, self.magnitude = dict(values), real, magnitude
        self.known: dict[Any, Any] = {}

    def __call__(self, e: Any) -> Any:
        """The value of the expression. Raises NoRealValue or NotEvaluable."""
        value = self.known.get(e)
        if value is None:
            try:
                value = self._checked(self._value(e))
            except NoRealValue:
                raise
            except (ArithmeticError, ValueError, TypeError, AttributeError, MemoryError, mpmath.libmp.NoConvergence) as error:
                raise NoRealValue(str(error)) from error
            self.known[e] = value
        return value

    def _checked(self, value: Any) -> Any:
        if isinstance(value, mpmath.mpc):
            if value.imag == 0:
                value = value.real
            elif self.real:
                raise NoRealValue
        if not mp.isfinite(value):
            raise NoRealValue
        if mp.mag(value) > self.magnitude:
            raise TooLarge
        return value

    def _value(self, e: Any) -> Any:
        if e.is_Symbol:
            return self.values[e] if e in self.values else _not_evaluable(e)
        if e.is_Rational:
            return mp.mpf(int(e.p)) / int(e.q) if e.q != 1 else mp.mpf(int(e.p))
        if e.is_Float:
            return mp.mpf(e._mpf_)
        if e in CONSTANTS:
            return CONSTANTS[e]()
        if e.is_Add or isinstance(e, OrderedSum):
            return mp.fsum(map(self, e.args))
        if e.is_Mul or isinstance(e, OrderedProduct):
            return mp.fprod(map(self, e.args))
        if e.is_Pow or isinstance(e, sp.exp):
            return self._power(e)
        if isinstance(e, sp.Piecewise):
            return self._piecewise(e)
        if isinstance(e, sp.Sum | sp.Product):
            return self._series(e)
        if isinstance(e, sp.hyper):
            return mp.hyper([self(a) for a in e.args[0]], [self(b) for b in e.args[1]], self(e.args[2]))
        if isinstance(e, AppliedUndef):
            return _test_function(e, [0] * len(e.args), [self(a) for a in e.args])
        if isinstance(e, Primed):
            return _test_function(e.applied, e.orders, [self(a) for a in e.applied.args])
        if isinstance(e, HoldingSum):
            return self(e.total)
        if isinstance(e, Entry):
            return self._entry(e)
        function = FUNCTIONS.get(e.func)
        if function is None:
            if e.is_number and e.is_algebraic:
                return mp.mpf(sp.Float(e.evalf(mp.dps + 5), mp.dps + 5))
            return _not_evaluable(e)
        args = [self(a) for a in e.args]
        if e.func in POLES and args[0] == 0:
            raise NoRealValue
        if e.func not in OF_ANY_SIZE and any(mp.mag(a) > MAX_ARGUMENT for a in args):
            raise TooLarge
        return function(*args)

    def _entry(self, e: Entry) -> Any:
        """x_k: the value of a symbol that names this entry, else a test value that its name and index set."""
        index = int(self(e.index))
        for s, value in self.values.items():
            sub = s.name[len(e.base.name) :].lstrip("_") if s.name.startswith(e.base.name) and s != e.base else ""
            if (
                sub
                and (int(sub) if sub.isdigit() else next((v for t, v in self.values.items() if t.name == sub), FIRST)) == index
            ):
                return value
        seed = sum(map(ord, e.base.name))
        return mp.mpf(3 + (seed * (index + 2)) % 11) / 7

    def _exp(self, u: Any) -> Any:
        if mp.re(u) > self.magnitude or mp.mag(u) > MAX_ARGUMENT:
            raise TooLarge
        return mp.exp(u)

    def _power(self, e: Any) -> Any:
        base, exponent = e.as_base_exp()
        if base is sp.E:
            return self._exp(self(exponent))
        b = self(base)
        if exponent.is_Integer:
            if b == 0 and exponent < 0:
                raise NoRealValue
            return b ** int(exponent)
        if self.real and b < 0:
            raise NoRealValue
        if exponent.is_Rational:
            return mp.sqrt(b) if exponent is sp.S.Half else mp.power(b, self(exponent))
        power = self(exponent)
        return self._exp(power * mp.log(b)) if self.real and b > 0 else mp.power(b, power)

    def _piecewise(self, e: Any) -> Any:
        for value, condition in e.args:
            if self.holds(condition):
                return self(value)
        raise NoRealValue

    def holds(self, condition: Any) -> bool:
        """Whether the condition is true at the point."""
        if condition in (sp.true, sp.false):
            return bool(condition)
        if isinstance(condition, sp.And | sp.Or | sp.Not):
            parts = [self.holds(a) for a in condition.args]
            return not parts[0] if isinstance(condition, sp.Not) else all(parts) if isinstance(condition, sp.And) else any(parts)
        if not isinstance(condition, Boolean) or not condition.is_Relational:
            return bool(_not_evaluable(condition))
        a, b = map(self, condition.args)
        return bool({"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[condition.rel_op])

    def _series(self, e: Any) -> Any:
        function, limits = e.function, list(e.limits)
        k, low, high = limits[-1]
        if len(limits) > 1:
            function = e.func(function, *limits[:-1])
        first, last = int(self(low)), int(self(high))
        if not 0 <= last - first + 1 <= MAX_SUM_TERMS:
            raise NoRealValue
        terms = [Evaluator({**self.values, k: mp.mpf(i)}, self.real, self.magnitude)(function) for i in range(first, last + 1)]
        return mp.fsum(terms) if isinstance(e, sp.Sum) else mp.fprod(terms)


def _not_evaluable(e: Any) -> Any:
    raise NotEvaluable(f"{type(e).__name__} has no numeric meaning here")


def _test_function(f: AppliedUndef, orders: Any, args: list[Any]) -> Any:
    """The derivative of the given orders of F(u1, ..., un) = sin(Σ aᵢuᵢ + c), with coefficients set by the name of f."""
    seed = sum((i + 1) * ord(c) for i, c in enumerate(f.func.__name__))
    coefficients = [mp.mpf(3 + (seed * (i + 2)) % 7) / 7 for i in range(len(args))]
    phase = mp.fdot(coefficients, args) + mp.mpf(seed % 11) / 10 + mp.pi / 2 * sum(orders)
    return mp.sin(phase) * mp.fprod(c**k for c, k in zip(coefficients, orders, strict=True))
