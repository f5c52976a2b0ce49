"""The packaged programs, built once for all tests of this folder and only where what they are made of has changed."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "dist" / "Ersthelfer"
STAMP = ROOT / "dist" / "ersthelfer.stamp"


def made_of() -> str:
    """Return a hash over everything that goes into the packaged programs."""
    digest = sha256((ROOT / "requirements.lock").read_bytes())
    sources = [*(ROOT / "desktop").rglob("*"), *(ROOT / "packaging").rglob("*")]
    for path in sorted(one for one in sources if one.is_file() and one.suffix not in (".pyc", ".mo")):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="session")
def programs() -> Path:
    """Return the folder of the packaged programs, built now where it is missing or stale (1 to 2 minutes)."""
    STAMP.parent.mkdir(exist_ok=True)
    lock = QLockFile(str(STAMP.with_suffix(".lock")))  # test processes side by side build once
    lock.setStaleLockTime(0)
    lock.lock()
    try:
        build_if_stale()
    finally:
        lock.unlock()
    return BUILT


def build_if_stale() -> None:
    """Build unless the last build was made of the same files."""
    wanted = made_of()
    if not (STAMP.exists() and STAMP.read_text() == wanted):
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "packaging/build.spec"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
        assert done.returncode == 0, done.stderr[-4000:]
        STAMP.write_text(wanted)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return what a program gets to see: no Python of ours, no home of the user, keys in a file."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return {
        **kept,
        "HOME": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
        "ERSTHELFER_LANGUAGE": "de",
        "ERSTHELFER_KEYS": "file",
        "ERSTHELFER_PASSPHRASE": "nur für diesen Test",
    }
