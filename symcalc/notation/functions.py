"""Functions with a value that SymPy lacks: the logistic function, real roots, derivatives of undefined functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Add, Expr, Function, Mul, Pow, Rational, S, Tuple, exp
from sympy.core.function import AppliedUndef
from sympy.printing.precedence import PRECEDENCE

from symcalc.canonical.arithmetic import add, mul, negative, power
from symcalc.canonical.functions import applied
from symcalc.notation.names import SUBSCRIPT, SUPERSCRIPT, tex_brackets
from symcalc.notation.polynomials import Polynomial


class sigmoid(Function):
    """The logistic function σ(u) = 1/(1 + e^(-u)), real for real u, with σ' = σ·(1 - σ)."""

    nargs = 1

    @classmethod
    def eval(cls, u: Expr) -> Expr | None:
        return {S.Zero: S.Half, S.Infinity: S.One, S.NegativeInfinity: S.Zero}.get(u)

    def _eval_is_extended_real(self) -> bool | None:
        return True if self.args[0].is_extended_real else None

    def _eval_is_positive(self) -> bool | None:
        return True if self.args[0].is_real else None

    def _eval_evalf(self, prec: int) -> Expr:
        return self.definition()._eval_evalf(prec)

    def definition(self) -> Expr:
        """1/(1 + exp(-u)), in functions that SymPy has."""
        return power(add(S.One, applied(exp, negative(self.args[0]))), S.NegativeOne)

    def fdiff(self, argindex: int = 1) -> Expr:
        return self * (1 - self)

    def _line(self, printer: Any) -> str:
        return f"σ({printer._print(self.args[0])})"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        power = f"^{{{exp}}}" if exp else ""
        return rf"\sigma{power}{tex_brackets(printer._print(self.args[0]))}"

    def _sympystr(self, printer: Any) -> str:
        return f"sigmoid({printer._print(self.args[0])})"


class RealRoot(Function):
    """The real n-th root of u for odd n: cbrt(-8) = -2. SymPy's own Pow(u, 1/n) is complex for negative u."""

    nargs = 2

    @classmethod
    def eval(cls, u: Expr, n: Expr) -> Expr | None:
        if not (n.is_Integer and n.is_odd and n > 1):
            raise ValueError("the index of a real root is an odd integer greater than 1")
        if u.is_extended_nonnegative:
            return u ** Rational(1, n)
        if u.is_extended_nonpositive:
            return -((-u) ** Rational(1, n))
        coefficient, rest = u.as_coeff_Mul()
        if coefficient is S.NegativeOne:
            return -cls(rest, n)
        if u.is_Pow and u.exp.is_Integer and u.exp % n == 0:
            return u.base ** (u.exp // n)
        return None

    def _eval_power(self, e: Expr) -> Expr | None:
        u, n = self.args
        if e.is_Integer and e % n == 0:
            return u ** (e // n)
        return None

    def _eval_is_extended_real(self) -> bool | None:
        return True if self.args[0].is_extended_real else None

    def _eval_evalf(self, prec: int) -> Expr | None:
        u = self.args[0]._eval_evalf(prec)
        if u is None or not u.is_Float:
            return None
        return -((-u) ** Rational(1, self.args[1])) if u < 0 else u ** Rational(1, self.args[1])

    def definition(self) -> Expr:
        """The principal root u^(1/n), equal to this one for u ≥ 0."""
        return self.args[0] ** Rational(1, self.args[1])

    def fdiff(self, argindex: int = 1) -> Expr:
        u, n = self.args
        return 1 / (n * RealRoot(u, n) ** (n - 1))

    def _line(self, printer: Any) -> str:
        u, n = self.args
        text = printer._print(u)
        if n != 3:
            return f"root({text}, {n})"
        return f"∛{text}" if u.is_Symbol else f"∛({text})"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        u, n = self.args
        text = rf"\sqrt[{n}]{{{printer._print(u)}}}"
        return rf"{text}^{{{exp}}}" if exp else text

    def _sympystr(self, printer: Any) -> str:
        u, n = self.args
        return f"cbrt({printer._print(u)})" if n == 3 else f"real_root({printer._print(u)}, {n})"


class Primed(Expr):
    """A derivative of an undefined function at its arguments: f'(u), or the partial derivatives of f in its slots.

    `Primed(f(u1, ..., un), (k1, ..., kn))` is the value at (u1, ..., un) of ∂^(k1+...+kn) f / ∂1^k1 ... ∂n^kn.
    """

    precedence = PRECEDENCE["Func"]
    is_commutative = True

    def __new__(cls, applied: AppliedUndef, orders: Sequence[int]) -> Any:
        orders = Tuple(*orders)
        if not any(orders):
            return applied
        return Expr.__new__(cls, applied, orders)

    @property
    def applied(self) -> AppliedUndef:
        return self.args[0]

    @property
    def orders(self) -> tuple[int, ...]:
        return tuple(int(k) for k in self.args[1])

    def raised(self, slot: int) -> Primed:
        """One more derivative in the given slot."""
        return Primed(self.applied, [k + (i == slot) for i, k in enumerate(self.orders)])

    def _eval_is_extended_real(self) -> bool | None:
        return self.applied.is_extended_real

    def _arguments(self, printer: Any) -> str:
        return ", ".join(map(printer._print, self.applied.args))

    def _line(self, printer: Any) -> str:
        name, total = self.applied.func.__name__, sum(self.orders)
        if len(self.orders) == 1:
            mark = "'" * total if total < 4 else f"⁽{str(total).translate(SUPERSCRIPT)}⁾"
            return f"{name}{mark}({self._arguments(printer)})"
        slots = "".join(f"∂{str(i + 1).translate(SUBSCRIPT)}" * k for i, k in enumerate(self.orders))
        return f"{slots}{name}({self._arguments(printer)})"

    def _sympystr(self, printer: Any) -> str:
        name = self.applied.func.__name__
        if all(a.is_Symbol for a in self.applied.args) and len(set(self.applied.args)) == len(self.applied.args):
            by = ", ".join(str(a) if k == 1 else f"({a}, {k})" for a, k in zip(self.applied.args, self.orders, strict=True) if k)
            return f"Derivative({printer._print(self.applied)}, {by})"
        if len(self.orders) == 1:
            return f"{name}{chr(39) * self.orders[0]}({self._arguments(printer)})"
        slots = ", ".join(", ".join([str(i + 1)] * k) for i, k in enumerate(self.orders) if k)
        return f"D({name}, {slots})({self._arguments(printer)})"

    def _latex(self, printer: Any) -> str:
        name, total = self.applied.func.__name__, sum(self.orders)
        arguments = tex_brackets(self._arguments(printer))
        if len(self.orders) == 1:
            mark = "'" * total if total < 4 else rf"^{{({total})}}"
            return f"{name}{mark}{arguments}"
        return "".join(rf"\partial_{{{i + 1}}}" * k for i, k in enumerate(self.orders)) + f" {name}{arguments}"


def lower(expression: Any) -> Any:
    """The expression with `sigmoid` written out, in functions that SymPy and every reader have."""
    return _lowered(expression) if _has_sigmoid(expression) else expression


def _lowered(expression: Any) -> Any:
    if getattr(expression, "is_Matrix", False):
        return expression.applyfunc(lower)
    if isinstance(expression, sigmoid):
        return sigmoid(_lowered(expression.args[0])).definition()
    parts = map(_with_exponential, expression.args) if expression.is_Mul else expression.args
    made = tuple(map(_lowered, parts))
    if all(new is old for new, old in zip(made, expression.args, strict=True)):
        return expression
    return MADE_BY.get(expression.func, expression.func)(*made)


def _has_sigmoid(expression: Any) -> bool:
    waiting = [expression]
    while waiting:
        e = waiting.pop()
        if type(e) is sigmoid:
            return True
        parts = e.expressions if isinstance(e, Polynomial) else e.args
        waiting += [a for a in parts if isinstance(a, Polynomial) or a.args]
    return False


MADE_BY: dict[Any, Any] = {Add: add, Mul: mul, Pow: power}


def _with_exponential(factor: Expr) -> Expr:
    """A factor 1 - σ(u) as e^(-u)·σ(u), so that σ·(1 - σ) is e^(-u)/(1 + e^(-u))²; any other as it is."""
    base, exponent = factor.as_base_exp()
    if not (base.is_Add and len(base.args) == 2 and S.One in base.args):
        return factor
    (s,) = (-part for part in base.args if part is not S.One)
    return power(mul(applied(exp, negative(s.args[0])), s), exponent) if isinstance(s, sigmoid) else factor
