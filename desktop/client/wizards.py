"""The checklists this PC uses: the shipped ones with those in their place that the company sent.

What came is kept as it came and judged again with every start, because an update may know more, or less.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from desktop.base.errors import AppError
from desktop.client.context import Client
from desktop.client.identity import write_fact
from desktop.domain.payloads import FROM_DESK, Wizards, from_document, to_document

if TYPE_CHECKING:  # read without loading the engine's parts
    from desktop.domain.wizard.library import Library
    from desktop.domain.wizard.problems import Problem
    from desktop.domain.wizard.validator import Known

_KEY, _STATE = "wizards", "wizards_state"
"""The message as it came, and its version and time, which are looked at often."""


def store_wizards(db: sqlite3.Connection, payload: Wizards) -> None:
    """Take the company's checklists in, inside the caller's transaction; older ones that arrive late change nothing.

    What is newer is told as with the policy: by the version, or by the time where the Desk counts on from a copy.
    """
    before = _stored(db)
    if before is None or before.version < payload.version or before.created_at < payload.created_at:
        write_fact(db, _KEY, json.dumps(to_document(payload), ensure_ascii=False))
        write_fact(db, _STATE, f"{payload.version} {payload.created_at}")


def forget_wizards(db: sqlite3.Connection) -> None:
    """Go back to the shipped ones, inside the caller's transaction, as where another company takes over."""
    db.execute("DELETE FROM facts WHERE key IN (?, ?)", (_KEY, _STATE))


def library_in_force(client: Client, folder: Path | None = None) -> Library:
    """Return what holds on this PC; `folder` has the shipped files, else the program's own.

    A file that does not pass is left out, and the shipped one of its id holds. Raises AppError `hilfe.store_*`,
    `wizard.folder`.
    """
    from desktop.base.paths import resources
    from desktop.domain.wizard.heads import KEPT, read_files
    from desktop.domain.wizard.library import load_library

    shipped = folder or resources() / "wizards"
    with client.store.read() as db:
        own = _files(db)
    if not own:
        return load_library(shipped, shelf=client.store.path.parent / KEPT)
    from desktop.domain.wizard.overlay import overlay

    return overlay(read_files(shipped), own, _known_names()).library


def left_out_here(client: Client) -> Mapping[str, tuple[Problem, ...]]:
    """Return the company's checklists that this program does not take, with why: made with a newer one, or damaged."""
    from desktop.base.paths import resources
    from desktop.domain.wizard.heads import read_files
    from desktop.domain.wizard.overlay import overlay

    with client.store.read() as db:
        own = _files(db)
    return overlay(read_files(resources() / "wizards"), own, _known_names()).left_out if own else {}


class WizardShelf:
    """The library in force, read again only when the company sent something; may be used from several threads."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._lock = Lock()
        self._held: tuple[str, Library] | None = None

    def library(self) -> Library:
        """Return what holds now; the shipped ones where this PC's store cannot be read, which others tell of."""
        with self._lock:
            try:
                with self._client.store.read() as db:
                    state = _state(db)
                if self._held is None or self._held[0] != state:
                    self._held = state, library_in_force(self._client)
            except AppError as error:
                if not error.code.startswith("hilfe.store_"):
                    raise
                return self._held[1] if self._held else _shipped()
            return self._held[1]


def _shipped() -> Library:
    from desktop.base.paths import resources
    from desktop.domain.wizard.library import load_library

    return load_library(resources() / "wizards")


def _state(db: sqlite3.Connection) -> str:
    row = db.execute("SELECT value FROM facts WHERE key = ?", (_STATE,)).fetchone()
    return str(row["value"]) if row else ""


def _stored(db: sqlite3.Connection) -> Wizards | None:
    """Return the message that was kept; None also where it cannot be read, so that the shipped ones or a next hold."""
    row = db.execute("SELECT value FROM facts WHERE key = ?", (_KEY,)).fetchone()
    try:
        document: object = json.loads(row["value"]) if row else None
        found = from_document(document, FROM_DESK) if isinstance(document, dict) else None  # pyright: ignore[reportUnknownArgumentType]
    except (AppError, ValueError, RecursionError):
        return None
    return found if isinstance(found, Wizards) else None


def _files(db: sqlite3.Connection) -> dict[str, bytes]:
    found = _stored(db)
    return {name: one.encode("utf-8", "replace") for name, one in found.files.items()} if found else {}


def _known_names() -> Known:
    from desktop.diagnostics.registry import PROBES
    from desktop.domain.wizard.known import Known, finding_ids
    from desktop.system.actions.listing import action_ids, admin_action_ids, idle_action_ids
    from desktop.system.opening import page_ids

    return Known(
        findings=finding_ids(),
        probes=frozenset(one.id for one in PROBES),
        actions=action_ids(),
        admin_actions=admin_action_ids(),
        idle_actions=idle_action_ids(),
        pages=page_ids(),
    )
