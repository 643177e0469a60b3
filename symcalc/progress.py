"""Progress on standard error. Nothing draws it in the background, since a process with threads is not forked, and nothing
that is printed goes through it."""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, SpinnerColumn, TextColumn, TimeRemainingColumn

PAUSE = 0.1
"""Seconds between two looks at it."""


def _shown(*columns: ProgressColumn) -> Progress:
    return Progress(
        *columns,
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )


class Bar:
    """How much is done, of a `total` where that is known."""

    def __init__(self, total: int | None) -> None:
        self.progress = _shown(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
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


class Spinner:
    """That one answer is being worked on, and for how long."""

    def __init__(self) -> None:
        self.progress = _shown(SpinnerColumn("line"), TextColumn("{task.description}"))
        self.task = self.progress.add_task("")

    def turn(self, text: str) -> None:
        """Show the text."""
        self.progress.update(self.task, description=text)
        self.progress.start()
        self.progress.refresh()

    def hide(self) -> None:
        """Take it off the screen."""
        self.progress.stop()
