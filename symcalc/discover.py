"""Commands and formats found by listing their folders, without importing them: the one place of laziness.

`--help`, `--version` and shell completion must not load SymPy, yet every command may import it at its top. So the
signature of a command is read from its source: a stub with the same parameters is given to Typer, and the module
itself is imported only when the command is run. A signature may use nothing but names from `options` as annotations
and literals as defaults; the parameter `reading` is filled by the program and left out.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

from symcalc import options

HERE = Path(__file__).parent


@cache
def listed(folder: str) -> tuple[str, ...]:
    """The names of the modules in a folder, sorted; those with a leading underscore are not listed."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules([str(HERE / folder)]) if not m.name.startswith("_")))


def load(folder: str, name: str) -> ModuleType:
    """Import a module of a folder."""
    return importlib.import_module(f"symcalc.{folder}.{name}")


@cache
def _source(command: str) -> ast.Module:
    return ast.parse((HERE / "commands" / f"{command}.py").read_text(encoding="utf-8"))


@cache
def _arguments(command: str) -> ast.arguments:
    return next(n for n in _source(command).body if isinstance(n, ast.FunctionDef) and n.name == command).args


def help_text(command: str) -> str:
    """The docstring of a command's module, which `--help` shows; its first line is the summary."""
    return ast.get_docstring(_source(command)) or ""


def starred(command: str) -> str | None:
    """The parameter that takes any number of words, if the command has one."""
    vararg = _arguments(command).vararg
    return vararg.arg if vararg else None


def positional(command: str) -> list[str]:
    """The parameters of a command that are arguments, not options, in order."""
    a = _arguments(command)
    return [p.arg for p in (*a.args, *([a.vararg] if a.vararg else []))]


def parameters(command: str) -> list[inspect.Parameter]:
    """The parameters of a command as Typer shall see them, with the common options added."""
    a = _arguments(command)
    required: list[ast.expr | None] = [None] * (len(a.args) - len(a.defaults))
    pairs = [*zip(a.args, [*required, *a.defaults], strict=True)]
    own = [_parameter(argument, default) for argument, default in pairs]
    if a.vararg is not None:
        one = _parameter(a.vararg, None)
        own.append(one.replace(annotation=Annotated[list[str], *one.annotation.__metadata__]))
    own += [_parameter(k, d) for k, d in zip(a.kwonlyargs, a.kw_defaults, strict=True) if k.arg != "reading"]
    return own + [_keyword(name, annotation, default) for name, (annotation, default) in options.COMMON.items()]


def _parameter(argument: ast.arg, default: ast.expr | None) -> inspect.Parameter:
    if not isinstance(argument.annotation, ast.Name):
        raise TypeError(f"{argument.arg}: the annotation must be one name from symcalc.options")
    return _keyword(
        argument.arg, getattr(options, argument.annotation.id), None if default is None else ast.literal_eval(default)
    )


def _keyword(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def stub(command: str, run: Callable[[str, dict[str, Any]], Any]) -> Callable[..., Any]:
    """A function with the signature of the command, which calls `run(command, values)`."""

    def call(**values: Any) -> Any:
        return run(command, values)

    signature = inspect.Signature(parameters(command))
    call.__signature__ = signature  # type: ignore[attr-defined]
    call.__annotations__ = {p.name: p.annotation for p in signature.parameters.values()}
    call.__name__, call.__doc__ = command, help_text(command)
    return call
