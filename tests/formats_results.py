"""Results of every sort, made by hand, that the tests of the formats share."""

from __future__ import annotations

from dataclasses import replace

from sympy import (
    Eq,
    Float,
    Function,
    ImmutableMatrix,
    Integer,
    Mul,
    Rational,
    Symbol,
    Tuple,
    cos,
    exp,
    expand,
    log,
    sin,
    sqrt,
    symbols,
)

from symcalc.notation import (
    AtPoint,
    Diff,
    HessianMatrix,
    JacobianMatrix,
    Leibniz,
    Nabla,
    OrderedProduct,
    OrderedSum,
    Primed,
    Remainder,
    sigmoid,
)
from symcalc.result import Check, Extremum, Fact, Family, Point, Points, Result, Source, Step

a, b, u, w, x, y, z = symbols("a b u w x y z", real=True)
x1, x2, lam = symbols("x1 x2 lambda1", real=True)
C, L = symbols("C L", real=True)

DIFF = Result(
    Fact("derivative", x**2 * cos(x) + 2 * x * sin(x), of=Diff(x**2 * sin(x), (x, 1))),
    sources=(Source("x^2*sin(x)", x**2 * sin(x)),),
    variables=(x,),
    command="diff",
    check=Check(5, 3e-31),
)
DERIVED = replace(
    DIFF,
    steps=(
        Step(
            "product rule",
            Diff(x**2 * sin(x), (x, 1)),
            x**2 * cos(x) + 2 * x * sin(x),
            substeps=(Step("power rule", Diff(x**2, (x, 1)), 2 * x),),
        ),
    ),
)
GRADIENT = Result(
    Fact("gradient", ImmutableMatrix([6 * x1, 10 * x2 * exp(x2**2)]), of=Nabla(3 * x1**2 + 5 * exp(x2**2), (x1, x2))),
    sources=(Source("3*x1**2+5*exp(x2**2)", 3 * x1**2 + 5 * exp(x2**2)),),
    variables=(x1, x2),
    command="grad",
    check=Check(5, 3e-31),
)
_FIELD = Nabla(x**2 * y + sin(y), (x, y))
GRADIENT_AT = Result(
    Fact("gradient", ImmutableMatrix([2 * x * y, x**2 + cos(y)]), of=_FIELD),
    facts=(
        Fact("gradient at the point", ImmutableMatrix([0, 2]), of=AtPoint(_FIELD, (x, 1), (y, 0))),
        Fact("norm", Integer(2), of=Symbol("‖∇f‖")),
    ),
    variables=(x, y),
    command="grad",
)
JACOBIAN = Result(
    Fact(
        "Jacobian",
        ImmutableMatrix([[exp(y), x * exp(y)], [1 / y, -x / y**2], [y * cos(x * y), x * cos(x * y)]]),
        of=JacobianMatrix(ImmutableMatrix([x * exp(y), x / y, sin(x * y)]), (x, y)),
    ),
    variables=(x, y),
    command="jacobian",
)
_QUARTIC = HessianMatrix(x**4 + y**4 - 4 * x * y, (x, y))
HESSIAN = Result(
    Fact("Hessian", ImmutableMatrix([[12 * x**2, -4], [-4, 12 * y**2]]), of=_QUARTIC),
    facts=(
        Fact("Hessian at the point", ImmutableMatrix([[12, -4], [-4, 12]]), of=AtPoint(_QUARTIC, (x, 1), (y, 1))),
        Fact("eigenvalues", Tuple(16, 8)),
        Fact("definiteness", "positive definite: strict local minimum"),
    ),
    variables=(x, y),
    command="hessian",
)
_WIDE = symbols("x1:8", real=True)
WIDE_HESSIAN = Result(
    Fact(
        "Hessian",
        ImmutableMatrix(7, 7, lambda i, j: 2 if i == j else _WIDE[0] * exp(_WIDE[0] * _WIDE[6]) if {i, j} == {0, 6} else 0),
        of=HessianMatrix(sum(v**2 for v in _WIDE), _WIDE),
    ),
    variables=_WIDE,
    command="hessian",
)
_S = sigmoid(w * x + b)
SIGMOID = Result(
    Fact("derivative", w * _S * (1 - _S), of=Diff(1 / (1 + exp(-w * x - b)), (x, 1))),
    facts=(Fact("where", 1 / (1 + exp(-u)), of=sigmoid(u)),),
    variables=(x,),
    command="diff",
)
OWN_SIGMOID = Result(Fact("derivative", _S * (1 - _S), of=Diff(sigmoid(x), (x, 1))), variables=(x,), command="diff")
TAYLOR = Result(
    Fact("Taylor polynomial", OrderedSum(x, -(x**2) / 2, x**3 / 3, -(x**4) / 4), of=log(1 + x), relation="≈"),
    facts=(Fact("remainder", Remainder((x,), (Integer(0),), 5)),),
    variables=(x,),
    command="taylor",
)
TAYLOR_AT = Result(
    Fact(
        "Taylor polynomial",
        OrderedSum(Integer(1), Mul(2, x - 1, evaluate=False), (x - 1) ** 2),
        of=x**2,
    ),
    command="taylor",
)
CHAIN = Result(
    Fact("derivative", 2 * a * u, of=Leibniz(C, (x, 1), partial=True), numeric="1.5"),
    facts=(
        Fact(
            "rule",
            OrderedProduct(Leibniz(C, (u, 1), partial=False), Leibniz(u, (x, 1), partial=True)),
            of=Leibniz(C, (x, 1), partial=True),
            lead=True,
        ),
        Fact("factor", 2 * u, of=Leibniz(C, (u, 1), partial=False), lead=True),
        Fact("factor", a, of=Leibniz(u, (x, 1), partial=True, held=(y,)), lead=True),
    ),
    variables=(x,),
    command="chain",
)
_ROOT = sqrt(2)
_NUMERIC = {"x": "0.707107", "y": "0.707107", "lambda1": "0.707107", "value": "1.41421"}
POINTS = Points(
    (
        Point(
            {x: -_ROOT / 2, y: -_ROOT / 2}, -_ROOT, {lam: -_ROOT / 2}, "strict minimum", {k: "-" + v for k, v in _NUMERIC.items()}
        ),
        Point({x: _ROOT / 2, y: _ROOT / 2}, _ROOT, {lam: _ROOT / 2}, "strict maximum", _NUMERIC),
    ),
    "complete: every real solution of the system",
    (),
    {"minimum": Extremum("minimum", "attained", -_ROOT, (0,), reason="the set is compact")},
)
LAGRANGE = Result(
    Fact("stationary points", POINTS),
    facts=(
        Fact("Lagrangian", x + y - lam * (x**2 + y**2 - 1), of=L, lead=True),
        Fact("system", Eq(1 - 2 * lam * x, 0), lead=True),
        Fact("system", Eq(1 - 2 * lam * y, 0), lead=True),
        Fact("system", Eq(1 - x**2 - y**2, 0), lead=True),
    ),
    variables=(x, y),
    command="lagrange",
)
_NEAR = {x: Float("-2.05698745651853", 15), y: Float("0.76534072420", 12), z: Integer(0)}
_FAR = {x: Float("0.18517284652", 12), y: Float("-1.33890", 12), z: Rational(1, 3)}
APPROXIMATE = Result(
    Fact(
        "stationary points",
        Points((Point(_NEAR, Float("-7.93817924", 9), {}, "", {}), Point(_FAR, Float("15000000000", 12), {}, "", {})), ""),
    )
)
_SIX = symbols("x1:7", real=True)
MANY = Result(Fact("stationary points", Points((Point({s: Integer(i) for i, s in enumerate(_SIX)}, a, {}, "saddle", {}),), "")))
_C_BY_X, _C_BY_Y, _C_BY_U = Leibniz(C, (x, 1), partial=True), Leibniz(C, (y, 1), partial=True), Leibniz(C, (u, 1), partial=False)
STEPPED = Result(
    Fact("gradient", Tuple(2 * a * u, 2 * b * u)),
    facts=(
        Fact("rule", OrderedProduct(_C_BY_U, Leibniz(u, (x, 1), partial=True)), of=_C_BY_X, lead=True),
        Fact("factors", OrderedProduct(2 * u, a), of=_C_BY_X, lead=True),
        Fact("rule", OrderedProduct(_C_BY_U, Leibniz(u, (y, 1), partial=True)), of=_C_BY_Y, lead=True),
    ),
)
ENDING = Result(Fact("derivative", 2 * a * u, of=_C_BY_X), facts=STEPPED.facts[:2], command="chain")
NOWHERE = Result(
    Fact("stationary points", Points((), "complete: the system has no real solution")), variables=(x,), command="lagrange"
)
FAMILY = Result(
    Fact("stationary points", Points((), "", (Family("x = 0, y any number"),))),
    variables=(x, y),
    command="critical",
    notes=("a note",),
)
POLYNOMIAL = Result(
    Fact("derivative", expand((x + y + 1) ** 7), of=Diff(expand((x + y + 1) ** 8) / 8, (x, 1))), variables=(x,), command="diff"
)
VERY_LONG = Result(
    Fact(
        "derivative",
        (exp(sin(x) * cos(x**2)) / (1 + x**2)).diff(x, 3),
        of=Diff(exp(sin(x) * cos(x**2)) / (1 + x**2), (x, 3)),
    ),
    variables=(x,),
    command="diff",
)
EVAL = Result(Fact("value", sqrt(x**2 + 1) / 2), variables=(x,), command="eval")
WORDS = Result(
    Fact("dependencies", "C\n├── u    ∂C/∂u = 2u\n└── v    ∂C/∂v = 2v"), command="chain", notes=("50% of {names} & signs_",)
)
ABSTRACT = Result(
    Fact("derivative", Primed(Function("f")(x, y), (1, 0)) * Rational(1, 2), of=Diff(Function("f")(x, y) / 2, (x, 1))),
    command="diff",
)

ALL = {name: value for name, value in globals().items() if isinstance(value, Result)}
"""Every result above by its name."""
