"""A disk that is full is called full, also where SQLite only knows of an I/O error."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import NamedTuple

import pytest

from desktop.base.errors import AppError
from desktop.client.store import ClientStore
from desktop.models.faults import store_fault


class Usage(NamedTuple):
    """Bytes of a disk, as the standard library answers."""

    total: int
    used: int
    free: int


def failing(code: int, name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    return error


@pytest.mark.parametrize(("free", "said"), [(5_000, "full"), (2**30, "")])
def test_an_io_error_on_a_full_disk_is_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str
) -> None:
    usage = Usage(2**30, 2**30 - free, free)

    def disk_usage(_path: Path) -> Usage:
        return usage

    monkeypatch.setattr(shutil, "disk_usage", disk_usage)
    found = store_fault(failing(sqlite3.SQLITE_IOERR_WRITE, "SQLITE_IOERR_WRITE"), tmp_path / "a.db")
    assert found is not None
    assert found.code == f"store.{said or 'unreachable'}"
    busy = store_fault(failing(sqlite3.SQLITE_BUSY, "SQLITE_BUSY"), tmp_path / "a.db")
    assert busy is not None
    assert busy.code == "store.busy"
    store = ClientStore(tmp_path / "hilfe.db")
    with pytest.raises(AppError) as caught, store.read():
        raise failing(sqlite3.SQLITE_IOERR_FSYNC, "SQLITE_IOERR_FSYNC")
    assert caught.value.code == f"hilfe.store_{said or 'unusable'}"
    store.close()
