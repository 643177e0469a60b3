"""LaTeX that needs amsmath only: the bare body, or wrapped up to a document that compiles.

What writes more than the body is imported where it is used: most answers are bodies.
"""

from __future__ import annotations

from symcalc.formats._phrase import is_phrase
from symcalc.formats._texprinter import tex
from symcalc.notation import lower
from symcalc.result import Dependencies, Page, Points, Result

DOCUMENT = r"""\documentclass{article}
\usepackage{amsmath}
\allowdisplaybreaks
\begin{document}
%s
\end{document}"""


def render(result: Result, page: Page) -> str:
    r"""The answer by `page.wrap`: none (bare body), inline ($...$), display (\[...\]), equation, align, document; nothing where
    there is no answer."""
    if result.denied:
        return ""
    graph = result.answer.value
    if isinstance(graph, Dependencies) and graph.form == "tikz":
        text = body(result)
        return DOCUMENT.replace("{amsmath}", "{amsmath,tikz}") % text if page.wrap == "document" else text
    if page.wrap in ("none", "inline"):
        text = body(result)
        return f"${text}$" if page.wrap == "inline" else text
    from symcalc.formats import _texequations as written

    if page.wrap == "document":
        return DOCUMENT % written.aligned(result)
    return {"display": written.display, "equation": written.equation, "align": written.aligned}[page.wrap](result)


def body(result: Result) -> str:
    """The value alone. Functions that a "where" fact would have to explain are written out."""
    value = result.answer.value
    if isinstance(value, Points):
        from symcalc.formats._texpoints import tex_points

        return tex_points(value)
    if isinstance(value, Dependencies):
        from symcalc.formats._dependencies import tex_array, tikz

        return tikz(value) if value.form == "tikz" else tex_array(value)
    return tex(lower(value) if result.definitions and not is_phrase(value) else value)
