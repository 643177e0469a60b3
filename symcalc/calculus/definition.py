"""A derivative from first principles: the limit of the difference quotient, line by line.

Each difference quotient has a plan, which takes it to its limit: binomial theorem for powers, common denominator for
quotients, rationalising for roots, addition formulas for sin, cos, exp and their kin (Spivak, Calculus, chapter 9; Courant
and John, Introduction to Calculus and Analysis I, section 2.8). Sums and products are split into the quotients of their parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp
from sympy import Add, Expr, Integer, Mul, Pow, S, Symbol

from symcalc.errors import SymcalcError
from symcalc.notation import Diff, Lim, OrderedProduct, OrderedSum, RealRoot, Remainder
from symcalc.result import Step

Line = tuple[str, Expr]
Plan = Iterator[Line]
"""Rules with what each makes of the limit: another limit, which the plan goes on with, or an expression without it."""

INCREMENTS = ("h", "k", "d", "s", "t")
MAX_DEGREE = 8
"""Higher powers are not multiplied out: (x + h)^n = x^n + n·h·x^(n-1) + O(h²) is enough."""
MAX_ROOT = 5
ZERO = "let {h} → 0"


def first_principles(f: Expr, x: Symbol, answer: Expr) -> tuple[Step, ...]:
    """The lines from df/dx to the answer by the definition of the derivative.

    Raises SymcalcError("no") naming the part of f for which there is no such derivation.
    """
    return _Quotients(f, x).steps(f, answer)


class _Quotients:
    """The difference quotients on the way, each with its plan."""

    def __init__(self, f: Expr, x: Symbol) -> None:
        taken = {s.name for s in f.free_symbols}
        self.x, self.h = x, Symbol(next(n for n in (*INCREMENTS, "increment") if n not in taken), real=True)
        self.plans: dict[Expr, Plan] = {}

    def steps(self, f: Expr, answer: Expr) -> tuple[Step, ...]:
        now: Expr = Diff(f, (self.x, Integer(1)))
        after = self.quotient(f) if f.has(self.x) else self._constant(f)
        steps = [Step("definition", now, after)]
        now = after
        while heads := sorted((e for e in now.atoms(Lim) if e in self.plans), key=lambda e: e.sort_key()):
            advanced = {head: next(self.plans[head]) for head in heads}
            for head, (_, after) in advanced.items():
                plan = self.plans.pop(head)
                if isinstance(after, Lim) and after not in self.plans:
                    self.plans[after] = plan
            after = now.xreplace({head: line for head, (_, line) in advanced.items()})
            after = after if after.has(Lim) else after.doit()
            rules = dict.fromkeys(rule for rule, _ in advanced.values())
            steps.append(Step(", ".join(rules), now, after))
            now = after
        if now != answer:
            steps.append(Step("simplify", now, answer))
        return tuple(steps)

    # --- quotients ---

    def at(self, f: Expr) -> Expr:
        """f(x + h), in the order of the powers of x, with x + h kept together."""
        if f == self.x:
            return OrderedSum(self.x, self.h)
        if not f.has(self.x):
            return f
        if not f.is_Add:
            return f.func(*map(self.at, f.args))
        parts = [self.at(term) for term in sorted(f.args, key=self._degree, reverse=True)]
        return OrderedSum(*(a for part in parts for a in (part.args if isinstance(part, OrderedSum) else (part,))))

    def _degree(self, term: Expr) -> Any:
        return sp.degree(term, self.x) if term.is_polynomial(self.x) else S.NegativeOne

    def change(self, f: Expr) -> Expr:
        """f(x + h) - f(x)."""
        moved = self.at(f)
        return OrderedSum(
            *(moved.args if isinstance(moved, OrderedSum) else (moved,)), Mul(S.NegativeOne, f, evaluate=not f.is_Add)
        )

    def limit(self, e: Expr) -> Expr:
        return Lim(e, self.h, S.Zero)

    def quotient(self, f: Expr) -> Expr:
        """The limit of (f(x + h) - f(x))/h, with its plan."""
        if not f.has(self.x):
            return S.Zero
        head = self.limit(self.change(f) / self.h)
        self.plans[head] = self._plan(f)
        return head

    def _plan(self, f: Expr) -> Plan:
        x = self.x
        if f.is_polynomial(x) and sp.degree(f, x) <= MAX_DEGREE:
            return self._polynomial(f)
        if f.is_Add:
            return self._sum(f)
        constant, rest = f.as_independent(x, as_Add=False) if f.is_Mul else (S.One, f)
        if constant is not S.One:
            return self._multiple(constant, rest)
        above, below = sp.fraction(sp.together(f))
        if all(p.is_polynomial(x) and sp.degree(p, x) <= MAX_DEGREE // 2 for p in (above, below)):
            return self._rational(above, below)
        if f.is_Mul:
            return self._product(f)
        if f.is_Pow and not isinstance(f, sp.exp):
            return self._power(f, f.base, f.exp)
        if isinstance(f, RealRoot) and f.args[0].is_polynomial(x) and f.args[1] <= MAX_ROOT:
            return self._root(f, f.args[0], int(f.args[1]), lambda u: f.func(u, f.args[1]))
        plan = PLANS.get(f.func)
        if plan is None:
            raise self._none(f)
        return plan(self, f, f.args[0], self._linear(f.args[0], f))

    def _none(self, f: Expr) -> SymcalcError:
        return SymcalcError(
            "no",
            f"there is no derivation from first principles for {f}",
            code="no-derivation",
            hint="--steps derives it by the rules of differentiation",
        )

    def _linear(self, u: Expr, f: Expr) -> Expr:
        """The slope of an inside that is linear."""
        if not u.is_polynomial(self.x) or sp.degree(u, self.x) != 1:
            raise self._none(f)
        return sp.diff(u, self.x)

    # --- plans ---

    def _constant(self, f: Expr) -> Expr:
        head = self.limit(self.change(f) / self.h)
        self.plans[head] = iter([("the numerator is zero", S.Zero)])
        return head

    def _sum(self, f: Expr) -> Plan:
        plain = Add(*(t for t in f.args if t.is_polynomial(self.x) and sp.degree(t, self.x) <= MAX_DEGREE))
        parts = [p for p in (plain, *(t for t in f.args if t not in Add.make_args(plain))) if p.has(self.x)]
        yield "limit of a sum", Add(*map(self.quotient, parts))

    def _multiple(self, constant: Expr, rest: Expr) -> Plan:
        yield "constant factor", constant * self.quotient(rest)

    def _product(self, f: Expr) -> Plan:
        """f(x + h)·g(x + h) - f·g = f(x + h)·(g(x + h) - g) + g·(f(x + h) - f)."""
        u, v = f.args[0], Mul(*f.args[1:])
        first = OrderedProduct(self.at(u), self.change(v) / self.h)
        yield "add and subtract a product", self.limit(OrderedSum(first, OrderedProduct(v, self.change(u) / self.h)))
        yield "limit of a product", u * self.quotient(v) + v * self.quotient(u)

    def _polynomial(self, f: Expr) -> Plan:
        x, h = self.x, self.h
        moved = sp.Poly(f.xreplace({x: x + h}), h)
        expanded = [t for (k,), c in reversed(moved.terms()) for t in self._falling(sp.expand(c * h**k))]
        if any(t.is_Pow or t.is_Mul for t in Add.make_args(f)):
            rule = "binomial theorem" if sp.degree(f, x) > 1 else "multiply out"
            yield rule, self.limit(OrderedSum(*expanded, *(-t for t in self._falling(sp.expand(f)))) / h)
        yield from self._cancelled(sp.expand(f.xreplace({x: x + h}) - f), S.One)

    def _falling(self, e: Expr) -> list[Expr]:
        return sorted(Add.make_args(e), key=self._degree, reverse=True)

    def _cancelled(self, above: Expr, below: Expr) -> Plan:
        """From a numerator in which only terms with h are left: cancel h, let h → 0."""
        h = self.h
        rest = sp.expand(sp.cancel(above / h)) if above.is_polynomial(h) else above / h
        bottom = h if below is S.One else OrderedProduct(h, *below.args)
        yield f"what has no {h} cancels", self.limit(OrderedSum(*self._rising(above)) / bottom)
        if not rest.has(h) and not below.has(h):
            yield f"cancel {h}", rest / below
            return
        terms = self._rising(rest)
        yield f"cancel {h}", self.limit((OrderedSum(*terms) if len(terms) > 1 else rest) / below)
        yield ZERO.format(h=h), (rest / below).doit().xreplace({h: S.Zero}).doit()

    def _rising(self, e: Expr) -> list[Expr]:
        return sorted(Add.make_args(e), key=lambda t: sp.degree(t, self.h))

    def _rational(self, above: Expr, below: Expr) -> Plan:
        x, h = self.x, self.h
        p, q = self.at(above), self.at(below)
        bottom = OrderedProduct(q, below)
        numerator = OrderedSum(OrderedProduct(p, below) if p != 1 else below, -OrderedProduct(above, q) if above != 1 else -q)
        yield "common denominator", self.limit(numerator / OrderedProduct(h, *bottom.args))
        moved = {self.x: x + h}
        difference = sp.expand(above.xreplace(moved) * below - above * below.xreplace(moved))
        yield from self._cancelled(difference, OrderedProduct(*bottom.args))

    def _power(self, f: Expr, base: Expr, n: Expr) -> Plan:
        x, _h = self.x, self.h
        if n.has(x):
            if base.has(x):
                raise self._none(f)
            return self._exponential(f, n, self._linear(n, f) * sp.log(base), base)
        if n.is_Rational and n.q <= MAX_ROOT and abs(n.p) == 1 and base.is_polynomial(x):
            root = lambda u: Pow(u, sp.Rational(1, n.q))  # noqa: E731
            return self._root(f, base, n.q, root) if n.p > 0 else self._reciprocal(f, 1 / f)
        if base != x:
            raise self._none(f)
        return self._symbolic_power(n)

    def _reciprocal(self, f: Expr, g: Expr) -> Plan:
        """1/g(x + h) - 1/g = -(g(x + h) - g)/(g(x + h)·g)."""
        yield "common denominator", self.limit(OrderedSum(g, -self.at(g)) / OrderedProduct(self.h, self.at(g), g))
        yield "limit of a product", OrderedProduct(-1 / g**2, self.quotient(g))

    def _symbolic_power(self, n: Expr) -> Plan:
        x, h = self.x, self.h
        rest = Remainder([h], [S.Zero], 2)
        yield "binomial theorem", self.limit(OrderedSum(x**n, n * h * x ** (n - 1), rest, -(x**n)) / h)
        yield f"what has no {h} cancels", self.limit(OrderedSum(n * h * x ** (n - 1), rest) / h)
        yield f"cancel {h}", self.limit(OrderedSum(n * x ** (n - 1), Remainder([h], [S.Zero], 1)))
        yield ZERO.format(h=h), n * x ** (n - 1)

    def _root(self, f: Expr, u: Expr, q: int, root: Callable[[Expr], Expr]) -> Plan:
        """aᵠ - bᵠ = (a - b)·(aᵠ⁻¹ + aᵠ⁻²·b + … + bᵠ⁻¹) for a, b the roots of u(x + h) and u(x)."""
        moved = self.at(u)
        a, b = root(moved), f
        conjugate = OrderedSum(*(Mul(a ** (q - 1 - i), b**i) for i in range(q)))
        yield "rationalise", self.limit(self.change(u) / OrderedProduct(self.h, conjugate))
        difference = sp.expand(u.xreplace({self.x: self.x + self.h}) - u)
        rest = sp.expand(sp.cancel(difference / self.h))
        yield (
            f"what has no {self.h} cancels",
            self.limit(OrderedSum(*self._rising(difference)) / OrderedProduct(self.h, conjugate)),
        )
        yield f"cancel {self.h}", self.limit(rest / conjugate)
        yield ZERO.format(h=self.h), rest.xreplace({self.h: S.Zero}) / (q * b ** (q - 1))

    def _sine_like(self, f: Expr, u: Expr, a: Expr) -> Plan:
        """sin(u + ah) = sin(u)·cos(ah) + cos(u)·sin(ah), and the same for cos, sinh and cosh with their signs."""
        own, other, sign, even, odd = ADDITION[f.func]
        h, k = self.h, a * self.h
        formula = OrderedSum(OrderedProduct(own(u), even(k)), sign * OrderedProduct(other(u), odd(k)), -f)
        yield "addition formula", self.limit(formula / h)
        first, second = self._known((even(k) - 1) / h, S.Zero), self._known(odd(k) / h, a)
        yield f"sort by what holds {h}", own(u) * first + sign * other(u) * second

    def _exponential(self, f: Expr, u: Expr, slope: Expr, base: Expr = S.Exp1) -> Plan:
        step = sp.expand(u.xreplace({self.x: self.x + self.h}) - u)
        power = sp.exp(step) if base is S.Exp1 else Pow(base, step)
        yield "addition formula", self.limit(OrderedSum(OrderedProduct(f, power), -f) / self.h)
        yield f"sort by what holds {self.h}", f * self._known((power - 1) / self.h, slope)

    def _exp(self, f: Expr, u: Expr, slope: Expr) -> Plan:
        return self._exponential(f, u, slope)

    def _logarithm(self, f: Expr, u: Expr, slope: Expr) -> Plan:
        """ln(u + ah) - ln(u) = ln(1 + ah/u)."""
        inside = slope * self.h / u
        yield "difference of logarithms", self.limit(sp.log(1 + inside) / self.h)
        yield f"ln(1 + v)/v → 1 for v = {inside}", slope / u

    def _tangent(self, f: Expr, u: Expr, slope: Expr) -> Plan:
        """tan(v) - tan(u) = sin(v - u)/(cos(v)·cos(u))."""
        moved = self.at(u)
        bottom = OrderedProduct(self.h, sp.cos(moved), sp.cos(u))
        yield "difference of tangents", self.limit(sp.sin(slope * self.h) / bottom)
        known = self._known(sp.sin(slope * self.h) / self.h, slope)
        yield "limit of a product", OrderedProduct(1 / sp.cos(u) ** 2, known)

    def _known(self, e: Expr, value: Expr) -> Expr:
        """A limit that is known."""
        head = self.limit(e)
        self.plans[head] = iter([("known limits", value)])
        return head


ADDITION: dict[Any, tuple[Any, Any, int, Any, Any]] = {
    sp.sin: (sp.sin, sp.cos, 1, sp.cos, sp.sin),
    sp.cos: (sp.cos, sp.sin, -1, sp.cos, sp.sin),
    sp.sinh: (sp.sinh, sp.cosh, 1, sp.cosh, sp.sinh),
    sp.cosh: (sp.cosh, sp.sinh, 1, sp.cosh, sp.sinh),
}
"""F -> F, G, the sign s and C, S with F(u + v) = F(u)·C(v) + s·G(u)·S(v)."""

PLANS: dict[Any, Callable[..., Plan]] = {
    **dict.fromkeys(ADDITION, _Quotients._sine_like),
    sp.exp: _Quotients._exp,
    sp.log: _Quotients._logarithm,
    sp.tan: _Quotients._tangent,
}
