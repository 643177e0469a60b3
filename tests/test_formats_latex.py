"""LaTeX: the wrappings, names that cannot smuggle commands, and a document of many outputs that compiles."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from formats_results import ALL, DIFF, GRADIENT, HESSIAN, LAGRANGE, OWN_SIGMOID, POLYNOMIAL, SIGMOID, TAYLOR, WORDS, x, y
from sympy import Function, ImmutableMatrix, Symbol, sin
from test_formats_readback import expressions
from test_formats_table import ROWS

from symcalc.formats import latex
from symcalc.formats._texprinter import tex
from symcalc.formats._texwidth import width
from symcalc.notation import HessianMatrix
from symcalc.result import Fact, Page, Result

WRAPS = ("none", "inline", "display", "equation", "align")
HOSTILE = [
    r"\input{/etc/passwd}", "}", "{", "$", "a$b", "x\\", "x^2", "x_{", "a&b", "50%", "a#b", "~", "a b", 'a"b', "<x>", "a|b",
    "日本", "é", "x\n", "_", "__",
]  # fmt: skip


def written(result: Result, wrap: str) -> str:
    return latex.render(result, Page(wrap=wrap))


def test_wraps_of_a_derivative() -> None:
    body = r"x^{2} \cos(x) + 2 x \sin(x)"
    left = r"\frac{d}{dx}\left[x^{2} \sin(x)\right]"
    assert written(DIFF, "none") == body
    assert written(DIFF, "inline") == f"${body}$"
    assert written(DIFF, "display") == rf"\[ {left} = {body} \]"
    assert written(DIFF, "equation") == f"\\begin{{equation*}}\n  {left} = {body}\n\\end{{equation*}}"
    assert written(DIFF, "align") == f"\\begin{{align*}}\n  {left} &= {body}\n\\end{{align*}}"
    assert written(DIFF, "document") == (
        "\\documentclass{article}\n\\usepackage{amsmath}\n\\allowdisplaybreaks\n\\begin{document}\n"
        f"\\begin{{align*}}\n  {left} &= {body}\n\\end{{align*}}\n\\end{{document}}"
    )


@pytest.mark.parametrize("name", ALL)
def test_the_body_is_one_line_of_ascii_without_dollars(name: str) -> None:
    text = written(ALL[name], "none")
    assert "\n" not in text and text.isascii()
    assert not text.startswith("$")


def test_definitions_are_written_out_in_a_body_and_shown_beside_an_equation() -> None:
    lowered = r"\frac{w e^{-w x - b}}{(1 + e^{-w x - b})^{2}}"
    assert written(SIGMOID, "none") == lowered
    assert written(SIGMOID, "inline") == f"${lowered}$"
    kept = r"w \sigma(w x + b) (1 - \sigma(w x + b))"
    where = r"\text{where } \sigma(u) %s \frac{1}{1 + e^{-u}}"
    for wrap in ("display", "equation"):
        assert kept + r", \quad " + where % "=" in written(SIGMOID, wrap)
    assert written(SIGMOID, "align").splitlines()[2] == "  " + where % "&="
    assert written(OWN_SIGMOID, "none") == r"\sigma(w x + b) (1 - \sigma(w x + b))"


def test_facts_are_aligned() -> None:
    assert written(HESSIAN, "align").splitlines() == [
        r"\begin{align*}",
        r"  \nabla^{2} f(x, y) &= \begin{bmatrix} 12 x^{2} & -4 \\ -4 & 12 y^{2} \end{bmatrix} \\",
        r"  \left.\nabla^{2} f(x, y)\right|_{x = 1, y = 1} &= \begin{bmatrix} 12 & -4 \\ -4 & 12 \end{bmatrix} \\",
        r"  \text{eigenvalues:}\quad &16, 8 \\",
        r"  \text{definiteness:}\quad &\text{positive definite: strict local minimum}",
        r"\end{align*}",
    ]
    assert r"\ln(x + 1) &\approx x - " in written(TAYLOR, "align")
    systems = [text for text in written(LAGRANGE, "align").splitlines() if "= 0" in text]
    assert [r"\text{system:}" in text for text in systems] == [True, False, False]


def test_long_sums_are_split() -> None:
    for wrap in ("align", "equation"):
        lines = written(POLYNOMIAL, wrap).splitlines()
        assert sum(text.strip().startswith(r"&\quad + ") for text in lines) >= 3
        assert all(width(text) < 75 for text in lines)
        assert lines[1 + (wrap == "equation")].strip().startswith(r"\frac{\partial f}{\partial x} &= x^{7}")


def test_width_of_a_fraction_is_that_of_its_wider_side() -> None:
    assert width(r"\frac{x + y}{2}") == width("x + y")
    assert width("x^{2}") < width("x2")
    assert width(r"\lambda") == width("x")


def test_wide_matrices_are_arrays() -> None:
    wide = ImmutableMatrix(2, 11, lambda i, j: x**j)
    assert tex(wide).startswith(r"\left[\begin{array}{ccccccccccc} 1 & x & ")
    assert tex(ImmutableMatrix(2, 10, lambda i, j: x**j)).startswith(r"\begin{bmatrix} ")


def test_points_are_an_array() -> None:
    assert written(LAGRANGE, "none") == (
        r"\begin{array}{ccccl} x & y & \lambda_{1} & f & \\ \hline \\[-1.5ex] "
        r"-\frac{\sqrt{2}}{2} & -\frac{\sqrt{2}}{2} & -\frac{\sqrt{2}}{2} & -\sqrt{2} \approx -1.41421 & "
        r"\text{strict minimum, smallest} \\[1ex] "
        r"\frac{\sqrt{2}}{2} & \frac{\sqrt{2}}{2} & \frac{\sqrt{2}}{2} & \sqrt{2} \approx 1.41421 & "
        r"\text{strict maximum, largest} \end{array}"
    )


# --- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x", "x"),
        ("x12", "x_{12}"),
        ("lambda", r"\lambda"),
        ("lambda1", r"\lambda_{1}"),
        ("λ1", r"\lambda_{1}"),
        ("Gamma", r"\Gamma"),
        ("Alpha", r"\mathrm{A}"),
        ("omicron", "o"),
        ("speed", r"\mathrm{speed}"),
        ("speed2", r"\mathrm{speed}_{2}"),
        ("w_max", r"w_{\mathrm{max}}"),
        ("x_i", "x_{i}"),
        ("x1_2", "x_{1,2}"),
        ("A_ij", r"A_{\mathrm{ij}}"),
    ],
)
def test_name(name: str, expected: str) -> None:
    assert tex(Symbol(name)) == expected


def test_function_name() -> None:
    assert tex(Function("phi")(x)) == r"\phi(x)"
    assert tex(Function("cost")(x)) == r"\operatorname{cost}(x)"
    assert tex(Function("cost2")(x)) == r"\operatorname{cost}_{2}(x)"


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_smuggles_a_command(name: str) -> None:
    commands = {
        "text", "mathrm", "operatorname", "textbackslash", "textasciitilde", "textasciicircum", "textless", "textgreater",
        "textbar", "{", "}", "$", "&", "#", "%", "_",
    }  # fmt: skip
    for text in (tex(Symbol(name)), tex(Function(name)(x)), tex(name)):
        assert text.isascii() and "\n" not in text
        assert set(re.findall(r"\\([A-Za-z]+|.)", text)) <= commands, text
        bare = re.sub(r"\\.", "", text)
        assert bare.count("{") == bare.count("}")


# --- compiling ---------------------------------------------------------------------------------------------------


def test_everything_compiles(tmp_path: Path) -> None:
    if shutil.which("pdflatex") is None:
        pytest.skip("no TeX installation: pdflatex is not on the path")
    wide = ImmutableMatrix(12, 12, lambda i, j: x ** (i + j))
    many = [*ALL.values(), Result(Fact("wide", wide, of=HessianMatrix(sin(x * y), (x, y))))]
    texts = [written(result, wrap) if wrap != "none" else f"${written(result, wrap)}$" for result in many for wrap in WRAPS]
    texts += [f"${tex(value)}$" for value, *_ in ROWS]
    texts += [f"${tex(Symbol(name))} {tex(Function(name)(x))} {tex(name)}$" for name in HOSTILE]
    texts += [f"${tex(e)}$" for e in random.Random(1).sample(expressions(400), 100)]
    _compile(tmp_path, latex.DOCUMENT % "\n\n".join(texts))
    _compile(tmp_path, written(GRADIENT, "document"))
    _compile(tmp_path, written(WORDS, "document"))


def _compile(folder: Path, text: str) -> None:
    (folder / "all.tex").write_text(text, encoding="ascii")
    command: list[Any] = [shutil.which("pdflatex"), "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "all.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)
    log = done.stdout.decode("latin-1")
    assert done.returncode == 0, log[-1500:]
    assert "Warning: Command" not in log, re.findall(r".*Warning: Command.*", log)
