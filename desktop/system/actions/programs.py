"""Starts the system's programs: by absolute path, without a shell, with a deadline that also holds for what hangs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from desktop.domain.wizard.doing import Deed
from desktop.domain.wizard.events import Try
from desktop.system.actions.values import Call, Way, cannot

_MAX_SAID = 300  # characters of what a program said that are worth keeping
_LAST_WAIT = 2.0  # seconds for a killed program to go; one in an uninterruptible call is left to the system


class Said(NamedTuple):
    """How a program ended: its exit code (None where it was ended by us or never began) and what it wrote."""

    code: int | None
    out: str = ""
    error: str = ""


def installed(call: Call, *paths: str) -> str:
    """Return the first of these absolute paths that is a program here; empty where none is."""
    return next((one for one in paths if _place(call, one).is_file()), "")


def ask(call: Call, path: str, *arguments: str, given: bytes = b"", deadline: float | None = None) -> Said:
    """Run a program and return what it said, in English where it knows it. Blocks up to its deadline."""
    try:
        child = subprocess.Popen(
            [str(_place(call, path)), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        return Said(None, error=str(error))
    limit = call.deadline if deadline is None else deadline
    try:
        out, error = child.communicate(given, timeout=limit)
    except subprocess.TimeoutExpired:
        _end(child)
        return Said(None, error=f"no end after {limit:g} s")
    return Said(child.returncode, _text(out), _text(error))


def run(call: Call, path: str, *arguments: str, given: bytes = b"") -> Deed:
    """Run a program as an action: done where it ends with 0, cannot where it is not installed."""
    if not installed(call, path):
        return cannot(f"{path}: not installed")
    return judged(path, ask(call, path, *arguments, given=given))


def judged(path: str, said: Said) -> Deed:
    """Return what an exit code means, with what was said as evidence."""
    words = " ".join((said.error or said.out).split())[:_MAX_SAID]
    name = path.replace("\\", "/").rpartition("/")[2]
    ended = "" if said.code is None else f"exit {said.code}"
    evidence = f"{name}: {' · '.join(one for one in (ended, words) if one)}"
    return Deed(Try.DONE if said.code == 0 else Try.FAILED, evidence)


def in_turn(steps: Sequence[Deed]) -> Deed:
    """Return several steps as one: how the first that was not done ended, with everything that was said."""
    worst = next((one.result for one in steps if one.result is not Try.DONE), Try.DONE)
    return Deed(worst, " | ".join(one.evidence for one in steps))


def way(path: str, *arguments: str, deadline: float = 30.0) -> Way:
    """Return the way of an action that is one program with fixed arguments."""

    def act(call: Call) -> Deed:
        return run(call, path, *arguments)

    return Way(act, deadline=deadline)


def _place(call: Call, path: str) -> Path:
    """Return where a program stands: below `root`, also for a path of Windows where `root` is a test's folder."""
    if path[1:3] == ":\\":
        return Path(path) if call.root == Path("/") else call.root / path[3:].replace("\\", "/")
    return call.root / path.lstrip("/")


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a program and what it started; never wait for one that the kernel keeps (a dead network drive)."""
    if sys.platform == "win32":
        child.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    try:
        child.communicate(timeout=_LAST_WAIT)
    except subprocess.TimeoutExpired:
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe is not None:
                pipe.close()


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace").strip()
