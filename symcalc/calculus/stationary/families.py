"""Solution sets of positive dimension in words: their equations, a sample point, the value of the objective there."""

from __future__ import annotations

from symcalc.calculus.enclosure import enclose
from symcalc.calculus.stationary.candidates import Describer
from symcalc.calculus.stationary.situation import Level, listed
from symcalc.calculus.stationary.solve import Family

LONGEST_EQUATION = 120


def describe_family(family: Family, describer: Describer) -> str:
    """For example "x = 0, y**2 + z**2 - 1 = 0, where the objective is 0; for example x = 0, y = 1, z = 0"."""
    text = equations_of(family, describer)
    level = level_of(family, describer)
    if level is not None:
        text += f", where the objective is {level.exact}"
    sample = next((found for s in family.samples for found in describer.describe([s])), None)
    if sample is None:
        return f"{text}; no real point of it was found"
    return f"{text}; for example {', '.join(f'{x} = {a}' for x, a in sample.point.at.items())}"


def level_of(family: Family, describer: Describer) -> Level | None:
    """The value of the objective on the family, when it is a constant and this is shown."""
    value = family.value_of(describer.prepare(describer.problem.objective))
    return None if value is None else Level(value, enclose(value, {}), equations_of(family, describer))


def equations_of(family: Family, describer: Describer) -> str:
    """The equations in the variables of the problem, each once."""
    meaning = describer.model.meaning()
    own = [f"{e.subs(meaning)} = 0" for e in family.equations]
    shown = [text if len(text) <= LONGEST_EQUATION else "(a longer equation) = 0" for text in own]
    every = list(dict.fromkeys(shown + [f"{x} = {h}" for x, h in describer.reduced.back.items()]))
    free = describer.problem.variables
    return ", ".join(every) or f"{listed(free)} {'is' if len(free) == 1 else 'are'} arbitrary"
