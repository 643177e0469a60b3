"""A rule of differentiation: its sentence and a worked example; without a name the list of all rules.

symcalc explain "quotient rule"
symcalc explain
"""

from __future__ import annotations

import dataclasses

from sympy import Symbol

from symcalc.calculus.derivation import derivation
from symcalc.calculus.fields import derivative
from symcalc.calculus.rulebook import rulebook, synonyms
from symcalc.commands._implicit import implicit_diff
from symcalc.errors import wrong_value
from symcalc.options import Topic
from symcalc.parse import DEFAULT, Reading, parse_expression
from symcalc.result import Claim, Fact, Result


def explain(topic: Topic = None, *, reading: Reading = DEFAULT) -> Result:
    """The sentence of the rule as text, with the derivation of an example; or all names with their sentences.

    Raises SymcalcError("usage") for a name that no rule has.
    """
    book = rulebook()
    if topic is None:
        widest = max(map(len, book)) + 3
        return Result(Fact("rules", "\n".join(f"{name:<{widest}}{sentence}" for name, (sentence, _) in book.items())))
    name = " ".join(topic.lower().split()).removesuffix(" σ")
    name = name if name in book else synonyms().get(name, f"{name} rule" if f"{name} rule" in book else name)
    if name not in book:
        raise wrong_value("the rule", topic, list(book))
    sentence, example = book[name]
    if "=" in example:
        return dataclasses.replace(implicit_diff(example, "x", "y", steps="lines"), answer=Fact(name, sentence))
    source = parse_expression(example, DEFAULT, ("x",))
    x = Symbol("x", real=True)
    value = derivative(source.value, [(x, 1)])
    claim = Claim("derivative", source.value, value, orders=((x, 1),))
    steps = derivation(source.value, [(x, 1)], value)
    return Result(Fact(name, sentence), (), steps, (), (source,), (x,), (claim,))
