"""Derivatives by one entry of a vector, against the sums written out and differentiated by SymPy."""

from __future__ import annotations

import re

import pytest
import sympy as sp
from judge import equal_in_value, read, symbol

from symcalc import SymcalcError, answer
from symcalc.notation import Entry

N = 4
FORMULAS = [
    ("sum(x_k^2, k, 1, n)", "x_j"), ("sum(a_k*x_k, k, 1, n)", "x_j"), ("sqrt(sum(x_k^2, k, 1, n))", "x_j"),
    ("ln(sum(exp(z_k), k, 1, n))", "z_j"), ("exp(z_j)/sum(exp(z_k), k, 1, n)", "z_j"), ("sum(k*sin(x_k), k, 1, n)", "x_j"),
    ("sum((y_i - w*x_i - b)^2, i, 1, n)", "w"), ("sum((y_i - w*x_i - b)^2, i, 1, n)", "b"), ("sum((y_i - w*x_i)^2, i, 1, n)", "y_j"),
    ("sum(x_k^2, k, 1, n)", "x_3"), ("x_j*sum(x_k, k, 1, n)^2", "x_j"), ("sum(x_k, k, 1, n)*sum(x_k^2, k, 1, n)", "x_j"),
    ("sum(a_k*b_k*x_k, k, 1, n)", "x_j"), ("sum(exp(-w*x_i*y_i), i, 1, n)", "w"),
]  # fmt: skip


def written_out(expression):
    """n = 4, j = 2, every entry a symbol of its own."""
    e = expression.replace(
        sp.Sum, lambda f, lim: sp.Add(*(f.subs(lim[0], k) for k in range(1, int(lim[2].subs(symbol("n"), N)) + 1)))
    )
    e = e.subs({s: 2 for s in e.free_symbols if s.name == "j"})
    e = e.replace(Entry, lambda base, k: symbol(f"{base}{k}"))
    return e.xreplace({s: symbol(s.name.replace("_j", "2")) for s in e.free_symbols})


@pytest.mark.parametrize(("text", "by"), FORMULAS)
def test_against_the_sum_written_out(text, by):
    result = answer("diff", text, by, steps=True)
    x = symbol({"x_j": "x2", "z_j": "z2", "y_j": "y2", "x_3": "x3"}.get(by, by))
    f = written_out(read(text))
    assert equal_in_value(written_out(result.answer.value), sp.diff(f, x))
    assert result.check.points > 0
    assert result.steps[-1].after == result.answer.value
    assert not any("does not occur" in note for note in result.notes)


def test_the_range_of_the_index_is_said():
    facts = answer("diff", "sum(x_k^2, k, 1, n)", "x_j").facts
    assert [str(f.value) for f in facts if f.name == "valid where"] == ["(1 <= j) & (j <= n)"]


def test_a_whole_vector_and_a_shifted_entry_are_refused():
    with pytest.raises(SymcalcError, match="vector"):
        answer("diff", "sum(x_k^2, k, 1, n)", "x")
    with pytest.raises(SymcalcError, match="does not run over its index"):
        answer("diff", "sum(x_k*x_{k+1}, k, 1, n)", "x_j")


def test_a_sum_over_entries_is_read_back():
    for text in ("sum(a_k*x_k**2, k, 1, n)", "sum(x_k*x_{k+1}, k, 1, n)"):
        again = str(answer("eval", text))
        assert read(again) == read(text)
    assert re.search(r"\\sum", answer("eval", "sum(x_k^2, k, 1, n)")._repr_latex_())
