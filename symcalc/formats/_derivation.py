"""Derivations as lines of a screen and of LaTeX."""

from __future__ import annotations

from symcalc.formats._break import broken
from symcalc.formats._chains import Chain, chains, reason
from symcalc.formats._pen import DIM, Line, Pen
from symcalc.formats._texnames import tex_text
from symcalc.formats._texprinter import Tex, tex
from symcalc.formats._texwidth import LINE, split, width
from symcalc.result import Step

GAP = "   "


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
