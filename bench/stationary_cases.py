"""Time every problem of tests/cases/stationary.json and say where symcalc's answer differs from what is given there.

python -m bench.stationary_cases
"""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path

from sympy import Symbol, sympify

from symcalc.calculus.stationary import lagrange_points
from symcalc.errors import SymcalcError

CASES = json.loads((Path(__file__).parents[1] / "tests/cases/stationary.json").read_text("utf-8"))["cases"]


def close(a, b):
    return abs(float(a) - float(b)) <= 1e-9 * max(1.0, abs(float(b)))


def differences(case, found):
    """Sentences on points, kinds, values and claims."""
    names = case["variables"]
    left = list(found.points)
    for wanted in case["points"]:
        numbers = wanted["numeric"]
        if numbers is None or any(n is None for n in numbers):
            yield "symbolic point: compared by its own test"
            continue
        hits = [p for p in left if all(x in p.numeric and close(p.numeric[x], a) for x, a in zip(names, numbers, strict=True))]
        if len(hits) != 1:
            yield f"point {numbers} found {len(hits)} times"
            continue
        left.remove(hits[0])
        given, kind = wanted["classification"], hits[0].kind
        if given.replace("local min", "minimum").replace("local max", "maximum") != kind:
            yield f"kind: {kind!r}, given {given!r}"
        if not close(hits[0].numeric["value"], wanted["value_numeric"]):
            yield f"value {hits[0].numeric['value']}, given {wanted['value_numeric']}"
    if left:
        yield f"{len(left)} points more than given"
    if len(found.families) != len(case["families"]):
        yield f"{len(found.families)} families, given {len(case['families'])}"
    if case["complete"] is not True and found.label.startswith("exact"):
        yield f"label {found.label!r}, given complete: {case['complete']}"
    if case["complete"] is True and not found.label.startswith("exact"):
        yield f"label {found.label!r}, given complete"
    for side, claim in (case["global_claims"] or {}).items():
        if side not in ("min", "max"):
            continue
        extremum = found.extrema.get(f"{side}imum")
        given = "attained" if isinstance(claim, list) else "none" if claim.startswith("none") else "undecided"
        if extremum is None or extremum.status != given:
            yield f"{side}: {extremum}, given {claim!r}"


def main() -> None:
    times = []
    for case in CASES:
        names = {x: Symbol(x, real=True) for x in case["variables"]}
        constraints = [sympify(t.removesuffix("= 0"), locals=names) for t in case["constraints"]]
        start = time.perf_counter()
        try:
            found = lagrange_points(sympify(case["objective"], locals=names), constraints, list(names.values()))
        except SymcalcError as error:
            found = None
            print(case["id"], "ERROR", error.problem)
        times.append((time.perf_counter() - start, case["id"]))
        print(
            f"{case['id']:5} {times[-1][0]:6.2f} s  {len(found.points) if found else 0:3} points  {found.label if found else ''}"
        )
        for difference in differences(case, found) if found else ():
            print("       ", difference)
    seconds = [t for t, _ in times]
    print(f"{len(times)} problems, median {statistics.median(seconds):.2f} s, longest {max(times)[0]:.2f} s ({max(times)[1]})")


if __name__ == "__main__":
    main()
