"""Print queues of a Mac: CUPS as everywhere, whose tools there speak the user's language unless told otherwise."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.diagnostics.macos.macbook_air import MACBOOK_AIR
from tests.diagnostics.macos.recording import set_up
from tests.diagnostics.macos.test_healthy import ok

LPSTAT = """#!/bin/sh
if [ "$LANG" != C ] || [ -z "$SOFTWARE" ]; then
    echo "Zeitplandienst läuft"
    echo "Drucker Brother_MFC ist inaktiv."
    exit 0
fi
cat <<END
scheduler is running
system default destination: Brother_MFC
device for Brother_MFC: dnssd://Brother%20MFC._ipp._tcp.local./?uuid=x
printer Brother_MFC is idle.  enabled since Fri Nov 27 08:00:00 2026
\tForm mounted:
\tAlerts: media-empty-error
END
"""


@pytest.fixture
def short_root() -> Iterator[Path]:
    """A folder whose name leaves room for a socket's."""
    with tempfile.TemporaryDirectory(prefix="mac") as folder:
        yield Path(folder)


def test_queues_are_read_whatever_the_users_language(short_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """lpstat is told to speak English in the only way that it listens to."""
    recording = replace(MACBOOK_AIR, tools={**MACBOOK_AIR.tools, ("lpstat", ""): "", ("cupsd", ""): ""})
    machine = set_up(recording, short_root, monkeypatch)
    (short_root / "tools" / "lpstat").write_text(LPSTAT)
    place = short_root / "private" / "var" / "run" / "cupsd"
    place.parent.mkdir(parents=True)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(place))
        door.listen()
        found = ok(machine, "printers")
    assert (found["is_spooler_running"], found["default"]) == (True, "Brother_MFC")
    assert [(row["state"], row["alerts"], row["is_virtual"]) for row in found["printers"]] == [
        ("idle", ["media-empty-error"], False)
    ]
