"""A progress bar on standard error."""

from __future__ import annotations

import time
from collections.abc import Callable

PAUSE = 0.1
"""Seconds between two looks at it."""


def bar(total: int | None) -> tuple[Callable[[int], None], Callable[[], None]]:
    """What tells the bar how much is done, and what takes it away. Nothing draws it in the background: a process with threads
    does not fork."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
    task, shown = progress.add_task("", total=total), [0.0]
    progress.start()

    def done(count: int) -> None:
        if time.monotonic() - shown[0] > PAUSE:
            shown[0] = time.monotonic()
            progress.update(task, completed=count, refresh=True)

    return done, progress.stop
