"""Strangers' text through every command: a value or a clean error within the limits, and nothing that the text brought about."""

from __future__ import annotations

import contextlib
import json
import re
import shlex
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from symcalc import cli, discover
from symcalc.errors import SymcalcError
from symcalc.guard import GRACE, Limits, Worker
from symcalc.place import Place
from symcalc.result import Page

SYMCALC = str(Path(sysconfig.get_path("scripts")) / "symcalc")
CASES = Path(__file__).parent / "cases"
SCHEMA = Draft202012Validator(json.loads((CASES / "schema.json").read_text("utf-8")))
HOSTILE = [
    *(CASES / "hostile.txt").read_text("utf-8").split("\n"),
    "x\x00y",
    "\x00",
    "x\ry",
    "x\ny",
    "x\r\n+1",
    "\x1b[31mx\x1b[0m",
    "x\x9b2Jy",
    "x\x07\x08\x7f",
    "\ud800",
    "x+\udcff*y",
    "sin(\udc80\udcfe)",
    "\u202ex\u202c",
    "x\u200b+1",
    "\ufeffx^2",
    "x" * 10_001,
    "(" * 5_000 + "x" + ")" * 5_000,
    "+".join(["x"] * 5_000),
    "\\input{/etc/passwd}",
    "\\operatorname{\\input{x}}",
    "\\mathrm{x\\write18{id}}",
    "x_{\\input{a}}",
    "$(touch /tmp/x)`id`",
]
WORDS = {
    "diff": ["x"],
    "partial": ["x", "y"],
    "grad": [],
    "jacobian": [],
    "hessian": [],
    "taylor": ["-n", "3"],
    "chain": ["--wrt", "x"],
    "lagrange": ["x^2+y^2=1"],
    "eval": [],
    "critical": [],
    "explain": [],
    "tangent": ["--at", "x=1"],
    "directional": ["--at", "x=1", "--along", "1"],
    "limit": ["x", "0"],
}


def command_line(command: str, text: str, *options: str) -> list[str]:
    """The words of a command that is asked about a text, with what else it needs."""
    more = WORDS[command]
    return (
        [command, *options, *more, "--", text] if more[:1] and more[0].startswith("-") else [command, *options, "--", text, *more]
    )


LIMITS = Limits(0.7, 1024)
"""Seconds, and MiB of address space: what is answered has stayed below."""


class Watch:
    """Answers in the child, and reports what the text brought about: files, processes, imports, code made from text."""

    def __init__(self) -> None:
        self.seen: list[str] | None = None

    def __call__(self, request, limits, limit):
        if self.seen is None:
            limit(Limits(60, limits.memory))
            for command in WORDS:  # what is made or imported late is there now
                example = next(line for line in discover.help_text(command).splitlines() if line.startswith("symcalc "))
                cli._reply((shlex.split(example)[1:], request[1]), limits, limit)
            sys.addaudithook(self.audit)
            limit(limits)
        self.seen = []
        reply = cli._reply(request, limits, limit)
        return reply, list(self.seen)

    def audit(self, event, args):
        if event == "open" and (args[1] not in ("r", "rb", None) or not self.is_ours(str(args[0]))):
            self.seen.append(f"open {args[0]!r} {args[1]}")
        elif event == "import" and args[0].partition(".")[0] not in sys.stdlib_module_names | {
            "symcalc",
            "sympy",
            "mpmath",
            "flint",
        }:
            self.seen.append(f"import {args[0]}")
        elif event == "compile" and not re.match(rb"def (monomial|hypsum)_\w+\(", bytes(args[0] or b"")):
            # two libraries write functions for themselves, from the number of generators and the types of parameters alone
            self.seen.append(f"compile {args[0]!r}")
        elif event.startswith(("os.", "subprocess.", "socket.", "shutil.", "ctypes.dlopen", "pty.", "urllib.", "webbrowser.")):
            self.seen.append(event)

    @staticmethod
    def is_ours(path):
        return any(path.startswith(p) for p in (sys.prefix, sys.base_prefix, str(Path(__file__).parent.parent / "symcalc"))) or (
            "site-packages" in path
        )


def test_every_command_is_attacked():
    assert sorted(WORDS) == sorted(discover.listed("commands"))


SHARE = 3
"""Each command but the first answers every third of the lines, so that every line meets a third of the commands."""


def lines_for(command):
    position = list(WORDS).index(command)
    return [text for i, text in enumerate(HOSTILE) if position == 0 or i % SHARE == position % SHARE]


@pytest.mark.parametrize("command", WORDS)
def test_the_hostile_lines(command):
    worker, place = Worker(Watch(), (), prepare=cli._load_for), Place(Page(), "json", ())
    for text in lines_for(command):
        words = command_line(command, text)
        begun = time.monotonic()
        try:
            reply, seen = worker.ask((words, place.packed()), LIMITS)
        except SymcalcError as error:
            assert error.code in ("timeout", "memory"), text
        else:
            assert seen == [], text
            clean(text, *reply)
        assert time.monotonic() - begun < LIMITS.seconds + GRACE + 2, text
    worker.close()


def clean(text, shown, messages, code, output):
    """A value or an error by the schema, with nothing in it that a terminal would act on."""
    found = json.loads(shown)
    SCHEMA.validate(found)
    assert shown.isprintable(), text
    assert found["ok"] == (code == 0)
    if not found["ok"]:
        assert found["error"]["kind"] != "internal", (text, found["error"]["problem"])
    for message in messages:
        assert "Traceback" not in message
        assert all(line.isprintable() for line in message.split("\n")), text
    assert output is None


def test_the_watch_can_see():
    """Each kind of deed is noticed when it is done while a request is answered."""
    deeds = {
        "open": lambda: open("/etc/hostname").close(),
        "compile": lambda: eval("1+1"),
        "import": lambda: __import__("pytest_of_nobody"),
        "os.system": lambda: __import__("os").system("true"),
        "subprocess": lambda: subprocess.run(["true"]),
    }
    for name, deed in deeds.items():
        watch = Watch()
        watch.seen = []

        def answer(_request, _limits, _limit, watch=watch, deed=deed):
            sys.addaudithook(watch.audit)
            with contextlib.suppress(ImportError):
                deed()
            return list(watch.seen)

        worker = Worker(answer, ())
        seen = worker.ask(None, Limits())
        assert any(name in event for event in seen), name
        worker.close()


# --- through a real process --------------------------------------------------------------------------------------


def run(*words, stdin=b""):
    done = subprocess.run([SYMCALC, *words], input=stdin, capture_output=True, timeout=60)
    return done.stdout, done.stderr, done.returncode


def test_standard_input_without_an_end():
    with open("/dev/zero", "rb") as endless:
        done = subprocess.run([SYMCALC, "diff"], stdin=endless, capture_output=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: standard input is longer than 1048576 characters\n")


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        (["diff"], b"x\x00y"),
        (["diff"], b"\xff\xfe x"),
        (["diff"], b"x^2\r\n"),
        (["diff"], b"\xed\xa0\x80"),
        (["diff"], b"\x1b]0;title\x07x"),
        (["diff"], b"x" * 10_000_000),
        (["diff"], b"x\n" * 5_000_000),
        (["chain"], b"x\n" * 100_000),
        (["diff", b"x+\xff\xfe"], b""),
        (["diff", b"\xc2\x9b2Jx"], b""),
        (["diff", ""], b""),
        (["diff", " "], b""),
        (["diff", "\x1b[2Jx"], b""),
        (["diff", "x", "--at", "\x1b[2J"], b""),
        (["diff", "x", "\x1b[2J"], b""),
        (["diff", "x", "-f", "\x1b[2J"], b""),
        (["diff", "x", "--names", "\x1b[2J"], b""),
        (["diff", "x", "--\x1b[2J"], b""),
        (["\x1b[2J"], b""),
        (["--\x1b[2J"], b""),
        (["batch", "\x1b[2J"], b""),
        (["batch", "-"], b"\x1b[2J x\n\xff\n'\x00\n"),
        (["batch", "-", "-f", "plain"], b"diff '\x1b[2Jx'\n"),
        (["batch", "-"], b"x" * 10_000_000),
        (["diff", "x", "-o", "\x1b[2J.tex", "--at", "\x1b"], b""),
        (["diff", "x", "-o", "/nowhere/\x1b[2J.tex"], b""),
    ],
    ids=lambda v: repr(v)[:30],
)
def test_bytes_of_every_kind_end_in_a_clean_error(words, stdin):
    out, err, code = run(*words, stdin=stdin)
    if words == ["diff"] and stdin == b"x^2\r\n":
        assert (out, err, code) == (b"2*x\n", b"", 0)
        return
    assert code == 2
    assert b"Traceback" not in err
    assert len(out + err) < 100_000
    for line in (out + err).decode("utf-8").split("\n"):
        assert line.isprintable(), line


# --- attacks on time and memory ----------------------------------------------------------------------------------

MANY = [f"x{i}" for i in range(300)]
ATTACKS = [
    "eval 9^9^9^9",
    "eval 10^10^10",
    "eval 1000000!",
    "eval 'binomial(10^9, 5*10^8)'",
    "eval 1e400000",
    "eval 1e99999999999999999",
    "eval '((9^9)^9999)^9999'",
    "diff '(3*x)^(10^6)' x -n 100",
    "diff '((x+1)^1000+1)^1000' x -n 20",
    "taylor '(x+1)^1000000' -n 200",
    "taylor '(x+y+z+a+b+c+d)^30' -n 30",
    "taylor 'exp(exp(exp(x*y*z)))' -n 60",
    "taylor '1/(1-x-y-z-a-b-c)' -n 40",
    "diff 'sin(cos(sin(cos(sin(cos(sin(x)))))))' x -n 60",
    "diff 'exp(sin(cos(tan(x*y))))/(1+x^2)^7*besselj(y,x)^x' x -n 60",
    "diff 'x^x^x^x^x' x -n 12",
    f"eval '{'+'.join(f'sin(x^{i})*y^{i}' for i in range(600))}'",
    f"grad '{'+'.join(f'x{i}^2' for i in range(1_400))}'",
    f"hessian '{'*'.join(MANY)}'",
    f"hessian 'exp({'+'.join(x + '^2' for x in MANY)})'",
    f"jacobian '{','.join('*'.join(MANY[:40]) for _ in range(40))}' --at {','.join(x + '=2' for x in MANY[:40])}",
    f"jacobian '{','.join('sin(' + '*'.join(MANY[:30]) + ')' for _ in range(6))}' x0 x1 x2 x3 x4 x5",
    "lagrange 'x^5*y+z^4*w^2+v^5*x*u' 'x^4+y^4+z^4+w^4+v^4+u^4=1' 'x*y*z*w*v*u=1/100'",
    "lagrange 'sin(x*y)+cos(y*z)+exp(x*z)' 'x^2+y^2+z^2=1' 'sin(x)+sin(y)=1/2'",
    "lagrange 'x^17+y^13*z+z^19*x' 'x^12+y^14+z^16=3'",
    "diff 'max(x,y,z,a,b,c,u,v,w,r,s,t)*max(x,2*y,3*z,a,b)' x -n 3",
    "eval 'sum(k^k/(k+x), k, 1, 999)' --at x=1/7 --digits 1000",
    "eval 'prod(x+k, k, 1, 900)' --digits 1000",
    "eval 'zeta(199)*gamma(999/7)^20*sin(10^300)' --digits 1000",
    "eval 'hyper([1/2,1/3],[1/7],x)' --at x=999/1000 --digits 1000",
    "diff '" + "sqrt(" * 45 + "x" + ")" * 45 + "' x -n 9",
    "diff '" + "(" * 4_000 + "x" + ")" * 4_000 + "'",
    "diff '" + "-" * 9_000 + "x'",
    "diff 'piecewise(" + ", ".join(f"x^{i}*sin(x), x < {i}" for i in range(150)) + ", 0)' x -n 5",
    "diff 'floor(10^399*x)*mod(x, 10^390)' --at x=10^300",
    "chain " + " ".join(f"'x{i} = x{i + 1}^2 + x{i + 2}*sin(x{i + 1})'" for i in range(40)) + " --wrt x40",
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda text: re.sub(r"[^a-z0-9^(]+", " ", text)[:40])
def test_attacks_on_time_and_memory(attack):
    """An answer, or exit 3 within the limit and a second."""

    words = shlex.split(attack)
    worker, place, begun = Worker(cli._reply, (), prepare=cli._load_for), Place(Page(), "plain", ()), time.monotonic()
    try:
        text, messages, code, _ = worker.ask((words, place.packed()), LIMITS)
        assert code in (0, 2, 3) or (code == 1 and not text), messages
        assert code or text
    except SymcalcError as error:
        assert error.code in ("timeout", "memory")
    assert time.monotonic() - begun < LIMITS.seconds + 1
    worker.close()


def test_there_are_thirty_attacks():
    assert len(set(ATTACKS)) >= 30
