"""Opens one checklist with everything kept of it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from desktop.base.clock import from_text
from desktop.base.errors import AppError, ErrorKind
from desktop.domain.wizard.overlay import Overlay
from desktop.domain.wizard.problems import Problem
from desktop.domain.wizard.reader import parse_wizard
from desktop.domain.wizard.validator import check_file
from desktop.domain.wizard_rows import VersionRow, VersionState, WizardFile
from desktop.services.own_wizards.rows import Held, content_hash, content_of, read_held
from desktop.services.wizard_library import overlay_of
from desktop.services.work import Work


def open_wizard(work: Work, wizard: str) -> WizardFile:
    """Return a checklist, shipped or the company's own. Raises AppError `own_wizard.unknown`."""
    with work.store.reading() as connection:
        return page_of(work, connection, read_held(work, connection, wizard))


def read_version(work: Work, wizard: str, number: int) -> bytes:
    """Return the file of a published version. Raises AppError `own_wizard.unknown`, `own_wizard.version`."""
    with work.store.reading() as connection:
        return version_content(read_held(work, connection, wizard), number)


def version_content(held: Held, number: int) -> bytes:
    """Return the same of what is held already."""
    found = next((one for one in held.rows if one.number == number), None)
    if found is None:
        parameters = {"id": held.wizard, "number": number}
        raise AppError("own_wizard.version", kind=ErrorKind.USAGE, parameters=parameters)
    return content_of(found)


def page_of(work: Work, connection: Connection, held: Held) -> WizardFile:
    """Return what the editor shows, inside the caller's transaction."""
    content = held.content
    return WizardFile(
        id=held.wizard,
        origin=held.origin,
        content=content,
        hash=content_hash(content),
        draft=held.draft.content if held.draft else None,
        published=held.published,
        builtin=held.builtin,
        base_version=held.base[0],
        is_original_moved=held.is_original_moved,
        versions=tuple(
            VersionRow(one.number, VersionState(one.state), one.note, one.actor, from_text(one.created_at))
            for one in held.rows
        ),
        problems=problems_beside(work, overlay_of(work, connection), held.wizard, content),
    )


def problems_beside(work: Work, overlay: Overlay, wizard: str, content: bytes) -> tuple[Problem, ...]:
    """Return what is wrong with a content as the checklist of that id, beside those in force; scenarios are not run."""
    others = dict(overlay.library.wizards)
    given = parse_wizard(content).wizard
    if given is not None:
        others[wizard] = given
    return check_file(content, replace(work.wizards.known, wizards=others), name=wizard)
