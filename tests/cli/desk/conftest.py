"""Runs commands as scripts do, in this process, on homes of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from desktop.cli.common.program import Streams
from desktop.entry.command_line import run


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Runner = Callable[..., Ran]


@pytest.fixture
def ersthelfer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Return what runs a command on a home of this test."""
    monkeypatch.setenv("ERSTHELFER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ERSTHELFER_KEYS", "file")
    monkeypatch.setenv("ERSTHELFER_PASSPHRASE", "test")

    def go(*argv: str, given: str = "") -> Ran:
        out, err = StringIO(), StringIO()
        code = run(argv, Streams(StringIO(given), out, err))
        return Ran(code, out.getvalue(), err.getvalue())

    return go


@pytest.fixture
def company(ersthelfer: Runner, tmp_path: Path) -> Runner:
    """Return the runner on a home where a company was made."""
    made = ersthelfer(
        "init", "--company", "Möbelwerk", "--mailbox", str(tmp_path / "mailbox"), "--technician", "Katrin"
    )
    assert made.code == 0, made.err
    return ersthelfer
