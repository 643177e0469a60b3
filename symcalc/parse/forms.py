"""Forms that look like functions and are not: piecewise, sum, Derivative, Eq, And, Matrix. They become ordinary nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

from symcalc.parse import tables as t
from symcalc.parse.tree import CONDITIONS, Node, Token

if TYPE_CHECKING:
    from symcalc.parse.grammar import Parser


def _arguments(p: Parser, tok: Token) -> tuple[list[Node], int]:
    args, end = p.arguments()
    if not args:
        _refuse(p, tok, end, "has no arguments", "arity")
    return args, end


def _refuse(p: Parser, tok: Token, end: int, why: str, code: str = "type") -> NoReturn:
    p.fail(code, f"'{p.said(tok)}' {why}", tok.start, end, f"write {t.FORMS[tok.value]}")
    raise AssertionError


def _is_condition(node: Node) -> bool:
    return node.kind in CONDITIONS


def piecewise(p: Parser, tok: Token) -> Node:
    """piecewise(value, condition, ..., otherwise), or SymPy's pairs Piecewise((value, condition), ..., (otherwise, True))."""
    args, end = _arguments(p, tok)
    if all(a.kind == "tuple" for a in args):
        if any(len(a.args) != 2 for a in args):
            _refuse(p, tok, end, "needs pairs of a value and a condition")
        args = [part for pair in args for part in pair.args]
    if len(args) < 2 or not all(map(_is_condition, args[1::2])) or any(map(_is_condition, args[::2])):
        _refuse(p, tok, end, "needs values and conditions in turn")
    return Node("piecewise", args, tok.start, end, paren=True)


def series(p: Parser, tok: Token) -> Node:
    """sum(expr, k, 1, n), or SymPy's Sum(expr, (k, 1, n)). The node holds expr and the bounds; its value is (kind, k)."""
    args, end = _arguments(p, tok)
    if len(args) == 2 and args[1].kind == "tuple":
        args = [args[0], *args[1].args]
    if len(args) != 4:
        _refuse(p, tok, end, "needs an expression, a variable and its bounds", "arity")
    body, bound, low, high = args
    if bound.kind not in ("name", "const"):
        _refuse(p, tok, end, f"cannot run over '{p.said(bound)}'")
    index = bound.value if bound.kind == "name" else bound.value[1]
    return Node("series", [body, low, high], tok.start, end, (tok.value, index), paren=True)


def derivative(p: Parser, tok: Token) -> Node:
    """Derivative(f(x, y), x, (y, 2)) of an undefined function in its own variables."""
    args, end = _arguments(p, tok)
    inner, by = args[0], args[1:]
    if inner.kind != "apply" or inner.value[1] or not by:
        hint = "symcalc diff EXPR VAR differentiates an expression"
        p.fail("keyword", "only an undefined function has a derivative here", tok.start, end, hint)
    variables = [a.value if a.kind == "name" else None for a in inner.args]
    places: list[int] = []
    for item in by:
        pair = item.args if item.kind == "tuple" and len(item.args) == 2 else [item]
        count = pair[1].value if len(pair) == 2 and pair[1].kind == "num" else (1, 1)
        if pair[0].kind != "name" or variables.count(pair[0].value) != 1 or count[1] != 1 or not 0 < count[0] <= t.MAX_PRIMES:
            _refuse(p, tok, end, f"cannot differentiate by '{p.said(item)}'")
        places += [variables.index(pair[0].value) + 1] * count[0]
    return primed(p, inner, places, tok.start, end)


def slots_of(p: Parser, tok: Token) -> Node:
    """D(f, 1, 2)(x**2, y), the plain form of ∂₁∂₂f(x², y)."""
    opener = p.next()
    function = p.next()
    places: list[int] = []
    while p.at(","):
        p.next()
        place = p.next()
        if place.kind != "num" or place.value[1] != 1:
            p.unexpected(place, "the number of an argument")
        places.append(place.value[0])
    if not p.at(")"):
        p.unexpected(p.tok, "')'")
    p.next()
    if not p.at("(") or not places:
        p.fail("arity", "D(f, 1) needs the arguments of f", tok.start, max(opener.end, p.tok.start), "write D(f, 1)(x, y)")
    args, end = p.arguments()
    inner = Node("apply", args, function.start, end, (function.value, None))
    p.called.setdefault(function.value, inner)
    return primed(p, inner, places, tok.start, end)


def primed(p: Parser, inner: Node, places: Sequence[int], start: int, end: int) -> Node:
    """The application with how often it is differentiated in each argument place."""
    if not all(1 <= place <= len(inner.args) for place in places) or len(places) > t.MAX_PRIMES:
        p.fail("arity", f"'{inner.value[0]}' has {len(inner.args)} arguments here", start, end, "count the places from 1")
    orders = tuple(places.count(i + 1) for i in range(len(inner.args)))
    return Node("apply", inner.args, start, end, (inner.value[0], orders))


def relation(p: Parser, tok: Token) -> Node:
    args, end = _arguments(p, tok)
    if len(args) != 2:
        _refuse(p, tok, end, f"takes 2 arguments, not {len(args)}", "arity")
    sign = next(sign for sign, name in t.RELATIONS.items() if name == tok.value)
    return Node("rel", args, tok.start, end, [sign], paren=True)


def logical(p: Parser, tok: Token) -> Node:
    args, end = _arguments(p, tok)
    if tok.value == "Not" and len(args) != 1:
        _refuse(p, tok, end, f"takes 1 argument, not {len(args)}", "arity")
    return Node(tok.value.lower(), args, tok.start, end, paren=True)


def either_or(p: Parser, tok: Token) -> Node:
    """ITE(c, a, b), SymPy's "a if c else b" of conditions: c and a, or not c and b."""
    args, end = _arguments(p, tok)
    if len(args) != 3:
        _refuse(p, tok, end, f"takes 3 arguments, not {len(args)}", "arity")

    def node(kind: str, *parts: Node) -> Node:
        return Node(kind, list(parts), tok.start, end, paren=True)

    test, then, otherwise = args
    return node("or", node("and", test, then), node("and", node("not", test), otherwise))


def matrix(p: Parser, tok: Token) -> Node:
    args, end = _arguments(p, tok)
    if len(args) != 1 or args[0].kind != "list":
        _refuse(p, tok, end, "takes a list")
    return Node("list", args[0].args, tok.start, end, paren=True)


FORMS: dict[str, Callable[[Parser, Token], Node]] = {
    "piecewise": piecewise,
    "Derivative": derivative,
    "Matrix": matrix,
    "ITE": either_or,
    **dict.fromkeys(("sum", "prod"), series),
    **dict.fromkeys(("And", "Or", "Not"), logical),
    **dict.fromkeys(t.RELATIONS.values(), relation),
}
"""How each of `tables.FORMS` is read, from its opening bracket on."""
