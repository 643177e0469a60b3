"""Sums and products: written out when their bounds are numbers, with x_k becoming x1, x2, ..."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sympy as sp

from symcalc.canonical.arithmetic import add, mul
from symcalc.parse import sizes
from symcalc.parse import tables as t
from symcalc.parse.tree import Node
from symcalc.parse.words import join_name

if TYPE_CHECKING:
    from symcalc.parse.builder import Builder


def series(b: Builder, node: Node) -> Any:
    """The value of a "series" node: body, low, high, with (kind, index) as its value."""
    (kind, index), (body, *bounds) = node.value, node.args
    low, high = b.all(bounds)
    if low.is_Integer and high.is_Integer:
        return _written_out(b, node, range(int(low), int(high) + 1))
    k = b.symbol(index)
    term = _term(b, index, k, body)
    return (sp.Sum if kind == "sum" else sp.Product)(term, (k, low, high))


def _term(b: Builder, index: str, value: Any, body: Node) -> Any:
    outer = b.bound
    b.bound = outer | {index: value}
    try:
        return b.build(body)
    finally:
        b.bound = outer


def _written_out(b: Builder, node: Node, values: range) -> Any:
    kind, index = node.value
    b.terms += len(values)
    if len(values) > t.MAX_TERMS or b.terms > 2 * t.MAX_TERMS:
        problem = f"a {'sum' if kind == 'sum' else 'product'} may have {t.MAX_TERMS} terms"
        b.fail("too-many-terms", problem, node.start, node.end, "write a letter as the bound")
    terms = [_term(b, index, sp.Integer(k), node.args[0]) for k in values]
    if kind == "sum":
        b.limit(node, sizes.sum_problem(terms))
        return add(*terms)
    b.limit(node, sizes.product_problem(terms))
    return mul(*terms)


# --- names with an index -----------------------------------------------------------------------------------------


def indexed(b: Builder, node: Node) -> Any:
    """The name with the indices of the sums around it replaced: x_k is x3 for k = 3, w_ij is w12; an entry x_k where the bounds
    are no numbers."""
    base, *subs = re.split(r"_(?![^{]*\})", node.value)
    if len(subs) == 1 and (index := _symbolic_index(b, subs[0].strip("{}"))) is not None:
        from symcalc.notation import Entry

        return Entry(b.symbol(base), index)
    return join_name(base, [_subscript(b, node, sub.strip("{}")) for sub in subs])


def _symbolic_index(b: Builder, sub: str) -> Any:
    """The index k or k + 1 of a sum whose bounds are no numbers, else None."""
    match = re.fullmatch(r"([A-Za-z]+)([+-]\d+)?", sub)
    value = b.bound.get(match[1]) if match else None
    return None if value is None or value.is_Integer else value + int((match and match[2]) or 0)


def _subscript(b: Builder, node: Node, sub: str) -> str:
    match = re.fullmatch(r"([A-Za-z]+)([+-]\d+)?", sub)
    letters = [] if match is None else [match[1]] if match[1] in b.bound else list(match[1])
    bound = [letter for letter in letters if letter in b.bound]
    if len(letters) == 2 and len(bound) == 1:
        problem = f"'{node.value}' has one index of a sum and one that is none"
        b.fail(
            "subscript",
            problem,
            node.start,
            node.end,
            f"write {node.value.split('_')[0]}_{{{letters[0]},{letters[1]}}} with a comma",
        )
    if not bound or len(bound) < len(letters):
        if re.search(r"[+-]", sub):
            problem = f"the subscript '{sub}' needs a sum over its letter"
            b.fail("subscript", problem, node.start, node.end, "write sum(x_{k+1}, k, 1, 3)")
        return sub
    assert match
    values = [b.bound[letter] for letter in letters]
    if not all(value.is_Integer for value in values):
        hint = "give numeric bounds, such as sum(x_k^2, k, 1, 3)"
        b.fail("subscript", f"'{node.value}' needs numeric bounds of the sum", node.start, node.end, hint)
    numbers = [int(value) + int(match[2] or 0) for value in values]
    if len(numbers) > 1 and not all(0 <= n < 10 for n in numbers):
        problem = f"'{node.value}' with indices of several digits is ambiguous"
        b.fail("subscript", problem, node.start, node.end, "write w_{i,j} with a comma")
    if min(numbers) < 0:
        b.fail("subscript", f"'{node.value}' would have a negative subscript", node.start, node.end)
    return "".join(map(str, numbers))
