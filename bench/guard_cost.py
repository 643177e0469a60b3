"""What the guard costs an ordinary answer: the same command lines with a child process and without, in turn, in one run.

python bench/guard_cost.py [runs]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

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
        self.ask = lambda request, limits: answer(request, limits, None)
guard.Worker = Worker
from symcalc.cli import main; main()
"""


def seconds(code: str, words: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main(runs: int) -> None:
    """Print, per question, the medians of both and of the paired difference, in milliseconds."""
    print("question                                           bare  guarded  difference")
    for words in QUESTIONS:
        pairs = [(seconds(BARE, words), seconds(GUARDED, words)) for _ in range(runs)]
        bare, guarded = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
        difference = statistics.median((b - a) * 1000 for a, b in pairs)
        print(f"{' '.join(words):48} {bare:6.0f} {guarded:8.0f} {difference:+11.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
