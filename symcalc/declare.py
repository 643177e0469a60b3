"""How an argument or an option is declared: plain values, so that Typer is loaded only to show them."""

from __future__ import annotations


class Argument:
    """A word of the command line that is no option: `metavar` and `help` are shown, and its default with `show_default`."""

    def __init__(self, *, metavar: str, help: str, show_default: bool = True) -> None:
        self.metavar, self.help, self.show_default = metavar, help, show_default


class Option:
    """An option with its spellings. A whole number may be limited by `min` and `max`, and has a `min` always; `values` are the
    only ones, where these are few."""

    def __init__(
        self,
        *spelled: str,
        help: str,
        metavar: str | None = None,
        show_default: bool = True,
        min: int | None = None,
        max: int | None = None,
        values: tuple[str, ...] = (),
    ) -> None:
        self.spelled, self.help, self.metavar, self.show_default = spelled, help, metavar, show_default
        self.min, self.max, self.values = min, max, values
