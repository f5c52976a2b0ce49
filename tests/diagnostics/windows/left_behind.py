"""Run by a Windows Python under Wine: kills a program that has started a tool, and tells whether the tool stayed.

`left_behind.py held` lets the program hold its tools as the collector does, `left_behind.py loose` does not. Prints
"gone" or "stayed". Not imported by any test.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

import psutil

from desktop.diagnostics.windows.job import hold_tools
from desktop.diagnostics.windows.libraries import system_libraries

SLEEP = "import time; time.sleep(60)"
PATIENCE = 20.0


def program(mode: str) -> None:
    """Start a tool, print its number, and wait to be killed."""
    if mode == "held":
        assert hold_tools(system_libraries())
    tool = subprocess.Popen([sys.executable, "-I", "-c", SLEEP], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    os.write(1, f"{tool.pid}\n".encode())
    time.sleep(60)


def main(mode: str) -> None:
    """Kill the program and watch the tool."""
    child = subprocess.Popen([sys.executable, __file__, f"as-{mode}"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    assert child.stdout is not None
    tool = int(child.stdout.readline())
    child.kill()
    child.wait()
    end = time.monotonic() + PATIENCE
    while psutil.pid_exists(tool) and time.monotonic() < end:
        time.sleep(0.1)
    stayed = psutil.pid_exists(tool)
    if stayed:
        psutil.Process(tool).kill()
    os.write(1, b"stayed" if stayed else b"gone")


if __name__ == "__main__":
    program(sys.argv[1][3:]) if sys.argv[1].startswith("as-") else main(sys.argv[1])
