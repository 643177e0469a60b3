"""LaTeX as a person types it: natural order, \\frac on the line and a/b in exponents, brackets that grow only when they must."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sympy import S, exp
from sympy.core.function import AppliedUndef
from sympy.printing.latex import LatexPrinter

from symcalc.formats._arithmetic import ADD, AND, FUNC, MUL, OR, POW, RELATION, SHOWN_DIGITS, Arithmetic, Piece
from symcalc.formats._cells import cells
from symcalc.formats._names import FUNCTIONS, POWER_BEFORE_ARGUMENT
from symcalc.formats._texnames import tex_function_name, tex_name, tex_text
from symcalc.notation import Diff, tex_brackets
from symcalc.special import CALLED, SPECIAL, Special

COMMANDS = {
    **{f: f"\\{f}" for f in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth")},
    **{f"a{f}": f"\\arc{f}" for f in ("sin", "cos", "tan")},
    "log": r"\ln",
    "gamma": r"\Gamma",
    "Max": r"\max",
    "Min": r"\min",
    "Heaviside": "H",
    "sign": r"\operatorname{sgn}",
}
"""SymPy's class name to the LaTeX of the function's name, where it is not \\operatorname of the name in Unicode."""

OWN_NOTATION = {"zeta", "binomial", "lowergamma", "uppergamma", "hyper", "conjugate", "dirichlet_eta"}
"""Functions with a notation of their own, written by SymPy's printer."""

CONSTANTS = {S.EulerGamma: r"\gamma_{\mathrm{E}}", S.Catalan: r"\mathrm{Catalan}", S.GoldenRatio: r"\mathrm{GoldenRatio}"}
"""Constants whose usual letter alone is a name like any other."""

RELATIONS = {"==": "=", "!=": r"\neq", "<=": r"\leq", ">=": r"\geq"}
WIDEST_BMATRIX = 10


class Tex(Arithmetic, LatexPrinter):
    """Needs amsmath only."""

    def __init__(self) -> None:
        super().__init__({"ln_notation": True, "full_prec": True})
        self._in_exponent = False

    def _state(self, expr: Any) -> Any:
        return expr, self._in_exponent

    # --- arithmetic ---

    def bracketed(self, text: str) -> Piece:
        return Piece(tex_brackets(text))

    def joined(self, pieces: Sequence[Piece], factors: Sequence[Any]) -> str:
        text = str(pieces[0])
        for (before, piece), factor in zip(pairwise(pieces), factors, strict=False):
            if piece[0].isdigit() or _could_be_called(factor):
                text += rf" \cdot {piece}"
            else:
                words = before.startswith(r"\mathrm") or piece.startswith(r"\mathrm")
                text += (r" \, " if words else " ") + piece
        return text

    def over(self, above: Piece, denominator: Sequence[Any]) -> Piece:
        if self._in_exponent:
            return super().over(above, denominator)
        return Piece(self.fraction(above, self._unbracketed(denominator)), MUL)

    def fraction(self, above: str, below: str) -> str:
        return super().fraction(above, below) if self._in_exponent else rf"\frac{{{above}}}{{{below}}}"

    def _fraction(self, numerator: Sequence[Any], denominator: Sequence[Any]) -> Piece:
        if not denominator or self._in_exponent:
            return super()._fraction(numerator, denominator)
        return self.over(self._unbracketed(numerator), denominator)

    def _unbracketed(self, factors: Sequence[Any]) -> Piece:
        """A product that the fraction line itself holds together."""
        return self._print(factors[0]) if len(factors) == 1 else self.product(factors)

    def _print_Rational(self, expr: Any) -> Piece:
        sign, strength = ("-", ADD) if expr.p < 0 else ("", MUL)
        text = f"{abs(expr.p)}/{expr.q}" if self._in_exponent else rf"\frac{{{abs(expr.p)}}}{{{expr.q}}}"
        return Piece(sign + text, strength)

    def _exponent(self, power: Any) -> Piece:
        outside, self._in_exponent = self._in_exponent, True
        try:
            return self._print(power)
        finally:
            self._in_exponent = outside

    def _print_Pow(self, expr: Any) -> Piece:
        base, power = expr.base, expr.exp
        if power.is_Rational and power.p < 0 and expr.is_commutative:
            return self._print_Mul(expr)
        if power is S.Half:
            return Piece(rf"\sqrt{{{self._print(base)}}}", FUNC)
        if power.is_Rational and power.p == 1 and base.is_nonnegative:
            return Piece(rf"\sqrt[{power.q}]{{{self._print(base)}}}", FUNC)
        if type(base).__name__ in POWER_BEFORE_ARGUMENT and power.is_Integer:
            return Piece(f"{self._command(base)}^{{{power}}}{self._arguments(base)}", FUNC)
        return Piece(f"{self.parenthesize(base, POW)}^{{{self._exponent(power)}}}", POW)

    def whole_power(self, base: Piece, k: int) -> Piece:
        return Piece(f"{base}^{{{k}}}", POW)

    def _print_exp(self, expr: Any) -> Piece:
        power = expr.args[0]
        if power.is_Rational and power.p < 0:
            return self._fraction([], [exp(-power)])
        if power is S.Half:
            return Piece(r"\sqrt{e}", FUNC)
        return Piece(f"e^{{{self._exponent(power)}}}", POW)

    # --- atoms ---

    def _print_Symbol(self, expr: Any, style: str = "plain") -> Piece:
        return Piece(tex_name(expr.name))

    _print_Dummy = _print_Symbol

    def _print(self, expr: Any, **kwargs: Any) -> Piece:
        constant = CONSTANTS.get(expr) if getattr(expr, "is_NumberSymbol", False) else None
        return Piece(constant) if constant else super()._print(expr, **kwargs)

    # --- functions ---

    def _print_Function(self, expr: Any, exp: Any = None) -> Piece:
        if type(expr).__name__ in SPECIAL:
            return self._special(SPECIAL[type(expr).__name__], expr.args)
        if type(expr).__name__ in OWN_NOTATION:
            return Piece(super()._print_Function(expr), FUNC)
        return Piece(self._command(expr) + self._arguments(expr), FUNC)

    def _command(self, expr: Any) -> str:
        name = type(expr).__name__
        if isinstance(expr, AppliedUndef):
            return tex_function_name(name)
        return COMMANDS.get(name) or rf"\operatorname{{{FUNCTIONS.get(name, name).replace('_', '')}}}"

    def _arguments(self, expr: Any) -> str:
        return tex_brackets(self.items(expr.args))

    _print_log = _print_gamma = _print_re = _print_im = _print_Function

    def _special(self, special: Special, args: Sequence[Any]) -> Piece:
        """J_1(x) with an upright J; the parameters stand below and above it."""
        letters = special.letters.rstrip("'")
        written = rf"\operatorname{{{letters}}}{special.letters[len(letters) :]}"
        below = [self._print(args[i]) for i in special.below if i < len(args)]
        above = [self._print(args[i]) for i in special.above]
        written += f"_{{{', '.join(below)}}}" * bool(below) + f"^{{({', '.join(above)})}}" * bool(above)
        inner = [a for i, a in enumerate(args) if i not in special.below + special.above]
        if special.bar and len(inner) > 1:
            return Piece(rf"{written}\left({self.items(inner[:-1])} \middle| {self._print(inner[-1])}\right)", FUNC)
        return Piece(written + tex_brackets(self.items(inner)), FUNC)

    def _print_polygamma(self, expr: Any, exp: Any = None) -> Piece:
        order, argument = expr.args
        return self._special(SPECIAL["digamma"], [argument]) if order.is_zero else self._special(SPECIAL["polygamma"], expr.args)

    def _print_Heaviside(self, expr: Any, exp: Any = None) -> Piece:
        return Piece(f"H{tex_brackets(self._print(expr.args[0]))}", FUNC)

    def _print_LatticeOp(self, expr: Any) -> Piece:
        arguments = sorted(expr.args, key=lambda a: (not a.is_number, a.sort_key()))
        return Piece(f"{self._command(expr)}{tex_brackets(self.items(arguments))}", FUNC)

    _print_Max = _print_Min = _print_LatticeOp

    def _print_Abs(self, expr: Any, exp: Any = None) -> Piece:
        return Piece(rf"\left|{self._print(expr.args[0])}\right|", FUNC)

    def _print_floor(self, expr: Any, exp: Any = None) -> Piece:
        return Piece(rf"\left\lfloor {self._print(expr.args[0])} \right\rfloor", FUNC)

    def _print_ceiling(self, expr: Any, exp: Any = None) -> Piece:
        return Piece(rf"\left\lceil {self._print(expr.args[0])} \right\rceil", FUNC)

    def _print_factorial(self, expr: Any, exp: Any = None) -> Piece:
        return Piece(f"{self.parenthesize(expr.args[0], FUNC)}!", POW)

    def _print_Mod(self, expr: Any, exp: Any = None) -> Piece:
        left, right = (self.parenthesize(a, MUL) for a in expr.args)
        return Piece(rf"{left} \bmod {right}", MUL)

    # --- conditions ---

    def _print_Relational(self, expr: Any) -> Piece:
        sign = RELATIONS.get(expr.rel_op, expr.rel_op)
        return Piece(f"{self.parenthesize(expr.lhs, RELATION)} {sign} {self.parenthesize(expr.rhs, RELATION)}", RELATION)

    def _print_And(self, expr: Any) -> Piece:
        return Piece(r" \text{ and } ".join(self.parenthesize(a, AND) for a in expr.args), AND)

    def _print_Or(self, expr: Any) -> Piece:
        return Piece(r" \text{ or } ".join(self.parenthesize(a, OR) for a in expr.args), OR)

    def _print_Piecewise(self, expr: Any) -> Piece:
        cases = r" \\ ".join(f"{self._print(e)} & {self._case(c)}" for e, c in expr.args)
        return Piece(rf"\begin{{cases}} {cases} \end{{cases}}")

    def _case(self, condition: Any) -> str:
        return r"\text{otherwise}" if condition is S.true else rf"\text{{if }} {self._print(condition)}"

    def _print_ComplexRootOf(self, expr: Any) -> Piece:
        return Piece(rf"\text{{root of }} {self._print(expr.expr)} \text{{ near }} {float(expr):.{SHOWN_DIGITS}g}", ADD)

    # --- matrices and what stays undone ---

    def _print_MatrixBase(self, expr: Any) -> Piece:
        rows = r" \\ ".join(" & ".join(row) for row in cells(expr, self._print))
        if expr.cols <= WIDEST_BMATRIX:
            return Piece(rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}")
        return Piece(rf"\left[\begin{{array}}{{{'c' * expr.cols}}} {rows} \end{{array}}\right]")

    def _print_Determinant(self, expr: Any) -> Piece:
        rows = r" \\ ".join(" & ".join(map(self._print, expr.arg.row(i))) for i in range(expr.arg.rows))
        return Piece(rf"\begin{{vmatrix}} {rows} \end{{vmatrix}}")

    def _print_Tuple(self, expr: Any) -> Piece:
        return Piece(tex_brackets(self.items(expr.args)))

    def _print_Derivative(self, expr: Any) -> Piece:
        return Piece(self._print(Diff(expr.expr, *expr.variable_count)), FUNC)

    def _print_str(self, expr: str) -> Piece:
        return Piece(tex_text(expr))


for _name in SPECIAL:  # SymPy's printer has methods of its own for most of them
    if _name != "polygamma":
        setattr(Tex, f"_print_{_name}", Tex._print_Function)


def _could_be_called(factor: Any) -> bool:
    """Whether brackets behind the factor would make it a function."""
    base = factor.base if factor.is_Pow else factor
    return bool(base.is_Symbol and re.split(r"[\d_]", base.name)[0] in CALLED)


def tex(value: Any) -> str:
    """A value as a body of LaTeX mathematics, one line; text becomes \\text{...}."""
    if isinstance(value, tuple):
        return "".join(map(tex, value))
    return str(Tex().doprint(value))
