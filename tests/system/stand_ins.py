"""Programs that stand in for the system's: they write down what they were asked and answer as a test says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def put(root: Path, program: str, script: str) -> Callable[[], list[str]]:
    """Put a program that notes its arguments and then runs `script`; returns what reads the notes, one per call.

    Arguments of a call are parted by "|".
    """
    path = root / program.lstrip("/")
    path.parent.mkdir(parents=True, exist_ok=True)
    noted = root / f"noted-{path.name}"
    # The script itself runs in a shell of the test; the actions start no shell.
    path.write_text(f'#!/bin/sh\n(IFS="|"; printf "%s\\n" "$*" >> "{noted}")\n{script}\n')
    path.chmod(0o755)

    def read() -> list[str]:
        return noted.read_text().splitlines() if noted.exists() else []

    return read
