"""The whole bench: prints its tables, and writes them to bench/RESULTS.md.

python -m bench [--quick]      everything; --quick asks fewer questions and writes nothing
python -m bench NAME...        some of the parts only
"""

from __future__ import annotations

import argparse
import compileall
import os
import sys
import time
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

import symcalc
from bench.machine import described
from bench.tables import Table, markdown

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
PARTS = ("start", "commands", "constrained", "taylor", "hessian", "orders", "batch", "deriving", "check_cost", "guard_cost")
"""Modules of this folder with a function tables(quick) -> list[Table], in the order of the report."""


def setting(spent: dict[str, float], quick: bool) -> Table:
    """What the figures were measured on, and how long each part took."""
    rows = [*described().items(), *((f"time of {name}", f"{seconds:.0f} s") for name, seconds in spent.items())]
    kind = "the short form" if quick else "the whole bench"
    return Table(f"Measured on {date.today().isoformat()}, {kind}", ("what", "value"), tuple(rows), ())


def compiled() -> None:
    """Compile symcalc to bytecode, which pip does when it installs: a process whose modules are compiled anew is not what anyone
    waits for."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(Path(symcalc.__file__).parent, quiet=1)


def measured(names: Sequence[str], quick: bool) -> str:
    """The report as Markdown."""
    spent: dict[str, float] = {}
    tables: list[Table] = []
    for name in names:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        begun = time.perf_counter()
        tables += import_module(f"bench.{name}").tables(quick)
        spent[name] = time.perf_counter() - begun
    head = (
        "# Results of the bench\n\nWritten by `python -m bench`. The machine was not idle: compare figures of one table only.\n\n"
    )
    return head + "\n".join(map(markdown, [setting(spent, quick), *tables]))


def main() -> None:
    there = [name for name in PARTS if (HERE / f"{name}.py").exists()]
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__.split("\n")[0])
    options.add_argument("parts", nargs="*", metavar="NAME", help=f"some of: {', '.join(there)}")
    options.add_argument("--quick", action="store_true", help="ask fewer questions")
    asked = options.parse_args()
    unknown = set(asked.parts) - set(there)
    if unknown:
        options.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(there)}")
    compiled()
    report = measured(asked.parts or there, asked.quick)
    print(report)
    if not asked.parts and not asked.quick:
        RESULTS.write_text(report, "utf-8")


if __name__ == "__main__":
    main()
