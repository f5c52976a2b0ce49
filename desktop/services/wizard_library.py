"""The checklists in force at the Desk: the shipped ones with the company's published ones in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from desktop.models.tables import wizard_files
from desktop.services.work import Work

if TYPE_CHECKING:
    from desktop.domain.wizard.library import Library
    from desktop.domain.wizard.overlay import Overlay

_IN_FORCE = wizard_files.c.state == "published"


def read_library(work: Work) -> Library:
    """Return what holds; read again only when something was published or withdrawn. Raises AppError `store.*`."""
    with work.store.reading() as connection:
        return library_of(work, connection)


def library_of(work: Work, connection: Connection) -> Library:
    """Return the same inside the caller's transaction."""
    key = _published_ids(connection)
    return _overlay(work, connection, key).library if key else work.wizards.shipped


def read_overlay(work: Work) -> Overlay:
    """Return what holds, its files, and which of the company's own do not pass."""
    with work.store.reading() as connection:
        return overlay_of(work, connection)


def overlay_of(work: Work, connection: Connection) -> Overlay:
    """Return the same inside the caller's transaction."""
    return _overlay(work, connection, _published_ids(connection))


def _overlay(work: Work, connection: Connection, key: tuple[str, ...]) -> Overlay:
    return work.wizards.overlay(key, lambda: published_files(connection))


def published_files(connection: Connection) -> dict[str, bytes]:
    """Return the company's own files in force by id, whether they pass or not."""
    query = select(wizard_files.c.wizard, wizard_files.c.content).where(_IN_FORCE).order_by(wizard_files.c.wizard)
    return {str(one.wizard): str(one.content).encode("utf-8") for one in connection.execute(query)}


def _published_ids(connection: Connection) -> tuple[str, ...]:
    query = select(wizard_files.c.id).where(_IN_FORCE).order_by(wizard_files.c.id)
    return tuple(connection.execute(query).scalars())
