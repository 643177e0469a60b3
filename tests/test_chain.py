"""The chain rule on random acyclic graphs against direct differentiation of the substituted formula."""

from __future__ import annotations

import json
import random
import shutil
import subprocess

import pytest
from judge import equal_in_value
from mpmath import diff, mpf, workdps
from sympy import Symbol, lambdify

from symcalc import SymcalcError, answer
from symcalc.calculus import chain as rules
from symcalc.calculus import chainrules as further
from symcalc.cli import understand
from symcalc.formats import json as json_format
from symcalc.formats import latex
from symcalc.formats._dependencies import code
from symcalc.notation import Leibniz, lower
from symcalc.parse import parse_expression
from symcalc.reply import Place, reply_to
from symcalc.result import Dependencies, Edge, Page

SHAPES = [
    "{u}*{v}",
    "{u}+2*{v}",
    "sin({u})*{v}",
    "{u}^2+{v}",
    "exp({u}/5)",
    "{u}/(1+{v}^2)",
    "tanh({u})",
    "1/(1+exp(-{u}))",
    "{u}^2",
]


def graph(rng):
    """One to eight definitions n1, n2, ..., out on the leaves x, y, each using earlier names; `out` uses all that are unused."""
    names, texts, unused = ["x", "y"], [], []
    for i in range(1, rng.randint(1, 8)):
        u, v = rng.choice(names), rng.choice(names)
        text = rng.choice(SHAPES).format(u=u, v=v)
        unused = [n for n in unused if n not in (u if u in text else None, v if v in text else None)]
        names.append(f"n{i}")
        unused.append(f"n{i}")
        texts.append((f"n{i}", text))
    texts.append(("out", " + ".join([*unused, "x"])))
    return texts


GRAPHS = [graph(random.Random(seed)) for seed in range(300)]
X, Y = Symbol("x", real=True), Symbol("y", real=True)


def built(texts):
    """The graph of calculus, and the formulas by name, in order."""
    formulas = {Symbol(name, real=True): parse_expression(text).value for name, text in texts}
    return rules.graph(rules.node(n, None, f, formulas) for n, f in formulas.items()), formulas


def through(formulas):
    """The function of x and y that the definitions make, put one into the other, in mpmath: it gives every quantity."""
    compiled = [(n, lambdify([X, Y, *list(formulas)[:i]], lower(f), "mpmath")) for i, (n, f) in enumerate(formulas.items())]

    def values(x, y):
        found = [x, y]
        for _, function in compiled:
            found.append(function(*found))
        return dict(zip([X, Y, *formulas], found, strict=True))

    return values


PLACES = [(mpf(3) / 7, mpf(-2) / 5), (mpf(-4) / 3, mpf(5) / 4)]


def agrees(expression, formulas, orders):
    """Whether an expression in the quantities has the value, at two places, of the derivative of the last quantity, taken by
    differences of the whole function."""
    values, (*_, out) = through(formulas), formulas
    function = lambdify([X, Y, *formulas], lower(expression.doit()), "mpmath")
    with workdps(40):
        for place in PLACES:
            expected = diff(lambda x, y: values(x, y)[out], place, orders)
            if abs(function(*values(*place).values()) - expected) > mpf(10) ** -12 * (1 + abs(expected)):
                return False
    return True


def test_the_random_graphs_are_of_every_size_with_shared_quantities():
    assert {len(texts) for texts in GRAPHS} == set(range(1, 9))
    shared = [texts for texts in GRAPHS if any(sum(n in t for _, t in texts) > 1 for n, _ in texts)]
    assert len(shared) > 100


@pytest.mark.parametrize("start", range(0, 300, 50))
def test_random_graphs_agree_with_direct_differentiation(start):
    """Every line that is shown: factors, paths, adjoints, and the derivative."""
    for texts in GRAPHS[start : start + 50]:
        g, formulas = built(texts)
        out = g.outputs[0]
        assert agrees(rules.total_derivative(g, out, X), formulas, (1, 0)), texts
        assert agrees(rules.factors(g, out, X), formulas, (1, 0)), texts
        assert further.count_paths(g, out, X) == len(further.paths(g, out, X))
        if further.count_paths(g, out, X) <= 8:
            assert agrees(further.path_factors(g, out, X), formulas, (1, 0)), texts
        found = {}
        for head, _, values in further.adjoints(g, out, [X]):
            found[head] = values.doit().xreplace(found)
        assert agrees(found.get(rules.leibniz(g, out, X, total=True)), formulas, (1, 0)), texts


@pytest.mark.parametrize("start", range(0, 300, 50))
def test_random_graphs_of_second_order(start):
    for texts in GRAPHS[start : start + 50 : 3]:
        g, formulas = built(texts)
        out = g.outputs[0]
        for v, orders in ((X, (2, 0)), (Y, (1, 1))):
            if g.reaches(out, v):
                assert agrees(further.second_derivative(g, out, X, v), formulas, orders), texts
                assert agrees(further.second_factors(g, out, X, v), formulas, orders), texts


@pytest.mark.parametrize("seed", [s for s in range(100) if len(GRAPHS[s]) <= 4][:12])
def test_random_graphs_through_the_command(seed):
    definitions, formulas = [f"{n} = {t}" for n, t in GRAPHS[seed]], built(GRAPHS[seed])[1]
    first = answer("chain", *definitions, wrt="x", steps=True)
    assert agrees(first.answer.value, formulas, (1, 0))
    assert first.check.points > 0
    assert first.steps[-1].after == first.answer.value
    assert answer("chain", *definitions, wrt="x", backprop=True).answer == first.answer
    second = answer("chain", *definitions, wrt="x,x")
    assert agrees(second.answer.value, formulas, (2, 0))
    assert second.check.points > 0


@pytest.mark.parametrize(
    ("definitions", "functions"),
    [
        (["w(u,v)", "u(x,y)", "v(x,y)"], {"w": "sin(u)*v^2", "u": "x*y^2", "v": "x+exp(y)"}),
        (["w(u,x)", "u(x,y)"], {"w": "sin(u)*x^2", "u": "x*y^2"}),
        (["w(u)", "u(v)", "v(x,y)"], {"w": "u^3", "u": "sin(v)", "v": "x^2*y"}),
        (["w(u)", "u(v)", "v(s)", "s(x,y)"], {"w": "u^3", "u": "sin(v)", "v": "s^2", "s": "x*y^2"}),
        (["w(u,v,x)", "u(x,v)", "v(x,y)"], {"w": "u*v^2+x^2*u", "u": "sin(v)*x", "v": "x^2*y"}),
    ],
)
@pytest.mark.parametrize("pair", ["x,x", "x,y", "y,x"])
def test_abstract_rules_of_second_order_hold_for_functions(definitions, functions, pair):
    """The printed rules, level by level, with every symbol replaced by a derivative of known functions."""
    result = answer("chain", *definitions, wrt=pair, order=2)
    g, formulas = built(list(reversed(functions.items())))

    rules_shown = [(fact.of, fact.value) for fact in (*result.facts, result.answer) if isinstance(fact.of, Leibniz)]
    whole = result.answer.value
    for _ in range(4):
        whole = whole.xreplace({of: value for of, value in rules_shown if of != result.answer.of})
    shown = whole.xreplace({h: partial_or_total(g, h, rules_shown) for h in whole.atoms(Leibniz)})
    assert agrees(shown, formulas, (2, 0) if pair == "x,x" else (1, 1))


def partial_or_total(g, head, shown):
    """What a symbol without a rule of its own stands for: a partial derivative by direct arguments."""
    assert head not in [of for of, _ in shown]
    return rules.substituted(g, g.nodes[head.args[0]].formula.diff(*head.orders))


def test_the_derivative_with_respect_to_an_inner_node():
    result = answer("chain", "L=(y-a)^2", "a=sigmoid(z)", "z=w*x+b", wrt="z")
    assert equal_in_value(result.answer.value, parse_expression("2*(sigmoid(z)-y)*sigmoid(z)*(1-sigmoid(z))").value)
    assert result.check.points > 0


def test_unknown_functions_inside_a_concrete_graph():
    result = answer("chain", "y = f(u)", "u = x^2", wrt="x")
    assert str(result) == "2*x*f'(x**2)"
    assert result.check.points > 0


def test_definitions_in_one_argument():
    assert str(answer("chain", "z = u*v; u = x^2; v = 3*x", wrt="x")) == "9*x**2"


def test_definitions_in_one_argument_of_the_command_line():
    call = understand(["chain", "y = u^2; u = 3*x"], Place(Page(), "plain", ()))
    assert reply_to(call, Place(Page(), "plain", ())).text == "18*x"


def test_all_leaves_when_there_are_few():
    assert str(answer("chain", "z = u*v", "u = x", "v = y")) == "[y, x]"


@pytest.mark.parametrize(
    ("definitions", "wrt", "sentence"),
    [
        (["y = x", "x = y"], "x", "circular: y → x → y"),
        (["y = x", "y = 2*x"], "x", "y is defined twice"),
        (["y = x", "z = t"], "x", "No definition uses y, z"),
        (["y = x"], "q", "no definition uses q"),
        (["y = a*b*c*x"], None, "with respect to which"),
        (["y = [x, 2*x]"], "x", "y is a vector"),
        (["y = x +"], "x", "incomplete"),
    ],
)
def test_errors_name_the_culprit(definitions, wrt, sentence):
    with pytest.raises(SymcalcError, match=sentence) as caught:
        answer("chain", *definitions, wrt=wrt)
    assert caught.value.exit == 2


# --- screens ---------------------------------------------------------------------------------------------------------


def test_a_variable_given_twice_is_the_second_derivative():
    assert str(answer("chain", "y = u^2", "u = sin(x)", wrt="x,x")) == str(
        answer("chain", "y = u^2", "u = sin(x)", wrt="x", order=2)
    )


def test_several_outputs_are_the_rows_of_a_matrix():
    result = answer("chain", "y = u^2+v", "z = u*v", "u = s*t", "v = s+t")
    direct = [parse_expression(t).value for t in ("s^2*t^2+s+t", "s*t*(s+t)")]
    assert result.answer.value.shape == (2, 2)
    for i, j in ((0, 0), (0, 1), (1, 0), (1, 1)):
        assert equal_in_value(result.answer.value[i, j], direct[i].diff(result.variables[j]))
    assert result.check.points > 0


def test_over_more_than_eight_paths_level_by_level():
    two_by_two = ["y = a*b", "a = c*d", "b = c+d", "c = p*q", "d = p+q", "p = 2*x"]
    four, eight, sixteen = (
        [*two_by_two[:3], "c = x", "d = x"],
        [*two_by_two, "q = x"],
        [*two_by_two, "q = g+h", "g = x^2", "h = x"],
    )
    shown = [[f.name for f in answer("chain", *definitions, wrt="x").facts] for definitions in (four, eight, sixteen)]
    assert ["paths" in names for names in shown] == [True, True, False]


def test_every_quantity_has_one_adjoint_after_all_that_use_it():
    result = answer("chain", "L = o1^2+o2^2", "o1 = h1*h2", "o2 = h1+h2", "h1 = w*x", "h2 = w+x", wrt="w", backprop=True)
    seen = list(dict.fromkeys(str(f.of.args[0]) + " " + str(f.of.orders[0][0]) for f in result.facts if f.name == "adjoint"))
    assert seen[-1] == "L w"
    assert sorted(seen[:2]) == ["L o1", "L o2"]
    assert sorted(seen[2:4]) == ["L h1", "L h2"]


def test_an_abstract_rule_over_paths_is_shown_once():
    result = answer("chain", "w(u,v)", "u(s)", "v(s)", "s(x)", wrt="x")
    shown = [(f.of, f.value) for f in (*result.facts, result.answer) if f.of is not None]
    assert len(shown) == len(set(shown))


def test_backpropagation_is_of_first_order():
    with pytest.raises(SymcalcError, match="first derivatives"):
        answer("chain", "y = u^2", "u = 3*x", wrt="x,x", backprop=True)


# --- graphs ----------------------------------------------------------------------------------------------------------


def graph_text(form, *definitions):
    return str(answer("chain", *definitions, form=form))


def test_names_are_escaped_in_each_language_of_graphs():
    edge = Edge(Symbol('a"b\\'), Symbol("x|<y>"), Leibniz(Symbol("a"), (Symbol("x"), 1), partial=False))
    graph_of = {form: code(Dependencies((edge.above,), (edge,), form)) for form in ("dot", "mermaid", "tikz")}
    assert '"a\\"b\\\\"' in graph_of["dot"]
    assert "|<" not in graph_of["mermaid"]
    assert '"b' not in graph_of["mermaid"]
    assert "&" not in graph_of["tikz"]


@pytest.mark.skipif(shutil.which("dot") is None, reason="graphviz is not installed")
def test_graphviz_reads_the_graph():
    text = graph_text("dot", "L = (a-y)^2", "a = sigmoid(z)", "z = w*x+b")
    drawn = subprocess.run(["dot", "-Tplain"], input=text, capture_output=True, text=True, check=True).stdout
    assert sum(row.startswith("edge ") for row in drawn.splitlines()) == 6


def has_tikz() -> bool:
    finder = shutil.which("kpsewhich")
    return finder is not None and subprocess.run([finder, "tikz.sty"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not has_tikz(), reason="TikZ is not installed")
def test_tikz_compiles(tmp_path):
    result = answer("chain", "L = o1^2+o2^2", "o1 = h1*h2", "o2 = h1+h2+w", "h1 = w*x", "h2 = w+x", form="tikz")
    (tmp_path / "graph.tex").write_text(latex.render(result, Page(wrap="document")), "utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "graph.tex"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0


def test_the_graph_is_data_in_json():
    shown = json.loads(json_format.render(answer("chain", "y = u*v", "u = x^2", "v(x)", wrt="x", steps=True), Page()))
    assert shown["graph"]["nodes"] == ["y", "u", "v", "x"]
    assert [(e["from"], e["to"], e["factor"]) for e in shown["graph"]["edges"]] == [
        ("y", "u", "v"),
        ("y", "v", "u"),
        ("v", "x", None),
        ("u", "x", "2*x"),
    ]
    assert shown["steps"][0]["rule"] == "chain rule"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"form": "matrix", "wrt": "x"}, "--wrt cannot be used with --form matrix"),
        ({"form": "matrix", "order": 2}, "--order cannot be used with --form matrix"),
        ({"form": "matrix", "backprop": True}, "--backprop cannot be used with --form matrix"),
        ({"form": "dot", "backprop": True}, "--backprop cannot be used with --form dot"),
    ],
)
def test_no_option_is_left_out_in_silence(options, sentence):
    with pytest.raises(SymcalcError, match=sentence):
        answer("chain", "f(u,v) = [u*v, u+v]", "g(x,y) = [x*y, x-y]", **options)
