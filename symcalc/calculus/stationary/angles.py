"""Angles from exact sine and cosine: rational multiples of π are recognized, exactly."""

from __future__ import annotations

import flint
from flint import arb
from sympy import Expr, Rational, atan2, pi

from symcalc.calculus.stationary.field import Element
from symcalc.calculus.stationary.place import IDENTIFYING_BITS, exact_element

LARGEST_DENOMINATOR = 24


def exact_angle(sine: Element, cosine: Element, root: int) -> Expr:
    """The angle in (-π, π] of a point of the circle: p·π/q where (cos + i·sin)^(2q) is exactly 1, else by atan2."""
    with flint.ctx.workprec(IDENTIFYING_BITS):
        turns = arb.atan2(sine.ball(root, IDENTIFYING_BITS), cosine.ball(root, IDENTIFYING_BITS)) / arb.pi()
        for q in range(1, LARGEST_DENOMINATOR + 1):
            nearest = round(float(turns.mid()) * q)
            if (turns * q).contains(nearest) and _is_unit(sine, cosine, 2 * q):
                return Rational(nearest, q) * pi
    return atan2(exact_element(sine, root), exact_element(cosine, root))


def _is_unit(sine: Element, cosine: Element, power: int) -> bool:
    real, imaginary = cosine.field.element(1), cosine.field.element(0)
    for _ in range(power):
        real, imaginary = real * cosine - imaginary * sine, real * sine + imaginary * cosine
    return not imaginary and real == cosine.field.element(1)
