"""Several workers at once, each line within its own limits as always; the replies keep the order of the lines.

The workers are those of `guard`. The pools of processes in libraries limit no task's memory, and its time only when it is
given out, not when its line turns out to ask for another. One thread waits for all workers and for the next line together,
so that a child is never forked from a process with several threads.
"""

from __future__ import annotations

import os
import select
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from symcalc.errors import SymcalcError
from symcalc.guard import Limits, Worker
from symcalc.lines import Lines

AHEAD = 16
"""So many lines for each worker are read before the reply to the first of them is there."""


class Slot:
    """The place of one line in the order: what a worker is asked, and the reply, or the error that there is instead."""

    def __init__(self, request: Any, reply: Any = None) -> None:
        self.request, self.reply = request, reply

    def attempt(self, work: Callable[[], tuple[Any, ...] | None]) -> bool:
        """Whether the work ended the waiting, by a reply or by an error."""
        try:
            found = work()
        except SymcalcError as error:
            found = (error,)
        if found:
            self.reply = found[0]
        return bool(found)


def replies(
    lines: Lines, slot_of: Callable[[str], Slot | None], workers: Sequence[Worker], limits: Limits
) -> Iterator[tuple[Any, Any]]:
    """The requests and the replies to the lines in their order, each as soon as it is there; a SymcalcError where there is no
    reply. `slot_of` makes of a line a request, or a reply at once, or nothing."""
    if not hasattr(os, "fork"):
        yield from _one_by_one(lines, slot_of, workers[0], limits)
        return
    order: deque[Slot] = deque()
    unasked: deque[Slot] = deque()
    idle, busy, most = list(workers), dict[Worker, Slot](), AHEAD * len(workers)
    while True:
        while len(order) < most and (line := lines.next()) is not None:
            slot = slot_of(line)
            if slot is not None:
                order.append(slot)
                if slot.reply is None:
                    unasked.append(slot)
        while idle and unasked:
            worker, slot = idle.pop(), unasked.popleft()
            failed = slot.attempt(lambda w=worker, s=slot: w.begin(s.request, limits))  # type: ignore[misc]
            if failed:
                idle.append(worker)
            else:
                busy[worker] = slot
        while order and order[0].reply is not None:
            slot = order.popleft()
            yield slot.request, slot.reply
        if lines.ended and not order and not lines.waiting:
            return
        if len(order) < most and lines.waiting:
            continue
        for worker in _ready(busy, lines, len(order) < most):
            if busy[worker].attempt(worker.step):
                del busy[worker]
                idle.append(worker)


def _ready(busy: Sequence[Worker] | dict[Worker, Slot], lines: Lines, room: bool) -> list[Worker]:
    """Wait until some worker has a word or no more time, or until there are lines, which are read."""
    wanted: list[Any] = [*busy, *([lines] if room and not lines.ended else [])]
    end = min((worker.end for worker in busy), default=None)
    ready, _, _ = select.select(wanted, [], [], None if end is None else max(0.0, end - time.monotonic()))
    if lines in ready:
        lines.read()
    now = time.monotonic()
    return [worker for worker in busy if worker in ready or now >= worker.end]


def _one_by_one(lines: Lines, slot_of: Callable[[str], Slot | None], worker: Worker, limits: Limits) -> Iterator[tuple[Any, Any]]:
    """The same where processes are not forked, and so cannot be waited for together."""
    while lines.waiting or not lines.ended:
        line = lines.next()
        slot = None if line is None else slot_of(line)
        if line is None:
            lines.read()
        if slot is not None:
            if slot.reply is None:
                slot.attempt(lambda s=slot: (worker.ask(s.request, limits),))  # type: ignore[misc]
            yield slot.request, slot.reply
