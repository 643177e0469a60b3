"""Calculus answers from the shell and from Python.

Every command is a function here: `symcalc.grad("x^2*y", "x", "y", at="x=1,y=2")` returns a `Result`, whose
`answer.value` is a SymPy object. The options `complex`, `assume`, `names`, `functions`, `constants` and `latex` say
how the text is read; `check=False` leaves out the verification by numbers. Wrong input raises `SymcalcError`.
"""

from __future__ import annotations

import dataclasses
import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symcalc.errors import SymcalcError
from symcalc.parse.reading import Reading

if TYPE_CHECKING:
    from symcalc.result import Result

__version__ = "0.1.0"
__all__ = ["Reading", "SymcalcError", "__version__", "answer"]

_READING = {field.name for field in dataclasses.fields(Reading)}


def answer(command: str, *words: str | None, reading: Reading | None = None, check: bool = True, **options: Any) -> Result:
    """Run a command and verify its answer. `words` are its arguments, `options` its own options and those of Reading.

    Raises SymcalcError: wrong input, no answer, or an answer that failed its check.
    """
    from symcalc.discover import load

    own = {k: v for k, v in options.items() if k not in _READING}
    read = {k: v for k, v in options.items() if k in _READING}
    how = dataclasses.replace(reading or Reading(), **read) if read else reading or Reading()
    result: Result = getattr(load("commands", command), command)(*words, reading=how, **own)
    if not check or not result.claims:
        return dataclasses.replace(result, command=command)
    from symcalc.budget import attempt
    from symcalc.calculus.check import verify

    found, notes = attempt("check", lambda: verify(result.claims), lambda: (None, ()))
    return dataclasses.replace(result, command=command, check=found, notes=(*result.notes, *notes))


def __getattr__(name: str) -> Any:
    if not name.startswith("_") and (Path(__file__).parent / "commands" / f"{name}.py").exists():
        return functools.partial(answer, name)
    raise AttributeError(f"module 'symcalc' has no attribute {name!r}")


def __dir__() -> list[str]:
    from symcalc.discover import listed

    return [*__all__, *listed("commands")]
