"""Limits on time and memory: an answer is computed in a child process that can be ended at any moment.

Four nets, since no single one holds: the child's own clock (`budget`), which a loop in C does not hear; a limit on its
address space, which stops large allocations; a limit on its processor time, in case the parent is gone; and the parent,
which kills what is still running GRACE seconds after its time.
"""

from __future__ import annotations

import contextlib
import marshal
import math
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from symcalc import budget
from symcalc.errors import SymcalcError
from symcalc.process import Child, Forked, Pipes, Spawned

GRACE = 0.5
"""Seconds a child may need to say that its time is over."""
PAUSE = 0.1
"""Seconds between two looks at who waits."""
WORN_MIB = 600
"""A child that has once used more memory than this is replaced after its answer."""
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of time and MiB of address space for one answer."""

    seconds: float = 10.0
    memory: int = 2048


Answer = Callable[[Any, Limits, Callable[[Limits], None]], Any]
"""From a request and its limits to the reply; both are of Python's plain types. The last argument sets other limits, where the
request turns out to ask for them."""


class Worker:
    """A child that answers requests one after the other, each within its limits. A child that fails is replaced."""

    def __init__(self, answer: Answer, command: Sequence[str], prepare: Callable[[Any], None] | None = None) -> None:
        """`answer` is called in the child; where there is no fork, `command` starts one that serves the same. `prepare` is
        called here with the request before a child is forked: what it imports, this and every later child has."""
        self.answer, self.command, self.prepare = answer, command, prepare
        self.child: Child | None = None
        self.limits, self.end = Limits(), 0.0

    def ask(self, request: Any, limits: Limits, waiting: Callable[[], None] | None = None) -> Any:
        """The reply; meanwhile `waiting` is called again and again. Raises SymcalcError("limit") when there is none, with a
        code that says why: "timeout", "memory", "killed", "crashed" or "no-process"."""
        self.begin(request, limits)
        while not (found := self.step(math.inf if waiting is None else PAUSE)):
            if waiting is not None:
                waiting()
        return found[0]

    def begin(self, request: Any, limits: Limits) -> None:
        """Give the child a request; `step` is to be called until it has the reply."""
        if self.child is None:
            self.child = self._new(request)
        self.limits, self.end = limits, time.monotonic() + limits.seconds + GRACE
        self.child.send(marshal.dumps((request, limits.seconds, limits.memory)))

    def fileno(self) -> int:
        """What `select` waits for until `step` has something to read."""
        assert self.child is not None
        return self.child.pipes.read

    def step(self, pause: float = math.inf) -> tuple[Any, ...]:
        """Wait for the next word of the child, until `end` or for `pause` seconds at most: the reply, or nothing yet. Raises
        what `ask` raises."""
        try:
            return self._step(time.monotonic() + pause)
        except BaseException:
            self.close()
            raise

    def _new(self, request: Any) -> Child:
        try:
            if not hasattr(os, "fork"):
                return Spawned(self.command)
            if self.prepare is not None:
                self.prepare(request)
            return Forked(lambda pipes: serve(pipes, self.answer))
        except OSError as error:
            problem = f"no process could be started for the computation ({error.strerror})"
            raise SymcalcError("limit", problem, code="no-process", hint="the machine is short of memory or processes") from None

    def _step(self, until: float) -> tuple[Any, ...]:
        assert self.child is not None
        try:
            frame = self.child.receive(min(self.end, until))
        except TimeoutError:
            if time.monotonic() < self.end:
                return ()
            raise exceeded("timeout", self.limits) from None
        if frame is None:
            raise _failure(*self.close(), self.limits)
        kind, *values = marshal.loads(frame)
        if kind == "limits":
            self.limits = Limits(*values)
            self.end = time.monotonic() + self.limits.seconds + GRACE
            return ()
        if kind == "last":  # the child has used so much memory that a new one is better
            self.close()
        if kind in ("reply", "last"):
            return (values[0],)
        raise exceeded(kind, self.limits)

    def close(self) -> tuple[int, str]:
        """End the child, if there is one. Returns its exit code and what it wrote to standard error."""
        child, self.child = self.child, None
        return (0, "") if child is None else child.end()


# --- in the child ------------------------------------------------------------------------------------------------


def serve(pipes: Pipes, answer: Answer) -> None:
    """Answer requests until there are no more."""
    budget.adopt()
    while (frame := pipes.receive()) is not None:
        pipes.send(marshal.dumps(_answered(frame, answer, pipes)))


def _answered(frame: bytes, answer: Answer, pipes: Pipes) -> tuple[Any, ...]:
    request, seconds, memory = marshal.loads(frame)

    def limit(limits: Limits) -> None:
        if limits == given:
            return
        _limit(limits)
        pipes.send(marshal.dumps(("limits", limits.seconds, limits.memory)))

    given = Limits(seconds, memory)
    try:
        _limit(given)
        reply = answer(request, given, limit)
        return "last" if _is_worn() else "reply", reply
    except budget.Overrun:
        return ("timeout",)
    except MemoryError:
        return ("memory",)
    finally:
        budget.stop()


def _limit(limits: Limits) -> None:
    budget.start(limits.seconds)
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft(resource.RLIMIT_AS, limits.memory * MIB)
    _soft(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + limits.seconds) + 2)
    _soft(resource.RLIMIT_CORE, 0)


def _soft(kind: int, value: int) -> None:
    import resource

    hard = resource.getrlimit(kind)[1]
    with contextlib.suppress(OSError, ValueError):  # some systems know the limit and do not keep it
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _is_worn() -> bool:
    try:
        import resource
    except ImportError:
        return False
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit > WORN_MIB * MIB


# --- what went wrong ---------------------------------------------------------------------------------------------


def exceeded(code: str, limits: Limits) -> SymcalcError:
    """The error for a limit that was exceeded: "timeout" or "memory"."""
    if code == "timeout":
        problem = f"there was no answer within {limits.seconds:g} s"
        hint = f"--timeout {6 * limits.seconds:g} allows more; a shorter formula or a lower order takes less"
    else:
        problem = f"this needs more than {limits.memory} MiB of memory"
        hint = f"--memory {4 * limits.memory} allows more; a shorter formula or a lower order takes less"
    return SymcalcError("limit", problem, code=code, hint=hint)


def _failure(code: int, said: str, limits: Limits) -> SymcalcError:
    """The error for a child that ended without a reply, from its exit code and what it wrote to standard error."""
    if code == -getattr(signal, "SIGXCPU", 0):
        return exceeded("timeout", limits)
    if "memory" in said.lower() or "alloc" in said.lower():  # GMP and FLINT end the process so
        return exceeded("memory", limits)
    if code == -getattr(signal, "SIGKILL", 0):
        problem = "the computation was ended from outside"
        return SymcalcError("limit", problem, code="killed", hint="the machine may have run out of memory: --memory sets a limit")
    how = f"signal {-code}, {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    hint = "this is a mistake in symcalc or in a library: please report the command line"
    return SymcalcError("limit", f"the computation crashed ({how})", code="crashed", hint=hint)
