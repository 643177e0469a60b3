"""What can be said of a limit, and the exceptions by which the search for one ends early."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sympy import Expr, Symbol

PROOF, NUMBERS = "proof", "confirmed numerically"
"""How sure a limit is: by the laws of limits and series alone, or found otherwise and agreeing with numbers."""


@dataclass(frozen=True, slots=True)
class OneSided:
    """The behaviour of a function on one side of a point: `status` is "limit" (with its value, finite or ±oo), "oscillates",
    "undefined" or "undecided", with the reason.

    `trail` are the rules that led there, each with the function of `variable` that the limit is then of, or None when the
    limit is found. The limit holds where the expressions in `nonzero` do not vanish.
    """

    status: str
    value: Expr | None = None
    certainty: str = PROOF
    reason: str = ""
    trail: tuple[tuple[str, Expr | None], ...] = ()
    nonzero: tuple[Expr, ...] = ()
    variable: Symbol | None = None

    def after(self, rule: str, e: Expr) -> OneSided:
        """The same, found for e, to which the rule led."""
        return replace(self, trail=((rule, e), *self.trail))


class Undefined(Exception):
    """The function has no real value next to the point."""


class Undecided(Exception):
    """The question is left open, and why."""


class Depends(Undecided):
    """The answer is not the same for all values of a name."""
