"""The frozen values between commands and formats: Fact, Points, Dependencies, Table, Verdict, Step, Claim, Result.

No SymPy is loaded here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from symcalc.page import Page as Page

if TYPE_CHECKING:
    from sympy import Basic, ImmutableMatrix, Symbol

    Value: TypeAlias = "Basic | ImmutableMatrix | Phrase | Points | Dependencies | Table"
else:
    Value = object


Phrase: TypeAlias = "str | tuple[Any, ...]"
"""Words, or words and SymPy objects in turn, which each format writes in its own notation."""


def pieces(phrase: Phrase) -> tuple[Any, ...]:
    """The words and objects of a phrase one by one; none for the empty one."""
    return phrase if isinstance(phrase, tuple) else (phrase,) if phrase else ()


@dataclass(frozen=True, slots=True)
class Source:
    """One input as it was typed and as it was read.

    `value` is the SymPy object; `guessed` says that the reading was not the only possible one (juxtaposition, a word
    taken as one name, ...), so that the user is shown it; `notes` are sentences for stderr; `params` are the arguments
    of a definition such as f(x, y) = ..., in the order written.
    """

    text: str
    value: Any
    guessed: bool = False
    notes: tuple[str, ...] = ()
    params: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A named equation `of relation value`, for example "derivative": Diff(x**2, x) = 2*x.

    `of` is the left-hand side (a SymPy object, usually a head from `notation`), or None for a bare value. `relation`
    is "=" or "≈". A `lead` fact is shown before the answer, others after it. An `asked` fact is shown even where the answer
    is all that is shown, on a line of its own before it. `numeric` is a decimal string, shown behind a long exact value.
    """

    name: str
    value: Value
    of: Basic | None = None
    relation: str = "="
    lead: bool = False
    numeric: str | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One stationary point: coordinates, value of the objective, multipliers, kind ("minimum", "maximum", "saddle",
    "" when not known), and the same numbers in decimals by name ("x", "value", "lambda1")."""

    at: Mapping[Symbol, Any]
    value: Any
    multipliers: Mapping[Symbol, Any]
    kind: str
    numeric: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Extremum:
    """What is known about the global extremum on a `side`, "minimum" or "maximum", and why.

    `status` is "attained" (the `value`, at the listed `points`, counted from 0, and at `places` in words), "none" or
    "undecided".
    """

    side: str
    status: str = "undecided"
    value: Any = None
    points: tuple[int, ...] = ()
    places: tuple[Phrase, ...] = ()
    reason: Phrase = ""

    def __str__(self) -> str:
        """One sentence in plain text."""
        from symcalc.formats._extrema import extremum_sentence
        from symcalc.formats._plainprinter import plain

        return extremum_sentence(self, plain)


@dataclass(frozen=True, slots=True)
class Family:
    """Stationary points that are not isolated: all that is known in words, `where` they are, the value of the objective on all
    of them and some of them, where these are known, and the inequalities (their positions) that are active on them."""

    words: Phrase
    where: Phrase = ""
    value: Any = None
    samples: tuple[Mapping[Symbol, Any], ...] = ()
    active: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """A list of stationary points with its label, which says how complete it is and how one knows.

    `families` are the solution sets of positive dimension; `extrema` maps "minimum" and
    "maximum" to what is known about the global extremum; `qualification` says whether the gradients of the constraints are
    independent; `notes` say what was left out, rewritten or not examined.
    """

    points: tuple[Point, ...]
    label: str
    families: tuple[Family, ...] = ()
    extrema: Mapping[str, Extremum] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    qualification: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """`above` uses `below` directly; `of` is the derivative on the edge and `factor` its value, None when it is abstract."""

    above: Symbol
    below: Symbol
    of: Basic
    factor: Any = None


@dataclass(frozen=True, slots=True)
class Dependencies:
    """A graph of definitions: the quantities that no other uses, and the edges, those of one quantity together.

    `form` is how it is written: "tree" as lines on a screen, or in the language "dot", "mermaid" or "tikz".
    """

    tops: tuple[Symbol, ...]
    edges: tuple[Edge, ...]
    form: str = "tree"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values below the names of their columns. A table among the facts of a result tells its steps where it is drawn."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether what was asked for exists: `status` is "exists" or "differentiable" where it does, else what is there instead,
    such as "corner", "does not exist" or "undecided".

    `left` and `right` are one-sided values, or what there is in place of one ("oscillates", "undefined"). `subdifferential` is
    a set written out, `witness` shows why not, `reason` is a sentence, `certainty` says how one knows.
    """

    status: str
    value: Any = None
    left: Any = None
    right: Any = None
    subdifferential: Phrase | None = None
    witness: Phrase | None = None
    reason: Phrase = ""
    certainty: str = ""

    @property
    def denies(self) -> bool:
        """Whether there is no answer."""
        return self.status not in ("exists", "differentiable")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a derivation: `before` relation `after`, and `rule` says why. `substeps` justify the parts, and are shown
    below the line when it is `nested`; `where` names the inner functions of a chain rule.

    Consecutive steps of which each begins where the last one ended are one derivation.
    """

    rule: str
    before: Basic
    after: Any
    relation: str = "="
    substeps: tuple[Step, ...] = ()
    where: tuple[tuple[Symbol, Basic], ...] = ()
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What an answer asserts about its input, in a form that numbers can judge (`calculus.check`).

    `kind` names the judge: "derivative" (value = the partial derivatives of `function` in `orders`), "implicit" (the same of
    what `function` = 0 makes of the one variable), "gradient" (a column), "jacobian" (of a column), "hessian", "taylor",
    "stationary", "limit" (of a function of a positive name at 0), "value". `function` is the input as parsed, before any rule
    of ours touched it. `orders` are (variable, order) pairs. `point` maps variables to values. `constraints` are expressions
    that vanish.
    """

    kind: str
    function: Any
    value: Any
    variables: tuple[Symbol, ...] = ()
    orders: tuple[tuple[Symbol, int], ...] = ()
    point: Mapping[Symbol, Any] | None = None
    degree: int = 0
    constraints: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """How the answer agreed with numbers: `points` points tried, the largest relative error; 0 points: not checked."""

    points: int
    max_relative_error: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """What a command returns and a format renders. Where the `verdict` denies that there is an answer, the value of `answer`
    says so in words."""

    answer: Fact
    facts: tuple[Fact, ...] = ()
    steps: tuple[Step, ...] = ()
    notes: tuple[Phrase, ...] = ()
    sources: tuple[Source, ...] = ()
    variables: tuple[Symbol, ...] = ()
    claims: tuple[Claim, ...] = ()
    check: Check | None = None
    command: str = ""
    verdict: Verdict | None = None

    @property
    def drawn_steps(self) -> tuple[Step, ...]:
        """The steps that are to be drawn as lines: none where a table tells them."""
        return () if any(isinstance(fact.value, Table) for fact in self.facts) else self.steps

    @property
    def definitions(self) -> tuple[Fact, ...]:
        """The facts that explain functions in the answer."""
        return tuple(fact for fact in self.facts if fact.name == "where")

    @property
    def denied(self) -> bool:
        return self.verdict is not None and self.verdict.denies

    def __str__(self) -> str:
        """The plain form, one line that symcalc reads back; the verdict in words where there is no answer."""
        from symcalc.formats import plain
        from symcalc.formats._verdict import sentence

        return sentence(self, Page()) if self.denied else plain.render(self, Page())

    def _repr_latex_(self) -> str | None:
        """Notebooks show the answer as display mathematics; where there is none, its text."""
        from symcalc.formats import latex

        if self.denied:
            return None
        return latex.render(self, Page(wrap="display"))
