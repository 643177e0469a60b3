"""Variables and points given on the command line: "x,y" and "x=1,y=pi/3"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from symcalc.parse import signs
from symcalc.parse import tables as t
from symcalc.parse.lexer import failer, is_latex, tokenize
from symcalc.parse.reading import Reading
from symcalc.parse.syntax import scope_of
from symcalc.parse.tree import Findings, Node, Token, Tree
from symcalc.parse.words import classify

if TYPE_CHECKING:
    from sympy import Expr, Symbol


def names_of(words: Sequence[str], reading: Reading) -> tuple[str, ...]:
    """The names in the words, as the expressions spell them: x_1 is x1, λ is lambda."""
    return tuple(name for text in words for name in _names(text, reading))


@lru_cache(maxsize=256)
def _names(text: str, reading: Reading) -> tuple[str, ...]:
    fail = failer(text)
    latex = is_latex(text)
    scope = scope_of(reading, (), latex)
    names = []
    for tok in classify(tokenize(text, latex), scope, Findings(), text, fail):
        if tok.kind == "name":
            names.append(tok.value)
        elif tok.kind != "end" and tok.value != ",":
            fail("bad-variable", *_refused(tok, text), kind="usage")
    if not names:
        fail("bad-variable", "there is no variable here", 0, len(text), "name the variables: x, or x y", kind="usage")
    return tuple(names)


def _refused(tok: Token, text: str) -> tuple[str, int, int, str]:
    said = text[tok.start : tok.end]
    if tok.kind == "const" and tok.value not in ("true", "false"):
        return (
            f"'{said}' is a constant, not a variable",
            tok.start,
            tok.end,
            f"--names {said} or --no-constants makes it a variable",
        )
    if tok.kind == "func":
        return f"'{said}' is a function, not a variable", tok.start, tok.end, f"--names {said} makes it a variable"
    if tok.kind == "num" and text.strip() == said:
        hint = f"the variables follow the expression, as in: x y; a point is given as --at {said}"
        return f"'{said}' is a number, not a variable", tok.start, tok.end, hint
    if not re.search(r"\w", text):
        return f"'{said}' is no variable", tok.start, tok.end, "put the whole formula between quotes"
    problem = f"'{text.strip()}' is a formula, not a variable"
    return problem, 0, len(text), _instead(text)


def _instead(text: str) -> str:
    """What to write instead of a formula in the place of a variable."""
    plain = text.replace(" ", "")
    if re.fullmatch(r"--?[a-z]\w*", plain):
        return "a variable has no minus; an option and its value are two words, as in: -n 3"
    if re.fullmatch(r"[^\W\d]\w*={1,2}[-−\w./]+", plain):
        return f"a point is given as --at {plain.replace('==', '=')}, where the command takes one"
    if re.search("[=<>≤≥]", plain):
        return f'constraints belong to lagrange, as in: symcalc lagrange "x+y" "{text.strip()}"'
    return "the formula comes first, then the names of variables: x y"


def valued(text: str) -> tuple[str, ...]:
    """The names that parse.valued_names promises."""
    taken = t.KNOWN | t.GREEK | t.CONSTANTS.keys() | t.NAMED_NUMBERS.keys() | t.WORD_OPERATORS
    found = re.findall(r"(?<!\w)([^\W\d_]{2,}\w*)\s*=(?!=)", text)
    return tuple(name for name in found if name not in taken)


def refuse_spaces(text: str) -> None:
    """Raise SymcalcError("usage") for coordinates with spaces between them: "0 0", "x=1 y=2"."""
    words = text.split()
    if len(words) > 1 and all(re.fullmatch(r"(?:[^\W\d]\w*=)?[-+−]?[\d./]+", word) for word in words):
        hint = f"write {','.join(words)}"
        failer(text)("bad-point", "coordinates need commas between them", 0, len(text), hint, kind="usage")


def point(tree: Tree, variables: Sequence[Symbol], reading: Reading) -> Mapping[Symbol, Expr]:
    """The exact coordinates of a checked tree by variable, in the order of the variables."""
    assert tree.body is not None
    items = tree.body.args if tree.body.kind in ("tuple", "list") else [tree.body]
    named = [item for item in items if item.kind == "rel"]
    if named and len(named) < len(items):
        first = next(item for item in items if item.kind != "rel")
        hint = "name every coordinate, as in x=1,y=0, or none"
        failer(tree.text)(
            "bad-point", "some coordinates have names and some have not", first.start, first.end, hint, kind="usage"
        )
    places = _by_name(tree, named, variables) if named else _by_order(tree, items, variables)
    return {x: _coordinate(tree, places[str(x)], x, variables, reading) for x in variables}


def _by_name(tree: Tree, items: Sequence[Node], variables: Sequence[Symbol]) -> dict[str, Node]:
    fail, names = failer(tree.text), [str(x) for x in variables]
    listed = ", ".join(names)
    places: dict[str, Node] = {}
    for item in items:
        left = item.args[0]
        if item.value != ["="] or left.kind not in ("name", "const"):
            fail("bad-point", "this is no coordinate", item.start, item.end, "write x=1,y=0", kind="usage")
        name = left.value if left.kind == "name" else left.value[1]
        if name not in names:
            problem = f"there is no {name}; the {'variable is' if len(names) == 1 else 'variables are'} {listed}"
            fail("bad-point", problem, left.start, left.end, f"give a value to {listed}", kind="usage")
        if name in places:
            fail("bad-point", f"{name} is given twice", item.start, item.end, "give every variable one value", kind="usage")
        places[name] = item.args[1]
    missing = [name for name in names if name not in places]
    if missing:
        hint = ",".join(f"{name}=..." for name in names)
        fail("bad-point", f"the value of {', '.join(missing)} is missing", 0, len(tree.text), f"write {hint}", kind="usage")
    return places


def _by_order(tree: Tree, items: Sequence[Node], variables: Sequence[Symbol]) -> dict[str, Node]:
    names = [str(x) for x in variables]
    if len(items) != len(names):
        counted = "1 coordinate is" if len(items) == 1 else f"{len(items)} coordinates are"
        problem = f"{counted} given for {len(names)} variable{'s' * (len(names) != 1)}"
        hint = f"write {','.join(f'{name}=...' for name in names)}" if names else "the expression has no variables"
        failer(tree.text)("bad-point", problem, 0, len(tree.text), hint, kind="usage")
    return dict(zip(names, items, strict=True))


def _coordinate(tree: Tree, node: Node, x: Symbol, variables: Sequence[Symbol], reading: Reading) -> Expr:
    from symcalc.parse.builder import Builder

    fail = failer(tree.text)
    value = Builder(tree.text, reading).value(node)
    own = value.free_symbols & set(variables)
    if own:
        if value == x:
            fail("bad-point", f"{x} is given no value", node.start, node.end, f"write {x}=1", kind="usage")
        problem = f"the value of {x} depends on {', '.join(sorted(map(str, own)))}"
        fail("bad-point", problem, node.start, node.end, "coordinates are numbers or parameters", kind="usage")
    if value.is_infinite:
        fail("bad-point", f"the value of {x} is not finite", node.start, node.end, signs.HINTS["→"], kind="usage")
    return value
