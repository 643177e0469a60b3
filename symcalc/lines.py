"""The lines of a file or of standard input as they come, so that one can wait for them and for something else at once."""

from __future__ import annotations

import os
from collections import deque

CHUNK = 1 << 14


class Lines:
    """The lines that come from a file descriptor. Of one longer than `longest` bytes only the first part is kept."""

    def __init__(self, descriptor: int, longest: int) -> None:
        self.descriptor, self.longest = descriptor, longest
        self.ended = False
        self._whole: deque[str] = deque()
        self._rest = b""

    def fileno(self) -> int:
        """What `select` waits for."""
        return self.descriptor

    def read(self) -> None:
        """Read what is there, or wait until there is something. At the end, `ended` becomes true."""
        chunk = os.read(self.descriptor, CHUNK)
        self.ended = not chunk
        *whole, rest = (self._rest + (chunk or b"\n" * bool(self._rest))).split(b"\n")
        self._whole += [line[: self.longest].decode("utf-8", "surrogateescape") for line in whole]
        self._rest = rest[: self.longest]

    @property
    def waiting(self) -> bool:
        """Whether there is a next line already."""
        return bool(self._whole)

    def next(self) -> str | None:
        """The next line, None when none was read."""
        return self._whole.popleft() if self._whole else None
