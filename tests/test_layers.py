"""Who may import whom: the table of the architecture, read from the imports of every module."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "symcalc"

ALLOWED = {
    "errors": set(),
    "declare": set(),
    "options": {"declare"},
    "canonical": set(),
    "notation": {"canonical"},
    "special": set(),
    "page": set(),
    "result": {"formats", "page"},  # print(result) and notebooks show a result through a format, loaded when it happens
    "budget": set(),
    "process": set(),
    "guard": {"budget", "errors", "process"},
    "place": {"page"},
    "call": {"argv", "declare", "discover", "errors", "guard", "options", "parse"},
    "files": {"errors"},
    "tensors": set(),
    "argv": {"errors"},
    "discover": {"options"},
    "parse": {"errors", "canonical", "notation", "result", "special"},  # the builder makes heads; a Source is what was read
    "calculus": {"result", "errors", "canonical", "notation", "budget"},
    "commands": {"budget", "calculus", "canonical", "parse", "options", "result", "errors", "notation"},
    "formats": {"result", "notation", "special"},
    "reply": {
        "answer",
        "budget",
        "call",
        "page",
        "place",
        "discover",
        "errors",
        "formats",
        "guard",
        "options",
        "parse",
        "result",
    },
    "lines": set(),
    "pool": {"errors", "guard", "lines"},
    "batch": {"argv", "call", "discover", "errors", "guard", "lines", "options", "place", "pool", "reply"},
    "progress": set(),
    "patience": {"progress"},
    "manual": {"batch", "declare", "discover"},
    "__init__": {"errors", "parse", "result", "discover", "calculus", "budget"},
    "__main__": {"cli"},
}
"""What each part of the package may import from the rest of it; `cli` may import everything."""

THIRD_PARTY = {"typer": {"manual"}, "rich": {"formats", "progress"}, "flint": {"calculus"}, "click": set()}
"""Where a library may be imported."""


def modules():
    return sorted(ROOT.rglob("*.py"))


def part(path: Path) -> str:
    relative = path.relative_to(ROOT)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imported(path: Path) -> set[str]:
    """Every module name that a file imports, anywhere in it, except for type checking."""
    names = set()
    tree = ast.parse(path.read_text("utf-8"))
    for_types = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for statement in node.body
        for child in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            names |= {node.module} if node.module != "symcalc" else {f"symcalc.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_keep_the_layers(path):
    here = part(path)
    for name in imported(path):
        top, *inner = name.split(".")
        if top in THIRD_PARTY:
            assert here in THIRD_PARTY[top], f"{path.relative_to(ROOT)} imports {name}"
        if top == "symcalc" and here != "cli":
            target = inner[0] if inner else "__init__"
            assert target == here or target in ALLOWED[here] or target == "__version__", (
                f"{path.relative_to(ROOT)} imports {name}"
            )


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_only_cli_prints_and_nothing_evaluates_text(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"exec", "compile", "sympify", "parse_expr", "lambdify", "__import__"}, node.lineno
            assert node.func.id != "eval", node.lineno
            assert node.func.id != "print" or part(path) == "cli", node.lineno
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"sympify", "parse_expr", "lambdify"}, node.lineno


def test_the_table_can_fail(tmp_path, monkeypatch):
    """A wrong import is seen, wherever it stands in the file."""
    wrong = tmp_path / "commands" / "wrong.py"
    wrong.parent.mkdir()
    wrong.write_text("def f():\n    from rich import print\n    from symcalc.formats import plain\n")
    monkeypatch.setattr("test_layers.ROOT", tmp_path)
    with pytest.raises(AssertionError, match=r"wrong\.py imports"):
        test_imports_keep_the_layers(wrong)


def test_every_module_has_a_summary_and_one_noun():
    for path in modules():
        text = path.read_text("utf-8")
        assert text.startswith('"""') or not text.strip(), f"{path} has no summary"
        assert len(text.splitlines()) <= 300, f"{path} has {len(text.splitlines())} lines: look for the second noun"


def test_no_mutable_state_in_calculus():
    """Module-level names of calculus are constants: functions, classes, tables in capitals, never an empty container."""
    for path in (ROOT / "calculus").rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            value = getattr(node, "value", None)
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(value, ast.Dict | ast.List | ast.Set):
                assert getattr(value, "keys", None) or getattr(value, "elts", None), f"{path}: an empty table is state"
