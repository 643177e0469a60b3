"""Left-hand sides: derivatives not carried out, and Leibniz quotients."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sympy import Expr, Integer, Symbol, Tuple
from sympy.printing.precedence import PRECEDENCE

from symcalc.notation.names import SUPERSCRIPT


class Head(Expr):
    """An unevaluated left-hand side. It is `undone` where it may stand in the middle of a derivation, to be carried out."""

    undone = False
    is_commutative = True
    precedence = PRECEDENCE["Atom"]

    def doit(self, **hints: Any) -> Expr:
        """A left-hand side is never evaluated."""
        return self

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


class Diff(Head):
    """The derivative of an expression, not carried out: d/dx[x²], ∂²/∂y∂x[x·y] (x first).

    `Diff(f, (x, 1), (y, 2))`. ∂ is written when the expression holds another variable, d otherwise.
    """

    undone = True

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


class Leibniz(Head):
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
