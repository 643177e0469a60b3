"""The derivations of all cases of notes.json and chain.json as a terminal shows them: tests/cases/derivations.txt.

python tests/test_golden.py --rewrite     writes what is shown now into the file, to be read in review
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import in_process
from test_examples import Block, blocks, joined, refreshed

from symcalc.cli import understand
from symcalc.formats import latex
from symcalc.place import Place
from symcalc.reply import reply_to
from symcalc.result import Page

CASES = Path(__file__).parent / "cases"
FILE = CASES / "derivations.txt"
GOLDEN = blocks(FILE.read_text("utf-8")) if FILE.exists() else []


@pytest.mark.parametrize("block", GOLDEN, ids=lambda block: block.command)
def test_it_is_shown_as_it_was_read(block: Block, tmp_path):
    assert in_process(block.command, tmp_path) == block.expected


def test_every_case_of_the_notes_and_of_the_chain_rule_is_here():
    cases = [c["words"] for name in ("notes", "chain") for c in json.loads((CASES / f"{name}.json").read_text("utf-8"))]
    shown = {block.command.replace('"', "").removesuffix(" --steps") for block in GOLDEN}
    assert [words for words in cases if "symcalc " + " ".join(words) not in shown] == []


def test_there_are_enough_derivations_and_trees():
    derivations = [b for b in GOLDEN if b.command.split()[1] != "chain" and "= " in b.expected.text]
    trees = [b for b in GOLDEN if b.command.split()[1] == "chain" and ("├── " in b.expected.text or "└── " in b.expected.text)]
    assert len(derivations) >= 25
    assert len(trees) >= 12


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="LaTeX is not installed")
def test_all_of_them_compile_in_one_document(tmp_path):
    place = Place(Page(wrap="align"), "latex", ())
    parts = []
    for block in GOLDEN:
        reply = reply_to(understand([*shlex.split(block.command)[1:], "--latex", "--wrap", "align"], place), place)
        parts += [reply.text] if reply.text else []
    assert len(parts) > 45
    (tmp_path / "all.tex").write_text(latex.DOCUMENT % "\n\n".join(parts), "utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-800:]


if __name__ == "__main__":
    if sys.argv[1:] != ["--rewrite"]:
        sys.exit(__doc__)
    FILE.write_text(joined(refreshed(FILE.read_text("utf-8"), in_process)), "utf-8")
