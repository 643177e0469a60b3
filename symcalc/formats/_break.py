"""A long line of mathematics in lines that fit: broken between items and before operators, the shallowest first.

Each line is aligned with the first. What is inside brackets stays together as long as the brackets fit on a line of their own.
"""

from __future__ import annotations

import re

OPEN, CLOSE = "([{⌊⌈", ")]}⌋⌉"
NARROWEST = 16
"""Below this many columns nothing is broken any more: the terminal wraps it."""

_TIMES = re.compile(r"·|(?<!\*)\*(?!\*)|/(?=\()")
_OPERATOR = re.compile(rf"[+-] |{_TIMES.pattern}")


def broken(text: str, width: int) -> list[str]:
    """The lines of `text`, each at most `width` wide where that is possible."""
    if len(text) <= width or width < NARROWEST:
        return [text]
    for split, gap in ((_items, " "), (_terms, " "), (_factors, "")):
        pieces = split(text)
        if len(pieces) > 1:
            return _packed(pieces, width, gap)
    return _inside(text, width)


def depths(text: str) -> list[int]:
    """For every character the number of brackets and bars around it."""
    depth, bar, found = 0, False, []
    for i, c in enumerate(text):
        opening = c in OPEN or (c == "|" and not bar and text[i - 1 : i] != ")")
        closing = c in CLOSE or (c == "|" and bar)
        bar = bar != (c == "|" and (opening or closing))
        depth -= closing
        found.append(depth)
        depth += opening
    return found


def _items(text: str) -> list[str]:
    """1 if x > 0; 0 otherwise → 1 if x > 0;, 0 otherwise; the arguments of a function likewise."""
    level = depths(text)
    cuts = [i + 1 for i in range(1, len(text) - 2) if level[i] == 0 and text[i] in ",;" and text[i + 1] == " "]
    return [piece.strip() for piece in _cut(text, cuts)]


def _terms(text: str) -> list[str]:
    """x² + y - 1 → x², + y, - 1."""
    level = depths(text)
    cuts = [i for i in range(1, len(text) - 2) if level[i] == 0 and text[i] in "+-" and text[i - 1] == text[i + 1] == " "]
    return [piece.rstrip() for piece in _cut(text, cuts)]


def _factors(text: str) -> list[str]:
    """2x·sin(x)/(x + 1) → 2x, ·sin(x), /(x + 1)."""
    level = depths(text)
    cuts = [m.start() for m in _TIMES.finditer(text) if level[m.start()] == 0]
    return _cut(text, [i for i in cuts if i])


def _cut(text: str, cuts: list[int]) -> list[str]:
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _packed(pieces: list[str], width: int, gap: str) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and len(line) + len(gap) + len(piece) <= width:
            line += gap + piece
            continue
        lines += [line] if line else []
        *full, line = _hung(piece, width)
        lines += full
    return [*lines, line]


def _hung(piece: str, width: int) -> list[str]:
    """One piece, broken further if it must be, its lines under what follows its operator."""
    operator = _OPERATOR.match(piece)
    sign = operator.group() if operator else ""
    first, *rest = broken(piece[len(sign) :], width - len(sign))
    return [sign + first, *(" " * len(sign) + line for line in rest)]


def _inside(text: str, width: int) -> list[str]:
    """A single factor that is too long: broken inside its longest brackets."""
    level = depths(text)
    groups = [(i, _closing(level, i)) for i, c in enumerate(text) if c in OPEN and level[i] == 0]
    if not groups:
        return [text]
    start, end = max(groups, key=lambda g: g[1] - g[0])
    content = text[start + 1 : end].strip()
    start = text.index(content, start + 1)
    head, tail = text[:start], text[start + len(content) :]
    lines = broken(content, width - len(head) - len(tail))
    return [*((" " * len(head) if i else head) + line for i, line in enumerate(lines[:-1])), _last(lines, head) + tail]


def _last(lines: list[str], head: str) -> str:
    return (head if len(lines) == 1 else " " * len(head)) + lines[-1]


def _closing(level: list[int], start: int) -> int:
    return next((i for i in range(start + 1, len(level)) if level[i] == 0), len(level) - 1)
