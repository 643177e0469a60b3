"""Every argument and option of the command line, spelled once."""

from __future__ import annotations

from typing import Annotated

from symcalc.declare import Argument, Option

Text = str | None

# --- arguments: what a command is asked about; a starred parameter takes any number of them ---------------------------

Expression = Annotated[
    str, Argument(metavar="EXPR", show_default=False, help="The formula; '-' or nothing reads it from standard input.")
]
Formula = Annotated[
    str, Argument(metavar="EXPR", show_default=False, help="A formula, vector, equation or condition; '-' reads standard input.")
]
Vector = Annotated[str, Argument(metavar="VECTOR", show_default=False, help="The components: '[x*y, x+y]' or 'x*y, x+y'.")]
Variable = Annotated[
    Text, Argument(metavar="VAR", show_default=False, help="The variable; may be left out when there is only one.")
]
Variables = Annotated[
    str, Argument(metavar="VARS", show_default=False, help="The variables; left out: all names, in natural order.")
]
Orders = Annotated[str, Argument(metavar="VAR", show_default=False, help="Differentiate by these, in the order written: x y y.")]
Definitions = Annotated[
    str,
    Argument(
        metavar="DEFINITION", show_default=False, help="'u = a*x+b*y', or 'u(x,y)' for an unknown function; one per argument."
    ),
]
Objective = Annotated[str, Argument(metavar="OBJECTIVE", show_default=False, help="The function to make smallest or largest.")]
Constraints = Annotated[
    str, Argument(metavar="CONSTRAINT", show_default=False, help="Equations and inequalities: 'x^2+y^2=1' 'x>=0'.")
]
Place = Annotated[Text, Argument(metavar="POINT", show_default=False, help="Where: 0, pi/2, oo or -oo; 0+ and 0- are one-sided.")]
Topic = Annotated[Text, Argument(metavar="RULE", show_default=False, help="The name of a rule; left out: the list of all.")]
Jobs = Annotated[
    str, Option("-j", "--jobs", metavar="N|auto", help="Answer so many lines at once; auto: one for each processor, up to 16.")
]
Lines = Annotated[str, Argument(metavar="FILE|-", help="Command lines, one a line; '-' is standard input.")]

# --- options of some commands ------------------------------------------------------------------------------------

At = Annotated[
    Text, Option("--at", metavar="POINT", show_default=False, help="Evaluate there: 'x=1,y=pi/3', or '1' for one variable.")
]
Value = Annotated[
    Text,
    Option(
        "--value",
        metavar="NUMBER",
        show_default=False,
        help="The value of the function there, if the formula has none.",
    ),
]
Order = Annotated[int, Option("-n", "--order", metavar="K", min=1, max=100, help="The order of the derivative.")]
Degree = Annotated[int, Option("-n", "--degree", metavar="DEGREE", min=0, max=200, help="The total degree of the polynomial.")]
LagrangeRemainder = Annotated[bool, Option("--remainder", help="Lagrange's form of what the polynomial leaves out.")]
Within = Annotated[
    Text,
    Option(
        "--within", metavar="R", show_default=False, help="A proven bound of the error for |x - a| <= R, and the largest found."
    ),
]
General = Annotated[bool, Option("--general", help="The whole series, its k-th coefficient in closed form, where it is known.")]
LAYOUTS = ("column", "row", "denominator", "numerator")
Layout = Annotated[str, Option("--layout", metavar="column|row", values=LAYOUTS, help="The gradient as a column or as a row.")]
MATRIX_LAYOUTS = ("numerator", "denominator")
MatrixLayout = Annotated[
    str,
    Option(
        "--layout",
        metavar="numerator|denominator",
        values=MATRIX_LAYOUTS,
        help="Rows are the components (numerator) or the variables (denominator).",
    ),
]
Wrt = Annotated[Text, Option("--wrt", "-w", metavar="VARS", show_default=False, help="Differentiate with respect to these: x,y.")]
FORMS = ("sum", "matrix", "dot", "mermaid", "tikz")
Form = Annotated[
    str,
    Option(
        "--form",
        metavar="sum|matrix|dot|mermaid|tikz",
        values=FORMS,
        help="The chain rule as a sum, D(f∘g) = Df·Dg as matrices, or the graph of the definitions.",
    ),
]
Steps = Annotated[
    Text,
    Option(
        "-s",
        "--steps",
        metavar="[full|tree]",
        show_default=False,
        help="Show the derivation: line by line, with nothing folded (full), or each rule above those of its parts (tree).",
    ),
]
KINDS = {"steps": ("lines", "full", "tree")}
"""Options whose value may be left out, with their values; the first is meant then."""
FromDefinition = Annotated[bool, Option("--from-definition", help="Show the derivation as the limit of the difference quotient.")]
Implicit = Annotated[
    Text,
    Option("--implicit", metavar="NAME", show_default=False, help="EXPR is an equation that makes this a function of VAR."),
]
Backprop = Annotated[bool, Option("--backprop", help="From the output back: the derivative by every quantity, each once.")]
Digits = Annotated[
    int | None,
    Option("--digits", metavar="N", min=1, max=1000, show_default=False, help="Numbers as decimals with N correct digits."),
]

Min = Annotated[bool, Option("--min", help="Keep only the minima.")]
Max = Annotated[bool, Option("--max", help="Keep only the maxima.")]
Along = Annotated[Text, Option("--along", metavar="VECTOR", show_default=False, help="The direction: '3,4' or 'x=3,y=4'.")]
NoUnit = Annotated[bool, Option("--no-unit", help="Take the direction as it is, not brought to length 1.")]

SIDES = ("left", "right")
Side = Annotated[
    Text,
    Option(
        "--side",
        metavar="left|right",
        values=SIDES,
        show_default=False,
        help="The limit from this side only; --from left means the same.",
    ),
]
# --- options of every command ------------------------------------------------------------------------------------

Format = Annotated[
    Text, Option("-f", "--format", metavar="NAME", show_default=False, help="unicode, pretty, plain, latex or json.")
]
Latex = Annotated[bool, Option("--latex", help="Short for --format latex.")]
Json = Annotated[bool, Option("--json", help="Short for --format json.")]
Output = Annotated[
    Text, Option("-o", "--output", metavar="FILE", show_default=False, help="Write to a file; .tex .json .txt choose the format.")
]
Wrap = Annotated[str, Option("--wrap", metavar="KIND", help="For LaTeX: none, inline, display, equation, align or document.")]
NoCheck = Annotated[bool, Option("--no-check", help="Do not verify the answer by numbers.")]
Complex = Annotated[bool, Option("--complex", help="Names are complex; they are real otherwise.")]
Assume = Annotated[str, Option("--assume", metavar="FACTS", show_default=False, help="More about the names: 'x>0, n integer'.")]
Names = Annotated[str, Option("--names", metavar="NAMES", show_default=False, help="Read these words as variables: 'xy, e'.")]
Functions = Annotated[
    str, Option("--functions", metavar="NAMES", show_default=False, help="Read these names as unknown functions: 'y, u'.")
]
NoConstants = Annotated[bool, Option("--no-constants", help="pi, e, i and oo are plain names.")]
From = Annotated[
    Text, Option("--from", metavar="text|latex", show_default=False, help="How the input is written; detected when left out.")
]
Timeout = Annotated[
    Text, Option("--timeout", metavar="SECONDS", show_default=False, help="Give up after so long; 10 when left out.")
]
Memory = Annotated[
    Text, Option("--memory", metavar="MIB", show_default=False, help="Use at most so much memory; 2048 when left out.")
]
Debug = Annotated[bool, Option("--debug", help="Show the traceback of an error.")]

COMMON = {
    "format": (Format, None),
    "latex": (Latex, False),
    "json": (Json, False),
    "output": (Output, None),
    "wrap": (Wrap, "none"),
    "no_check": (NoCheck, False),
    "complex": (Complex, False),
    "assume": (Assume, ""),
    "names": (Names, ""),
    "functions": (Functions, ""),
    "no_constants": (NoConstants, False),
    "from_": (From, None),
    "timeout": (Timeout, None),
    "memory": (Memory, None),
    "debug": (Debug, False),
}
"""The options of every command: parameter name -> (annotation, default)."""

SYNTAX = {
    "expression": "expression",
    "formula": "any",
    "vector": "vector",
    "definitions": "definition",
    "objective": "expression",
    "constraints": "relation",
}
"""The parameters that hold formulas, with the kind of formula that each holds (see `parse.syntax`)."""
SYNTAX_WITH = {"implicit": "relation"}
"""Options with which the first word holds another kind of formula."""
