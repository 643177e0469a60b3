"""argv -> Reply -> screen: the only module that prints or exits."""

from __future__ import annotations

import dataclasses
import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from symcalc import __version__, argv, discover, guard, tensors
from symcalc.call import Call, call_of, values_of, wants_stdin, with_lines
from symcalc.errors import SymcalcError, visible
from symcalc.patience import patience
from symcalc.place import Place, here
from symcalc.reply import Reply, check_syntax, failed, refused, reply_to

if TYPE_CHECKING:
    from symcalc import progress

SERVER = (sys.executable, "-c", "from symcalc.cli import serve; serve()")
"""The command that starts a child where processes cannot be forked."""
MAX_STDIN = 1 << 20
"""Characters of standard input that are read for one command."""
OPTIONS = {
    **dict.fromkeys(("-h", "--help"), argv.Known("help", False)),
    "--version": argv.Known("version", False),
    "--install-completion": argv.Known("completion", False),
    "--show-completion": argv.Known("completion", False),
}
"""What may stand without a command."""


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
    if os.environ.get("_SYMCALC_COMPLETE"):
        return _completed()
    if command is None:
        return _without_command(words)
    if command in _commands() and _wants_help(words):
        return _help(command)
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


def _completed() -> int:
    from symcalc import manual

    asked = "COMP_WORDS" if "COMP_WORDS" in os.environ else "_TYPER_COMPLETE_ARGS"
    manual.completed(_commands(), os.environ.get(asked, ""))
    return 0


def _help(command: str | None) -> int:
    from symcalc import manual

    print(manual.help_of_all(_commands()) if command is None else manual.help_of(command))
    return 0


def _without_command(words: list[str]) -> int:
    """Help, version and completion."""
    try:
        said, formulas = argv.sorted_out(words, OPTIONS)
        if formulas:
            raise argv.unknown_command(formulas[0], _commands())
    except SymcalcError as error:
        return show(failed(error, words, False, _place().page))
    if "version" in said:
        print(f"symcalc {__version__}")
        return 0
    if "completion" in said:
        from symcalc import manual

        manual.installed(words)
        return 0
    return _help(None)


# --- understanding -----------------------------------------------------------------------------------------------


def understand(words: Sequence[str], place: Place, limits: guard.Limits | None = None) -> Call:
    """The command line as a Call, with standard input read where the formula is there. Raises SymcalcError("usage")."""
    command, rest = words[0], words[1:]
    if command not in discover.listed("commands"):
        raise argv.unknown_command(command, _commands())
    if _wants_help(list(rest)):
        raise SymcalcError("usage", "--help is no question", code="help", hint=f"symcalc {command} --help shows it on a terminal")
    call = call_of(command, values_of(command, rest), limits or guard.Limits())
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
        worker = guard.Worker(lambda _request, _limits, _limit: _alone(call, place), SERVER)
        request = (list(words), dataclasses.replace(place, stdin=call.lines).packed())
        with patience(call.limits.seconds) as waiting:
            packed = worker.ask(request, call.limits, waiting)
        return Reply.unpacked(*packed)
    except SymcalcError as error:
        return refused(error, call, place)


def _alone(call: Call, place: Place) -> tuple[Any, ...]:
    """The packed reply of a process that answers nothing else."""
    _load([("commands", call.command), ("calculus", "check"), ("formats", call.format or place.format)])
    return reply_to(call, place).packed()


YOUNG = 20_000
"""So many new objects before the collector looks for cycles among them: formulas hold hardly any."""


def _load(modules: Sequence[tuple[str, str]]) -> None:
    """Import modules, with SymPy among what they import. The collector of garbage is off meanwhile, and what they have made is
    never looked at again: there is no garbage in it. After that it looks less often than Python does by itself."""
    gc.disable()
    tensors.put_off()
    for folder, name in modules:
        discover.load(folder, name)
    gc.freeze()
    gc.set_threshold(YOUNG)
    gc.enable()


def serve() -> None:
    """The other side of SERVER: answer requests on the standard streams."""
    from symcalc import process

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
        from symcalc import files

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
    from symcalc import batch

    try:
        order = batch.understand(words, discover.listed("formats"))
    except SymcalcError as error:
        return show(_misunderstood(error, ["batch", *words], place))
    workers = [guard.Worker(_reply, SERVER, prepare=_load_for) for _ in range(order.jobs)]
    style = dataclasses.replace(place.page, terminal=False, colour=False)
    bar = _bar(batch.count(order.source)) if sys.stderr.isatty() and not sys.stdout.isatty() else None
    code = 0
    try:
        for number, reply in enumerate(batch.replies(order, Place(style, order.format, ()), workers, _misunderstood), 1):
            if bar is not None and reply.messages:
                bar.hide()
            code = max(code, show(reply))
            sys.stdout.flush()
            if bar is not None:
                bar.done(number)
    except SymcalcError as error:
        code = max(code, show(_misunderstood(error, ["batch", *words], place)))
    finally:
        for worker in workers:
            worker.close()
        if bar is not None:
            bar.hide()
    return code


def _bar(total: int | None) -> progress.Bar:
    from symcalc import progress

    return progress.Bar(total)


SHARED = [("parse", "syntax"), ("parse", "values"), ("calculus", "check")]
"""What every answer needs."""


def _load_for(request: Any) -> None:
    """Import in the parent of the workers what a request needs, so that a new worker has it at once. Other commands are
    imported by the worker that is asked for them."""
    words, (_page, style, _lines) = request
    wanted = [("commands", words[0]), ("formats", style)]
    _load([pair for pair in wanted if pair[1] in discover.listed(pair[0])] + SHARED)
