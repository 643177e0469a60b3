"""Shares of the time: a part of the work that takes too long is left out, and the user is told.

The clock runs only where it was started (in the child process of `guard`, which has a signal for it); elsewhere, as in a
program that imports symcalc, nothing is ever interrupted and every part has all the time it needs.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")

TICK = 0.1
"""Seconds between two looks at the clock. The alarm repeats: one alone can be swallowed by a bare `except`."""
CALM = {"symcalc.budget", "symcalc.guard", "symcalc.process"}
"""Modules that are not interrupted: an Overrun raised in the middle of their bookkeeping would belong to nobody."""
PARTS = {
    "tidying": (0.4, "tidying took too long: there may be a shorter form"),
    "check": (0.3, "not checked by numbers: it took too long"),
    "limit": (0.6, "a limit was left undecided: it took too long"),
    "determinant": (0.1, "the determinant was left out: it took too long"),
    "remainder": (0.1, "the derivative in the remainder was not written out: it took too long"),
    "definiteness": (0.2, "eigenvalues and definiteness were left out: they took too long"),
}
"""What can be left out: its share of the whole time, and what the user is told when that is used up."""
PRECISIONS = (("mpmath", "mp", "prec"), ("flint", "ctx", "prec"))
"""Settings that a computation changes for a while and that must be as before when it is interrupted."""


class Overrun(BaseException):
    """The time for a part of the work is over. No `except Exception` on the way catches it."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(f"over since {deadline.end}")
        self.deadline = deadline


class Deadline:
    """The end of one part of the work, on the clock of `time.monotonic`."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds


_deadlines: list[Deadline] = []
"""Those of the parts that are being worked on, the whole first. Empty: no clock runs."""
_total: list[float] = []
_working: list[str] = []
_spent: dict[str, float] = {}
_omitted: list[str] = []


def start(seconds: float) -> None:
    """Start the clock of this process, or set it anew: Overrun is raised when the seconds are over, and again at every tick."""
    _deadlines[:] = [Deadline(seconds)]
    _total[:] = [seconds]
    for record in (_omitted, _spent, _working):
        record.clear()
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _tick)
        signal.setitimer(signal.ITIMER_REAL, TICK, TICK)


def stop() -> None:
    """Stop the clock."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)
    _deadlines.clear()


def omitted() -> tuple[str, ...]:
    """What was left out since the clock was started, each in a sentence."""
    return tuple(dict.fromkeys(_omitted))


def attempt(part: str, work: Callable[[], T], otherwise: Callable[[], T]) -> T:
    """The value of `work()`, if the part of PARTS still has time for it; else that of `otherwise()`, and the user is told."""
    if not _deadlines or part in _working:
        return work()
    share, note = PARTS[part]
    left = share * _total[0] - _spent.get(part, 0.0)
    mine, saved, begun = Deadline(left), _precisions(), time.monotonic()
    if left > 0:
        _deadlines.append(mine)
        _working.append(part)
        try:
            return work()
        except Overrun as overrun:
            if overrun.deadline is not mine:
                raise
        finally:
            _deadlines.remove(mine)
            _working.remove(part)
            _spent[part] = _spent.get(part, 0.0) + time.monotonic() - begun
        for settings, name, value in saved:
            setattr(settings, name, value)
    _omitted.append(note)
    return otherwise()


def _precisions() -> list[tuple[Any, str, Any]]:
    holders = [(getattr(sys.modules[module], holder), name) for module, holder, name in PRECISIONS if module in sys.modules]
    return [(settings, name, getattr(settings, name)) for settings, name in holders]


_parent = os.getppid()


def orphaned() -> bool:
    """Whether the process that started this one is gone."""
    return os.getppid() != _parent


def adopt() -> None:
    """Remember the process that started this one."""
    global _parent
    _parent = os.getppid()


def _tick(_signal: int, frame: FrameType | None) -> None:
    if orphaned():
        os._exit(1)
    if frame is not None and frame.f_globals.get("__name__") in CALM:
        return
    now = time.monotonic()
    for deadline in _deadlines:
        if now >= deadline.end and (deadline is _deadlines[0] or not _is_importing(frame)):
            raise Overrun(deadline)


def _is_importing(frame: FrameType | None) -> bool:
    """Whether a module is being imported: half of one would be left behind for the work that goes on."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False
