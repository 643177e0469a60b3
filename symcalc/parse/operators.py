"""What stands between operands or behind them: operators, juxtaposition, postfixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcalc.errors import SymcalcError
from symcalc.parse import tables as t
from symcalc.parse.tree import Node, Token

if TYPE_CHECKING:
    from symcalc.parse.grammar import Parser

LETTERS_CALLED = t.GREEK & (t.KNOWN | t.GUESSED_CALLS.keys())
"""Letters that are a function where they are called: \\sigma^2(x) is a power of it, or a product."""


def join(kind: str, left: Node, right: Node) -> Node:
    """Flat n-ary nodes: long input costs no recursion."""
    if left.kind == kind and not left.paren:
        left.args.append(right)
        left.end = right.end
        return left
    return Node(kind, [left, right], left.start, right.end)


def infix(p: Parser, left: Node, tok: Token, stop: bool) -> Node:
    op = tok.value
    if op == "^":
        return raised(p, left, tok)
    if op == "/":
        return divided(p, left, stop)
    if op == "if":
        return conditional(p, left)
    right = p.expr(t.POWER[op], stop)
    if op in t.RELATIONS:
        node = join("rel", left, right)
        node.value = [*(node.value or []), op]
        return node
    if op == "mod":  # \bmod
        return Node("call", [left, right], left.start, right.end, "mod")
    if op == "-":
        right = Node("neg", [right], right.start, right.end)
    return join({"+": "sum", "-": "sum", "*": "prod"}.get(op, op), left, right)


def raised(p: Parser, left: Node, tok: Token) -> Node:
    if p.scope.latex and left.kind == "pow" and not left.paren:
        p.fail("ambiguous-power", "double superscript", tok.start, tok.end, "write x^{y^z}")
    right = p.latex_arg(exponent=True) if p.scope.latex else p.expr(t.EXPONENT)
    one = right.kind == "num" and right.value in ((1, 1), (-1, 1)) and not right.paren
    if one and p.at("/") and p.tokens[p.i + 1].kind == "num":
        base, power = p.said(left), p.said(right)
        hint = f"write {base}^({power}/{p.said(p.tokens[p.i + 1])}) for a root"
        p.fail("ambiguous-power", f"{base}^{power}/... divides {base}^{power}", right.start, p.tok.end, hint)
    return Node("pow", [left, right], left.start, right.end)


def divided(p: Parser, left: Node, stop: bool) -> Node:
    right = p.expr(t.JUXTAPOSED, stop)
    if p.starts_operand(p.tok) and not (stop and p.tok.kind == "func"):
        num, den, start = p.said(left), p.said(right), right.start
        more, end = ahead(p)
        hint = f"write {num}/({den}*{more}) or ({num}/{den})*{more}"
        p.fail("ambiguous-division", f"does the division stop after '{den}'?", start, end, hint)
    return join("prod", left, Node("inv", [right], right.start, right.end))


def ahead(p: Parser) -> tuple[str, int]:
    """The text and the end of the operand that follows, for a hint."""
    tok = p.tok
    try:
        node = p.expr(t.JUXTAPOSED)
    except SymcalcError:
        return p.said(tok), tok.end
    return p.said(node), tok.end


def conditional(p: Parser, left: Node) -> Node:
    """a if c else b if d else e, read from the left: value, condition, ..., otherwise."""
    parts, value = [], left
    while True:
        parts += [value, p.expr(t.IF)]
        if not p.at("else"):
            p.fail("keyword", "an if needs its else", p.tok.start, p.tok.end, "write a if condition else b")
        p.next()
        value = p.expr(t.IF)
        if not p.at("if"):
            return Node("piecewise", [*parts, value], left.start, value.end)
        p.next()


def either(p: Parser, left: Node) -> Node:
    """(x < 0) | (x > 1), as SymPy prints it."""
    p.next()
    if p.at("|"):
        p.next()
    return join("or", left, p.expr(t.POWER["or"]))


def juxtapose(p: Parser, left: Node, tok: Token, stop: bool) -> Node:
    last = left.args[-1] if left.kind == "prod" and not left.paren else left
    base = last.args[0] if last.kind == "pow" and not last.paren else last
    if tok.kind == "num":
        p.fail("missing-operator", "a number cannot follow its factor", tok.start, tok.end, "write 2x, x*2 or x^2")
    name = p.said(base)
    letter = base.kind == "name" and (p.scope.is_function(base.value) or (p.scope.latex and base.value in LETTERS_CALLED))
    if last.kind == "pow" and letter and tok.value == "(":
        right = p.expr(t.JUXTAPOSED, stop)
        argument = p.said(right.args[0] if right.kind == "pow" and not right.paren else right)
        argument = argument if argument.startswith("(") else f"({argument})"
        hint = f"write {name}{argument}^{p.said(last.args[1])} for a power, or * for a product"
        p.fail("ambiguous-power", f"{p.said(last)}(...) is ambiguous", last.start, tok.end, hint)
    right = p.expr(t.JUXTAPOSED, stop)
    if p.scope.latex and last.kind == "num" and tok.value == "frac" and _is_number(right):
        hint = f"write {name} \\cdot {p.said(right)} for a product, {name} + {p.said(right)} for a mixed number"
        p.fail("ambiguous-number", "is this a mixed number or a product?", last.start, right.end, hint)
    inner = right.args[0] if right.kind == "pow" and not right.paren else right
    plain = last is base and base.kind in ("name", "const") and not base.paren
    spaced = "\\," in p.text[left.end : tok.start]  # LaTeX's space between factors
    if (
        tok.value in ("(", "{") and plain and not spaced and inner.kind in ("tuple", "name", "num", "const")
    ):  # y(0), y(x), C(n, k)
        product = f"write {name}*{p.said(right)} for a product, or " if inner.kind != "tuple" and tok.value == "(" else ""
        hint = f"{product}--functions {name} makes it a function"
        p.fail("ambiguous-call", f"is '{name}' a function or a factor?", last.start, right.end, hint)
    only = last.kind == "num" or (last.paren and right.paren) or (p.scope.latex and tok.value != "(")
    if not only:  # in LaTeX a product has no sign of its own
        p.findings.guess()
    return join("prod", left, right)


def _is_number(node: Node) -> bool:
    """Whether a fraction is one of whole numbers."""
    return node.kind == "prod" and all(o.kind == "num" for arg in node.args for o in (arg.args if arg.kind == "inv" else [arg]))


def postfix(p: Parser, left: Node, tok: Token) -> Node:
    if tok.kind == "sup":
        return Node("pow", [left, superscript(p, tok)], left.start, tok.end)
    if tok.value == "!" and p.at("!") and p.tok.start == tok.end:
        said = p.said(left)
        hint = f"write ({said}!)! or factorial2({said})"
        p.fail("ambiguous-name", f"{said}!! is read both ways", tok.start, p.tok.end, hint)
    return Node("call", [left], left.start, tok.end, "factorial" if tok.value == "!" else "degree")


def superscript(p: Parser, tok: Token) -> Node:
    """The exponent that a superscript is: a number, or a letter that means what it means on the line."""
    if isinstance(tok.value, tuple):
        return Node("num", [], tok.start, tok.end, tok.value)
    letter = tok.value.lstrip("-")
    if p.scope.constants and letter in t.CONSTANTS and letter not in p.scope.names | p.scope.asked:
        exponent = Node("const", [], tok.start, tok.end, (t.CONSTANTS[letter], letter))
    else:
        p.plain.add(letter)
        exponent = Node("name", [], tok.start, tok.end, letter)
    return exponent if letter == tok.value else Node("neg", [exponent], tok.start, tok.end)
