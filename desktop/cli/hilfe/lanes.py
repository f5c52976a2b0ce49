"""Shows on standard error how far a diagnosis is, one line that is written over and gone in the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

from desktop.base.texts import Texts

if TYPE_CHECKING:
    from desktop.diagnostics.collect import Progress
    from desktop.diagnostics.probe import Lane

_CLEAR = "\r\x1b[K"


class LaneLine:
    """Counts the probes of each lane that have answered; `totals` are how many each lane has, in order."""

    def __init__(self, stream: TextIO, texts: Texts, totals: Mapping[Lane, int]) -> None:
        self._stream = stream
        self._texts = texts
        self._totals = totals
        self._left = dict(totals)

    def show(self, progress: Progress) -> None:
        """Write the line anew."""
        self._left[progress.lane] = progress.lane_left
        self._write(_CLEAR + "   ".join(self._part(lane) for lane in self._totals))

    def clear(self) -> None:
        """Take the line away."""
        self._write(_CLEAR)

    def _part(self, lane: Lane) -> str:
        total = self._totals[lane]
        done = total - self._left[lane]
        name = self._texts.text(f"hilfe.diagnose.lane.{lane.value}")
        return self._texts.text("hilfe.diagnose.lane", lane=name, done=done, total=total)

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
