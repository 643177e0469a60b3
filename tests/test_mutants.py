"""Mutants of good formulas through whole commands in every format: nothing but answers and clean errors comes out."""

from __future__ import annotations

import json
import random
import re

import pytest
from formulas import every_function, formula
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_hostile import SCHEMA, WORDS, command_line
from test_parse_properties import PIECES

from symcalc import cli
from symcalc.errors import SymcalcError
from symcalc.guard import Limits, Worker
from symcalc.place import Place
from symcalc.result import Page

RNG = random.Random(4)
GOOD = [*every_function()[::6], *(formula(RNG, depth) for depth in (1, 2, 3) for _ in range(40))]
PLACES = [
    *(Place(Page(), name, ()) for name in ("plain", "unicode", "pretty", "json", "latex")),
    *(Place(Page(terminal=True, width=width, ascii=ascii), "unicode", ()) for width in (80, 30) for ascii in (False, True)),
    *(Place(Page(wrap=wrap), "latex", ()) for wrap in ("inline", "display", "equation", "align", "document")),
]
LATEX = set(
    re.findall(
        r"\w+",
        """
        frac sqrt left right middle begin end cdot times sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan ln max min
        operatorname mathrm mathbf mathsf text bmod binom lfloor rfloor lceil rceil leq geq neq infty sum prod limits partial nabla
        quad qquad to in circ pm approx mid ldots big Big bigg Bigg documentclass usepackage hline overline
        alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega
        Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
        textbackslash textasciitilde textasciicircum textless textgreater textbar
        """,
    )
)
"""Every command that may stand in our LaTeX."""


@pytest.fixture(scope="module")
def worker():
    found = Worker(cli._reply, ())
    yield found
    found.close()


def mutant(text: str, edits: list[tuple[int, int, str]]) -> str:
    for at, cut, piece in edits:
        at %= len(text) + 1
        text = text[:at] + piece + text[at + cut :]
    return text


EDIT = st.tuples(st.integers(0, 60), st.integers(0, 3), st.sampled_from(["", *PIECES, "\x9b", "\u202e", "\ud800", "٣", "x" * 50]))


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(GOOD), st.lists(EDIT, max_size=3), st.sampled_from(sorted(WORDS)), st.sampled_from(PLACES), st.booleans())
def test_only_answers_and_clean_errors(worker, text, edits, command, place, latex_input):
    words = command_line(command, mutant(text, edits), *(["--from", "latex"] if latex_input else []))
    try:
        shown, messages, code, output = worker.ask((words, place.packed()), Limits(2.0, 1024))
    except SymcalcError as error:
        assert error.code in ("timeout", "memory")
        return
    assert output is None
    assert code in range(5)
    assert not any("mistake in symcalc" in message for message in messages), messages
    for line in "\n".join([shown or "", *messages]).split("\n"):
        assert line.isprintable(), line
        assert not line.startswith("Traceback")
    if place.format == "json":
        SCHEMA.validate(json.loads(shown))
    elif code == 0 and place.format == "latex":
        assert set(re.findall(r"\\([A-Za-z]+)", shown)) <= LATEX, shown
        assert re.sub(r"\\[{}]", "", shown).count("{") == re.sub(r"\\[{}]", "", shown).count("}")
