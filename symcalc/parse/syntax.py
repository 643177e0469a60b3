"""Text becomes a checked tree, without SymPy: the front half of every parse function."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from symcalc.errors import SymcalcError
from symcalc.parse import tables as t
from symcalc.parse.assume import assumptions
from symcalc.parse.grammar import Parser
from symcalc.parse.lexer import Fail, failer, is_latex, tokenize
from symcalc.parse.reading import Reading
from symcalc.parse.shapes import Shapes, describe
from symcalc.parse.slips import refuse_loose_points, refuse_runs, refuse_slips, refuse_thousands
from symcalc.parse.tree import CONDITIONS, Findings, Head, Node, Token, Tree
from symcalc.parse.words import Scope, classify, join_name

KINDS = ("expression", "vector", "any", "relation", "definition", "point")


@lru_cache(maxsize=256)
def tree_of(kind: str, text: str, reading: Reading, asked: tuple[str, ...] = ()) -> Tree:
    """The checked tree of a text of one of KINDS. Raises SymcalcError."""
    assumptions(reading.assume)
    fail = failer(text)
    latex = is_latex(text) if reading.latex is None else reading.latex
    if len(text) <= t.MAX_CHARS:
        refuse_slips(text, latex, fail)
    if kind == "point":
        refuse_loose_points(text, fail)
    tokens = tokenize(text, latex)
    if latex:
        refuse_runs(tokens, text, fail)
    scope = scope_of(reading, asked, latex)
    head, after = head_of(kind, tokens, scope, fail)
    if head:
        scope = Scope(
            scope.names | set(head.params or ()), scope.functions, scope.asked | {head.name}, scope.constants, scope.latex
        )
    findings = Findings()
    if head and after == len(tokens) - 1 and tokens[after - 1].value == ")":  # u(x, y)
        return _checked(kind, Tree(text, None, head), fail)
    body = _parsed(text, classify(tokens, scope, findings, text, fail, after), after, scope, findings, fail)
    return _checked(kind, Tree(text, body, head, findings.guessed, tuple(findings.notes)), fail)


def _parsed(text: str, tokens: list[Token], after: int, scope: Scope, findings: Findings, fail: Fail) -> Node:
    parser = Parser(text, tokens[after:], scope, findings, fail)
    try:
        return parser.parse()
    except RecursionError:
        fail("too-deep", f"more than {t.MAX_DEPTH} nested levels", parser.tok.start)


def scope_of(reading: Reading, asked: Iterable[str], latex: bool) -> Scope:
    """What words mean under the options and the names asked for. Names are normalised: x_1 is x1."""
    own = {name for word in asked for name in _loose_names(word)}
    reserved = {n for n in own if (n in t.KNOWN and len(n) > 1 and n not in t.GREEK) or n in t.NAMED_NUMBERS}
    reserved |= own & t.CONSTANTS.keys() if reading.constants else set()
    declared = frozenset(name for word in reading.names for name in declared_names(word))
    functions = frozenset(name for word in reading.functions for name in declared_names(word))
    return Scope(declared, functions, frozenset(own - (reserved - declared)), reading.constants, latex)


def declared_names(words: str) -> list[str]:
    """The names in the text of --names or --functions: "x, y", "w_max"."""
    names: list[str] = []
    for token in tokenize(words, latex="\\" in words)[:-1]:
        if token.kind in ("word", "upright"):
            names.append(join_name(token.value, token.base))
        elif token.value != ",":
            said = words[token.start : token.end]
            hint = "names use letters, digits and underscores: x, x1, w_max"
            raise SymcalcError(
                "usage", f"'{said}' is not a name", code="bad-name", text=words, span=(token.start, token.end), hint=hint
            )
    return names


def _loose_names(word: str) -> list[str]:
    try:
        return declared_names(word)
    except SymcalcError:
        return []


# --- the left side of a definition -------------------------------------------------------------------------------


def head_of(kind: str, tokens: list[Token], scope: Scope, fail: Fail) -> tuple[Head | None, int]:
    """The head of `f(x, y) = ...` and the number of its tokens. A definition may also be `C = ...` or `u(x, y)`."""
    if tokens[0].kind not in ("word", "upright") or kind == "point":
        return None, 0
    first, signs = tokens[0], ("=", ":=")
    params, after = _params(tokens)
    closed = tokens[after].kind == "op" and tokens[after].value in signs
    if kind == "definition":
        if not (closed or (params is not None and tokens[after].kind == "end")):
            return None, 0
        _check_head_name(first, scope, fail)
    elif params is None or not closed or _is_known(first, scope):
        return None, 0
    if params and len({p.value + "_".join(p.base) for p in params}) < len(params):
        fail("definition", "the same argument stands twice", first.start, params[-1].end)
    names = None if params is None else tuple(join_name(p.value, p.base) for p in params)
    end = tokens[after - 1].end
    return Head(join_name(first.value, first.base), names, first.start, end), after + closed


def _is_known(tok: Token, scope: Scope) -> bool:
    declared = join_name(tok.value, tok.base) in scope.names | scope.functions
    return tok.value in t.KNOWN and len(tok.value) > 1 and not declared


def _params(tokens: list[Token]) -> tuple[list[Token] | None, int]:
    """The names in (x, y) behind the first token, and the index of what follows; None if there are no such brackets."""
    params, i = [], 2
    if tokens[1].value != "(":
        return None, 1
    while tokens[i].kind in ("word", "upright"):
        params.append(tokens[i])
        i += 1
        if tokens[i].value == ")":
            return params, i + 1
        if tokens[i].value != ",":
            break
        i += 1
    return None, 1


def _check_head_name(tok: Token, scope: Scope, fail: Fail) -> None:
    name = join_name(tok.value, tok.base)
    if name in scope.names | scope.functions:
        return
    if (scope.constants and name in t.CONSTANTS) or name in t.NAMED_NUMBERS:
        hint = f"--names {name} makes it a variable" if name in t.CONSTANTS else "choose another name"
        fail("definition", f"'{name}' is a constant and cannot be defined", tok.start, tok.end, hint)
    if name in t.KNOWN and len(name) > 1 and name not in t.GREEK:
        hint = f"choose another name, or --names {name}"
        fail("definition", f"'{name}' is a known function and cannot be defined", tok.start, tok.end, hint)


# --- what the text is --------------------------------------------------------------------------------------------


def _checked(kind: str, tree: Tree, fail: Fail) -> Tree:
    body, shapes = tree.body, Shapes(fail)
    if body is not None and body.kind == "tuple" and kind != "point":
        for left, right in zip(body.args, body.args[1:], strict=False):
            refuse_thousands(tree.text, left.start, right.end, fail)
    _CHECKS[kind](tree, shapes, fail)
    return tree


def _misfit(wanted: str, node: Node, hint: str, fail: Fail, given: str | None = None) -> None:
    fail("shape", f"{wanted} is needed here, not {given or describe(node)}", node.start, node.end, hint, kind="shape")


def _refuse_decimal_comma(tree: Tree, fail: Fail) -> None:
    match = re.fullmatch(r"\s*(\d+),(\d+)\s*", tree.text)
    if match:
        hint = f"write {match[1]}.{match[2]} for a decimal, or [{match[1]}, {match[2]}] for a vector"
        fail("ambiguous-number", "is this one number or two?", match.start(1), match.end(2), hint)


def _expression(tree: Tree, shapes: Shapes, fail: Fail) -> None:
    node = tree.body
    assert node is not None
    _refuse_decimal_comma(tree, fail)
    if node.kind == "tuple":
        hint = "give one formula; symcalc jacobian takes several"
        _misfit("one formula", node, hint, fail, f"{len(node.args)} with commas between them")
    if node.kind == "rel" and len(node.args) == 2:
        side = node.args[1] if _has_names(node.args[1]) else node.args[0]
        solved = any(part.kind == "name" for part in node.args)
        implicit = "=" in node.value and not solved and len(_names(node)) > 1
        hint = f"give one side of it alone: {tree.text[side.start : side.end]}"
        hint += "; diff takes an equation with --implicit" if implicit else ""
        _misfit("a formula", node, hint, fail)
    if node.kind in CONDITIONS:
        _misfit("a formula", node, "give a formula such as x^2, or a if condition else b", fail)
    if shapes.of(node) is not None:
        _misfit("one formula", node, "symcalc jacobian takes a vector", fail, "a vector")


def _has_names(node: Node) -> bool:
    return node.kind in ("name", "apply") or any(map(_has_names, node.args))


def _names(node: Node) -> set[str]:
    own = {node.value} if node.kind == "name" else set()
    return own.union(*map(_names, node.args))


def _vector(tree: Tree, shapes: Shapes, fail: Fail, wanted: str = "a vector") -> None:
    node = tree.body
    assert node is not None
    if node.kind == "tuple":
        shapes.all_scalar(node.args)
        return
    if node.kind in CONDITIONS:
        _misfit(wanted, node, "write a vector as [a, b]", fail)
    shape = shapes.of(node)
    if shape and shape[1] != 1:
        _misfit(wanted, node, "write a vector as [a, b]", fail, f"a {shape[0]}×{shape[1]} matrix")


def _any(tree: Tree, shapes: Shapes, fail: Fail) -> None:
    node = tree.body
    assert node is not None
    _refuse_decimal_comma(tree, fail)
    if node.kind == "tuple":
        shapes.all_scalar(node.args)
    elif node.kind in CONDITIONS and tree.head:
        fail("chained-equation", "there are two equations in one", tree.head.start, node.end, "give one equation at a time")
    elif node.kind in CONDITIONS:
        shapes.condition(node)
    elif shapes.of(node) is not None and tree.head:
        fail("type", "both sides of an equation are numbers or formulas", node.start, node.end)


def _relation(tree: Tree, shapes: Shapes, fail: Fail) -> None:
    node = tree.body
    assert node is not None
    if tree.head:
        side = tree.text[node.start : node.end]
        hint = f"write the constraint as {side} = 0, or give the left side alone: {side}"
        fail("shape", "a constraint is an equation, not a definition", tree.head.start, node.end, hint, kind="shape")
    if node.kind == "tuple":
        _misfit("one equation", node, "give every constraint as an argument of its own", fail, "several")
    if node.kind == "rel":
        shapes.relation(node)
        if len(node.args) > 2:
            _misfit("one equation or inequality", node, "give every constraint as an argument of its own", fail, "a chain")
    elif node.kind in CONDITIONS:
        _misfit("an equation", node, "give every constraint as an argument of its own", fail)
    elif shapes.of(node) is not None:
        _misfit("an equation", node, "write g = 0 for every component", fail, "a vector")


def _definition(tree: Tree, shapes: Shapes, fail: Fail) -> None:
    if tree.head is None:
        hint = "write u = a*x + b*y, f(u, v) = [u*v, u + v], or u(x, y) for an unknown function of x and y"
        fail("definition", "this is no definition", 0, len(tree.text), hint)
    if tree.body is not None:
        _vector(tree, shapes, fail, "a formula or a vector")


def _point(tree: Tree, shapes: Shapes, fail: Fail) -> None:
    node = tree.body
    assert node is not None
    for item in node.args if node.kind in ("tuple", "list") else [node]:
        if item.kind == "rel":
            shapes.relation(item)
        else:
            shapes.scalar(item)


_CHECKS = dict(zip(KINDS, (_expression, _vector, _any, _relation, _definition, _point), strict=True))
