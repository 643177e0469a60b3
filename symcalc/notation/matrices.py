"""Left-hand sides of matrices, with labels for their rows and columns: gradient, Jacobian, Hessian."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Expr, Integer, Symbol, Tuple

from symcalc.notation.derivatives import Head, Leibniz


class Labelled(Head):
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


class Nabla(Labelled):
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


class QuadraticForm(Head):
    """½·vᵀ·H·v with v and H written out in LaTeX, H by its name on a line. `QuadraticForm(v, H)`."""

    def _line(self, printer: Any) -> str:
        entries = ", ".join(map(printer._print, self.args[0]))
        return f"½({entries})·H·({entries})ᵀ"

    def _latex(self, printer: Any) -> str:
        v, h = (printer._print(m) for m in self.args)
        return rf"\tfrac{{1}}{{2}} {v}^{{\mathsf{{T}}}} {h} {v}"

    def _sympystr(self, printer: Any) -> str:
        v, h = (printer._print(m) for m in self.args)
        return f"1/2*{v}^T*{h}*{v}"


class JacobianMatrix(Labelled):
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


class NamedJacobian(JacobianMatrix):
    """∂(y, z)/∂(s, t) of named quantities; `function` holds their names."""

    def __new__(cls, names: Sequence[Symbol], variables: Sequence[Symbol]) -> Any:
        return super().__new__(cls, Tuple(*names), variables)

    def _components(self) -> tuple[Any, ...]:
        return tuple(self.args[0])


class HessianMatrix(Labelled):
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


class DerivativeMatrix(Head):
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


class MatrixOfDerivatives(Head):
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
