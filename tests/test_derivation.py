"""Derivations: every line is a true equation by numbers, the last one is the answer, each rule is called by its name."""

from __future__ import annotations

import json
import random
from itertools import pairwise

import pytest
from formulas import every_function, formula
from mpmath import mp
from sympy import Abs, Max, Mul, Piecewise, Symbol, asin, cos, log, sin, sqrt

from symcalc import diff, discover
from symcalc.calculus import rules
from symcalc.calculus.derivation import NAMES, derivation, first_derivation
from symcalc.calculus.fields import derivative
from symcalc.calculus.numeric import Evaluator, NoRealValue, NotEvaluable
from symcalc.calculus.rules import RULES, over
from symcalc.calculus.table import DERIVATIVES
from symcalc.errors import SymcalcError
from symcalc.notation import Diff
from symcalc.parse import DEFAULT, parse_expression
from symcalc.result import Page, Step

X = Symbol("x", real=True)
TOLERANCE = mp.mpf(10) ** -9


class Judge:
    """Values of lines at a point; a derivative that is not carried out is a finite difference of its function."""

    def __init__(self, point) -> None:
        self.point = point

    def __call__(self, line):
        heads = sorted(line.atoms(Diff), key=str)
        names = [Symbol(f"head_{i}", real=True) for i in range(len(heads))]
        values = {**self.point, **{name: self.slope(head) for name, head in zip(names, heads, strict=True)}}
        return Evaluator(values)(line.xreplace(dict(zip(heads, names, strict=True))))

    def slope(self, head):
        ((x, n),) = head.orders
        assert n == 1
        return mp.diff(lambda t: Evaluator({**self.point, x: t})(head.function), self.point[x])


def points(f, rng, count=6):
    names = sorted(f.free_symbols | {X}, key=str)
    for k in range(count):
        low, high = ((0.2, 0.9), (1.1, 3.0), (-2.0, 2.0))[k % 3]
        yield {s: mp.mpf(rng.uniform(low, high)) for s in names}


def disagreements(steps, rng) -> tuple[int, list[Step]]:
    """(comparisons made, steps that are no equations)."""
    known, wrong = 0, []
    for step in steps:
        for point in points(step.before, rng):
            try:
                with mp.workdps(30):
                    judge = Judge(point)
                    left, right = judge(step.before), judge(step.after)
            except (NoRealValue, NotEvaluable, KeyError):
                continue
            known += 1
            if abs(left - right) > TOLERANCE * (1 + abs(left)):
                wrong.append(step)
                break
    return known, wrong


def is_one_chain(steps, f, answer) -> bool:
    joined = all(a.after == b.before for a, b in pairwise(steps))
    return joined and steps[0].before == Diff(f, (X, 1)) and steps[-1].after == answer


def with_parts(steps):
    for step in steps:
        yield step
        yield from with_parts(step.substeps)


def judged(texts, kind="lines") -> tuple[int, int]:
    """(derivations, comparisons); fails on the first line that is wrong, or part of one."""
    rng, found, compared = random.Random(2), 0, 0
    for text in texts:
        try:
            f = parse_expression(text).value
            answer = derivative(f, [(X, 1)])
        except SymcalcError:
            continue
        if not f.has(X):
            continue
        steps = first_derivation(f, X, answer, kind)
        assert is_one_chain(steps, f, answer), text
        assert not steps[-1].after.has(Diff)
        known, wrong = disagreements(with_parts(steps), rng)
        assert wrong == [], text
        found, compared = found + 1, compared + known
    return found, compared


def test_every_line_of_random_derivations_is_an_equation():
    rng = random.Random(11)
    found, compared = judged(formula(rng, rng.randint(1, 4)) for _ in range(150))
    assert found > 100
    assert compared > 600


@pytest.mark.parametrize("kind", ["full", "tree"])
def test_every_line_and_part_of_the_other_kinds_is_an_equation(kind):
    rng = random.Random(12)
    found, compared = judged((formula(rng, rng.randint(1, 4)) for _ in range(60)), kind)
    assert found > 35
    assert compared > 200


def test_nothing_is_folded_in_a_full_derivation():
    """Every rule stands on a line of its own, also those that the lines fold."""
    rules_said = [s.rule for s in first_derivation(3 * X**2 + 5 * X - 1, X, 6 * X + 5, "full")]
    assert rules_said == ["term by term", "constant rule, constant multiple", "identity, power rule", "identity"]


def test_a_tree_holds_the_parts_of_each_rule():
    (root,) = first_derivation(X**2 * sin(X**3), X, derivative(X**2 * sin(X**3), [(X, 1)]), "tree")[:1]
    assert (root.rule, [part.rule for part in root.substeps]) == ("product rule", ["power rule", "chain rule"])
    assert [part.rule for part in root.substeps[1].substeps] == ["power rule"]


def test_every_line_for_every_function_of_the_language():
    found, compared = judged(every_function()[::2])
    assert found > 100
    assert compared > 400


def test_the_judge_sees_a_wrong_line():
    steps = first_derivation(X**2, X, 2 * X)
    wrong = [Step("power rule", steps[0].before, 3 * X)]
    assert disagreements(steps, random.Random(1))[1] == []
    assert disagreements(wrong, random.Random(1))[1] == wrong


BUGS = {
    "sum rule forgets a term": (rules.sum_rule, lambda f, x, d: d(f.args[0]) if f.is_Add else None, "sin(x) + exp(x)"),
    "constant factor is lost": (
        rules.power_rule,
        lambda f, x, d: f.base ** (f.exp - 1) * d(f.base) if f.is_Pow else None,
        "sin(x)^3",
    ),
    "exponent does not drop": (
        rules.power_rule,
        lambda f, x, d: f.exp * f.base**f.exp * d(f.base) if f.is_Pow else None,
        "sin(x)^3",
    ),
    "inner derivative is forgotten": (
        rules.power_rule,
        lambda f, x, d: f.exp * f.base ** (f.exp - 1) if f.is_Pow else None,
        "(x^2+1)^3",
    ),
    "quotient rule with a plus": (
        rules.quotient_rule,
        lambda f, x, d: (d(over(f)[0]) * over(f)[1] + over(f)[0] * d(over(f)[1])) / over(f)[1] ** 2 if over(f)[1] != 1 else None,
        "sin(x)/(1+x)",
    ),
    "quotient rule without the square": (
        rules.quotient_rule,
        lambda f, x, d: (d(over(f)[0]) * over(f)[1] - over(f)[0] * d(over(f)[1])) / over(f)[1] if over(f)[1] != 1 else None,
        "sin(x)/(1+x)",
    ),
    "reciprocal rule with a plus": (
        rules.reciprocal_rule,
        lambda f, x, d: d(1 / f) * f**2 if over(f)[1] != 1 else None,
        "1/(1+x^2)",
    ),
    "product of the derivatives": (rules.product_rule, lambda f, x, d: Mul(*map(d, f.args)) if f.is_Mul else None, "x^2*sin(x)"),
    "exponential without its logarithm": (rules.exponential, lambda f, x, d: f * d(f.exp) if f.is_Pow else None, "2^(x^2)"),
    "|u| without the sign": (rules.absolute_value, lambda f, x, d: d(f.args[0]) if isinstance(f, Abs) else None, "|x^3-x|"),
    "the first argument wins": (rules.maximum, lambda f, x, d: d(f.args[0]) if isinstance(f, Max) else None, "max(x^2, x^3)"),
    "the first piece everywhere": (
        rules.piecewise,
        lambda f, x, d: d(f.args[0][0]) if isinstance(f, Piecewise) else None,
        "x^2 if x > 1 else sin(x)",
    ),
    "cosine without the minus": (cos, lambda u: (sin(u),), "cos(x^2)"),
    "logarithm as itself": (log, lambda u: (log(u),), "log(x^2+1)"),
    "arcsine of the wrong sign": (asin, lambda u: (1 / sqrt(1 + u**2),), "asin(x/4)"),
}
"""A deliberate mistake in a rule or a row of the table, and a formula whose derivation uses it."""


@pytest.mark.parametrize("name", BUGS)
def test_a_mistake_in_a_rule_is_caught(name, monkeypatch):
    right, wrong, text = BUGS[name]
    f = parse_expression(text, DEFAULT, ("x",)).value
    assert disagreements(first_derivation(f, X, derivative(f, [(X, 1)])), random.Random(5))[1] == []
    if right in DERIVATIVES:
        monkeypatch.setitem(DERIVATIVES, right, wrong)
    else:
        for module in ("derive", "derivation"):
            monkeypatch.setattr(f"symcalc.calculus.{module}.RULES", tuple(wrong if rule is right else rule for rule in RULES))
        monkeypatch.setitem(NAMES, wrong, "a mistake")
    known, lines = disagreements(first_derivation(f, X, derivative(f, [(X, 1)])), random.Random(5))
    assert known > 0
    assert lines != []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("7", ["constant rule"]),
        ("x", ["identity"]),
        ("x^3 - 1/x", ["term by term"]),
        ("x^5", ["power rule"]),
        ("x^2*sin(x)", ["product rule", "power rule, standard derivative"]),
        ("sin(x)*cos(x)*e^x", ["product rule", "standard derivative", "simplify"]),
        ("x/(1+x)", ["quotient rule", "term by term"]),
        ("1/sin(x)", ["chain rule", "standard derivative"]),
        ("sin(x^2)", ["chain rule", "power rule"]),
        ("(x^2+1)^7", ["chain rule", "term by term"]),
        ("2^x", ["exponential rule"]),
        ("2^(x^2)", ["chain rule", "power rule"]),
        ("x^x", ["write u^v as e^(v·ln u)", "product rule", "standard derivative"]),
        ("|x|", ["absolute value"]),
        ("max(x, x^2)", ["case by case", "power rule"]),
        ("x^2 if x > 0 else sin(x)", ["case by case", "power rule, standard derivative"]),
        ("f(x)", ["definition of f'"]),
        ("f(x^3)", ["chain rule", "power rule"]),
        ("1/(1+exp(-x))", ["recognise the sigmoid σ", "standard derivative"]),
        ("sum(x^k, k, 1, n)", ["term by term", "power rule"]),
        ("sqrt(x^2+1)", ["chain rule", "term by term"]),
    ],
)
def test_the_rules_are_called_by_their_names(text, names):
    f = parse_expression(text).value
    steps = first_derivation(f, X, derivative(f, [(X, 1)]))
    assert [step.rule for step in steps] == names


def test_every_rule_has_a_name_and_a_sentence():
    assert set(NAMES) == set(RULES)
    assert all(rule.__doc__ and rule.__doc__.rstrip().endswith((".", "'")) for rule in RULES)


def test_inner_functions_get_letters_of_their_own():
    steps = diff("sin(cos(u*x^2))^3", "x", steps=True).steps
    named = [pair for step in steps for pair in step.where]
    letters = [str(letter) for letter, _ in named]
    assert len(set(letters)) == len(letters) == 3
    assert "u" not in letters


def test_higher_derivatives_are_one_derivation_after_the_other():
    result = diff("x*exp(x)", order=3, steps=True)
    starts = [s for a, s in zip([None, *result.steps], result.steps, strict=False) if a is None or a.after != s.before]
    assert len(starts) == 3
    assert result.steps[-1].after == result.answer.value
    assert disagreements(result.steps, random.Random(3))[1] == []


def test_a_very_long_derivation_says_what_it_leaves_out(monkeypatch):
    monkeypatch.setattr("symcalc.calculus.derivation.MOST_LINES", 3)
    f = parse_expression("sin(sin(sin(sin(sin(x)))))").value
    steps = first_derivation(f, X, derivative(f, [(X, 1)]))
    assert [step.rule for step in steps] == ["chain rule"] * 3 + ["further lines left out"]
    assert disagreements(steps, random.Random(4))[1] == []


@pytest.mark.parametrize("text", ["x^2*sin(x)", "1/(1+exp(-(w*x+b)))", "ln(1+exp(w*x+b))", "x*sigmoid(x)"])
@pytest.mark.parametrize("name", ["plain", "unicode"])
def test_the_last_line_is_the_printed_answer_character_by_character(text, name):
    result = diff(text, "x", steps=True)
    *_, last, answer = discover.load("formats", name).render(result, Page()).split("\n")
    assert last.removeprefix("= ").partition("  # ")[0] == answer
    found = json.loads(discover.load("formats", "json").render(result, Page()))
    assert found["steps"][-1]["after"] == found["answer"]["plain"]


def test_without_the_option_there_are_none():
    assert diff("x^2").steps == ()
    assert derivation(X**2, [(X, 1)], 2 * X) != ()
