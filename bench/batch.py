"""Many gradients: `symcalc batch` against a loop of parse_expr, diff and latex in one process, on the same 1,000 lines.

python -m bench batch

The whole time of each process counts, its start too; the processes take turns in one run.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.tables import Table

LINES = 1_000
LOOP = """
import sys
from sympy import Matrix, diff, latex, symbols
from sympy.parsing.sympy_parser import parse_expr
x, y = symbols("x y", real=True)
for line in open(sys.argv[1]):
    f = parse_expr(line, {"x": x, "y": y})
    print(latex([diff(f, v) for v in (x, y)]))
"""
PEER = "a loop of parse_expr, diff, latex"
WAYS = ("--jobs 1", "--jobs 2", "")
"""Options of a batch; without any there are as many jobs as processors."""
FUNCTIONS = ("sin", "cos", "exp", "tanh", "atan")
TEMPLATES = (
    "{a}*x**{m}*y**{n} + {b}*x*y - {c}*y**{k}",
    "{f}({a}*x + {b}*y) + {c}*x**{m}",
    "x**{m}*{f}({a}*y) - {b}*y**{n}*{g}(x)",
    "exp(-{a}*x**2 - {b}*y**2)",
    "log({a} + x**2 + {b}*y**2)",
    "sqrt({a} + x**2*y**2) + {b}*x",
    "{a}*x/({b} + y**2)",
    "{f}(x*y)*{g}({a}*x - {b}*y)",
    "({a}*x + {b}*y - {c})**{m} + ({b}*x - y)**2",
    "{a}*(1 - x)**2 + {b}*(y - x**2)**2",
    "x**{m}*exp({a}*y) + y**{n}*exp(-{b}*x)",
    "1/(1 + exp(-{a}*x - {b}*y - {c}))",
    "{f}(x**{m} + {a}*y) + {g}(y)**2",
    "({a}*x**2 + {b}*y**2)*{f}(x)",
    "log({a} + exp({b}*x)) - {c}*x*y",
    "{a}*x**2 + {b}*x*y + {c}*y**2 + {k}*x - {m}*y + {n}",
)


def formulas(count: int) -> list[str]:
    """Functions of x and y from varied templates; the same each time, each once."""
    rng = random.Random(7)
    found: dict[str, None] = {}
    while len(found) < count:
        numbers = {name: rng.randint(2, 9) for name in "abc"} | {name: rng.randint(2, 5) for name in "mnk"}
        functions = {name: rng.choice(FUNCTIONS) for name in "fg"}
        found[TEMPLATES[len(found) % len(TEMPLATES)].format(**numbers, **functions)] = None
    return list(found)


def seconds(*command: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *command], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def rows(runs: int = 3) -> list[tuple[str, float, str]]:
    """(what, its throughput over that of the peer, the peer), and the gain of two jobs over one."""
    with tempfile.TemporaryDirectory() as folder:
        texts, questions = Path(folder, "formulas"), Path(folder, "questions")
        texts.write_text("".join(f"{f}\n" for f in formulas(LINES)))
        questions.write_text("".join(f"grad '{f}' x y\n" for f in formulas(LINES)))
        times: dict[str, list[float]] = {}
        for _ in range(runs):
            times.setdefault(PEER, []).append(seconds("-c", LOOP, str(texts)))
            for options in WAYS:
                words = ["-m", "symcalc", "batch", str(questions), "-f", "latex", *options.split()]
                times.setdefault(options, []).append(seconds(*words))
    median = {name: statistics.median(values) for name, values in times.items()}
    found = [(f"batch {options}".strip() + f", {LINES} gradients", median[PEER] / median[options], PEER) for options in WAYS]
    return [*found, ("batch --jobs 2", median["--jobs 1"] / median["--jobs 2"], "--jobs 1")]


def tables(quick: bool = False) -> list[Table]:
    """The throughput as a multiple of that of the peer."""
    found = rows(1 if quick else 3)
    return [
        Table(
            "Many questions", ("what", "throughput", "of"), tuple((name, f"{ratio:.2f} x", peer) for name, ratio, peer in found)
        )
    ]
