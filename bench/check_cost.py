"""What the check by numbers costs: its share of a whole run, over the known cases. python -m bench.check_cost"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.tables import Table, markdown, milliseconds, times
from symcalc import answer
from symcalc.calculus.check import verify
from symcalc.cli import understand
from symcalc.place import Place
from symcalc.result import Page

CASES = Path(__file__).parent.parent / "tests" / "cases"
RUNS = 5


def questions() -> list[list[str]]:
    cases = [c for f in ("notes", "worked", "chain") for c in json.loads((CASES / f"{f}.json").read_text("utf-8"))]
    later = ("tangent", "directional", "--from-definition")
    return [c["words"] for c in cases if "status" not in c and not any(mark in c["words"] for mark in later)]


def seconds_of_a_process(words: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "symcalc", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def seconds_of_the_check(words: list[str]) -> float:
    call = understand(words, Place(Page(), "plain", ()))
    result = answer(call.command, *call.words, reading=call.reading, check=False, **call.options)
    start = time.perf_counter()
    verify(result.claims)
    return time.perf_counter() - start


def tables(quick: bool = False) -> list[Table]:
    """The time of the check, and its share of a whole run."""
    asked = questions()[:: 5 if quick else 1]
    seconds_of_the_check(asked[0])  # the first one loads modules
    checks = [seconds_of_the_check(words) for words in asked]
    sympy = statistics.median(seconds_of_import() for _ in range(RUNS))
    wholes = [seconds_of_a_process(words) for words in asked[:: max(1, len(asked) // 12)]]
    whole, check = statistics.median(wholes), statistics.median(checks)
    rows = (
        ("check, median", milliseconds(check), f"{100 * check / whole:.1f} % of a whole run"),
        ("check, largest", milliseconds(max(checks)), ""),
        ("whole run, median", milliseconds(whole), f"{times(whole, sympy)} import sympy"),
    )
    return [Table(f"The check by numbers, over {len(asked)} known cases", ("what", "time", "ratio"), rows)]


def main() -> None:
    for table in tables():
        print(markdown(table))


def seconds_of_import() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import sympy"], check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
