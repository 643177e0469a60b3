"""What LaTeX writes in its own way: fractions, roots, sums, special functions in their letters, matrices, branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcalc.parse import signs
from symcalc.parse import tables as t
from symcalc.parse.calls import opens
from symcalc.parse.tree import Node, Token
from symcalc.parse.words import example
from symcalc.special import SPECIAL, function_of

if TYPE_CHECKING:
    from symcalc.parse.grammar import Parser


def special(p: Parser, tok: Token) -> Node:
    """\\operatorname{J}_{1}(x), \\operatorname{P}_{n}^{(m)}(x), \\operatorname{Ai}'(x): a function in its usual letters."""
    below = _listed(p.latex_arg()) if tok.base else []
    letters, above = tok.value, []
    if p.at("'"):
        letters += p.next().value
    elif p.at("^"):
        p.next()
        above = _listed(p.latex_arg(exponent=True))
    if letters in p.scope.functions and not below and not above:
        args, end = p.arguments()
        return Node("apply", args, tok.start, end, (letters, None))
    name = function_of(letters, len(below), len(above))
    if name is None or not opens(p):
        hint = "give its parameters and its argument, as in \\operatorname{J}_{1}(x), \\operatorname{P}_{n}^{(m)}(x)"
        p.fail("latex", f"'{p.said(tok).rstrip(' _')}' is no function as it stands here", tok.start, p.tok.start, hint)
    inner, end = p.arguments()
    args = inner
    for position, value in zip((*SPECIAL[name].below, *SPECIAL[name].above), (*below, *above), strict=False):
        args = [*args[:position], value, *args[position:]]
    fewest, most, _ = t.FUNCTIONS[name]
    if not fewest <= len(args) <= most:
        problem = f"'{p.said(tok).rstrip(' _')}' has {len(args)} arguments"
        p.fail("arity", problem, tok.start, end, f"as text: {example(name)}")
    return Node("call", args, tok.start, end, name)


def _listed(node: Node) -> list[Node]:
    return node.args if node.kind == "tuple" else [node]


# --- LaTeX commands ----------------------------------------------------------------------------------------------


def command(p: Parser, tok: Token) -> Node:
    """\\frac, \\sqrt, \\binom and \\begin{...}."""
    if tok.base:
        return environment(p, tok)
    if tok.value in ("sum", "prod"):
        return big_operator(p, tok)
    index = p.items(p.next())[0] if tok.value == "sqrt" and p.at("[") else None
    if index is not None and len(index) != 1:
        p.fail("arity", "a root has one index", tok.start, p.tok.start, r"write \sqrt[3]{x}")
    first = p.latex_arg()
    if tok.value == "sqrt":
        return Node("call", [first, *(index or [])], tok.start, first.end, "root" if index else "sqrt")
    second = p.latex_arg()
    if tok.value == "binom":
        return Node("call", [first, second], tok.start, second.end, "binomial")
    return Node("prod", [first, Node("inv", [second], second.start, second.end)], tok.start, second.end, paren=True)


def big_operator(p: Parser, tok: Token) -> Node:
    """\\sum_{k=1}^{n} and \\prod: they reach over the product that follows."""
    usage = f"write {p.said(tok).rstrip(' _')}_{{k=1}}^{{n}} k^2"
    p.next()
    index = p.next()
    if index.kind not in ("name", "const") or not p.at("="):
        p.fail("latex", "a sum or product needs a variable and where it begins", index.start, p.tok.end, usage)
    p.next()
    low = p.expr(t.POWER["="])
    if not p.at("}"):
        p.unexpected(p.tok, "'}'")
    p.next()
    if not p.at("^"):
        p.fail("latex", "a sum or product needs its upper bound", tok.start, p.tok.start, usage)
    p.next()
    high = p.latex_arg(exponent=True)
    body = p.expr(t.POWER["+"])
    name = index.base if index.kind == "const" else index.value
    return Node("series", [body, low, high], tok.start, body.end, (tok.value, name), paren=True)


def environment(p: Parser, tok: Token) -> Node:
    """A matrix, or the branches of \\begin{cases}."""
    if tok.base not in signs.MATRICES | {"cases", "dcases"}:
        p.fail("latex", f"unsupported environment '{tok.base}'", tok.start, tok.end, "give the formula alone, or a bmatrix")
    if tok.base.endswith("cases"):
        return branches(p, tok)
    rows: list[Node] = []
    while not p.at("\\end"):
        cells = [p.expr()]
        while p.at("&"):
            p.next()
            cells.append(p.expr())
        rows.append(Node("list", cells, cells[0].start, cells[-1].end))
        if p.tok.kind == "end":
            p.fail("unclosed", f"\\begin{{{tok.base}}} is never closed", tok.start, tok.end)
        if p.at("\\\\"):
            p.next()
        elif not p.at("\\end"):
            p.unexpected(p.tok, "'&', '\\\\' or '\\end'")
    return Node("list", rows, tok.start, p.next().end, paren=True)


def branches(p: Parser, tok: Token) -> Node:
    """{ x² if x ≤ 1; 2x - 1 otherwise }, or \\begin{cases} x^2 & x \\le 1 \\\\ 2x - 1 & \\text{otherwise} \\end{cases}."""
    close = "\\end" if tok.kind == "cmd" else "}"
    parts: list[Node] = []
    otherwise = False
    while not p.at(close):
        value = p.expr(t.IF)
        if p.at(",") and p.tokens[p.i + 1].value == "&":
            p.next()
        if p.at("&"):
            p.next()
        if p.at("otherwise"):
            p.next()
            otherwise = True
            parts.append(value)
        elif p.tok.kind == "end":
            p.fail("unclosed", f"'{p.said(tok)}' is never closed", tok.start, tok.end)
        elif p.at("if") or close == "\\end":
            if p.at("if"):
                p.next()
            parts += [value, p.expr(t.IF)]
        else:
            p.fail("unexpected", "these brackets hold no branches", tok.start, p.tok.end, signs.HINTS["{"])
        if p.at(",") and p.tokens[p.i + 1].value in ("\\\\", "\\end"):
            p.next()
        if (p.at(";", ",") and not otherwise) or p.at("\\\\"):
            p.next()
        elif not p.at(close):
            p.unexpected(p.tok, f"'{close}'" if otherwise else f"';' or '{close}'")
    if not parts:
        p.fail("unexpected", "there is nothing in these brackets", tok.start, p.tok.end, signs.HINTS["{"])
    return Node("piecewise", parts, tok.start, p.next().end, paren=True)
