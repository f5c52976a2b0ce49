"""Calls that were begun and not yet saved: one small file each, so that closing or a crash loses no word."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from desktop.base.clock import from_text, to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably
from desktop.base.ids import is_id
from desktop.domain.ticket import CATEGORIES, Urgency

_LOG = logging.getLogger(__name__)
LARGEST = 1_000_000  # bytes of a file that is read at all


@dataclass(frozen=True, slots=True)
class CallDraft:
    """What was typed into the form of one call; `seconds` is how long the call had lasted."""

    id: str
    at: datetime
    seconds: float = 0.0
    person_id: str = ""
    typed: str = ""
    """The name of a caller nobody knows yet."""
    subject: str = ""
    notes: str = ""
    device_id: str = ""
    works: str = Urgency.LIMITED.value
    category: str = ""
    """The category somebody chose by hand; empty where it is guessed."""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to lose."""
        return not (self.subject or self.notes)


class CallDrafts:
    """The drafts of one home, in a folder beside the database; every method may wait for the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, draft: CallDraft) -> None:
        """Write a draft durably, or remove it where it is empty. Raises AppError `call.unkept`."""
        if draft.is_empty:
            self.drop(draft.id)
            return
        content = {**asdict(draft), "at": to_text(draft.at)}
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self._path(draft.id), json.dumps(content, ensure_ascii=False).encode())
        except OSError as error:
            reason = error.strerror or str(error)
            raise AppError("call.unkept", kind=ErrorKind.ENVIRONMENT, parameters={"reason": reason}) from error

    def drop(self, draft_id: str) -> None:
        """Forget a draft."""
        self._path(draft_id).unlink(missing_ok=True)

    def read_all(self) -> tuple[CallDraft, ...]:
        """Return all drafts, newest first; a file that cannot be read is left alone."""
        paths = sorted(self._folder.glob("*.json")) if self._folder.is_dir() else []
        found = [one for one in map(_read, paths) if one is not None]
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))

    def _path(self, draft_id: str) -> Path:
        if not is_id(draft_id):
            raise ValueError("not the id of a draft")
        return self._folder / f"{draft_id}.json"


def _read(path: Path) -> CallDraft | None:
    try:
        if path.stat().st_size > LARGEST:
            return None
        content = cast("object", json.loads(path.read_bytes()))
        draft = _draft(content)
    except (OSError, ValueError, TypeError, KeyError) as error:
        _LOG.warning("A call's draft cannot be read: %s: %s", path.name, error)
        return None
    return draft if draft.id == path.stem else None


def _draft(content: object) -> CallDraft:
    if not isinstance(content, dict):
        raise TypeError("not an object")
    values = cast("dict[str, object]", content)
    texts = {name: str(values[name]) for name in ("id", "person_id", "typed", "subject", "notes", "device_id")}
    works, category = Urgency(values["works"]), str(values["category"])
    return CallDraft(
        at=from_text(str(values["at"])),
        seconds=float(str(values["seconds"])),
        works=works.value,
        category=category if category in CATEGORIES else "",
        **texts,
    )
