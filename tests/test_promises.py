"""What every command and every format must keep, whatever it is."""

from __future__ import annotations

import ast
import inspect
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from symcalc import answer, discover, options
from symcalc.cli import understand
from symcalc.notation import lower
from symcalc.parse import parse_any
from symcalc.place import Place
from symcalc.result import Page, Points, Result

COMMANDS, FORMATS = discover.listed("commands"), discover.listed("formats")
SCHEMA = Draft202012Validator(json.loads((Path(__file__).parent / "cases" / "schema.json").read_text("utf-8")))
PAGES = {
    "pipe": Page(),
    "terminal": Page(terminal=True, width=80),
    "narrow": Page(terminal=True, width=40),
    "ascii": Page(terminal=True, ascii=True),
    "colour": Page(terminal=True, colour=True),
}


def examples(command):
    """The example lines of a command's help."""
    return [line for line in discover.help_text(command).splitlines() if line.startswith("symcalc ")]


def run(line) -> Result:
    call = understand(shlex.split(line)[1:], Place(Page(), "plain", ()))
    return answer(call.command, *call.words, reading=call.reading, check=call.check, **call.options)


def in_words(result: Result) -> bool:
    return isinstance(result.answer.value, str)


@pytest.fixture(scope="module")
def results():
    return {line: run(line) for command in COMMANDS for line in examples(command)}


# --- commands ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_a_documented_function_of_its_own_name(command):
    module = discover.load("commands", command)
    function = getattr(module, command)
    summary = (Path(module.__file__)).read_text("utf-8").splitlines()[0].strip('"')
    assert summary.endswith(".")
    assert len(summary) <= 110
    assert function.__doc__
    assert len(examples(command)) >= 2
    assert "reading" in inspect.signature(function).parameters


@pytest.mark.parametrize("command", COMMANDS)
def test_the_signature_is_read_from_the_source(command):
    real = inspect.signature(getattr(discover.load("commands", command), command)).parameters
    read = {p.name: p for p in discover.parameters(command)}
    assert [n for n in real if n != "reading"] == [n for n in read if n not in options.COMMON]
    for name, parameter in real.items():
        if name != "reading" and parameter.default is not inspect.Parameter.empty:
            assert read[name].default == parameter.default


@pytest.mark.parametrize("command", COMMANDS)
def test_every_example_of_the_help_is_answered_and_checked(command, results):
    for line in examples(command):
        result = results[line]
        assert result.command == command
        assert result.sources or in_words(result)
        assert result.answer.relation in ("=", "≈")
        claims_nothing = command == "eval" or in_words(result) or any(s.value is None for s in result.sources)
        assert claims_nothing or result.check.points > 0, line


def test_options_are_spelled_once():
    """No two parameters of `options` share a spelling, but for those that differ by command."""
    spelled: dict[str, str] = {}
    for node in ast.walk(ast.parse(inspect.getsource(options))):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript):
            for constant in ast.walk(node.value):
                if isinstance(constant, ast.Constant) and isinstance(constant.value, str) and constant.value.startswith("-"):
                    name = node.targets[0].id
                    shared = {spelled.setdefault(constant.value, name), name}
                    assert shared in ({name}, {"Layout", "MatrixLayout"}, {"Order", "Degree"}), constant.value


# --- what is loaded -----------------------------------------------------------------------------------------------

FOREIGN = """
import atexit, sys
before = set(sys.modules)
def foreign():
    names = {name.partition(".")[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names)
    print("LOADED", *sorted(n for n in names if "cython" not in n and not n.startswith("__")), file=sys.stderr)
atexit.register(foreign)
"""
"""Tells on standard error which packages of others were loaded."""
ANSWERS = """
import shlex
from symcalc import answer, discover
from symcalc.cli import understand
from symcalc.place import Place
from symcalc.result import Page
for command in discover.listed("commands"):
    line = next(l for l in discover.help_text(command).splitlines() if l.startswith("symcalc "))
    call = understand(shlex.split(line)[1:], Place(Page(), "plain", ()))
    result = answer(call.command, *call.words, reading=call.reading, check=call.check, **call.options)
    for name in discover.listed("formats"):
        discover.load("formats", name).render(result, Page())
"""


def foreign(code, *words, **environment) -> set[str]:
    """The packages of others that the code loads."""
    command = [sys.executable, "-c", FOREIGN + code, *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env={**os.environ, **environment})
    return set(next(line for line in done.stderr.splitlines() if line.startswith("LOADED")).split()[1:]) - {"symcalc"}


def test_answers_in_a_pipe_load_sympy_and_what_it_needs():
    """Of every command, in every format: no Rich, and nothing that happens to be installed, such as NumPy or IPython. SymPy
    takes its integers from flint where that is installed."""
    assert foreign(ANSWERS) <= {"sympy", "mpmath", "flint", "gmpy2"}


LATER = {
    "calculus": {
        "contact",
        "decide",
        "definition",
        "derivation",
        "judges",
        "limits",
        "numeric",
        "orders",
        "series",
        "stationary",
    },
    "commands": {"_at", "_implicit"},
    "formats": {"_dependencies", "_derivation", "_points", "_screen", "_table", "_texequations", "_texpoints", "_verdict"},
    "notation": {"places"},
}
"""Modules that an answer without a point, a derivation or a list of points does without."""


@pytest.mark.parametrize("line", ["grad 3*x1**2+5*exp(x2**2)", "diff x^2*sin(x) -f latex", "hessian x^4+y^4-4*x*y"])
def test_a_plain_answer_loads_what_it_needs(line):
    code = f"""
from symcalc.cli import _load, understand
from symcalc.place import Place
from symcalc.reply import reply_to
from symcalc.result import Page
call, place = understand({shlex.split(line)!r}, Place(Page(), "plain", ())), Place(Page(), "plain", ())
_load([("commands", call.command), ("calculus", "check"), ("formats", call.format or "plain")])
print(reply_to(call, place).text)
print(*__import__("sys").modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    answer, loaded = done.stdout.splitlines()
    assert "x" in answer
    assert "sympy.combinatorics" not in loaded.split()
    assert set(loaded.split()).isdisjoint(f"symcalc.{part}.{name}" for part, names in LATER.items() for name in names)


def test_tensors_are_there_for_who_asks():
    """The stand-in answers for sums alone; SymPy's own module comes with the first other name, and takes its place."""
    code = """
import sys
from symcalc import tensors
tensors.put_off()
import sympy
x = sympy.Symbol("x")
assert str(x + x**2 + 1) == "x**2 + x + 1"
assert "sympy.combinatorics" not in sys.modules
from sympy.tensor.tensor import TensorHead, TensorIndexType, tensor_indices
L = TensorIndexType("L", dim=4)
i, j = tensor_indices("i j", L)
A, B = TensorHead("A", [L]), TensorHead("B", [L])
total = A(i) + A(i)
assert str(total) == "2*A(i)", total
from sympy.tensor.tensor import TensAdd, TensExpr
assert isinstance(A(i) + B(i), TensAdd)
assert isinstance(A(i), TensExpr)
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


MAIN = "from symcalc.cli import main; main()"


@pytest.mark.parametrize(
    "line",
    [
        "--version",
        "grad",
        "grdd x",
        "--nonsense",
        "grad x^2 --timeout soon",
        "grad x^2 --layout diagonal",
        "grad x^2 --format png",
        "diff x -n many",
        "diff x x x x",
        "batch --jobs none",
        "chain 'z = x' --form circle",
        "limit x x 0 --side up",
        "grad '3*sni(x)'",
        "grad 'x^2 +'",
        "jacobian '[x, y'",
        "lagrange 'x+y' 'x = y = 1'",
        "diff x --assume 'x > 1'",
        "eval '\\frac{1}{x' --from latex",
    ],
)
def test_an_error_loads_no_package_of_others(line):
    assert foreign(MAIN, *shlex.split(line)) == set()


@pytest.mark.parametrize("line", ["--help", "grad --help", "batch --help", "complete gr", "complete grad --l"])
def test_help_and_completion_load_typer_alone(line):
    words, environment = shlex.split(line), {}
    if words[0] == "complete":
        asked = " ".join(["symcalc", *words[1:]])
        environment = {"_SYMCALC_COMPLETE": "complete_bash", "COMP_WORDS": asked, "COMP_CWORD": str(len(words) - 1)}
        words = []
    assert foreign(MAIN, *words, **environment) & {"typer", "rich", "pydantic", "sympy", "click"} == {"typer"}


# --- formats -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("place", PAGES)
def test_every_format_renders_every_example(name, place, results):
    render, page = discover.load("formats", name).render, PAGES[place]
    for line, result in results.items():
        text = str(render(result, page))
        assert text.strip(), line
        assert not text.endswith("\n"), line
        assert "Dummy" not in text
        assert "Matrix(" not in text
        one_line = name in ("json", "latex") or not (in_words(result) or any(fact.asked for fact in result.facts))
        if one_line and (name in ("plain", "json", "latex") or (name == "unicode" and place == "pipe")):
            assert "\n" not in text, line
        if place == "narrow" and name == "unicode":
            breakable = [row for row in text.splitlines() if max(map(len, row.split() or [""])) < page.width / 2]
            assert all(len(row) <= page.width for row in breakable), line
        if page.ascii and name in ("unicode", "pretty"):
            assert text.isascii(), line


@pytest.mark.parametrize("wrap", ["none", "inline", "display", "equation", "align", "document"])
def test_every_wrap_of_latex_is_balanced(wrap, results):
    render = discover.load("formats", "latex").render
    for line, result in results.items():
        text = render(result, Page(wrap=wrap))
        assert text.count("{") == text.count("}"), line
        assert text.count("\\left") - text.count("\\leftarrow") == text.count("\\right") - text.count("\\rightarrow"), line
        assert text.count("\\begin") == text.count("\\end"), line


def test_json_keeps_its_schema(results):
    render = discover.load("formats", "json").render
    for line, result in results.items():
        found = json.loads(render(result, Page()))
        SCHEMA.validate(found)
        assert found["check"] is None or set(found["check"]) == {"points", "max_relative_error"}, line


@pytest.mark.parametrize("name", ["plain", "unicode"])
def test_output_is_valid_input(name, results):
    render = discover.load("formats", name).render
    for line, result in results.items():
        value = result.answer.value
        if isinstance(value, Points) or in_words(result) or any(s.value is None for s in result.sources):
            continue
        *asked, answer = render(result, Page()).split("\n")
        assert len(asked) == sum(fact.asked for fact in result.facts), line
        again = parse_any(answer).value
        known = value if getattr(value, "is_Relational", False) else value.doit()
        if getattr(again, "is_Matrix", False):
            assert all(same(a, b) for a, b in zip(again, known, strict=True)), line
        else:
            assert same(again, known), line


def same(a, b):
    """Equal as written, or with a difference that is zero: decimals to their last digit."""
    if a == b:
        return True
    difference = lower(a - b)
    return difference.equals(0) or (difference.is_number and abs(difference.evalf()) < 1e-25)
