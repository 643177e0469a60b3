"""What is known about the global extrema, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symcalc.formats._phrase import Write
from symcalc.result import Extremum, Phrase, pieces


def extremum_sentence(extremum: Extremum, write: Write) -> str:
    """One side in a sentence, its points by their places in the list; "not decided" alone where that is all."""
    if extremum.status == "undecided":
        return "not decided"
    return write((*pieces(_told(extremum, [i + 1 for i in extremum.points])), ": ", *pieces(extremum.reason)))


def extremum_sentences(extrema: Mapping[str, Extremum], numbers: Sequence[int], write: Write) -> list[str]:
    """All sides, one sentence for those that have one reason. `numbers` are those by which the screen calls the points."""
    reasons: dict[str, list[str]] = {}
    for side, extremum in extrema.items():
        if extremum.status == "undecided":
            told, reason = f"global {side}", "not decided"
        else:
            listed = sorted({numbers[i] for i in extremum.points}) if len(set(numbers)) > 1 else []
            told, reason = write(_told(extremum, listed)), write(extremum.reason)
        reasons.setdefault(reason, []).append(told)
    return [f"{', '.join(told)}: {reason}" for reason, told in reasons.items()]


def _told(extremum: Extremum, numbers: Sequence[int]) -> Phrase:
    """ "global minimum -1 at points 1 and 2", with its places in words behind."""
    if extremum.status == "none":
        return f"no global {extremum.side}"
    places = [(" ", *pieces(place)) for place in extremum.places]
    if numbers:
        *first, last = map(str, numbers)
        listed = f"{', '.join(first)} and {last}" if first else last
        places.insert(0, (f" at point{'s' if first else ''} {listed}",))
    joined = [piece for place in places for piece in (" and", *place)][1:]
    return (f"global {extremum.side} ", extremum.value, *joined)
