"""A checked tree becomes a SymPy object; sizes are checked before SymPy evaluates. The only module here that computes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import zip_longest
from typing import Any

import sympy as sp
from sympy.core.facts import InconsistentAssumptions
from sympy.core.function import UndefinedFunction

from symcalc.canonical.arithmetic import add, mul, negative, power
from symcalc.errors import SymcalcError
from symcalc.notation import Primed
from symcalc.parse import series, sizes
from symcalc.parse import tables as t
from symcalc.parse.assume import assumptions
from symcalc.parse.functions import CHECKED, FUNCTIONS, real_root, squared_norm
from symcalc.parse.lexer import Fail, failer
from symcalc.parse.reading import Reading
from symcalc.parse.tree import Node

_CONSTANTS = {
    "pi": sp.pi, "E": sp.E, "I": sp.I, "oo": sp.oo,
    "EulerGamma": sp.EulerGamma, "Catalan": sp.Catalan, "GoldenRatio": sp.GoldenRatio,
}  # fmt: skip
_RELATIONS = {sign: getattr(sp, name) for sign, name in t.RELATIONS.items()}
_UNDEFINED = (sp.nan, sp.zoo)


@lru_cache(maxsize=1024)
def symbol(name: str, reading: Reading) -> sp.Symbol:
    """The SymPy symbol of a name: real unless --complex, with what --assume says about it."""
    known = dict(assumptions(reading.assume).get(name, {}))
    try:
        return sp.Symbol(name, **(known if reading.complex else {"real": True} | known))
    except InconsistentAssumptions:
        words = ", ".join(known)
        raise SymcalcError(
            "usage", f"nothing is {words} at once", code="assume", hint=f"mend what --assume says about {name}"
        ) from None


def undefined_function(name: str, reading: Reading) -> UndefinedFunction:
    """An undefined function, real for real arguments unless --complex."""
    return sp.Function(name) if reading.complex else sp.Function(name, real=True)


class Builder:
    """Builds the nodes of one text. `bound` holds the values of the index variables of sums that are written out."""

    def __init__(self, text: str, reading: Reading) -> None:
        self.text, self.reading = text, reading
        self.fail: Fail = failer(text)
        self.bound: dict[str, Any] = {}
        self.terms = 0

    def value(self, node: Node) -> Any:
        """The SymPy object of a whole text; it can be shown."""
        value = self.build(node)
        self.limit(node, sizes.value_problem(value))
        return value

    def build(self, node: Node) -> Any:
        try:
            value = getattr(self, f"on_{node.kind}")(node)  # the kinds of node are ours
        except (SymcalcError, RecursionError):
            raise
        except Exception as error:  # SymPy refused: an error about the node, never a traceback
            reason = (str(error).strip() or type(error).__name__).splitlines()[0][:80]
            self.fail("invalid", f"this cannot be evaluated ({reason})", node.start, node.end)
        if any(value is u for u in _UNDEFINED):
            self.undefined(node)
        return value

    def undefined(self, node: Node) -> Any:
        self.fail("undefined", "this is undefined", node.start, node.end, "check for a division by zero or a pole")

    def evaluated(self, node: Node, value: Any, *args: Any) -> Any:
        """The value that SymPy has made of a function or power of the arguments; fail if there is none."""
        return self.undefined(node) if value.args != args and value.has(*_UNDEFINED, sp.AccumBounds) else value

    def limit(self, node: Node, problem: str | None) -> None:
        """Fail if there is a problem with the size of a number."""
        if problem:
            self.fail("number-too-large", problem, node.start, node.end, f"the limit is {t.MAX_BITS * 3 // 10} digits")

    def comparable(self, node: Node, value: Any) -> None:
        """Fail if the value is a constant too large to compute with; SymPy would try, to learn its sign."""
        if sizes.incomparable(value):
            self.fail("number-too-large", "this number is too large", node.start, node.end, f"the limit is {_said(t.COMPARED)}")

    def symbol(self, name: str) -> sp.Symbol:
        return symbol(name, self.reading)

    def all(self, nodes: Sequence[Node]) -> list[Any]:
        return [self.build(node) for node in nodes]

    def power(self, node: Node, base: Any, exponent: Any) -> Any:
        """base**exponent, if it is neither a division by zero nor too large."""
        self.comparable(node, base)
        self.comparable(node, exponent)
        self.limit(node, sizes.power_problem(base, exponent))
        if base == 0 and exponent.is_Rational and exponent < 0:
            self.fail("division-by-zero", "division by zero", node.start, node.end)
        value = self.evaluated(node, power(base, exponent), base, exponent)
        for factor in sp.Mul.make_args(value):
            if factor.is_Pow and factor.exp.is_Rational and max(abs(int(factor.exp.p)), int(factor.exp.q)) > t.MAX_EXPONENT:
                self.fail("exponent-too-large", f"exponents may go up to {t.MAX_EXPONENT}", node.start, node.end)
        return value

    def root(self, node: Node, u: Any, n: Any) -> Any:
        """The real root for a literal odd index, as cbrt(-8) = -2; the principal power u^(1/n) otherwise."""
        if n.is_Integer and n.is_odd and not self.reading.complex:
            self.limit(node, sizes.power_problem(u, 1 / n))
            if abs(n) > t.MAX_EXPONENT:
                self.fail("exponent-too-large", f"exponents may go up to {t.MAX_EXPONENT}", node.start, node.end)
            return real_root(u, int(n), lambda base, exponent: self.power(node, base, exponent))
        return self.power(node, u, self.power(node, n, sp.Integer(-1)))

    def condition(self, node: Node) -> Any:
        """A condition of a piecewise function, evaluated as far as SymPy can."""
        if node.kind == "rel":
            sides = self.all(node.args)
            for side, arg in zip(sides, node.args, strict=True):
                self.comparable(arg, side)
            pairs = zip(node.value, sides, sides[1:], strict=False)
            return sp.And(*(_RELATIONS[sign](left, right) for sign, left, right in pairs))
        if node.kind == "bool":
            return self.build(node)
        return _LOGIC[node.kind](*map(self.condition, node.args))

    # --- leaves --------------------------------------------------------------------------------------------------

    def on_num(self, node: Node) -> Any:
        return sp.Rational(*node.value)

    def on_const(self, node: Node) -> Any:
        code, said = node.value
        return self.bound[said] if said in self.bound else _CONSTANTS[code]

    def on_bool(self, node: Node) -> Any:
        return sp.true if node.value == "true" else sp.false

    def on_name(self, node: Node) -> Any:
        if node.value in self.bound:
            return self.bound[node.value]
        if "_" in node.value:
            name = series.indexed(self, node)
            return self.symbol(name) if isinstance(name, str) else name
        return self.symbol(node.value)

    def on_series(self, node: Node) -> Any:
        return series.series(self, node)

    # --- operators -----------------------------------------------------------------------------------------------

    def on_neg(self, node: Node) -> Any:
        value = self.build(node.args[0])
        return -value if value.is_Matrix else negative(value)

    def on_inv(self, node: Node) -> Any:
        return self.power(node, self.build(node.args[0]), sp.Integer(-1))

    def on_pow(self, node: Node) -> Any:
        return self.power(node, *self.all(node.args))

    def on_sum(self, node: Node) -> Any:
        terms = self.all(node.args)
        self.limit(node, sizes.sum_problem(terms))
        if terms[0].is_Matrix:
            return reduce(lambda a, b: a + b, terms)
        return add(*terms)  # one n-ary call is linear; adding pairwise is quadratic

    def on_prod(self, node: Node) -> Any:
        factors = self.all(node.args)
        self.limit(node, sizes.product_problem([f for f in factors if not f.is_Matrix]))
        if any(f.is_Matrix for f in factors):
            return reduce(lambda a, b: a * b, factors)
        return mul(*factors)

    def on_list(self, node: Node) -> Any:
        rows = self.all(node.args)
        return sp.ImmutableMatrix([list(row) for row in rows] if all(row.is_Matrix for row in rows) else rows)

    on_tuple = on_list

    # --- calls ---------------------------------------------------------------------------------------------------

    def on_apply(self, node: Node) -> Any:
        name, orders = node.value
        applied = undefined_function(name, self.reading)(*self.all(node.args))
        return Primed(applied, orders) if orders else applied

    def on_call(self, node: Node) -> Any:
        if node.value == "hyper":
            upper, lower, x = node.args
            return self.evaluated(node, FUNCTIONS["hyper"](self.all(upper.args), self.all(lower.args), self.build(x)))
        args = self.all(node.args)
        for arg, part, cap in zip_longest(args, node.args, t.FUNCTIONS[node.value].caps[: len(args)]):
            if cap and sizes.exceeds(arg, cap):
                problem = f"the argument of '{node.value}' is too large"
                self.fail("number-too-large", problem, part.start, part.end, f"the limit is {_said(cap)}")
            self.comparable(part, arg)
        return self.checked(node, args) if node.value in CHECKED else self.evaluated(node, FUNCTIONS[node.value](*args), *args)

    def checked(self, node: Node, args: Sequence[Any]) -> Any:
        """Powers, roots and norms."""
        if node.value == "pow":
            return self.power(node, *args)
        if node.value == "sqrt":
            return self.power(node, args[0], sp.Rational(1, 2))
        if node.value in ("cbrt", "root", "real_root"):
            return self.root(node, *args) if len(args) == 2 else self.root(node, args[0], sp.Integer(3))
        if len(args) == 1 and not args[0].is_Matrix:
            return sp.Abs(args[0])
        return self.power(node, squared_norm(args if len(args) > 1 else list(args[0])), sp.Rational(1, 2))

    def on_piecewise(self, node: Node) -> Any:
        pairs = len(node.args) // 2 * 2
        branches = [(self.build(v), self.condition(c)) for v, c in zip(node.args[:pairs:2], node.args[1:pairs:2], strict=True)]
        branches += [(self.build(last), sp.true) for last in node.args[pairs:]]
        return sp.Piecewise(*branches)

    # --- conditions ----------------------------------------------------------------------------------------------

    def on_rel(self, node: Node) -> Any:
        """An equation or inequality as it was written; a < b < c holds two."""
        sides = self.all(node.args)
        pairs = zip(node.value, sides, sides[1:], strict=False)
        relations = [_RELATIONS[sign](left, right, evaluate=False) for sign, left, right in pairs]
        return relations[0] if len(relations) == 1 else sp.And(*relations, evaluate=False)

    def on_and(self, node: Node) -> Any:
        return _LOGIC[node.kind](*self.all(node.args))

    on_or = on_not = on_and


def _said(cap: int) -> str:
    return str(cap) if cap < 10**6 else f"10^{len(str(cap)) - 1}"


_LOGIC: Mapping[str, Callable[..., Any]] = {"and": sp.And, "or": sp.Or, "not": sp.Not}
