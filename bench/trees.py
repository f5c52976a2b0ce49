"""The memory of a program with everything it starts, looked at every ten milliseconds while it runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from bench.measure import Sample
from bench.processes import children_cpu

PERIOD = 0.01  # seconds between two looks


def until_end_with_tree(command: Sequence[str], environment: Mapping[str, str]) -> Sample:
    """Run a program to its end; besides its times the largest sum of resident memory of its whole tree, in MB.

    Pages that several processes share count in each of them, so the sum is an upper bound.
    """
    began, before = time.perf_counter(), children_cpu()
    child = subprocess.Popen(
        command, env=dict(environment), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    most = 0
    while child.poll() is None:
        most = max(most, tree_memory(child.pid))
        time.sleep(PERIOD)
    after = children_cpu()
    if child.returncode:
        raise RuntimeError(f"{command} ended with {child.returncode}")
    return Sample(wall=(time.perf_counter() - began) * 1000, cpu=after - before, memory=most / 2**20)


def tree_memory(pid: int) -> int:
    """Return the bytes that a process and all below it hold in memory now; 0 where it has ended."""
    if not sys.platform.startswith("linux"):
        return _by_psutil(pid)
    found = 0
    waiting = [str(pid)]
    while waiting:
        one = Path("/proc") / waiting.pop()
        try:
            found += int((one / "statm").read_text().split()[1])
            threads = list((one / "task").iterdir())
        except OSError:
            continue  # it ended while we looked
        waiting += [below for thread in threads for below in _below(thread)]
    return found * os.sysconf("SC_PAGE_SIZE")


def _below(thread: Path) -> list[str]:
    try:
        return (thread / "children").read_text().split()
    except OSError:
        return []


def _by_psutil(pid: int) -> int:
    try:
        top = psutil.Process(pid)
        return sum(one.memory_info().rss for one in (top, *top.children(recursive=True)))
    except psutil.Error:
        return 0
