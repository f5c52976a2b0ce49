"""Runs the real programs on homes below one folder, and looks into what they have kept."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONG_ENOUGH = 30  # seconds in which something must turn up on the busiest machine


def environment() -> dict[str, str]:
    """Return what a program is started with: no screen, no keyring, no network."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "ERSTHELFER_KEYS": "file",
        "ERSTHELFER_PASSPHRASE": "test",
        "ERSTHELFER_OFFLINE": "1",
    }


def run(*arguments: str) -> str:
    """Run Python to its end and return what it said."""
    done = subprocess.run(
        [sys.executable, *arguments], env=environment(), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def make_homes(root: Path) -> Path:
    """Make a company in `desk` and a PC with one request in `pc`."""
    desk = ("-m", "desktop.entry.desk", "--home", str(root / "desk"))
    pc = ("-m", "desktop.entry.tray", "--home", str(root / "pc"))
    run(*desk, "init", "--company", "Möbelwerk", "--mailbox", str(root / "mailbox"), "--technician", "Katrin")
    run(*pc, "enrol", str(root / "desk" / "data" / "firma.ersthelfer"))
    run(*pc, "send", "--text", "Der Drucker streikt", "--level", "none")
    run(*desk, "inbox", "import")
    run(*pc, "sync")
    return root


def kept(path: Path, query: str) -> str:
    """Return the first column of everything a query finds, one after the other."""
    connection = sqlite3.connect(path)
    try:
        return "".join(str(row[0]) for row in connection.execute(query))
    finally:
        connection.close()


def wait_for(is_there: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait until a running program has kept something."""
    until = time.monotonic() + LONG_ENOUGH
    while not is_there():
        assert process.poll() is None, "the program ended by itself"
        assert time.monotonic() < until, "nothing was kept"
        time.sleep(0.05)
