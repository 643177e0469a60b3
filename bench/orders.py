"""What a high derivative costs: against repeated differentiation by SymPy, and how the time grows with the order.

python -m bench orders

SymPy differentiates n times at once (`diff(f, x, n)`), and is asked up to the order PEER only: its answers grow without bound.
Each time is the median of ROUNDS (3), interleaved, with the caches of both empty. Ours are compared with high-precision finite
differences at a point.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp
from mpmath import mp

from bench.caches import forget
from bench.tables import Grown, Table, growing
from symcalc.calculus.fields import derivative
from symcalc.calculus.numeric import Evaluator
from symcalc.parse import parse_expression

FORMULAS = (
    "exp(x^2)*sin(x)", "exp(sin(x))", "1/(1+x^2)", "sqrt(1+x^2)", "tanh(x)", "ln(x)/(x^2+1)", "arctan(x)", "x^x", "erf(x)",
    "exp(exp(x))", "1/(1+exp(-x))", "sin(x)^3*cos(x)^5",
)  # fmt: skip
ORDERS = (10, 20, 50)
PEER = 10
X = sp.Symbol("x", real=True)


def rows(rounds: int = 3) -> Iterator[Grown]:
    for text in FORMULAS:
        f = parse_expression(text).value
        first: float | None = None
        for n in ORDERS:
            ours, theirs = [], []
            for _ in range(rounds):
                taken, value = timed(lambda f=f, n=n: derivative(f, [(X, n)]))
                ours.append(taken)
                if n <= PEER:
                    theirs.append(timed(lambda f=f, n=n: sp.diff(f, X, n))[0])
            seconds = statistics.median(ours)
            first = first or seconds
            exponent = math.log(seconds / first) / math.log(n / ORDERS[0]) if n > ORDERS[0] else 0.0
            ratio = statistics.median(theirs) / seconds if theirs else None
            yield Grown(text, n, seconds, ratio, exponent, agrees(f, value, n))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    forget()
    begun = time.perf_counter()
    value = work()
    return time.perf_counter() - begun, value


def agrees(f: sp.Expr, value: sp.Expr, n: int) -> bool:
    """Whether finite differences with many digits agree at a point."""
    with mp.workdps(60 + 3 * n):
        at = mp.mpf("0.6123")
        return bool(mp.almosteq(mp.diff(lambda u: Evaluator({X: u})(f), at, n), Evaluator({X: at})(value), 1e-20))


def tables(quick: bool = False) -> list[Table]:
    """High derivatives in one process."""
    return [growing("High derivatives", ("of", "order"), rows(1 if quick else 3))]
