"""Expressions as rational functions of names, so that polynomial algorithms leave everything else whole."""

from __future__ import annotations

from sympy import Dummy, Expr, Pow, S, exp


class Mask:
    """Gives every part that is not rational in the symbols (a function, a root, a transcendental constant) a name.

    Equal parts get the same name; roots of one base share theirs, and e^(-u) is the reciprocal of e^u, so that powers
    can cancel. `names` maps parts to their names.
    """

    def __init__(self) -> None:
        self.names: dict[Expr, Dummy] = {}

    def __call__(self, e: Expr) -> Expr:
        """The expression with its parts named: a rational function of symbols over the rationals."""
        if e.is_Symbol or e.is_Rational:
            return e
        if e.is_Add or e.is_Mul:
            return e.func(*map(self, e.args))
        if e.is_Pow and e.exp.is_Integer:
            return self(e.base) ** e.exp
        if e.is_Pow and e.exp.is_Rational:
            return self.name(Pow(e.base, S.One / e.exp.q)) ** e.exp.p
        if e.is_Pow and e.exp.is_Add:
            c, rest = e.exp.as_coeff_Add()
            if c.is_Integer and c:
                return self(e.base) ** c * self.name(e.base**rest)
        if isinstance(e, exp) and e.args[0].could_extract_minus_sign():
            return 1 / self.name(exp(-e.args[0]))
        return self.name(e)

    def name(self, part: Expr) -> Dummy:
        if part not in self.names:
            self.names[part] = Dummy(f"m{len(self.names)}", real=True)
        return self.names[part]

    def off(self, e: Expr) -> Expr:
        """The expression with the parts in the place of their names."""
        return e.xreplace({name: part for part, name in self.names.items()})
