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
