"""What a terminal shows while one answer is waited for."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symcalc.progress import Spinner

QUIET = 1.0
"""Seconds before anything is shown."""


@contextmanager
def patience(limit: float) -> Iterator[Callable[[], None] | None]:
    """What to call again and again meanwhile: it shows how many of the `limit` seconds have gone, and nothing is left of that
    in the end. None where standard error is no terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    begun = time.monotonic()
    spinner: Spinner | None = None

    def waiting() -> None:
        nonlocal spinner
        spent = time.monotonic() - begun
        if spent < QUIET:
            return
        if spinner is None:
            from symcalc.progress import Spinner  # with it Rich is loaded

            spinner = Spinner()
        spinner.turn(f"{spent:.0f} s of at most {limit:g} s")

    try:
        yield waiting
    finally:
        if spinner is not None:
            spinner.hide()
