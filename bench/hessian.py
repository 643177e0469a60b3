"""What a Hessian costs: against sympy.hessian in the same process, and how the time grows with the number of variables.

python -m bench hessian

Both start from the same parsed formula with the caches of both empty; each time is the median of ROUNDS (3), interleaved. The
answers are compared at a random point, ours with finite differences along two lines as well (the check that every answer passes).
"""

from __future__ import annotations

import math
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp
from mpmath import mp

from bench.caches import forget
from bench.tables import Grown, Table, growing
from symcalc.calculus.check import verify
from symcalc.calculus.fields import hessian
from symcalc.calculus.numeric import Evaluator
from symcalc.notation import natural_order
from symcalc.parse import parse_expression
from symcalc.result import Claim


def rosenbrock(n: int) -> str:
    return " + ".join(f"100*(x{i + 1}-x{i}^2)^2+(1-x{i})^2" for i in range(1, n))


def quadratic(n: int) -> str:
    """xᵀAx with a dense A."""
    rng = random.Random(n)
    return " + ".join(f"{rng.randint(1, 9)}*x{i}*x{j}" for i in range(1, n + 1) for j in range(1, n + 1))


def log_sum_exp(n: int) -> str:
    return "ln(" + "+".join(f"exp(x{i})" for i in range(1, n + 1)) + ")"


def network(hidden: int) -> str:
    """The squared error of a network with two inputs and one hidden layer, in its weights."""
    return "(y - (" + " + ".join(f"v{j}*tanh(a{j}*2+b{j}*3+c{j})" for j in range(1, hidden + 1)) + "))^2"


def cross_entropy(classes: int) -> str:
    """Minus the logarithm of the first softmax probability, in the weights of linear scores."""
    scores = [f"(2*a{j}+3*b{j})" for j in range(1, classes + 1)]
    return f"ln({'+'.join(f'exp({score})' for score in scores)}) - {scores[0]}"


def mixture(components: int) -> str:
    """The log-likelihood of two observations under a Gaussian mixture, in its weights, means and deviations."""

    def density(x: int) -> str:
        return "+".join(f"p{j}/s{j}*exp(-({x}-m{j})^2/(2*s{j}^2))" for j in range(1, components + 1))

    return f"ln({density(1)}) + ln({density(3)})"


def deep(layers: int) -> str:
    """One unit in each of many layers."""
    text = "x+y^2"
    for k in range(layers):
        text = f"tanh({k + 1}/7*({text})+1/3)"
    return text


def chain(layers: int) -> str:
    """One unit in each of many layers, in their weights."""
    text = "1/2"
    for k in range(1, layers + 1):
        text = f"tanh(w{k}*({text})+b{k})"
    return text


FAMILIES: dict[str, tuple[Callable[[int], str], tuple[int, ...], int]] = {
    "Rosenbrock": (rosenbrock, (10, 50, 60, 100, 200, 500), 100),
    "dense quadratic": (quadratic, (10, 20, 40), 40),
    "log-sum-exp": (log_sum_exp, (5, 10, 20), 20),
    "softmax cross-entropy": (cross_entropy, (3, 5, 10), 10),
    "Gaussian mixture": (mixture, (2, 3), 3),
    "two-layer network": (network, (2, 4, 8), 8),
    "tanh in layers": (deep, (2, 5, 10), 10),
    "weights of layers": (chain, (2, 4), 4),
}
"""Name -> formula, sizes, and the largest size at which SymPy is asked too."""


def rows(rounds: int = 3) -> Iterator[Grown]:
    for name, (text, sizes, last) in FAMILIES.items():
        first: tuple[int, float] | None = None
        for n in sizes:
            f = parse_expression(text(n)).value
            xs = natural_order(f.free_symbols)
            ours, theirs = [], []
            for _ in range(rounds):
                taken, h = timed(lambda f=f, xs=xs: hessian(f, xs))
                ours.append(taken)
                if n <= last:
                    taken, peer = timed(lambda f=f, xs=xs: sp.hessian(f, xs))
                    theirs.append(taken)
            seconds = statistics.median(ours)
            agrees = judged(f, xs, h) and (n > last or same_numbers(f, h, peer))
            first = first or (n, seconds)
            exponent = math.log(seconds / first[1]) / math.log(n / first[0]) if n > first[0] else 0.0
            yield Grown(name, n, seconds, statistics.median(theirs) / seconds if theirs else None, exponent, agrees)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    forget()
    begun = time.perf_counter()
    value = work()
    return time.perf_counter() - begun, value


def judged(f: sp.Expr, xs: tuple[sp.Symbol, ...], h: sp.Matrix) -> bool:
    """Whether finite differences agree; a disagreement is an exception."""
    check, _ = verify([Claim("hessian", f, h, xs)])
    return check.points > 0


def same_numbers(f: sp.Expr, h: sp.Matrix, peer: sp.Matrix) -> bool:
    rng = random.Random(1)
    at = Evaluator({s: mp.mpf(rng.uniform(0.2, 0.9)) for s in f.free_symbols})
    places = h.todok().keys() | peer.todok().keys()
    return all(mp.almosteq(at(h[place]), at(peer[place]), 1e-9, 1e-9) for place in places)


def whole_command(n: int, rounds: int) -> float:
    """Seconds of `symcalc hessian` on the Rosenbrock function in a process of its own, check and printing included."""
    words = [sys.executable, "-m", "symcalc", "hessian", rosenbrock(n)]
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def tables(quick: bool = False) -> list[Table]:
    """Hessians in one process, and the whole command at two sizes."""
    rounds = 1 if quick else 3
    measured = list(rows(rounds))
    small, large = whole_command(50, rounds), whole_command(500, rounds)
    grows = math.log(large / small, 10)
    note = f"whole command, Rosenbrock: n = 50 {small:.2f} s, n = 500 {large:.2f} s, n^{grows:.2f}"
    return [growing("Hessians", ("of", "size"), measured, (note,))]
