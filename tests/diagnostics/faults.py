"""Machines and collectors that misbehave, as small programs that a test starts instead of the real collector."""

from __future__ import annotations

import sys
from pathlib import Path

CRASHING = "import os; os.kill(os.getpid(), 11)"
GARBAGE = "print('Traceback: what is this'); print('{\"probe\": [1, 2')"
FOREIGN = """for one in ('"os", "result": 7', '"memory", "result": {"status": "splendid"}', '"disks", "result": null'):
    print('{"probe": ' + one + '}')
"""
ONE_ANSWER = (
    """{"probe": "os", "result": {"status": "ok", "facts": {"name": "Debian"}, "ms": 1, "cpu_ms": 1, "reason": ""}}"""
)
"""A whole line; what comes after it is up to the test."""
HANGING = "import time; time.sleep(600)"
ENDLESS = "import os\nwhile True: os.write(1, b'x' * 65536)"
SILENT = ""


def collector(source: str) -> list[str]:
    """Return the command of a collector that runs `source` whatever it is asked."""
    return [sys.executable, "-I", "-c", source]


def hanging_probe(folder: Path, probe_id: str) -> list[str]:
    """Return the command of the real collector with one probe that sleeps for a minute."""
    file = folder / "hanging.py"
    file.write_text(
        "import sys, time\n"
        "from desktop.diagnostics import registry\n"
        f"next(one for one in registry.PROBES if one.id == {probe_id!r}).read = lambda machine: time.sleep(60)\n"
        "from desktop.entry.collector import main\n"
        "main(sys.argv[1:])\n"
    )
    return [sys.executable, "-I", str(file)]


def stopped_probe(folder: Path, signal_name: str) -> list[str]:
    """Return the command of the real collector with a first probe that sends a signal to its own process."""
    file = folder / "stopped.py"
    file.write_text(
        "import os, signal, sys\n"
        "from desktop.diagnostics import registry\n"
        f"registry.PROBES[0].read = lambda machine: os.kill(os.getpid(), signal.{signal_name})\n"
        "from desktop.entry.collector import main\n"
        "main(sys.argv[1:])\n"
    )
    return [sys.executable, "-I", str(file)]
