"""The terms of a Taylor polynomial as text, without an expression for each of them."""

from __future__ import annotations

from typing import Any

from sympy import Add, Integer
from sympy.printing.precedence import PRECEDENCE

from symcalc.formats._order import factor_key
from symcalc.notation import TaylorPolynomial, is_rational

ADD, MUL, POW = (PRECEDENCE[name] for name in ("Add", "Mul", "Pow"))
NUMBER = Integer(2)
"""What a printer is told of a number that is written already."""


def signed_monomials(printer: Any, polynomial: TaylorPolynomial) -> list[tuple[bool, str]]:
    """The terms as one of our printers writes them, each as whether it is negative and what follows its sign."""
    steps = polynomial.steps
    order = sorted(range(len(steps)), key=lambda i: factor_key(steps[i]))
    bases = [printer.parenthesize(step, POW) for step in steps]
    known: dict[tuple[int, int], str] = {(i, 1): printer.parenthesize(step, MUL) for i, step in enumerate(steps)}

    def power(i: int, k: int) -> str:
        found = known.get((i, k))
        if found is None:
            found = known[i, k] = printer.whole_power(bases[i], k)
        return found

    def term(exponents: tuple[int, ...], coefficient: Any) -> tuple[bool, str]:
        if not is_rational(coefficient):
            return _of_expression(printer, polynomial.product(exponents, coefficient))
        p, q = int(coefficient.p), int(coefficient.q)
        used, size = [i for i in order if exponents[i]], abs(p)
        if sum(exponents) < 2 and (size == 1 or not used):  # the printer knows when a fraction line replaces brackets
            above = [steps[i] for i in used] or [Integer(size)]
            return p < 0, printer._fraction(above, [] if q == 1 else [Integer(q)])
        texts, factors = [power(i, exponents[i]) for i in used], [steps[i] for i in used]
        if size != 1:
            texts, factors = [str(size), *texts], [NUMBER, *factors]
        product = printer.joined(texts, factors) if len(texts) > 1 else texts[0]
        return p < 0, product if q == 1 else printer.fraction(product, str(q))

    return [term(m, c) for m, c in polynomial.terms]


def _of_expression(printer: Any, term: Any) -> tuple[bool, str]:
    """Any other term. A sum is a constant, which stands first and needs no brackets."""
    if term.is_Mul:
        return printer.signed(term)
    text = printer._print(term) if isinstance(term, Add) else printer.parenthesize(term, ADD, strict=True)
    return (True, text[1:]) if text.startswith("-") else (False, text)
