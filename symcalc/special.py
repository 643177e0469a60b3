"""The letters that special functions are written with in LaTeX: one table for the printer and for the reader.

They are upright, as ISO 80000-2 has them, and so never taken for a product: J_1(x + 1) in italics could be one.
"""

from __future__ import annotations

from typing import NamedTuple


class Special(NamedTuple):
    """The letters of a function, the positions of the arguments that stand below and above them, and whether a bar comes
    before the last of the others (the parameter m = k² of elliptic integrals)."""

    letters: str
    below: tuple[int, ...] = ()
    above: tuple[int, ...] = ()
    bar: bool = False


SPECIAL = {
    "besselj": Special("J", (0,)),
    "bessely": Special("Y", (0,)),
    "besseli": Special("I", (0,)),
    "besselk": Special("K", (0,)),
    "jn": Special("j", (0,)),
    "yn": Special("y", (0,)),
    "airyai": Special("Ai"),
    "airybi": Special("Bi"),
    "airyaiprime": Special("Ai'"),
    "airybiprime": Special("Bi'"),
    "fresnels": Special("S"),
    "fresnelc": Special("C"),
    "expint": Special("E", (0,)),
    "Li": Special("Li"),
    "polylog": Special("Li", (0,)),
    "LambertW": Special("W", (1,)),
    "beta": Special("B"),
    "digamma": Special(r"\psi"),
    "polygamma": Special(r"\psi", (), (0,)),
    "elliptic_k": Special("K"),
    "elliptic_e": Special("E", bar=True),
    "elliptic_f": Special("F", bar=True),
    "elliptic_pi": Special(r"\Pi", bar=True),
    "legendre": Special("P", (0,)),
    "hermite": Special("H", (0,)),
    "laguerre": Special("L", (0,)),
    "chebyshevt": Special("T", (0,)),
    "chebyshevu": Special("U", (0,)),
    "gegenbauer": Special("C", (0,), (1,)),
    "assoc_legendre": Special("P", (0,), (1,)),
    "assoc_laguerre": Special("L", (0,), (1,)),
    "jacobi": Special("P", (0,), (1, 2)),
}
"""By SymPy's name of the function, which is ours too."""

CALLED = frozenset("fghFGH") | {"sigma", "gamma", "zeta", "beta", "Gamma"}
"""Names that mean a function where brackets follow; a product with one of them as a factor takes a sign."""

LETTERS = sorted({special.letters.rstrip("'") for special in SPECIAL.values()}, key=len, reverse=True)


def function_of(letters: str, below: int, above: int) -> str | None:
    """The function that is written with these letters and so many parameters below and above them."""
    wanted = (letters, below, above)
    return next((f for f, s in SPECIAL.items() if wanted in {(s.letters, n, len(s.above)) for n in _counts(f, s)}), None)


def _counts(function: str, special: Special) -> set[int]:
    """How many parameters may stand below: W(x) has none, W_k(x) one."""
    return {0, 1} if function == "LambertW" else {len(special.below)}
