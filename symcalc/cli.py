"""argv -> Reply -> screen: the only module that builds the Typer app, prints or exits."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import typer

from symcalc import __version__, argv, batch, discover, files, guard, process
from symcalc import options as opt
from symcalc.call import Call, call_of, wants_stdin, with_lines
from symcalc.errors import SymcalcError, visible
from symcalc.place import Place, here
from symcalc.reply import Reply, check_syntax, failed, refused, reply_to
from symcalc.result import Page

EPILOG = 'Try: symcalc grad "3*x1**2+5*exp(x2**2)"'
SERVER = (sys.executable, "-c", "from symcalc.cli import serve; serve()")
"""The command that starts a child where processes cannot be forked."""
MAX_STDIN = 1 << 20
"""Characters of standard input that are read for one command."""
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
    place = _place()
    if command != words[0]:
        return show(failed(argv.misplaced(words[0], command), words, False, place.page))
    if command == "batch":
        return _batch(words[1:], place)
    return show(answered(words, place))


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
        return show(failed(SymcalcError("usage", error.format_message(), code="usage", hint=hint), words, False, Page()))
    return 0


# --- understanding -----------------------------------------------------------------------------------------------


def _app(commands: Sequence[str], found: list[dict[str, Any]]) -> typer.Typer:
    """The Typer app of these commands; running one appends the values of its parameters to `found`."""
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
        found.append(values)

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


def _known_options(command: str) -> dict[str, argv.Known]:
    """Every spelling of the options of a command."""
    known = dict.fromkeys(("--help", "-h"), argv.Known("help", False))
    for p in discover.parameters(command):
        for info in p.annotation.__metadata__:
            spelled = (info.default, *(info.param_decls or ()))  # in Annotated, Typer keeps the first spelling as a default
            kind = p.annotation.__origin__
            low = None if kind in (bool, str) else info.min
            option = argv.Known(p.name, kind is not bool, low, info.max, opt.KINDS.get(p.name, ()))
            known |= dict.fromkeys((s for s in spelled if isinstance(s, str) and s.startswith("-")), option)
    return known


@cache
def _parser(command: str) -> Callable[[Sequence[str]], dict[str, Any]]:
    """What reads the words after a command: the values of its parameters. Raises SymcalcError("usage")."""
    found: list[dict[str, Any]] = []
    run, known = typer.main.get_command(_app([command], found)), _known_options(command)

    most = sys.maxsize if discover.starred(command) else len(discover.positional(command))

    def values(words: Sequence[str]) -> dict[str, Any]:
        found.clear()
        try:
            arranged = argv.arranged(words, known)
            formulas = arranged[arranged.index("--") + 1 :]
            if len(formulas) > most:
                raise argv.too_many(command, formulas, most)
            run(args=[command, *arranged], standalone_mode=False)
        except UsageError as error:
            hint = f"see symcalc {command} --help"
            raise SymcalcError("usage", error.format_message(), code="usage", hint=hint) from None
        return found[0]

    return values


def understand(words: Sequence[str], place: Place, limits: guard.Limits | None = None) -> Call:
    """The command line as a Call, with standard input read where the formula is there. Raises SymcalcError("usage")."""
    command, rest = words[0], words[1:]
    if command not in discover.listed("commands"):
        raise argv.unknown_command(command, _commands())
    if _wants_help(list(rest)):
        raise SymcalcError("usage", "--help is no question", code="help", hint=f"symcalc {command} --help shows it on a terminal")
    call = call_of(command, _parser(command)(rest), limits or guard.Limits())
    return with_lines(call, _stdin_lines() if place.stdin is None else place.stdin) if wants_stdin(call) else call


def _stdin_lines() -> tuple[str, ...]:
    if sys.stdin is None or sys.stdin.isatty():
        return ()
    text = sys.stdin.read(MAX_STDIN + 1)
    if len(text) > MAX_STDIN:
        problem = f"standard input is longer than {MAX_STDIN} characters"
        raise SymcalcError("usage", problem, code="too-long", hint="symcalc batch answers many lines")
    return tuple(text.splitlines())


# --- answering ---------------------------------------------------------------------------------------------------


def answered(words: Sequence[str], place: Place) -> Reply:
    """Answer one command line: errors in the text at once, everything else computed in a child process."""
    try:
        call = understand(words, place)
    except SymcalcError as error:
        return _misunderstood(error, words, place)
    try:
        check_syntax(call)
        worker = guard.Worker(lambda _request, _limits, _limit: reply_to(call, place).packed(), SERVER)
        request = (list(words), dataclasses.replace(place, stdin=call.lines).packed())
        return Reply.unpacked(*worker.ask(request, call.limits))
    except SymcalcError as error:
        return refused(error, call, place)


def serve() -> None:
    """The other side of SERVER: answer requests on the standard streams."""
    guard.serve(process.inherited(), _reply)


def _reply(request: Any, limits: guard.Limits, limit: Callable[[guard.Limits], None]) -> tuple[Any, ...]:
    """The packed reply to packed (words, place)."""
    words, packed = request
    place = Place.unpacked(*packed)
    try:
        call = understand(words, place, limits)
    except SymcalcError as error:
        return _misunderstood(error, words, place).packed()
    limit(call.limits)
    return reply_to(call, place).packed()


def _misunderstood(error: SymcalcError, words: Sequence[str], place: Place) -> Reply:
    json = "--json" in words or "json" in words or place.format == "json"
    return failed(error, words[:2], json, place.page)


# --- showing -----------------------------------------------------------------------------------------------------


def _place() -> Place:
    chosen = os.environ.get("SYMCALC_FORMAT") or ""
    if chosen and chosen not in discover.listed("formats"):
        print(f"note: SYMCALC_FORMAT is '{visible(chosen)}', which is no format; plain is used", file=sys.stderr)
        chosen = "plain"
    return here(chosen)


def show(reply: Reply) -> int:
    """Print a reply: messages on stderr, the answer on stdout or into its file. Returns the exit code."""
    if reply.output is not None and reply.text is not None:
        try:
            files.replace(reply.output, f"{reply.text}\n")
        except SymcalcError as error:
            reply = Reply(None, (error.render(),), error.exit)
    for message in reply.messages:
        print("\n".join(map(visible, message.split("\n"))), file=sys.stderr)
    if reply.text is not None and reply.output is None:
        print(reply.text)
    return reply.exit


# --- many lines --------------------------------------------------------------------------------------------------


def _batch(words: Sequence[str], place: Place) -> int:
    try:
        order = batch.understand(words, discover.listed("formats"))
    except SymcalcError as error:
        return show(_misunderstood(error, ["batch", *words], place))
    worker = guard.Worker(_reply, SERVER, prepare=_load_everything)

    def ask(line: Sequence[str], where: Place) -> Reply:
        try:
            return Reply.unpacked(*worker.ask((list(line), where.packed()), order.limits))
        except SymcalcError as error:
            return _misunderstood(error, line, where)

    style = dataclasses.replace(place.page, terminal=False, colour=False)
    code = 0
    try:
        for reply in batch.replies(order, Place(style, order.format, ()), ask):
            code = max(code, show(reply))
            sys.stdout.flush()
    except SymcalcError as error:
        code = max(code, show(_misunderstood(error, ["batch", *words], place)))
    finally:
        worker.close()
    return code


def _load_everything() -> None:
    """Import every command in the parent of the workers, so that a new worker has them at once."""
    for name in discover.listed("commands"):
        discover.load("commands", name)
    discover.load("calculus", "check")


def _batch_stub(
    lines: opt.Lines = "-",
    format: opt.Format = "json",
    timeout: opt.Timeout = None,
    memory: opt.Memory = None,
) -> None:
    """Stands in the help of the program; `_main` runs batch itself."""
