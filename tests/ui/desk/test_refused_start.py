"""The Desk's window on a home it cannot use: one window says why, the exit code says it to scripts, nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from desktop.entry.desk_window import run_window
from desktop.entry.groundwork import lay_ground

Start = Callable[[Path], tuple[int, str]]


@pytest.fixture
def start(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Return what starts the Desk on a home, reads the fault window it shows and closes it."""
    monkeypatch.setattr("sys.excepthook", lambda *_: None)  # put back afterwards, whatever the start sets
    said: list[str] = []
    watch = QTimer()

    def look() -> None:
        window = QApplication.activeModalWidget()
        if window is not None:
            said.append(" ".join(one.text() for one in window.findChildren(QLabel)))
            window.close()

    watch.timeout.connect(look)
    watch.start(5)
    yield lambda home: (run_window(lay_ground({"home": str(home), "language": "de"})), " ".join(said))
    watch.stop()


@pytest.mark.parametrize("content", [b"{torn", b"\xff\xfe\x00", b"[" * 200_000], ids=["torn", "binary", "deep"])
def test_damaged_settings_are_named_and_stay(tmp_path: Path, start: Start, content: bytes) -> None:
    path = tmp_path / "settings" / "desk.json"
    path.parent.mkdir()
    path.write_bytes(content)
    code, said = start(tmp_path)
    assert code == 3
    assert str(path) in said.replace("\u200b", "")  # where a long word may be broken in a narrow window
    assert "Benennen Sie die Datei um" in said
    assert path.read_bytes() == content


def test_a_home_that_is_a_file_is_named(tmp_path: Path, start: Start) -> None:
    (tmp_path / "home").touch()
    code, said = start(tmp_path / "home")
    assert code == 3
    assert "lässt sich nicht anlegen" in said


def test_a_foreign_database_is_named_and_stays(tmp_path: Path, start: Start) -> None:
    path = tmp_path / "data" / "ersthelfer.db"
    path.parent.mkdir()
    path.write_bytes(b"\x07" * 9000)
    code, said = start(tmp_path)
    assert code == 3
    assert "beschädigt" in said
    assert path.read_bytes() == b"\x07" * 9000
