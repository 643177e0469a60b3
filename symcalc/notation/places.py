"""Left-hand sides at a point, and the order of a remainder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sympy import Expr, Integer, Symbol, Tuple
from sympy.core.function import AppliedUndef
from sympy.printing.precedence import PRECEDENCE

from symcalc.notation.derivatives import Diff, Head
from symcalc.notation.matrices import HessianMatrix, JacobianMatrix, Labelled, Nabla
from symcalc.notation.names import SUPERSCRIPT


class Remainder(Head):
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


class Between(Head):
    """Where the point of a mean value theorem lies: ξ between 0 and x, ξ on the segment from (0, 0) to (x, y).
    `Between(names, start, end)`; several names are the coordinates."""

    def __new__(cls, names: Sequence[Symbol], start: Sequence[Any], end: Sequence[Any]) -> Any:
        return Expr.__new__(cls, Tuple(*names), Tuple(*start), Tuple(*end))

    def _written(self, printer: Any, text: Callable[[str], str]) -> str:
        names, start, end = ([printer._print(a) for a in side] for side in self.args)
        if len(start) == 1:
            return f"{names[0]}{text(' between ')}{start[0]}{text(' and ')}{end[0]}"
        name, low, high = (side[0] if len(side) == 1 else f"({', '.join(side)})" for side in (names, start, end))
        return f"{name}{text(' on the segment from ')}{low}{text(' to ')}{high}"

    def _line(self, printer: Any) -> str:
        return self._written(printer, str)

    _sympystr = _line

    def _latex(self, printer: Any) -> str:
        return self._written(printer, lambda words: rf"\text{{{words}}}")


class LagrangeForm(Head):
    """The remainder by multi-indices: Σ_{|α| = n} ∂^αf(ξ)/α!·(x - a)^α. `LagrangeForm(xi, variables, point, order)`."""

    def __new__(cls, xi: Symbol, variables: Sequence[Symbol], point: Sequence[Any], order: int) -> Any:
        return Expr.__new__(cls, xi, Tuple(*variables), Tuple(*point), Integer(order))

    def _parts(self, printer: Any) -> tuple[str, str, str]:
        xi, variables, point, order = self.args
        away = ", ".join(printer._print(x - a) for x, a in zip(variables, point, strict=True))
        return printer._print(xi), away, printer._print(order)

    def _line(self, printer: Any) -> str:
        xi, away, order = self._parts(printer)
        return f"Σ(|α| = {order}) ∂^α f({xi})/α!·({away})^α"

    def _latex(self, printer: Any) -> str:
        xi, away, order = self._parts(printer)
        head = rf"\sum_{{|\alpha| = {order}}} \frac{{\partial^{{\alpha}} f({xi})}}{{\alpha!}}"
        return rf"{head} \left({away}\right)^{{\alpha}}"

    def _sympystr(self, printer: Any) -> str:
        xi, away, order = self._parts(printer)
        return f"sum(D(f, alpha)({xi})/alpha!*({away})**alpha, |alpha| = {order})"


class Increment(Head):
    """A small change: Δx, Δf. `Increment(x)`."""

    def _line(self, printer: Any) -> str:
        return f"Δ{printer._print(self.args[0])}"

    def _latex(self, printer: Any) -> str:
        return rf"\Delta {printer._print(self.args[0])}"

    def _sympystr(self, printer: Any) -> str:
        return f"Delta_{printer._print(self.args[0])}"


class Directional(Head):
    """The derivative of f at a point along v: Dᵥf(1, 2). `Directional((1, 2))`."""

    def __new__(cls, point: Sequence[Any]) -> Any:
        return Expr.__new__(cls, Tuple(*point))

    def _at(self, printer: Any) -> str:
        return ", ".join(map(printer._print, self.args[0]))

    def _line(self, printer: Any) -> str:
        return f"Dᵥf({self._at(printer)})"

    def _latex(self, printer: Any) -> str:
        return rf"D_{{v}} f({self._at(printer)})"

    def _sympystr(self, printer: Any) -> str:
        return f"D_v f({self._at(printer)})"


class Lim(Head):
    """The limit of a function, not carried out: lim x→0 of sin(x)/x. `Lim(f, x, a, side)`; the side is 1 for the right, -1 for
    the left, 0 for both."""

    undone = True
    precedence = PRECEDENCE["Mul"]

    def __new__(cls, f: Any, x: Symbol, a: Any, side: int = 0) -> Any:
        return Expr.__new__(cls, f, x, a, Integer(side))

    def short(self) -> Expr:
        return Lim(Symbol("f"), *self.args[1:])

    def _place(self, printer: Any, right: str, left: str) -> str:
        mark = {1: right, -1: left}.get(int(self.args[3]), "")
        place = printer._print(self.args[2])
        return f"({place}){mark}" if mark and self.args[2].is_Add else f"{place}{mark}"

    def _line(self, printer: Any) -> str:
        f = printer.parenthesize(self.args[0], PRECEDENCE["Mul"], strict=True)
        return f"lim({printer._print(self.args[1])}→{self._place(printer, '⁺', '⁻')}) {f}"

    def _latex(self, printer: Any) -> str:
        f = printer._print(self.args[0])
        f = rf"\left({f}\right)" if self.args[0].is_Add else f
        return rf"\lim_{{{printer._print(self.args[1])} \to {self._place(printer, '^{+}', '^{-}')}}} {f}"

    def _sympystr(self, printer: Any) -> str:
        mark = {1: ", '+'", -1: ", '-'"}.get(int(self.args[3]), "")
        return f"Limit({', '.join(map(printer._print, self.args[:3]))}{mark})"


class AtPoint(Head):
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
        return self.head.row_labels() if isinstance(self.head, Labelled) else ()

    def column_labels(self) -> tuple[Any, ...]:
        return self.head.column_labels() if isinstance(self.head, Labelled) else ()

    def short(self) -> Expr:
        return AtPoint(self.head.short() if isinstance(self.head, Head) else self.head, *self.point)

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
