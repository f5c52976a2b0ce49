"""Opens the Desk's database: checks the place and the version first, upgrades only where needed.

Alembic costs more to import than Qt, so it is loaded only when the file is new or old.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from desktop.base.files import sync_folder
from desktop.models.engine import Store, connect, make_store
from desktop.models.faults import fault, store_fault
from desktop.models.places import check_place
from desktop.models.version import SCHEMA_VERSION, read_version


def open_database(path: Path) -> Store:
    """Return the store at `path`; a missing file is made, an old one copied, checked and upgraded.

    Raises AppError `store.newer`, `.damaged`, `.network_path`, `.synchronised_path`, `.busy`, `.full`, `.read_only`,
    `.unreachable`; a file that is refused stays as it is, byte for byte.
    """
    check_place(path)
    version = read_version(path)
    if version < SCHEMA_VERSION:
        _upgrade(path, version)
    elif not os.access(path, os.W_OK):
        raise fault("store.read_only", path)
    return make_store(path)


def _upgrade(path: Path, version: int) -> None:
    try:
        if version:
            make_verified_copy(path, copy_path(path, version))
        from desktop.models.upgrade import upgrade

        connect(path).close()  # sets the journal mode, which cannot be done inside the upgrade's transaction
        store = make_store(path)
        try:
            with store.writing() as connection:
                upgrade(connection)
        finally:
            store.close()
    except sqlite3.Error as error:
        raise store_fault(error, path) or error from error
    os.chmod(path, 0o600)  # noqa: PTH101 - Path.chmod is the same; the mode is what matters


def copy_path(path: Path, version: int) -> Path:
    """Return where the copy before an upgrade from `version` lies."""
    return path.with_name(f"{path.stem}-before-upgrade-from-{version}{path.suffix}")


def make_verified_copy(source: Path, target: Path) -> None:
    """Copy a living database and prove the copy sound before it gets its name.

    Raises AppError `store.damaged` where the copy fails its check; an earlier copy stays then.
    """
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    origin, copy = sqlite3.connect(source), sqlite3.connect(part)
    try:
        origin.backup(copy, pages=200)
        copy.execute("PRAGMA journal_mode=DELETE")
        found = [str(row[0]) for row in copy.execute("PRAGMA integrity_check")]
        orphans = copy.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        found, orphans = [str(error)], None
    finally:
        origin.close()
        copy.close()
    if found != ["ok"] or orphans:
        part.unlink(missing_ok=True)
        raise fault("store.damaged", source, detail="; ".join(found[:3]))
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    part.replace(target)
    sync_folder(target.parent)
