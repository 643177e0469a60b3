"""Random formulas as text, over every function of the language, for property tests."""

from __future__ import annotations

import random

from symcalc.parse.tables import FUNCTIONS

COMMON = ["sin", "cos", "tan", "exp", "log", "sqrt", "atan", "tanh", "sinh", "cosh", "sigmoid", "abs"]
UNARY = sorted(
    name
    for name, spec in FUNCTIONS.items()
    if spec.fewest == 1
    and name not in {"re", "im", "conjugate", "arg", "norm", "norm2", "hypot", "max", "min", "real_root", "zeta", "factorial2"}
)
"""Functions of one argument. re, im, conjugate, arg do nothing to real names; zeta and factorial2 have no derivative in
known functions."""
WITH_PARAMETER = {
    "log": "log({u}, 3)", "root": "root({u}, 5)", "pow": "pow({u}, 3)", "norm": "norm({u}, {v})", "hypot": "hypot({u}, {v})",
    "norm2": "norm2({u}, {v})", "max": "max({u}, {v})", "min": "min({u}, {v}, 1)", "mod": "mod({u}, 2)", "atan2": "atan2({u}, {v})",
    "binomial": "binomial({u}, 2)", "beta": "beta({u}, 2)", "polygamma": "polygamma(1, {u})", "polylog": "polylog(2, {u})",
    "zeta": "zeta(3, {u})", "lowergamma": "lowergamma(2, {u})", "uppergamma": "uppergamma(3/2, {u})", "real_root": "real_root({u}, 3)",
    "elliptic_f": "elliptic_f({u}, 1/3)", "elliptic_e": "elliptic_e({u}, 1/3)", "elliptic_pi": "elliptic_pi(1/4, sin({u})/2)",
    "expint": "expint(2, {u})", "besselj": "besselj(1, {u})", "bessely": "bessely(0, {u})", "besseli": "besseli(2, {u})",
    "besselk": "besselk(1, {u})", "jn": "jn(1, {u})", "yn": "yn(1, {u})", "chebyshevt": "chebyshevt(3, {u})",
    "chebyshevu": "chebyshevu(2, {u})", "legendre": "legendre(3, {u})", "hermite": "hermite(3, {u})", "laguerre": "laguerre(2, {u})",
    "assoc_legendre": "assoc_legendre(2, 1, {u})", "assoc_laguerre": "assoc_laguerre(2, 1, {u})",
    "gegenbauer": "gegenbauer(2, 3/2, {u})", "jacobi": "jacobi(2, 1, 2, {u})", "hyper": "hyper([1], [3/2], {u})",
    "LambertW": "LambertW({u})", "Heaviside": "Heaviside({u})",
}  # fmt: skip
"""Functions with parameters, one pattern each."""
SHAPES = (
    "{u} + {v}",
    "{u} - {v}",
    "({u})*({v})",
    "({u})/({v})",
    "({u})^2",
    "({u})^3",
    "2*({u})",
    "-({u})",
    "({u})^(1/2)",
    "1/({u})",
    "({u})^-2",
)
RARE_SHAPES = (
    "({u})^({v})",
    "2^({u})",
    "{u} if {v} < 1 else x^2",
    "abs({u})",
    "piecewise({u}, x < 0, {v})",
    "e^({u})",
    "sum(({u})^k, k, 1, 3)",
)
LEAVES = ("x", "x", "x", "y", "2", "3", "1/2", "x1", "pi", "a")


def every_function() -> list[str]:
    """One shallow formula for every function of the language."""
    known = [f"{name}(x)" for name in UNARY] + [f"{name}(x/2 + 1/3)" for name in UNARY]
    known += [pattern.format(u=u, v="y") for pattern in WITH_PARAMETER.values() for u in ("x", "x^2 + 1/2", "x/3")]
    return known


def formula(rng: random.Random, depth: int = 5) -> str:
    """A random formula that holds x."""
    while True:
        text = _formula(rng, depth)
        if "x" in text.replace("exp", "").replace("max", ""):
            return text


def _formula(rng: random.Random, depth: int) -> str:
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(LEAVES)
    u, v = _formula(rng, depth - 1), _formula(rng, rng.randint(0, depth - 1))
    kind = rng.random()
    if kind < 0.55:
        return rng.choice(SHAPES).format(u=u, v=v)
    if kind < 0.65:
        return rng.choice(RARE_SHAPES).format(u=u, v=v)
    if kind < 0.88:
        return f"{rng.choice(COMMON)}({u})"
    if kind < 0.95:
        return f"{rng.choice(UNARY)}({u})"
    return rng.choice(sorted(WITH_PARAMETER.values())).format(u=u, v=v)
