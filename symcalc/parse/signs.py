"""The signs of the language, as data: Unicode and its plain forms, operators, LaTeX commands, advice on stray ones."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CHARS = dict(zip("×·⋅∙∗⨯•÷∕⁄−–⩽⩾′’‘∣，；º", "*******///--≤≥'''|,;°", strict=True))
"""One sign for one sign, so that columns stay those of the user's text."""
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵁⱽᵂ"
"""Without ᵀ: it is a transpose."""
FOLDED = {"", "<font>", "<wide>", "<narrow>", "<noBreak>"}
"""The kinds of Unicode decomposition that change the looks of a sign, not its meaning. Others do: ˣ is an exponent, Ⅰ and ①
are numbers of their own."""
VARIANTS = "µϵϑϕϱϐϰϴϒ"
"""Letters of another shape that mean the same Greek letter (ϖ does not mean π)."""
SUBSCRIPTS = "₀-₉ₐ-ₜᵢ-ᵥⱼ"
FRACTIONS = "¼½¾⅐-⅞"
OPERATORS = {
    "**": "^", "==": "=", "&": "and", "&&": "and", "∧": "and", "∨": "or", "~": "not", "¬": "not", "≤": "<=", "≥": ">=", "≠": "!=",
    "″": "''", "‴": "'''",
}  # fmt: skip
CLOSER = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉", "⎸": "⎹", "⟦": "⟧"}
ENCLOSED = {"⌊": "floor", "⌈": "ceiling", "⎸": "norm", "⟦": "norm"}
"""The function that a pair of brackets is. ⎸ ⎹ and ⟦ ⟧ are the bars of LaTeX that say which side they stand on."""
SAID = {"⎸": "|", "⎹": "|", "⟦": "‖", "⟧": "‖"}
"""How the bars are named to the user."""
NO_LIMIT = 'limits have a command of their own: symcalc limit "sin(x)/x" x 0'
_VECTOR = "write vectors as [a, b] and groups as (a)"
HINTS = {
    "%": "write mod(a, b), or divide by 100",
    "_": "a subscript is a name or a number: x_1, x_max, x_{ij}",
    "[": "write * before a vector",
    "{": _VECTOR,
    "<": _VECTOR,
    ",": _VECTOR,
    "]": "there is no '[' before it",
    ")": "there is no '(' before it",
    "⎹": "there is no bar on the left before it",
    "⟧": "there is no bar on the left before it",
    ";": "arguments and components are separated by commas",
    ":=": "give the right side alone, or define a function as f(x) := x^2",
    ":": "give the formula alone: x^2, or define a function as f(x) = x^2",
    '"': "give the formula without quotation marks",
    "`": "give the formula without quotation marks",
    "“": "give the formula without quotation marks",
    "”": "give the formula without quotation marks",
    ".": "decimals are written 0.5, products 2*x",
    "$": "LaTeX stands between two dollar signs; in a shell, put the formula in single quotes",
    "#": "give the formula alone, without a comment",
    "—": "write - for minus",
    "∂": "partial derivatives are a command: symcalc partial EXPR VAR",
    "∇": "gradients are a command: symcalc grad EXPR",
    "∫": "symcalc differentiates; it does not integrate",
    "∑": "write sum(k^2, k, 1, n)",
    "∏": "write prod(k^2, k, 1, n)",
    "→": NO_LIMIT,
    "±": "give one sign at a time",
    "≈": "write = for an equation",
    "≡": "write = for an equation",
    "*": "powers are written x^2 or x**2",
    "^": "powers are written x^2 or x**2",
    "&": "give one formula, without the marks of an alignment",
    "'": "a prime follows an undefined function: f'(x)",
    "=": "an equation is written a = b, a condition x >= 0",
    "ᵀ": "a transpose cannot be read; write the components of a product one by one",
    "?": "write a if condition else b",
}

# --- LaTeX -------------------------------------------------------------------------------------------------------

LATEX_SIGNS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=", "geq": ">=",
    "geqslant": ">=", "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "lvert": "⎸", "rvert": "⎹", "vert": "|", "mid": "|",
    "lVert": "⟦", "rVert": "⟧", "Vert": "‖", "|": "‖", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "prime": "'",
    "{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "land": "and", "wedge": "and", "lor": "or",
    "vee": "or", "neg": "not", "lnot": "not", "colon": ":", "\\": "\\\\", "degree": "°", "bmod": "mod",
    "mod": "mod",
}  # fmt: skip
STYLES = ("mathit", "mathbf", "mathsf", "mathcal", "mathscr", "mathtt", "boldsymbol", "bm")
"""Commands that change the looks of a name, which is then read without them."""
NORM_ENDS = {"rVert", "Vert", "|"}
SIDES = {"|": "⎸⎹", "vert": "⎸⎹", "\\|": "⟦⟧", "Vert": "⟦⟧"}
"""The left and the right bar behind \\left and \\right."""
LATEX_COMMANDS = {
    "frac": "frac", "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "sqrt": "sqrt", "binom": "binom",
    "sum": "sum", "prod": "prod",
}  # fmt: skip
LATEX_SKIPPED = frozenset(
    [
        "left",
        "right",
        "bigl",
        "bigr",
        "Bigl",
        "Bigr",
        "big",
        "Big",
        "displaystyle",
        "textstyle",
        "limits",
        "nolimits",
        "mathstrut",
        "nonumber",
        "notag",
        *(size + side for size in ("bigg", "Bigg") for side in ("", "l", "r", "m")),
        "quad",
        "qquad",
        *",;:!()[]>. \t\r\n",
    ]
)
"""Spacing and sizes, and the delimiters of a formula."""
HALF_BREAKS = frozenset("([ \t\r\n")
"""What follows a single backslash where a shell has taken the other one of a row's \\\\."""
LATEX_NAMES = {
    "varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho", "varsigma": "sigma", "infin": "infty",
}  # fmt: skip
TEX_COMMANDS = _words(
    "input include write def let csname endcsname catcode expandafter immediate openin openout read url href newcommand "
    "usepackage documentclass directlua special item verb"
)
LATEX_REFUSED = {
    "int": "symcalc differentiates; it does not integrate",
    "iint": "symcalc differentiates; it does not integrate",
    "oint": "symcalc differentiates; it does not integrate",
    "lim": NO_LIMIT,
    "partial": "partial derivatives are a command: symcalc partial EXPR VAR",
    "nabla": "gradients are a command: symcalc grad EXPR",
    "to": NO_LIMIT,
    "pm": "give one sign at a time",
    "mp": "give one sign at a time",
    "in": 'what a name is, --assume says: --assume "x>0, n integer"',
    "pmod": r"write a \bmod b",
    "choose": r"write \binom{n}{k}",
    "top": "a transpose cannot be read; write the components of a product one by one",
    "mathbb": 'what a name is, --assume says: --assume "x>0, n integer"',
    "ell": "write l, or a name of your own",
    "hbar": "write h, or a name of your own",
    "circ": r"degrees are written 90^\circ; a composition f(g(x))",
    **dict.fromkeys(
        ("color", "textcolor", "boxed", "underbrace", "overbrace", "underline", "phantom", "cancel", "label", "tag"),
        "give the formula alone, without decoration",
    ),
    **dict.fromkeys(TEX_COMMANDS, "formulas are read here; no command of TeX is carried out"),
    "ldots": "write every term",
    "cdots": "write every term",
    "dots": "write every term",
    **{
        mark: f"names have no accents; write y_{{{mark}}} for \\{mark}{{y}}"
        for mark in ("hat", "bar", "tilde", "vec", "dot", "ddot", "overline")
    },
    **dict.fromkeys(("widehat", "widetilde"), "names have no accents; write a subscript: y_{hat}"),
}
MATRICES = {"matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array"}
