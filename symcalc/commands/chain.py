"""Chain rule on any acyclic set of definitions, concrete or abstract.

symcalc chain "C = u^2+v^2" "u = a*x+b*y" "v = p*x+q*y" --wrt x,y
symcalc chain "u(x,y,z)" "x(a,b)" "y(a,b)" "z(a,b)" --wrt a,b
symcalc chain "f(u,v) = [u*v, u+v]" "g(x,y) = [x*y, x-y]" --form matrix
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, ImmutableMatrix, Symbol, Tuple

from symcalc.calculus import chain as rules
from symcalc.calculus.fields import jacobian
from symcalc.calculus.tidy import tidy
from symcalc.commands._inputs import names_in, one_of, where
from symcalc.errors import SymcalcError
from symcalc.notation import DerivativeMatrix, MatrixOfDerivatives, natural_order
from symcalc.options import Definitions, Form, Wrt
from symcalc.parse import DEFAULT, Reading, parse_definition, parse_variables, statements
from symcalc.parse.definitions import Definition
from symcalc.result import Claim, Fact, Result

MAX_LEAVES = 3
"""With more independent variables than this, --wrt must say which are meant."""


def chain(*definitions: Definitions, wrt: Wrt = None, form: Form = "sum", reading: Reading = DEFAULT) -> Result:
    """The chain rule for the one quantity that no other uses, with respect to the `wrt` variables: rule, factors put in,
    result in the independent variables. With form="matrix": D(f∘g) = Df(g)·Dg for two vector functions."""
    texts = [part for text in definitions for part in statements(text)]
    found = [parse_definition(text, reading, names_in([wrt])) for text in texts]
    if one_of("--form", form, ("sum", "matrix")) == "matrix":
        return _matrix_form(found, reading)
    vector = next((d for d in found if isinstance(d.value, ImmutableMatrix)), None)
    if vector is not None:
        raise SymcalcError(
            "usage", f"{vector.name} is a vector", code="vector", hint="use --form matrix, or one definition for each component"
        )
    names = parse_variables([d.name for d in found], reading)
    nodes = [
        rules.node(name, None if d.params is None else parse_variables(d.params, reading), d.value, names)
        for name, d in zip(names, found, strict=True)
    ]
    g = rules.graph(nodes)
    top, xs = _output(g), _wrt(g, wrt, reading)
    facts: list[Fact] = []
    totals = []
    for x in xs:
        steps, total = _one(_down_to(g, x), top, x)
        facts += steps
        totals.append(total)
    sources = tuple(d.source for d in found)
    if len(xs) == 1:
        answer = Fact("total derivative", totals[0], of=rules.leibniz(g, top, xs[0], total=True))
    else:
        heads = [rules.leibniz(g, top, x, total=True) for x in xs]
        answer = Fact("total derivatives", ImmutableMatrix(totals), of=DerivativeMatrix(top, heads))
    claims = [
        Claim("derivative", rules.composed(_down_to(g, x), top), total, orders=((x, 1),))
        for x, total in zip(xs, totals, strict=True)
        if not any(n.formula is None for n in nodes)
    ]
    seen = Tuple(*(n.formula for n in nodes if n.formula is not None))
    given = Tuple(*(d.value for d in found if d.value is not None))
    facts += where(given, Tuple(*totals), seen)
    return Result(answer, tuple(facts), (), (), sources, xs, tuple(claims))


def _down_to(g: rules.Graph, x: Symbol) -> rules.Graph:
    """The graph with x as an independent variable, also where x has a definition of its own."""
    return rules.graph(node for node in g.nodes.values() if node.name != x) if x in g.nodes else g


def _one(g: rules.Graph, top: Symbol, x: Symbol) -> tuple[list[Fact], Expr]:
    """The rule and its factors as facts, and the derivative in the independent variables (the rule itself when a
    quantity is abstract)."""
    head = rules.leibniz(g, top, x, total=True)
    rule = rules.rule(g, top, x)
    factors = rules.factors(g, top, x)
    inner = [Fact("inner rule", right, of=of, lead=factors is not None) for of, right in rules.inner_rules(g, top, x)]
    if factors is None:
        return inner, rule
    facts = [Fact("rule", rule, of=head, lead=True), *inner, Fact("factors", factors, of=head, lead=True)]
    return facts, tidy(rules.substituted(g, rules.total_derivative(g, top, x)))


def _output(g: rules.Graph) -> Symbol:
    if len(g.outputs) == 1:
        return g.outputs[0]
    listed = ", ".join(map(str, g.outputs))
    raise SymcalcError(
        "usage",
        f"which quantity is to be differentiated? No definition uses {listed}",
        code="outputs",
        hint="every name but one must occur in another definition",
    )


def _wrt(g: rules.Graph, wrt: str | None, reading: Reading) -> tuple[Symbol, ...]:
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
    return tuple(dict.fromkeys(chosen))


def _matrix_form(found: Sequence[Definition], reading: Reading) -> Result:
    """D(f∘g) = Df(g)·Dg from "f(u,v) = [...]" and "g(x,y) = [...]"."""
    if len(found) != 2 or any(d.params is None or d.value is None for d in found):
        raise SymcalcError(
            "usage",
            "the matrix form needs two functions with their variables",
            code="definitions",
            hint='symcalc chain "f(u,v) = [u*v, u+v]" "g(x,y) = [x*y, x-y]" --form matrix',
        )
    outer, inner = found
    f, h = (ImmutableMatrix([d.value]) if not isinstance(d.value, ImmutableMatrix) else d.value for d in found)
    us, xs = (parse_variables(d.params or (), reading) for d in found)
    if len(us) != h.rows:
        raise SymcalcError(
            "shape",
            f"{outer.name} takes {len(us)} values but {inner.name} gives {h.rows}",
            code="arity",
            hint=f"give {inner.name} {len(us)} components",
        )
    df, dh = jacobian(f, us), jacobian(h, xs)
    put_in = dict(zip(us, h, strict=True))
    at_inner = df.xreplace(put_in)
    product = tidy(at_inner * dh)
    names = (outer.name, inner.name)
    facts = (
        Fact(f"D{names[0]}", df, of=MatrixOfDerivatives(Symbol(names[0])), lead=True),
        Fact(f"D{names[1]}", dh, of=MatrixOfDerivatives(Symbol(names[1])), lead=True),
        Fact(f"D{names[0]} at {names[1]}", tidy(at_inner), of=MatrixOfDerivatives(Symbol(names[0]), Symbol(names[1])), lead=True),
    )
    answer = Fact("product", product, of=MatrixOfDerivatives(Symbol(f"{names[0]}∘{names[1]}")))
    claim = Claim("jacobian", f.xreplace(put_in), product, xs)
    return Result(answer, facts, (), (), tuple(d.source for d in found), xs, (claim,))
