"""The Typer app, for help and shell completion: Typer is loaded for these alone."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from symcalc import batch, discover
from symcalc.declare import Option

SUMMARY = "Calculus from the shell: answers on screen, for scripts, or as LaTeX."
EPILOG = 'Try: symcalc grad "3*x1**2+5*exp(x2**2)"'
NAME = "symcalc"


def completed(commands: Sequence[str], words: str) -> None:
    """Answer the question of a shell, which environment variables hold, about these words. It asks for the names of options;
    their values are left as they are, since Typer loads a library to convert them."""
    app = _app()
    for name in commands:
        app.command(name, help=_summary(name))(_stub(_parameters(name) if name in words.split() else []))
    whole: Any = typer.main.get_command(app)
    for command in (whole, *whole.commands.values()):
        for parameter in command.get_params(typer.Context(command)):
            parameter.process_value = lambda ctx, value: value
    whole(args=[], prog_name=NAME, standalone_mode=False)


def installed(words: Sequence[str]) -> None:
    """Obey --install-completion and --show-completion."""
    _app()(args=list(words), prog_name=NAME, standalone_mode=False)


def help_of_all(commands: Sequence[str]) -> str:
    """The help of the program, with the summary of each command."""
    app = _app()
    for name in commands:
        app.command(name, short_help=_summary(name), help=_summary(name))(_stub([]))
    return str(_context(app).command.get_help(_context(app)))


def help_of(command: str) -> str:
    """The help of a command."""
    app = _app()
    text = (batch.__doc__ or "") if command == "batch" else discover.help_text(command)
    kept = text.replace("\n\nsymcalc ", "\n\n\b\nsymcalc ")  # \b stops the rewrapping of the examples
    app.command(command, help=kept)(_stub(_parameters(command)))
    above = _context(app)
    part: Any = above.command
    page = typer.Context(part.commands[command], info_name=command, parent=above)
    return str(page.command.get_help(page))


def _app() -> typer.Typer:
    app = typer.Typer(
        name=NAME,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=EPILOG,
    )

    @app.callback(help=SUMMARY)
    def root(version: bool = typer.Option(False, "--version", help="Show the version.")) -> None:
        pass

    return app


def _context(app: typer.Typer) -> typer.Context:
    whole = typer.main.get_command(app)
    return typer.Context(whole, info_name=NAME, **whole.context_settings)


def _summary(command: str) -> str:
    return (batch.__doc__ or "").partition("\n")[0] if command == "batch" else discover.summary(command)


def _parameters(command: str) -> list[inspect.Parameter]:
    return batch.PARAMETERS if command == "batch" else discover.parameters(command)


def _declared(parameter: inspect.Parameter) -> Any:
    (info,) = parameter.annotation.__metadata__
    return info


def _stub(parameters: Sequence[inspect.Parameter]) -> Callable[..., None]:
    """A function with these parameters."""

    def call(**values: Any) -> None:
        pass

    shown = [p.replace(annotation=_shown(p)) for p in parameters]
    call.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
    call.__annotations__ = {p.name: p.annotation for p in shown}
    return call


def _shown(parameter: inspect.Parameter) -> Any:
    """The annotation of a parameter in Typer's words."""
    info = _declared(parameter)
    words = {"metavar": info.metavar, "help": info.help, "show_default": info.show_default}
    if isinstance(info, Option):
        shown = typer.Option(*info.spelled, min=info.min, max=info.max, **words)
    else:
        shown = typer.Argument(**words)
    return Annotated[parameter.annotation.__origin__, shown]
