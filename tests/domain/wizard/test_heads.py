"""What is kept of the checklists between two calls: the same as read, and nothing of it is believed when in doubt."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from desktop.base.paths import resources
from desktop.domain.wizard import library as libraries
from desktop.domain.wizard.heads import kept_heads, read_files
from desktop.domain.wizard.library import heads_of, load_library
from tests.domain.wizard.samples import HEAD, sample_text


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "wizards.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two of the shipped wizards."""
    made = tmp_path / "wizards"
    made.mkdir()
    for name in ("printer-no-print", "battery"):
        shutil.copy(resources() / "wizards" / f"{name}.toml", made)
    return made


def test_second_time_nothing_is_checked_and_all_is_the_same(
    folder: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_library(folder, shelf=shelf)
    monkeypatch.setattr(libraries, "assemble", None)
    second = load_library(folder, shelf=shelf)
    assert dict(second.wizards) == dict(first.wizards)
    assert (len(second.wizards), second.problems) == (2, {})
    assert "battery" in second.wizards
    assert "elsewhere" not in second.wizards
    assert kept_heads(read_files(folder), shelf) == heads_of(first)


def test_a_changed_file_is_read_and_checked_again(folder: Path, shelf: Path) -> None:
    load_library(folder, shelf=shelf)
    changed = folder / "battery.toml"
    changed.write_text(changed.read_text(encoding="utf-8").replace('start = "', 'start = "x'), encoding="utf-8")
    assert kept_heads(read_files(folder), shelf) is None
    assert set(load_library(folder, shelf=shelf).wizards) == {"printer-no-print"}


def test_a_file_more_or_less_or_named_otherwise_is_noticed(folder: Path, shelf: Path) -> None:
    load_library(folder, shelf=shelf)
    (folder / "battery.toml").rename(folder / "other.toml")
    assert kept_heads(read_files(folder), shelf) is None
    (folder / "other.toml").unlink()
    assert kept_heads(read_files(folder), shelf) is None


def test_what_has_a_fault_is_never_kept(folder: Path, shelf: Path) -> None:
    (folder / "sample.toml").write_text(sample_text(cases=""), encoding="utf-8")  # warnings only
    assert "sample" in load_library(folder, shelf=shelf).wizards
    assert not shelf.exists()


@pytest.mark.parametrize(
    "spoiled",
    [b"", b"\xff\xfe", b"[]", b"null", b"{}", b'{"of": 3, "heads": []}', b"[" * 100_000, b'{"of": "x"', b"7"],
)
def test_a_damaged_file_is_read_past_and_written_anew(folder: Path, shelf: Path, spoiled: bytes) -> None:
    shelf.write_bytes(spoiled)
    assert len(load_library(folder, shelf=shelf).wizards) == 2
    assert kept_heads(read_files(folder), shelf) is not None


@pytest.mark.parametrize("place", range(9))
def test_heads_of_other_types_are_not_believed(folder: Path, shelf: Path, place: int) -> None:
    load_library(folder, shelf=shelf)
    document = json.loads(shelf.read_text(encoding="utf-8"))
    for wrong in (None, [1], {"a": 1}, 1.5, True):
        document["heads"][0][place] = wrong
        shelf.write_text(json.dumps(document), encoding="utf-8")
        assert kept_heads(read_files(folder), shelf) is None


def test_where_nothing_can_be_written_everything_still_works(folder: Path, tmp_path: Path) -> None:
    assert len(load_library(folder, shelf=tmp_path / "gone" / "wizards.json").wizards) == 2
    (tmp_path / "taken").mkdir()
    assert len(load_library(folder, shelf=tmp_path / "taken").wizards) == 2  # a folder is in its place


def test_same_content_is_read_once(folder: Path) -> None:
    first, second = load_library(folder), load_library(folder)
    assert first.wizards["battery"] is second.wizards["battery"]
    text = HEAD.replace("minutes = 3", "minutes = 4")
    (folder / "sample.toml").write_text(sample_text(head=text), encoding="utf-8")
    assert load_library(folder).wizards["sample"].minutes == 4
    (folder / "sample.toml").write_text(sample_text(), encoding="utf-8")
    assert load_library(folder).wizards["sample"].minutes == 3
