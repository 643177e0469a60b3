"""What a word is: declared name, function, constant, operator or variable; or refused, with a suggestion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from symcalc.parse import signs
from symcalc.parse import tables as t
from symcalc.parse.lexer import Fail
from symcalc.parse.spelling import nearest
from symcalc.parse.tree import Findings, Token

_LONG_GREEK = "|".join(sorted((g for g in t.GREEK if len(g) > 2 or g == "pi"), key=len, reverse=True))
_VARIABLE = rf"(?:{_LONG_GREEK}|[A-Za-z])\d*"
_BARE_NAMES = t.BARE | {alias for alias, name in t.ALIASES.items() if name in t.BARE}
_BARE = "|".join(sorted(_BARE_NAMES, key=len, reverse=True))
# These patterns are long and rarely needed; `re` compiles each at its first use and keeps it.
_GLUED = rf"(?:(?:{_VARIABLE})?(?:{_BARE})(?:\d*{_VARIABLE}|\d+))+"
_GLUED_ONE = rf"({_VARIABLE}|)({_BARE})(\d*{_VARIABLE}|\d+)"
_GLUED_CALL = rf"({_VARIABLE})({'|'.join(sorted(t.KNOWN, key=len, reverse=True))})"
_GREEK_PRODUCT = rf"(?:{_LONG_GREEK})\d*(?:{_VARIABLE}){{1,2}}|[A-Za-z]\d*(?:{_LONG_GREEK})\d*"
_EXTREME = r"[A-Za-z](?:max|min)\d*"
"""Vmax, tmin: the largest or smallest value of a quantity."""
IF_HINT = "write a if condition else b, or piecewise(value, condition, ..., otherwise)"
_ALL = t.KNOWN | t.GREEK | t.CONSTANTS.keys() | t.NAMED_NUMBERS.keys()
_SPOKEN_FOR = _ALL | t.WORD_OPERATORS


def join_name(base: str, subs: Sequence[str]) -> str:
    """The one name of x1, x_1, x_{1} and x₁; a subscript in letters keeps its underscore: x_i, w1_2."""
    name = base
    for sub in subs:
        plain = sub if sub.isalnum() else f"{{{sub}}}"
        joins = plain.isdigit() and "_" not in name and not name[-1].isdigit()
        name += plain if joins else f"_{plain}"
    return name


@dataclass(frozen=True)
class Scope:
    """What the words of a text may mean: declared names and functions, the names asked for on the command line."""

    names: frozenset[str]
    functions: frozenset[str]
    asked: frozenset[str]
    constants: bool
    latex: bool

    def is_function(self, name: str) -> bool:
        """Whether the name is an undefined function where it is called: declared, or f, g, h, F, G, f1, ..."""
        plain = name in self.names or name in self.asked
        return name in self.functions or (not plain and re.split(r"[\d_]", name)[0] in t.FUNCTION_LETTERS)


def classify(tokens: Sequence[Token], scope: Scope, findings: Findings, text: str, fail: Fail, after: int = 0) -> list[Token]:
    """The tokens with every word decided, except the first `after`, which are the head of a definition."""
    _refuse_sentence(tokens, fail)
    return _Classifier(tokens, scope, findings, text, fail).run(after)


def _refuse_sentence(tokens: Sequence[Token], fail: Fail) -> None:
    run: list[Token] = []
    spoken: list[Token] = []
    for token in tokens:
        unknown = token.kind == "word" and len(token.value) > 1 and token.value not in _SPOKEN_FOR
        run = [*run, token] if unknown else []
        spoken += [token] if token.kind == "word" and token.value.lower() in t.SENTENCE else []
        if len(run) > 2 or len({token.value for token in spoken}) > 1:
            first = (run if len(run) > 2 else spoken)[0]
            hint = 'give the formula alone: symcalc diff "x^2 + 1"; products of names are written with *'
            fail("sentence", "this reads as a sentence", first.start, token.end, hint)


class _Classifier:
    def __init__(self, tokens: Sequence[Token], scope: Scope, findings: Findings, text: str, fail: Fail) -> None:
        self.tokens, self.scope, self.findings, self.text, self.fail = tokens, scope, findings, text, fail

    def run(self, after: int) -> list[Token]:
        words = ("word", "upright")
        return [self.decide(i, tok) if i >= after and tok.kind in words else tok for i, tok in enumerate(self.tokens)]

    def called(self, i: int) -> bool:
        if "\\," in self.text[self.tokens[i].end : self.tokens[i + 1].start]:  # LaTeX's space between factors
            return False
        following = [tok.value for tok in self.tokens[i + 1 : i + 3] if tok.kind == "op"]
        if self.scope.latex and self.tokens[i].value in ("max", "min") and following[:1] == ["{"]:  # \max\{x, y\}
            return True
        return following[:1] == ["("] or (self.scope.latex and following == ["{", "("])

    def followed(self, i: int) -> bool:
        """Whether an operand follows directly, as in "diff x^2"."""
        return self.called(i) or self.tokens[i + 1].kind in ("word", "upright", "num", "cmd")

    @cached_property
    def alone(self) -> set[str]:
        """The letters that stand alone in the text or among the variables asked for."""
        letters = {name for name in self.scope.asked if len(name) == 1}
        for i, tok in enumerate(self.tokens):
            single = tok.kind == "word" and len(tok.value) == 1 and not tok.base
            if single and not (self.called(i) and self.scope.is_function(tok.value)):
                letters.add(tok.value)
        return letters

    def decide(self, i: int, tok: Token) -> Token:
        base, subs = tok.value, tok.base
        for whole in (base + "".join(subs), "_".join((base, *subs))):  # \operatorname{atan}_{2}, elliptic_k
            if subs and whole in t.KNOWN:
                base, subs = whole, ()
        name, func, called = join_name(base, subs), t.ALIASES.get(base, base), self.called(i)
        scope = self.scope
        if name in scope.names or name in scope.functions or name in scope.asked:
            return tok._replace(kind="name", value=name, base=None)
        if func == "log" and len(subs) == 1 and re.fullmatch(r"\d+|[A-Za-z]", subs[0]):
            return tok._replace(kind="func", value="log", base=subs[0])
        if scope.latex and subs and tok.kind == "upright" and base in t.KNOWN and base not in t.GREEK:
            hint = f"write {self.text[tok.start : tok.end].partition('_')[0]}(...), as many arguments as it needs"
            self.fail("latex", f"'{base}' cannot have a subscript", tok.start, tok.end, hint)
        if base in t.KNOWN and not subs and (called or func in t.BARE):
            return self.function(tok, base, func)
        if base in t.KNOWN and not subs and len(base) > 1 and base not in t.GREEK and not (called or func in t.BARE):
            hint = f"write {t.FORMS.get(func) or example(base)}; --names {base} makes it a variable"
            self.fail("missing-argument", f"'{base}' needs its arguments in parentheses", tok.start, tok.end, hint)
        if not subs and (base in t.NAMED_NUMBERS or (scope.constants and base in t.CONSTANTS)):
            return tok._replace(kind="const", value=t.NAMED_NUMBERS.get(base) or t.CONSTANTS[base], base=base)
        if base in t.WORD_OPERATORS and not subs:
            if base == "if" and i == 0:
                self.fail("keyword", "an if follows its value", tok.start, tok.end, IF_HINT)
            return tok._replace(kind="op", value=base)
        self.refuse(i, tok, base, name, called)
        return tok._replace(kind="name", value=name, base=None)

    def function(self, tok: Token, base: str, func: str) -> Token:
        if self.text.startswith("\\gamma", tok.start):
            self.findings.guess(r"'\gamma(...)' is read as the gamma function, whose usual sign is \Gamma")
        if base in t.GUESSED_CALLS:
            self.findings.guess(f"'{self.text[tok.start : tok.end]}(...)' is read as {t.GUESSED_CALLS[base]}")
            words = [(k, o) for k, o in enumerate(self.tokens) if o.kind == "word"]
            if any(o.value == base and not o.base and not self.called(k) for k, o in words):
                said = self.text[tok.start : tok.end]
                hint = f"write {said}*(...) for a product, or {func}(...) for {t.GUESSED_CALLS[base]}"
                self.fail("ambiguous-call", f"is '{said}' a function or a factor?", tok.start, tok.end, hint)
        return tok._replace(kind="func", value=func, base=None)

    def refuse(self, i: int, tok: Token, base: str, name: str, called: bool) -> None:
        """Return if the word is a variable; a word of several letters leaves a note."""
        stem = base.rstrip("0123456789")
        if base in t.RESERVED:
            self.fail("keyword", f"'{base}' is not a value", tok.start, tok.end, "that word is reserved; use another name")
        style = self.text[tok.start : tok.end].partition("{")[0] if tok.kind == "upright" else ""
        if style.removeprefix("\\") in {"text", "textrm", *signs.STYLES}:
            self.findings.guess(f"'{self.text[tok.start : tok.end]}' is read as the name {name}")
        if len(stem) == 1 or stem in t.GREEK:
            self.refuse_delta(i, tok)
            if any(len(sub) > 1 and sub.isalpha() for sub in tok.base) and not self.scope.latex:
                self.findings.guess(f"'{name}' is read as one name")
            return
        self.refuse_keyword(i, tok, base)
        self.refuse_glued(tok, base, called)
        if called:
            self.refuse_call(tok, base)
        if tok.kind == "upright":
            return
        if re.fullmatch(_EXTREME, base) and not self.followed(i):
            self.findings.guess(f"'{name}' is read as one name")
            return
        near = nearest(base, _ALL)
        if not near and self.followed(i):  # sen x, sinus x: a product with a long name in front is rarer
            near = nearest(base, {name for name in _BARE_NAMES if name[0] == base[0]}, 0.65)
        if near and (len(stem) > 2 or base.lower() in ("pi", "oo", "ln")) and not re.fullmatch(_GREEK_PRODUCT, base):
            hint = f"did you mean '{near}'? (--names {name} makes it a variable)"
            self.fail("unknown-name", f"unknown name '{base}'", tok.start, tok.end, hint)
        self.refuse_product(tok, base, name)
        self.findings.guess(f"'{name}' is read as one name")

    def refuse_delta(self, i: int, tok: Token) -> None:
        """Δx is one quantity to most writers, a product to the grammar."""
        sign, after = self.text[tok.start], self.tokens[i + 1]
        if sign in "Δδ" and tok.end - tok.start == 1 and after.kind == "word" and after.start == tok.end:
            letters = self.text[after.start : after.end]
            hint = f"write {sign}_{letters} for one name, or {sign}*{letters} for a product"
            self.fail("ambiguous-name", f"'{sign}{letters}' could be one name or a product", tok.start, after.end, hint)
        if sign in t.LATIN_TWINS:
            self.findings.guess(f"'{sign}' is the Greek letter {tok.value}, not the Latin {t.LATIN_TWINS[sign]}")

    def refuse_keyword(self, i: int, tok: Token, base: str) -> None:
        if base in t.SPOKEN:
            hint = f"write {t.SPOKEN[base]}; --names {base} makes it a variable"
            self.fail("keyword", f"'{base}' cannot be read as a sign", tok.start, tok.end, hint)
        if base in ("then", "elif", "where"):
            self.fail("keyword", f"'{base}' cannot be used inside an expression", tok.start, tok.end, IF_HINT)
        if base in t.COMMANDS and self.followed(i):
            command = t.COMMANDS[base]
            hint = f"it is a command: symcalc {command} EXPR" if command else "give the plain expression"
            self.fail("keyword", f"'{base}' is not a function", tok.start, tok.end, hint)
        if base in t.PYTHON and self.followed(i):
            hint = "symcalc reads formulas, not programs: give the formula alone"
            self.fail("keyword", f"'{base}' cannot be used inside an expression", tok.start, tok.end, hint)
        if base == "arc" and self.followed(i):
            self.fail("unknown-name", "unknown name 'arc'", tok.start, tok.end, "write arctan x in one word")

    def refuse_glued(self, tok: Token, base: str, called: bool) -> None:
        """xsin(x), sinx, xlnx, sin2x: a function name with its neighbours stuck to it."""
        match = re.fullmatch(_GLUED_CALL if called else _GLUED, base)
        if match:
            parts = [f"{m[1] and m[1] + '*'}{m[2]}({m[3]})" for m in re.finditer(_GLUED_ONE, base)]
            reading = f"{match[1]}*{match[2]}(...)" if called else "*".join(parts)
            hint = f"did you mean {reading}? (--names {base} makes it one name)"
            self.fail("ambiguous-name", f"'{base}' is not a known name", tok.start, tok.end, hint)

    def refuse_call(self, tok: Token, base: str) -> None:
        near = nearest(base, t.KNOWN)
        product = "*".join(base) if set(base) <= t.VARIABLE_LETTERS else base
        other = f"--functions {base} declares it; write {product}*(...) for a product"
        hint = f"did you mean '{near}'?" if near else other
        self.fail("unknown-function", f"unknown function '{base}'", tok.start, tok.end, hint)

    def refuse_product(self, tok: Token, base: str, name: str) -> None:
        letters = set(re.sub(r"\d", "", base))
        constants = t.CONSTANTS.keys() if self.scope.constants else set()
        short = len(letters) <= 3
        alone = {letter for letter in self.alone & letters if short or letter not in constants}
        greek = re.fullmatch(_GREEK_PRODUCT, base)
        if not (alone or greek or letters <= t.VARIABLE_LETTERS or re.search(r"\d[A-Za-z]", base)):
            return
        product = "*".join(re.findall(_VARIABLE if greek else r"[A-Za-z]\d*", base))
        hint = f"write {product} for a product, or --names {name} for one name"
        if alone and len(base) > 3:
            hint = f"--names {name} makes it one name; a product is written with *"
        elif alone and re.fullmatch("d[a-z]", base):
            hint = f"symcalc diff EXPR VAR differentiates; write {product} for a product, or --names {name} for one name"
        self.fail("ambiguous-name", f"'{base}' could be one name or a product", tok.start, tok.end, hint)


def example(name: str) -> str:
    """The function called with as many arguments as it needs: besselj(x, y)."""
    return f"{name}({', '.join('xyzw'[: t.FUNCTIONS[t.ALIASES.get(name, name)].fewest])})"
