"""The terms of a polynomial as text, without an expression for each of them."""

from __future__ import annotations

from typing import Any

from sympy import Add, Integer
from sympy.printing.precedence import PRECEDENCE

from symcalc.formats._order import factor_key
from symcalc.notation import Polynomial, is_rational

ADD, MUL, POW = (PRECEDENCE[name] for name in ("Add", "Mul", "Pow"))
NUMBER = Integer(2)
"""What a printer is told of a number that is written already."""


class Powers(dict[int, str]):
    """The powers of one base as a printer writes them in a product."""

    def __init__(self, printer: Any, polynomial: Polynomial, i: int) -> None:
        self.printer, self.polynomial, self.i = printer, polynomial, i

    def __missing__(self, k: int) -> str:
        base, printer = self.polynomial.bases[self.i], self.printer
        if k > 1 and (base.is_Symbol or base.is_Add):
            self[k] = printer.whole_power(printer.parenthesize(base, POW), k)
        else:
            self[k] = printer.parenthesize(self.polynomial.power(self.i, k), MUL)
        return self[k]


def signed_monomials(printer: Any, polynomial: Polynomial) -> list[tuple[bool, str]]:
    """The terms as one of our printers writes them, each as whether it is negative and what follows its sign."""
    bases = polynomial.bases
    order = sorted(range(len(bases)), key=lambda i: factor_key(bases[i]))
    powers = [Powers(printer, polynomial, i) for i in range(len(bases))]

    def term(exponents: tuple[int, ...], coefficient: Any) -> tuple[bool, str]:
        if not is_rational(coefficient):
            return _of_expression(printer, polynomial.product(exponents, coefficient))
        p, q = int(coefficient.p), int(coefficient.q)
        used, size = [i for i in order if exponents[i]], abs(p)
        if sum(exponents) < 2 and (size == 1 or not used):  # the printer knows when a fraction line replaces brackets
            above = [bases[i] for i in used] or [Integer(size)]
            return p < 0, printer._fraction(above, [] if q == 1 else [Integer(q)])
        texts, factors = [powers[i][exponents[i]] for i in used], [bases[i] for i in used]
        if size != 1:
            texts, factors = [str(size), *texts], [NUMBER, *factors]
        product = printer.joined(texts, factors) if len(texts) > 1 else texts[0]
        return p < 0, product if q == 1 else printer.fraction(product, str(q))

    return [term(m, c) for m, c in polynomial.terms]


def _of_expression(printer: Any, term: Any) -> tuple[bool, str]:
    """Any other term. A sum is a constant, which stands first and needs no brackets."""
    if term.is_Mul:
        return printer.signed(term)
    text = printer._print(term) if isinstance(term, Add | Polynomial) else printer.parenthesize(term, ADD, strict=True)
    return (True, text[1:]) if text.startswith("-") else (False, text)
