"""Tokens become a tree: a Pratt parser. Where two readings are plausible it refuses and names both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NoReturn

from symcalc.parse import calls, operators, signs, texforms
from symcalc.parse import tables as t
from symcalc.parse.lexer import Fail
from symcalc.parse.tree import CONDITIONS, Findings, Node, Token
from symcalc.parse.words import IF_HINT, Scope


class Parser:
    """The state of one parse: where it is, how deep, and which bars are open."""

    def __init__(self, text: str, tokens: Sequence[Token], scope: Scope, findings: Findings, fail: Fail) -> None:
        self.text, self.tokens, self.scope, self.findings, self.fail = text, list(tokens), scope, findings, fail
        self.i = self.depth = 0
        self.bars: list[str] = []
        self.called: dict[str, Node] = {}
        self.plain: set[str] = set()

    @property
    def tok(self) -> Token:
        return self.tokens[self.i]

    def next(self) -> Token:
        tok = self.tok
        self.i = min(self.i + 1, len(self.tokens) - 1)
        return tok

    def at(self, *ops: str) -> bool:
        return self.tok.kind == "op" and self.tok.value in ops

    def said(self, node: Node | Token) -> str:
        """The user's own words."""
        return self.text[node.start : node.end]

    def unexpected(self, tok: Token, expected: str = "") -> NoReturn:
        """Fail at a token that has no place here."""
        if tok.kind == "end":
            before = self.said(self.tokens[-2]) if len(self.tokens) > 1 else "=" * self.text.rstrip().endswith("=")
            if not before:
                self.fail("unexpected-end", "there is no expression", tok.start, hint="give a formula such as x^2")
            hint = f"something is missing after '{before}'"
            self.fail("unexpected-end", "the expression is incomplete", tok.start, hint=hint)
        said = self.said(tok)
        problem = f"expected {expected} but found '{said}'" if expected else f"unexpected '{said}'"
        self.fail("bad-character" if said == ";" else "unexpected", problem, tok.start, tok.end, signs.HINTS.get(tok.value))

    def deeper(self) -> None:
        """One level of nesting more; the caller goes back up."""
        if self.depth >= t.MAX_DEPTH:
            self.fail("too-deep", f"more than {t.MAX_DEPTH} nested levels", self.tok.start, self.tok.end)
        self.depth += 1

    def parse(self) -> Node:
        """The whole text: one expression, or several with commas between them (a bare tuple)."""
        items = [self.expr()]
        while self.at(","):
            self.next()
            items.append(self.expr())
        if self.tok.kind != "end":
            self.unexpected(self.tok)
        for name, node in self.called.items():
            if name in self.plain:
                hint = f"write {name}*(...) for a product, or rename one of the two"
                self.fail("ambiguous-call", f"is '{name}' a function or a factor?", node.start, node.end, hint)
        return items[0] if len(items) == 1 else Node("tuple", items, items[0].start, items[-1].end)

    def expr(self, power: int = 0, stop: bool = False) -> Node:
        """The Pratt loop. `stop` (a bare function argument) ends the operand at the next function name."""
        nests = power in t.NESTING
        if nests:
            self.deeper()
        left = self.prefix(power, stop)
        while True:
            tok = self.tok
            op = tok.value if tok.kind == "op" else None
            if op in ("!", "°") or tok.kind == "sup":
                left = operators.postfix(self, left, self.next())
            elif op == "|" and not self.bars and left.kind in CONDITIONS:
                if power >= t.POWER["or"]:
                    break
                left = operators.either(self, left)
            elif t.POWER.get(op or "", 0) > power:
                left = operators.infix(self, left, self.next(), stop)
            elif op not in t.POWER and self.starts_operand(tok) and power < t.JUXTAPOSED and not (stop and tok.kind == "func"):
                left = operators.juxtapose(self, left, tok, stop)
            else:
                break
        self.depth -= nests
        return left

    def starts_operand(self, tok: Token) -> bool:
        if tok.kind == "op":
            latex = self.scope.latex and tok.value in "[{"
            return tok.value in "(⌊⌈⎸⟦√∛" or latex or (tok.value in "|‖" and tok.value not in self.bars)
        return tok.kind in ("num", "name", "func", "const", "cmd", "slot", "special")

    # --- operands ----------------------------------------------------------------------------------------------

    def prefix(self, power: int, stop: bool) -> Node:
        tok = self.next()
        if tok.kind in ("num", "const"):
            kind = "bool" if tok.value in ("true", "false") else tok.kind
            return Node(kind, [], tok.start, tok.end, (tok.value, tok.base) if kind == "const" else tok.value)
        if tok.kind in OPERANDS:
            return OPERANDS[tok.kind](self, tok)
        if tok.kind != "op":
            self.unexpected(tok)
        if tok.value in ("+", "-"):
            return self.signed(tok, power, stop)
        if tok.value == "not":
            return self.negated(tok)
        if tok.value in ("√", "∛"):
            return calls.function(self, Token("func", "sqrt" if tok.value == "√" else "cbrt", tok.start, tok.end), tight=True)
        if tok.value in ("|", "‖"):
            return self.between_bars(tok)
        if tok.value == "{" and not self.scope.latex and not (self.i > 1 and self.tokens[self.i - 2].value == "^"):
            return texforms.branches(self, tok)
        if tok.value in signs.CLOSER:
            return self.group(tok)
        if tok.value == "if":
            self.fail("keyword", "an if follows its value", tok.start, tok.end, IF_HINT)
        return self.unexpected(tok, "a number, a name or '('")

    def signed(self, tok: Token, power: int, stop: bool) -> Node:
        negative = tok.value == "-"
        while self.at("+", "-"):
            negative ^= self.next().value == "-"
        arg = self.expr(max(power, t.SIGN), stop)
        if not negative:
            return arg
        if arg.kind == "num" and not arg.paren:
            return Node("num", [], tok.start, arg.end, (-arg.value[0], arg.value[1]))
        return Node("neg", [arg], tok.start, arg.end)

    def negated(self, tok: Token) -> Node:
        odd = True
        while self.at("not"):
            self.next()
            odd = not odd
        arg = self.expr(t.NOT)
        return Node("not", [arg], tok.start, arg.end) if odd else arg

    def between_bars(self, tok: Token) -> Node:
        self.bars.append(tok.value)
        arg = None if self.tok.kind == "end" else self.expr()
        self.bars.pop()
        if arg is None or not self.at(tok.value):
            self.fail("unclosed", f"'{tok.value}' is never closed", tok.start, tok.end)
        return Node("call", [arg], tok.start, self.next().end, "norm")

    def items(self, opener: Token, empty: bool = False) -> tuple[list[Node], int, bool]:
        """What stands between brackets, the end, and whether it closed with a comma. `empty` lets () be an item."""
        bars, self.bars = self.bars, []
        found: list[Node] = []
        close, comma = signs.CLOSER[opener.value], False
        while not self.at(close):
            if self.tok.kind == "end":
                self.fail("unclosed", f"'{signs.SAID.get(opener.value, opener.value)}' is never closed", opener.start, opener.end)
            if empty and self.at("(") and self.tokens[self.i + 1].value == ")":
                found.append(Node("tuple", [], self.next().start, self.next().end))
            else:
                found.append(self.expr())
            comma = self.at(",")
            if comma:
                self.next()
            elif not self.at(close) and self.tok.kind != "end":
                self.unexpected(self.tok, f"'{signs.SAID.get(close, close)}' or ','")
        self.bars = bars
        return found, self.next().end, comma

    def arguments(self, empty: bool = False) -> tuple[list[Node], int]:
        """f(x, y), or the way SymPy writes it in LaTeX: f{\\left(x,y \\right)}."""
        opener = self.next()
        args, end, comma = self.items(opener, empty)
        if opener.value == "{" and len(args) == 1 and args[0].kind == "tuple":
            args = args[0].args
        if comma and not empty:
            self.fail("unexpected", "an argument is missing after the comma", end - 1, end)
        return args, end

    def group(self, tok: Token) -> Node:
        args, end, comma = self.items(tok)
        single = len(args) == 1 and not (comma and tok.value == "(")
        if not args or (comma and (len(args) > 1 or tok.value != "(")):
            self.fail("unexpected", "something is missing in these brackets", tok.start, end)
        if tok.value in signs.ENCLOSED:
            if not single:
                self.fail("unexpected", "one expression stands in these brackets", tok.start, end)
            return Node("call", args, tok.start, end, signs.ENCLOSED[tok.value])
        if tok.value == "[" and not (single and self.scope.latex):
            return Node("list", args, tok.start, end, paren=True)
        if not single:
            return Node("tuple", args, tok.start, end, paren=True)
        args[0].paren, args[0].start, args[0].end = True, tok.start, end
        return args[0]

    def latex_arg(self, exponent: bool = False) -> Node:
        """A group, one token or a signed literal. \\frac12 takes one digit at a time; x^10 is refused in LaTeX."""
        tok = self.tok
        if tok.kind == "num" and tok.end - tok.start > 1 and self.scope.latex:
            digits = self.said(tok)
            if exponent or not digits.isascii() or not digits.isdigit():
                self.fail("ambiguous-power", "LaTeX takes one digit here", tok.start, tok.end, f"write {{{digits}}}")
            self.tokens[self.i] = Token("num", (int(digits[1:]), 1), tok.start + 1, tok.end)
            return Node("num", [], tok.start, tok.start + 1, (int(digits[0]), 1))
        if tok.kind == "name":  # sin^n(x): n is not a product n(x)
            self.plain.add(tok.value)
            self.next()
            return Node("name", [], tok.start, tok.end, tok.value)
        self.deeper()
        node = self.prefix(t.POWER["^"], False)
        self.depth -= 1
        return node


OPERANDS: dict[str, Callable[[Parser, Token], Node]] = {
    "name": calls.name,
    "func": calls.function,
    "slot": calls.slots,
    "cmd": texforms.command,
    "special": texforms.special,
}
"""How an operand that begins with a token of this kind is read."""
