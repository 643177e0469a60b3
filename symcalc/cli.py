"""argv -> Reply -> screen: the only module that builds the Typer app, prints or exits."""

from __future__ import annotations

import dataclasses
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer

from symcalc import __version__, answer, argv, discover
from symcalc import options as opt
from symcalc.errors import SymcalcError, visible
from symcalc.parse.reading import Reading
from symcalc.result import Page

SUFFIXES = {".tex": "latex", ".json": "json", ".txt": "plain"}
WRAPS = ("none", "inline", "display", "equation", "align", "document")
EPILOG = 'Try: symcalc grad "3*x1**2+5*exp(x2**2)"'
UsageError = typer.BadParameter.__mro__[1]
"""Typer's own base class of errors in the words of a command line (Typer carries a private copy of click)."""


@dataclass(frozen=True, slots=True)
class Call:
    """One command line, understood: the command, its arguments and options, and how to show the answer."""

    command: str
    words: tuple[str, ...]
    options: dict[str, Any]
    reading: Reading
    format: str | None
    output: Path | None
    wrap: str
    check: bool
    debug: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """What is to be shown: text for stdout (a string or a Rich Text), lines for stderr, the exit code."""

    text: Any = None
    messages: tuple[str, ...] = ()
    exit: int = 0
    output: Path | None = None


@dataclass(slots=True)
class Place:
    """Where the answers of this process go: the page, the default format and what standard input holds."""

    page: Page
    format: str
    stdin: list[str] | None = field(default=None)


def main(words: Sequence[str] | None = None) -> None:
    """The console script: answer one command line and exit with its code."""
    words = list(sys.argv[1:] if words is None else words)
    try:
        code = _main(words)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def _main(words: list[str]) -> int:
    _open_streams()
    command = next((w for w in words if not w.startswith("-")), None)
    if os.environ.get("_SYMCALC_COMPLETE") or command is None or (command in _commands() and _wants_help(words)):
        _app(_commands())(args=words, prog_name="symcalc")
        return 0
    if command == "batch":
        return _batch(words)
    reply = respond(words, _place())
    return show(reply)


def _open_streams() -> None:
    """Invalid bytes in the input are kept as lone surrogates, which the parser refuses with their position."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", newline="\n")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="surrogateescape")


def _wants_help(words: list[str]) -> bool:
    before = words[: words.index("--")] if "--" in words else words
    return "--help" in before or "-h" in before


def _commands() -> list[str]:
    return sorted([*discover.listed("commands"), "batch"])


# --- understanding -----------------------------------------------------------------------------------------------


def _app(commands: Sequence[str], found: list[Call] | None = None) -> typer.Typer:
    """The Typer app of these commands; running one appends its Call to `found`."""
    app = typer.Typer(
        name="symcalc",
        add_completion=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=EPILOG,
    )

    @app.callback(help="Calculus from the shell: answers on screen, for scripts, or as LaTeX.")
    def root(
        version: bool = typer.Option(False, "--version", is_eager=True, callback=_version, help="Show the version."),
    ) -> None:
        pass

    for name in commands:
        if name == "batch":
            app.command("batch", help=_batch_help())(_batch_stub)
        else:
            run = lambda command, values: found.append(_call(command, values)) if found is not None else None  # noqa: E731
            app.command(name, help=discover.help_text(name))(discover.stub(name, run))
    return app


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


def understand(words: Sequence[str], place: Place) -> Call:
    """The command line as a Call. Raises SymcalcError("usage")."""
    command, rest = words[0], words[1:]
    if command not in discover.listed("commands"):
        raise argv.unknown_command(command, _commands())
    found: list[Call] = []
    arranged = argv.arranged(rest, _known_options(command))
    try:
        _app([command, "batch"], found)(args=[command, *arranged], standalone_mode=False)
    except UsageError as error:
        raise SymcalcError("usage", error.format_message(), code="usage", hint=f"see symcalc {command} --help") from None
    return _with_stdin(found[0], place)


def _call(command: str, values: dict[str, Any]) -> Call:
    common = {name: values.pop(name) for name in opt.COMMON}
    many = discover.starred(command)
    words = [w for name in opt_arguments(command) for w in _as_words(values.pop(name), name == many)]
    chosen = "latex" if common["latex"] else "json" if common["json"] else common["format"]
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
    if chosen is not None:
        _one_of("--format", chosen, {f: f for f in discover.listed("formats")})
    elif output is not None:
        chosen = _one_of("the suffix of --output", output.suffix, SUFFIXES)
    return Call(command, tuple(words), values, reading, chosen, output, wrap, not common["no_check"], common["debug"])


def opt_arguments(command: str) -> list[str]:
    """The parameters of a command that are arguments, not options, in order."""
    return [
        p.name
        for p in discover.parameters(command)
        if any(type(m).__name__ == "ArgumentInfo" for m in getattr(p.annotation, "__metadata__", ()))
    ]


def _as_words(value: Any, many: bool) -> list[str | None]:
    return list(value or ()) if many else [value]


def _one_of(option: str, value: Any, table: dict[Any, Any]) -> Any:
    if value not in table:
        names = ", ".join(str(k) for k in table if k is not None)
        raise SymcalcError("usage", f"{option} cannot be '{value}'", code="option-value", hint=f"it is one of {names}")
    return table[value]


def _with_stdin(call: Call, place: Place) -> Call:
    """The call with '-' , or a missing formula, replaced by what standard input holds."""
    words = list(call.words)
    missing = not words or words[0] is None
    if not missing and words[0] != "-":
        return call
    lines = place.stdin if place.stdin is not None else _stdin_lines()
    many = discover.starred(call.command) if len(opt_arguments(call.command)) == 1 else None
    if not lines:
        raise SymcalcError(
            "usage",
            f"symcalc {call.command} needs a formula",
            code="missing-argument",
            hint=f"for example: {_example(call.command)}",
        )
    if not many and len(lines) > 1:
        raise SymcalcError(
            "usage",
            f"standard input has {len(lines)} lines, but one formula is expected",
            code="too-many-lines",
            text=lines[1],
            span=(0, len(lines[1])),
            hint="symcalc batch answers many lines",
        )
    return dataclasses.replace(call, words=(*(lines if many else lines[:1]), *words[1:]))


def _stdin_lines() -> list[str]:
    if sys.stdin is None or sys.stdin.isatty():
        return []
    return [line for line in sys.stdin.read().split("\n") if line.strip()]


def _example(command: str) -> str:
    return next((line.strip() for line in discover.help_text(command).splitlines() if line.strip().startswith("symcalc")), "")


# --- answering ---------------------------------------------------------------------------------------------------


def respond(words: Sequence[str], place: Place) -> Reply:
    """Answer one command line; every error becomes a reply."""
    call: Call | None = None
    try:
        call = understand(words, place)
        _check_syntax(call)
        result = answer(call.command, *call.words, reading=call.reading, check=call.check, **call.options)
        return _reply(call, result, place)
    except SymcalcError as error:
        failure = error
    except RecursionError:
        failure = SymcalcError("limit", "the formula is nested too deeply to be computed", code="too-deep")
    except Exception as error:
        failure = SymcalcError(
            "internal",
            f"this could not be computed ({type(error).__name__}: {' '.join(str(error).split())[:120]})",
            code="internal",
            hint="this is a mistake in symcalc: please report the command line (--debug shows where)",
        )
    debug = traceback.format_exc() if (call.debug if call else "--debug" in words) else None
    return _failure(failure, words, call, place, debug)


def _check_syntax(call: Call) -> None:
    """Parse every formula before the command, and with it SymPy, is imported: an error must not wait for that."""
    from symcalc.parse import syntax

    names = opt_arguments(call.command)
    many = discover.starred(call.command)
    for position, word in enumerate(call.words):
        name = names[min(position, len(names) - 1)] if many else names[position]
        kind = opt.SYNTAX.get(name)
        if kind is not None and word is not None:
            syntax(kind, word, call.reading, _asked(call, names))


def _asked(call: Call, names: list[str]) -> tuple[str, ...]:
    """The variable names on the command line: words after the formula, or the value of --wrt."""
    spoken = call.words[1:] if names[-1] in ("variables", "variable", "orders") else (call.options.get("wrt"),)
    return tuple(n for word in spoken if word for n in word.replace(",", " ").split())


def _reply(call: Call, result: Any, place: Place) -> Reply:
    name = call.format or place.format
    page = dataclasses.replace(place.page, wrap=call.wrap)
    if call.output is not None:
        page = dataclasses.replace(page, terminal=False, colour=False, ascii=False)
    text = discover.load("formats", name).render(result, page)
    messages = [f"note: {n}" for n in (*(n for s in result.sources for n in s.notes), *result.notes)]
    if any(s.guessed for s in result.sources):
        from symcalc.formats import plain

        messages.insert(0, "read as: " + "; ".join(plain.written(s.value) for s in result.sources))
    return Reply(text, tuple(dict.fromkeys(messages)), 0, call.output)


def _failure(error: SymcalcError, words: Sequence[str], call: Call | None, place: Place, debug: str | None) -> Reply:
    asked = call.format if call else None
    wants_json = (
        asked == "json" or (call is None and ("--json" in words or "json" in words)) or (asked is None and place.format == "json")
    )
    messages = (debug.rstrip(),) if debug else ()
    if not wants_json:
        return Reply(None, (*messages, error.render()), error.exit)
    from symcalc.formats import json

    text = "; ".join(w for w in (call.words if call else words[1:2]) if w)
    return Reply(json.failure(error.fields(), words[0] if words else "", text, error.exit), messages, error.exit)


# --- showing -----------------------------------------------------------------------------------------------------


def _place() -> Place:
    terminal = sys.stdout.isatty()
    name = os.environ.get("SYMCALC_FORMAT") or ("unicode" if terminal else "plain")
    width = shutil.get_terminal_size((80, 24)).columns
    dumb = os.environ.get("TERM") == "dumb"
    colour = bool(os.environ.get("FORCE_COLOR")) or (terminal and not dumb and not os.environ.get("NO_COLOR"))
    if name not in discover.listed("formats"):
        print(f"note: SYMCALC_FORMAT is '{visible(name)}', which is no format; plain is used", file=sys.stderr)
        name = "plain"
    return Place(Page(terminal=terminal, width=width, ascii=not _carries_unicode(), colour=colour and terminal), name)


def _carries_unicode() -> bool:
    try:
        "∂²√·₁⎡σ≈".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def show(reply: Reply) -> int:
    """Print a reply: messages on stderr, the answer on stdout or into the file. Returns the exit code."""
    sys.stdout.flush()
    if reply.output is not None and reply.text is not None:
        reply = _written(reply)
    for message in reply.messages:
        print(message, file=sys.stderr)
    if reply.text is None or reply.output is not None:
        return reply.exit
    if isinstance(reply.text, str):
        print(reply.text)
    else:
        from rich.console import Console

        Console(markup=False, highlight=False, emoji=False, soft_wrap=True).print(reply.text)
    return reply.exit


def _written(reply: Reply) -> Reply:
    """Write the text beside the target and rename it, so that no half file is ever seen."""
    assert reply.output is not None
    target = reply.output
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=target.parent, prefix=f".{target.name}.", delete=False
        ) as file:
            file.write(f"{reply.text}\n")
        mode = target.stat().st_mode if target.exists() else 0o666 & ~_umask()
        os.chmod(file.name, mode & 0o777)
        os.replace(file.name, target)
    except OSError as error:
        if "file" in locals():
            Path(file.name).unlink(missing_ok=True)
        problem = SymcalcError("usage", f"cannot write {target}: {error.strerror}", code="output")
        return Reply(None, (problem.render(),), problem.exit)
    return reply


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


# --- many lines --------------------------------------------------------------------------------------------------


def _batch(words: list[str]) -> int:
    from symcalc import batch

    return batch.run(words[1:], _place(), respond, show)


def _batch_help() -> str:
    from symcalc import batch

    return batch.__doc__ or ""


def _batch_stub(lines: opt.Lines, format: opt.Format = "json") -> None:
    """Stands in the list of commands; `_main` runs batch itself."""
