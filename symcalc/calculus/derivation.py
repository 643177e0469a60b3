"""A derivative found line by line, as on paper: the whole expression on every line, one layer of rules a line.

The rules are those of `derive`; here they are given an unevaluated head for the derivative of a part, so that every line is
an equation. Constants and plain powers of the variable are differentiated at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import Any

from sympy import Add, Expr, Integer, Mul, S, Symbol, log

from symcalc.calculus import rules
from symcalc.calculus.derive import derive, differentiate
from symcalc.calculus.entries import holding, released
from symcalc.calculus.fields import derivative
from symcalc.calculus.logistic import recognise_sigmoid
from symcalc.calculus.rules import RULES
from symcalc.notation import Diff, HoldingSum
from symcalc.result import Step

NAMES: dict[Callable[..., Any], str] = {
    rules.constant: "constant rule",
    rules.identity: "identity",
    rules.sum_rule: "term by term",
    rules.constant_multiple: "constant multiple",
    rules.quotient_rule: "quotient rule",
    rules.reciprocal_rule: "reciprocal rule",
    rules.product_rule: "product rule",
    rules.root_rule: "root rule",
    rules.power_rule: "power rule",
    rules.exponential: "exponential rule",
    rules.general_power: "write u^v as e^(v·ln u)",
    rules.absolute_value: "absolute value",
    rules.maximum: "case by case",
    rules.piecewise: "case by case",
    rules.sigma_sum: "term by term",
    rules.pi_product: "logarithmic derivative",
    rules.undefined_function: "definition of f'",
    rules.softplus_rule: "softplus rule",
    rules.standard_derivative: "standard derivative",
}
"""What each rule is called on a line."""

CHAINED = {
    rules.root_rule,
    rules.power_rule,
    rules.exponential,
    rules.standard_derivative,
    rules.reciprocal_rule,
    rules.absolute_value,
    rules.undefined_function,
}
"""Rules that become the chain rule when their inside is more than the variable."""
TRIVIAL = {rules.constant.__name__, rules.identity.__name__}
KINDS = ("lines", "full", "tree")
"""How a derivation is told: a layer of rules a line with plain terms folded; nothing folded; each rule above those of its
parts."""
LETTERS = "uvpqrstw" + ascii_lowercase
MOST_LINES = 60
"""Further lines of a derivation are left out, and it says so."""


@dataclass(slots=True)
class _Layer:
    """One layer of rules: what each part becomes, the names of the rules, and the inner functions that got a letter."""

    x: Symbol
    letters: dict[Expr, Symbol]
    free: Iterator[Symbol]
    folded: bool = True
    said: list[str] = field(default_factory=list)
    where: list[tuple[Symbol, Expr]] = field(default_factory=list)

    def of(self, f: Expr) -> Expr:
        """f' with the derivatives of its parts not carried out."""
        x = self.x
        if self.folded and is_plain(f, x):
            self._say(plain_name(f, x))
            return differentiate(f, x)
        c, rest = f.as_independent(x, as_Add=False) if self.folded and f.is_Mul else (S.One, f)
        if c is not S.One:
            return c * self.of(rest)
        for rule in RULES:
            after = self._general_power(f) if rule is rules.general_power else rule(f, x, self._part)
            if after is not None:
                self._name(rule, f)
                return after
        return differentiate(f, x)  # which says why there is none

    def _part(self, u: Expr) -> Expr:
        """The derivative of a part: at once where there is nothing to it."""
        if not self.folded:
            return Diff(u, (self.x, Integer(1)))
        if not u.has(self.x) or u == self.x:
            return differentiate(u, self.x)
        c, rest = u.as_independent(self.x, as_Add=False) if u.is_Mul else (S.One, u)
        return c * differentiate(rest, self.x) if rest == self.x else c * Diff(rest, (self.x, Integer(1)))

    def _general_power(self, f: Expr) -> Expr | None:
        if not (f.is_Pow and f.base.has(self.x) and f.exp.has(self.x)):
            return None
        return f * Diff(f.exp * log(f.base), (self.x, Integer(1)))

    def _name(self, rule: Callable[..., Any], f: Expr) -> None:
        if isinstance(f, HoldingSum):
            self._say(f"only one term holds {self.x}")
            return
        inner = inner_function(rule, f, self.x) if rule in CHAINED else self.x
        if inner == self.x:
            self._say(NAMES[rule])
            return
        if inner not in self.letters:
            self.letters[inner] = next(self.free)
        self._say("chain rule")
        if (self.letters[inner], inner) not in self.where:
            self.where.append((self.letters[inner], inner))

    def _say(self, name: str) -> None:
        self.said.append(name)

    def step(self, head: Diff) -> Step:
        """What the layer makes of one derivative that is not carried out."""
        begun = len(self.said)
        after = self.of(head.function)
        return Step(", ".join(dict.fromkeys(self.said[begun:])), head, after)


def plain_name(f: Expr, x: Symbol) -> str:
    """What is said of the derivative of a plain sum or term."""
    if f.is_Add:
        return "term by term"
    if not f.has(x):
        return NAMES[rules.constant]
    power = f.as_independent(x, as_Add=False)[1].as_base_exp()[1]
    if power == 1:
        return NAMES[rules.identity]
    return NAMES[rules.root_rule if power.is_Rational and power.p == 1 else rules.power_rule]


def inner_function(rule: Callable[..., Any], f: Expr, x: Symbol) -> Expr:
    """What the rule, one of CHAINED, takes for the inside of f; x where there is nothing to it."""
    if rule is rules.reciprocal_rule:
        return rules.over(f)[1]
    if f.is_Pow:
        return f.exp if rule is rules.exponential else f.base
    moving = [u for u in getattr(f, "applied", f).args if u.has(x)]
    return moving[0] if len(moving) == 1 else x


def is_plain(f: Expr, x: Symbol) -> bool:
    """Whether f is a sum of constants and constant multiples of powers of x, which nobody differentiates in steps."""
    return all(_is_monomial(term, x) for term in Add.make_args(f))


def _is_monomial(term: Expr, x: Symbol) -> bool:
    moving = [factor for factor in Mul.make_args(term) if factor.has(x)]
    return not moving or (len(moving) == 1 and moving[0].as_base_exp()[0] == x and moving[0].as_base_exp()[1].is_number)


def first_derivation(f: Expr, x: Symbol, answer: Expr, kind: str = "lines") -> tuple[Step, ...]:
    """The lines from df/dx to the answer; the last one brings what the rules gave into its tidy form. `kind` is one of KINDS.

    Every step is an equation between expressions in which Diff heads stand for derivatives not yet carried out.
    """
    f = holding(f, [x])
    taken = {s.name for s in f.free_symbols}
    letters: dict[Expr, Symbol] = {}
    free = (Symbol(name, real=True) for name in dict.fromkeys(LETTERS) if name not in taken)
    now: Expr = Diff(f, (x, Integer(1)))
    steps: list[Step] = []
    known = recognise_sigmoid(f)
    if known != f:
        steps.append(Step("recognise the sigmoid σ", now, Diff(known, (x, Integer(1)))))
        now = steps[-1].after
    if kind == "tree":
        steps.append(_nested(derive(known, x), x))
        now = steps[-1].after
    while heads := sorted(now.atoms(Diff), key=lambda d: d.sort_key()):
        layer = _Layer(x, letters, free, kind != "full")
        parts = [layer.step(head) for head in heads]
        after = now.xreplace({part.before: part.after for part in parts})
        below = tuple(parts) if now not in heads else ()
        steps.append(Step(", ".join(dict.fromkeys(layer.said)), now, after, substeps=below, where=tuple(layer.where)))
        now = after
        if len(steps) == MOST_LINES:
            return (*steps, Step("further lines left out", now, answer))
    if released(now) != answer:
        steps.append(Step("simplify", now, answer))
    return tuple(map(_released, steps)) if f.has(HoldingSum) else tuple(steps)


def _released(step: Step) -> Step:
    parts = tuple(map(_released, step.substeps))
    where = tuple((letter, released(inner)) for letter, inner in step.where)
    return dataclasses.replace(step, before=released(step.before), after=released(step.after), substeps=parts, where=where)


def _nested(step: Step, x: Symbol) -> Step:
    """A step of `derive` by the name of its rule, with those of its parts below it; plain parts have none."""
    f = step.before.function
    if is_plain(f, x):
        return dataclasses.replace(step, rule=plain_name(f, x), substeps=(), nested=True)
    rule = next(r for r in NAMES if r.__name__ == step.rule)
    inner = inner_function(rule, f, x) if rule in CHAINED else x
    parts = tuple(_nested(part, x) for part in dict.fromkeys(step.substeps) if part.rule not in TRIVIAL)
    return dataclasses.replace(step, rule=NAMES[rule] if inner == x else "chain rule", substeps=parts, nested=True)


def gradient_derivation(f: Expr, variables: Sequence[Symbol], entries: Iterable[Expr], kind: str = "lines") -> tuple[Step, ...]:
    """The derivations of the partial derivatives, whose tidy forms are the entries."""
    return tuple(step for x, g in zip(variables, entries, strict=True) for step in derivation(f, [(x, 1)], g, kind))


def derivation(f: Expr, orders: Sequence[tuple[Symbol, int]], answer: Expr, kind: str = "lines") -> tuple[Step, ...]:
    """The derivations of a higher or mixed derivative one after the other, each in the variable that comes next."""
    single = [(x, 1) for x, n in orders for _ in range(n)]
    steps: list[Step] = []
    for k, (x, _) in enumerate(single):
        last = k == len(single) - 1
        value = answer if last else derivative(f, [(x, 1)])
        steps += (
            first_derivation(f, x, value, kind)
            if holding(f, [x]).has(x)
            else [Step("constant rule", Diff(f, (x, Integer(1))), S.Zero)]
        )
        f = value
    return tuple(steps)
