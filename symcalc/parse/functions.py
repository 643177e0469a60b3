"""What each known function is in SymPy. The keys are those of `tables.FUNCTIONS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import sympy as sp

from symcalc.canonical.functions import PARITY, applied
from symcalc.notation import RealRoot, sigmoid
from symcalc.parse.tables import FUNCTIONS as SPECS

Root = Callable[[Any, Any], Any]
"""u, n -> the n-th root of u, within the limits on sizes."""


def squared_norm(values: Sequence[Any]) -> Any:
    """|x1|² + ... + |xn|² of the components of a vector; a real component is squared as it is."""
    return sp.Add(*(v**2 if _is_real(v) else sp.Abs(v) ** 2 for v in values))


def _is_real(value: Any) -> bool:
    """Whether real values are meant: log(x) counts for a real x, though SymPy cannot know where it is real."""
    return not value.has(sp.I) and all(s.is_extended_real for s in value.free_symbols)


def _gelu(x: Any) -> Any:
    """x·Φ(x) with the normal distribution Φ (Hendrycks and Gimpel 2016)."""
    return x * (1 + sp.erf(x / sp.sqrt(2))) / 2


_OWN: Mapping[str, Callable[..., Any]] = {
    "abs": sp.Abs,
    "max": sp.Max,
    "min": sp.Min,
    "mod": sp.Mod,
    "log2": lambda x: sp.log(x, 2),
    "log10": lambda x: sp.log(x, 10),
    "degree": lambda x: x * sp.pi / 180,
    "trigamma": lambda x: sp.polygamma(1, x),
    "hyper": lambda upper, lower, x: sp.hyper(upper, lower, x),
    "sigmoid": sigmoid,
    "silu": lambda x: x * sigmoid(x),
    "relu": lambda x: sp.Max(0, x),
    "softplus": lambda x: sp.log(1 + applied(sp.exp, x)),
    "gelu": _gelu,
}


def _sympy(function: Any) -> Callable[..., Any]:
    return partial(applied, function) if function in PARITY else function


CHECKED = {"pow", "sqrt", "cbrt", "root", "real_root", "norm", "norm2", "hypot"}
"""These are checked for their size first (see `Builder.checked`)."""

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    name: _OWN[name] if name in _OWN else _sympy(getattr(sp, name)) for name in SPECS.keys() - CHECKED
}
"""The function of each name: ours, or SymPy's own of the same name."""


def real_root(u: Any, n: int, power: Root) -> Any:
    """The real n-th root for odd n, 1/root(u, -n) for negative n."""
    root = RealRoot(u, sp.Integer(abs(n))) if abs(n) > 1 else u
    return root if n > 0 else power(root, sp.Integer(-1))
