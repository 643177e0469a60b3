"""What the guard costs an ordinary answer: the same command lines with a child process and without, in turn, in one run.

python -m bench.guard_cost [RUNS]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from bench.tables import Table, markdown, milliseconds

QUESTIONS = (
    ["diff", "x^2*sin(x)"],
    ["grad", "3*x1**2+5*exp(x2**2)"],
    ["hessian", "x^4+y^4-4*x*y", "--at", "x=1,y=1"],
    ["taylor", "exp(x)*sin(y)", "-n", "3"],
)
GUARDED = "from symcalc.cli import main; main()"
BARE = """
from symcalc import guard
class Worker:
    def __init__(self, answer, command, prepare=None):
        self.ask = lambda request, limits, waiting: answer(request, limits, None)
guard.Worker = Worker
from symcalc.cli import main; main()
"""


def seconds(code: str, words: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def compared(runs: int) -> Table:
    """Per question, the medians of both and of the paired difference."""
    rows = []
    for words in QUESTIONS:
        pairs = [(seconds(BARE, words), seconds(GUARDED, words)) for _ in range(runs)]
        bare, guarded = (statistics.median(column) for column in zip(*pairs, strict=True))
        difference = statistics.median(b - a for a, b in pairs)
        rows.append((" ".join(words), milliseconds(bare), milliseconds(guarded), milliseconds(difference)))
    return Table("The guard: one command in a process of its own", ("question", "bare", "guarded", "difference"), tuple(rows))


def tables(quick: bool = False) -> list[Table]:
    """One table."""
    return [compared(3 if quick else 9)]


def main(runs: int) -> None:
    print(markdown(compared(runs)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
