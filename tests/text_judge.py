"""Real values of formulas in Python's syntax, by mpmath alone: neither SymPy nor symcalc takes part.

A value that is not real, anywhere inside, makes the whole not a number.
"""

from __future__ import annotations

import re
from functools import reduce

from mpmath import mp, mpc, mpf

NAN = mpf("nan")
LARGE = mpf(10) ** 60


class NotReal(Exception):
    """A condition cannot be decided because a side has no real value."""


def known(v):
    if mp.isnan(v):
        raise NotReal
    return v


class R:
    """A real number, or not a number."""

    __slots__ = ("v",)

    def __init__(self, v):
        v = v.v if isinstance(v, R) else v
        v = mp.mpmathify(v)
        if isinstance(v, mpc):
            v = v.real if v.imag == 0 else NAN
        self.v = v if mp.isfinite(v) and mp.fabs(v) < LARGE else NAN

    def __add__(self, o):
        return R(self.v + R(o).v)

    def __sub__(self, o):
        return R(self.v - R(o).v)

    def __rsub__(self, o):
        return R(R(o).v - self.v)

    def __mul__(self, o):
        return R(self.v * R(o).v)

    def __truediv__(self, o):
        o = R(o).v
        return R(self.v / o if o != 0 else NAN)

    def __rtruediv__(self, o):
        return R(o) / self

    def __pow__(self, o):
        o = R(o).v
        if mp.isnan(self.v) or mp.isnan(o) or (self.v == 0 and o <= 0 and o != mp.floor(o)):
            return R(NAN)
        if (self.v == 0 and o < 0) or mp.fabs(o) > 10**4:
            return R(NAN)
        if self.v < 0 and o != mp.floor(o):
            return R(NAN)
        if o * mp.log(mp.fabs(self.v) + 1) > 400:
            return R(NAN)
        return R(self.v ** int(o) if o == mp.floor(o) else mp.power(self.v, o))

    def __rpow__(self, o):
        return R(o) ** self

    def __neg__(self):
        return R(-self.v)

    def __pos__(self):
        return self

    def __lt__(self, o):
        return known(self.v) < known(R(o).v)

    def __le__(self, o):
        return known(self.v) <= known(R(o).v)

    def __gt__(self, o):
        return known(self.v) > known(R(o).v)

    def __ge__(self, o):
        return known(self.v) >= known(R(o).v)

    __radd__, __rmul__ = __add__, __mul__


def real(function, largest=10**4):
    """The mpmath function on wrapped numbers; not a number where mpmath says so, fails, or the argument is huge."""

    def value(*args):
        plain = [[R(b).v for b in a] if isinstance(a, list | tuple) else R(a).v for a in args]
        flat = [b for a in plain for b in (a if isinstance(a, list) else [a])]
        if any(mp.isnan(v) or mp.fabs(v) > largest for v in flat):
            return R(NAN)
        try:
            return R(function(*plain))
        except (ArithmeticError, ValueError, TypeError, mp.NoConvergence, NotImplementedError):
            return R(NAN)

    return value


def elliptic(function):
    return real(lambda *a: function(*a) if a[-1] < 1 else NAN)


def root(u, n):
    n = int(n)
    return mp.sign(u) * mp.root(mp.fabs(u), n) if n % 2 else mp.root(u, n)


def choose(pieces):
    return next((v for v, holds in pieces if holds), R(NAN))


def flat_piecewise(*args):
    if args and isinstance(args[0], tuple):
        return choose(args)
    pieces = list(zip(args[::2], args[1::2], strict=False)) + ([(args[-1], True)] if len(args) % 2 else [])
    return choose(pieces)


def best(pick):
    return lambda *a: R(NAN) if any(mp.isnan(R(v).v) for v in a) else R(pick(R(v).v for v in a))


def total(term, low, high):
    return reduce(lambda a, b: a + b, (term(R(k)) for k in range(int(R(low).v), int(R(high).v) + 1)))


def at_zero(value, function):
    return lambda u: value if u == 0 else function(u)


def step(u, half=0.5):
    return mpf(0 if u < 0 else 1) if u != 0 else half


TRIG = [
    "sin",
    "cos",
    "tan",
    "cot",
    "sec",
    "csc",
    "asin",
    "acos",
    "atan",
    "asec",
    "acsc",
    "sinh",
    "cosh",
    "tanh",
    "coth",
    "sech",
    "csch",
    "asinh",
    "acosh",
    "atanh",
    "acoth",
    "asech",
    "acsch",
]
NAMES = {
    **{t: real(getattr(mp, t), 300) for t in TRIG},
    "acot": real(at_zero(mp.pi / 2, lambda u: mp.atan(1 / u))),
    "exp": real(mp.exp, 130), "log": real(lambda u, b=mp.e: mp.log(u) / mp.log(b) if u > 0 else NAN, LARGE),
    "log2": real(lambda u: mp.log(u, 2), LARGE), "log10": real(lambda u: mp.log(u, 10), LARGE), "sqrt": real(mp.sqrt, LARGE),
    "cbrt": real(lambda u: root(u, 3), LARGE), "real_root": real(root, LARGE), "root": real(root, LARGE), "pow": lambda a, b: R(a) ** b,
    "abs": real(mp.fabs, LARGE), "Abs": real(mp.fabs, LARGE), "sign": real(mp.sign, LARGE), "floor": real(mp.floor), "ceiling": real(mp.ceil),
    "frac": real(lambda u: u - mp.floor(u)), "mod": real(lambda a, b: a - b * mp.floor(a / b)), "Mod": real(lambda a, b: a - b * mp.floor(a / b)),
    "max": best(max), "min": best(min), "Max": best(max), "Min": best(min), "Heaviside": real(step), "atan2": real(mp.atan2),
    "norm": real(lambda *a: mp.norm(a, 2), LARGE), "hypot": real(lambda *a: mp.norm(a, 2), LARGE), "norm2": real(lambda *a: mp.norm(a, 2), LARGE),
    "degree": real(mp.radians), "sigmoid": real(lambda u: 1 / (1 + mp.exp(-u)), 130), "relu": best(lambda v: max(0, *v)),
    "softplus": real(lambda u: mp.log(1 + mp.exp(u)), 130), "gelu": real(lambda u: u * mp.ncdf(u), 20), "silu": real(lambda u: u / (1 + mp.exp(-u)), 130),
    "sinc": real(mp.sinc), "factorial": real(mp.factorial, 40), "gamma": real(mp.gamma, 40), "loggamma": real(lambda u: mp.loggamma(u) if u > 0 else NAN, 100),
    "digamma": real(lambda u: mp.psi(0, u), 100), "trigamma": real(lambda u: mp.psi(1, u), 100), "polygamma": real(lambda n, u: mp.psi(int(n), u), 100),
    "binomial": real(mp.binomial, 40), "beta": real(mp.beta, 40), "zeta": real(mp.zeta, 30), "polylog": real(lambda s, u: mp.polylog(s, u) if u < 1 else NAN, 50),
    "lowergamma": real(lambda a, u: mp.gammainc(a, 0, u), 50), "uppergamma": real(lambda a, u: mp.gammainc(a, u), 50),
    "erf": real(mp.erf, 20), "erfc": real(mp.erfc, 20), "erfi": real(mp.erfi, 8), "Ei": real(mp.ei, 60), "li": real(mp.li, 100),
    "Li": real(lambda u: mp.li(u, offset=True), 100), "Si": real(mp.si, 100), "Ci": real(mp.ci, 100), "Shi": real(mp.shi, 60), "Chi": real(mp.chi, 60),
    "expint": real(mp.expint, 60), "fresnels": real(mp.fresnels, 20), "fresnelc": real(mp.fresnelc, 20), "LambertW": real(mp.lambertw, 100),
    "airyai": real(mp.airyai, 20), "airybi": real(mp.airybi, 20), "airyaiprime": real(lambda u: mp.airyai(u, derivative=1), 20),
    "airybiprime": real(lambda u: mp.airybi(u, derivative=1), 20), "besselj": real(mp.besselj, 60), "bessely": real(mp.bessely, 60),
    "besseli": real(mp.besseli, 60), "besselk": real(mp.besselk, 60), "jn": real(lambda n, u: mp.sqrt(mp.pi / (2 * u)) * mp.besselj(n + 0.5, u), 60),
    "yn": real(lambda n, u: mp.sqrt(mp.pi / (2 * u)) * mp.bessely(n + 0.5, u), 60), "elliptic_k": elliptic(mp.ellipk), "elliptic_e": elliptic(mp.ellipe),
    "elliptic_f": elliptic(mp.ellipf), "elliptic_pi": elliptic(mp.ellippi), "chebyshevt": real(mp.chebyt, 100), "chebyshevu": real(mp.chebyu, 100),
    "legendre": real(mp.legendre, 100), "hermite": real(mp.hermite, 100), "laguerre": real(lambda n, u: mp.laguerre(n, 0, u), 100),
    "assoc_legendre": real(lambda n, m, u: mp.legenp(n, m, u) if abs(u) < 1 else NAN, 100), "assoc_laguerre": real(mp.laguerre, 100),
    "gegenbauer": real(mp.gegenbauer, 100), "jacobi": real(mp.jacobi, 100), "hyper": real(lambda a, b, u: mp.hyper(a, b, u) if abs(u) < 0.9 else NAN, 100),
    "piecewise": flat_piecewise, "Piecewise": flat_piecewise, "SUM": total, "Ne": lambda a, b: known(R(a).v) != known(R(b).v), "Eq": lambda a, b: known(R(a).v) == known(R(b).v),
    "And": lambda *c: all(c), "Or": lambda *c: any(c), "Not": lambda c: not c, "R": R,
}  # fmt: skip

NUMBER = re.compile(r"(?<![\w.])(\d+)(?![\w.])")
CODE = re.compile(r"[\w+\-*/^().,\[\]<>=!&|~ ]*")


def value_of(text, at):
    """The value (an mpf, perhaps nan) of a formula at a point {name: number}, in the current precision."""
    assert CODE.fullmatch(text), text
    code = text.replace("^", "**").replace("sum(", "SUM(lambda k: ").replace(", k, 1, 3)", ", 1, 3)")
    code = NUMBER.sub(r"R(\1)", code)
    constants = {
        "pi": R(mp.pi),
        "E": R(mp.e),
        "e": R(mp.e),
        "EulerGamma": R(mp.euler),
        "True": True,
        "I": R(NAN),
        "__builtins__": {},
    }
    try:
        return R(eval(code, {**NAMES, **constants, **{k: R(v) for k, v in at.items()}})).v
    except NotReal:
        return NAN
