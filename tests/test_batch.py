"""A web server's day: many requests of many kinds through one batch, in order, none lost, in steady memory."""

from __future__ import annotations

import json
import random
import shlex
import subprocess
import sys
import sysconfig
from collections import Counter
from pathlib import Path
from threading import Thread

import pytest
from formulas import formula

SYMCALC = str(Path(sysconfig.get_path("scripts")) / "symcalc")
REQUESTS, SETTLED = 2_000, 500
BAD = [
    "",
    "sni(x)",
    "diff",
    "diff 'x +'",
    "grad 'x",
    "hessian '[x, y]'",
    "foo x",
    "diff x --formt",
    "eval '9^9^9^9'",
    "taylor 'ln(x)'",
]
GOOD = {
    "diff": "diff {f} x",
    "partial": "partial {f} x y",
    "grad": "grad {f}",
    "jacobian": "jacobian {f} x y",
    "taylor": "taylor {f} -n 2 --at x=1/2,y=1/3,a=1,x1=2",
    "chain": "chain 'z = u^2+v' 'u = x*y' {d} --wrt x",
    "eval": "eval {f}",
    "lagrange": "lagrange 'x*y+{n}*x' 'x^2+y^2={n}'",
}


def requests(rng: random.Random) -> list[str]:
    lines = []
    while len(lines) < REQUESTS:
        if rng.random() < 0.2:
            lines.append(rng.choice(BAD) or "'' ''")
            continue
        kind = "lagrange" if rng.random() < 0.01 else rng.choice([k for k in GOOD if k != "lagrange"])
        f = formula(rng, 1)
        lines.append(GOOD[kind].format(f=shlex.quote(f), d=shlex.quote(f"v = {f}"), n=rng.randint(1, 9)))
    lines[700] = "taylor 'gamma(x)^gamma(x)' x --at 2 -n 60 --timeout 0.2"
    return lines


def resident(process_id: int) -> int:
    """KiB of memory that the process and its children use for themselves (what they share with each other counts once)."""
    ids = [process_id, *map(int, Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split())]
    sizes = [line.split() for i in ids for line in Path(f"/proc/{i}/smaps_rollup").read_text("ascii").splitlines()]
    return sum(int(words[1]) for words in sizes if words[0] == "Pss:")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_two_thousand_requests():
    lines = requests(random.Random(3))
    codes: Counter[str] = Counter()
    sizes: dict[int, int] = {}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([SYMCALC, "batch", "--timeout", "5"], **pipes) as process:
        Thread(target=process.stdin.write, args=["\n".join([*lines, ""]).encode()]).start()
        for number in range(1, REQUESTS + 1):
            found = json.loads(process.stdout.readline())
            assert found["line"] == number
            codes[found["error"]["code"] if not found["ok"] else "ok"] += 1
            if number == 701:  # its own limit
                assert found["error"]["problem"] == "there was no answer within 0.2 s"
            if number % 100 == 0:
                sizes[number] = resident(process.pid)
        process.stdin.close()
        assert (process.stdout.read(), process.stderr.read()) == (b"", b"")
    assert process.returncode == 3
    assert 1_000 < codes["ok"] < 1_800
    assert codes["timeout"] == 1
    assert codes.keys().isdisjoint({"internal", "crashed", "killed"}), codes
    assert max(size for number, size in sizes.items() if number > SETTLED) < 1.2 * sizes[SETTLED], sizes


def test_a_line_that_names_the_program_or_the_batch_is_told_what_to_leave_out(tmp_path: Path):
    file = tmp_path / "lines.txt"
    file.write_text("\ufeffdiff x^2\nsymcalc diff x\nbatch x\n", "utf-8")
    run = subprocess.run([SYMCALC, "batch", file, "-f", "plain"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (2, "2*x\n\n\n")
    assert "leave out the word symcalc here" in run.stderr and "'batch' cannot stand in a batch" in run.stderr
