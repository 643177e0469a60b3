"""What is supposed of parameters so that a function has a series: what no assumption decides, in few words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sympy as sp
from mpmath import mp
from sympy import Expr, Gt, Lt, Ne, S

from symcalc.calculus.analytic import Need
from symcalc.calculus.draws import draws
from symcalc.calculus.measure import measure
from symcalc.calculus.numeric import Evaluator, NoRealValue, NotEvaluable

MAX_DRAWS = 60
CLOSE = mp.mpf(10) ** -12
LONGEST = 80
"""A condition that measures more than this is not supposed."""
ODD = (sp.sinh, sp.tanh, sp.asinh, sp.atan)
"""Functions with the sign of their argument."""


class Suppositions:
    """`conditions` are the relations that were supposed so far; some real parameters meet all of them."""

    def __init__(self) -> None:
        self.needs: list[Need] = []
        self.conditions: dict[Any, None] = {}

    def accept(self, needs: Iterable[Need]) -> bool:
        """Whether the needs are met or can be supposed; those that can are."""
        open_needs = [need for need in needs if need.met is not True]
        if any(need.met is False or not need.value.free_symbols for need in open_needs):
            return False
        if not _possible(self.needs + open_needs):
            return False
        conditions = [c for need in open_needs for c in told(need)]
        if any(measure(c.lhs) > LONGEST for c in conditions):
            return False
        self.needs += open_needs
        self.conditions |= dict.fromkeys(conditions)
        signs = [c.lhs for c in self.conditions if not isinstance(c, Ne)]
        for base in (*signs, *(-u for u in signs)):
            self.conditions.pop(Ne(base, 0), None)
        return True


def _possible(needs: list[Need]) -> bool:
    """Whether random values of the parameters are found that meet all needs."""
    symbols = set().union(*(need.value.free_symbols for need in needs))
    return not needs or any(all(_holds(need, values) for need in needs) for values in draws(symbols, needs, MAX_DRAWS))


def _holds(need: Need, values: dict[Any, Any]) -> bool:
    try:
        value = Evaluator(values)(need.value)
    except (NoRealValue, NotEvaluable):
        return False
    return bool(value > CLOSE if need.positive else mp.fabs(value) > CLOSE)


def told(need: Need) -> Iterator[Any]:
    """The need as relations between a short expression and 0."""
    value = sp.together(need.value)
    if not need.positive:
        yield from _nonzero(value)
        return
    parts = [factor.as_base_exp() for factor in sp.Mul.make_args(value) if not _is_positive(factor)]
    simpler = sp.Mul(*(_like(base) ** power for base, power in parts))
    if simpler not in (value, S.One):
        yield from told(Need(simpler, True))
        return
    sign, odd = 1, []
    for base, power in parts:
        if base.is_negative and power.is_odd:
            sign = -sign
        elif power.is_even:
            yield from _nonzero(base**power)
        else:
            odd.append(base if power.is_Integer else base**power)
    product = sp.Mul(*odd)
    condition = Lt(product, 0) if sign < 0 else Gt(product, 0)
    if condition != sp.true:
        yield condition


def _nonzero(value: Expr) -> Iterator[Any]:
    """What must not be 0 for a product not to be, without its denominators and what never is."""
    for factor in sp.Mul.make_args(value):
        base, power = factor.as_base_exp()
        if factor.is_zero is False or _is_positive(factor) or power.is_negative:
            continue
        simpler = _like(base)
        if simpler != base:
            yield from _nonzero(sp.together(simpler))
        else:
            base = base.primitive()[1] if base.is_Add else base
            yield Ne(-base if base.could_extract_minus_sign() else base, 0)


def _is_positive(e: Expr) -> bool:
    """Whether a real expression has no other values than positive ones where it is defined."""
    if e.is_positive or isinstance(e, sp.exp):
        return True
    if e.is_Pow:
        return _is_positive(e.base)
    return (e.is_Add or e.is_Mul) and all(map(_is_positive, e.args))


def _like(e: Expr) -> Expr:
    """A simpler expression of the same sign: u for sinh(u) and e^u - 1, u - 1 for log(u)."""
    if isinstance(e, ODD):
        return e.args[0]
    if isinstance(e, sp.log):
        return e.args[0] - 1
    grown = [u for u in e.args if isinstance(u, sp.exp)] if e.is_Add else []
    return grown[0].args[0] if len(grown) == 1 and e - grown[0] == -1 else e
