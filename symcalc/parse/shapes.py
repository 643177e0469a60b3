"""What each part of a tree is: a scalar, an m×n matrix or a condition. Mismatches are refused before SymPy is loaded."""

from __future__ import annotations

from collections.abc import Sequence

from symcalc.parse.lexer import Fail
from symcalc.parse.tree import CONDITIONS, Node

Shape = tuple[int, int] | None
"""Rows and columns; None is a scalar."""

_NORMS = {"norm", "norm2", "abs"}


def describe(node: Node) -> str:
    """What a node is, in words for an error."""
    if node.kind == "tuple":
        return "a list with commas"
    if node.kind == "list":
        return "a matrix" if any(a.kind == "list" for a in node.args) else "a vector"
    if node.kind == "rel":
        return "an equation" if "=" in node.value else "an inequality"
    return "a condition" if node.kind in CONDITIONS else "a formula"


class Shapes:
    """The check of one tree; `fail` raises the error about a span."""

    def __init__(self, fail: Fail) -> None:
        self.fail = fail

    def of(self, node: Node) -> Shape:
        """The shape of a scalar or matrix; anything else is an error."""
        if node.kind == "tuple" or node.kind in CONDITIONS:
            problem = f"a number or a formula is needed here, not {describe(node)}"
            hint = "write [a, b] for a vector" if node.kind == "tuple" else None
            self.fail("type", problem, node.start, node.end, hint)
        if node.kind == "list":
            return self.matrix(node)
        if node.kind == "sum":
            return self.total(node)
        if node.kind == "prod":
            return self.product(node)
        if node.kind == "neg":
            return self.of(node.args[0])
        if node.kind == "call" and node.value in _NORMS and len(node.args) == 1:
            return self.norm(node)
        if node.kind == "piecewise":
            self.branches(node)
        elif node.kind == "call" and node.value == "hyper":
            self.hypergeometric(node)
        else:
            for arg in node.args:
                self.scalar(arg)
        return None

    def scalar(self, node: Node) -> None:
        if self.of(node) is not None:
            self.fail("type", f"a number or a formula is needed here, not {describe(node)}", node.start, node.end)

    def condition(self, node: Node) -> None:
        """Check a condition: an equation, an inequality, or several with and, or, not."""
        if node.kind == "bool":
            return
        if node.kind == "rel":
            self.relation(node)
        elif node.kind in CONDITIONS:
            for arg in node.args:
                self.condition(arg)
        else:
            self.fail("type", "a condition such as x < 1 is needed here", node.start, node.end)

    def relation(self, node: Node) -> None:
        shapes = [self.of(arg) for arg in node.args]
        if len(node.args) > 2 and not set(node.value) <= {"<", "<="} and not set(node.value) <= {">", ">="}:
            problem = "only chains like a < b < c can be read"
            self.fail("chained-equation", problem, node.start, node.end, "give one equation at a time; separate them with commas")
        if any(shape is not None for shape in shapes):
            self.fail(
                "type",
                "both sides of an equation are numbers or formulas",
                node.start,
                node.end,
                "give one equation per component",
            )

    def matrix(self, node: Node) -> Shape:
        shapes = {self.of(arg) for arg in node.args}
        if shapes == {None}:
            return (len(node.args), 1)
        widths = {len(arg.args) for arg in node.args if arg.kind == "list"}
        if any(arg.kind != "list" for arg in node.args) or len(widths) > 1 or any(s is None or s[1] != 1 for s in shapes):
            hint = "write a matrix row by row: [[a, b], [c, d]]"
            self.fail("type", "the rows of a matrix have the same length", node.start, node.end, hint)
        return (len(node.args), widths.pop())

    def total(self, node: Node) -> Shape:
        shapes = [self.of(arg) for arg in node.args]
        if len(set(shapes)) > 1:
            kinds = " and ".join(dict.fromkeys(map(_said, shapes)))
            self.fail("invalid", f"{kinds} cannot be added", node.start, node.end)
        return shapes[0]

    def product(self, node: Node) -> Shape:
        shape: Shape = None
        for arg in node.args:
            factor = self.of(arg)
            if shape and factor and shape[1] != factor[0]:
                problem = f"{_said(shape)} and {_said(factor)} cannot be multiplied"
                self.fail("invalid", problem, node.start, node.end, "write a product of vectors component by component")
            shape = (shape[0], factor[1]) if shape and factor else shape or factor
        return shape

    def norm(self, node: Node) -> Shape:
        shape = self.of(node.args[0])
        if shape and shape[1] != 1:
            problem = "the norm and the determinant of a matrix are written alike"
            self.fail("type", problem, node.start, node.end, "give the entries as one vector for the norm")
        return None

    def branches(self, node: Node) -> None:
        pairs = len(node.args) // 2 * 2
        for value in [*node.args[:pairs:2], *node.args[pairs:]]:
            self.scalar(value)
        for condition in node.args[1:pairs:2]:
            self.condition(condition)

    def hypergeometric(self, node: Node) -> None:
        for lists in node.args[:2]:
            if lists.kind not in ("tuple", "list"):
                self.fail("type", "hyper needs two lists and an argument", lists.start, lists.end, "write hyper((a, b), (c,), x)")
            self.all_scalar(lists.args)
        self.scalar(node.args[2])

    def all_scalar(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            self.scalar(node)


def _said(shape: Shape) -> str:
    return "a number" if shape is None else f"a {shape[0]}×{shape[1]} matrix" if shape[1] > 1 else f"a vector of {shape[0]}"
