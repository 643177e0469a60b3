"""The commands on the corpus of real formulas: ours and SymPy in this process, Maxima, giac and ginsh in theirs.

python -m bench.commands [--quick]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import mpmath
import sympy as sp

import symcalc
from bench import judge
from bench.corpus import DEGREE, OFFSET, SCALAR, Question, formulas, questions
from bench.peers import PEERS, Answers, Peer, Task, ask
from bench.tables import Table, median, milliseconds, times
from bench.timing import timed
from symcalc.calculus.check import verify

COMMANDS = (*SCALAR, "jacobian", "chain")
SHARES = {"partial": 2, "hessian": 3, "taylor": 4, "tangent": 6, "directional": 6}
"""Every so manieth formula is asked about."""
QUICK = 25
"""The same, when time is short."""
SYMPY_LIMIT = 3.0
"""Seconds for SymPy, which may not end."""
SYMPY = "SymPy"
OURS = "symcalc"
SLOW = 0.5
"""Seconds from which a question is listed."""


@dataclass(frozen=True, slots=True)
class Run:
    """One system on one question: seconds (of the mathematics from text to text; `check`: of our check on top), and what is
    wrong with the answer."""

    system: str
    question: Question
    seconds: float
    failure: str
    check: float = 0.0


def ours(question: Question) -> Run:
    """The answer as a program gets it from us, without the check; then the check alone."""
    kept: list[Any] = []

    def work() -> str:
        kept[:] = [symcalc.answer(question.command, *question.words, check=False, **question.options)]
        return str(kept[0])

    seconds, text, failure = timed(work)
    if failure:
        return Run(OURS, question, seconds, failure)
    check, _, refused = timed(lambda: verify(kept[0].claims))
    return Run(OURS, question, seconds, refused or judged(text, question), check)


def theirs(question: Question) -> Run:
    """SymPy on the same question, from text to text."""
    kept: list[Any] = []

    def work() -> str:
        kept[:] = [SYMPY_WAYS[question.command](question)]
        return str(kept[0])

    seconds, _, failure = timed(work, SYMPY_LIMIT)
    return Run(SYMPY, question, seconds, failure or judged(kept[0], question))


def judged(answer: Any, question: Question) -> str:
    """What is wrong with an answer."""
    try:
        found = judge.obtained(answer, question)
    except Exception as error:
        return f"no number at the point: {type(error).__name__}: {str(error)[:80]}"
    return judge.verdict(found, right(question))


_right: dict[str, list[Any]] = {}


def right(question: Question) -> list[Any]:
    """The right numbers, found once."""
    if str(question) not in _right:
        _right[str(question)] = judge.wanted(question)
    return _right[str(question)]


def rational(question: Question) -> dict[sp.Symbol, sp.Rational]:
    return {x: sp.Rational(q.numerator, q.denominator) for x, q in question.point.items()}


def sympy_plane(question: Question) -> sp.Expr:
    (f,), at = formulas(question), rational(question)
    return f.subs(at) + sp.Add(*(sp.diff(f, x).subs(at) * (x - at[x]) for x in question.variables))


def sympy_along(question: Question) -> sp.Expr:
    (f,), at = formulas(question), rational(question)
    return sp.Add(*(sp.diff(f, x).subs(at) for x in question.variables)) / sp.sqrt(len(question.variables))


def sympy_taylor(question: Question) -> sp.Expr:
    (f,), (x,) = formulas(question), question.variables
    return sp.series(f, x, rational(question)[x], DEGREE + 1).removeO()


SYMPY_WAYS: dict[str, Callable[[Question], Any]] = {
    "diff": lambda q: sp.diff(formulas(q)[0], q.variables[0]),
    "partial": lambda q: sp.diff(formulas(q)[0], *q.variables),
    "grad": lambda q: [sp.diff(f, x) for f in formulas(q) for x in q.variables],
    "chain": lambda q: [sp.diff(f, x) for f in formulas(q) for x in q.variables],
    "hessian": lambda q: sp.hessian(formulas(q)[0], q.variables),
    "jacobian": lambda q: sp.Matrix(formulas(q)).jacobian(q.variables),
    "taylor": sympy_taylor,
    "tangent": sympy_plane,
    "directional": sympy_along,
}


def task(question: Question) -> Task:
    """The question for the peers."""
    place, at = judge.place(question), ()
    if question.command == "taylor":
        at = (question.point[question.variables[0]],)
    command = "grad" if question.command == "chain" else question.command
    return Task(command, formulas(question), question.variables, place, at, DEGREE)


def peer_runs(peer: Peer, asked: Sequence[Question]) -> list[Run]:
    """A peer on all questions of a command; each has the same, average time."""
    answers: Answers = ask(peer, [task(question) for question in asked])
    found = []
    for question, said in zip(asked, answers.numbers, strict=True):
        numbers = None if said is None else [mpmath.mpf(n) for n in said]
        found.append(Run(peer.name, question, answers.seconds, judge.verdict(numbers, right(question))))
    return found


def measured(quick: bool) -> list[Run]:
    """All runs. SymPy and we take turns, question by question."""
    runs = []
    symcalc.answer("diff", "x^2")
    for command in COMMANDS:
        step = (QUICK if command in SCALAR else 2) * quick or SHARES.get(command, 1)
        asked = questions(command, step)
        for question in asked:
            runs += [ours(question), theirs(question)]
        for peer in PEERS:
            if peer.installed and (command in peer.phrases or command == "chain"):
                runs += peer_runs(peer, asked)
    return runs


def tables(quick: bool = False) -> list[Table]:
    """Times, failures and the slowest questions."""
    runs = measured(quick)
    return [speed(runs), rightness(runs), failures(runs), slowest(runs)]


def of(runs: Sequence[Run], system: str, command: str) -> list[Run]:
    return [run for run in runs if run.system == system and run.question.command == command]


def speed(runs: Sequence[Run]) -> Table:
    """Medians per question, and the mean where a peer can be timed as a whole only."""
    rows = []
    for command in COMMANDS:
        mine, sympy = of(runs, OURS, command), of(runs, SYMPY, command)
        both = [(a, b) for a, b in zip(mine, sympy, strict=True) if not a.failure and not b.failure]
        ratio = median([a.seconds / b.seconds for a, b in both])
        mean = sum(a.seconds for a in mine) / len(mine)
        row = [
            command,
            str(len(mine)),
            milliseconds(median([a.seconds for a in mine])),
            milliseconds(median([a.check for a in mine])),
        ]
        row += [milliseconds(median([b.seconds for b in sympy])), "-" if ratio is None else f"{ratio:.2f}"]
        row += [milliseconds(mean), milliseconds(sum(b.seconds for b in sympy) / len(sympy))]
        for peer in PEERS:
            found = of(runs, peer.name, command)
            row.append("-" if not found else compared(mine, found))
        rows.append(tuple(row))
    header = (
        "command",
        "questions",
        "symcalc median",
        "its check",
        "SymPy median",
        "median of symcalc/SymPy",
        "symcalc mean",
        "SymPy mean",
    )
    notes = (
        "From text to text, with the caches of both empty. SymPy and symcalc take turns in one process.",
        "Peers: mean over a script with all questions, start-up subtracted; in parentheses symcalc's mean as a multiple of it.",
        f"taylor: degree {DEGREE} in one variable, other names stay names. tangent, directional: at a point of all names.",
    )
    return Table("The commands on real formulas: time", (*header, *(f"{peer.name} mean" for peer in PEERS)), tuple(rows), notes)


def compared(mine: Sequence[Run], theirs: Sequence[Run]) -> str:
    """The mean time of a peer, and how many times it is in ours for the same questions."""
    same = [a.seconds for a, b in zip(mine, theirs, strict=True) if not a.failure and b.failure != judge.NO_VALUE]
    own = theirs[0].seconds
    return f"{milliseconds(own)} ({times(sum(same) / len(same), own)})" if same and own else "-"


def rightness(runs: Sequence[Run]) -> Table:
    """How many answers of each system are right."""
    systems = [OURS, SYMPY, *(peer.name for peer in PEERS)]
    rows = []
    for command in COMMANDS:
        row = [command]
        for system in systems:
            found = of(runs, system, command)
            wrong = sum(run.failure.startswith("wrong") for run in found)
            none = sum(bool(run.failure) for run in found) - wrong
            row.append(f"{len(found) - wrong - none} right, {none} without, {wrong} wrong" if found else "not asked")
        rows.append(tuple(row))
    note = f"Against finite differences in {judge.DIGITS} digits at the point; polynomials and tangents {OFFSET} beside it."
    return Table("The commands on real formulas: right answers", ("command", *systems), tuple(rows), (note,))


def failures(runs: Sequence[Run]) -> Table:
    """Every wrong answer, and every missing one of ours and of SymPy."""
    listed = [run for run in runs if run.failure and (run.system in (OURS, SYMPY) or run.failure.startswith("wrong"))]
    rows = [(run.system, run.question.command, run.question.name, run.failure) for run in listed]
    note = "Missing answers of peers are counted above only: most are functions that they do not know."
    return Table("The commands on real formulas: failures", ("system", "command", "formula", "what"), tuple(rows), (note,))


def slowest(runs: Sequence[Run]) -> Table:
    """Our questions that take longer than SLOW, the check included."""
    found = [run for run in runs if run.system == OURS and run.seconds + run.check > SLOW]
    found.sort(key=lambda run: -run.seconds - run.check)
    rows = [(r.question.command, r.question.name, milliseconds(r.seconds), milliseconds(r.check)) for r in found]
    return Table(f"symcalc's questions of more than {SLOW} s", ("command", "formula", "answer", "check"), tuple(rows))


def main() -> None:
    import sys

    from bench.tables import markdown

    for table in tables("--quick" in sys.argv):
        print(markdown(table))


if __name__ == "__main__":
    main()
