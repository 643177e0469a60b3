"""What deriving costs: the derivation tree of `derive` against SymPy's own diff, on 200 formulas, as ratios.

python -m bench.deriving [ROUNDS]

Both start from the same parsed formula with the caches of both empty; each time is the least of ROUNDS (7) in alternation.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import sympy as sp

from bench.caches import forget
from bench.tables import Table, markdown
from symcalc.calculus.derivation import first_derivation
from symcalc.calculus.derive import derive
from symcalc.calculus.fields import derivative
from symcalc.errors import SymcalcError
from symcalc.parse import parse_expression

CASES = Path(__file__).parent.parent / "tests" / "cases"
WANTED = 200
PEER = "SymPy's diff"
MODELS = [
    "1/(1+exp(-(w*x+b)))", "-y*ln(sigmoid(w*x+b)) - (1-y)*ln(1-sigmoid(w*x+b))", "(y-(w*x+b))^2/2",
    "ln(exp(a)+exp(b)+exp(x))", "exp(x)/(exp(x)+exp(y)+exp(z))", "x*sigmoid(b*x)", "x*(1+erf(x/sqrt(2)))/2", "tanh(w*x+b)^2",
    "exp(-(x-m)^2/(2*s^2))/(s*sqrt(2*pi))", "-ln(p)*x - ln(1-p)*(1-x)", "x*ln(x) + (1-x)*ln(1-x)", "(x^2+c)^(1/2)",
    "m*c^2/sqrt(1-x^2/c^2)", "k*q/x^2", "A*exp(-k*t)*cos(w*t+x)", "E*(x/s)^12 - E*(x/s)^6", "a*x/(b+x)", "v*x^n/(k^n+x^n)",
    "ln(x/(1-x))", "sqrt(x*(x-a)*(x-b)*(x-c))", "P*(1+x/12)^(12*t)", "S*exp(-q*x)", "1/(exp(h*x/k)-1)", "x^3/(exp(x)-1)",
    "sin(k*x-w*t)/x", "arctan(y/x)", "arcsin(n*sin(x))", "ln(x+sqrt(x^2+1))", "x^x", "x^(1/x)", "(1+1/x)^x",
    "exp(sin(x))*cos(x)", "sqrt(1+sqrt(x))", "ln(ln(x))", "tan(x)^2-x", "sec(x)*tan(x)", "x^2*exp(-x^2)*sin(3*x)",
    "(x^3-2*x+1)/(x^2+1)^2", "(2*x+3)^10*(x-1)^5", "1/(1+x^2)^3", "abs(x)^3", "max(0,x)^2", "erf(x)*exp(-x^2)",
    "besselj(0,x)*x", "gamma(x)/x", "cosh(a*x)/a", "exp(a*x)*(b*cos(c*x)+d*sin(c*x))", "ln((1+x)/(1-x))/2",
    "x*sqrt(a^2-x^2)+a^2*arcsin(x/a)", "sinh(x)/cosh(x)^2",
]  # fmt: skip
"""Formulas from machine learning, physics, chemistry, finance and textbooks."""


def texts() -> Iterator[str]:
    """The models, and what the cases of the tests ask about, each once."""
    yield from MODELS
    for name in ("notes", "worked", "parse", "limits", "at_point"):
        for case in json.loads((CASES / f"{name}.json").read_text("utf-8")):
            words = case.get("words") or ["", case.get("input", "")]
            if words[0] in ("diff", "grad", "partial", "hessian", "taylor", "limit", "tangent", ""):
                yield words[1]


def corpus() -> list[tuple[str, sp.Expr, sp.Symbol]]:
    found: dict[str, tuple[sp.Expr, sp.Symbol]] = {}
    for text in texts():
        try:
            f = parse_expression(text).value
        except SymcalcError:
            continue
        names = sorted(f.free_symbols, key=lambda s: (s.name != "x", s.name))
        if names and text not in found and f.count_ops() >= 3 and not f.has(sp.Piecewise):
            found[text] = (f, names[0])
    return [(text, *pair) for text, pair in found.items()][:WANTED]


def least(work: Callable[[], object]) -> float:
    forget()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def compared(rounds: int, wanted: int) -> Table:
    """The ratio of each way to SymPy's diff."""
    formulas = corpus()[:wanted]
    ways: dict[str, Callable[[sp.Expr, sp.Symbol, sp.Expr], object]] = {
        PEER: lambda f, x, _: sp.diff(f, x),
        "the tree of rules": lambda f, x, _: derive(f, x),
        "the lines of a derivation": first_derivation,
        "the tidied answer": lambda f, x, _: derivative(f, [(x, 1)]),
    }
    ratios: dict[str, list[float]] = {name: [] for name in ways if name != PEER}
    for _, f, x in formulas:
        best = dict.fromkeys(ways, float("inf"))
        try:
            answer = derivative(f, [(x, 1)])
            for _ in range(rounds):
                for name, way in ways.items():
                    best[name] = min(best[name], least(partial(way, f, x, answer)))
        except SymcalcError:
            continue
        for name in ratios:
            ratios[name].append(best[name] / best[PEER])
    rows = []
    for name, found in ratios.items():
        found.sort()
        rows.append((name, f"{statistics.median(found):.2f}", f"{found[int(0.9 * len(found))]:.2f}", f"{found[-1]:.1f}"))
    title = f"Deriving: time as a multiple of SymPy's diff, {len(formulas)} formulas"
    return Table(title, ("what", "median", "90 %", "worst"), tuple(rows))


def tables(quick: bool = False) -> list[Table]:
    """One table."""
    return [compared(2, 40) if quick else compared(3, WANTED)]


def main(rounds: int) -> None:
    print(markdown(compared(rounds, WANTED)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
