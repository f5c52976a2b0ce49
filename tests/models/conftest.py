"""A fresh database file per test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models.engine import Store
from desktop.models.opening import open_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the database lies."""
    return tmp_path / "ersthelfer.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Return an open, empty store."""
    opened = open_database(path)
    yield opened
    opened.close()
