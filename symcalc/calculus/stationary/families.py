"""Solution sets of positive dimension in words: their equations, a sample point, the value of the objective there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Integer

from symcalc import result
from symcalc.calculus.enclosure import enclose
from symcalc.calculus.stationary.candidates import Describer
from symcalc.calculus.stationary.situation import Level
from symcalc.calculus.stationary.solve import Family

LONGEST_EQUATION = 120


def describe_family(family: Family, describer: Describer) -> result.Family:
    """In words for example "all points with x = 0 are stationary, with the value 0; for example x = 0, y = 1"."""
    where = equations_of(family, describer)
    phrase: tuple[Any, ...] = ("all points with ", *where, " are stationary") if where else ("all points are stationary",)
    level = level_of(family, describer)
    if level is not None:
        phrase += (", with the value ", level.exact)
    samples = [candidate.point.at for sample in family.samples for candidate in describer.describe([sample])]
    if not samples:
        return result.Family((*phrase, "; no real point of it was found"), where)
    words = (*phrase, "; for example ", *_equations(samples[0].items()))
    return result.Family(words, where, None if level is None else level.exact, tuple(samples))


def level_of(family: Family, describer: Describer) -> Level | None:
    """The value of the objective on the family, when it is a constant and this is shown."""
    value = family.value_of(describer.prepare(describer.problem.objective))
    return None if value is None else Level(value, enclose(value, {}), equations_of(family, describer))


def equations_of(family: Family, describer: Describer) -> tuple[Any, ...]:
    """The equations in the variables of the problem."""
    meaning = describer.model.meaning()
    own = [e.subs(meaning) for e in family.equations]
    shown = [(e if len(str(e)) <= LONGEST_EQUATION else "(a longer equation)", Integer(0)) for e in own]
    every = list(dict.fromkeys([*shown, *describer.reduced.back.items()]))
    return _equations(every)


def _equations(pairs: Iterable[tuple[Any, Any]]) -> tuple[Any, ...]:
    """ "a = b, c = d" as the pieces of a phrase."""
    return tuple(piece for left, right in pairs for piece in (", ", left, " = ", right))[1:]
