"""lagrange on real problems with constraints, against sympy.solve on the Lagrange system.

python -m bench.constrained
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import sympy as sp
from mpmath import mp

import symcalc
from bench.corpus import entries, read, symbol
from bench.tables import Table, markdown, milliseconds
from bench.timing import timed

LIMIT = 10.0
TOLERANCE = 1e-20


def system(entry: Mapping[str, Any]) -> tuple[sp.Expr, list[sp.Expr], list[sp.Symbol]]:
    """Objective, constraints that are to be zero, and variables, as SymPy reads them."""
    texts = [entry["formula"], *(side for text in entry["constraints"] for side in text.split("="))]
    found = [read(text, ()) for text in texts]
    names = sorted({x.name for f in found for x in f.free_symbols})
    xs = [symbol(name) for name in names]
    f, *sides = [read(text, xs) for text in texts]
    return f, [a - b for a, b in zip(sides[::2], sides[1::2], strict=True)], xs


def solved(f: sp.Expr, constraints: Sequence[sp.Expr], xs: Sequence[sp.Symbol]) -> list[Any]:
    """What sympy.solve makes of the Lagrange system."""
    multipliers = sp.symbols(f"lambda1:{len(constraints) + 1}", real=True)
    lagrangian = f - sum(m * g for m, g in zip(multipliers, constraints, strict=True))
    return list(sp.solve([lagrangian.diff(v) for v in (*xs, *multipliers)], [*xs, *multipliers], dict=True))


def residual(f: sp.Expr, constraints: Sequence[sp.Expr], xs: Sequence[sp.Symbol], at: Mapping[Any, Any]) -> Any:
    """How far a point is from fulfilling the constraints, and its gradients from being dependent (Fritz John)."""
    with mp.workdps(60):
        point = [sp.N(at[x], 60) for x in xs]
        rows = [[g.diff(x) for x in xs] for g in (f, *constraints)]
        values = sp.Matrix(rows).subs(dict(zip(xs, point, strict=True)))
        minors = [values[:, list(c)].det() for c in combinations(range(len(xs)), len(rows))]
        left = [g.subs(dict(zip(xs, point, strict=True))) for g in constraints]
        return max(abs(sp.N(v, 50)) for v in (*left, *minors, sp.S.Zero))


def tables(quick: bool = False) -> list[Table]:
    """One row for each problem."""
    rows = []
    for entry in entries()["programs"][:: 4 if quick else 1]:
        words = (entry["formula"], *entry["constraints"])
        seconds, result, failure = timed(lambda words=words: symcalc.answer("lagrange", *words, check=False), LIMIT)
        f, constraints, xs = system(entry)
        theirs, points, refused = timed(lambda f=f, g=constraints, xs=xs: solved(f, g, xs), LIMIT)
        if not failure:
            own = [{symbol(x.name): v for x, v in p.at.items()} for p in result.answer.value.points]
            worst = max((residual(f, constraints, xs, at) for at in own), default=0)
            said = f"{len(own)}, {result.answer.value.label}"
            failure = "" if worst < TOLERANCE else f"residual {sp.N(worst, 2)}"
        else:
            said = "none"
        known = refused or str(len(points))
        rows.append((entry["name"], milliseconds(seconds), said, failure or "right", milliseconds(theirs), known))
    header = ("problem", "symcalc", "points", "their equations", "sympy.solve", "its points")
    note = "Right: at every point the constraints hold and the gradients are dependent. SymPy may miss points in silence."
    return [Table("lagrange on real problems", header, tuple(rows), (note,))]


def main() -> None:
    for table in tables():
        print(markdown(table))


if __name__ == "__main__":
    main()
