"""What is being typed survives a hard end: kept while the typing goes on, there again after the next start."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("typing_script.py")
KEPT = {
    "desk": ("desk/data/ersthelfer.db", "SELECT text FROM drafts"),
    "hilfe": ("pc/data/hilfe.db", "SELECT document FROM drafts"),
}
LONG_ENOUGH = 30  # seconds in which a draft must turn up on the busiest machine

pytestmark = pytest.mark.timeout(120)


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "ERSTHELFER_KEYS": "file",
        "ERSTHELFER_PASSPHRASE": "test",
        "ERSTHELFER_OFFLINE": "1",
    }


def run(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment(), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a company in `desk` and a PC with one request in `pc`."""
    root = tmp_path_factory.mktemp("drafts")
    desk = ("-m", "desktop.entry.desk", "--home", str(root / "desk"))
    pc = ("-m", "desktop.entry.tray", "--home", str(root / "pc"))
    run(*desk, "init", "--company", "Möbelwerk", "--mailbox", str(root / "mailbox"), "--technician", "Katrin")
    run(*pc, "enrol", str(root / "desk" / "data" / "firma.ersthelfer"))
    run(*pc, "send", "--text", "Der Drucker streikt", "--level", "none")
    run(*desk, "inbox", "import")
    run(*pc, "sync")
    return root


def kept(path: Path, query: str) -> str:
    connection = sqlite3.connect(path)
    try:
        return "".join(str(row[0]) for row in connection.execute(query))
    finally:
        connection.close()


def wait_for(is_there: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + LONG_ENOUGH
    while not is_there():
        assert process.poll() is None, "the program ended by itself"
        assert time.monotonic() < until, "nothing was kept while somebody typed"
        time.sleep(0.05)


@pytest.mark.parametrize(("program", "home"), [("desk", "desk"), ("hilfe", "pc")])
def test_a_text_survives_a_kill_in_the_middle_of_a_word(homes: Path, program: str, home: str) -> None:
    path, query = homes / KEPT[program][0], KEPT[program][1]
    command = [sys.executable, str(SCRIPT), program, str(homes / home)]
    process = subprocess.Popen([*command, "type"], env=environment(), stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: "8 9 10" in kept(path, query), process)
    finally:
        process.kill()
        process.wait()
    found = run(*command[1:], "read")
    typed = "".join(f"{number} " for number, _ in zip(count(), found, strict=False))
    assert found.startswith("0 1 2 3 4 5 6 7 8 9 10")
    assert typed.startswith(found)
