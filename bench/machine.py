"""What the figures were measured on: machine, Python, libraries and peers."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from importlib.metadata import version

from bench.peers import PEERS


def described() -> dict[str, str]:
    """Name and version of everything that a figure depends on; a peer that is missing is "not installed"."""
    found = {
        "machine": f"{os.cpu_count()} cores, {processor()}, {platform.system()}",
        "load at the start": f"{os.getloadavg()[0]:.1f} processes",
        "Python": sys.version.split()[0],
        **{name: version(name) for name in ("sympy", "mpmath", "python-flint", "symcalc-cli")},
    }
    return found | {peer.name: spoken_version(peer.version) if peer.installed else "not installed" for peer in PEERS}


def processor() -> str:
    """The model of the processor, as far as the system tells."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            lines = [line.split(":", 1)[1].strip() for line in info if line.startswith("model name")]
    except OSError:
        lines = []
    return lines[0] if lines else platform.machine()


def spoken_version(command: tuple[str, ...]) -> str:
    """The first number with a dot that a program says of itself."""
    said = subprocess.run(command, input="", capture_output=True, text=True, timeout=20)
    number = re.search(r"\d+(\.\d+)+", said.stdout + said.stderr)
    return number[0] if number else "installed, version unknown"
