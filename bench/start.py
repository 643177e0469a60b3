"""How long a start takes, against `import sympy` in the same interpreter, in turn, in one run.

python -m bench start
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

from bench.tables import Table

PEER = "import sympy"
GROUPS = {
    "without SymPy": (
        ["--help"],
        ["--version"],
        ["grad", "--help"],
        ["batch", "--help"],
        ["complete"],
        ["grdd", "x^2"],
        ["grad"],
        ["grad", "x^2", "--timeout", "soon"],
        ["grad", "x^2", "--formt", "latex"],
        ["grad", "x^2", "--layout", "diagonal"],
        ["diff", "x^2", "-n", "many"],
        ["grad", "3*sni(x)"],
        ["grad", "x^2 +"],
    ),
    "answers": (
        ["grad", "3*x1**2+5*exp(x2**2)"],
        ["grad", "x^2*y + sin(y)", "--latex"],
        ["diff", "x^2*sin(x)"],
        ["hessian", "x^4+y^4-4*x*y"],
    ),
}
"""Command lines; their marks are 0.35 and 1.3 times the time of the peer. "complete" stands for a question of the shell."""


def seconds(words: list[str] | None) -> float:
    """The time of one process: symcalc with these words, or the peer."""
    environment = dict(os.environ)
    command = [sys.executable, "-c", PEER] if words is None else [sys.executable, "-m", "symcalc", *words]
    if words == ["complete"]:
        command = command[:-1]
        environment |= {"_SYMCALC_COMPLETE": "complete_bash", "COMP_WORDS": "symcalc gr", "COMP_CWORD": "1"}
    begun = time.perf_counter()
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - begun


def rows(runs: int = 15) -> list[tuple[str, float, str]]:
    """(command line, median time over that of the peer, the peer)."""
    asked = [words for group in GROUPS.values() for words in group]
    times: dict[str, list[float]] = {}
    for _ in range(runs):
        for words in (None, *asked):
            times.setdefault("" if words is None else " ".join(words), []).append(seconds(words))
    peer = statistics.median(times.pop(""))
    return [(f"symcalc {name}", statistics.median(values) / peer, PEER) for name, values in times.items()]


def tables(quick: bool = False) -> list[Table]:
    """The time of each command line as a multiple of that of the peer."""
    found = rows(3 if quick else 15)
    return [
        Table("Start-up", ("command line", "time", "of"), tuple((name, f"{ratio:.2f} x", peer) for name, ratio, peer in found))
    ]
