"""The rules of differentiation as a book: the name of each, its sentence and a formula that shows it."""

from __future__ import annotations

from symcalc.calculus import rules
from symcalc.calculus.derivation import NAMES

EXAMPLES = {
    rules.constant: "7",
    rules.identity: "x",
    rules.sum_rule: "x^2 + sin(x)",
    rules.constant_multiple: "5*sin(x)",
    rules.quotient_rule: "sin(x)/x",
    rules.reciprocal_rule: "1/ln(x)",
    rules.product_rule: "x^2*sin(x)",
    rules.root_rule: "sqrt(x)",
    rules.power_rule: "x^5",
    rules.exponential: "2^x",
    rules.general_power: "x^x",
    rules.absolute_value: "|x|",
    rules.maximum: "max(x, x^2)",
    rules.piecewise: "x^2 if x > 0 else sin(x)",
    rules.sigma_sum: "sum(x^k/k, k, 1, n)",
    rules.pi_product: "prod(x + k, k, 1, n)",
    rules.undefined_function: "x*f(x^2)",
    rules.softplus_rule: "ln(1+exp(3*x))",
    rules.standard_derivative: "arctan(x)",
}
"""A formula for each rule, in the variable x."""

OTHERS = {
    "chain rule": ("The outer derivative at the inner function times the inner derivative: F(u)' = F'(u)·u'.", "sin(x^2)"),
    "recognise the sigmoid": (
        "1/(1 + e^(-u)) is the sigmoid σ(u), whose derivative is made of itself: σ(u)' = σ(u)·(1 - σ(u))·u'.",
        "1/(1+exp(-x))",
    ),
    "implicit differentiation": (
        "Differentiate both sides with y = y(x) and solve for y': where G(x, y) = 0, y' = -(∂G/∂x)/(∂G/∂y).",
        "x^2+y^2=25",
    ),
    "simplify": ("An equal form that is shorter to write; the only algebra in a derivation.", "x^2*exp(x)/(1+x)"),
}
"""What is no rule of its own, but a way to use them; an equation stands for the y that it defines."""


def rulebook() -> dict[str, tuple[str, str]]:
    """Name -> (sentence, formula). Rules are named as in textbooks; a name on a line of a derivation finds its rule, too."""
    book = {_title(rule): (" ".join((rule.__doc__ or "").split()), example) for rule, example in EXAMPLES.items()}
    return book | OTHERS


def synonyms() -> dict[str, str]:
    """The names on lines of derivations, and a short one -> the names of the rules."""
    return {"implicit": "implicit differentiation"} | {name: _title(rule) for rule, name in reversed(NAMES.items())}


def _title(rule: object) -> str:
    return str(getattr(rule, "__name__", "")).replace("_", " ")
