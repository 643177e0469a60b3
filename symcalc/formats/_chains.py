"""Derivations as chains of equations, and as plain text."""

from __future__ import annotations

from symcalc.formats._phrase import Write, is_phrase
from symcalc.result import Fact, Result, Step

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
