"""The packaged programs start, speak, collect, and exchange a request, each from a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.frozen, pytest.mark.xdist_group("frozen"), pytest.mark.timeout(1200)]
SUFFIX = ".exe" if os.name == "nt" else ""
UNWANTED = ("libQt6Qml", "libQt6Quick", "libQt6Pdf", "libqgtk3", "libgtk-3")


class Call:
    """Runs a packaged program and reads its JSON."""

    def __init__(self, programs: Path, environment: dict[str, str]) -> None:
        self._programs = programs
        self._environment = environment

    def run(self, program: str, *arguments: str, timeout: int = 120) -> subprocess.CompletedProcess[str]:
        command = [str(self._programs / f"{program}{SUFFIX}"), *arguments]
        return subprocess.run(
            command,
            env=self._environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    def json(self, program: str, *arguments: str) -> dict[str, Any]:
        done = self.run(program, *arguments, "--json")
        assert done.returncode == 0, (arguments, done.stdout[-2000:], done.stderr[-4000:])
        return json.loads(done.stdout)


@pytest.fixture
def call(programs: Path, environment: dict[str, str]) -> Call:
    return Call(programs, environment)


@pytest.mark.parametrize("program", ["ersthelfer", "ersthelfer-hilfe"])
def test_a_program_says_its_version(call: Call, program: str) -> None:
    done = call.run(program, "--version")
    assert done.returncode == 0, done.stderr[-4000:]
    assert "0.1.0" in done.stdout


def test_the_collector_collects(call: Call) -> None:
    done = call.run("ersthelfer-collector")
    assert done.returncode == 0, done.stderr[-4000:]
    assert json.loads(done.stdout)["probes"]["os"]["status"] == "ok"


def test_hilfe_diagnoses_with_the_packaged_collector(call: Call, tmp_path: Path) -> None:
    found = call.json("ersthelfer-hilfe", "--home", str(tmp_path / "pc"), "diagnose")
    assert found["probes"]["os"]["status"] == "ok"
    assert found["findings"]


def test_a_request_goes_from_one_home_to_the_other(call: Call, tmp_path: Path) -> None:
    desk, pc, mailbox = tmp_path / "desk", tmp_path / "pc", tmp_path / "mailbox"
    mailbox.mkdir()
    company = call.json(
        "ersthelfer", "--home", str(desk), "init", "--company", "Möbelwerk Ahornblick", "--mailbox", str(mailbox)
    )
    call.json("ersthelfer-hilfe", "--home", str(pc), "enrol", company["invitation"])
    call.json("ersthelfer", "--home", str(desk), "inbox", "import")
    sent = call.json("ersthelfer-hilfe", "--home", str(pc), "send", "--text", "Der Drucker druckt leere Seiten")
    report = call.json("ersthelfer", "--home", str(desk), "inbox", "import")
    assert report["counts"]["imported"] == 1
    tickets = call.json("ersthelfer", "--home", str(desk), "ticket", "list")["tickets"]
    assert [one["title"] for one in tickets] == ["Der Drucker druckt leere Seiten"]
    call.json("ersthelfer-hilfe", "--home", str(pc), "sync")
    requests = call.json("ersthelfer-hilfe", "--home", str(pc), "status")["requests"]
    assert [(one["reference"], one["ticket"]) for one in requests] == [(sent["reference"], tickets[0]["number"])]


def test_nothing_unused_is_packaged(programs: Path) -> None:
    names = {path.name for path in programs.rglob("*")}
    assert not {name for name in names if name.startswith(UNWANTED)}
    assert {"phosphor-1.3.0.ttf", "env.py"} <= names
    size = sum(path.lstat().st_size for path in programs.rglob("*") if path.is_file() and not path.is_symlink())
    assert size < 260 * 2**20
