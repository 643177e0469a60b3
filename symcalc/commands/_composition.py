"""The chain rule for vector functions: D(f∘g) = Df(g)·Dg, as matrices."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import ImmutableMatrix, Symbol

from symcalc.calculus.fields import jacobian
from symcalc.calculus.tidy import tidy
from symcalc.errors import SymcalcError
from symcalc.notation import MatrixOfDerivatives
from symcalc.parse import Reading, parse_variables
from symcalc.parse.definitions import Definition
from symcalc.result import Claim, Fact, Result


def matrix_form(found: Sequence[Definition], reading: Reading) -> Result:
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
