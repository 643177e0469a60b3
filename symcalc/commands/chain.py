"""Chain rule on any acyclic set of definitions, concrete or abstract.

symcalc chain "C = u^2+v^2" "u = a*x+b*y" "v = p*x+q*y" --wrt x,y
symcalc chain "u(x,y,z)" "x(a,b)" "y(a,b)" "z(a,b)" --wrt a,b
symcalc chain "L = (a-y)^2/2" "a = sigmoid(z)" "z = w*h+b" "h = tanh(v*x)" --wrt w,v --backprop
symcalc chain "y(u,v)" "u(x)" "v(x)" --wrt x,x
symcalc chain "f(u,v) = [u*v, u+v]" "g(x,y) = [x*y, x-y]" --form matrix
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sympy import Expr, ImmutableMatrix, Symbol, Tuple

from symcalc.calculus import chain as rules
from symcalc.calculus import chainrules as further
from symcalc.calculus.tidy import tidy
from symcalc.commands._composition import matrix_form
from symcalc.commands._inputs import names_in, one_of, where
from symcalc.errors import SymcalcError
from symcalc.notation import DerivativeMatrix, Leibniz, NamedJacobian, natural_order
from symcalc.options import FORMS, Backprop, Definitions, Form, Order, Steps, Wrt
from symcalc.parse import DEFAULT, Reading, parse_definition, parse_variables, statements
from symcalc.parse.definitions import Definition
from symcalc.result import Claim, Dependencies, Fact, Result, Step

MAX_LEAVES = 3
"""With more independent variables than this, --wrt must say which are meant."""

MAX_PATHS = 8
"""A derivative over more paths than this is written level by level only."""

GRAPHS = ("dot", "mermaid", "tikz")


def chain(
    *definitions: Definitions,
    wrt: Wrt = None,
    order: Order = 1,
    form: Form = "sum",
    backprop: Backprop = False,
    steps: Steps = None,
    reading: Reading = DEFAULT,
) -> Result:
    """The chain rule for the quantity that no other uses (several: the matrix of their derivatives), with respect to the
    `wrt` variables: dependencies, rule, factors put in, result in the independent variables. A variable given twice, or
    order=2, asks for the second derivative. form="matrix": D(f∘g) = Df(g)·Dg for two vector functions; "dot", "mermaid",
    "tikz": the graph. backprop: the derivative by every quantity, from the output back."""
    texts = [part for text in definitions for part in statements(text)]
    found = [parse_definition(text, reading, names_in([wrt])) for text in texts]
    given = {"--wrt": wrt is not None and form == "matrix", "--order": order > 1, "--backprop": backprop}
    if one_of("--form", form, FORMS) != "sum":
        _refuse(form, [option for option, is_given in given.items() if is_given])
    if form == "matrix":
        return matrix_form(found, reading)
    g = _graph(found, reading)
    sources = tuple(d.source for d in found)
    if form in GRAPHS:
        chosen = _wrt(g, wrt, reading) if wrt else g.leaves
        return Result(Fact("graph", _dependencies(g, chosen, form)), sources=sources, variables=chosen)
    xs = g.leaves if backprop and wrt is None else _wrt(g, wrt, reading)
    tops = _outputs(g, xs)
    if order > 1 or len(xs) > len(set(xs)):
        if backprop:
            raise SymcalcError("usage", "--backprop gives first derivatives", code="order", hint="leave out one of the two")
        parts, answer, claims = _second(g, tops, _pair(xs, order))
    else:
        parts, answer, claims = _first(g, tops, xs, backprop)
    facts, derivation = parts
    tree = Fact("dependencies", _dependencies(g, xs), lead=True)
    facts = ([tree] if steps or _deep(g) else []) + ([] if steps else facts)
    values = [d.value for d in found if d.value is not None]
    formulas = [n.formula for n in g.nodes.values() if n.formula is not None]
    facts += where(Tuple(*values), answer.value, Tuple(*formulas))
    shown = tuple(derivation) if steps else ()
    return Result(answer, tuple(facts), shown, (), sources, tuple(dict.fromkeys(xs)), tuple(claims))


Parts = tuple[list[Fact], list[Step]]


def _refuse(form: str, options: Sequence[str]) -> None:
    """Raise SymcalcError for options that have no meaning with this form: an answer would leave them out in silence."""
    if options:
        problem = f"{options[0]} cannot be used with --form {form}"
        raise SymcalcError("usage", problem, code="option-value", hint="leave out one of the two")


# --- the graph and what is asked about it ------------------------------------------------------------------------


def _graph(found: Sequence[Definition], reading: Reading) -> rules.Graph:
    """The graph of the definitions. Raises SymcalcError for a vector, a name defined twice, or a circle."""
    vector = next((d for d in found if isinstance(d.value, ImmutableMatrix)), None)
    if vector is not None:
        hint = "use --form matrix, or one definition for each component"
        raise _at_name(vector, f"{vector.name} is a vector", "vector", hint)
    for i, d in enumerate(found):
        if d.name in (other.name for other in found[:i]):
            raise _at_name(d, f"{d.name} is defined twice", "definitions", "give each name one definition")
    names = parse_variables([d.name for d in found], reading)
    return rules.graph(
        rules.node(name, None if d.params is None else parse_variables(d.params, reading), d.value, names)
        for name, d in zip(names, found, strict=True)
    )


def _at_name(d: Definition, problem: str, code: str, hint: str) -> SymcalcError:
    start = max(d.source.text.find(d.name), 0)
    return SymcalcError("usage", problem, code=code, text=d.source.text, span=(start, start + len(d.name)), hint=hint)


def _outputs(g: rules.Graph, xs: Sequence[Symbol]) -> tuple[Symbol, ...]:
    """The quantities that no other uses. Several must all depend on the variables, or else one may be a slip."""
    alone = next((y for y in g.outputs if len(g.outputs) > 1 and not any(g.reaches(y, x) for x in xs)), None)
    if alone is None:
        return g.outputs
    listed = ", ".join(map(str, g.outputs))
    raise SymcalcError(
        "usage",
        f"which quantity is to be differentiated? No definition uses {listed}",
        code="outputs",
        hint=f"{alone} does not depend on {', '.join(map(str, xs))}: leave its definition out, or use it in another",
    )


def _wrt(g: rules.Graph, wrt: str | None, reading: Reading) -> tuple[Symbol, ...]:
    """The variables asked for, repetitions kept, or all independent variables when there are few."""
    if wrt is None:
        if len(g.leaves) > MAX_LEAVES:
            listed = ", ".join(map(str, g.leaves))
            raise SymcalcError(
                "usage", f"with respect to which of {listed}?", code="missing-variable", hint="name them: --wrt x,y"
            )
        return g.leaves
    chosen = parse_variables([wrt], reading)
    for x in chosen:
        if x not in g.leaves and x not in g.nodes:
            listed = ", ".join(map(str, natural_order(g.leaves)))
            raise SymcalcError(
                "usage", f"no definition uses {x}", code="unknown-variable", hint=f"the independent variables are {listed}"
            )
    return chosen


def _pair(xs: tuple[Symbol, ...], order: int) -> tuple[Symbol, Symbol]:
    """The two variables of a second derivative. Raises SymcalcError for another order, or for more variables."""
    if order > 2 or len(xs) > 2 or (order == 1 and len(xs) != 2):
        raise SymcalcError(
            "usage",
            "the chain rule is given up to order 2",
            code="order",
            hint="--wrt x,x is the second derivative; --wrt x,y --order 2 the mixed one",
        )
    return xs[0], xs[-1]


def _down_to(g: rules.Graph, *xs: Symbol) -> rules.Graph:
    """The graph with the xs as independent variables, also where they have definitions of their own."""
    return rules.graph(node for node in g.nodes.values() if node.name not in xs) if any(x in g.nodes for x in xs) else g


def _dependencies(g: rules.Graph, xs: Sequence[Symbol], form: str = "tree") -> Dependencies:
    """The graph down to the variables asked for."""
    g = _down_to(g, *xs)
    edges = tuple(e for e in rules.edges(g) if any(g.reaches(e.below, x) for x in xs))
    return Dependencies(g.outputs, edges, form)


def _deep(g: rules.Graph) -> bool:
    """Whether an intermediate quantity uses another."""
    used = {a for n in g.outputs for a in g.arguments(n)}
    return any(a in g.nodes for n in used for a in g.arguments(n))


# --- first order -------------------------------------------------------------------------------------------------


def _first(g: rules.Graph, tops: Sequence[Symbol], xs: Sequence[Symbol], backprop: bool) -> tuple[Parts, Fact, list[Claim]]:
    """What leads to the first derivatives, the answer, and what it claims."""
    facts: list[Fact] = []
    steps: list[Step] = []
    rows: list[list[Expr]] = []
    claims: list[Claim] = []
    concrete = not any(n.formula is None for n in g.nodes.values())
    for top in tops:
        rows.append([])
        for x in xs:
            below = _down_to(g, x)
            lead, total, lines = _one(below, top, x)
            facts += lead
            steps += lines
            rows[-1].append(total)
            claims += [Claim("derivative", rules.composed(below, top), total, orders=((x, 1),))] if concrete else []
        if backprop:
            facts, steps = _backwards(g, top, xs)
    heads = [rules.leibniz(g, tops[0], x, total=True) for x in xs]
    if len(tops) > 1:
        return (facts, steps), Fact("total derivatives", ImmutableMatrix(rows), of=NamedJacobian(tops, xs)), claims
    if len(xs) == 1:
        return (facts, steps), Fact("total derivative", rows[0][0], of=heads[0]), claims
    return (facts, steps), Fact("total derivatives", ImmutableMatrix(rows[0]), of=DerivativeMatrix(tops[0], heads)), claims


def _one(g: rules.Graph, top: Symbol, x: Symbol) -> tuple[list[Fact], Expr, list[Step]]:
    """The rule and its factors as facts, the derivative in the independent variables (the rule itself when a quantity is
    abstract), and the same as steps."""
    head, rule = rules.leibniz(g, top, x, total=True), rules.rule(g, top, x)
    factors, inner = rules.factors(g, top, x), rules.inner_rules(g, top, x)
    lines = [("chain rule", rule)]
    if inner and further.count_paths(g, top, x) <= MAX_PATHS:
        lines.append(("over all paths", further.path_rule(g, top, x)))
        factors = factors and further.path_factors(g, top, x)
    if factors is None:
        return _told(head, lines, inner, None)
    total = tidy(rules.substituted(g, rules.total_derivative(g, top, x)))
    return _told(head, [*lines, ("factors put in", factors)], inner, total)


def _told(
    head: Leibniz, lines: list[tuple[str, Expr]], inner: Sequence[tuple[Leibniz, Expr]], total: Expr | None
) -> tuple[list[Fact], Expr, list[Step]]:
    """The rule and what became of it, as facts and as steps; the answer is `total`, or the first line when it is None."""
    names = {"chain rule": "rule", "over all paths": "paths", "factors put in": "factors"}
    if total is not None:  # on one level the rule says nothing, and its only factor is the answer
        lines = [(why, value) for why, value in lines if value.doit() not in (head, total)]
    known = [Fact(names[why], value, of=head, lead=True) for why, value in lines]
    first, more = known[:1], known[1:]
    below = [Fact("inner rule", value, of=of, lead=total is not None or bool(more)) for of, value in inner]
    steps = [Step("chain rule", of, value) for of, value in reversed(inner)]
    told = [*lines, ("in the independent variables", total)] if total is not None else lines[:1]
    for before, (why, after) in pairwise([("", head), *told]):
        if before[1] != after:
            steps.append(Step(why, before[1], after))
    if total is None:
        return ([*first, *below] if more else below), lines[-1][1], [*steps, *_by_paths(lines)]
    return [*first, *below, *more], total, steps


def _by_paths(lines: list[tuple[str, Expr]]) -> list[Step]:
    return [Step(why, before, after) for (_, before), (why, after) in pairwise(lines)]


def _backwards(g: rules.Graph, top: Symbol, xs: Sequence[Symbol]) -> Parts:
    """The derivative by every quantity on the way to the xs, each after all that use it."""
    facts: list[Fact] = []
    steps: list[Step] = []
    for head, rule, values in further.adjoints(g, top, xs):
        if rule.args != (head,):
            facts.append(Fact("adjoint", rule, of=head, lead=True))
            steps.append(Step("chain rule", head, rule))
        if values is not None:
            facts.append(Fact("adjoint", values, of=head, lead=True))
            steps.append(Step("factors put in", steps[-1].after if rule.args != (head,) else head, values))
    return facts, steps


# --- second order ------------------------------------------------------------------------------------------------


def _second(g: rules.Graph, tops: Sequence[Symbol], pair: tuple[Symbol, Symbol]) -> tuple[Parts, Fact, list[Claim]]:
    """What leads to the second derivative by the two variables, the answer, and what it claims."""
    if len(tops) > 1:
        listed = ", ".join(map(str, tops))
        raise SymcalcError("usage", f"one output is needed for second derivatives, not {listed}", code="outputs")
    x, y = pair
    g, top = _down_to(g, x, y), tops[0]
    head, rule = further.second_head(g, top, x, y, total=True), further.second_rule(g, top, x, y)
    factors, inner = further.second_factors(g, top, x, y), further.second_inner_rules(g, top, x, y)
    inner += [one for v in dict.fromkeys(pair) for one in rules.rules_below(g, top, v)]
    if factors is None:
        facts, answer, steps = _told(head, [("chain rule", rule)], inner, None)
        return (facts, steps), Fact("second derivative", answer, of=head), []
    total = tidy(rules.substituted(g, further.second_derivative(g, top, x, y)))
    facts, answer, steps = _told(head, [("chain rule", rule), ("factors put in", factors)], inner, total)
    orders = ((x, 2),) if x == y else ((x, 1), (y, 1))
    claim = Claim("derivative", rules.composed(g, top), answer, orders=orders)
    return (facts, steps), Fact("second derivative", answer, of=head), [claim]
