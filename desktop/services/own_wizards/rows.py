"""One checklist as the database keeps it: its draft, its published versions, and the shipped file beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import new_id
from desktop.domain.wizard.reader import parse_wizard
from desktop.domain.wizard_rows import Origin
from desktop.models.tables import wizard_files
from desktop.services.work import Work

DRAFT = 0
"""The number of a draft; published versions count from 1."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft holds, and the shipped file it was made from (0 and empty where there was none)."""

    content: bytes
    base_version: int = 0
    base_hash: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """Everything kept of one checklist; `rows` are the published versions, the newest first."""

    wizard: str
    draft: Draft | None
    rows: tuple[Row[Any], ...]
    builtin: bytes | None
    draft_row: Row[Any] | None = None

    @property
    def in_force(self) -> Row[Any] | None:
        """Return the published version that holds, None where the shipped file or nothing does."""
        return next((one for one in self.rows if one.state == "published"), None)

    @property
    def published(self) -> bytes | None:
        """Return the content of the published version that holds."""
        return None if self.in_force is None else content_of(self.in_force)

    @property
    def content(self) -> bytes:
        """Return what an editor opens: the draft, else what holds, else what was published last."""
        if self.draft is not None:
            return self.draft.content
        for one in (self.published, self.builtin, content_of(self.rows[0]) if self.rows else None):
            if one is not None:
                return one
        return b""

    @property
    def is_there(self) -> bool:
        """Tell whether there is anything of this name at all."""
        return self.draft is not None or bool(self.rows) or self.builtin is not None

    @property
    def seen_hash(self) -> str:
        """Return the hash a new draft has to name: of `content`, empty where there is none."""
        return content_hash(self.content) if self.is_there else ""

    @property
    def origin(self) -> Origin:
        """Return where what holds comes from."""
        if self.builtin is None:
            return Origin.OWN
        return Origin.BUILTIN if self.in_force is None else Origin.CHANGED

    @property
    def base(self) -> tuple[int, str]:
        """Return version and hash of the shipped file that a new draft would rest on."""
        held = self.draft or self.in_force
        if held is not None:
            return int(held.base_version), str(held.base_hash)
        if self.builtin is None:
            return 0, ""
        return version_of(self.builtin), content_hash(self.builtin)

    @property
    def is_original_moved(self) -> bool:
        """Tell whether the shipped file is another one than the company's was made from."""
        if self.builtin is None or (self.draft is None and self.in_force is None):
            return False
        return self.base[1] != content_hash(self.builtin)


def content_hash(content: bytes) -> str:
    """Return the SHA-256 by which a content is known again."""
    return sha256(content).hexdigest()


def content_of(row: Row[Any]) -> bytes:
    """Return a row's file."""
    return str(row.content).encode("utf-8")


def version_of(content: bytes) -> int:
    """Return the version inside a file, 0 where it cannot be read."""
    wizard = parse_wizard(content).wizard
    return wizard.version if wizard else 0


def read_held(work: Work, connection: Connection, wizard: str, *, needed: bool = True) -> Held:
    """Return what is kept of a checklist. Raises AppError `own_wizard.unknown` where it is `needed` and not there."""
    query = select(wizard_files).where(wizard_files.c.wizard == wizard).order_by(wizard_files.c.number.desc())
    rows = connection.execute(query).all()
    held = held_of(wizard, rows, work.wizards.builtin.get(wizard))
    if needed and not held.is_there:
        raise AppError("own_wizard.unknown", kind=ErrorKind.USAGE, parameters={"id": wizard[:60]})
    return held


def held_of(wizard: str, rows: Sequence[Row[Any]], builtin: bytes | None) -> Held:
    """Return what a checklist's rows hold; the newest version comes first."""
    row = next((one for one in rows if one.number == DRAFT), None)
    draft = None if row is None else Draft(content_of(row), row.base_version, row.base_hash)
    return Held(wizard, draft, tuple(one for one in rows if one.number != DRAFT), builtin, row)


def write_draft(work: Work, connection: Connection, wizard: str, draft: Draft | None) -> None:
    """Keep a draft in place of the one before; None takes it away."""
    chosen = (wizard_files.c.wizard == wizard) & (wizard_files.c.number == DRAFT)
    if draft is None:
        connection.execute(delete(wizard_files).where(chosen))
        return
    values = {**_columns(work, draft), "changed_at": to_text(work.clock())}
    changed = connection.execute(
        update(wizard_files).where(chosen).values(**values, version=wizard_files.c.version + 1)
    )
    if not changed.rowcount:
        new = {"id": new_id(work.clock), "wizard": wizard, "number": DRAFT, "state": "draft"}
        connection.execute(insert(wizard_files).values(**new, **values, created_at=values["changed_at"]))


def write_version(work: Work, connection: Connection, held: Held, draft: Draft, note: str) -> int:
    """Keep a published version and return its number; it is not in force yet."""
    number = max((int(one.number) for one in held.rows), default=0) + 1
    now = to_text(work.clock())
    new = {"id": new_id(work.clock), "wizard": held.wizard, "number": number, "state": "earlier", "note": note}
    connection.execute(insert(wizard_files).values(**new, **_columns(work, draft), created_at=now, changed_at=now))
    return number


def put_in_force(work: Work, connection: Connection, wizard: str, number: int, *, old_state: str) -> None:
    """Let a version hold, or with 0 none; the one that held becomes `old_state`."""
    now = to_text(work.clock())
    own = wizard_files.c.wizard == wizard
    held = update(wizard_files).where(own, wizard_files.c.state == "published", wizard_files.c.number != number)
    connection.execute(held.values(state=old_state, changed_at=now))
    if number:
        chosen = update(wizard_files).where(own, wizard_files.c.number == number)
        connection.execute(chosen.values(state="published", changed_at=now))


def _columns(work: Work, draft: Draft) -> dict[str, object]:
    return {
        "content": draft.content.decode("utf-8"),
        "base_version": draft.base_version,
        "base_hash": draft.base_hash,
        "actor_id": work.actor.id,
        "actor": work.actor.name,
    }
