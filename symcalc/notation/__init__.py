"""Heads that SymPy lacks, how each printer writes them, and the natural order of names.

Two sorts. *Functions* have a value and may occur in an answer: `sigmoid`, `RealRoot`, `Primed`. *Left-hand sides* are
never evaluated: `Diff`, `Leibniz`, `Nabla`, `JacobianMatrix`, `HessianMatrix`, `AtPoint`, ..., and the containers
`OrderedSum`, `OrderedProduct` and `Polynomial`, which keep what they hold in the order written.

A head writes itself through SymPy's own protocol: `_line(printer)` for one-line Unicode, `_latex(printer)`,
`_sympystr(printer)` for plain text. Inside, it prints its parts with `printer._print` or `printer.parenthesize`.

A head is loaded when it is first asked for: making a class that SymPy knows takes half a millisecond.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symcalc.notation.derivatives import Diff, Head, Leibniz
    from symcalc.notation.entries import Entry, HoldingSum
    from symcalc.notation.functions import Primed, RealRoot, lower, sigmoid
    from symcalc.notation.matrices import (
        DerivativeMatrix,
        HessianMatrix,
        JacobianMatrix,
        MatrixOfDerivatives,
        Nabla,
        NamedJacobian,
        QuadraticForm,
    )
    from symcalc.notation.names import SUBSCRIPT, SUPERSCRIPT, natural_key, natural_order, tex_brackets
    from symcalc.notation.ordered import OrderedProduct, OrderedSum
    from symcalc.notation.places import AtPoint, Between, Directional, Increment, LagrangeForm, Lim, Remainder
    from symcalc.notation.polynomials import Polynomial, as_expression, is_rational

__all__ = [
    "SUBSCRIPT",
    "SUPERSCRIPT",
    "AtPoint",
    "Between",
    "DerivativeMatrix",
    "Diff",
    "Directional",
    "Entry",
    "Head",
    "HessianMatrix",
    "HoldingSum",
    "Increment",
    "JacobianMatrix",
    "LagrangeForm",
    "Leibniz",
    "Lim",
    "MatrixOfDerivatives",
    "Nabla",
    "NamedJacobian",
    "OrderedProduct",
    "OrderedSum",
    "Polynomial",
    "Primed",
    "QuadraticForm",
    "RealRoot",
    "Remainder",
    "as_expression",
    "is_rational",
    "lower",
    "natural_key",
    "natural_order",
    "sigmoid",
    "tex_brackets",
]

HOMES = {
    "derivatives": ("Diff", "Head", "Leibniz"),
    "entries": ("Entry", "HoldingSum"),
    "functions": ("Primed", "RealRoot", "lower", "sigmoid"),
    "matrices": (
        "DerivativeMatrix",
        "HessianMatrix",
        "JacobianMatrix",
        "MatrixOfDerivatives",
        "Nabla",
        "NamedJacobian",
        "QuadraticForm",
    ),
    "names": ("SUBSCRIPT", "SUPERSCRIPT", "natural_key", "natural_order", "tex_brackets"),
    "ordered": ("OrderedProduct", "OrderedSum"),
    "places": ("AtPoint", "Between", "Directional", "Increment", "LagrangeForm", "Lim", "Remainder"),
    "polynomials": ("Polynomial", "as_expression", "is_rational"),
}
"""The names of each module."""


def __getattr__(name: str) -> Any:
    home = next((home for home, names in HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module 'symcalc.notation' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"symcalc.notation.{home}"), name)
    return value
