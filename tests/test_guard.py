"""The limits: each net by a computation that only this net holds, and what the user is told about a child that ends."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import signal
import subprocess
import sys
import sysconfig
import time
import types
from pathlib import Path

import pytest

from symcalc import budget, guard
from symcalc.cli import SERVER, answered
from symcalc.errors import SymcalcError
from symcalc.guard import Limits, Worker
from symcalc.reply import _as_failure
from symcalc.result import Page

SYMCALC = str(Path(sysconfig.get_path("scripts")) / "symcalc")
LINUX = sys.platform == "linux"


def deep_in_c(*_):
    """Minutes in one call of a C function, which hears no signal handler of Python's."""
    return hashlib.pbkdf2_hmac("sha256", b"", b"", 10**9).hex()


def forever(*_):
    while True:
        pass


def forever_deaf(*_):
    """A loop that swallows whatever is raised in it."""
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


def once_deaf(*_):
    """A loop that swallows the first exception, as a bare `except` in a library does."""
    try:
        forever()
    except BaseException:
        forever()


def growing(*_):
    kept = []
    while True:
        kept.append(bytearray(1 << 20))


def complaining(*_):
    os.write(2, b"GNU MP: Cannot allocate memory (size=12345)\n")
    os.abort()


def code_of(answer, seconds=0.4, memory=1024):
    """The code of the error that a child with this answer ends in, and the seconds that passed."""
    worker, begun = Worker(answer, SERVER), time.monotonic()
    with pytest.raises(SymcalcError) as caught:
        worker.ask(None, Limits(seconds, memory))
    assert worker.child is None
    assert caught.value.exit == 3
    assert caught.value.hint
    return caught.value.code, time.monotonic() - begun


# --- each net alone ----------------------------------------------------------------------------------------------


def test_the_alarm_ends_a_loop_in_python(monkeypatch):
    """Without the parent's kill and the limit on processor time the child's own clock is enough."""
    monkeypatch.setattr(guard, "GRACE", 20)
    code, seconds = code_of(forever)
    assert (code, seconds < 2) == ("timeout", True)


def test_the_alarm_repeats(monkeypatch):
    monkeypatch.setattr(guard, "GRACE", 20)
    code, seconds = code_of(once_deaf)
    assert (code, seconds < 2) == ("timeout", True)


@pytest.mark.parametrize("answer", [deep_in_c, forever_deaf])
def test_the_parent_ends_what_does_not_hear_the_alarm(answer):
    code, seconds = code_of(answer)
    assert (code, seconds < 0.4 + guard.GRACE + 0.8) == ("timeout", True)


def test_the_limit_on_processor_time_ends_a_child_nobody_waits_for(monkeypatch):
    monkeypatch.setattr(guard, "GRACE", 60)
    code, seconds = code_of(deep_in_c)
    assert (code, seconds < 30) == ("timeout", True)


@pytest.mark.parametrize("answer", [growing, lambda *_: len(bytearray(10**10))], ids=["growing", "at once"])
def test_the_memory_is_limited(answer):
    code, _ = code_of(answer, seconds=20)
    assert code == "memory"


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        (lambda *_: os.abort(), "crashed", "SIGABRT"),
        (lambda *_: ctypes.string_at(0), "crashed", "SIGSEGV"),
        (lambda *_: os._exit(5), "crashed", "exit code 5"),
        (lambda *_: sys.exit(3), "crashed", "exit code 70"),
        (lambda *_: os.kill(os.getpid(), signal.SIGKILL), "killed", "from outside"),
        (complaining, "memory", "1024 MiB"),
        (forever, "timeout", "0.4 s"),
    ],
    ids=["abort", "segmentation fault", "exit", "SystemExit", "kill", "out of memory in C", "time"],
)
def test_how_a_child_ended_is_told_apart(answer, code, said):
    with pytest.raises(SymcalcError) as caught:
        Worker(answer, SERVER).ask(None, Limits(0.4, 1024))
    assert caught.value.code == code
    assert said in caught.value.problem


# --- one child for many requests ---------------------------------------------------------------------------------


def pid(*_):
    return os.getpid()


def test_one_child_answers_many_requests_and_a_worn_one_is_replaced(monkeypatch):
    worker = Worker(pid, SERVER)
    assert len({worker.ask(None, Limits()) for _ in range(3)}) == 1
    worker.close()
    monkeypatch.setattr(guard, "WORN_MIB", 1)
    worker = Worker(pid, SERVER)
    assert len({worker.ask(None, Limits()) for _ in range(3)}) == 3
    worker.close()


def test_after_a_failure_the_next_request_is_answered():
    def answer(request, *_):
        return os.abort() if request == "crash" else growing() if request == "grow" else request * 2

    worker = Worker(answer, SERVER)
    for wrong in ("crash", "grow"):
        assert worker.ask(3, Limits()) == 6
        with pytest.raises(SymcalcError):
            worker.ask(wrong, Limits(5, 512))
    assert worker.ask("x", Limits()) == "xx"
    worker.close()


def test_a_request_may_set_its_own_limits():
    def answer(seconds, _limits, limit):
        limit(Limits(seconds))
        time.sleep(0.8)
        return seconds

    worker = Worker(answer, SERVER)
    assert worker.ask(5.0, Limits(0.3)) == 5.0
    with pytest.raises(SymcalcError, match=r"within 0\.3 s"):
        worker.ask(0.3, Limits(5))
    worker.close()


def test_long_requests_and_replies():
    worker = Worker(lambda request, *_: request + request, SERVER)
    assert worker.ask("x" * 3_000_000, Limits()) == "x" * 6_000_000
    worker.close()


def test_what_the_child_writes_never_reaches_the_user(capfd):
    def answer(*_):
        print("noise")
        os.write(1, b"noise")
        for _ in range(2):  # more than a pipe takes
            with contextlib.suppress(BlockingIOError):
                os.write(2, b"noise" * 100_000)
        return sys.stdin.read()

    worker = Worker(answer, SERVER)
    assert worker.ask(None, Limits(5)) == ""
    worker.close()
    assert capfd.readouterr() == ("", "")


def test_without_fork_a_new_interpreter_serves_the_same(monkeypatch, capfd):
    monkeypatch.delattr(os, "fork")
    place = guard_place()
    assert answered(["diff", "x^3"], place).text == "3*x**2"
    assert answered(["diff", "-"], guard_place(stdin=("", "x^4"))).text == "4*x**3"
    slow = answered([*SLOW, "--timeout", "1"], place)
    assert slow.exit == 3
    assert "within 1 s" in slow.messages[0]
    assert answered(["diff", "sni(x)"], place).exit == 2
    assert capfd.readouterr() == ("", "")


def guard_place(stdin=()):
    from symcalc.place import Place

    return Place(Page(), "plain", stdin)


SLOW = ["taylor", "gamma(x)", "--at", "1", "-n", "60"]
"""A coefficient has as many terms as its degree has partitions."""


# --- parents and children ----------------------------------------------------------------------------------------


def alive(process_id):
    """Whether the process runs; one that nobody waits for any more counts as ended."""
    try:
        status = Path(f"/proc/{process_id}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def ends_within(seconds, process_id):
    end = time.monotonic() + seconds
    while alive(process_id) and time.monotonic() < end:
        time.sleep(0.02)
    return not alive(process_id)


def children(process_id):
    return [int(n) for n in Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()]


def started(answer_code):
    """A process that asks a child, whose answer is this code, and the child."""
    code = (
        "import os, hashlib, sys, time\n"
        "from symcalc.guard import Limits, Worker\n"
        f"def answer(*_):\n    {answer_code}\n"
        "Worker(answer, ()).ask(None, Limits(100))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code])
    end = time.monotonic() + 20
    while not children(process.pid) and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.3)
    return process, children(process.pid)[0]


@pytest.mark.skipif(not LINUX, reason="reads /proc")
@pytest.mark.parametrize("work", ["time.sleep(90)", "hashlib.pbkdf2_hmac('sha256', b'', b'', 10**9)"])
def test_no_child_outlives_its_parent(work):
    process, child = started(work)
    process.kill()
    process.wait()
    assert ends_within(3, child)


def test_an_orphan_ends_at_the_next_tick(monkeypatch):
    """Where the kernel does not tell it, the child looks itself."""
    ended = []
    monkeypatch.setattr(os, "_exit", ended.append)
    monkeypatch.setattr(os, "getppid", lambda: 1)
    monkeypatch.setattr(budget, "_parent", 2)
    budget._tick(signal.SIGALRM, None)
    assert ended == [1]


@pytest.mark.skipif(not LINUX, reason="reads /proc")
def test_ctrl_c_ends_parent_and_child_quietly():
    process = subprocess.Popen(
        [SYMCALC, *SLOW, "--timeout", "60"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    end = time.monotonic() + 20
    while not children(process.pid) and time.monotonic() < end:
        time.sleep(0.02)
    (child,) = children(process.pid)
    os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to both
    assert process.communicate(timeout=20) == (b"", b"")
    assert process.returncode == 130
    assert ends_within(3, child)


# --- what is left out --------------------------------------------------------------------------------------------


def in_child(work, seconds=2.0):
    worker = Worker(lambda *_: work(), SERVER)
    try:
        return worker.ask(None, Limits(seconds))
    finally:
        worker.close()


def test_a_part_that_takes_too_long_is_left_out_and_the_user_is_told():
    def work():
        return budget.attempt("check", forever, lambda: "without"), budget.omitted()

    value, notes = in_child(work)
    assert value == "without"
    assert notes == (budget.PARTS["check"][1],)


def test_a_part_has_one_share_however_often_it_is_tried():
    def work():
        begun = time.monotonic()
        values = [budget.attempt("determinant", forever, lambda: 0) for _ in range(20)]
        return len(values), time.monotonic() - begun, len(budget.omitted())

    count, seconds, notes = in_child(work, 4)
    assert (count, notes) == (20, 1)
    assert seconds < 1


def test_a_part_inside_itself_and_inside_another_ends_with_the_right_one():
    def work():
        inner = budget.attempt("tidying", lambda: budget.attempt("tidying", forever, lambda: "inner"), lambda: "outer")
        mixed = budget.attempt("check", lambda: budget.attempt("determinant", forever, lambda: "inside") + "!", lambda: "no")
        return inner, mixed

    assert in_child(work, 4) == ("outer", "inside!")


def test_a_part_does_not_swallow_the_end_of_what_surrounds_it():
    def work():
        whole = budget.Deadline(0.3)
        budget._deadlines.append(whole)
        try:
            return budget.attempt("check", forever, lambda: "swallowed")
        except budget.Overrun as overrun:
            return "passed on" if overrun.deadline is whole else "another"

    assert in_child(work, 4) == "passed on"


def test_settings_are_as_before_when_a_part_was_interrupted():
    def work():
        from mpmath import mp

        mp.prec = 77

        def spoil():
            mp.prec = 1000
            forever()

        return budget.attempt("check", spoil, lambda: None), mp.prec

    assert in_child(work) == (None, 77)


def test_the_whole_ends_even_inside_a_part():
    code, _ = code_of(lambda *_: [budget.attempt("tidying", forever_once, forever) for _ in range(9)], 1.0)
    assert code == "timeout"


def forever_once():
    forever()


@pytest.mark.parametrize("module", sorted(budget.CALM))
def test_the_bookkeeping_is_not_interrupted(monkeypatch, module):
    """The first tick after the end that finds other code at work raises."""
    monkeypatch.setattr(budget, "_deadlines", [budget.Deadline(-1)])
    budget._tick(signal.SIGALRM, types.SimpleNamespace(f_globals={"__name__": module}))
    with pytest.raises(budget.Overrun):
        budget._tick(signal.SIGALRM, types.SimpleNamespace(f_globals={"__name__": "sympy"}))


def test_an_import_is_not_torn_for_a_part(tmp_path, monkeypatch):
    (tmp_path / "slow_to_import.py").write_text("import time\ntime.sleep(1)\nwhole = True\n")
    monkeypatch.syspath_prepend(tmp_path)

    def work():
        def load():
            import slow_to_import

            forever()
            return slow_to_import

        return budget.attempt("determinant", load, lambda: "left out"), sys.modules["slow_to_import"].whole

    assert in_child(work, 4) == ("left out", True)


def test_elsewhere_no_clock_runs():
    assert budget.attempt("check", lambda: time.sleep(0.3) or "done", lambda: "without") == "done"
    assert budget.omitted() == ()


PLANTED = """
import time, sys
import symcalc.calculus.{module} as module
slow = module.{name}
def waiting(*a, **k):
    time.sleep(30)
    return slow(*a, **k)
module.{name} = waiting
from symcalc.cli import main
main()
"""


@pytest.mark.parametrize(
    ("module", "name", "words", "out", "note"),
    [
        ("tidy", "measure", ["diff", "x*sin(x)"], "x*cos(x) + sin(x)", "tidying took too long"),
        ("check", "_judge", ["diff", "x^2"], "2*x", "not checked by numbers: it took too long"),
        (
            "definite",
            "inertia",
            ["hessian", "x^2+y^2", "--at", "1,1"],
            "[[2, 0], [0, 2]]",
            "eigenvalues and definiteness were left out",
        ),
    ],
)
def test_an_answer_without_its_last_touches_is_printed_with_a_note(module, name, words, out, note):
    code = PLANTED.format(module=module, name=name)
    words = [*words, "--timeout", "4"]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.returncode) == (f"{out}\n", 0)
    assert done.stderr.startswith(f"note: {note}")


# --- every exception in one line ---------------------------------------------------------------------------------


def too_many_digits():
    return str(10**5000)


def precision_exhausted():
    from sympy.core.evalf import PrecisionExhausted

    raise PrecisionExhausted


def no_convergence():
    from mpmath.libmp import NoConvergence

    raise NoConvergence("zetasum")


def too_deep():
    return too_deep()


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (too_many_digits, "too-many-digits"),
        (precision_exhausted, "precision"),
        (no_convergence, "precision"),
        (too_deep, "too-deep"),
        (lambda: 2.0**10**6, "too-large"),
        (lambda: (_ for _ in ()).throw(MemoryError()), "memory"),
        (lambda: {}[1], "internal"),
        (lambda: None.x, "internal"),
        (lambda: (_ for _ in ()).throw(NotImplementedError("two\nlines\x1b[31m")), "internal"),
    ],
    ids=["digits", "precision", "convergence", "recursion", "overflow", "memory", "key", "attribute", "not implemented"],
)
def test_every_exception_ends_in_one_line(raised, code):
    with pytest.raises(Exception) as caught:
        raised()
    error = _as_failure(caught.value, Limits())
    assert (error.code, error.exit) == (code, 3)
    assert len(error.render().splitlines()) == 2
    assert "\x1b" not in error.render()
