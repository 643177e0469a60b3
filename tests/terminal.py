"""A terminal of 80 columns for tests: what a command line shows there, in this process or in a real one."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import re
import select
import shlex
import subprocess
import sys
import sysconfig
import termios
import time
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

COLUMNS, ROWS = 80, 50
OPERATORS = set("|&;<>()")
"""What separates commands in a shell; such lines need a real one."""
SPINNER = re.compile(r"\x1b\[\?25l.*?\x1b\[\?25h\r\x1b\[1A\x1b\[2K", re.DOTALL)
"""What a slow machine shows while an answer is waited for, and takes off the screen again: the cursor is hidden meanwhile."""


@dataclass(frozen=True)
class Shown:
    """What the terminal shows, without empty lines at its end, and the exit code."""

    text: str
    code: int


def needs_shell(command: str) -> bool:
    """Whether a line is more than one call of symcalc with quoted words."""
    tokens = list(shlex.shlex(command, posix=True, punctuation_chars=True))
    return tokens[0] != "symcalc" or "$" in command or "`" in command or any(set(token) <= OPERATORS for token in tokens if token)


def shown(command: str, directory: Path) -> Shown:
    """What a command line shows, by the faster way where that is possible."""
    return in_shell(command, directory) if needs_shell(command) else in_process(command, directory)


def _environment(**more: str) -> dict[str, str]:
    unwanted = ("COLUMNS", "LINES", "FORCE_COLOR", "SYMCALC_FORMAT", "PYTHONIOENCODING", "_SYMCALC_COMPLETE")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "TERM": "xterm", "NO_COLOR": "1", "PYTHONUTF8": "1", **more}


# --- in this process ---------------------------------------------------------------------------------------------


class Screen(io.StringIO):
    """A stream that says it is a terminal; stdout and stderr share one, as they do on a real terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Unguarded:
    """A worker that answers in this process, where everything is loaded, without limits."""

    def __init__(self, answer, command, prepare=None) -> None:
        self.ask = lambda request, limits, waiting: answer(request, limits, lambda _: None)

    def close(self) -> None:
        pass


def in_process(command: str, directory: Path) -> Shown:
    """The command line answered by `symcalc.cli.main` in this process, without its child."""
    from symcalc import cli, guard

    screen, code = Screen(), 0
    with (
        mock.patch.dict(os.environ, _environment(COLUMNS=str(COLUMNS)), clear=True),
        contextlib.chdir(directory),
        contextlib.redirect_stdout(screen),
        contextlib.redirect_stderr(screen),
        mock.patch.object(sys, "stdin", Screen()),
        mock.patch.object(guard, "Worker", Unguarded),
    ):
        try:
            cli.main(shlex.split(command)[1:])
        except SystemExit as end:
            code = int(end.code or 0)
    return Shown(screen.getvalue().rstrip(), code)


# --- in a real process -------------------------------------------------------------------------------------------


def in_shell(command: str, directory: Path, seconds: float = 120, **environment: str) -> Shown:
    """The line given to bash on a pseudo-terminal."""
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (ROWS, COLUMNS))
    process = subprocess.Popen(
        ["bash", "-c", command],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=directory,
        env=_environment(**{"PATH": path, **environment}),
        start_new_session=True,
    )
    os.close(slave)
    try:
        text = SPINNER.sub("", _read(master, time.monotonic() + seconds).decode("utf-8"))
        return Shown(text.replace("\r\n", "\n").rstrip(), process.wait(10))
    finally:
        process.kill()
        os.close(master)


def _read(master: int, deadline: float) -> bytes:
    """Everything until the last process closes its end. Raises TimeoutError."""
    found = b""
    while True:
        if not select.select([master], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise TimeoutError(found.decode("utf-8", "replace"))
        try:
            chunk = os.read(master, 1 << 16)
        except OSError:  # Linux reports the closed end of a pseudo-terminal as an input/output error
            chunk = b""
        if not chunk:
            return found
        found += chunk
