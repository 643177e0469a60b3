"""Time that a piece of work takes in this process, with the caches empty and within a limit."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bench.caches import forget
from symcalc import budget

LIMIT = 10.0
"""Seconds for one question, as on the command line."""


def timed(work: Callable[[], Any], limit: float = LIMIT) -> tuple[float, Any, str]:
    """Seconds, value and failure of `work`. The failure is "" where there is a value, else a sentence."""
    forget()
    budget.start(limit)
    begun = time.perf_counter()
    try:
        value, failure = work(), ""
    except budget.Overrun:
        value, failure = None, f"no answer within {limit:g} s"
    except Exception as error:
        value, failure = None, f"{type(error).__name__}: {' '.join(str(error).split())[:100]}"
    finally:
        budget.stop()
    return time.perf_counter() - begun, value, failure
