"""Progress on a terminal while one answer is waited for: shown after a second, gone before anything else is written."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time

import pytest
from terminal import SPINNER, Screen

from symcalc.patience import patience

SLOW = [sys.executable, "-m", "symcalc", "taylor", "gamma(x)", "--at", "1", "-n", "60", "--timeout", "2.5"]


def on_a_terminal(words, interrupt=False, **environment):
    """All that is written to the terminal that is standard error alone, and the exit code."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        words, stdin=slave, stdout=subprocess.DEVNULL, stderr=slave, env={**os.environ, "TERM": "xterm", **environment}
    )
    os.close(slave)
    text, sent, end = b"", False, time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([master], [], [], 0.2)[0]:
            continue
        try:
            chunk = os.read(master, 1 << 16)
        except OSError:
            break
        if not chunk:
            break
        text += chunk
        if interrupt and not sent and b"of at most" in text:
            process.send_signal(signal.SIGINT)
            sent = True
    os.close(master)
    return text.decode(), process.wait(10)


def test_after_a_second_the_seconds_are_shown_and_then_taken_away():
    text, code = on_a_terminal(SLOW)
    assert re.search(r"1 s of at most 2\.5 s", text)
    assert "0 s of" not in text
    assert code == 3
    left = SPINNER.sub("", text)
    assert left.startswith("error: there was no answer within 2.5 s")
    assert "\x1b" not in left


def test_ctrl_c_leaves_a_clean_line():
    text, code = on_a_terminal(SLOW, interrupt=True)
    assert code == 130
    assert SPINNER.sub("", text) == ""


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colours_where_there_are_none(environment):
    text, code = on_a_terminal(SLOW, **environment)
    assert code == 3
    assert not re.search(r"\x1b\[\d+m", text.replace("\x1b[0m", ""))


def test_nothing_is_shown_in_a_pipe():
    done = subprocess.run(SLOW, capture_output=True, text=True, check=False)
    assert done.stderr.startswith("error: there was no answer within 2.5 s")
    assert "\x1b" not in done.stderr


def test_nothing_is_shown_in_the_first_second(monkeypatch):
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    with patience(10) as waiting:
        waiting()
        assert screen.getvalue() == ""
        monkeypatch.setattr("symcalc.patience.QUIET", 0)
        waiting()
        assert "0 s of at most 10 s" in screen.getvalue()
