"""The machine as a probe sees it: files, tools, the sample window and the targets, all replaceable in a test."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from desktop.diagnostics.sources import Sources
from desktop.diagnostics.targets import NO_TARGETS, Targets, permitted

TOOL_FOLDERS = ("/usr/bin", "/bin", "/usr/sbin", "/sbin")
MAX_OUTPUT = 1 << 20
"""Bytes of a file that are read at most, and of a tool's output that count as an answer."""
LEAVING = 0.2
"""Seconds that leaving waits for a tool which is just being started."""
SPEECH = {"LC_ALL": "C", "LANG": "C", "LANGUAGE": "C", "SOFTWARE": "CUPS"}
"""What makes tools speak English; on macOS those of CUPS listen to LANG only where SOFTWARE is set, too."""
WINDOW = 0.5
"""Seconds between the two readings of everything that is a rate."""
Made = TypeVar("Made")


class Machine:
    """What a probe may ask. One is made per run and handed to every probe."""

    def __init__(
        self,
        *,
        platform: str = sys.platform,
        targets: Targets = NO_TARGETS,
        root: str = "",
        window: float = WINDOW,
        tool_folders: tuple[str, ...] = TOOL_FOLDERS,
        home: str = "",
        made: Mapping[Callable[[Machine], object], object] | None = None,
    ) -> None:
        self.platform = platform
        self.targets = permitted(targets)
        self.started = time.monotonic()
        self.sources = Sources()
        self.home = home or os.path.expanduser("~")  # noqa: PTH111 - pathlib is too dear here
        self._root = root
        self._window = window
        self._tool_folders = tool_folders
        self._children: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._is_leaving = False
        self._made = {make: _Making(value, is_done=True) for make, value in (made or {}).items()}

    def once(self, make: Callable[[Machine], Made]) -> Made:
        """Return what `make` makes of this machine; all probes of a run share it, and the first who asks waits.

        A test hands in ready ones as `made`. What `make` raises goes to who asked, and the next one tries again.
        """
        with self._lock:
            one = self._made.setdefault(make, _Making())
        with one.lock:
            if not one.is_done:
                self._make(one, make)
        for source in one.sources:
            self.sources.note(source)
        return cast("Made", one.value)

    def _make(self, one: _Making, make: Callable[[Machine], object]) -> None:
        """Make it with its sources apart, because they are those of everybody who asks."""
        before = self.sources.swap(one.sources)
        try:
            one.value, one.is_done = make(self), True
        finally:
            self.sources.swap(before)

    def wait_for_window(self) -> float:
        """Sleep until the shared sample window ends; returns the seconds since the start of the run."""
        self.wait_for_part(1, 1)
        return time.monotonic() - self.started

    def wait_for_part(self, part: int, parts: int) -> None:
        """Sleep until that many of the equal parts of the window are over."""
        time.sleep(max(0.0, self.started + self._window * part / parts - time.monotonic()))

    def path(self, path: str) -> str:
        """Return where an absolute path of the machine lies; a test puts its own files there."""
        return self._root + path

    def read(self, path: str, limit: int = MAX_OUTPUT) -> str | None:
        """Return a file's text, at most `limit` bytes of it; None where it cannot be read."""
        content = self.read_bytes(path, limit)
        return None if content is None else content.decode("utf-8", "replace")

    def read_bytes(self, path: str, limit: int = MAX_OUTPUT) -> bytes | None:
        """Return a file's bytes, at most `limit` of them; None where it cannot be read."""
        try:
            handle = os.open(self.path(path), os.O_RDONLY)
        except OSError:
            return None
        self.sources.note_path(path)
        try:
            return _read_handle(handle, limit)
        except OSError:
            return None
        finally:
            os.close(handle)

    def word(self, path: str) -> str | None:
        """Return a small file's text without blanks at its ends; None where it is empty or cannot be read."""
        return (self.read(path, 256) or "").strip() or None

    def link(self, path: str) -> str | None:
        """Return the last part of where a symbolic link leads, None where there is none."""
        try:
            return os.readlink(self.path(path)).rpartition("/")[2]  # noqa: PTH115 - pathlib is too dear here
        except OSError:
            return None

    def modified(self, path: str) -> float | None:
        """Return when a file was last written, in seconds since 1970; None where it is not there."""
        try:
            return os.stat(self.path(path)).st_mtime  # noqa: PTH116 - pathlib is too dear here
        except OSError:
            return None

    def entries(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder in order; none where it cannot be read."""
        try:
            found = tuple(sorted(os.listdir(self.path(folder))))  # noqa: PTH208 - pathlib is too dear here
        except OSError:
            return ()
        self.sources.note_path(folder)
        return found

    def exists(self, path: str) -> bool:
        """Tell whether a path is there."""
        return os.access(self.path(path), os.F_OK)

    def tool(self, name: str) -> str | None:
        """Return the absolute path of a system tool, None where it is not installed."""
        found = (f"{folder}/{name}" for folder in self._tool_folders)
        return next((one for one in found if os.access(one, os.X_OK)), None)

    def run(self, path: str, *arguments: str, deadline: float, accepted: tuple[int, ...] = (0,)) -> str | None:
        """Run a tool and return what it prints.

        `deadline` is in seconds from now; None where the tool ends with a code that is not `accepted`. One that takes
        longer or prints `MAX_OUTPUT` bytes is killed, because half a list says that the other half is not there.
        """
        self.sources.note(path.replace("\\", "/").rpartition("/")[2])
        child = self._start(path, *arguments)
        if child is None:
            return None
        watch = threading.Timer(deadline, child.kill)
        watch.daemon = True
        watch.start()
        try:
            output = _capped_output(child)
        finally:
            watch.cancel()
            with self._lock:
                self._children.discard(child)
        return output.decode("utf-8", "replace") if child.returncode in accepted else None

    def end_tools(self) -> None:
        """Kill the tools that still run and start no more, because the collector leaves without waiting for probes."""
        is_locked = self._lock.acquire(timeout=LEAVING)
        self._is_leaving = True
        for child in tuple(self._children):
            child.kill()
        if is_locked:
            self._lock.release()

    def _start(self, path: str, *arguments: str) -> subprocess.Popen[bytes] | None:
        with self._lock:  # a tool that starts while we leave would stay behind
            if self._is_leaving:
                return None
            child = subprocess.Popen(
                [path, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **SPEECH},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._children.add(child)
            return child


class _Making:
    """Something that is made once; `lock` is held while it is being made."""

    __slots__ = ("is_done", "lock", "sources", "value")

    def __init__(self, value: object = None, *, is_done: bool = False) -> None:
        self.value = value
        self.is_done = is_done
        self.sources: dict[str, None] = {}
        self.lock = threading.Lock()


def _read_handle(handle: int, limit: int) -> bytes:
    parts: list[bytes] = []
    while limit > 0:
        part = os.read(handle, min(limit, 1 << 16))
        if not part:
            break
        parts.append(part)
        limit -= len(part)
    return b"".join(parts)


def _capped_output(child: subprocess.Popen[bytes]) -> bytes:
    if child.stdout is None:
        return b""
    with child.stdout as stream:
        output = _read_handle(stream.fileno(), MAX_OUTPUT)
    if len(output) >= MAX_OUTPUT:
        child.kill()
    child.wait()
    return output
