"""What the parser says about slips: the sentence, the columns, the advice. The wording is part of the contract."""

import pytest

from symcalc.errors import SymcalcError
from symcalc.parse import (
    Reading,
    parse_any,
    parse_definition,
    parse_expression,
    parse_point,
    parse_relation,
    parse_variables,
    parse_vector,
)

# text | problem | the text under the caret | words of the hint
SLIPS = [
    ("3*sni(x) + 1", "unknown function 'sni'", "sni", "did you mean 'sin'?"),
    ("Sin(x)", "unknown function 'Sin'", "Sin", "did you mean 'sin'?"),
    ("arcsn(x)", "unknown function 'arcsn'", "arcsn", "did you mean 'arcsin'?"),
    ("sen x", "unknown name 'sen'", "sen", "did you mean"),
    ("2 sinus x", "unknown name 'sinus'", "sinus", "did you mean"),
    ("speed(x+1)", "unknown function 'speed'", "speed", "--functions speed"),
    ("alpah*x", "unknown name 'alpah'", "alpah", "did you mean 'alpha'?"),
    ("2 + PI", "unknown name 'PI'", "PI", "did you mean 'pi'?"),
    ("EulerGama*x", "unknown name 'EulerGama'", "EulerGama", "did you mean 'EulerGamma'?"),
    ("1/2x", "does the division stop after '2'?", "2x", "write 1/(2*x) or (1/2)*x"),
    ("6/2(1+2)", "does the division stop after '2'?", "2(", "write 6/(2*(1+2)) or (6/2)*(1+2)"),
    ("x + sinx", "'sinx' is not a known name", "sinx", "did you mean sin(x)?"),
    ("xlnx", "'xlnx' is not a known name", "xlnx", "did you mean x*ln(x)?"),
    ("xcos(y)", "'xcos' is not a known name", "xcos", "did you mean x*cos(...)?"),
    ("2xy", "'xy' could be one name or a product", "xy", "write x*y for a product, or --names xy for one name"),
    ("x1x2", "'x1x2' could be one name or a product", "x1x2", "write x1*x2"),
    ("ab + a", "'ab' could be one name or a product", "ab", "write a*b"),
    ("2pir", "'pir' could be one name or a product", "pir", "write pi*r"),
    ("x^2 dx", "'dx' could be one name or a product", "dx", "symcalc diff"),
    ("Δx + 1", "'Δx' could be one name or a product", "Δx", "write Δ_x for one name, or Δ*x"),
    ("f^2(x)", "f^2(...) is ambiguous", "f^2(", "write f(x)^2 for"),
    ("exp^2(x)", "exp^n(x) is ambiguous", "exp^", "write e^x"),
    ("sin^-2 x", "a negative power of sin is ambiguous", "-2", "write 1/sin(x)^2"),
    ("x^1/2", "x^1/... divides x^1", "1/", "write x^(1/2) for a root"),
    ("x!!", "x!! is read both ways", "!!", "factorial2(x)"),
    ("1,000", "is this one number or several?", "1,000", "write 1000 for one number"),
    ("0,5", "is this one number or two?", "0,5", "write 0.5 for a decimal"),
    ("y(0) = 1", "is 'y' a function or a factor?", "y(0)", "write y*(0) for a product, or --functions y"),
    ("f(x+1) + f", "is 'f' a function or a factor?", "f(x+1)", "write f*(...)"),
    ("σ + σ(x)", "is 'σ' a function or a factor?", "σ", "sigmoid(...)"),
    ("y'' + y = 0", "a prime needs a function and its argument", "y''", "--functions y"),
    ("y' = 2x", "a prime needs a function and its argument", "y'", "differential equations"),
    ("x 2", "a number cannot follow its factor", "2", "write 2x, x*2 or x^2"),
    ("d/dx x^2", "a derivative cannot be written inside an expression", "d/dx", 'symcalc diff "x^2" x'),
    ("dy/dx", "a derivative cannot be written inside an expression", "dy/dx", "symcalc diff"),
    ("∂f/∂x", "unexpected character '∂' (PARTIAL DIFFERENTIAL)", "∂", "symcalc partial"),
    ("find the derivative of x^2", "this reads as a sentence", "find the", "give the formula alone"),
    ("what is sin x", "this reads as a sentence", "what is", "give the formula alone"),
    ("diff(x^2, x)", "'diff' is not a function", "diff", "symcalc diff EXPR"),
    ("integrate x^2", "'integrate' is not a function", "integrate", "give the plain expression"),
    ("np.sin(x)", "names of Python modules cannot be read", "np.", "leave out 'np.'"),
    ("import os", "'import' cannot be used inside an expression", "import", "formulas, not programs"),
    ("{x}", "these brackets hold no branches", "{x}", "groups as (a)"),
    (",x", "expected a number, a name or '(' but found ','", ",", "write vectors as [a, b]"),
    ("x**", "the expression is incomplete", "", "something is missing after '**'"),
    ("x^^2", "expected a number, a name or '(' but found '^'", "^", "powers are written x^2"),
    ("2 + (x", "'(' is never closed", "(", None),
    ("x)", "unexpected ')'", ")", "there is no '(' before it"),
    ("(x]", "expected ')' or ',' but found ']'", "]", "there is no '[' before it"),
    ("x => 2", "this sign cannot be read", "=>", "write <= or >="),
    ("50%", "unexpected character '%' (PERCENT SIGN)", "%", "divide by 100"),
    ("x = 2; y = 3", "unexpected ';'", ";", "separated by commas"),
    ("xⁿ⁺¹", "a superscript is a whole number or a letter", "ⁿ⁺¹", "x^(n+1)"),
    ("xᵀy", "unexpected character 'ᵀ' (MODIFIER LETTER CAPITAL T)", "ᵀ", "transpose"),
    ("xª", "unexpected character 'ª' (FEMININE ORDINAL INDICATOR)", "ª", None),
    ("xᵦ", "unexpected character 'ᵦ' (GREEK SUBSCRIPT SMALL LETTER BETA)", "ᵦ", None),
    ("x₊1", "unexpected character '₊' (SUBSCRIPT PLUS SIGN)", "₊", None),
    ("①x", "unexpected character '①' (CIRCLED DIGIT ONE)", "①", None),
    ("ⅰx", "unexpected character 'ⅰ' (SMALL ROMAN NUMERAL ONE)", "ⅰ", None),
    ("ϖ", "unexpected character 'ϖ' (GREEK PI SYMBOL)", "ϖ", None),
    ("ŷ - y", "unexpected character 'ŷ' (LATIN SMALL LETTER Y WITH CIRCUMFLEX)", "ŷ", "y_hat"),
    (r"\hat{y} - y", r"\hat cannot be used inside an expression", r"\hat", r"write y_{hat} for \hat{y}"),
    ("x_", "unexpected character '_' (LOW LINE)", "_", "x_max"),
    ("а + 1", "unexpected character 'а' (CYRILLIC SMALL LETTER A)", "а", "names use a-z"),
    ("x\u200b+1", "invisible character ZERO WIDTH SPACE", "\u200b", "delete it"),
    ("x\u202e+1", "invisible character RIGHT-TO-LEFT OVERRIDE", "\u202e", "delete it"),
    ("x\x1b[31m", "control character U+001B", "\x1b", None),
    ("1..2", "'1..2' is not a number", "1..2", "one decimal point"),
    ("0x1F", "numbers are decimal", "0x1", "write 255 for 0xff"),
    ("max x", "'max' needs its arguments in parentheses", "max", "write max(x)"),
    ("sin(x, y)", "'sin' takes 1 argument, not 2", "sin(x, y)", "write sin(x)"),
    ("beta(x+1)", "'beta' takes 2 arguments, not 1", "beta(x+1)", "beta*(...) for a product"),
    ("x if x > 0", "an if needs its else", "", "write a if condition else b"),
    ("x if y else 0", "a condition such as x < 1 is needed here", "y", None),
    ("[1,2] + 3", "a vector of 2 and a number cannot be added", "[1,2] + 3", None),
    ("x = y = z", "only chains like a < b < c can be read", "x = y = z", "give one equation at a time"),
    ("9^9^9", "the result would need about 369693100 digits", "9^9^9", "the limit is 3900 digits"),
    ("2^(10^5)", "the result would need about 30103 digits", "2^(10^5)", "the limit is 3900 digits"),
    ("1 + gamma(-1)", "this is undefined", "gamma(-1)", "a pole"),
    ("x/0", "division by zero", "0", None),
    ("sum(w_ik, k, 1, n)", "'w_ik' has one index of a sum and one that is none", "w_ik", "w_{i,k}"),
    (r"\int x dx", r"\int cannot be used inside an expression", r"\int", "does not integrate"),
    (r"\sni x", r"unsupported LaTeX command '\sni'", r"\sni", r"did you mean '\sin'?"),
    (r"\begin{bmatrix} x y \ x+y \end{bmatrix}", "a single backslash does not end a row", "\\ ", "single quotes"),
    ("\\begin{bmatrix} x \\\ny \\end{bmatrix}", "a single backslash does not end a row", "\\\n", "rows with \\\\ between"),
    (r"\begin{bmatrix} x \(y) \end{bmatrix}", "a single backslash does not end a row", r"\(", "single quotes"),
    ("", "there is no expression", "", "give a formula"),
    (r"\!", "there is no expression", "", "give a formula"),
    ("area(r) =", "the expression is incomplete", "", "something is missing after '='"),
]


@pytest.mark.parametrize(("text", "problem", "marked", "hint"), SLIPS, ids=[s[0][:30] or "empty" for s in SLIPS])
def test_slip(text, problem, marked, hint):
    with pytest.raises(SymcalcError) as caught:
        parse_any(text)
    error = caught.value
    assert error.problem == problem
    assert error.text == text
    assert error.span is not None
    assert text[slice(*error.span)] == marked
    assert hint is None or hint in (error.hint or "")
    assert (error.kind, error.exit) == ("parse", 2)


def test_caret_stands_under_the_columns():
    with pytest.raises(SymcalcError) as caught:
        parse_any("3*sni(x) + 1")
    assert caught.value.render() == "error: unknown function 'sni'\n  3*sni(x) + 1\n    ^^^\ndid you mean 'sin'?"


def test_no_caret_under_an_empty_line():
    with pytest.raises(SymcalcError) as caught:
        parse_any(" ")
    assert caught.value.render() == "error: there is no expression\ngive a formula such as x^2"


def test_control_characters_are_never_echoed():
    with pytest.raises(SymcalcError) as caught:
        parse_any("x + \x1b[31m\x07")
    assert "\x1b" not in caught.value.render()
    assert "\x07" not in caught.value.render()


SHAPES = [
    (parse_expression, "[x, y]", "one formula is needed here, not a vector", "symcalc jacobian"),
    (parse_expression, "x, y", "one formula is needed here, not 2 with commas between them", "symcalc jacobian"),
    (parse_expression, "y = x^2", "a formula is needed here, not an equation", "give one side of it alone: x^2"),
    (parse_expression, "x < 1", "a formula is needed here, not an inequality", "give one side of it alone: x"),
    (parse_expression, "x < 1 and y < 1", "a formula is needed here, not a condition", "a if condition else b"),
    (parse_vector, "x = 1", "a vector is needed here, not an equation", "[a, b]"),
    (parse_vector, "[[1,2],[3,4]]", "a vector is needed here, not a 2×2 matrix", "[a, b]"),
    (parse_relation, "x = 1, y = 2", "one equation is needed here, not several", "an argument of its own"),
    (parse_relation, "0 < x < 1", "one equation or inequality is needed here, not a chain", "an argument of its own"),
    (parse_relation, "g(x,y) = x - y", "a constraint is an equation, not a definition", "x - y = 0"),
    (parse_relation, "[x, y]", "an equation is needed here, not a vector", "every component"),
]


@pytest.mark.parametrize(("parse", "text", "problem", "hint"), SHAPES)
def test_wrong_shape(parse, text, problem, hint):
    with pytest.raises(SymcalcError) as caught:
        parse(text)
    assert (caught.value.problem, caught.value.kind, caught.value.exit) == (problem, "shape", 2)
    assert hint in caught.value.hint


POINTS = [
    ("x=1", "xy", "the value of y is missing", "x=...,y=..."),
    ("x=1,x=2,y=3", "xy", "x is given twice", "one value"),
    ("x=1,z=2", "xy", "there is no z; the variables are x, y", "x, y"),
    ("1", "xy", "1 coordinate is given for 2 variables", "x=...,y=..."),
    ("1,2", "x", "2 coordinates are given for 1 variable", "x=..."),
    ("x=1,2", "xy", "some coordinates have names and some have not", "x=1,y=0"),
    ("x=y,y=1", "xy", "the value of x depends on y", "numbers or parameters"),
    ("x=oo", "x", "the value of x is not finite", "limits"),
    ("x<1", "x", "this is no coordinate", "x=1"),
]


@pytest.mark.parametrize(("text", "names", "problem", "hint"), POINTS)
def test_wrong_point(text, names, problem, hint):
    with pytest.raises(SymcalcError) as caught:
        parse_point(text, parse_variables(list(names)))
    assert caught.value.problem == problem
    assert hint in caught.value.hint
    assert caught.value.exit == 2


VARIABLES = [
    ("e", "'e' is a constant, not a variable", "--no-constants"),
    ("pi", "'pi' is a constant, not a variable", "--names pi"),
    ("2", "'2' is a number, not a variable", "follow the expression"),
    ("x+y", "'x+y' is a formula, not a variable", "the formula comes first"),
    ("sin", "'sin' is a function, not a variable", "--names sin"),
    ("xy", "'xy' could be one name or a product", "x*y"),
    ("", "there is no variable here", "name the variables"),
]


@pytest.mark.parametrize(("word", "problem", "hint"), VARIABLES)
def test_wrong_variable(word, problem, hint):
    with pytest.raises(SymcalcError) as caught:
        parse_variables([word])
    assert caught.value.problem == problem
    assert hint in caught.value.hint


DEFINITIONS = [
    ("x^2", "this is no definition", "u = a*x + b*y"),
    ("sin = 3", "'sin' is a known function and cannot be defined", "--names sin"),
    ("E = m*v^2", "'E' is a constant and cannot be defined", "--names E"),
    ("f(x, x) = x", "the same argument stands twice", None),
    ("u = x < 1", "a formula or a vector is needed here, not an inequality", None),
    ("u = [[1,2],[3,4]]", "a formula or a vector is needed here, not a 2×2 matrix", None),
]


@pytest.mark.parametrize(("text", "problem", "hint"), DEFINITIONS)
def test_wrong_definition(text, problem, hint):
    with pytest.raises(SymcalcError) as caught:
        parse_definition(text)
    assert caught.value.problem == problem
    assert hint is None or hint in caught.value.hint


ASSUMPTIONS = [
    ("x>0, n integr", "unknown assumption 'integr'", "integr", "did you mean 'integer'?"),
    ("x>1", "only the sign of a name can be assumed", "x>1", "write x>0"),
    ("x", "'x' is not an assumption", "x", "n integer"),
    ("y > 0, 3 integer", "'3 integer' is not an assumption", "3 integer", "n integer"),
]


@pytest.mark.parametrize(("text", "problem", "marked", "hint"), ASSUMPTIONS)
def test_wrong_assumption(text, problem, marked, hint):
    with pytest.raises(SymcalcError) as caught:
        parse_expression("x", Reading(assume=text))
    error = caught.value
    assert (error.problem, error.kind, error.text) == (problem, "usage", text)
    assert text[slice(*error.span)] == marked
    assert hint in error.hint


def test_contradicting_assumptions():
    with pytest.raises(SymcalcError, match="nothing is positive, negative at once"):
        parse_expression("x", Reading(assume="x>0, x<0"))
