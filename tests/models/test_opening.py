"""A database is opened only where it is safe, and refused without a byte changed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from desktop.base.errors import AppError, ErrorKind
from desktop.base.texts import load_texts
from desktop.models import opening
from desktop.models.engine import Store
from desktop.models.faults import _CODES
from desktop.models.fetching import fetch
from desktop.models.first_page import first_page
from desktop.models.opening import copy_path, make_verified_copy, open_database
from desktop.models.places import check_place, mount_type
from desktop.models.tables import metadata
from desktop.models.version import APPLICATION_ID, SCHEMA_VERSION, read_version

MOUNTS = """/dev/sda1 / ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
server:/home /home/nfs nfs4 rw 0 0
rclone: /mnt/my\\040cloud fuse.rclone rw 0 0
/dev/sdb1 /mnt/usb fuseblk rw 0 0
"""


def refused(path: Path) -> AppError:
    with pytest.raises(AppError) as caught:
        open_database(path)
    assert caught.value.kind is ErrorKind.ENVIRONMENT
    for language in ("de", "en"):
        words = load_texts(language).error(caught.value)
        assert words.what
        assert words.data
        assert words.do
    return caught.value


def test_a_new_database_has_our_pragmas_and_version(store: Store, path: Path) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1}
    with store.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5000
    assert found == wanted
    assert read_version(path) == SCHEMA_VERSION
    assert path.stat().st_mode & 0o077 == 0


def test_the_migration_makes_exactly_the_tables(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _ours})
        assert compare_metadata(context, metadata) == []


def _ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    return not (kind == "table" and (name or "").startswith(("search_tickets", "search_parts", "alembic_")))


def test_an_up_to_date_file_opens_without_alembic(store: Store, path: Path) -> None:
    store.close()
    script = (
        "import sys; from pathlib import Path; from desktop.models.opening import open_database;"
        f"open_database(Path({str(path)!r})).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_first_page_needs_no_sqlalchemy() -> None:
    script = "import sys, desktop.services.first_page; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_newer_database_is_refused_byte_for_byte(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("CREATE TABLE future (x)")
    connection.close()
    before = path.read_bytes()
    assert refused(path).code == "store.newer"
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("content", [b"keine Datenbank" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_database_is_refused_byte_for_byte(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert refused(path).code == "store.damaged"
    assert path.read_bytes() == content


def test_a_foreign_database_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=1")
    connection.close()
    assert refused(path).code == "store.damaged"


def test_damage_inside_is_said_in_words(store: Store, path: Path) -> None:
    store.close()
    size = path.stat().st_size
    with path.open("rb+") as stream:
        stream.seek(4096)
        stream.write(os.urandom(size - 4096))
    opened = open_database(path)
    with pytest.raises(AppError, match=r"store\.damaged"), opened.reading() as connection:
        connection.execute(text("SELECT * FROM tickets")).all()
    opened.close()


def test_a_busy_database_is_said_in_words(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.models.engine.BUSY_MS", 20)
    monkeypatch.setattr("desktop.models.engine.PRAGMAS", ("PRAGMA journal_mode=WAL", "PRAGMA busy_timeout=20"))
    store = open_database(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(AppError, match=r"store\.busy"), store.writing():
        pass
    other.execute("ROLLBACK")
    other.close()
    with store.writing():
        pass
    store.close()


def _fill(store: Store, pages: int) -> None:
    row = text("INSERT INTO departments VALUES (:id, :name)")
    with store.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        for number in range(2000):
            connection.execute(row, {"id": f"{number}", "name": f"{number:4000}"})


def test_a_full_disk_is_said_in_words_and_loses_nothing(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(text("INSERT INTO departments (id, name) VALUES ('a', 'Versand')"))
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with pytest.raises(AppError, match=r"store\.full"):
        _fill(store, pages)
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM departments")).scalar() == 1


def test_places_that_harm_a_database_are_refused(tmp_path: Path) -> None:
    def code(path: str, platform: str = "linux") -> str:
        try:
            check_place(Path(path), mounts=MOUNTS, platform=platform)
        except AppError as error:
            return error.code
        return ""

    assert code("/home/anna/ersthelfer.db") == ""
    assert code("/mnt/usb/ersthelfer.db") == ""
    assert code("/mnt/share/x/ersthelfer.db") == "store.network_path"
    assert code("/home/nfs/ersthelfer.db") == "store.network_path"
    assert code("/mnt/my cloud/ersthelfer.db") == "store.network_path"
    assert code("\\\\server\\share\\ersthelfer.db") == "store.network_path"
    for folder in ("OneDrive", "OneDrive - Möbelwerk", "Dropbox", "Nextcloud", "iCloud Drive", "Google Drive"):
        assert code(f"/home/anna/{folder}/Ersthelfer/ersthelfer.db") == "store.synchronised_path"
    assert mount_type(Path("/mnt/usb/a"), MOUNTS) == "fuseblk"
    inside = tmp_path / "Dropbox"
    assert refused(inside / "ersthelfer.db").code == "store.synchronised_path"
    assert not inside.exists()


def test_an_upgrade_copies_first_and_proves_the_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_database(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO departments (id, name) VALUES ('a', 'Versand')")
    connection.close()
    monkeypatch.setattr(opening, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    open_database(path).close()
    copied = sqlite3.connect(copy_path(path, SCHEMA_VERSION))
    assert copied.execute("SELECT name FROM departments").fetchall() == [("Versand",)]
    assert copied.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copied.close()


def test_a_damaged_database_is_not_copied_over_a_good_copy(path: Path, tmp_path: Path) -> None:
    open_database(path).close()
    target = tmp_path / "copy.db"
    make_verified_copy(path, target)
    good = target.read_bytes()
    with path.open("rb+") as stream:
        stream.seek(4096 * 3)
        stream.write(os.urandom(4096 * 8))
    with pytest.raises(AppError, match=r"store\.damaged"):
        make_verified_copy(path, target)
    assert target.read_bytes() == good
    assert not target.with_suffix(".part").exists()


def test_the_first_page_of_nothing_is_empty(path: Path) -> None:
    from desktop.base.clock import utc_now

    assert first_page(path, view="mine", now=utc_now()).is_ready is False


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "code", sorted({*_CODES.values(), "store.newer", "store.network_path", "store.synchronised_path", "store.in_use"})
)
def test_every_fault_of_the_store_has_words(language: str, code: str) -> None:
    error = AppError(code, parameters={"path": "/daten/ersthelfer.db"})
    words = load_texts(language).error(error)
    assert words.what
    assert words.data
    assert words.do


def test_reading_inside_writing_sees_what_was_before(store: Store) -> None:
    with store.writing() as writer:
        fetch(writer, "INSERT INTO departments (id, name) VALUES ('d', 'Versand')")
        with store.reading() as reader:
            assert fetch(reader, "SELECT name FROM departments") == []
    with store.reading() as reader:
        assert fetch(reader, "SELECT name FROM departments") == [("Versand",)]


def test_a_thread_more_takes_no_connection_from_another(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        together = Barrier(8)

        def read() -> int:
            with store.reading() as connection:
                together.wait(timeout=20)
                return int(fetch(connection, "SELECT count(*) FROM ticket_states")[0][0])

        found = [one.result() for one in [threads.submit(read) for _ in range(8)]]
    assert len(set(found)) == 1
