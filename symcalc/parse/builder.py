"""A checked tree becomes a SymPy object; sizes are checked before SymPy evaluates. The only module here that computes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

import sympy as sp
from sympy.core.function import UndefinedFunction

from symcalc.errors import SymcalcError
from symcalc.notation import Primed
from symcalc.parse import sizes
from symcalc.parse import tables as t
from symcalc.parse.assume import assumptions
from symcalc.parse.functions import FUNCTIONS, real_root
from symcalc.parse.lexer import Fail, failer
from symcalc.parse.reading import Reading
from symcalc.parse.tree import CONDITIONS, Node

_CONSTANTS = {
    "pi": sp.pi, "E": sp.E, "I": sp.I, "oo": sp.oo, "EulerGamma": sp.EulerGamma, "Catalan": sp.Catalan, "GoldenRatio": sp.GoldenRatio,
}  # fmt: skip
_RELATIONS = {sign: getattr(sp, name) for sign, name in t.RELATIONS.items()}
_UNDEFINED = (sp.nan, sp.zoo)


def symbol(name: str, reading: Reading) -> sp.Symbol:
    """The SymPy symbol of a name: real unless --complex, with what --assume says about it."""
    known = dict(assumptions(reading.assume).get(name, {}))
    try:
        return sp.Symbol(name, **(known if reading.complex else {"real": True} | known))
    except sp.core.assumptions.InconsistentAssumptions:
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
        problem = None if isinstance(value, bool) else sizes.value_problem(value)
        if problem:
            self.too_large(node, problem)
        return value

    def build(self, node: Node) -> Any:
        try:
            value = _BUILD[node.kind](self, node)
        except (SymcalcError, RecursionError):
            raise
        except Exception as error:  # SymPy refused: an error about the node, never a traceback
            reason = (str(error).strip() or type(error).__name__).splitlines()[0][:80]
            self.fail("invalid", f"this cannot be evaluated ({reason})", node.start, node.end)
        if value in _UNDEFINED or node.kind in ("pow", "call") and value.has(sp.zoo, sp.AccumBounds):
            self.fail("undefined", "this is undefined", node.start, node.end, "check for a division by zero or a pole")
        return value

    def too_large(self, node: Node, problem: str) -> None:
        self.fail("number-too-large", problem, node.start, node.end, f"the limit is {t.MAX_BITS * 3 // 10} digits")

    def all(self, nodes: Sequence[Node]) -> list[Any]:
        return [self.build(node) for node in nodes]

    def power(self, node: Node, base: Any, exponent: Any) -> Any:
        """base**exponent, if it is neither a division by zero nor too large."""
        problem = sizes.power_problem(base, exponent)
        if problem:
            self.too_large(node, problem)
        if base == 0 and exponent.is_Rational and exponent < 0:
            self.fail("division-by-zero", "division by zero", node.start, node.end)
        value = sp.Pow(base, exponent)
        for factor in sp.Mul.make_args(value):
            if factor.is_Pow and factor.exp.is_Rational and max(abs(int(factor.exp.p)), int(factor.exp.q)) > t.MAX_EXPONENT:
                self.fail("exponent-too-large", f"exponents may go up to {t.MAX_EXPONENT}", node.start, node.end)
        return value

    def root(self, node: Node, u: Any, n: Any) -> Any:
        """The real root for a literal odd index, as cbrt(-8) = -2; the principal power u^(1/n) otherwise."""
        if n.is_Integer and n.is_odd and not self.reading.complex:
            problem = sizes.power_problem(u, 1 / n)
            if problem or abs(n) > t.MAX_EXPONENT:
                self.too_large(node, problem or "the index of this root is too large")
            return real_root(u, int(n), lambda base, exponent: self.power(node, base, exponent))
        return self.power(node, u, self.power(node, n, sp.Integer(-1)))

    def condition(self, node: Node) -> Any:
        """A condition of a piecewise function, evaluated as far as SymPy can."""
        if node.kind == "rel":
            sides = self.all(node.args)
            for side, arg in zip(sides, node.args, strict=True):
                if sizes.exceeds(side, 10**400):
                    self.fail("number-too-large", "this is too large to compare", arg.start, arg.end)
            pairs = zip(node.value, sides, sides[1:], strict=False)
            return sp.And(*(_RELATIONS[sign](left, right) for sign, left, right in pairs))
        if node.kind == "bool":
            return self.build(node)
        return _LOGIC[node.kind](*map(self.condition, node.args))

    # --- leaves --------------------------------------------------------------------------------------------------

    def num(self, node: Node) -> Any:
        return sp.Rational(*node.value)

    def const(self, node: Node) -> Any:
        code, said = node.value
        return self.bound[said] if said in self.bound else _CONSTANTS[code]

    def boolean(self, node: Node) -> Any:
        return sp.true if node.value == "true" else sp.false

    def name(self, node: Node) -> Any:
        if node.value in self.bound:
            return self.bound[node.value]
        if "_" in node.value:
            return symbol(self.indexed(node), self.reading)
        return symbol(node.value, self.reading)

    def indexed(self, node: Node) -> str:
        """The name with the index variables of the sums around it replaced: x_k is x3 for k = 3, w_ij is w12."""
        base, *subs = re.split(r"_(?![^{]*\})", node.value)
        values = [self.subscript(node, sub.strip("{}")) for sub in subs]
        name = base
        for value in values:
            name += value if value.isdigit() and not name[-1].isdigit() else f"_{value}"
        return name

    def subscript(self, node: Node, sub: str) -> str:
        match = re.fullmatch(r"([A-Za-z]+)([+-]\d+)?", sub)
        inside = [k for k in self.bound if match and (k == match[1] or k in sub and set(match[1]) <= self.bound.keys())]
        if not inside:
            if re.search(r"[+-]", sub):
                problem = f"the subscript '{sub}' needs a sum over its letter"
                self.fail("subscript", problem, node.start, node.end, "write sum(x_{k+1}, k, 1, 3)")
            return sub
        assert match
        values = [self.bound[k] for k in ([match[1]] if match[1] in self.bound else match[1])]
        if not all(v.is_Integer for v in values):
            hint = "give numeric bounds, such as sum(x_k^2, k, 1, 3)"
            self.fail("subscript", f"'{node.value}' needs numeric bounds of the sum", node.start, node.end, hint)
        numbers = [int(v) + int(match[2] or 0) for v in values]
        if len(numbers) > 1 and not all(0 <= n < 10 for n in numbers):
            hint = "write w_{i,j} with a comma"
            self.fail("subscript", f"'{node.value}' with numbers of several digits is ambiguous", node.start, node.end, hint)
        if min(numbers) < 0:
            self.fail("subscript", f"'{node.value}' would have a negative subscript", node.start, node.end)
        return "".join(map(str, numbers))

    # --- operators -----------------------------------------------------------------------------------------------

    def neg(self, node: Node) -> Any:
        return -self.build(node.args[0])

    def inv(self, node: Node) -> Any:
        return self.power(node, self.build(node.args[0]), sp.Integer(-1))

    def pow(self, node: Node) -> Any:
        return self.power(node, *self.all(node.args))

    def sum(self, node: Node) -> Any:
        terms = self.all(node.args)
        problem = sizes.sum_problem(terms)
        if problem:
            self.too_large(node, problem)
        if terms[0].is_Matrix:
            return reduce(lambda a, b: a + b, terms)
        return sp.Add(*terms)  # one n-ary call is linear; adding pairwise is quadratic

    def prod(self, node: Node) -> Any:
        factors = self.all(node.args)
        problem = sizes.product_problem([f for f in factors if not f.is_Matrix])
        if problem:
            self.too_large(node, problem)
        if any(f.is_Matrix for f in factors):
            return reduce(lambda a, b: a * b, factors)
        return sp.Mul(*factors)

    def list(self, node: Node) -> Any:
        rows = self.all(node.args)
        return sp.ImmutableMatrix([list(row) for row in rows] if all(row.is_Matrix for row in rows) else rows)

    # --- calls ---------------------------------------------------------------------------------------------------

    def apply(self, node: Node) -> Any:
        name, orders = node.value
        applied = undefined_function(name, self.reading)(*self.all(node.args))
        return Primed(applied, orders) if orders else applied

    def call(self, node: Node) -> Any:
        if node.value == "hyper":
            upper, lower, x = node.args
            return FUNCTIONS["hyper"](self.all(upper.args), self.all(lower.args), self.build(x))
        args = self.all(node.args)
        for arg, part, cap in zip(args, node.args, t.FUNCTIONS[node.value].caps, strict=False):
            if cap and sizes.exceeds(arg, cap):
                problem = f"the argument of '{node.value}' is too large"
                self.fail("number-too-large", problem, part.start, part.end, f"the limit is {_said(cap)}")
        if node.value == "pow":
            return self.power(node, *args)
        if node.value == "sqrt":
            return self.power(node, args[0], sp.Rational(1, 2))
        if node.value == "cbrt":
            return self.root(node, args[0], sp.Integer(3))
        if node.value in ("root", "real_root"):
            return self.root(node, *args) if len(args) == 2 else self.root(node, args[0], sp.Integer(3))
        return FUNCTIONS[node.value](*args)

    def piecewise(self, node: Node) -> Any:
        pairs = len(node.args) // 2 * 2
        branches = [(self.build(v), self.condition(c)) for v, c in zip(node.args[:pairs:2], node.args[1:pairs:2], strict=True)]
        branches += [(self.build(last), sp.true) for last in node.args[pairs:]]
        return sp.Piecewise(*branches)

    def series(self, node: Node) -> Any:
        """A sum or product, written out when its bounds are numbers."""
        (kind, index), (body, *bounds) = node.value, node.args
        low, high = self.all(bounds)
        if low.is_Integer and high.is_Integer:
            return self.written_out(node, kind, index, range(int(low), int(high) + 1))
        k = symbol(index, self.reading)
        term = self.with_index(index, k, body)
        return (sp.Sum if kind == "sum" else sp.Product)(term, (k, low, high))

    def with_index(self, index: str, value: Any, body: Node) -> Any:
        outer = self.bound
        self.bound = outer | {index: value}
        try:
            return self.build(body)
        finally:
            self.bound = outer

    def written_out(self, node: Node, kind: str, index: str, values: range) -> Any:
        self.terms += len(values)
        if len(values) > t.MAX_TERMS or self.terms > 2 * t.MAX_TERMS:
            problem = f"a {'sum' if kind == 'sum' else 'product'} may have {t.MAX_TERMS} terms"
            self.fail("too-many-terms", problem, node.start, node.end, "write a letter as the bound")
        terms = [self.with_index(index, sp.Integer(k), node.args[0]) for k in values]
        problem_of, combine = (sizes.sum_problem, sp.Add) if kind == "sum" else (sizes.product_problem, sp.Mul)
        problem = problem_of(terms)
        if problem:
            self.too_large(node, problem)
        return combine(*terms)

    # --- conditions ----------------------------------------------------------------------------------------------

    def relation(self, node: Node) -> Any:
        """An equation or inequality as it was written; a < b < c holds two."""
        sides = self.all(node.args)
        pairs = zip(node.value, sides, sides[1:], strict=False)
        relations = [_RELATIONS[sign](left, right, evaluate=False) for sign, left, right in pairs]
        return relations[0] if len(relations) == 1 else sp.And(*relations, evaluate=False)

    def logical(self, node: Node) -> Any:
        return _LOGIC[node.kind](*self.all(node.args))


def _said(cap: int) -> str:
    return str(cap) if cap < 10**6 else f"10^{len(str(cap)) - 1}"


_LOGIC: Mapping[str, Callable[..., Any]] = {"and": sp.And, "or": sp.Or, "not": sp.Not}
_BUILD: Mapping[str, Callable[[Builder, Node], Any]] = {
    "num": Builder.num, "const": Builder.const, "bool": Builder.boolean, "name": Builder.name, "neg": Builder.neg, "inv": Builder.inv,
    "pow": Builder.pow, "sum": Builder.sum, "prod": Builder.prod, "list": Builder.list, "tuple": Builder.list, "apply": Builder.apply,
    "call": Builder.call, "piecewise": Builder.piecewise, "series": Builder.series, "rel": Builder.relation, "and": Builder.logical,
    "or": Builder.logical, "not": Builder.logical,
}  # fmt: skip

assert CONDITIONS <= _BUILD.keys()
