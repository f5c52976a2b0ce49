"""A file is a subject and a function is a thought: the limits of CONTRIBUTING.md, counted."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for path in (ROOT / "desktop").rglob("*.py") if "versions" not in path.parts)
FILE_LIMIT = 400
FUNCTION_LIMIT = 40


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_file_is_longer_than_a_subject() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert not {name: lines for name, lines in long.items() if lines > FILE_LIMIT}


def test_no_function_is_longer_than_a_thought() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{one.lineno} {one.name} ({(one.end_lineno or 0) - one.lineno + 1})"
        for path in SOURCES
        for one in functions(path)
        if (one.end_lineno or 0) - one.lineno + 1 > FUNCTION_LIMIT
    ]
    assert not long, long


def test_every_module_and_public_function_says_why_it_is_there() -> None:
    bare: list[str] = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            bare.append(str(path.relative_to(ROOT)))
        for node in tree.body:
            is_public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if is_public and not ast.get_docstring(node):
                bare.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not bare, bare


def test_nothing_is_left_for_later() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error", "XX" + "X")
    loose = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if any(word in line.split("uuid")[0] for word in words)
    ]
    assert not loose, loose
