"""A progress bar on standard error."""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

PAUSE = 0.1
"""Seconds between two looks at it."""


class Bar:
    """How much is done, of a `total` where that is known. Nothing draws it in the background, since a process with threads is
    not forked, and nothing that is printed goes through it."""

    def __init__(self, total: int | None) -> None:
        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self.progress = Progress(
            *columns,
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self.task = self.progress.add_task("", total=total)
        self.seen = 0.0

    def done(self, count: int) -> None:
        """Show that so much is done."""
        if time.monotonic() - self.seen > PAUSE:
            self.seen = time.monotonic()
            self.progress.start()
            self.progress.update(self.task, completed=count, refresh=True)

    def hide(self) -> None:
        """Take it off the screen, until more is done."""
        self.progress.stop()
