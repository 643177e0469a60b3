"""batch --jobs: order, limits of each line, answers as they come, a bounded look-ahead, and quiet ends."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import pty
import select
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.caches import forget
from symcalc import batch, cli, pool
from symcalc.errors import SymcalcError
from symcalc.guard import Limits, Worker
from symcalc.lines import Lines
from symcalc.place import Place
from symcalc.reply import reply_to
from symcalc.result import Page

SYMCALC = str(Path(sysconfig.get_path("scripts")) / "symcalc")
SLOW = "taylor 'gamma(x)^gamma(x)' x --at 2 -n 60"
MIXED = [
    "diff 'x^2'",
    f"{SLOW} --timeout 0.5",
    "",
    "diff 'sni(x)'",
    "grad 'x^2*y' # a comment",
    "diff 'x",
    "taylor 'exp(x)' -n 3 -f latex",
    "diff '|x|' --at 0",
    *(f"eval '{k}*x'" for k in range(40)),
]


def started(*words, **streams):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.Popen([SYMCALC, "batch", *words], start_new_session=True, **pipes)


def children(process):
    return [int(n) for n in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def ended(process_id):
    """Whether the process is gone, or will be as soon as somebody waits for it."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        with contextlib.suppress(FileNotFoundError):
            if Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                time.sleep(0.02)
                continue
        return True
    return False


# --- answers -----------------------------------------------------------------------------------------------------


def test_the_answers_are_those_of_one_job():
    """Byte for byte, with errors, limits and empty lines in between."""
    found = [
        subprocess.run([SYMCALC, "batch", "-f", form, "--jobs", jobs], input="\n".join(MIXED).encode(), capture_output=True)
        for form in ("json", "plain")
        for jobs in ("1", "3")
    ]
    assert (found[0].stdout, found[0].stderr) == (found[1].stdout, found[1].stderr)
    assert (found[2].stdout, found[2].stderr) == (found[3].stdout, found[3].stderr)
    assert {run.returncode for run in found} == {3}
    numbers = [json.loads(line)["line"] for line in found[1].stdout.splitlines() if line.startswith(b"{")]
    assert numbers == [n for n, line in enumerate(MIXED, 1) if line and "latex" not in line]


def test_lines_are_answered_at_once_by_several_processes(tmp_path):
    def own_id(*_):
        time.sleep(0.2)
        return (os.getpid(),)

    file = tmp_path / "lines"
    file.write_text("x\n" * 6)
    workers = [Worker(own_id, ()) for _ in range(3)]
    with file.open("rb") as source:
        lines = Lines(source.fileno(), 100)
        ids = [reply for _, reply in pool.replies(lines, lambda line: pool.Slot(line), workers, Limits())]
    for worker in workers:
        worker.close()
    assert len(ids) == 6
    assert len(set(ids)) == 3


def test_a_line_that_breaks_its_worker_breaks_no_other(tmp_path):
    def answer(request, *_):
        if request == "abort":
            os.abort()
        if request == "sleep":
            time.sleep(60)
        return f"{request}!"

    asked = ["a", "abort", "b", "sleep", "c", "abort", "d", "e"]
    file = tmp_path / "lines"
    file.write_text("\n".join(asked))
    workers = [Worker(answer, ()) for _ in range(2)]
    with file.open("rb") as source:
        lines = Lines(source.fileno(), 100)
        found = [reply for _, reply in pool.replies(lines, lambda line: pool.Slot(line), workers, Limits(0.3))]
    for worker in workers:
        worker.close()
    codes = {"abort": "crashed", "sleep": "timeout"}
    assert [r.code if isinstance(r, SymcalcError) else r for r in found] == [codes.get(a, f"{a}!") for a in asked]


def test_without_fork_lines_are_answered_one_by_one(monkeypatch, tmp_path):
    monkeypatch.delattr(os, "fork")
    file = tmp_path / "lines"
    file.write_text("diff 'x^3'\n\ndiff 'x\ndiff '3*sni(x)'\n")
    order = batch.understand([str(file), "--jobs", "2", "-f", "plain"], ["plain"])
    workers = [Worker(cli._reply, cli.SERVER)]
    found = list(batch.replies(order, Place(Page(), "plain", ()), workers, cli._misunderstood))
    workers[0].close()
    assert [(reply.text, reply.exit) for reply in found] == [("3*x**2", 0), ("", 2), ("", 2)]


@pytest.mark.parametrize("said", ["0", "-1", "1.5", "two", "", "257", "१"])
def test_jobs_that_cannot_be(said):
    with pytest.raises(SymcalcError, match="--jobs cannot be") as caught:
        batch.understand([f"--jobs={said}"], ["json"])
    assert caught.value.exit == 2


def test_as_many_jobs_as_processors():
    assert 1 <= batch.understand(["--jobs", "auto"], ["json"]).jobs <= batch.MAX_AUTO
    assert batch.understand(["-j", "12"], ["json"]).jobs == 12
    assert batch.understand([], ["json"]).jobs == batch.understand(["-j", "auto"], ["json"]).jobs


# --- streams -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_answer_comes_before_the_next_question(jobs):
    with started("--jobs", jobs, "-f", "plain") as process:
        for n in (3, 4, 5):
            process.stdin.write(f"diff x^{n}\n".encode())
            process.stdin.flush()
            assert process.stdout.readline() == f"{n}*x**{n - 1}\n".encode()
        process.stdin.close()
    assert process.returncode == 0


def test_no_more_is_read_than_is_needed_soon():
    """While a slow line is being answered, an endless input is not swallowed."""
    with started("--jobs", "2") as process:
        process.stdin.write(f"{SLOW} --timeout 60\n".encode())
        process.stdin.flush()
        os.set_blocking(process.stdin.fileno(), False)
        taken, line = 0, b"eval x # %s\n" % (b"-" * 500)
        while select.select([], [process.stdin], [], 2)[1] and taken < 1 << 20:
            taken += os.write(process.stdin.fileno(), line)
        process.kill()
    assert taken < 1 << 18


def test_a_reader_that_has_enough_ends_it_quietly():
    command = f"yes 'diff x^2' | {SYMCALC} batch --jobs 2 -f plain | head -3"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
    assert (done.stdout, done.stderr) == (b"2*x\n" * 3, b"")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_ctrl_c_leaves_what_was_done():
    with started("--jobs", "2", "-f", "plain") as process:
        process.stdin.write(f"diff x^2\ndiff x^3\n{SLOW} --timeout 60\ndiff x^4\n".encode())
        process.stdin.flush()
        assert process.stdout.readline() == b"2*x\n"
        assert process.stdout.readline() == b"3*x**2\n"
        time.sleep(0.3)
        workers = children(process)
        assert len(workers) == 2
        os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to all
        assert process.communicate(timeout=20) == (b"", b"")
    assert process.returncode == 130
    assert all(map(ended, workers))


def test_a_bar_on_a_terminal_that_the_answers_do_not_go_to(tmp_path):
    file = tmp_path / "lines"
    file.write_text("diff x^2\n" * 20)
    outer, inner = pty.openpty()
    with started(str(file), "--jobs", "2", "-f", "plain", stderr=inner) as process:
        os.close(inner)
        out = process.stdout.read()
        said = b""
        with contextlib.suppress(OSError):  # Linux says so when the last writer is gone
            while part := os.read(outer, 1 << 16):
                said += part
    os.close(outer)
    assert out == b"2*x\n" * 20
    assert b"/20" in said


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=12)), st.booleans())
def test_lines_are_those_that_were_written(written, closed):
    text = "\n".join(written) + "\n" * closed
    read, write = os.pipe()
    with os.fdopen(write, "wb") as file:
        file.write(text.encode())
    lines, found = Lines(read, 1000), []
    while lines.waiting or not lines.ended:
        line = lines.next()
        if line is None:
            lines.read()
        else:
            found.append(line)
    os.close(read)
    assert found == (text.removesuffix("\n").split("\n") if text else [])


def test_of_a_long_line_only_the_first_part_is_kept():
    read, write = os.pipe()
    os.write(write, b"x" * 50_000 + b"\nnext\n")
    os.close(write)
    lines = Lines(read, 1000)
    while not lines.ended:
        lines.read()
        assert len(lines._rest) <= 1000
    os.close(read)
    assert [lines.next(), lines.next(), lines.next()] == ["x" * 1000, "next", None]


# --- memory ------------------------------------------------------------------------------------------------------


def test_nothing_is_kept_of_lines_that_were_answered():
    """The number of objects is the same after more lines with new names, but for the caches with a bound."""

    def objects(first):
        for k in range(first, first + 20):
            for words in (["eval", f"{k}*w{k} + sin(x)"], ["grad", f"x^{k}*u{k}"], ["diff", f"sni{k}(x)"]):
                with contextlib.suppress(SymcalcError):
                    reply_to(cli.understand(words, Place(Page(), "json", ())), Place(Page(), "json", ()))
        forget()
        gc.collect()
        return len(gc.get_objects())

    objects(2)
    before = objects(100)
    assert objects(200) - before < 20
