"""Other systems: how a formula is written for them, how they are asked many questions in one process, what they answer.

A peer gets all questions of one kind in one script. Its start-up, and what it loads on the first question of a kind, is
measured with a script that holds nothing but that first question, and subtracted. A second script has the peer put the
numbers of the point into its own answers, so that no syntax but decimals has to be read back.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy as sp
from sympy.printing.str import StrPrinter

SECONDS = 20.0
"""For one script of a peer."""
ALONE = 4.0
"""For a script with one question."""
LONG = 0.4
"""Seconds that a script takes at least, for its start-up to be small beside it."""
MARK = 777_000_000
"""Written before the numbers of answer i, as MARK + i: every system prints a whole number alike."""
NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eEbB][-+]?\d+)?")
BESIDE = re.compile(r"[\s\[\](){},;]|matrix|\"Done\"")
"""What may stand beside the numbers of an answer."""


@dataclass(frozen=True, slots=True)
class Task:
    """One question to a peer: a command, formulas, the variables, the place of the expansion of a Taylor polynomial with its
    degree, and the point at which the answer is to be a number."""

    command: str
    formulas: tuple[sp.Expr, ...]
    variables: tuple[sp.Symbol, ...]
    point: Mapping[sp.Symbol, Fraction]
    at: tuple[Fraction, ...] = ()
    degree: int = 0


@dataclass(frozen=True, slots=True)
class Peer:
    """A system: its program, how it is asked for its version, its names of constants and functions, its phrases by command,
    the lines at the beginning and the end of a script, the line that shows an answer, and those that show its numbers."""

    name: str
    program: tuple[str, ...]
    version: tuple[str, ...]
    names: Mapping[str, str]
    phrases: Mapping[str, Callable[[Dialect, Task], str]]
    begin: str
    ask: str
    number: str
    equals: str
    braces: str
    end: str = ""

    @property
    def installed(self) -> bool:
        """Whether the program is there."""
        return shutil.which(self.program[0]) is not None


class Dialect(StrPrinter):  # type: ignore[misc]
    """Formulas in the words of a peer. Every variable x is written v_x, which no system knows as something else."""

    def __init__(self, peer: Peer) -> None:
        super().__init__({"order": "none"})
        self.peer = peer

    def _print_Symbol(self, expr: sp.Symbol) -> str:
        return f"v_{expr.name}"

    def _print_Pi(self, expr: sp.Expr) -> str:
        return self.peer.names.get("pi", "pi")

    def _print_Exp1(self, expr: sp.Expr) -> str:
        return "exp(1)"

    def _print_Function(self, expr: sp.Function) -> str:
        name = type(expr).__name__
        return f"{self.peer.names.get(name, name)}({', '.join(map(self._print, expr.args))})"

    def __call__(self, value: sp.Expr) -> str:
        return self.doprint(value).replace("**", "^")

    def listed(self, parts: Sequence[str]) -> str:
        left, right = self.peer.braces
        return left + ", ".join(parts) + right


def derivative(write: Dialect, f: sp.Expr, *xs: sp.Symbol) -> str:
    """diff(diff(f, x), y), which all peers read."""
    text = write(f)
    for x in xs:
        text = f"diff({text}, {write(x)})"
    return text


def first(write: Dialect, task: Task) -> str:
    return derivative(write, task.formulas[0], task.variables[0])


def mixed(write: Dialect, task: Task) -> str:
    return derivative(write, task.formulas[0], *task.variables)


def gradient(write: Dialect, task: Task) -> str:
    return write.listed([derivative(write, task.formulas[0], x) for x in task.variables])


def matrix(write: Dialect, task: Task) -> str:
    return write.listed([write.listed([derivative(write, f, x) for x in task.variables]) for f in task.formulas])


def second(write: Dialect, task: Task) -> str:
    f = task.formulas[0]
    return write.listed([write.listed([derivative(write, f, x, y) for y in task.variables]) for x in task.variables])


def own(name: str, braces: str = "[]") -> Callable[[Dialect, Task], str]:
    """name(f, [x, y]), or name([f, g], [x, y]) of several formulas."""

    def phrase(write: Dialect, task: Task) -> str:
        of = write(task.formulas[0]) if task.command == "hessian" else write.listed([write(f) for f in task.formulas])
        return f"{name}({of}, {write.listed([write(x) for x in task.variables])})"

    return phrase


def maxima_taylor(write: Dialect, task: Task) -> str:
    xs, places = [write(x) for x in task.variables], [str(a) for a in task.at]
    about = f"{xs[0]}, {places[0]}" if len(xs) == 1 else f"[{', '.join(xs)}], [{', '.join(places)}]"
    return f"taylor({write(task.formulas[0])}, {about}, {task.degree})"


def giac_taylor(write: Dialect, task: Task) -> str:
    xs, places = [write(x) for x in task.variables], [str(a) for a in task.at]
    about = f"{xs[0]}={places[0]}" if len(xs) == 1 else f"[{', '.join(xs)}], [{', '.join(places)}]"
    return f"convert(series({write(task.formulas[0])}, {about}, {task.degree}), polynom)"


def ginsh_taylor(write: Dialect, task: Task) -> str:
    """GiNaC counts the order of the remainder, and knows one variable only."""
    return f"series_to_poly(series({write(task.formulas[0])}, {write(task.variables[0])}=={task.at[0]}, {task.degree + 1}))"


DIFFERENTIATE = {"diff": first, "partial": mixed, "grad": gradient, "hessian": second, "jacobian": matrix}


MAXIMA = "display2d: false$ fpprec: 30$ linel: 1000000$ ratprint: false$ assume_pos: true$ assume_pos_pred: lambda([u], true)$"
"""Numbers in 30 digits, lines that do not wrap, and no questions about signs, which would swallow the next line."""

PEERS = (
    Peer(
        "Maxima", ("maxima", "--very-quiet"), ("maxima", "--version"),
        {"pi": "%pi", "loggamma": "log_gamma", "besselj": "bessel_j", "besseli": "bessel_i"},
        DIFFERENTIATE | {"hessian": own("hessian"), "jacobian": own("jacobian"), "taylor": maxima_taylor},
        MAXIMA, "r: errcatch({phrase});",
        "r: errcatch({phrase})$\nprint({mark})$\nif r # [] then print(errcatch(bfloat(subst([{point}], first(r)))))$", "=", "[]",
    ),
    Peer(
        "giac", ("giac", "/dev/stdin"), ("giac",),
        {"loggamma": "lgamma", "gamma": "Gamma", "besselj": "BesselJ", "besseli": "BesselI"},
        DIFFERENTIATE | {"hessian": own("hessian"), "taylor": giac_taylor},
        "Digits:=30:;", "{phrase};", "r:=0:;\nr:={phrase}:;\n{mark};\nevalf(subst(r, [{point}]));", "=", "[]",
    ),
    Peer(
        "ginsh", ("ginsh",), ("ginsh",),
        {"pi": "Pi", "loggamma": "lgamma", "gamma": "tgamma"},
        DIFFERENTIATE | {"taylor": ginsh_taylor},
        "Digits=30:", "{phrase};", "r=zero_zero:\nr={phrase}:\n{mark};\nevalf(subs(r, {{{point}}}));", "==", "{}", "quit;\n",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answers:
    """Of one peer to one list of tasks: the mean of seconds for a question that it answers, without start-up (0: less than the
    noise of it), and the numbers of each answer (None: no answer)."""

    seconds: float
    numbers: tuple[tuple[str, ...] | None, ...]


def ask(peer: Peer, tasks: Sequence[Task], runs: int = 2) -> Answers:
    """Put the tasks to a peer, for numbers; then those that it answers, for time."""
    found = numbers(peer, tasks)
    if found is None:  # one of them does not end
        found = tuple(one for task in tasks for one in numbers(peer, [task], ALONE) or [None])
    answered = [task for task, said in zip(tasks, found, strict=True) if said is not None]
    return Answers(seconds_for_each(peer, answered, answered[0], runs) if answered else 0.0, found)


def seconds_for_each(peer: Peer, tasks: Sequence[Task], warm: Task, runs: int) -> float:
    """The mean time of a task: of a script with all tasks, as often as it takes to be long, less one with a short task of the
    same kind; the least of a few runs of each."""
    write = Dialect(peer)
    asked = "".join(peer.ask.format(phrase=peer.phrases[task.command](write, task)) + "\n" for task in tasks)
    short = peer.ask.format(phrase=peer.phrases[warm.command](write, warm)) + "\n"
    idle = min(seconds_of(peer, f"{peer.begin}\n{short}{peer.end}") for _ in range(runs + 1))
    whole, repeats = seconds_of(peer, f"{peer.begin}\n{asked}{peer.end}") - idle, 1
    if whole < LONG:
        repeats = max(1, min(200, round(LONG / max(whole, 0.01))))
        whole = min(seconds_of(peer, f"{peer.begin}\n{asked * repeats}{peer.end}") for _ in range(runs)) - idle
    return max(whole, 0.0) / (len(tasks) * repeats)


def numbers(peer: Peer, tasks: Sequence[Task], limit: float = SECONDS) -> tuple[tuple[str, ...] | None, ...] | None:
    """The answers as numbers, which the peer itself computes; None when the script does not end."""
    write = Dialect(peer)
    script = peer.begin + "\n"
    for i, task in enumerate(tasks):
        point = ", ".join(f"{write(x)}{peer.equals}{value}" for x, value in task.point.items())
        phrase = peer.phrases[task.command](write, task)
        script += peer.number.format(phrase=phrase, mark=MARK + i, point=point) + "\n"
    said = run(peer, script + peer.end, limit)
    if said is None:
        return None
    pieces = re.split(rf"\b({str(MARK)[:3]}\d{{6}})\b", said)
    found = {int(mark) - MARK: plain_numbers(text) for mark, text in zip(pieces[1::2], pieces[2::2], strict=False)}
    return tuple(found.get(i) for i in range(len(tasks)))


def plain_numbers(text: str) -> tuple[str, ...] | None:
    """The decimals in a text that holds nothing else, with their exponents as Python writes them."""
    if BESIDE.sub("", NUMBER.sub("", text)):
        return None
    return tuple(re.sub("[bBE]", "e", number) for number in NUMBER.findall(text)) or None


def run(peer: Peer, script: str, limit: float = SECONDS) -> str | None:
    """What the peer prints for a script; None when it does not end in time."""
    try:
        done = subprocess.run(
            peer.program, input=script, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=limit
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout


def seconds_of(peer: Peer, script: str) -> float:
    """How long a script takes, at most SECONDS."""
    begun = time.perf_counter()
    run(peer, script)
    return time.perf_counter() - begun
