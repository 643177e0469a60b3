"""Operands that are more than one token: function application, primes, roots and fractions, matrices, branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symcalc.parse import forms
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
    name = tok.value
    if name == "gamma" and p.scope.latex and len(args) == 2:  # the incomplete functions have the same letters
        name = "uppergamma" if "G" in p.said(tok) else "lowergamma"
        return Node("call", args, tok.start, end, name)
    _check_arity(p, tok, args, end)
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
