"""No secret reaches a log file."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from desktop.base.logs import blackened, last_lines, start_logging


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("password=Geheim123", "Geheim123"),
        ("Kennwort: Sommer2026", "Sommer2026"),
        ("smb://anna:geheim@server/share", "geheim"),
        ("seed 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA='", "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="),
    ],
)
def test_secrets_are_blackened(text: str, secret: str) -> None:
    assert secret not in blackened(text)


def test_foreign_text_neither_drives_a_terminal_nor_fills_the_log(tmp_path: Path) -> None:
    handler = start_logging(tmp_path, "desk")
    try:
        logging.getLogger("desktop.test").info("%s", "\x1b[31mROT\x00 \u202egnp.exe \r \ud800 " + "W" * 2_000_000)
    finally:
        logging.getLogger("desktop").removeHandler(handler)
        handler.close()
    (line,) = last_lines(tmp_path, "desk")
    assert not set(line) & set("\x1b\x00\u202e\r")
    assert "ROT" in line
    assert len(line) < 30_000


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "desk.log").mkdir()
    handler = start_logging(tmp_path, "desk")
    try:
        logging.getLogger("desktop.test").info("goes on")
    finally:
        logging.getLogger("desktop").removeHandler(handler)
        handler.close()
    assert "goes on" in caplog.text
    assert (tmp_path / "desk.log").is_dir()


def test_a_log_line_is_written_without_its_secret(tmp_path: Path) -> None:
    handler = start_logging(tmp_path, "desk")
    try:
        logging.getLogger("desktop.test").info("token=%s for %s", "abc123", "anna")
    finally:
        logging.getLogger("desktop").removeHandler(handler)
        handler.close()
    (line,) = last_lines(tmp_path, "desk")
    assert "abc123" not in line
    assert "anna" in line
    assert last_lines(tmp_path, "hilfe") == []
