"""Which tools, files and interfaces a probe's facts came from, noted on the way by whatever asks them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")

MOST = 8
"""Sources of one probe that are told; none asks more of them."""
_DEPTH = {"proc": 3, "sys": 2, "etc": 3, "var": 3, "usr": 3, "System": 3, "Library": 3}
"""Parts of a path that are told, by its first; elsewhere the next one may be a person's or company's name."""


class Sources:
    """Notes what each probe asked; a thread belongs to the probe that it last began."""

    def __init__(self) -> None:
        self._noted: dict[str, dict[str, None]] = {}
        self._own = threading.local()

    def begin(self, probe_id: str) -> None:
        """Count what this thread asks from now on among the sources of a probe."""
        self._own.noted = self._noted.setdefault(probe_id, {})

    def note(self, source: str) -> None:
        """Note a tool, library or protocol; on a thread of no probe nothing is noted."""
        noted = getattr(self._own, "noted", None)
        if noted is not None:
            noted[source] = None

    def note_path(self, path: str) -> None:
        """Note a file or folder by the part of its path that is the same on every machine."""
        if getattr(self._own, "noted", None) is None:
            return
        _, *parts = path.split("/", 4)
        if not parts:
            self.note("file")
        elif len(parts) > 1 and parts[1].isdigit():
            self.note(f"/{parts[0]}/<pid>")
        else:
            self.note("/" + "/".join(parts[: _DEPTH.get(parts[0], 1)]))

    def of(self, probe_id: str) -> str:
        """Return what was noted for a probe, in the order in which it was asked; also while it still runs."""
        return ", ".join(list(self._noted.get(probe_id, ()))[:MOST])

    def carried(self, ask: Callable[[Question], Answer]) -> Callable[[Question], Answer]:
        """Have whatever thread runs `ask` note for the probe of this one."""
        noted = getattr(self._own, "noted", None)

        def run(question: Question) -> Answer:
            before = self.swap(noted)
            try:
                return ask(question)
            finally:
                self.swap(before)

        return run

    def swap(self, noted: dict[str, None] | None) -> dict[str, None] | None:
        """Have this thread note elsewhere for a while; returns where it did before."""
        before = getattr(self._own, "noted", None)
        self._own.noted = noted
        return before
