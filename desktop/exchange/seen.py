"""Ids a PC has taken in, in a small append-only file: an old stick or a conflict copy cannot bring them back."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from desktop.base.clock import Clock, from_text, to_text
from desktop.base.files import write_durably
from desktop.base.ids import is_id
from desktop.exchange.problems import local_problem

KEEP = timedelta(days=400)  # longer than any message lives (90 days) or a forgotten stick should


class SeenIds:
    """The ids in `path`, one a line with its day; a line torn by a crash counts as not written."""

    def __init__(self, path: Path, *, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._ids = self._read()

    def __contains__(self, message_id: str) -> bool:
        return message_id in self._ids

    def add(self, ids: Iterable[str]) -> None:
        """Remember these ids durably. Raises AppError `outbox.full` or `outbox.unwritable`."""
        now = to_text(self._clock())
        fresh = {one: now for one in ids if one not in self._ids}
        if not fresh:
            return
        lines = "".join(f"\n{one} {at}" for one, at in fresh.items())  # the line break first: it ends a torn line
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as stream:
                stream.write(lines.encode())
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise local_problem(error, self._path) from error
        self._ids.update(fresh)

    def tidy(self) -> None:
        """Forget ids older than 400 days."""
        oldest = to_text(self._clock() - KEEP)
        kept = {one: at for one, at in self._read().items() if at >= oldest}
        if len(kept) < len(self._ids):
            try:
                write_durably(self._path, "".join(f"\n{one} {at}" for one, at in kept.items()).encode())
            except OSError as error:
                raise local_problem(error, self._path) from error
            self._ids = kept

    def _read(self) -> dict[str, str]:
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise local_problem(error, self._path) from error
        pairs = (line.split(" ", 1) for line in lines if " " in line)
        return {one: at for one, at in pairs if is_id(one) and _is_time(at)}


def _is_time(text: str) -> bool:
    try:
        from_text(text)
    except ValueError:
        return False
    return True
