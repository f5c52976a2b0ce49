"""`inbox import` typed by hand delivers at once, whatever pause a failed delivery left behind."""

from __future__ import annotations

import errno
from io import StringIO
from pathlib import Path

import pytest

from desktop.cli.common.program import Streams, run_program
from desktop.entry import tray
from desktop.exchange import desk_post
from tests.cli.desk.conftest import Runner


@pytest.fixture
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home of a PC; the environment's home must not be taken for it."""
    monkeypatch.setenv("ERSTHELFER_OFFLINE", "1")
    return tmp_path / "pc"


def hilfe(home: Path, *argv: str) -> int:
    streams = Streams(StringIO(), StringIO(), StringIO())
    given = ["--home", str(home), *argv]
    return run_program(tray.program(), given, make_context=tray.make_context, streams=streams)


def refused(*_: object, **__: object) -> None:
    raise OSError(errno.EHOSTDOWN, "the share is away for a moment")


def test_what_could_not_be_delivered_goes_with_the_next_import(
    company: Runner, pc: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hilfe(pc, "enrol", str(tmp_path / "home" / "data" / "firma.ersthelfer")) == 0
    assert hilfe(pc, "send", "--text", "Drucker", "--level", "none") == 0
    number = next(one["ticket"] for one in company("inbox", "import", "--json").json["messages"] if one["ticket"])
    assert hilfe(pc, "sync") == 0
    company("inbox", "import")
    (folder,) = (tmp_path / "mailbox" / "out").iterdir()
    with monkeypatch.context() as patched:
        patched.setattr(desk_post, "deliver", refused)
        assert company("ticket", "reply", number, "Ich sehe nach.").code == 0
    assert not list(folder.glob("*.ehr"))
    again = company("inbox", "import", "--json")
    assert again.code == 0, again.err
    assert again.json["delivered"] == 2  # the answer, and that somebody takes care of it
    assert list(folder.glob("*.ehr"))
