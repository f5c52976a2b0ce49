"""Hostile texts on real pages under strace: no file is opened and nobody is asked for what they name."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.traps import MARK

ROOT = Path(__file__).resolve().parents[2]
CALLS = "trace=open,openat,openat2,stat,lstat,newfstatat,statx,access,faccessat,faccessat2,readlink,readlinkat,connect"


CARELESS = """
from PySide6.QtWidgets import QApplication, QLabel
from tests.e2e.traps import TRAPS
application = QApplication([])
QLabel(TRAPS[0]).grab()
"""

pytestmark = [
    pytest.mark.skipif(not shutil.which("strace"), reason="strace sees what a program opens, on Linux only"),
    pytest.mark.timeout(180),
]


def traced(trace: Path, *arguments: str) -> list[str]:
    """Run Python with these arguments and return the file and network calls it made."""
    command = ["strace", "-f", "-qq", "-s", "300", "-e", CALLS, "-o", str(trace), sys.executable, *arguments]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    return trace.read_text(errors="replace").splitlines()


def test_the_traps_catch_a_careless_page(tmp_path: Path) -> None:
    assert [one for one in traced(tmp_path / "trace", "-c", CARELESS) if MARK in one]


@pytest.mark.parametrize("pages", ["hostile_desk.py", "hostile_hilfe.py"])
def test_nothing_a_text_names_is_opened_or_asked(tmp_path: Path, pages: str) -> None:
    lines = traced(tmp_path / "trace", "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", f"tests/e2e/{pages}")
    assert len(lines) > 1000  # strace saw the program
    assert [one for one in lines if MARK in one] == []
    assert [one for one in lines if "connect(" in one and "AF_INET" in one] == []
