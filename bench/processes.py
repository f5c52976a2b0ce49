"""Starting a program and measuring it from outside: until it says it is ready, or until it ends."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

from bench.measure import Sample

READY = "ERSTHELFER_BENCH_READY"
"""Names a file into which the program writes its processor time (s) when it is ready; `desktop.entry.readiness`."""
PATIENCE = 90.0  # seconds until a start counts as failed


def until_ready(command: Sequence[str], environment: Mapping[str, str]) -> Sample:
    """Start a program, wait until it says it is ready, read memory, end it.

    The processor time is what the program itself says: read from outside it would come in steps of 10 ms and take in
    what the program goes on with after it was ready.
    """
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready"
        began = time.perf_counter()
        child = subprocess.Popen(
            command, env={**environment, READY: str(ready)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        try:
            said = _wait_for(ready, child)
            wall = time.perf_counter() - began
            return Sample(wall=wall * 1000, cpu=float(said) * 1000, memory=_memory(child.pid))
        finally:
            _end(child)


def _wait_for(ready: Path, child: subprocess.Popen[bytes]) -> str:
    """Return the line that the program wrote; a line without its end is still being written."""
    deadline = time.monotonic() + PATIENCE
    while True:
        if ready.exists() and (line := ready.read_text(encoding="ascii")).endswith("\n"):
            return line
        if child.poll() is not None:
            said = child.stderr.read().decode(errors="replace") if child.stderr else ""
            raise RuntimeError(f"ended with {child.returncode} before it was ready: {said[-2000:]}")
        if time.monotonic() > deadline:
            raise RuntimeError(f"not ready after {PATIENCE:.0f} s")
        time.sleep(0.002)


def _memory(pid: int) -> float:
    """Return what the program's memory comes to, in MB: PSS where the system tells it."""
    memory = psutil.Process(pid).memory_full_info()
    return getattr(memory, "pss", memory.uss) / 2**20


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    if child.stderr:
        child.stderr.close()


def until_end(command: Sequence[str], environment: Mapping[str, str]) -> Sample:
    """Run a program to its end and return its wall time and the processor time of itself and its children."""
    began = time.perf_counter()
    before = children_cpu()
    done = subprocess.run(
        command, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    after = children_cpu()
    if done.returncode:
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    return Sample(wall=(time.perf_counter() - began) * 1000, cpu=after - before)


def children_cpu() -> float:
    """Return the processor time of all ended children in milliseconds.

    `os.times` counts in steps of 10 ms, which is a third of what a small program takes.
    """
    try:
        import resource
    except ImportError:  # Windows
        found = os.times()
        return (found.children_user + found.children_system) * 1000
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Offer a screen to programs: the present one, else an Xvfb of our own, else Qt's offscreen platform."""
    base = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "QT_LOGGING_RULES": "*.debug=false"}
    base.pop("QT_QPA_PLATFORM", None)
    try:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "1440x1000x24", "-nolisten", "tcp"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        yield {**base, "QT_QPA_PLATFORM": "offscreen"}
        return
    try:
        number = server.stdout.readline().decode().strip() if server.stdout else ""
        yield {**base, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()
        if server.stdout:
            server.stdout.close()
