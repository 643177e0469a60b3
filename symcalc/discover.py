"""Commands and formats found by listing their folders, without importing them: the one place of laziness.

`--help`, `--version` and shell completion must not load SymPy, yet every command may import it at its top. So the
signature of a command is read from its source, and the module itself is imported only when the command is run. A
signature may use nothing but names from `options` as annotations and literals as defaults; the parameter `reading` is
filled by the program and left out.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
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


def summary(command: str) -> str:
    """The first line of a command's module."""
    with (HERE / "commands" / f"{command}.py").open(encoding="utf-8") as file:
        return file.readline().strip().strip('"')


def starred(command: str) -> str | None:
    """The parameter that takes any number of words, if the command has one."""
    vararg = _arguments(command).vararg
    return vararg.arg if vararg else None


def positional(command: str) -> list[str]:
    """The parameters of a command that are arguments, not options, in order."""
    a = _arguments(command)
    return [p.arg for p in (*a.args, *([a.vararg] if a.vararg else []))]


def parameters(command: str) -> list[inspect.Parameter]:
    """The parameters of a command, as declared in `options`, with the common options added."""
    a = _arguments(command)
    required: list[ast.expr | None] = [None] * (len(a.args) - len(a.defaults))
    pairs = [*zip(a.args, [*required, *a.defaults], strict=True)]
    own = [_parameter(argument, default) for argument, default in pairs]
    if a.vararg is not None:
        one = _parameter(a.vararg, None)
        own.append(one.replace(annotation=Annotated[list[str], *one.annotation.__metadata__]))
    own += [_parameter(k, d) for k, d in zip(a.kwonlyargs, a.kw_defaults, strict=True) if k.arg != "reading"]
    return own + [declared(name, annotation, default) for name, (annotation, default) in options.COMMON.items()]


def _parameter(argument: ast.arg, default: ast.expr | None) -> inspect.Parameter:
    if not isinstance(argument.annotation, ast.Name):
        raise TypeError(f"{argument.arg}: the annotation must be one name from symcalc.options")
    return declared(
        argument.arg, getattr(options, argument.annotation.id), None if default is None else ast.literal_eval(default)
    )


def declared(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    """A parameter with its declaration."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
