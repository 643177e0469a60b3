"""Values of a function near a point, in plain floating-point numbers: the judge of what kind of point it is."""

from __future__ import annotations

import math

import sympy as sp


def function(f, names):
    call = sp.lambdify(names, f.replace(sp.Abs, lambda u: sp.Function("abs")(u)), [{"abs": abs}, "math"])
    return lambda *a: float(call(*a))


def around(f, place, radius, rng):
    """Values all around the place."""
    for _ in range(400):
        way = [rng.gauss(0, 1) for _ in place]
        size = math.hypot(*way)
        yield f(*(a + radius * w / size for a, w in zip(place, way, strict=True)))


def numbers(point):
    return [float(a.evalf(20)) for a in point.at.values()]
