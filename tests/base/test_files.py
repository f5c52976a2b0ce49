"""A file is replaced whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.base.files import write_durably


def test_content_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "settings.json"
    write_durably(target, b"old")
    write_durably(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_write_keeps_the_old_content_and_cleans_up(tmp_path: Path) -> None:
    target = tmp_path / "taken"
    target.mkdir()
    (target / "inside").touch()
    with pytest.raises(IsADirectoryError):
        write_durably(target, b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["taken"]
