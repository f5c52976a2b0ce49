"""Putting a file into the mailbox: whole or not at all, and torn leftovers of our own are finished."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desktop.exchange.delivery import NameTakenError, deliver, is_there
from desktop.exchange.mailbox import read_limited
from desktop.exchange.problems import local_problem, mailbox_problem

CONTENT = bytes(range(256)) * 40


def test_file_arrives_whole_and_nothing_else_stays(tmp_path: Path) -> None:
    deliver(tmp_path, "a.ehr", CONTENT)
    assert [one.name for one in tmp_path.iterdir()] == ["a.ehr"]
    assert (tmp_path / "a.ehr").read_bytes() == CONTENT
    assert (tmp_path / "a.ehr").stat().st_mode & 0o777 == 0o644
    deliver(tmp_path, "a.ehr", CONTENT)
    assert is_there(tmp_path / "a.ehr") is True
    assert is_there(tmp_path / "b.ehr") is False


@pytest.mark.parametrize("length", [0, 1, 5000, len(CONTENT) - 1])
def test_own_torn_file_is_finished(tmp_path: Path, length: int) -> None:
    (tmp_path / "a.ehr").write_bytes(CONTENT[:length])
    deliver(tmp_path, "a.ehr", CONTENT)
    assert (tmp_path / "a.ehr").read_bytes() == CONTENT


@pytest.mark.parametrize("squatter", [b"junk", CONTENT + b"x", b"x" * len(CONTENT)])
def test_strangers_file_is_never_touched(tmp_path: Path, squatter: bytes) -> None:
    (tmp_path / "a.ehr").write_bytes(squatter)
    with pytest.raises(NameTakenError):
        deliver(tmp_path, "a.ehr", CONTENT)
    assert (tmp_path / "a.ehr").read_bytes() == squatter


def test_link_under_our_name_is_never_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"")
    (tmp_path / "a.ehr").symlink_to(target)
    with pytest.raises(NameTakenError):
        deliver(tmp_path, "a.ehr", CONTENT)
    assert target.read_bytes() == b""


def test_without_rename_the_final_name_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(self: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(Path, "rename", denied)
    deliver(tmp_path, "a.ehr", CONTENT)
    assert [one.name for one in tmp_path.iterdir()] == ["a.ehr"]
    assert (tmp_path / "a.ehr").read_bytes() == CONTENT


def test_failed_delivery_leaves_no_temporary_file(tmp_path: Path) -> None:
    def fail(name: str) -> None:
        if name == "deliver.half":
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        deliver(tmp_path, "a.ehr", CONTENT, step=fail)
    assert list(tmp_path.iterdir()) == []


def test_reading_never_waits_and_never_follows(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ehr")
    with pytest.raises(FileNotFoundError):
        read_limited(tmp_path / "pipe.ehr", 100)
    (tmp_path / "link.ehr").symlink_to("/etc/passwd")
    with pytest.raises(OSError, match="symbolic links"):
        read_limited(tmp_path / "link.ehr", 100)
    (tmp_path / "a.ehr").write_bytes(CONTENT)
    assert read_limited(tmp_path / "a.ehr", 100) == CONTENT[:101]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "mailbox.full"), (errno.EDQUOT, "mailbox.full"), (errno.EROFS, "mailbox.read_only"),
        (errno.EACCES, "mailbox.denied"), (errno.ENOENT, "mailbox.unreachable"), (errno.EIO, "mailbox.unreachable"),
        (errno.ESTALE, "mailbox.unreachable"), (errno.EHOSTDOWN, "mailbox.unreachable"),
    ],
)  # fmt: skip
def test_faults_of_the_mailbox_have_a_code(number: int, code: str) -> None:
    assert mailbox_problem(OSError(number, "x"), Path("/x")).code == code


def test_faults_of_this_machine_have_a_code() -> None:
    assert local_problem(OSError(errno.ENOSPC, "x"), Path("/x")).code == "outbox.full"
    assert local_problem(OSError(errno.EACCES, "x"), Path("/x")).code == "outbox.unwritable"
