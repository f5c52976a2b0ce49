"""Which device this PC is, read from Hilfe's store without touching it."""

from __future__ import annotations

from pathlib import Path

from desktop.client.context import Client
from desktop.client.identity import Identity, write_identity
from desktop.client.own_device import device_id_in


def test_the_device_is_the_one_that_was_let_in(client: Client) -> None:
    assert device_id_in(client.store.path) == ""
    with client.store.write() as db:
        write_identity(db, Identity(admission="approved", device_id="pc-17"))
    assert device_id_in(client.store.path) == "pc-17"


def test_no_store_and_what_is_none_are_no_device_and_nothing_is_made(tmp_path: Path) -> None:
    assert device_id_in(tmp_path / "hilfe.db") == ""
    assert not (tmp_path / "hilfe.db").exists()
    (tmp_path / "hilfe.db").write_bytes(b"no database at all" * 100)
    assert device_id_in(tmp_path / "hilfe.db") == ""
