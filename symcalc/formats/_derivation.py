"""Derivations: steps grouped into chains of equations, as lines of a screen, of plain text and of LaTeX."""

from __future__ import annotations

from symcalc.formats._break import broken
from symcalc.formats._pen import DIM, Line, Pen
from symcalc.formats._phrase import Write, is_phrase
from symcalc.formats._texnames import tex_text
from symcalc.formats._texprinter import Tex, tex
from symcalc.formats._texwidth import LINE, split, width
from symcalc.result import Fact, Result, Step

GAP = "   "
Chain = list[Step]


def chains(steps: tuple[Step, ...]) -> list[Chain]:
    """The steps as derivations: each step of one begins where the last one ended; equations that stand for themselves are put
    together."""
    found: list[Chain] = []
    for step in steps:
        if found and (found[-1][-1].after == step.before or (_is_single(found[-1][-1]) and _is_single(step))):
            found[-1].append(step)
        else:
            found.append([step])
    return found


def _is_single(step: Step) -> bool:
    """Whether the step is an equation on a line of its own."""
    return step.nested and not step.substeps


def ends_in(steps: tuple[Step, ...], answer: Fact) -> bool:
    """Whether the last derivation is that of the answer itself, which then need not stand below it again."""
    found = chains(steps)
    return bool(found) and found[-1][0].before == answer.of and found[-1][-1].after == answer.value


def reason(step: Step, write: Write) -> str:
    """The rule, with the inner functions that got a letter: chain rule,  u = w·x + b."""
    inner = ",  ".join(f"{write(letter)} = {write(value)}" for letter, value in step.where)
    return f"{step.rule},  {inner}" if inner else step.rule


def screen_lines(chain: Chain, pen: Pen) -> list[Line]:
    """The lines of one derivation, the rules at the right where all of them fit, and above their lines where not."""
    if any(step.nested for step in chain):
        return _nested_lines(chain, pen)
    first = f"  {pen.head(chain[0].before)}"
    texts = [f"{step.relation} {pen.value(step.after)}" for step in chain]
    reasons = [reason(step, pen.write) for step in chain]
    widest = max(map(len, [first, *texts]))
    if widest + len(GAP) + max(map(len, reasons)) <= pen.width:
        return [[(first, "")], *([(f"{text:<{widest}}{GAP}", ""), (why, DIM)] for text, why in zip(texts, reasons, strict=True))]
    lines: list[Line] = [[("  " + part, "")] for part in broken(first[2:], pen.width - 2)]
    for step, why in zip(chain, reasons, strict=True):
        lines += [[(f"    ↓ {part}", DIM)] for part in broken(why, pen.width - 6)]
        left = f"{step.relation} "
        lines += pen.hung(left, broken(pen.value(step.after), pen.width - len(left)))
    return lines


def _nested_lines(chain: Chain, pen: Pen) -> list[Line]:
    """Each step with those of its parts below it, drawn as a tree; the rules in a column at the right if they all fit, else
    behind the equations or below."""
    rows: list[tuple[str, str, Step, str]] = []
    for step in chain:
        rows += [("", "", step, f"{step.relation} ")] if rows and not step.nested else _rows(step, "", "", pen)
    texts = [start + left + pen.value(step.after) for start, _, step, left in rows]
    reasons = [reason(step, pen.write) for _, _, step, _ in rows]
    widest = max(map(len, texts))
    if widest + len(GAP) + max(map(len, reasons)) <= pen.width:
        return [[(f"{text:<{widest}}{GAP}", ""), (why, DIM)] for text, why in zip(texts, reasons, strict=True)]
    lines: list[Line] = []
    for (start, further, step, left), text, why in zip(rows, texts, reasons, strict=True):
        if len(text) + len(GAP) + len(why) <= pen.width:
            lines.append([(text + GAP, ""), (why, DIM)])
            continue
        if len(start + left) > pen.width // 2:
            lines += pen.hung(start, broken(text[len(start) :], pen.width - len(start)))
        else:
            lines += pen.hung(start + left, broken(pen.value(step.after), pen.width - len(start + left)))
        lines.append([(further + "    ", ""), (why, DIM)])
    return lines


def _rows(step: Step, start: str, further: str, pen: Pen) -> list[tuple[str, str, Step, str]]:
    """The branches before a step and before its further lines, the step and its left-hand side; then those of its parts."""
    rows = [(start, further + "│" * bool(step.substeps), step, f"{pen.head(step.before)} {step.relation} ")]
    for part in step.substeps:
        last = part is step.substeps[-1]
        rows += _rows(part, further + ("└── " if last else "├── "), further + ("    " if last else "│   "), pen)
    return rows


def with_answer(result: Result, answer: str, write: Write) -> str:
    """The derivation and the facts asked for above the answer, an expression on each line, the rules behind #; below an answer
    in words."""
    lines = []
    for chain in chains(result.steps):
        if any(step.nested for step in chain):
            lines += [line for step in chain for line in _indented(step, write, 0)]
            continue
        lines.append(write(chain[0].before))
        lines += [f"{step.relation} {write(step.after)}  # {reason(step, write)}" for step in chain]
    lines += [_told(fact, write) for fact in result.facts if fact.asked]
    return "\n".join([answer, *lines] if is_phrase(result.answer.value) else [*lines, answer])


def _told(fact: Fact, write: Write) -> str:
    """A fact on one line, by its name where it is no equation."""
    return f"{fact.name}: {write(fact.value)}" if fact.of is None else f"{write(fact.of)} {fact.relation} {write(fact.value)}"


def _indented(step: Step, write: Write, depth: int) -> list[str]:
    """A step and those of its parts, each part further to the right."""
    text = f"{'  ' * depth}{write(step.before)} {step.relation} {write(step.after)}  # {reason(step, write)}"
    return [text, *(line for part in step.substeps if step.nested for line in _indented(part, write, depth + 1))]


def tex_lines(steps: tuple[Step, ...]) -> list[str]:
    """The lines of an align* environment, the rules at the right."""
    return [line for chain in chains(steps) for line in _tex_chain(chain)]


def _tex_chain(chain: Chain) -> list[str]:
    """The equations of one derivation. A long left-hand side has a line of its own, and so have the rules where one of them
    does not fit beside its equation."""
    if any(step.nested for step in chain):
        return [line for step in chain for line in _tex_nested(step, 0)]
    left, reasons = tex(chain[0].before), [_tex_reason(step) for step in chain]
    long = width(left) > LINE / 3
    before = 3.0 if long else width(left) + 2
    beside = before + max(width(tex(step.after)) for step in chain) + max(map(width, reasons)) + 3 <= LINE
    lines = [f"&{left}"] if long else []
    for i, (step, why) in enumerate(zip(chain, reasons, strict=True)):
        start = f"{left} &= " if not (i or long) else r"&\quad = " if long else "&= "
        first, *more = split(Tex(), step.after, before)
        parts = [start + first, *(rf"&\quad {text}" for text in more)]
        if beside:
            parts[-1] += f" && {why}"
        elif i or long:
            lines.append(rf"&\qquad \downarrow {why}")
        else:
            parts = [rf"{left} &\qquad \downarrow {why}", rf"&= {first}", *parts[1:]]
        lines += parts
    return lines


def _tex_nested(step: Step, depth: int) -> list[str]:
    """A step and those of its parts, each part further to the right."""
    left, indent = tex(step.before), r"\quad" * depth + " " * (depth > 0)
    first, *more = split(Tex(), step.after, width(left) + 2 * depth + 2)
    lines = [f"&{indent}{left} = {first}", *(rf"&{indent}\quad {text}" for text in more)]
    lines[-1] += f" && {_tex_reason(step)}"
    return [*lines, *(line for part in step.substeps if step.nested for line in _tex_nested(part, depth + 1))]


def _tex_reason(step: Step) -> str:
    inner = ", ".join(f"{tex(letter)} = {tex(value)}" for letter, value in step.where)
    words = tex_text(step.rule)
    return rf"{words},\; {inner}" if inner else words
