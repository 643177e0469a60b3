"""The names of the language, as data: functions, constants, Greek letters, binding powers, limits."""

from __future__ import annotations

from typing import NamedTuple

MAX_CHARS = 100_000
MAX_DEPTH = 50
MAX_DIGITS = 1_000
MAX_EXP10 = 1_000
MAX_BITS = 13_000
"""Largest exact number, about 3900 digits: below Python's limit of 4300 digits for printing an integer."""
MAX_EXPONENT = 10**6
"""Largest literal exponent on something symbolic."""
MAX_TERMS = 1_000
"""Most terms that one sum or product with numeric bounds is written out to."""
MAX_PRIMES = 9


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


class Spec(NamedTuple):
    """Fewest and most arguments, and per argument the largest number it may be (None: any)."""

    fewest: int
    most: int
    caps: tuple[int | None, ...] = ()


def _same(names: str, fewest: int, most: int, *caps: int | None) -> dict[str, Spec]:
    return {name: Spec(fewest, most, caps) for name in names.split()}


TRIG = ("sin", "cos", "tan", "cot", "sec", "csc")
POWERED = {f"{a}{t}{h}" for t in TRIG for a in ("", "a") for h in ("", "h")} | {"log", "log2", "log10"}
"""Functions that may carry their exponent: sin^2(x). sqrt^2(x) is refused."""
BARE = POWERED | {"exp", "sqrt", "cbrt"}
"""Functions that may be written without parentheses: sin x."""

COMPARED = 10**400
"""Largest number that is compared with others: floor, mod and max cost as many digits as the numbers have."""

FUNCTIONS: dict[str, Spec] = {
    **_same(" ".join(sorted(BARE - {"log"})), 1, 1),
    **_same("log", 1, 2),
    **_same("abs sign re im conjugate arg", 1, 1),
    **_same("norm", 1, 20),
    **_same("norm2 hypot", 1, 20),
    **_same("floor ceiling frac", 1, 1, COMPARED),
    **_same("max min", 1, 12, *[COMPARED] * 12),
    **_same("mod", 2, 2, COMPARED, COMPARED),
    **_same("pow root", 2, 2),
    **_same("real_root", 1, 2),
    **_same("degree", 1, 1),
    **_same("atan2", 2, 2),
    **_same("factorial factorial2 gamma loggamma digamma trigamma", 1, 1, 1000),
    **_same("binomial beta", 2, 2, 1000, 1000),
    **_same("polygamma", 2, 2, 20, 200),
    **_same("zeta", 1, 2, 200, 1000),
    **_same("polylog", 2, 2, 100, None),
    **_same("lowergamma uppergamma", 2, 2, 50, None),
    **_same("erf erfc erfi Ei li Li Si Ci Shi Chi fresnels fresnelc airyai airybi airyaiprime airybiprime elliptic_k", 1, 1),
    **_same("LambertW elliptic_e Heaviside", 1, 2),
    **_same("elliptic_f", 2, 2),
    **_same("elliptic_pi", 2, 3),
    **_same("expint besselj bessely besseli besselk jn yn", 2, 2, 1000, None),
    **_same("chebyshevt chebyshevu legendre hermite laguerre", 2, 2, 50, None),
    **_same("assoc_legendre", 3, 3, 50, 50, None),
    **_same("assoc_laguerre gegenbauer", 3, 3, 50, 1000, None),
    **_same("jacobi", 4, 4, 10, 1000, 1000, None),
    **_same("hyper", 3, 3),
    **_same("sigmoid relu softplus gelu silu sinc", 1, 1),
}

FORMS = {
    "piecewise": "piecewise(x, x < 0, x^2)",
    "sum": "sum(k^2, k, 1, n)",
    "prod": "prod(k^2, k, 1, n)",
    "Derivative": "Derivative(f(x, y), x, (y, 2))",
    "Matrix": "Matrix([[a, b], [c, d]])",
    **{name: f"{name}(x, 1)" for name in ("Eq", "Ne", "Lt", "Le", "Gt", "Ge")},
    **{name: f"{name}(x < 1, y < 1)" for name in ("And", "Or")},
    "Not": "Not(x < 1)",
    "ITE": "ITE(x < 1, y < 1, y > 2)",
}
"""Names that are written like functions but take conditions, bound variables or lists, each with an example."""

ALIASES = {
    "ln": "log", "lg": "log10", "lb": "log2", "ld": "log2", "cosec": "csc", "cotan": "cot", "cotg": "cot", "tg": "tan",
    "ctg": "cot", "sgn": "sign", "signum": "sign", "ceil": "ceiling", "Abs": "abs", "Max": "max", "Min": "min", "Mod": "mod",
    "ReLU": "relu", "swish": "silu", "SiLU": "silu", "GELU": "gelu", "logistic": "sigmoid", "expit": "sigmoid",
    "sigma": "sigmoid", "fact": "factorial", "Gamma": "gamma", "lgamma": "loggamma", "nCr": "binomial", "binom": "binomial",
    "choose": "binomial", "H": "Heaviside", "step": "Heaviside", "heaviside": "Heaviside", "lambertw": "LambertW", "Ai": "airyai",
    "arctg": "atan", "arcctg": "acot", "arccotg": "acot", "arcctan": "acot", "arccosec": "acsc", "arctan2": "atan2",
    "tgh": "tanh", "ctgh": "coth", "cotgh": "coth", "cosech": "csch",
    "Bi": "airybi", "Piecewise": "piecewise", "Sum": "sum", "product": "prod", "Product": "prod",
}  # fmt: skip
ALIASES |= {p + t + h: "a" + t + h for t in TRIG for p, h in (("arc", ""), ("arc", "h"), ("ar", "h"))}
KNOWN = FUNCTIONS.keys() | FORMS.keys() | ALIASES.keys()

GUESSED_CALLS = {"sigma": "the sigmoid function", "H": "the unit step"}
"""Names of variables that mean a function when they are called, in LaTeX too: σ(u) is the sigmoid, as our own output
writes it. Refused where the same name also stands alone."""

CONSTANTS = {
    "pi": "pi",
    "e": "E",
    "E": "E",
    "i": "I",
    "I": "I",
    "oo": "oo",
    "inf": "oo",
    "infinity": "oo",
    "Infinity": "oo",
    "infty": "oo",
}
NAMED_NUMBERS = {"EulerGamma": "EulerGamma", "Catalan": "Catalan", "GoldenRatio": "GoldenRatio", "True": "true", "False": "false"}
"""What SymPy prints for itself; these stay what they are under --no-constants."""
FUNCTION_LETTERS = set("fghFG")
"""f(x) is a function; any other letter, as in x(y+1), is a factor."""
VARIABLE_LETTERS = set("xyztuvw")
"""A word made of these only is a probable product."""

GREEK = _words(
    """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon
    phi chi psi omega"""
)
GREEK |= {g.capitalize() for g in GREEK}
LATIN_TWINS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
"""Greek letters that look like Latin ones."""

WORD_OPERATORS = {"and", "or", "not", "if", "else", "otherwise"}
RESERVED = {"None", "nan", "NaN", "NAN", "null", "zoo", "undefined", "true", "false"}
"""Words that printed forms use for "no value"; none of them is mistaken for a variable."""
COMMANDS = {
    **{name: name for name in ("diff", "partial", "grad", "jacobian", "hessian", "taylor", "chain", "lagrange")},
    **dict.fromkeys(("integrate", "integral", "int", "limit", "lim", "solve", "simplify", "expand", "factor", "subs"), ""),
    "derivative": "diff", "gradient": "grad", "series": "taylor",
}  # fmt: skip
"""What is done to an expression, not inside it, and the command that does it, if there is one."""
SPOKEN = {
    "squared": "x^2", "cubed": "x^3", "plus": "+", "minus": "-", "times": "*", "divided": "/", "over": "/", "equals": "=",
}  # fmt: skip
"""Signs in words."""
PYTHON = _words("def return import from while for print yield assert raise lambda")
SENTENCE = _words("the of find what with respect derivative compute calculate please function where then when given is")

RELATIONS = {"=": "Eq", "<": "Lt", ">": "Gt", "<=": "Le", ">=": "Ge", "!=": "Ne"}

POWER = {
    "if": 1, "or": 2, "and": 3, **dict.fromkeys(RELATIONS, 5), "+": 10, "-": 10, "*": 20, "/": 20, "mod": 20, "^": 40,
}  # fmt: skip
"""Binding powers: -x^2 = -(x^2), 2x^2 = 2(x^2), 2^3x = (2^3)x, a^b^c = a^(b^c), 2^-x = 2^(-x)."""
IF, NOT, SIGN, JUXTAPOSED, EXPONENT = 1, 4, 19, 30, 39
NESTING = (0, IF, JUXTAPOSED - 1, EXPONENT)
"""A bracket, a branch, a bare argument and an exponent are one level deeper."""
