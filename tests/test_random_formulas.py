"""A thousand random formulas: `diff` against finite differences, and plain and unicode read back to the same value.

The judge evaluates the typed text and the printed answer with mpmath alone (text_judge).
"""

from __future__ import annotations

import random
import re

import pytest
from formulas import every_function, formula
from mpmath import mp
from text_judge import value_of

from symcalc import SymcalcError, answer
from symcalc.formats import plain, unicode
from symcalc.parse import parse_any
from symcalc.result import Page

FORMULAS, SHARES = 1000, 20
FOREIGN = re.compile(r"(?<![A-Za-z])(re|im|arg|Subs|Derivative|DiracDelta|Dummy|conjugate)\b")
REFUSED = {
    "no-derivative",
    "division-by-zero",
    "undefined",
    "invalid",
    "number-too-large",
    "exponent-too-large",
    "keyword",
    "infinite",
}
"""Random formulas may be undefined (0^-1), or hold a parameter by which no derivative is known."""
RANGES = ((0.2, 1.2), (-1.5, 1.5), (1.2, 3.0), (-3.0, -0.2), (0.02, 0.4), (3.0, 5.0))


def points(names, rng, tries):
    for attempt in range(tries):
        low, high = RANGES[attempt % len(RANGES)]
        yield {name: mp.mpf(rng.uniform(low, high)) for name in names}


def judged(text):
    """Differentiate and compare; returns at how many points numbers could judge the derivative."""
    result = answer("diff", text, "x")
    d = result.answer.value
    written = plain.render(result, Page())
    assert not FOREIGN.search(written), written
    names = ("x", "y", "x1", "a")
    read_back(written, d, names, written)
    read_back(written, d, names, unicode.render(result, Page()))
    agreed, rng = 0, random.Random(text)
    with mp.workdps(30):
        for at in points(names, rng, 14):
            expected = mp.diff(lambda t, at=at: value_of(text, {**at, "x": t}), at["x"])
            if mp.isnan(expected) or mp.fabs(expected) > 10**12:
                continue
            found = value_of(written, at)
            assert mp.fabs(found - expected) <= mp.mpf(10) ** -8 * (1 + mp.fabs(expected)), f"{text} at {at}: {written}"
            agreed += 1
            if agreed == 2:
                break
    return agreed


def read_back(written, d, names, shown):
    """What is printed reads back as the same expression, or one of the same value."""
    again = parse_any(shown).value
    if again == d:
        return
    other = plain.written(again)
    with mp.workdps(40):
        for at in points(names, random.Random(shown), 6):
            a, b = value_of(written, at), value_of(other, at)
            assert (mp.isnan(a) and mp.isnan(b)) or mp.fabs(a - b) <= mp.mpf(10) ** -15 * (1 + mp.fabs(a)), (
                f"{shown} reads back as {other}"
            )


@pytest.mark.parametrize("share", range(SHARES))
def test_random_formulas(share):
    count = FORMULAS // SHARES
    rng, judged_ones, differentiated = random.Random(20_000 + share), 0, 0
    for _ in range(count):
        text = formula(rng, 5)
        try:
            judged_ones += bool(judged(text))
            differentiated += 1
        except SymcalcError as error:
            assert error.code in REFUSED, f"{text}: {error.render()}"
    assert differentiated >= 0.85 * count
    assert judged_ones >= 0.5 * count, f"only {judged_ones} of {count} could be judged"


@pytest.mark.parametrize("text", every_function())
def test_every_function_of_the_language(text):
    assert judged(text)
