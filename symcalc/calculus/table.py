"""The table of standard derivatives: function -> its partial derivatives in each argument.

Each row is a lambda from the arguments to a tuple with one entry per argument; None marks an argument in which the
derivative has no formula in known functions. Sources: NIST Digital Library of Mathematical Functions (DLMF), by
section in the comments; elementary rows are textbook. Rows for real arguments may use |u|.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import sympy as sp
from sympy import Abs, S, pi, polygamma, sqrt

from symcalc.canonical.arithmetic import add, negative, power
from symcalc.canonical.functions import applied
from symcalc.notation import RealRoot, sigmoid

TWO = sp.Integer(2)
Row = Callable[..., tuple[Any, ...]]

exp, log, sin, cos, sinh, cosh, tanh = (
    partial(applied, function) for function in (sp.exp, sp.log, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh)
)


def _over_size(u: Any, root: Any) -> Any:
    """1/(|u|·√…) for real u; the form with u² is the analytic one."""
    return 1 / (Abs(u) * sqrt(u**2 + root)) if u.is_extended_real else 1 / (u**2 * sqrt(1 + root / u**2))


def _shifted(a: Any, by: int = 1) -> list[Any]:
    return [p + by for p in a]


ELEMENTARY: dict[Any, Row] = {
    sp.exp:     lambda u: (exp(u),),
    sp.log:     lambda u: (power(u, S.NegativeOne),),
    sp.sin:     lambda u: (cos(u),),
    sp.cos:     lambda u: (negative(sin(u)),),
    sp.tan:     lambda u: (1 / cos(u) ** 2,),
    sp.cot:     lambda u: (-1 / sin(u) ** 2,),
    sp.sec:     lambda u: (sp.sec(u) * sp.tan(u),),
    sp.csc:     lambda u: (-sp.csc(u) * sp.cot(u),),
    sp.asin:    lambda u: (1 / sqrt(1 - u**2),),
    sp.acos:    lambda u: (-1 / sqrt(1 - u**2),),
    sp.atan:    lambda u: (power(add(S.One, power(u, TWO)), S.NegativeOne),),
    sp.acot:    lambda u: (-1 / (1 + u**2),),
    sp.asec:    lambda u: (_over_size(u, -1),),
    sp.acsc:    lambda u: (-_over_size(u, -1),),
    sp.atan2:   lambda y, x: (x / (x**2 + y**2), -y / (x**2 + y**2)),
    sp.sinh:    lambda u: (cosh(u),),
    sp.cosh:    lambda u: (sinh(u),),
    sp.tanh:    lambda u: (add(S.One, negative(power(tanh(u), TWO))),),
    sp.coth:    lambda u: (-1 / sinh(u) ** 2,),
    sp.sech:    lambda u: (-sp.sech(u) * sp.tanh(u),),
    sp.csch:    lambda u: (-sp.csch(u) * sp.coth(u),),
    sp.asinh:   lambda u: (1 / sqrt(u**2 + 1),),
    sp.acosh:   lambda u: (1 / sqrt(u**2 - 1) if u.is_extended_real else 1 / (sqrt(u - 1) * sqrt(u + 1)),),
    sp.atanh:   lambda u: (1 / (1 - u**2),),
    sp.acoth:   lambda u: (1 / (1 - u**2),),
    sp.asech:   lambda u: (-1 / (u * sqrt(1 - u**2)),),
    sp.acsch:   lambda u: (-_over_size(u, 1),),
    sp.sinc:    lambda u: ((u * cos(u) - sin(u)) / u**2,),
    sigmoid:    lambda u: (sigmoid(u) * (1 - sigmoid(u)),),
    RealRoot:   lambda u, n: (1 / (n * RealRoot(u, n) ** (n - 1)), None),
}  # fmt: skip

SPECIAL: dict[Any, Row] = {
    # DLMF 7.2: error functions, Fresnel integrals
    sp.erf:         lambda u: (2 * exp(-(u**2)) / sqrt(pi),),
    sp.erfc:        lambda u: (-2 * exp(-(u**2)) / sqrt(pi),),
    sp.erfi:        lambda u: (2 * exp(u**2) / sqrt(pi),),
    sp.fresnels:    lambda u: (sin(pi * u**2 / 2),),
    sp.fresnelc:    lambda u: (cos(pi * u**2 / 2),),
    # DLMF 6.2: exponential, logarithmic, trigonometric integrals
    sp.Ei:          lambda u: (exp(u) / u,),
    sp.li:          lambda u: (1 / log(u),),
    sp.Li:          lambda u: (1 / log(u),),
    sp.expint:      lambda v, u: (None, -sp.expint(v - 1, u)),
    sp.Si:          lambda u: (sin(u) / u,),
    sp.Ci:          lambda u: (cos(u) / u,),
    sp.Shi:         lambda u: (sp.sinh(u) / u,),
    sp.Chi:         lambda u: (sp.cosh(u) / u,),
    # DLMF 5: gamma and its relatives; 8.2: incomplete gamma
    sp.gamma:       lambda u: (sp.gamma(u) * polygamma(0, u),),
    sp.loggamma:    lambda u: (polygamma(0, u),),
    sp.factorial:   lambda u: (sp.factorial(u) * polygamma(0, u + 1),),
    sp.digamma:     lambda u: (polygamma(1, u),),
    sp.trigamma:    lambda u: (polygamma(2, u),),
    polygamma:      lambda n, u: (None, polygamma(n + 1, u)),
    sp.beta:        lambda a, b: tuple(
        sp.beta(a, b) * (polygamma(0, c) - polygamma(0, a + b)) for c in (a, b)),
    sp.binomial:    lambda n, k: (
        sp.binomial(n, k) * (polygamma(0, n + 1) - polygamma(0, n - k + 1)),
        sp.binomial(n, k) * (polygamma(0, n - k + 1) - polygamma(0, k + 1))),
    sp.lowergamma:  lambda a, u: (None, exp(-u) * u ** (a - 1)),
    sp.uppergamma:  lambda a, u: (None, -exp(-u) * u ** (a - 1)),
    # DLMF 25: zeta and polylogarithm; 4.13: Lambert W
    sp.zeta:        lambda s, a=S.One: (None, -s * sp.zeta(s + 1, a)),
    sp.polylog:     lambda s, u: (None, sp.polylog(s - 1, u) / u),
    sp.LambertW:    lambda u, k=S.Zero: (exp(-sp.LambertW(u, k)) / (1 + sp.LambertW(u, k)), None),
    # DLMF 9.2: Airy; 10.6 and 10.29: Bessel
    sp.airyai:      lambda u: (sp.airyaiprime(u),),
    sp.airybi:      lambda u: (sp.airybiprime(u),),
    sp.airyaiprime: lambda u: (u * sp.airyai(u),),
    sp.airybiprime: lambda u: (u * sp.airybi(u),),
    sp.besselj:     lambda v, u: (None, (sp.besselj(v - 1, u) - sp.besselj(v + 1, u)) / 2),
    sp.bessely:     lambda v, u: (None, (sp.bessely(v - 1, u) - sp.bessely(v + 1, u)) / 2),
    sp.besseli:     lambda v, u: (None, (sp.besseli(v - 1, u) + sp.besseli(v + 1, u)) / 2),
    sp.besselk:     lambda v, u: (None, -(sp.besselk(v - 1, u) + sp.besselk(v + 1, u)) / 2),
    sp.jn:          lambda v, u: (None, sp.jn(v - 1, u) - (v + 1) / u * sp.jn(v, u)),
    sp.yn:          lambda v, u: (None, sp.yn(v - 1, u) - (v + 1) / u * sp.yn(v, u)),
    # DLMF 16.3: generalised hypergeometric function
    sp.hyper:       lambda a, b, u: (
        None, None, sp.Mul(*a) / sp.Mul(*b) * sp.hyper(_shifted(a), _shifted(b), u)),
    # DLMF 18.9: classical orthogonal polynomials
    sp.chebyshevt:  lambda n, u: (None, n * sp.chebyshevu(n - 1, u)),
    sp.chebyshevu:  lambda n, u: (None, ((n + 1) * sp.chebyshevt(n + 1, u) - u * sp.chebyshevu(n, u)) / (u**2 - 1)),
    sp.legendre:    lambda n, u: (None, n * (u * sp.legendre(n, u) - sp.legendre(n - 1, u)) / (u**2 - 1)),
    sp.assoc_legendre: lambda n, m, u: (
        None, None, (u * n * sp.assoc_legendre(n, m, u) - (m + n) * sp.assoc_legendre(n - 1, m, u)) / (u**2 - 1)),
    sp.hermite:     lambda n, u: (None, 2 * n * sp.hermite(n - 1, u)),
    sp.laguerre:    lambda n, u: (None, -sp.assoc_laguerre(n - 1, 1, u)),
    sp.assoc_laguerre: lambda n, a, u: (None, None, -sp.assoc_laguerre(n - 1, a + 1, u)),
    sp.gegenbauer:  lambda n, a, u: (None, None, 2 * a * sp.gegenbauer(n - 1, a + 1, u)),
    sp.jacobi:      lambda n, a, b, u: (
        None, None, None, (a + b + n + 1) / 2 * sp.jacobi(n - 1, a + 1, b + 1, u)),
}  # fmt: skip


def _elliptic_e(*args: Any) -> tuple[Any, ...]:
    if len(args) == 1:
        (m,) = args
        return ((sp.elliptic_e(m) - sp.elliptic_k(m)) / (2 * m),)
    z, m = args
    return sqrt(1 - m * sin(z) ** 2), (sp.elliptic_e(z, m) - sp.elliptic_f(z, m)) / (2 * m)


def _elliptic_f(z: Any, m: Any) -> tuple[Any, ...]:
    root = sqrt(1 - m * sin(z) ** 2)
    by_m = sp.elliptic_e(z, m) / (2 * m * (1 - m)) - sp.elliptic_f(z, m) / (2 * m) - sin(2 * z) / (4 * (1 - m) * root)
    return 1 / root, by_m


def _elliptic_pi(*args: Any) -> tuple[Any, ...]:
    if len(args) == 2:
        n, m = args
        return tuple(sp.elliptic_pi(n, m).fdiff(i) for i in (1, 2))
    n, z, m = args
    return tuple(sp.elliptic_pi(n, z, m).fdiff(i) for i in (1, 2, 3))


ELLIPTIC: dict[Any, Row] = {  # DLMF 19.4
    sp.elliptic_k:  lambda m: ((sp.elliptic_e(m) - (1 - m) * sp.elliptic_k(m)) / (2 * m * (1 - m)),),
    sp.elliptic_e:  _elliptic_e,
    sp.elliptic_f:  _elliptic_f,
    sp.elliptic_pi: _elliptic_pi,
}  # fmt: skip

STEPS: dict[Any, Row] = {
    sp.sign:        lambda u: (S.Zero,),
    sp.floor:       lambda u: (S.Zero,),
    sp.ceiling:     lambda u: (S.Zero,),
    sp.Heaviside:   lambda u, half=S.Half: (S.Zero, None),
    sp.frac:        lambda u: (S.One,),
    sp.Mod:         lambda a, b: (S.One, -sp.floor(a / b)),
}  # fmt: skip
"""Functions with jumps; the derivative is that between the jumps."""

DERIVATIVES: dict[Any, Row] = {**ELEMENTARY, **SPECIAL, **ELLIPTIC, **STEPS}
