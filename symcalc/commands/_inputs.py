"""What several commands need: the variables meant, and facts that belong to every derivative."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sympy import Expr, Float, Function, Symbol, Tuple

from symcalc.calculus.conditions import KINKED, validity
from symcalc.calculus.entries import holding, range_of
from symcalc.calculus.subexpressions import heads
from symcalc.errors import SymcalcError, wrong_value
from symcalc.notation import Entry, natural_order, sigmoid
from symcalc.parse import Reading, parse_variables, valued_names
from symcalc.result import Fact, Source, Step


def names_in(words: Iterable[str | None], at: str | None = None) -> tuple[str, ...]:
    """The variable names in words such as "x", "x,y" or "x y", and those of several letters that a point gives a value."""
    return (*(n for word in words if word for n in word.replace(",", " ").split()), *valued_names(at or ""))


def several(words: Sequence[str | None], source: Source, reading: Reading) -> tuple[Symbol, ...]:
    """The variables asked for, or the arguments of a definition f(x, y) = ..., or all free names in natural order.

    Raises SymcalcError when there is none, or a name is given twice."""
    spoken = [w for w in words if w] or source.params
    if names_in(spoken):
        chosen = parse_variables(spoken, reading)
        twice = next((x for i, x in enumerate(chosen) if x in chosen[:i]), None)
        if twice is not None:
            raise SymcalcError("usage", f"the variable {twice} is given twice", code="duplicate-variable")
        return chosen
    found = natural_order(source.value.free_symbols)
    if not found:
        raise SymcalcError("usage", "there is no variable in it", code="no-variable", hint="name the variables after the formula")
    return found


def single(word: str | None, source: Source, reading: Reading) -> Symbol:
    """The one variable asked for, or the one argument of a definition f(x) = ..., or the only free name (x for a constant).

    Raises SymcalcError listing them when there are several."""
    spoken = [word] if word else source.params if len(source.params) == 1 else ()
    if spoken:
        chosen = parse_variables(spoken, reading)
        if len(chosen) != 1:
            raise SymcalcError(
                "usage", "one variable is needed", code="too-many-variables", hint="use partial or grad for several variables"
            )
        return chosen[0]
    found = natural_order(source.value.free_symbols)
    if len(found) > 1:
        listed = ", ".join(map(str, found))
        raise SymcalcError(
            "usage",
            f"which variable? The formula has {listed}",
            code="ambiguous-variable",
            hint=f"name one after the formula, for example {found[-1]}; or use grad for all",
        )
    return found[0] if found else Symbol("x", real=not reading.complex or None)


def absent(variables: Iterable[Symbol], values: Sequence[Any]) -> tuple[str, ...]:
    """A note for each variable that does not occur."""
    variables = tuple(variables)
    present = set().union(*(holding(v, variables).free_symbols for v in values))
    return tuple(
        f"{x} does not occur in the formula, so its derivative is 0" for x in dict.fromkeys(variables) if x not in present
    )


def where(source: Any, *answers: Any) -> tuple[Fact, ...]:
    """The definition of σ when an answer uses it and the input did not."""
    if not any(sigmoid in heads(a) for a in answers) or sigmoid in heads(source):
        return ()
    u = Symbol("u", real=True)
    return (Fact("where", sigmoid(u).definition(), of=sigmoid(u)),)


def valid_where(f: Any, variables: Sequence[Symbol]) -> tuple[Fact, ...]:
    """The conditions under which the derivative holds, for |u|, sign, floor and the like."""
    if not heads(f) & {*KINKED, Entry}:
        return ()
    return tuple(Fact("valid where", condition) for condition in (*validity(f, variables), *range_of(f, variables)))


def named(source: Source, variables: Sequence[Symbol], name: str = "f") -> Fact:
    """f(x, y) = ..., shown before values at a point."""
    return Fact("function", source.value, of=Function(name)(*variables), lead=True)


def decimals(value: Any, digits: int | None) -> Any:
    """The value with every number in it given to so many correct digits; unchanged without `digits`."""
    if digits is None:
        return value
    if getattr(value, "is_Matrix", False):
        return value.applyfunc(lambda e: decimals(e, digits))
    if isinstance(value, Tuple):
        return Tuple(*(decimals(v, digits) for v in value))
    if value.is_number:
        return value if value.is_Integer else _rounded(value, digits)
    return value.xreplace({c: _rounded(c, digits) for c in value.atoms() if c.is_number and not c.is_Integer})


def rounded(fact: Fact, digits: int | None) -> Fact:
    """The fact with its numbers given to so many correct digits; it is then an approximation, unless nothing changed."""
    value = decimals(fact.value, digits)
    return fact if value == fact.value else dataclasses.replace(fact, value=value, relation="≈")


def _rounded(number: Expr, digits: int) -> Any:
    real = number.evalf(digits, maxn=20000, strict=True)
    return Float(real, digits) if real.is_Float else real


def pairs(point: Mapping[Symbol, Expr], variables: Sequence[Symbol]) -> list[tuple[Symbol, Expr]]:
    """The point as (variable, value) pairs in the order of the variables."""
    return [(x, point[x]) for x in variables if x in point]


def required(option: str, value: str | None, example: str) -> str:
    """The value of an option that must be given. Raises SymcalcError("usage")."""
    if value is None:
        raise SymcalcError(
            "usage", f"the option {option} is needed", code="missing-option", hint=f"for example {option} {example}"
        )
    return value


def one_of(option: str, value: str, choices: Sequence[str]) -> str:
    """The value of an option that has a closed list. Raises SymcalcError("usage")."""
    if value not in choices:
        raise wrong_value(option, value, choices)
    return value


def refuse_value(text: str | None) -> None:
    """Raise SymcalcError("usage") for a --value without a point."""
    if text is not None:
        raise SymcalcError("usage", "--value is about a point", code="option-value", hint="name it with --at")


def steps_of(f: Expr, orders: Sequence[tuple[Symbol, int]], answer: Expr, kind: str | None) -> tuple[Step, ...]:
    """The derivation of a derivative, none where no kind of steps is asked for; only then is it imported."""
    if not kind:
        return ()
    from symcalc.calculus.derivation import derivation

    return derivation(f, orders, answer, kind)
