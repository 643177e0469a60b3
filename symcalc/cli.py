"""argv -> Reply -> screen: the only module that builds the Typer app, prints or exits."""

from __future__ import annotations

import dataclasses
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from symcalc import __version__, argv, batch, discover, files
from symcalc import options as opt
from symcalc.errors import SymcalcError, visible
from symcalc.parse.reading import Reading
from symcalc.reply import Call, Place, Reply, failed, reply_to
from symcalc.result import Page

SUFFIXES = {".tex": "latex", ".json": "json", ".txt": "plain"}
WRAPS = ("none", "inline", "display", "equation", "align", "document")
EPILOG = 'Try: symcalc grad "3*x1**2+5*exp(x2**2)"'
UsageError: Any = typer.BadParameter.__mro__[1]
"""Typer's own base class of errors in the words of a command line (Typer carries a private copy of click)."""


def main(words: Sequence[str] | None = None) -> None:
    """The console script: answer one command line and exit with its code."""
    try:
        code = _main(list(sys.argv[1:] if words is None else words))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def _main(words: list[str]) -> int:
    _open_streams()
    spoken = [w for w in words if not w.startswith("-")]
    command = next((w for w in spoken if w in _commands()), spoken[0] if spoken else None)
    if os.environ.get("_SYMCALC_COMPLETE") or command is None or (command in _commands() and _wants_help(words)):
        return _typer(words)
    if command != words[0]:
        return show(failed(argv.misplaced(words[0], command), words, json=False))
    if command == "batch":
        return _batch(words[1:])
    return show(respond(words, _place()))


def _open_streams() -> None:
    """Signs that an encoding lacks are replaced, never a crash; invalid bytes in the input are kept as lone surrogates,
    which the parser refuses with their position."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="surrogateescape")


def _wants_help(words: list[str]) -> bool:
    before = words[: words.index("--")] if "--" in words else words
    return "--help" in before or "-h" in before


def _commands() -> list[str]:
    return sorted([*discover.listed("commands"), "batch"])


def _typer(words: list[str]) -> int:
    """Help, version and completion, which Typer answers itself."""
    try:
        _app(_commands(), [])(args=words or ["--help"], prog_name="symcalc", standalone_mode=False)
    except UsageError as error:
        hint = "symcalc --help lists the commands"
        return show(failed(SymcalcError("usage", error.format_message(), code="usage", hint=hint), words, json=False))
    return 0


# --- understanding -----------------------------------------------------------------------------------------------


def _app(commands: Sequence[str], found: list[Call]) -> typer.Typer:
    """The Typer app of these commands; running one appends its Call to `found`."""
    app = typer.Typer(
        name="symcalc",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=EPILOG,
    )

    @app.callback(help="Calculus from the shell: answers on screen, for scripts, or as LaTeX.")
    def root(
        version: bool = typer.Option(False, "--version", is_eager=True, callback=_version, help="Show the version."),
    ) -> None:
        pass

    def run(command: str, values: dict[str, Any]) -> None:
        found.append(_call(command, values))

    for name in commands:
        if name != "batch":
            app.command(name, **_help(discover.help_text(name)))(discover.stub(name, run))
    app.command("batch", **_help(batch.__doc__ or ""))(_batch_stub)
    return app


def _help(text: str) -> dict[str, Any]:
    """The help of a command: its summary, and its text with the examples kept line by line (\\b stops rewrapping)."""
    return {"short_help": text.partition("\n")[0], "help": text.replace("\n\nsymcalc ", "\n\n\b\nsymcalc ")}


def _version(value: bool) -> None:
    if value:
        print(f"symcalc {__version__}")
        raise typer.Exit


def _known_options(command: str) -> dict[str, bool]:
    """Every option of a command, and whether it takes a value."""
    known = {"--help": False, "-h": False}
    for p in discover.parameters(command):
        for info in p.annotation.__metadata__:
            spelled = (info.default, *(info.param_decls or ()))  # in Annotated, Typer keeps the first spelling as a default
            known |= {s: p.annotation.__origin__ is not bool for s in spelled if isinstance(s, str) and s.startswith("-")}
    return known


def respond(words: Sequence[str], place: Place) -> Reply:
    """Answer one command line; every error becomes a reply."""
    try:
        call = understand(words, place)
    except SymcalcError as error:
        return failed(error, words[:2], json="--json" in words or "json" in words or place.format == "json")
    return reply_to(call, place)


def understand(words: Sequence[str], place: Place) -> Call:
    """The command line as a Call. Raises SymcalcError("usage")."""
    command, rest = words[0], words[1:]
    if command not in discover.listed("commands"):
        raise argv.unknown_command(command, _commands())
    if _wants_help(list(rest)):
        raise SymcalcError("usage", "--help is no question", code="help", hint=f"symcalc {command} --help shows it on a terminal")
    found: list[Call] = []
    arranged = argv.arranged(rest, _known_options(command))
    try:
        _app([command], found)(args=[command, *arranged], standalone_mode=False)
    except UsageError as error:
        raise SymcalcError("usage", error.format_message(), code="usage", hint=f"see symcalc {command} --help") from None
    return _with_stdin(found[0], place)


def _call(command: str, values: dict[str, Any]) -> Call:
    common = {name: values.pop(name) for name in opt.COMMON}
    many = discover.starred(command)
    words: list[str | None] = []
    for name in discover.positional(command):
        value = values.pop(name)
        words += list(value or ()) if name == many else [value]
    reading = Reading(
        names=tuple(common["names"].replace(",", " ").split()),
        functions=tuple(common["functions"].replace(",", " ").split()),
        constants=not common["no_constants"],
        complex=common["complex"],
        assume=common["assume"],
        latex=_one_of("--from", common["from_"], {None: None, "text": False, "latex": True}),
    )
    output = Path(common["output"]) if common["output"] else None
    wrap = _one_of("--wrap", common["wrap"], {w: w for w in WRAPS})
    chosen = "latex" if common["latex"] else "json" if common["json"] else common["format"]
    if chosen is not None:
        _one_of("--format", chosen, {f: f for f in discover.listed("formats")})
    elif output is not None:
        chosen = _one_of("the suffix of --output", output.suffix, SUFFIXES)
    return Call(command, tuple(words), values, reading, chosen, output, wrap, not common["no_check"], common["debug"])


def _one_of(option: str, value: Any, table: dict[Any, Any]) -> Any:
    if value not in table:
        names = ", ".join(str(k) for k in table if k is not None)
        raise SymcalcError("usage", f"{option} cannot be '{value}'", code="option-value", hint=f"it is one of {names}")
    return table[value]


def _with_stdin(call: Call, place: Place) -> Call:
    """The call with '-', or a missing formula, replaced by what standard input holds."""
    first = call.words[0] if call.words else None
    if first is not None and first != "-":
        return call
    lines = _stdin_lines() if place.stdin is None else place.stdin
    if not lines:
        problem = f"symcalc {call.command} needs a formula"
        raise SymcalcError("usage", problem, code="missing-argument", hint=f"for example: {_example(call.command)}")
    takes_many = discover.starred(call.command) == discover.positional(call.command)[0]
    if len(lines) > 1 and not takes_many:
        raise SymcalcError(
            "usage",
            f"standard input has {len(lines)} lines, but one formula is expected",
            code="too-many-lines",
            text=lines[1],
            span=(0, len(lines[1])),
            hint="symcalc batch answers many lines",
        )
    return dataclasses.replace(call, words=(*lines, *call.words[1:]))


def _stdin_lines() -> tuple[str, ...]:
    if sys.stdin is None or sys.stdin.isatty():
        return ()
    return tuple(line for line in sys.stdin.read().splitlines() if line.strip())


def _example(command: str) -> str:
    return next(line for line in discover.help_text(command).splitlines() if line.startswith("symcalc"))


# --- showing -----------------------------------------------------------------------------------------------------


def _place() -> Place:
    terminal = sys.stdout.isatty()
    name = os.environ.get("SYMCALC_FORMAT") or ("unicode" if terminal else "plain")
    if name not in discover.listed("formats"):
        print(f"note: SYMCALC_FORMAT is '{visible(name)}', which is no format; plain is used", file=sys.stderr)
        name = "plain"
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    colour = colour or bool(os.environ.get("FORCE_COLOR"))
    width = shutil.get_terminal_size((80, 24)).columns
    return Place(Page(terminal=terminal, width=width, ascii=not _carries_unicode(), colour=colour and terminal), name)


def _carries_unicode() -> bool:
    try:
        "∂²√·₁⎡σ≈".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def show(reply: Reply) -> int:
    """Print a reply: messages on stderr, the answer on stdout or into its file. Returns the exit code."""
    if reply.output is not None and reply.text is not None:
        try:
            files.replace(reply.output, f"{reply.text}\n")
        except SymcalcError as error:
            reply = Reply(None, (error.render(),), error.exit)
    for message in reply.messages:
        print(message, file=sys.stderr)
    if reply.text is not None and reply.output is None:
        _print(reply.text)
    return reply.exit


def _print(text: Any) -> None:
    if isinstance(text, str):
        print(text)
        return
    from rich.console import Console

    Console(markup=False, highlight=False, emoji=False, soft_wrap=True).print(text)


# --- many lines --------------------------------------------------------------------------------------------------


def _batch(words: Sequence[str]) -> int:
    place = _place()
    try:
        order = batch.understand(words, discover.listed("formats"))
        style = dataclasses.replace(place.page, terminal=False, colour=False)
        place = dataclasses.replace(place, format=order.format, stdin=(), page=style)
        return max((show(reply) for reply in batch.replies(order, place, respond)), default=0)
    except SymcalcError as error:
        return show(failed(error, ["batch", *words], json=False))


def _batch_stub(lines: opt.Lines = "-", format: opt.Format = "json") -> None:
    """Stands in the help of the program; `_main` runs batch itself."""
