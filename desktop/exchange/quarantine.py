"""Putting a file aside: what cannot be opened is kept with its reason and hash, never deleted and never read again."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path

from desktop.base.clock import Clock, to_text
from desktop.base.files import write_durably
from desktop.exchange.framing import MAX_FILE
from desktop.exchange.mailbox import read_limited
from desktop.exchange.problems import local_problem
from desktop.exchange.reports import Arrival, Step

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_MAX_NAME = 80


class Quarantine:
    """Puts files into `shared` (the mailbox's bad/) where it is writable, else into `local`; notes stay in `local`."""

    def __init__(self, shared: Path, local: Path, *, clock: Clock, step: Step) -> None:
        self._shared = shared
        self._local = local
        self._clock = clock
        self._step = step

    def take(self, arrival: Arrival, reason: str) -> Path | None:
        """Note name, reason and hash, then move the file; None where it may not be moved or is gone."""
        name = _safe_name(arrival)
        note = {"file": arrival.file, "reason": reason, "sha256": arrival.sha256, "size": arrival.size}
        try:
            self._local.mkdir(parents=True, exist_ok=True)
            content = json.dumps({**note, "at": to_text(self._clock())}, indent=1).encode()
            write_durably(self._local / f"{name}.json", content)
        except OSError as error:
            raise local_problem(error, self._local) from error
        self._step("quarantine.noted")
        target = self._moved(arrival, name)
        self._step("quarantine.moved")
        return target

    def _moved(self, arrival: Arrival, name: str) -> Path | None:
        for folder in (self._shared, self._local):
            target = folder / name
            with suppress(OSError):
                arrival.path.rename(target)
                return target
        return self._copied(arrival, self._local / name)

    def _copied(self, arrival: Arrival, target: Path) -> Path | None:
        """Copy where another disk does not allow moving; a giant is not copied, it stays and is skipped."""
        if arrival.size > MAX_FILE:
            return None
        with suppress(OSError):
            write_durably(target, read_limited(arrival.path, MAX_FILE))
            arrival.path.unlink()
            return target
        return None


def _safe_name(arrival: Arrival) -> str:
    plain = _UNSAFE.sub("_", Path(arrival.file).name)[-_MAX_NAME:]
    return f"{arrival.sha256[:12] or 'unread'}-{plain}"
