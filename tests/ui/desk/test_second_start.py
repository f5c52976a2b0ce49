"""A second Desk on the same data: the first one's window comes up, or the second says why it ends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.base.errors import AppError, ErrorKind
from desktop.base.paths import Home
from desktop.entry import desk_window
from desktop.ui.common.instance import SingleInstance


@dataclass
class Ground:
    """What the second start looks at before it shows anything."""

    home: Home


@dataclass
class Start:
    """What it is handed."""

    ground: Ground


@pytest.fixture
def first(tmp_path: Path, qapp: object) -> Any:
    """Return the Desk that runs already."""
    instance = SingleInstance(tmp_path / "data", "desk")
    assert instance.claim()
    yield instance
    instance.release()


def second_start(root: Path) -> int:
    return desk_window._run_locked(Start(Ground(Home.under(root))))  # type: ignore[arg-type]


def test_the_first_window_comes_up(tmp_path: Path, first: Any, qtbot: Any) -> None:
    first.listen()
    with qtbot.waitSignal(first.raised):
        assert second_start(tmp_path) == 0


def test_a_desk_that_does_not_answer_is_named(tmp_path: Path, first: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.ui.common.instance._STARTING", 0)
    with pytest.raises(AppError) as caught:
        second_start(tmp_path)
    assert (caught.value.code, caught.value.kind) == ("store.in_use", ErrorKind.ENVIRONMENT)
    assert caught.value.parameters["path"] == str(tmp_path / "data")
