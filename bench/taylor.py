"""Taylor polynomials of growing degree in one and two variables: symcalc, SymPy, Maxima, giac and ginsh.

python -m bench.taylor [--quick]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp
from mpmath import mp

import symcalc
from bench.corpus import read
from bench.judge import NO_VALUE, function, value
from bench.peers import PEERS, Peer, Task, numbers, seconds_for_each
from bench.tables import Table, growth, median, milliseconds, times
from bench.timing import timed
from symcalc.calculus.series import taylor_terms

X, Y = sp.symbols("x y", real=True)
FORMULAS = {
    "exp(sin(x))": (1, 5, 10, 12, 20, 50, 100),
    "1/(1+exp(-x))": (1, 5, 10, 12, 20, 50, 100),
    "tan(x)": (1, 5, 10, 12, 20, 50, 100),
    "sqrt(1+x)*ln(1+x)": (Fraction(1, 2), 5, 10, 12, 20, 50, 100),
    "atan(x)*exp(-x^2)": (Fraction(1, 2), 5, 10, 12, 20, 50, 100),
    "exp(x*y)*sin(x+y)": (1, 5, 10, 12, 20),
    "ln(1+x+x*y)*cos(y)": (Fraction(1, 4), 5, 10, 12, 20),
    "1/(2-x-exp(y))": (Fraction(1, 8), 5, 10, 12, 20),
}
"""Per formula the radius of the circle that the judge integrates over, within the disc of convergence, and the degrees."""
QUICK = (12, 20, 50)
MARKS = {"exp(sin(x))": 100, "1/(1+exp(-x))": 50, "exp(x*y)*sin(x+y)": 20}
"""Degrees at which symcalc takes at most as long as Maxima."""
MARK = 200
"""SymPy's time at SYMPY_DEGREE as a multiple of that of the series alone."""
LONG_DEGREE, LONG_SECONDS = 200, 2.0
"""Within so many seconds a polynomial of this degree is answered."""
ELSEWHERE = {"exp(x)": "1", "sin(x)": "1", "sqrt(x)": "3", "ln(x)": "2", "exp(x)/(1+x^2)": "1", "exp(sin(x))": "1"}
"""Formulas that are asked for such a polynomial about another point as well, with the point."""
PLACES = ((Fraction(1, 7), Fraction(2, 9)), (Fraction(5), Fraction(3)))
"""Where polynomials are compared: near the origin, where the first terms count, and far from it, where the last ones do."""
TOLERANCE = 1e-12
SYMPY_DEGREE, SYMPY_LIMIT = 12, 5.0
"""sympy.series is asked to this degree, for so many seconds."""
PEER_LIMIT = 8.0
"""Seconds for two polynomials of a peer, with their values at the places."""
FROM = 10
"""The growth is that from this degree on."""
ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Run:
    """One polynomial by one system: seconds (None: no answer), and what is wrong."""

    system: str
    formula: str
    degree: int
    seconds: float | None
    failure: str = ""


def names(text: str) -> tuple[sp.Symbol, ...]:
    free = read(text, (X, Y)).free_symbols
    return tuple(x for x in (X, Y) if x in free)


def right(text: str, degree: int) -> list[Any]:
    """The values of the polynomial at the places, by Cauchy's integral formula for the coefficients of t -> f(t·u), on the
    trapezoidal rule, which converges geometrically (Trefethen and Weideman, SIAM Rev. 56, 385 (2014))."""
    xs = names(text)
    f, radius = function(read(text, xs), xs), FORMULAS[text][0]
    found = []
    with mp.workdps(60 + degree):
        for place in PLACES:
            u = [value(Fraction(c) / max(place)) for c in place[: len(xs)]]
            count, r = 2 * degree + 240, value(Fraction(radius)) / 2
            roots = [mp.expjpi(mp.mpf(2 * j) / count) for j in range(count)]
            values = [f(*(r * w * c for c in u)) for w in roots]
            scale = value(max(place))
            total = mp.mpf(0)
            for k in range(degree + 1):
                coefficient = mp.fsum(v * roots[-j * k % count] for j, v in enumerate(values)) / count
                total += mp.re(coefficient) * (scale / r) ** k
            found.append(total)
    return found


def verdict(found: Sequence[Any], wanted: Sequence[Any]) -> str:
    """ "" where the values agree, else how they differ."""
    with mp.workdps(40):
        worst = max(abs(a / b - 1) for a, b in zip(found, wanted, strict=True))
    return "" if worst < TOLERANCE else f"wrong by a factor of {mp.nstr(worst, 2)}"


def values(text: str, xs: Sequence[sp.Symbol]) -> list[Any]:
    """A polynomial that is a text, at the places."""
    with mp.workdps(80):
        f = function(read(text, xs), xs)
        return [f(*map(value, place[: len(xs)])) for place in PLACES]


def ours(text: str, degree: int, wanted: Sequence[Any]) -> list[Run]:
    """The command from text to text, and the series alone."""
    xs = names(text)
    f = symcalc.answer("taylor", text, degree=1, check=False).sources[0].value
    at = dict.fromkeys(sorted(f.free_symbols, key=str), sp.S.Zero)
    whole = [timed(lambda: str(symcalc.answer("taylor", text, degree=degree, check=False))) for _ in range(ROUNDS)]
    engine = [timed(lambda: taylor_terms(f, tuple(at), at, degree, held=True)) for _ in range(ROUNDS)]
    said, failure = whole[0][1:]
    failure = failure or verdict(values(said, xs), wanted)
    return [
        Run("symcalc", text, degree, median([seconds for seconds, *_ in whole]), failure),
        Run("its series alone", text, degree, median([seconds for seconds, *_ in engine]), engine[0][2]),
    ]


def sympy_run(text: str, degree: int, wanted: Sequence[Any]) -> Run:
    """sympy.series; of two variables along t·(x, y), as it knows one only."""
    xs, t = names(text), sp.Symbol("t", real=True)

    def work() -> str:
        f = read(text, xs)
        if len(xs) == 1:
            return str(sp.series(f, xs[0], 0, degree + 1).removeO())
        line = f.subs({x: t * x for x in xs}, simultaneous=True)
        return str(sp.series(line, t, 0, degree + 1).removeO().subs(t, 1))

    seconds, said, failure = timed(work, SYMPY_LIMIT)
    return Run("SymPy", text, degree, None if failure else seconds, failure or verdict(values(said, xs), wanted))


def peer_run(peer: Peer, text: str, degree: int, wanted: Sequence[Any]) -> Run:
    """A peer, its start-up subtracted."""
    xs = names(text)
    if peer.name == "ginsh" and len(xs) > 1:
        return Run(peer.name, text, degree, None)
    at = (Fraction(0),) * len(xs)
    points = [dict(zip(xs, place, strict=False)) for place in PLACES]
    tasks = [Task("taylor", (read(text, xs),), xs, point, at, degree) for point in points]
    found = numbers(peer, tasks, PEER_LIMIT)
    if found is None or None in found:
        return Run(peer.name, text, degree, None, "no answer in time" if found is None else NO_VALUE)
    failure = verdict([mpmath.mpf(said[0]) for said in found if said], wanted)
    return Run(peer.name, text, degree, seconds_for_each(peer, tasks[:1], replace(tasks[0], degree=2), 2), failure)


def measured(quick: bool) -> list[Run]:
    """All runs. A system that failed on a formula is not asked for higher degrees of it."""
    runs: list[Run] = []
    for text, (_, *degrees) in FORMULAS.items():
        gone: set[str] = set()
        for degree in degrees:
            if quick and degree not in QUICK:
                continue
            wanted = right(text, degree)
            found = ours(text, degree, wanted)
            if degree <= SYMPY_DEGREE and "SymPy" not in gone:
                found.append(sympy_run(text, degree, wanted))
            found += [peer_run(p, text, degree, wanted) for p in PEERS if p.installed and p.name not in gone]
            gone |= {run.system for run in found if run.seconds is None}
            runs += found
    return runs


def tables(quick: bool = False) -> list[Table]:
    """Times with ratios, growth, failures."""
    runs = measured(quick)
    by = {(run.system, run.formula, run.degree): run for run in runs if run.seconds is not None}
    asked = list(dict.fromkeys((run.formula, run.degree) for run in runs))
    systems = ("symcalc", "its series alone", "SymPy", *(peer.name for peer in PEERS))

    def seconds(system: str, formula: str, degree: int) -> float | None:
        run = by.get((system, formula, degree))
        return run.seconds if run else None

    rows = []
    for formula, degree in asked:
        spent = [seconds(system, formula, degree) for system in systems]
        ratios = [times(seconds(peer, formula, degree), own) for peer in ("SymPy", "Maxima") for own in spent[:2]]
        rows.append((formula, str(degree), *map(milliseconds, spent), *ratios))
    notes = (
        f"From text to text, about the origin, by total degree. symcalc: median of {ROUNDS}. Peers: start-up subtracted.",
        f"SymPy is asked to degree {SYMPY_DEGREE}, for {SYMPY_LIMIT:g} s at most; in two variables it expands along t·(x, y).",
    )
    compared = tuple(f"{peer}/{own}" for peer in ("SymPy", "Maxima") for own in ("symcalc", "series alone"))
    figures = Table("Taylor polynomials", ("formula", "degree", *systems, *compared), tuple(rows), notes)
    return [figures, marks(by), long_ones(quick), exponents(runs, systems), failures(runs)]


def marks(by: Mapping[tuple[str, str, int], Run]) -> Table:
    """Whether the marks are reached, from the same runs."""
    rows = []
    for formula, degree in MARKS.items():
        for own in ("symcalc", "its series alone"):
            for peer, at, least in (("Maxima", degree, 1), ("SymPy", SYMPY_DEGREE, MARK)):
                mine, theirs = by.get((own, formula, at)), by.get((peer, formula, at))
                if mine and theirs and mine.seconds and theirs.seconds:
                    ratio = theirs.seconds / mine.seconds
                    kept = "reached" if ratio >= least else "missed"
                    rows.append((formula, str(at), f"{peer}/{own}", f"{ratio:.3g} x", f"{least} x", kept))
    notes = (
        "symcalc and SymPy: from text to text, which holds the construction of the formula by SymPy.",
        "Its series alone: from the formula to the terms.",
    )
    return Table("Taylor polynomials: marks", ("formula", "degree", "what", "measured", "mark", ""), tuple(rows), notes)


def long_ones(quick: bool) -> Table:
    """Polynomials of a high degree with and without their check."""
    rows = []
    for text, at in [*((text, None) for text in FORMULAS), *ELSEWHERE.items()][: 3 if quick else None]:

        def answer(check: bool, text: str = text, at: str | None = at) -> str:
            return str(symcalc.answer("taylor", text, degree=LONG_DEGREE, at=at, check=check))

        seconds, said, failure = timed(lambda: answer(check=False))
        checked, _, failure = timed(lambda: answer(check=True)) if not failure else (None, "", failure)
        kept = "reached" if checked and checked <= LONG_SECONDS else "missed"
        length = failure or f"{len(said)} signs"
        rows.append((text, at or "0", milliseconds(seconds), milliseconds(checked), length, kept))
    header = ("formula", "at", "text to text", "with its check", "answer", f"{LONG_SECONDS:g} s")
    return Table(f"Taylor polynomials of degree {LONG_DEGREE}", header, tuple(rows))


def exponents(runs: Sequence[Run], systems: Sequence[str]) -> Table:
    """How the time grows with the degree."""
    rows = []
    for formula in dict.fromkeys(run.formula for run in runs):
        row = [formula]
        for system in systems:
            mine = [r for r in runs if r.formula == formula and r.system == system and r.seconds and r.degree >= FROM]
            found = growth([r.degree for r in mine], [r.seconds or 0.0 for r in mine]) if len(mine) > 2 else None
            row.append("-" if found is None else f"{found:.2f}")
        rows.append(tuple(row))
    note = f"The slope of log(time) over log(degree), from degree {FROM} on."
    return Table("Taylor polynomials: growth exponents", ("formula", *systems), tuple(rows), (note,))


def failures(runs: Sequence[Run]) -> Table:
    rows = [(run.system, run.formula, str(run.degree), run.failure) for run in runs if run.failure]
    note = "Judged by Cauchy's integral formula, near the origin and far from it."
    return Table("Taylor polynomials: failures", ("system", "formula", "degree", "what"), tuple(rows), (note,))


def main() -> None:
    import sys

    from bench.tables import markdown

    for table in tables("--quick" in sys.argv):
        print(markdown(table))


if __name__ == "__main__":
    main()
