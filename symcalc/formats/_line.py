"""One-line Unicode that a person reads and symcalc reads back: 10x₂·e^(x₂²), √(x₁² + x₂²), |x|."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from sympy import Abs, Rational, S, exp
from sympy.core.function import AppliedUndef

from symcalc.formats._arithmetic import ADD, ATOM, FUNC, POW, SHOWN_DIGITS, Piece
from symcalc.formats._linear import Linear
from symcalc.formats._names import FUNCTIONS, POWER_BEFORE_ARGUMENT, is_letter, unicode_name
from symcalc.formats._phrase import is_phrase, said
from symcalc.notation import SUPERSCRIPT, Diff

ROOTS = {S.Half: "√", Rational(1, 3): "∛"}


class Line(Linear):
    """The one-line Unicode notation. What a number may directly precede is carried by each piece (`glue`)."""

    printmethod = "_line"
    relations: ClassVar[dict[str, str]] = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}

    def joined(self, pieces: Sequence[Piece], factors: Sequence[Any]) -> str:
        tight = factors[0].is_Integer and pieces[1].glue
        return pieces[0] + ("" if tight else "·") + "·".join(pieces[1:])

    # --- atoms ---

    def _print_Symbol(self, expr: Any) -> Piece:
        written = unicode_name(expr.name)
        return Piece(written, ATOM, glue=is_letter(written))

    _print_Dummy = _print_Symbol

    def _print_Pi(self, expr: Any) -> Piece:
        return Piece("π", ATOM, glue=True)

    def _print_Exp1(self, expr: Any) -> Piece:
        return Piece("e", ATOM, glue=True)

    def _print_ImaginaryUnit(self, expr: Any) -> Piece:
        return Piece("i", ATOM, glue=True)

    def _print_Infinity(self, expr: Any) -> Piece:
        return Piece("∞")

    def _print_NegativeInfinity(self, expr: Any) -> Piece:
        return Piece("-∞", ADD)

    # --- powers ---

    def _print_Pow(self, expr: Any, rational: bool = False) -> Piece:
        base, power = expr.base, expr.exp
        if power.is_Rational and power.p < 0 and expr.is_commutative:
            return self._print_Mul(expr)
        if power is S.Half or (power == Rational(1, 3) and base.is_nonnegative):
            return Piece(ROOTS[power] + self._under_root(base), POW, glue=True)
        name = type(base).__name__
        if name in POWER_BEFORE_ARGUMENT and power.is_Integer and power > 1:
            return Piece(f"{name}{_superscript(power.p)}({self._print(base.args[0])})", POW, glue=True)
        return self._raised(self.parenthesize(base, POW), power)

    def _print_exp(self, expr: Any) -> Piece:
        power = expr.args[0]
        if power.is_Rational and power.p < 0:
            return self._fraction([], [exp(-power)])
        if power is S.Half:
            return Piece("√e", POW, glue=True)
        return self._raised(self._print(S.Exp1), power)

    def _raised(self, base: Piece, power: Any) -> Piece:
        if power.is_Integer and power > 1:
            return self.whole_power(base, power.p)
        above = self._print(power)
        return Piece(f"{base}^{above if power.is_Symbol and is_letter(above) else f'({above})'}", POW, base.glue)

    def whole_power(self, base: Piece, k: int) -> Piece:
        return Piece(base + _superscript(k), POW, base.glue)

    def _under_root(self, radicand: Any) -> str:
        text = self._print(radicand)
        bare = radicand.is_Integer or radicand is S.Pi or (radicand.is_Symbol and is_letter(text))
        return text if bare and text.strength == ATOM else f"({text})"

    # --- functions ---

    def _print_Function(self, expr: Any) -> Piece:
        name = type(expr).__name__
        written = unicode_name(name) if isinstance(expr, AppliedUndef) else FUNCTIONS.get(name, name)
        return Piece(f"{written}({self.items(expr.args)})", FUNC, glue=True)

    def _print_Heaviside(self, expr: Any) -> Piece:
        return Piece(f"H({self._print(expr.args[0])})", FUNC, glue=True)

    def _print_LatticeOp(self, expr: Any) -> Piece:
        arguments = sorted(expr.args, key=lambda a: (not a.is_number, a.sort_key()))
        return Piece(f"{FUNCTIONS[type(expr).__name__]}({self.items(arguments)})", FUNC, glue=True)

    def _print_Abs(self, expr: Any) -> Piece:
        inner = expr.args[0]
        text = self._print(inner)
        # Bars inside bars are hard to read: only the innermost are drawn.
        return Piece(f"abs({text})" if inner.has(Abs) else f"|{text}|", FUNC, glue=True)

    def _print_floor(self, expr: Any) -> Piece:
        return Piece(f"⌊{self._print(expr.args[0])}⌋", FUNC, glue=True)

    def _print_ceiling(self, expr: Any) -> Piece:
        return Piece(f"⌈{self._print(expr.args[0])}⌉", FUNC, glue=True)

    def _print_factorial(self, expr: Any) -> Piece:
        base = self.parenthesize(expr.args[0], FUNC)
        return Piece(f"{base}!", POW, base.glue)

    def _print_ComplexRootOf(self, expr: Any) -> Piece:
        return Piece(f"root of {self._print(expr.expr)} near {float(expr):.{SHOWN_DIGITS}g}", ADD)

    # --- conditions ---

    def _print_Piecewise(self, expr: Any) -> Piece:
        cases = [f"{self._print(e)} otherwise" if c == True else f"{self._print(e)} if {self._print(c)}" for e, c in expr.args]  # noqa: E712
        return Piece(f"{{ {'; '.join(cases)} }}")

    # --- what stays undone ---

    def _print_Derivative(self, expr: Any) -> Piece:
        return Piece(self._print(Diff(expr.expr, *expr.variable_count)), FUNC)


def line(value: Any) -> str:
    """A value on one line; text stays as it is."""
    return said(value, line) if is_phrase(value) else str(Line().doprint(value))


def _superscript(k: int) -> str:
    return str(k).translate(SUPERSCRIPT)
