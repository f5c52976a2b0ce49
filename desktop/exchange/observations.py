"""What was noticed about files that could not be finished with: sizes over time, what to skip, and daily amounts.

Kept locally in one small JSON file. Losing it costs patience only: the six hours begin again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any, cast

from desktop.base.clock import Clock, from_text, to_text
from desktop.exchange.mailbox import MailFile
from desktop.exchange.problems import local_problem

PATIENCE = timedelta(hours=6)  # a synchroniser on a slow line may take that long between two pieces
READ_AGAIN = timedelta(seconds=30)  # an unchanged file is read again after this: zeros may have become content
FAULT = "fault"
"""Why a file was left: the program itself has a fault with it."""
AFTER_FAULT = timedelta(hours=1)  # until such a file is tried again: each try writes a traceback into the log
DAILY_BYTES = 500 * 2**20  # taken in per PC and day


@dataclass(frozen=True, slots=True)
class Observation:
    """One file as last seen: since when it has not grown, when it was last read, and what it was then."""

    size: int
    changed_ns: int
    since: str
    read_at: str
    outcome: str


class Observations:
    """The notes in `path`."""

    def __init__(self, path: Path, *, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._files: dict[str, Observation] = {}
        self._amounts: dict[str, int] = {}
        self._day = ""
        self._is_changed = False
        self._read()

    def outcome(self, file: MailFile) -> str:
        """Return what the file was when last read, "" where it is new, changed or due to be read again."""
        known = self._files.get(file.relative)
        if known is None or (known.size, known.changed_ns) != (file.size, file.changed_ns):
            return ""
        pause = AFTER_FAULT if known.outcome == FAULT else READ_AGAIN
        is_fresh = self._clock() - from_text(known.read_at) < pause
        return known.outcome if is_fresh or known.outcome == "done" else ""

    def note(self, file: MailFile, outcome: str) -> None:
        """Remember what the file was, just read."""
        now = to_text(self._clock())
        known = self._files.get(file.relative)
        is_same = known is not None and (known.size, known.changed_ns) == (file.size, file.changed_ns)
        since = known.since if known is not None and is_same else now
        self._files[file.relative] = Observation(file.size, file.changed_ns, since, now, outcome)
        self._is_changed = True

    def is_stale(self, file: MailFile) -> bool:
        """Tell whether the file has not grown for six hours."""
        known = self._files.get(file.relative)
        if known is None or (known.size, known.changed_ns) != (file.size, file.changed_ns):
            return False
        return self._clock() - from_text(known.since) >= PATIENCE

    def keep_only(self, files: Iterable[MailFile]) -> None:
        """Forget files that are gone."""
        there = {one.relative for one in files}
        gone = self._files.keys() - there
        for name in gone:
            del self._files[name]
        self._is_changed = self._is_changed or bool(gone)

    def is_over_quota(self, id8: str) -> bool:
        """Tell whether a PC has sent more than 500 MiB today."""
        return self._day == self._today() and self._amounts.get(id8, 0) >= DAILY_BYTES

    def count(self, id8: str, size: int) -> None:
        """Count what was taken in from a PC today."""
        if self._day != self._today():
            self._day, self._amounts = self._today(), {}
        self._amounts[id8] = self._amounts.get(id8, 0) + size
        self._is_changed = True

    def save(self) -> None:
        """Write the notes if they changed."""
        if not self._is_changed:
            return
        document = {"files": {name: asdict(one) for name, one in self._files.items()}}
        content = json.dumps({**document, "day": self._day, "amounts": self._amounts}).encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_suffix(f".{token_hex(4)}.tmp")
            fresh.write_bytes(content)  # no fsync: this happens after every message, and losing it does no harm
            fresh.replace(self._path)
        except OSError as error:
            raise local_problem(error, self._path) from error
        self._is_changed = False

    def _read(self) -> None:
        try:
            document = cast("dict[str, Any]", json.loads(self._path.read_text(encoding="utf-8")))
            self._files = {name: Observation(**one) for name, one in document["files"].items()}
            self._day, self._amounts = str(document["day"]), dict(document["amounts"])
            self._files = {name: one for name, one in self._files.items() if _is_sound(one)}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._files, self._day, self._amounts = {}, "", {}

    def _today(self) -> str:
        return self._clock().date().isoformat()


def _is_sound(one: Observation) -> bool:
    return bool(from_text(one.since)) and bool(from_text(one.read_at))
