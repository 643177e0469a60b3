"""Heads that SymPy lacks, how each printer writes them, and the natural order of names.

Two sorts. *Functions* have a value and may occur in an answer: `sigmoid`, `RealRoot`, `Primed`. *Left-hand sides* are
never evaluated: `Diff`, `Leibniz`, `Nabla`, `JacobianMatrix`, `HessianMatrix`, `TaylorPolynomial`, `AtPoint`, and the
containers `OrderedSum` and `OrderedProduct`, which keep what they hold in the order written.

A head writes itself through SymPy's own protocol: `_line(printer)` for one-line Unicode, `_latex(printer)`,
`_sympystr(printer)` for plain text. Inside, it prints its parts with `printer._print` or `printer.parenthesize`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

from sympy import Add, Expr, Function, Integer, Mul, Rational, S, Symbol, Tuple, exp
from sympy.core.function import AppliedUndef
from sympy.printing.precedence import PRECEDENCE

SUPERSCRIPT = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
TALL = (r"\frac", r"\begin", r"\left", r"\sum", r"\prod", r"\int", r"\binom")


def tex_brackets(text: str) -> str:
    """LaTeX in round brackets, which grow only around something taller than a letter, because TeX spaces growing ones out."""
    return rf"\left({text}\right)" if any(sign in text for sign in TALL) else f"({text})"


# --- names -------------------------------------------------------------------------------------------------------


def natural_key(name: object) -> list[tuple[int, int, str]]:
    """Sort key of a name with its numbers read as numbers: x1, x2, x10."""
    return [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.split(r"(\d+)", str(name)) if p]


def natural_order(symbols: Iterable[Symbol]) -> tuple[Symbol, ...]:
    """The symbols in natural order of their names: x1, x2, x10."""
    return tuple(sorted(symbols, key=natural_key))


# --- functions with a value --------------------------------------------------------------------------------------


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
        return 1 / (1 + exp(-self.args[0]))

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
    if not expression.has(sigmoid):
        return expression

    def product(m: Mul) -> Expr:
        # 1 - σ(u) = e^(-u)·σ(u): keeps σ·(1 - σ) as e^(-u)/(1 + e^(-u))²
        factors = []
        for factor in m.args:
            base, power = factor.as_base_exp()
            inner = [s for s in base.atoms(sigmoid) if base == 1 - s and m.has(s)]
            factors.append((exp(-inner[0].args[0]) * inner[0]) ** power if inner else factor)
        return Mul(*factors)

    expression = expression.replace(lambda e: e.is_Mul and e.has(sigmoid), product)
    return expression.replace(lambda e: isinstance(e, sigmoid), lambda e: e.definition())


# --- left-hand sides ---------------------------------------------------------------------------------------------


class _Head(Expr):
    """An unevaluated left-hand side."""

    is_commutative = True
    precedence = PRECEDENCE["Atom"]

    def short(self) -> Expr:
        """The same head with the function named f instead of written out, for lines that would be too long."""
        return self


def _counted(orders: Iterable[tuple[Any, Any]]) -> list[tuple[Any, int]]:
    return [(x, int(n)) for x, n in orders]


def _fraction(top: str, orders: Sequence[tuple[Any, int]], partial: bool, printer: Any) -> tuple[str, str]:
    """Numerator and denominator of a Leibniz quotient: ("∂²f", "∂y∂x"). The variable differentiated first stands
    rightmost, as ∂/∂y(∂f/∂x) is written."""
    d, total = "∂" if partial else "d", sum(n for _, n in orders)
    power = str(total).translate(SUPERSCRIPT) if total > 1 else ""
    runs = "".join(f"{d}{printer._print(x)}{str(n).translate(SUPERSCRIPT) if n > 1 else ''}" for x, n in reversed(orders))
    return f"{d}{power}{top}", runs


def _latex_fraction(top: str, orders: Sequence[tuple[Any, int]], partial: bool, printer: Any) -> tuple[str, str]:
    d, total = r"\partial " if partial else "d", sum(n for _, n in orders)
    power = f"^{{{total}}}" if total > 1 else ""
    runs = r"\,".join(f"{d}{printer._print(x)}{f'^{{{n}}}' if n > 1 else ''}" for x, n in reversed(orders))
    return f"{d.rstrip()}{power} {top}".rstrip() if partial or power else f"{d}{top}", runs


class Diff(_Head):
    """The derivative of an expression, not carried out: d/dx[x²], ∂²/∂y∂x[x·y] (x first).

    `Diff(f, (x, 1), (y, 2))`. ∂ is written when the expression holds another variable, d otherwise.
    """

    def __new__(cls, f: Any, *orders: tuple[Any, int]) -> Any:
        return Expr.__new__(cls, f, *(Tuple(x, Integer(n)) for x, n in orders))

    @property
    def function(self) -> Any:
        return self.args[0]

    @property
    def orders(self) -> list[tuple[Any, int]]:
        return _counted(self.args[1:])

    @property
    def partial(self) -> bool:
        return len(self.function.free_symbols | {x for x, _ in self.orders}) > 1

    def short(self) -> Expr:
        return Leibniz(Symbol("f"), *self.orders, partial=self.partial)

    def _line(self, printer: Any) -> str:
        top, runs = _fraction("", self.orders, self.partial, printer)
        return f"{top}/{runs}[{printer._print(self.function)}]"

    def _latex(self, printer: Any) -> str:
        top, runs = _latex_fraction("", self.orders, self.partial, printer)
        return rf"\frac{{{top}}}{{{runs}}}\left[{printer._print(self.function)}\right]"

    def _sympystr(self, printer: Any) -> str:
        by = ", ".join(str(x) if n == 1 else f"({x}, {n})" for x, n in self.orders)
        return f"Derivative({printer._print(self.function)}, {by})"


class Leibniz(_Head):
    """A derivative of a named quantity: dy/dx, ∂²f/∂x², or (∂z/∂x)|y with y held constant (`held`)."""

    precedence = PRECEDENCE["Mul"]

    def __new__(cls, name: Any, *orders: tuple[Any, int], partial: bool, held: Sequence[Any] = ()) -> Any:
        marks = (Integer(int(partial)), Tuple(*held))
        return Expr.__new__(cls, name, Tuple(*(Tuple(x, Integer(n)) for x, n in orders)), *marks)

    @property
    def orders(self) -> list[tuple[Any, int]]:
        return _counted(self.args[1])

    def _line(self, printer: Any) -> str:
        name, partial, held = self.args[0], bool(self.args[2]), self.args[3]
        text = "/".join(_fraction(printer._print(name), self.orders, partial, printer))
        return f"({text})|{','.join(map(printer._print, held))}" if held else text

    def _latex(self, printer: Any) -> str:
        name, partial, held = self.args[0], bool(self.args[2]), self.args[3]
        top, runs = _latex_fraction(printer._print(name), self.orders, partial, printer)
        text = rf"\frac{{{top}}}{{{runs}}}"
        return rf"\left({text}\right)_{{{', '.join(map(printer._print, held))}}}" if held else text

    def _sympystr(self, printer: Any) -> str:
        by = ", ".join(str(x) if n == 1 else f"({x}, {n})" for x, n in self.orders)
        return f"Derivative({printer._print(self.args[0])}, {by})"


class _Labelled(_Head):
    """A matrix-valued head `(function, variables)` with labels for the rows and columns of its value."""

    def __new__(cls, function: Any, variables: Sequence[Symbol]) -> Any:
        return Expr.__new__(cls, function, Tuple(*variables))

    @property
    def variables(self) -> tuple[Symbol, ...]:
        return tuple(self.args[1])

    def row_labels(self) -> tuple[Any, ...]:
        """One label (a SymPy object) for each row of the value, or none."""
        return ()

    def column_labels(self) -> tuple[Any, ...]:
        return ()

    def _names(self, printer: Any) -> str:
        return ", ".join(map(printer._print, self.variables))


class Nabla(_Labelled):
    """The gradient ∇f(x, y) of a scalar function; its value is a column (or a row with `row=True`)."""

    def __new__(cls, function: Any, variables: Sequence[Symbol], row: bool = False) -> Any:
        return Expr.__new__(cls, function, Tuple(*variables), Integer(int(row)))

    def row_labels(self) -> tuple[Any, ...]:
        partial = len(self.function_symbols) > 1
        labels = tuple(Leibniz(Symbol("f"), (x, 1), partial=partial) for x in self.variables)
        return () if self.args[2] else labels

    @property
    def function_symbols(self) -> set[Symbol]:
        return self.args[0].free_symbols | set(self.variables)

    def column_labels(self) -> tuple[Any, ...]:
        return self.variables if self.args[2] else ()

    def _line(self, printer: Any) -> str:
        return f"∇f({self._names(printer)}){'ᵀ' * int(self.args[2])}"

    def _latex(self, printer: Any) -> str:
        transposed = r"^{\mathsf{T}}" if self.args[2] else ""
        return rf"\nabla f({self._names(printer)}){transposed}"

    def _sympystr(self, printer: Any) -> str:
        return f"grad({printer._print(self.args[0])})"


class JacobianMatrix(_Labelled):
    """J = ∂(f1, ..., fm)/∂(x1, ..., xn), m×n, rows are the transposed gradients; transposed with `denominator=True`."""

    def __new__(cls, function: Any, variables: Sequence[Symbol], denominator: bool = False) -> Any:
        return Expr.__new__(cls, function, Tuple(*variables), Integer(int(denominator)))

    def _components(self) -> tuple[Any, ...]:
        rows = self.args[0].rows
        return tuple(Symbol(f"f{i + 1}") for i in range(rows)) if rows > 1 else (Symbol("f"),)

    def row_labels(self) -> tuple[Any, ...]:
        return self.variables if self.args[2] else self._components()

    def column_labels(self) -> tuple[Any, ...]:
        return self._components() if self.args[2] else self.variables

    def _line(self, printer: Any) -> str:
        components = [printer._print(c) for c in self._components()]
        shown = ", ".join(components) if len(components) < 3 else f"{components[0]}…{components[-1]}"
        text = f"∂({shown})/∂({self._names(printer)})"
        return f"({text})ᵀ" if self.args[2] else text

    def _latex(self, printer: Any) -> str:
        components = [printer._print(c) for c in self._components()]
        shown = ", ".join(components) if len(components) < 3 else rf"{components[0]}, \ldots, {components[-1]}"
        text = rf"\frac{{\partial({shown})}}{{\partial({self._names(printer)})}}"
        return rf"\left({text}\right)^{{\mathsf{{T}}}}" if self.args[2] else text

    def _sympystr(self, printer: Any) -> str:
        return f"jacobian({', '.join(map(printer._print, self.args[0]))})"


class HessianMatrix(_Labelled):
    """H = ∇²f, the n×n matrix of second partial derivatives."""

    def row_labels(self) -> tuple[Any, ...]:
        return self.variables

    def column_labels(self) -> tuple[Any, ...]:
        return self.variables

    def _line(self, printer: Any) -> str:
        return f"∇²f({self._names(printer)})"

    def _latex(self, printer: Any) -> str:
        return rf"\nabla^{{2}} f({self._names(printer)})"

    def _sympystr(self, printer: Any) -> str:
        return f"hessian({printer._print(self.args[0])})"


class DerivativeMatrix(_Head):
    """The column of the derivatives of one quantity, each row labelled by its own symbol: ∂C/∂x, ∂C/∂y."""

    def __new__(cls, name: Symbol, labels: Sequence[Leibniz]) -> Any:
        return Expr.__new__(cls, name, Tuple(*labels))

    def row_labels(self) -> tuple[Any, ...]:
        return tuple(self.args[1])

    def column_labels(self) -> tuple[Any, ...]:
        return ()

    def _line(self, printer: Any) -> str:
        return f"∇{printer._print(self.args[0])}"

    def _latex(self, printer: Any) -> str:
        return rf"\nabla {printer._print(self.args[0])}"

    def _sympystr(self, printer: Any) -> str:
        return f"grad({printer._print(self.args[0])})"


class MatrixOfDerivatives(_Head):
    """Df, the Jacobian matrix of a named vector function, or Df(g), the same taken at another one."""

    def row_labels(self) -> tuple[Any, ...]:
        return ()

    def column_labels(self) -> tuple[Any, ...]:
        return ()

    def _line(self, printer: Any) -> str:
        name, *inner = map(printer._print, self.args)
        name = f"({name})" if "∘" in name else name
        return f"D{name}({inner[0]})" if inner else f"D{name}"

    _sympystr = _line

    def _latex(self, printer: Any) -> str:
        name, *inner = (r" \circ ".join(printer._print(Symbol(part)) for part in a.name.split("∘")) for a in self.args)
        name = rf"\left({name}\right)" if r"\circ" in name else name
        return rf"D{name}\left({inner[0]}\right)" if inner else f"D{name}"


class TaylorPolynomial(_Labelled):
    """T_n(x, y), the Taylor polynomial of total degree n. `TaylorPolynomial(f, variables, n)`."""

    def __new__(cls, function: Any, variables: Sequence[Symbol], degree: int) -> Any:
        return Expr.__new__(cls, function, Tuple(*variables), Integer(degree))

    def _line(self, printer: Any) -> str:
        return f"T{str(self.args[2]).translate(SUBSCRIPT)}({self._names(printer)})"

    def _latex(self, printer: Any) -> str:
        return rf"T_{{{self.args[2]}}}({self._names(printer)})"

    def _sympystr(self, printer: Any) -> str:
        return f"taylor({printer._print(self.args[0])}, {self.args[2]})"


class Remainder(_Head):
    """The order of a remainder: O(x⁵), O((x - 1)³), O(‖(x - 1, y)‖⁴). `Remainder(variables, point, order)`."""

    def __new__(cls, variables: Sequence[Symbol], point: Sequence[Any], order: int) -> Any:
        return Expr.__new__(cls, Tuple(*variables), Tuple(*point), Integer(order))

    def _distance(self) -> tuple[list[Expr], int]:
        return [x - a for x, a in zip(self.args[0], self.args[1], strict=True)], int(self.args[2])

    def _line(self, printer: Any) -> str:
        parts, n = self._distance()
        if len(parts) == 1:
            return f"O({printer._print(parts[0] ** n)})"
        power = str(n).translate(SUPERSCRIPT) if n > 1 else ""
        return f"O(‖({', '.join(map(printer._print, parts))})‖{power})"

    def _latex(self, printer: Any) -> str:
        parts, n = self._distance()
        if len(parts) == 1:
            return rf"O\left({printer._print(parts[0] ** n)}\right)"
        return rf"O\left(\left\|\left({', '.join(map(printer._print, parts))}\right)\right\|^{{{n}}}\right)"

    def _sympystr(self, printer: Any) -> str:
        parts, n = self._distance()
        if len(parts) == 1:
            return f"O({printer._print(parts[0] ** n)})"
        return f"O(norm({', '.join(map(printer._print, parts))})**{n})"


class AtPoint(_Head):
    """A head taken at a point: f'(3), ∇f(1, 0), d/dx[...] at x = 3. `AtPoint(head, (x, 3), (y, 0))`."""

    def __new__(cls, head: Any, *point: tuple[Any, Any]) -> Any:
        return Expr.__new__(cls, head, *(Tuple(x, a) for x, a in point))

    @property
    def head(self) -> Any:
        return self.args[0]

    @property
    def point(self) -> list[tuple[Any, Any]]:
        return [(x, a) for x, a in self.args[1:]]

    def row_labels(self) -> tuple[Any, ...]:
        return self.head.row_labels() if isinstance(self.head, _Labelled) else ()

    def column_labels(self) -> tuple[Any, ...]:
        return self.head.column_labels() if isinstance(self.head, _Labelled) else ()

    def short(self) -> Expr:
        return AtPoint(self.head.short(), *self.point)

    def _values(self, printer: Any) -> str:
        return ", ".join(printer._print(a) for _, a in self.point)

    def _equations(self, printer: Any) -> str:
        return ", ".join(f"{printer._print(x)} = {printer._print(a)}" for x, a in self.point)

    def _line(self, printer: Any) -> str:
        if isinstance(self.head, AppliedUndef):
            return f"{self.head.func.__name__}({self._values(printer)})"
        symbols = {Nabla: "∇f", HessianMatrix: "∇²f", JacobianMatrix: "J"}
        name = symbols.get(type(self.head))
        if name is None and isinstance(self.head, Diff) and len(self.point) == 1 and not self.head.partial:
            n = self.head.orders[0][1]
            name = "f" + ("'" * n if n < 4 else f"⁽{str(n).translate(SUPERSCRIPT)}⁾")
        if name is not None:
            return f"{name}({self._values(printer)})"
        return f"{printer._print(self.head)} at ({self._equations(printer)})"

    def _latex(self, printer: Any) -> str:
        return rf"\left.{printer._print(self.head)}\right|_{{{self._equations(printer)}}}"

    def _sympystr(self, printer: Any) -> str:
        return f"{printer._print(self.head)} at {self._equations(printer)}"


# --- written order -----------------------------------------------------------------------------------------------


class OrderedSum(Expr):
    """A sum printed in the order written, not evaluated; `doit()` adds it up."""

    precedence = PRECEDENCE["Add"]
    is_commutative = True

    def doit(self, **hints: Any) -> Expr:
        return Add(*(a.doit(**hints) for a in self.args))

    def _joined(self, printer: Any) -> str:
        def step(text: str, term: Any) -> str:
            nested = isinstance(term, Add | OrderedSum)
            piece = printer.parenthesize(term, PRECEDENCE["Add"], strict=not nested) if text else printer._print(term)
            if piece.startswith("-"):
                return f"{text} - {piece[1:].lstrip()}" if text else piece
            return f"{text} + {piece}" if text else piece

        return reduce(step, self.args, "") or "0"

    _line = _latex = _sympystr = _joined


class OrderedProduct(Expr):
    """A product printed in the order written, not evaluated; `doit()` multiplies it out."""

    precedence = PRECEDENCE["Mul"]
    is_commutative = True

    def doit(self, **hints: Any) -> Expr:
        return Mul(*(a.doit(**hints) for a in self.args))

    def _factors(self, printer: Any, fractions_bracketed: bool) -> list[str]:
        pieces = []
        for i, factor in enumerate(self.args):
            if i == 0 and not isinstance(factor, Add | OrderedSum):
                text = printer._print(factor)
            else:
                text = printer.parenthesize(factor, PRECEDENCE["Mul"], strict=True)
            pieces.append(f"({text})" if i and fractions_bracketed and _is_fraction(factor) else text)
        return pieces or ["1"]

    def _line(self, printer: Any) -> str:
        return "·".join(self._factors(printer, fractions_bracketed=True))

    def _sympystr(self, printer: Any) -> str:
        return "*".join(self._factors(printer, fractions_bracketed=True))

    def _latex(self, printer: Any) -> str:
        return r" \cdot ".join(self._factors(printer, fractions_bracketed=False))


def _is_fraction(e: Any) -> bool:
    """Whether the expression is written with a fraction line and without a minus."""
    factors = Mul.make_args(e)
    negative = sum(1 for f in factors if f.is_number and f.could_extract_minus_sign()) % 2
    below = (not f.is_Integer if f.is_Rational else f.is_Pow and f.exp.is_Rational and f.exp.is_negative for f in factors)
    return not negative and any(below)
