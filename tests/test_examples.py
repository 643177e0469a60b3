"""examples.txt and the README, run line by line and compared exactly.

python tests/test_examples.py --rewrite     writes what is shown now into both files, to be read in review
"""

from __future__ import annotations

import doctest
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from terminal import COLUMNS, Shown, in_process, in_shell, needs_shell, shown

from symcalc import SymcalcError, discover, options
from symcalc.parse import parse_any, parse_expression, parse_vector

ROOT = Path(__file__).parent.parent
EXAMPLES, README = ROOT / "examples.txt", ROOT / "README.md"
FENCE = re.compile(r"(?P<marker><!-- [^\n]* -->\n)?```(?P<language>\w+)\n(?P<body>.*?)```\n", re.DOTALL)
FILE = re.compile(r"<!-- file: (\S+) -->")
WITH_FILES = "<!-- with these files -->\n"
EXIT = re.compile(r"\[exit (\d+)\]")


# --- the two files -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """A command line and what it shows."""

    command: str
    expected: Shown

    def written(self) -> str:
        lines = [f"$ {self.command}", *([self.expected.text] if self.expected.text else [])]
        return "\n".join([*lines, *([f"[exit {self.expected.code}]"] if self.expected.code else [])])


def parts(text: str) -> Iterator[str | Block]:
    """The text as blocks and as what stands between them: empty lines and lines that begin with '#'."""
    for part in re.split(r"(?m)^(?=\$ |# )", text):
        if part.startswith("$ "):
            command, _, rest = part[2:].partition("\n")
            lines = rest.rstrip().split("\n")
            end = EXIT.fullmatch(lines[-1])
            output = "\n".join(lines[:-1] if end else lines).rstrip()
            yield Block(command, Shown(output, int(end[1]) if end else 0))
        elif part:
            yield part


def joined(found: Iterator[str | Block]) -> str:
    """The text of examples.txt again."""
    return "".join(part if isinstance(part, str) else f"{part.written()}\n\n" for part in found).rstrip() + "\n"


def blocks(text: str) -> list[Block]:
    return [part for part in parts(text) if isinstance(part, Block)]


def fences(language: str) -> list[tuple[str, str]]:
    """The (marker, body) of every fenced block of the README in a language."""
    found = FENCE.finditer(README.read_text("utf-8"))
    return [(match["marker"] or "", match["body"]) for match in found if match["language"] == language]


LISTED = blocks(EXAMPLES.read_text("utf-8"))
SCREENS = [block for marker, body in fences("console") if marker != WITH_FILES for block in blocks(body)]
EXTENDED = [block for marker, body in fences("console") if marker == WITH_FILES for block in blocks(body)]
FILES = {FILE.match(marker)[1]: body for marker, body in fences("python") if FILE.match(marker)}


# --- every block -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", [*LISTED, *SCREENS], ids=lambda block: block.command)
def test_it_shows_what_is_written(block, tmp_path):
    assert shown(block.command, tmp_path) == block.expected


def one_of_each() -> list[Block]:
    """The first example of each command with each exit code: enough to show that both ways to run one agree."""
    found: dict[tuple[str, int], Block] = {}
    for block in LISTED:
        if not needs_shell(block.command):
            found.setdefault((block.command.split()[1], block.expected.code), block)
    return list(found.values())


@pytest.mark.parametrize("block", one_of_each(), ids=lambda block: block.command)
def test_a_real_terminal_shows_the_same(block, tmp_path):
    assert in_process(block.command, tmp_path) == in_shell(block.command, tmp_path)


def test_enough_are_compared_on_a_real_terminal():
    assert len(one_of_each()) >= 12


# --- what the examples cover -------------------------------------------------------------------------------------


def spoken(block: Block) -> set[str]:
    return set(re.split(r"[\s|=']+", block.command))


def test_there_are_a_hundred_examples_and_none_twice():
    commands = [block.command for block in LISTED]
    assert len(commands) >= 100
    assert len(set(commands)) == len(commands)


@pytest.mark.parametrize("command", [*discover.listed("commands"), "batch"])
def test_every_command_has_an_example(command):
    assert any(f"symcalc {command}" in block.command for block in LISTED)


@pytest.mark.parametrize("command", discover.listed("commands"))
def test_every_option_of_its_own_has_an_example(command):
    examples = set().union(*(spoken(block) for block in LISTED if f"symcalc {command} " in block.command))
    for parameter in discover.parameters(command):
        if parameter.name not in options.COMMON:
            spelled = spellings(parameter)
            assert not spelled or spelled & examples, spelled


@pytest.mark.parametrize("name", options.COMMON)
def test_every_common_option_has_an_example(name):
    annotation, _ = options.COMMON[name]
    assert spellings(annotation) & set().union(*map(spoken, LISTED))


def spellings(annotated) -> set[str]:
    """The ways to write an option; none for an argument."""
    (info,) = getattr(annotated, "annotation", annotated).__metadata__
    return set(getattr(info, "spelled", ()))


@pytest.mark.parametrize("name", discover.listed("formats"))
def test_every_format_has_an_example(name):
    assert any(f"-f {name}" in block.command or f"--format {name}" in block.command for block in LISTED)


def test_no_answer_is_wider_than_the_terminal():
    """Except in the formats of one line, which never break."""
    screens = [
        block
        for block in [*LISTED, *SCREENS]
        if not re.search(r"latex|tex\b|json|plain|batch|--form (dot|mermaid|tikz)|\| cat", block.command)
    ]
    wide = [b.command for b in screens if b.expected.code == 0 and max(map(len, b.expected.text.split("\n"))) > COLUMNS]
    assert wide == []


def test_the_rewriting_keeps_what_is_not_output():
    text = EXAMPLES.read_text("utf-8")
    assert joined(parts(text)) == text
    assert joined(parts("# a\n\n$ b\nc\n\nd\n\n# e\n\n$ f\ng\n[exit 2]\n")) == "# a\n\n$ b\nc\n\nd\n\n# e\n\n$ f\ng\n[exit 2]\n"


# --- the README --------------------------------------------------------------------------------------------------


def test_the_readme_shows_every_command():
    commands = " ".join(block.command for block in SCREENS)
    assert [name for name in [*discover.listed("commands"), "batch"] if f"symcalc {name}" not in commands] == []


def rows(title: str) -> list[tuple[str, str]]:
    """The cells of the README's table with that title in its first row."""
    table = README.read_text("utf-8").partition(f"| {title} |")[2].partition("\n\n")[0]
    return [tuple(cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", row)[1:3]) for row in table.split("\n")[2:]]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("text", [text for cell, _ in rows("you may write") for text in quoted(cell)])
def test_what_the_readme_says_may_be_written_is_read(text):
    parse_vector(text) if ", b" in text else parse_any(text)


@pytest.mark.parametrize("text", [text for cell, _ in rows("you wrote") for text in quoted(cell)])
def test_what_the_readme_says_is_refused_is_refused(text):
    with pytest.raises(SymcalcError) as caught:
        parse_expression(text)
    assert caught.value.exit == 2
    assert caught.value.hint


def test_the_readme_has_a_row_for_every_format():
    assert sorted(quoted(cell)[0] for cell, _ in rows("format")) == list(discover.listed("formats"))


@pytest.mark.parametrize("session", [body for _, body in fences("python") if ">>>" in body])
def test_python_sessions_of_the_readme(session):
    test = doctest.DocTestParser().get_doctest(session, {}, "README", str(README), 0)
    report: list[str] = []
    doctest.DocTestRunner().run(test, out=report.append)
    assert report == []


@pytest.fixture(scope="module")
def extended(tmp_path_factory) -> Path:
    """A copy of the package with the files that the README tells how to add."""
    return extended_copy(tmp_path_factory.mktemp("extended"))


def extended_copy(target: Path) -> Path:
    shutil.copytree(ROOT / "symcalc", target / "symcalc", ignore=shutil.ignore_patterns("__pycache__"))
    for name, body in FILES.items():
        assert not (target / name).exists(), f"{name} is part of the package already"
        (target / name).write_text(body, "utf-8")
    return target


def shown_extended(command: str, directory: Path) -> Shown:
    """The command line answered by the copy of the package in a directory."""
    call = f'symcalc() {{ {sys.executable} -m symcalc "$@"; }}; {command}'
    return in_shell(call, directory)


@pytest.mark.parametrize("block", EXTENDED, ids=lambda block: block.command)
def test_the_files_of_the_readme_add_a_command_and_a_format(block, extended):
    assert shown_extended(block.command, extended) == block.expected


def test_the_added_files_are_a_command_and_a_format_and_pass_the_linters(extended):
    assert sorted(Path(name).parent.name for name in FILES) == ["commands", "formats"]
    assert EXTENDED
    ruff = Path(sysconfig.get_path("scripts")) / "ruff"
    if not ruff.exists():
        pytest.skip("ruff is not installed")
    for words in (["check"], ["format", "--check"]):
        subprocess.run([ruff, *words, "--config", ROOT / "pyproject.toml", *FILES], cwd=extended, check=True, timeout=60)


def test_ci_runs_the_test_command_of_the_readme(tmp_path):
    """In a project whose README says so, .ci/run runs that line and nothing else, from wherever it is called."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    (tmp_path / "README.md").write_text(
        "# T\n\n```sh\necho no\n```\n\n<!-- test -->\n```sh\necho in $(basename $PWD) && false\n```\n"
    )
    done = subprocess.run(["bash", tmp_path / ".ci" / "run"], cwd="/", capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == f"in {tmp_path.name}"
    assert done.returncode == 1
    (tmp_path / "README.md").write_text("# T\n\n```sh\necho no\n```\n")
    assert subprocess.run(["bash", tmp_path / ".ci" / "run"], capture_output=True, timeout=60).returncode != 0


@pytest.mark.parametrize("marker", ["install", "test"])
def test_the_two_commands_are_one_line_each_with_their_own_environment(marker):
    (body,) = [body for found, body in fences("sh") if found == f"<!-- {marker} -->\n"]
    assert body.count("\n") == 1
    assert re.match(r"python3 -m venv (\S+) && \1/bin/pip install ", body)


# --- rewriting ---------------------------------------------------------------------------------------------------


def rewrite() -> None:
    """Put what is shown now into both files."""
    with tempfile.TemporaryDirectory() as directory:
        copy = extended_copy(Path(directory))
        EXAMPLES.write_text(joined(refreshed(EXAMPLES.read_text("utf-8"), shown)), "utf-8")
        README.write_text(FENCE.sub(lambda fence: _refreshed_fence(fence, copy), README.read_text("utf-8")), "utf-8")


def refreshed(text: str, show: Callable[[str, Path], Shown]) -> Iterator[str | Block]:
    for part in parts(text):
        with tempfile.TemporaryDirectory() as directory:
            yield part if isinstance(part, str) else replace(part, expected=show(part.command, Path(directory)))


def _refreshed_fence(fence: re.Match[str], copy: Path) -> str:
    if fence["language"] != "console":
        return fence[0]
    marker = fence["marker"] or ""
    show = (lambda command, _: shown_extended(command, copy)) if marker == WITH_FILES else shown
    return f"{marker}```console\n{joined(refreshed(fence['body'], show))}```\n"


if __name__ == "__main__":
    if sys.argv[1:] != ["--rewrite"]:
        sys.exit(__doc__)
    rewrite()
