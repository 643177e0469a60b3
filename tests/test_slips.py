"""What a tired person types, and the whole text that comes back: tests/cases/slips.txt, in the form of examples.txt.

python tests/test_slips.py --rewrite     writes what is shown now into the file, to be read in review
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from terminal import in_process
from test_examples import Block, blocks, joined, parts, refreshed

from symcalc.parse import parse_any, parse_point, parse_variables

FILE = Path(__file__).parent / "cases" / "slips.txt"
SLIPS = blocks(FILE.read_text("utf-8")) if FILE.exists() else []


def test_there_are_more_than_sixty_and_none_twice():
    assert len({block.command for block in SLIPS}) == len(SLIPS) > 150


@pytest.mark.parametrize("block", SLIPS, ids=lambda block: block.command)
def test_a_slip_gets_a_useful_sentence(block: Block, tmp_path):
    shown = in_process(block.command, tmp_path)
    assert shown == block.expected
    lines = shown.text.split("\n")
    assert shown.code in (1, 2)
    assert re.match(r"error(?: in line \d+)?: \S", lines[0])
    assert "Traceback" not in shown.text
    assert len(lines) <= 5


HINTS = sorted({line for block in SLIPS for line in block.expected.text.split("\n")[1:] if not line.startswith("  ")})
COMMANDS = sorted({m[0] for hint in HINTS for m in re.finditer(r'symcalc \w+(?: "[^"]+"| --\w+ \S+| [a-z0-9](?!\w))+', hint)})


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_proposed_is_answered(command, tmp_path):
    assert in_process(command, tmp_path).code == 0


PIECES = sorted({m[1] for hint in HINTS for m in re.finditer(r"\bwrite (.+?)(?=$|;| for | or |, or )", hint)})
FORMULAS = [
    f
    for f in PIECES
    if re.search(r"[(^=*]", f) and not re.search(r"\.\.\.|'|\ba if |value|without|symcalc|^[*^+-]$|>=|\*,|^vectors|^u = ", f)
]


def test_enough_formulas_are_proposed():
    assert len(FORMULAS) > 12


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_that_is_proposed_is_read(formula):
    if formula.startswith("x="):
        parse_point(formula, parse_variables(["x", "y"] if "y=" in formula else ["x"]))
    else:
        parse_any(formula)


if __name__ == "__main__":
    if sys.argv[1:] != ["--rewrite"]:
        sys.exit(__doc__)
    FILE.write_text(joined(refreshed(FILE.read_text("utf-8"), in_process)), "utf-8")
    assert list(parts(FILE.read_text("utf-8")))
