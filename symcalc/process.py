"""A child process with a pipe each way: a fork where there is one, else a new interpreter. Frames of bytes go through."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Sequence

HEAD = 8
"""Bytes that say how long a frame is."""
FAILED = 70
"""The exit code of a child that could not go on."""
PR_SET_PDEATHSIG = 1
"""prctl(2): the kernel ends this process when its parent ends, even while it is deep in C."""


class Pipes:
    """Frames out of one file descriptor and into another; the same at both ends."""

    def __init__(self, read: int, write: int) -> None:
        self.read, self.write = read, write

    def send(self, frame: bytes) -> None:
        """Write a whole frame. Raises BrokenPipeError."""
        data = memoryview(len(frame).to_bytes(HEAD, "big") + frame)
        while data:
            data = data[os.write(self.write, data) :]

    def receive(self) -> bytes | None:
        """The next frame, or None when the other end is closed."""
        head = self._exactly(HEAD)
        return None if head is None else self._exactly(int.from_bytes(head, "big"))

    def _exactly(self, size: int) -> bytes | None:
        parts = []
        while size:
            part = os.read(self.read, min(size, 1 << 20))
            if not part:
                return None
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def close(self) -> None:
        for end in {self.read, self.write}:
            os.close(end)


class Child:
    """The parent's side of a child process."""

    pipes: Pipes

    def send(self, frame: bytes) -> None:
        """Give the child a frame. One that has ended takes none; `receive` will tell."""
        with contextlib.suppress(BrokenPipeError):
            self.pipes.send(frame)

    def receive(self, end: float) -> bytes | None:
        """The next frame; None when the child ended without one. Raises TimeoutError at `end` (time.monotonic); it may be
        called again then."""
        raise NotImplementedError

    def end(self) -> tuple[int, str]:
        """End the child at once, if it has not ended by itself, and close everything; for once. Returns its exit code (minus
        the signal that ended it) and what was written to its standard error, by itself or by a library in C."""
        raise NotImplementedError


class Forked(Child):
    """A copy of this process that runs `serve` with its pipes and ends. Raises OSError."""

    def __init__(self, serve: Callable[[Pipes], None]) -> None:
        import signal

        requests, replies, complaints = os.pipe(), os.pipe(), os.pipe()
        parent = os.getpid()
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # until the child knows what to do with Ctrl-C
        try:
            self.pid = os.fork()
        except OSError:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            raise
        if self.pid == 0:
            code = FAILED
            try:
                for end in (requests[1], replies[0], complaints[0]):
                    os.close(end)
                _settle(complaints[1], parent)
                serve(Pipes(requests[0], replies[1]))
                code = 0
            finally:
                os._exit(code)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for end in (requests[0], replies[1], complaints[1]):
            os.close(end)
        self.pipes, self.complaints = Pipes(replies[0], requests[1]), complaints[0]
        self.begun = bytearray()  # what has come of the next frame

    def receive(self, end: float) -> bytes | None:
        import select

        while (missing := self._missing()) > 0:
            ready, _, _ = select.select([self.pipes.read], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise TimeoutError
            part = os.read(self.pipes.read, missing)
            if not part:
                return None
            self.begun += part
        frame, self.begun = bytes(self.begun[HEAD:]), bytearray()
        return frame

    def _missing(self) -> int:
        """How many bytes are still to come, as far as is known."""
        size = int.from_bytes(self.begun[:HEAD], "big") if len(self.begun) >= HEAD else 0
        return HEAD + size - len(self.begun)

    def end(self) -> tuple[int, str]:
        import signal

        # A child that ended by itself keeps the exit code it had: the signal comes too late for it.
        os.kill(self.pid, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        self.pipes.close()
        with os.fdopen(self.complaints, "rb") as file:
            return code, file.read(1 << 16).decode("utf-8", "replace")


def _settle(complaints: int, parent: int) -> None:
    """What the new process does first: it leaves the streams of the user alone, and ends when its parent does."""
    import faulthandler
    import signal

    faulthandler.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which ends the child
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.set_blocking(complaints, False)  # a library that complains without end is not to wait for a reader
    os.dup2(complaints, 2)
    sys.stdin = sys.stdout = sys.stderr = open(os.devnull, "r+")  # noqa: SIM115
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(FAILED)


class Spawned(Child):
    """A new interpreter that runs `command`, which must serve on its standard streams (see `inherited`). Raises OSError."""

    def __init__(self, command: Sequence[str]) -> None:
        import subprocess
        import tempfile
        from queue import SimpleQueue
        from threading import Thread

        self.complaints = tempfile.TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.complaints, bufsize=0)
        assert self.process.stdin and self.process.stdout
        self.pipes = Pipes(self.process.stdout.fileno(), self.process.stdin.fileno())
        self.frames: SimpleQueue[bytes | None] = SimpleQueue()
        self.reader = Thread(target=self._collect, daemon=True)  # pipes cannot be waited for everywhere, queues can
        self.reader.start()

    def _collect(self) -> None:
        frame: bytes | None = b""
        while frame is not None:
            frame = self.pipes.receive()
            self.frames.put(frame)

    def receive(self, end: float) -> bytes | None:
        from queue import Empty

        try:
            return self.frames.get(timeout=max(0.0, end - time.monotonic()))
        except Empty:
            raise TimeoutError from None

    def end(self) -> tuple[int, str]:
        self.process.kill()
        code = self.process.wait()
        self.reader.join()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
        with self.complaints as file:
            file.seek(0)
            return code, file.read(1 << 16).decode("utf-8", "replace")


def inherited() -> Pipes:
    """The child's side of Spawned: its standard streams become the pipes, and nothing else can write to them."""
    pipes = Pipes(os.dup(0), os.dup(1))
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return pipes
