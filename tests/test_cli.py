"""The contract with users (streams, exit codes, options), each promise through a real process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pexpect
import pytest
from terminal import SPINNER

SYMCALC = str(Path(sysconfig.get_path("scripts")) / "symcalc")


def run(*words, stdin=None, env=None, binary=False):
    """The program in a pipe: (stdout, stderr, exit code)."""
    clean = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "SYMCALC_FORMAT")}
    done = subprocess.run(
        [SYMCALC, *words],
        input=stdin if stdin is None or binary else stdin.encode(),
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        env={**clean, **(env or {})},
        timeout=120,
    )
    return done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"), done.returncode


def screen(*words, columns=80, env=None):
    """The program on a terminal of that width: what the screen shows."""
    clean = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "SYMCALC_FORMAT")}
    child = pexpect.spawn(
        SYMCALC,
        list(words),
        dimensions=(60, columns),
        env={**clean, "TERM": "xterm", **(env or {})},
        encoding="utf-8",
        timeout=120,
    )
    child.expect(pexpect.EOF)
    child.close()
    return SPINNER.sub("", child.before.replace("\r\n", "\n"))


# --- formulas that begin with a minus ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["diff", "-x^2"], "-2*x"),
        (["diff", "-v**2"], "-2*v"),
        (["diff", "-n*x", "x"], "-n"),
        (["diff", "-sin(x)"], "-cos(x)"),
        (["diff", "--", "-f(x)", "x"], "-Derivative(f(x), x)"),
        (["diff", "-x"], "-1"),
        (["diff", "x^2", "--at", "-1"], "-2"),
        (["diff", "-x^2", "--at=-3"], "6"),
        (["diff", "-n", "2", "-x^3"], "-6*x"),
        (["grad", "-o^2+p"], "[-2*o, 1]"),
    ],
    ids=" ".join,
)
def test_a_formula_may_begin_with_a_minus(words, expected):
    assert run(*words) == (f"{expected}\n", "", 0)


# --- streams -----------------------------------------------------------------------------------------------------


def test_answers_chain_through_pipes():
    first, _, _ = run("diff", "x^3")
    assert run("diff", "-", stdin=first)[0] == "6*x\n"


def test_standard_input_without_an_argument():
    assert run("diff", stdin="x^2\n") == ("2*x\n", "", 0)


def test_standard_input_with_variables_after_a_dash():
    assert run("grad", "-", "y", "x", stdin="x^2*y\n") == ("[x**2, 2*x*y]\n", "", 0)


def test_definitions_from_standard_input():
    assert run("chain", "--wrt", "x", stdin="z = u^2\nu = 3*x\n") == ("18*x\n", "", 0)


def test_nothing_at_all_is_a_usage_error():
    out, err, code = run("diff", stdin="")
    assert (out, code) == ("", 2)
    assert err == 'error: symcalc diff needs a formula\nfor example: symcalc diff "x^3 - 1/x"\n'


def test_the_program_alone_shows_its_help():
    out, err, code = run()
    assert out.startswith("Usage: symcalc")
    assert (err, code) == ("", 0)


def test_two_lines_where_one_is_expected():
    out, err, code = run("diff", stdin="x^2\nx^3\n")
    assert (out, code) == ("", 2)
    assert err.startswith("error: standard input has 2 lines, but one formula is expected\n  x^3\n  ^^^\n")


def test_a_closed_pipe_ends_quietly():
    done = subprocess.run(f"{SYMCALC} grad 'x^2' | head -0", shell=True, capture_output=True, timeout=120)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_errors_go_to_stderr_with_a_caret():
    assert run("diff", "3*sni(x) + 1") == ("", "error: unknown function 'sni'\n  3*sni(x) + 1\n    ^^^\ndid you mean 'sin'?\n", 2)


def test_a_guess_is_said_on_stderr():
    assert run("diff", "lr x", "x") == ("lr\n", "read as: lr*x\nnote: 'lr' is read as one name\n", 0)


def test_a_variable_that_does_not_occur():
    assert run("diff", "x^2", "z") == ("0\n", "note: z does not occur in the formula, so its derivative is 0\n", 0)


def test_an_ambiguous_variable_lists_the_names():
    out, err, code = run("diff", "a*x")
    assert (out, code) == ("", 2)
    assert "The formula has a, x" in err


def test_no_message_acts_on_the_terminal(capsys):
    from symcalc.cli import show
    from symcalc.errors import SymcalcError
    from symcalc.reply import Reply

    assert show(Reply("x", ("note: \x1b[2J\u202ea\nb",), 0)) == 0
    assert capsys.readouterr() == ("x\n", "note: \ufffd[2J\ufffda\nb\n")
    error = SymcalcError("parse", "wrong \x1b[2J", text="a\x9bb", span=(1, 2), hint="\x07")
    assert error.render() == "error: wrong \ufffd[2J\n  a\ufffdb\n   ^\n\ufffd"


# --- exit codes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["diff", "zeta(x)"], 1, "no formula is known for the derivative of zeta(x)"),
        (["taylor", "ln(x)", "--at", "0"], 1, "there is no Taylor polynomial: log(x) is not analytic at x = 0"),
        (["diff", "oo*x"], 1, "infinity is not a number"),
        (["diff", "x +"], 2, "incomplete"),
        (["diff", "x^2", "--formt", "latex"], 2, "there is no option '--formt' here\ndid you mean '--format'?"),
        (["difff", "x^2"], 2, "there is no command 'difff'\ndid you mean 'diff'?"),
        (["gradient", "x^2"], 2, "did you mean 'grad'?"),
        (["x^2"], 2, 'a command comes first: symcalc diff "x^2"'),
        (["diff", "x^2", "--format", "word"], 2, "--format cannot be 'word'"),
        (["diff", "x^2", "--at", "y=1"], 2, "y"),
        (["grad", "x^2", "--layout", "diagonal"], 2, "it is one of column, row, denominator, numerator"),
        (["diff", "x^2", "-n", "zwei"], 2, "-n"),
        (["diff", "x^2", "x", "y"], 2, "'y' is one word too many"),
        (["grad", "[x, y]"], 2, "vector"),
        (["lagrange", "x+y", "x^2+y^2<1"], 2, "must be an equation"),
        (["lagrange", "x+y"], 2, "there is no constraint"),
        (["chain", "y = x", "x = y", "--wrt", "x"], 2, "circular: y → x → y"),
        (["chain", "y = x", "y = z", "--wrt", "x"], 2, "y is defined twice"),
        (["chain", "y = x", "z = t", "--wrt", "x"], 2, "No definition uses y, z"),
        (["chain", "y = x", "--wrt", "q"], 2, "no definition uses q"),
        (["--json", "diff", "x"], 2, "stands before the command"),
        (["-n", "2", "diff", "x^2"], 2, "write symcalc diff ... -n"),
        (["eval", "1 > 0", "--digits", "5"], 2, "no decimal value"),
        (["batch", "no-such-file"], 2, "cannot read no-such-file"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else None,
)
def test_exit_codes_and_sentences(words, code, sentence):
    out, err, found = run(*words)
    assert (out, found) == ("", code)
    assert err.startswith("error: ")
    assert sentence in err
    assert "Traceback" not in err


def test_a_verdict_is_one_line_and_no_error():
    out, err, code = run("diff", "|x|", "--at", "0")
    assert (out, code) == ("", 1)
    assert err.startswith("f'(0): not differentiable: corner; from the left -1, from the right 1")
    assert err.count("\n") == 1


def test_a_failed_check_prints_nothing(monkeypatch):
    """A wrong rule planted in the process: exit 4, nothing on stdout; --no-check prints it all the same."""
    planted = (
        "import sympy, symcalc.calculus.table as t; t.DERIVATIVES[sympy.sin] = lambda u: (-sympy.cos(u),);"
        "from symcalc.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", planted, "diff", "sin(x)"], capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.returncode) == ("", 4)
    assert done.stderr.startswith("error: the answer failed its own check and is not printed")
    done = subprocess.run(
        [sys.executable, "-c", planted, "diff", "sin(x)", "--no-check"], capture_output=True, text=True, timeout=120
    )
    assert (done.stdout, done.returncode) == ("-cos(x)\n", 0)


def test_an_unforeseen_error_is_one_line_and_debug_shows_the_traceback():
    planted = "import symcalc.calculus.fields as f; f.differentiate = None; from symcalc.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", planted, "grad", "x^2"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    done = subprocess.run([sys.executable, "-c", planted, "grad", "x^2", "--debug"], capture_output=True, text=True, timeout=120)
    assert "Traceback" in done.stderr


def test_a_point_without_a_real_value_says_not_checked():
    out, err, code = run("diff", "ln(-1-x^2)")
    assert (out, code) == ("2*x/(x**2 + 1)\n", 0)
    assert err.startswith("note: not checked by numbers")


# --- formats and terminals ---------------------------------------------------------------------------------------


def test_plain_in_a_pipe_and_unicode_on_a_terminal():
    assert run("diff", "x^2*sin(x)")[0] == "x**2*cos(x) + 2*x*sin(x)\n"
    assert screen("diff", "x^2*sin(x)") == "  d/dx[x²·sin(x)] = x²·cos(x) + 2x·sin(x)\n"


def test_the_environment_chooses_the_format():
    assert run("diff", "x^2/2 + x", env={"SYMCALC_FORMAT": "latex"})[0] == "x + 1\n"
    assert run("diff", "sqrt(x)", env={"SYMCALC_FORMAT": "latex"})[0] == "\\frac{1}{2 \\sqrt{x}}\n"
    assert run("diff", "sqrt(x)", "-f", "plain", env={"SYMCALC_FORMAT": "latex"})[0] == "1/(2*sqrt(x))\n"
    out, err, code = run("diff", "x^2", env={"SYMCALC_FORMAT": "wrod"})
    assert (out, code) == ("2*x\n", 0)
    assert "SYMCALC_FORMAT" in err


def test_latex_is_one_bare_line():
    out, _, _ = run("grad", "3*x1**2+5*exp(x2**2)", "--latex")
    assert out == "\\begin{bmatrix} 6 x_{1} \\\\ 10 x_{2} e^{x_{2}^{2}} \\end{bmatrix}\n"


def test_an_ascii_terminal_gets_ascii():
    env = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    shown = screen("diff", "sqrt(x1^2+x2^2)", "x1", env=env)
    assert shown.isascii()
    assert "x1/sqrt(x1**2 + x2**2)" in shown
    assert run("diff", "sqrt(x)", "-f", "unicode", env=env)[0] == "1/(2*sqrt(x))\n"


def test_an_ascii_locale_does_not_crash():
    out, err, code = run("diff", "λ^2", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert code in (0, 2)
    assert "Traceback" not in err
    assert out.isascii()


def test_no_colour_where_none_is_wanted():
    assert "\x1b" not in screen("grad", "x^2*y", env={"NO_COLOR": "1"})
    assert "\x1b" not in screen("grad", "x^2*y", env={"TERM": "dumb"})
    assert "\x1b" not in run("grad", "x^2*y", "-f", "unicode")[0]
    assert "\x1b" in screen("grad", "x^2*y")


def test_a_narrow_terminal_breaks_lines_and_a_pipe_does_not():
    words = ("diff", "exp(sin(x)*cos(x^2))/(1+x^2)")
    assert max(map(len, screen(*words, columns=40).splitlines())) <= 40
    assert max(map(len, screen(*words, env={"COLUMNS": "40"}).splitlines())) <= 40
    assert len(run(*words, "-f", "unicode", env={"COLUMNS": "40"})[0].splitlines()) == 1


def test_json_answers_and_errors():
    out, _, code = run("grad", "3*x1**2+5*exp(x2**2)", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["ok"] is True
    assert found["variables"] == ["x1", "x2"]
    assert found["answer"]["plain"] == "[6*x1, 10*x2*exp(x2**2)]"
    assert found["check"]["points"] == 5
    assert found["check"]["max_relative_error"] < 1e-20
    out, err, code = run("grad", "3*sni(x)", "--json")
    found = json.loads(out)
    assert (err, code, found["exit"], found["error"]["span"]) == ("", 2, 2, [2, 5])


def test_output_files(tmp_path):
    target = tmp_path / "answer.tex"
    assert run("diff", "sqrt(x)", "-o", str(target)) == ("", "", 0)
    assert target.read_text() == "\\frac{1}{2 \\sqrt{x}}\n"
    assert run("diff", "sni(x)", "-o", str(target))[2] == 2
    assert target.read_text() == "\\frac{1}{2 \\sqrt{x}}\n"
    assert [p.name for p in tmp_path.iterdir()] == ["answer.tex"]
    out, err, code = run("diff", "x", "-o", str(tmp_path / "missing" / "a.tex"))
    assert (out, code) == ("", 2)
    assert "cannot write" in err
    assert "it is one of .tex, .json, .txt" in run("diff", "x", "-o", str(tmp_path / "a.docx"))[1]


# --- batch -------------------------------------------------------------------------------------------------------


def test_batch_keeps_order_and_goes_on_after_errors():
    lines = 'diff "x^3"\n\n# a comment\ngrad "x^2*y" x y --json\ndiff "sni(x)"\ndiff "x\ndiff -x^2\nnonsense\n'
    out, _, code = run("batch", "-", stdin=lines)
    found = [json.loads(line) for line in out.splitlines()]
    assert [f["ok"] for f in found] == [True, True, False, False, True, False]
    assert [f["answer"]["plain"] for f in found if f["ok"]] == ["3*x**2", "[2*x*y, x**2]", "-2*x"]
    assert code == 2


def test_batch_from_a_file_in_another_format(tmp_path):
    file = tmp_path / "lines.txt"
    file.write_text("diff 'x^3'\ndiff '|x|' --at 0\ndiff '1/x' --latex\n")
    out, err, code = run("batch", str(file), "--format", "plain")
    assert (out, code) == ("3*x**2\n\n-\\frac{1}{x^{2}}\n", 1)
    assert err.startswith("line 2: f'(0): not differentiable: corner")


# --- what is loaded ----------------------------------------------------------------------------------------------

HEAVY = ("sympy", "rich", "numpy", "matplotlib", "flint", "mpmath", "hypothesis", "prompt_toolkit")


UNGUARDED = (
    "from symcalc import guard\n"
    "class Worker:\n"
    "    def __init__(self, answer, command): self.ask = lambda request, limits, waiting: answer(request, limits, None)\n"
    "guard.Worker = Worker\n"
)
"""Code that makes a command line be answered in the process itself."""


def loaded(*words, env=None, before=""):
    """The heavy modules in the process after the command line was answered."""
    code = (
        f"import sys, atexit\n{before}"
        f"atexit.register(lambda: print('LOADED', *[m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr))\n"
        "from symcalc.cli import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, env={**os.environ, **(env or {})}, timeout=120
    )
    line = next(line for line in done.stderr.splitlines() if line.startswith("LOADED"))
    return set(line.split()[1:])


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["diff", "--help"],
        ["lagrange", "-h"],
        ["diff", "3*sni(x)"],
        ["diff", "x^2", "--formt", "x"],
        ["difff", "x"],
    ],
    ids=" ".join,
)
def test_help_and_errors_do_not_load_sympy(words):
    assert loaded(*words) == set()


def test_completion_does_not_load_sympy():
    env = {"_SYMCALC_COMPLETE": "complete_bash", "COMP_WORDS": "symcalc diff --", "COMP_CWORD": "2"}
    assert loaded(env=env) == set()


def test_completion_knows_commands_and_options():
    env = {"_SYMCALC_COMPLETE": "complete_bash", "COMP_WORDS": "symcalc ", "COMP_CWORD": "1"}
    assert {"diff", "grad", "lagrange", "batch"} <= set(run(env=env)[0].split())
    env = {"_SYMCALC_COMPLETE": "complete_bash", "COMP_WORDS": "symcalc diff --", "COMP_CWORD": "2"}
    assert {"--at", "--latex", "--order"} <= set(run(env=env)[0].split())


def test_the_parent_of_a_computation_loads_nothing_heavy():
    assert loaded("diff", "x^2") == set()


def test_a_plain_answer_loads_only_what_it_needs():
    """What the child loads; flint comes with SymPy where it is installed: its integers are SymPy's then."""
    assert loaded("diff", "x^2", before=UNGUARDED) - {"flint"} == {"sympy", "mpmath"}
