"""Does the derivative exist at a point? Decided, with the one-sided values or a witness where it does not; never guessed."""

from symcalc.calculus.decide.higher import decide_higher, decide_mixed
from symcalc.calculus.decide.one import decide_one
from symcalc.calculus.decide.several import decide_several

__all__ = ["decide_higher", "decide_mixed", "decide_one", "decide_several"]
