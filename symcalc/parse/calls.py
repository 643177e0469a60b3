"""Operands that are more than one token: function application, primes, roots and fractions, matrices, branches."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from symcalc.parse import forms, signs
from symcalc.parse import tables as t
from symcalc.parse.operators import superscript
from symcalc.parse.tree import Node, Token
from symcalc.parse.words import example

if TYPE_CHECKING:
    from symcalc.parse.grammar import Parser


def opens(p: Parser) -> bool:
    return p.at("(", "{") if p.scope.latex else p.at("(")


# --- names and undefined functions -------------------------------------------------------------------------------


def name(p: Parser, tok: Token) -> Node:
    """A variable, or an undefined function with its primes and arguments: f(x), f''(x), f⁽⁴⁾(x)."""
    if tok.value == "D" and p.at("(") and p.tokens[p.i + 1].kind == "name" and p.scope.is_function(p.tokens[p.i + 1].value):
        return forms.slots_of(p, tok)
    primes, end = _primes(p, tok)
    called = p.scope.is_function(tok.value) and opens(p)
    if primes and not called:
        p.fail("prime", "a prime needs a function and its argument", tok.start, end, _prime_hint(p, tok))
    if primes > t.MAX_PRIMES:
        p.fail("prime", f"there may be {t.MAX_PRIMES} primes", tok.start, end)
    if not called:
        if tok.value in p.scope.functions:
            p.fail("missing-argument", f"the function '{tok.value}' needs its arguments", tok.start, end, f"write {tok.value}(x)")
        p.plain.add(tok.value)
        return Node("name", [], tok.start, tok.end, tok.value)
    args, end = p.arguments()
    if not args or (primes and len(args) > 1):
        problem = f"'{tok.value}' needs {'exactly one' if primes else 'an'} argument"
        p.fail("arity", problem, tok.start, end, "write ∂₁f(x, y) for the derivative in the first argument" if primes else None)
    node = Node("apply", args, tok.start, end, (tok.value, (primes,) if primes else None))
    p.called.setdefault(tok.value, node)
    return node


def _prime_hint(p: Parser, tok: Token) -> str:
    if p.at("="):
        return "differential equations are not solved here; symcalc diff EXPR differentiates an expression"
    if p.scope.is_function(tok.value):
        return f"write {tok.value}'(x)"
    return f"write f'(x), or {tok.value}'(x) with --functions {tok.value}; symcalc diff EXPR differentiates an expression"


def _primes(p: Parser, tok: Token) -> tuple[int, int]:
    """How many primes follow, as ', ″ or ⁽⁴⁾ (in LaTeX ^{(4)}), and where they end."""
    count, end = 0, tok.end
    while p.at("'", "''", "'''"):
        count, end = count + len(p.tok.value), p.next().end
    if p.tok.kind == "order" and not count:
        return p.tok.value, p.next().end
    values = [o.value for o in p.tokens[p.i : p.i + 6]]
    if (
        p.scope.latex
        and not count
        and [*values[:3], *values[4:]] == ["^", "{", "(", ")", "}"]
        and p.tokens[p.i + 3].kind == "num"
    ):
        order = values[3]
        if order[1] == 1 and p.scope.is_function(tok.value):
            p.i += 6
            return order[0], p.tokens[p.i - 1].end
    return count, end


def slots(p: Parser, tok: Token) -> Node:
    """∂₁∂₂f(x², y): derivatives of an undefined function in its argument places."""
    places = [tok.value]
    while p.tok.kind == "slot":
        places.append(p.next().value)
    inner = name(p, p.next()) if p.tok.kind == "name" else None
    if inner is None or inner.kind != "apply" or inner.value[1]:
        hint = "write ∂₁f(x, y); partial derivatives of an expression: symcalc partial EXPR VAR"
        p.fail("prime", "∂ with a number needs an undefined function", tok.start, p.tok.start, hint)
    return forms.primed(p, inner, places, tok.start, inner.end)


# --- known functions ---------------------------------------------------------------------------------------------


def function(p: Parser, tok: Token, tight: bool = False) -> Node:
    """sin(x), sin x, sin 2x, sin^2 x, sin^-1 x, log_2 x; `tight` is the root sign, which takes one factor."""
    if tok.value in t.FORMS:
        if not p.at("("):
            hint = f"write {t.FORMS[tok.value]}"
            p.fail("missing-argument", f"'{p.said(tok)}' needs its arguments in parentheses", tok.start, tok.end, hint)
        return forms.FORMS[tok.value](p, tok)
    power = None if tight else _power(p, tok)
    args, end = _operands(p, tok, tight)
    if tok.base is not None:
        args = [*args, _log_base(tok)]
    _check_arity(p, tok, args, end)
    name = tok.value
    if power is not None and power.kind == "num" and power.value[0] < 0:
        if power.value != (-1, 1) or "a" + name not in t.FUNCTIONS:
            said = p.said(tok)
            exponent = "" if power.value == (-1, 1) else f"^{-power.value[0]}"
            hint = f"write 1/{said}(x){exponent}"
            p.fail("ambiguous-power", f"a negative power of {said} is ambiguous", power.start, power.end, hint)
        p.findings.guess()
        name, power = "a" + name, None
    call = Node("call", args, tok.start, end, name)
    return call if power is None else Node("pow", [call, power], tok.start, end)


def _power(p: Parser, tok: Token) -> Node | None:
    said = p.said(tok)
    if p.at("'", "''", "'''"):
        hint = f'symcalc diff differentiates: symcalc diff "{said.lstrip(chr(92))}(x)"'
        p.fail("prime", f"the prime of '{said}' cannot be read", tok.start, p.tok.end, hint)
    if not (p.at("^") or p.tok.kind == "sup"):
        return None
    sign = p.next()
    if tok.value not in t.POWERED:
        hint = f"write {'e^x, or ' * (tok.value == 'exp')}{said}(x)^n"
        p.fail("ambiguous-power", f"{said}^n(x) is ambiguous", tok.start, sign.end, hint)
    return superscript(p, sign) if sign.kind == "sup" else p.latex_arg(exponent=True)


def _operands(p: Parser, tok: Token, tight: bool) -> tuple[list[Node], int]:
    said, name = p.said(tok), tok.value
    if opens(p):
        return p.arguments(empty=name == "hyper")
    if p.at("["):
        p.fail("unexpected", f"'{said}' takes its arguments in round brackets", p.tok.start, p.tok.end, f"write {said}(...)")
    signed = p.at("-") and p.tok.start > tok.end and p.tokens[p.i + 1].start == p.tok.end  # sin -x
    if not (signed or p.starts_operand(p.tok)) or name not in t.BARE:
        p.fail("missing-argument", f"'{said}' needs an argument", tok.start, tok.end, f"write {said}(x)")
    arg = p.expr(t.EXPONENT if tight else t.JUXTAPOSED - 1, stop=True)
    if not (tight and arg.kind in ("name", "num", "const")):
        p.findings.guess()
    return [arg], arg.end


def _log_base(tok: Token) -> Node:
    base = tok.base
    kind, value = ("num", (int(base), 1)) if base.isdigit() else ("const", ("E", "e")) if base == "e" else ("name", base)
    return Node(kind, [], tok.start, tok.end, value)


def _check_arity(p: Parser, tok: Token, args: list[Node], end: int) -> None:
    fewest, most, _ = t.FUNCTIONS[tok.value]
    if not fewest <= len(args) <= most:
        wanted = str(fewest) if fewest == most else f"{fewest} to {most}"
        problem = f"'{p.said(tok)}' takes {wanted} argument{'s' * (most > 1)}, not {len(args)}"
        product = f", or {p.said(tok)}*(...) for a product" if tok.value in t.GREEK else ""
        p.fail("arity", problem, tok.start, end, f"write {example(tok.value)}{product}")


# --- LaTeX commands ----------------------------------------------------------------------------------------------


def command(p: Parser, tok: Token) -> Node:
    """\\frac, \\sqrt, \\binom and \\begin{...}."""
    if tok.base:
        return environment(p, tok)
    index = p.items(p.next())[0] if tok.value == "sqrt" and p.at("[") else None
    if index is not None and len(index) != 1:
        p.fail("arity", "a root has one index", tok.start, p.tok.start, r"write \sqrt[3]{x}")
    first = p.latex_arg()
    if tok.value == "sqrt":
        return Node("call", [first, *(index or [])], tok.start, first.end, "root" if index else "sqrt")
    second = p.latex_arg()
    if tok.value == "binom":
        return Node("call", [first, second], tok.start, second.end, "binomial")
    if _starts_with_d(first) and _starts_with_d(second):
        p.fail("keyword", "derivatives are commands here", tok.start, second.end, "symcalc diff EXPR VAR")
    return Node("prod", [first, Node("inv", [second], second.start, second.end)], tok.start, second.end, paren=True)


def _starts_with_d(node: Node) -> bool:
    while node.args:
        node = node.args[0]
    return node.value == "d"


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
        if p.at(";", ",", "\\\\") and not otherwise:
            p.next()
        elif not p.at(close):
            p.unexpected(p.tok, f"'{close}'" if otherwise else f"';' or '{close}'")
    if not parts:
        p.fail("unexpected", "there is nothing in these brackets", tok.start, p.tok.end, signs.HINTS["{"])
    return Node("piecewise", parts, tok.start, p.next().end, paren=True)


OPERANDS: dict[str, Callable[[Parser, Token], Node]] = {"name": name, "func": function, "cmd": command, "slot": slots}
"""How an operand that begins with a token of this kind is read."""
