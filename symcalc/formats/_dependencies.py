"""A graph of definitions: as a tree on a screen, as equations in LaTeX, as data, and in the languages of graphs."""

from __future__ import annotations

from typing import Any

from sympy import Symbol

from symcalc.formats._break import broken
from symcalc.formats._line import line
from symcalc.formats._pen import DIM, Line, Pen
from symcalc.formats._plainprinter import plain, verbatim
from symcalc.formats._texprinter import tex
from symcalc.result import Dependencies, Edge, Fact

GAP = "    "
SHOWN = "   (as above)"
"""The mark of a quantity whose own edges stand above already."""

DOT = str.maketrans({"\\": r"\\", '"': r"\""})
MERMAID = str.maketrans({c: f"#{ord(c)};" for c in '"#<>&|`;\\{}[]'})


# --- a tree on a screen --------------------------------------------------------------------------------------------


def tree_lines(graph: Dependencies, pen: Pen) -> list[Line]:
    """The tree below each quantity that no other uses, the derivatives beside the names; what several quantities use is
    drawn once."""
    lines: list[Line] = []
    drawn: set[Symbol] = set()
    for top in graph.tops:
        lines += [[(pen.write(top), "")], *_branches(graph, top, "", drawn, pen)]
    return lines


def _branches(graph: Dependencies, name: Symbol, stem: str, drawn: set[Symbol], pen: Pen) -> list[Line]:
    lines: list[Line] = []
    below = [edge for edge in graph.edges if edge.above == name]
    for edge in below:
        last = edge is below[-1]
        deeper = any(other.above == edge.below for other in graph.edges)
        again = edge.below in drawn and deeper
        further = stem + ("    " if last else "│   ")
        under = further + ("│" if deeper and not again else "")
        lines += _branch(edge, stem + ("└── " if last else "├── "), under, SHOWN if again else "", pen)
        if deeper and not again:
            drawn.add(edge.below)
            lines += _branches(graph, edge.below, further, drawn, pen)
    return lines


def _branch(edge: Edge, start: str, under: str, mark: str, pen: Pen) -> list[Line]:
    left = f"{start}{pen.write(edge.below)}{GAP}{pen.head(edge.of)}"
    if edge.factor is None:
        return [[(left, ""), (mark, DIM)]]
    left += " = "
    first, *more = broken(pen.write(edge.factor), pen.width - len(left) - len(mark))
    return [[(left + first, ""), (mark, DIM)], *([(f"{under:<{len(left)}}{text}", "")] for text in more)]


# --- equations and data --------------------------------------------------------------------------------------------


def equations(graph: Dependencies, lead: bool = False) -> list[Fact]:
    """The derivative on each edge that has a value, as facts."""
    return [Fact("edge", edge.factor, of=edge.of, lead=lead) for edge in graph.edges if edge.factor is not None]


def tex_array(graph: Dependencies) -> str:
    """The edges as lines of an array: C → u, the derivative, its value."""
    rows = [
        rf"{tex(e.above)} \to {tex(e.below)}: & {tex(e.of)}" + ("" if e.factor is None else f" = {tex(e.factor)}")
        for e in graph.edges
    ]
    return r"\begin{array}{ll} " + r" \\[1ex] ".join(rows) + r" \end{array}"


def data(graph: Dependencies) -> dict[str, Any]:
    """The graph for programs: its nodes, and its edges with derivative and factor (null when abstract)."""
    return {
        "nodes": [plain(name) for name in _names(graph)],
        "edges": [
            {
                "from": plain(e.above),
                "to": plain(e.below),
                "derivative": verbatim(e.of),
                "factor": None if e.factor is None else plain(e.factor),
            }
            for e in graph.edges
        ],
    }


def _names(graph: Dependencies) -> list[Symbol]:
    return list(dict.fromkeys([*graph.tops, *(n for e in graph.edges for n in (e.above, e.below))]))


# --- languages of graphs -------------------------------------------------------------------------------------------


def code(graph: Dependencies) -> str:
    """The graph in the language that it asks for; a tree as one line of edges."""
    return {"dot": _dot, "mermaid": _mermaid, "tikz": tikz}.get(graph.form, _arrows)(graph)


def _arrows(graph: Dependencies) -> str:
    return ", ".join(f"{plain(e.above)} -> {plain(e.below)}" for e in graph.edges)


def _label(edge: Edge) -> str:
    return line(edge.of) + ("" if edge.factor is None else f" = {line(edge.factor)}")


def _dot(graph: Dependencies) -> str:
    def quoted(text: str) -> str:
        return f'"{text.translate(DOT)}"'

    nodes = [f"  {quoted(n.name)} [label={quoted(line(n))}];" for n in _names(graph)]
    edges = [f"  {quoted(e.above.name)} -> {quoted(e.below.name)} [label={quoted(_label(e))}];" for e in graph.edges]
    return "\n".join(["digraph chain {", *nodes, *edges, "}"])


def _mermaid(graph: Dependencies) -> str:
    key = {name: f"n{i}" for i, name in enumerate(_names(graph))}
    nodes = [f'  {key[n]}(["{line(n).translate(MERMAID)}"])' for n in key]
    edges = [f'  {key[e.above]} -->|"{_label(e).translate(MERMAID)}"| {key[e.below]}' for e in graph.edges]
    return "\n".join(["graph TD", *nodes, *edges])


def tikz(graph: Dependencies) -> str:
    """A picture for the tikz package: each quantity below all that use it, the factors on the edges."""
    names = _names(graph)
    key = {name: f"n{i}" for i, name in enumerate(names)}
    depth = _depths(graph, names)
    rows = [[n for n in names if depth[n] == d] for d in range(max(depth.values()) + 1)]
    place = {n: (3.0 * (i - (len(row) - 1) / 2), -2.0 * d) for d, row in enumerate(rows) for i, n in enumerate(row)}
    nodes = [rf"  \node[circle, draw] ({key[n]}) at ({place[n][0]:g}, {place[n][1]:g}) {{${tex(n)}$}};" for n in names]
    edges = []
    for i, e in enumerate(graph.edges):
        to = "to[bend left=25]" if depth[e.below] - depth[e.above] > 1 else "to"
        text = tex(e.of) if e.factor is None else tex(e.factor)
        near = 0.4 if i % 2 else 0.55
        label = rf"node[pos={near}, fill=white, inner sep=1pt, font=\small] {{${text}$}}"
        edges.append(rf"  \draw[->] ({key[e.above]}) {to} {label} ({key[e.below]});")
    return "\n".join([r"\begin{tikzpicture}", *nodes, *edges, r"\end{tikzpicture}"])


def _depths(graph: Dependencies, names: list[Symbol]) -> dict[Symbol, int]:
    """How far below the tops each quantity stands: one further than the lowest that uses it. The edges of a quantity come
    after all that lead to it."""
    depth = dict.fromkeys(names, 0)
    for e in graph.edges:
        depth[e.below] = max(depth[e.below], depth[e.above] + 1)
    return depth
