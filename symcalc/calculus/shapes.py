"""Tidy forms found once for all expressions of one shape."""

from __future__ import annotations

from sympy import Add, Expr, Mul, S, count_ops

from symcalc.calculus.groups import Group, Irregular, Splitter
from symcalc.calculus.measure import measure
from symcalc.calculus.parts import Parts
from symcalc.calculus.skeleton import Skeleton, remade
from symcalc.calculus.tidy import sign_absorbed, tidy


class Shapes:
    """Tidies one expression after the other, nearly as `tidy` does; to be used for the entries of one matrix.

    Expressions that differ in a number in front of all, in names and in whatever else is no matter to the tidy form share it:
    1200x₁² - 400x₂ + 202 and 600x₅² - 200x₆ + 101.
    """

    def __init__(self) -> None:
        self._splitter = Splitter(Parts())
        self._forms: dict[object, _Form] = {}

    def tidy(self, e: Expr) -> Expr:
        """The tidy form of the expression."""
        if e.is_Atom:
            return e
        c, rest = _number(e)
        try:
            skeleton = Skeleton(rest, self._splitter)
        except Irregular:
            return tidy(e)
        form = self._form((skeleton.key, len(str(c)), c is S.One), skeleton, c)
        if form.number is not c and not form.scales:
            form = self._form((skeleton.key, c), skeleton, c)
        written = _written(form.tidy, dict(zip(form.nodes, skeleton.nodes, strict=True)))
        return sign_absorbed(_multiplied(c / form.number, written))

    def _form(self, key: object, skeleton: Skeleton, c: Expr) -> _Form:
        if key not in self._forms:
            template, nodes = skeleton.template()
            self._forms[key] = _Form(c, nodes, tidy(_multiplied(c, template)))
        return self._forms[key]


class _Form:
    """The tidy form of a template times a number, and what its nodes are."""

    def __init__(self, number: Expr, nodes: list[Expr], tidy: Expr) -> None:
        self.number, self.nodes, self.tidy = number, nodes, tidy
        self.scales = all((term.as_coeff_Mul()[0] / number).is_Integer for term in Add.make_args(tidy))
        """Whether the number still stands in front, so that it may be another one."""


def _written(form: Expr, known: dict[Expr, Expr | Group]) -> Expr:
    """The form with what its signs stand for."""
    found = known.get(form)
    if found is None:
        if form.is_Add:
            found = Add(*(part for term in form.args for part in _terms(term, known)))
        else:
            found = remade(form, [_written(a, known) for a in form.args]) if form.args else form
        known[form] = found
    return Add(*found.times(S.One)) if isinstance(found, Group) else found


def _terms(term: Expr, known: dict[Expr, Expr | Group]) -> list[Expr]:
    """A term of a sum written out: a number of times a group is that many terms."""
    c, rest = term.as_coeff_Mul()
    found = known.get(rest)
    return list(found.times(c)) if isinstance(found, Group) else [_written(term, known)]


def _number(e: Expr) -> tuple[Expr, Expr]:
    """A positive number in front of the expression, and what it is in front of."""
    c, rest = e.as_coeff_Mul()
    if not c.is_Rational or rest is S.One:
        return S.One, e
    return (-c, -rest) if c.is_negative else (c, rest)


def _multiplied(c: Expr, form: Expr) -> Expr:
    """c times the form: a sum with the number in front or in its terms, whichever is shorter."""
    number, rest = form.as_coeff_Mul()
    number *= c
    if number is S.One or not rest.is_Add:
        return form if c is S.One else number * rest
    before, within = forms = Mul(number, rest, evaluate=False), Add(*(number * term for term in rest.args))
    lengths = measure(before), measure(within)
    return min(forms, key=count_ops) if lengths[0] == lengths[1] else forms[lengths[1] < lengths[0]]
