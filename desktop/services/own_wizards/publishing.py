"""Puts a checklist in force or takes it out, after asking what that does to all the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from desktop.base.changes import Changes, Done, Subject, Undo
from desktop.base.errors import AppError, ErrorKind
from desktop.base.messages import Message
from desktop.domain.wizard.cases import check_cases
from desktop.domain.wizard.library import Library, assemble
from desktop.domain.wizard.numbering import numbered
from desktop.domain.wizard.problems import Problem
from desktop.domain.wizard.validator import jump_targets
from desktop.domain.wizard_rows import Publish, WizardFile, WizardRefusedError
from desktop.services.own_wizards.opening import page_of
from desktop.services.own_wizards.rows import (
    Draft,
    Held,
    content_of,
    put_in_force,
    read_held,
    version_of,
    write_draft,
    write_version,
)
from desktop.services.recording import record_act
from desktop.services.wizard_library import overlay_of
from desktop.services.wizard_post import keep_for_pcs
from desktop.services.work import Work

MAX_NOTE = 1000  # characters
MOST_GIVEN = 100_000  # of the 999 999 that the format knows


def publish(work: Work, command: Publish) -> Done[WizardFile]:
    """Put the draft in force for everybody, under a version that no run has seen before.

    Raises WizardRefusedError `own_wizard.problems` (its own) or `own_wizard.breaks` (others would fail by it), AppError
    `own_wizard.unknown`, `own_wizard.no_draft`, `own_wizard.changed`, `own_wizard.note`, `own_wizard.too_much`,
    `own_wizard.version_line`.
    """
    note = command.note.strip()
    if len(note) > MAX_NOTE:
        raise AppError("own_wizard.note", kind=ErrorKind.USAGE, parameters={"limit": MAX_NOTE})
    with work.store.writing() as connection:
        held = read_held(work, connection, command.id)
        draft = _draft_to_publish(held, command.expected_hash)
        _check_content(work, connection, held.wizard, draft.content)
        version = _next_version(held)
        content = _numbered(held, draft, version)
        number = write_version(work, connection, held, replace(draft, content=content), note)
        put_in_force(work, connection, held.wizard, number, old_state="earlier")
        write_draft(work, connection, held.wizard, None)
        record_act(work, connection, "wizard.published", held.wizard, number=number, version=version)
        page = _finished(work, connection, held.wizard)
    before = 0 if held.in_force is None else int(held.in_force.number)
    undo = Undo(
        Message("undo.wizard_published", {"id": held.wizard}),
        lambda later: _switch(later, held.wizard, number, before, "wizard.publishing_undone", draft=held.draft),
    )
    return Done(page, Changes.of(Subject.WIZARD, held.wizard), undo)


def withdraw(work: Work, wizard: str) -> Done[WizardFile]:
    """Take the published version out of force: the shipped one holds again, or nothing.

    Raises WizardRefusedError `own_wizard.needed` while others go on in it, AppError `own_wizard.unknown`,
    `own_wizard.not_published`.
    """
    with work.store.reading() as connection:
        held = read_held(work, connection, wizard)
    if held.in_force is None:
        raise AppError("own_wizard.not_published", kind=ErrorKind.USAGE, parameters={"id": wizard})
    return _switch(work, wizard, int(held.in_force.number), 0, "wizard.withdrawn")


def _switch(
    work: Work, wizard: str, present: int, wanted: int, what: str, *, draft: Draft | None = None
) -> Done[WizardFile]:
    """Let version `wanted` hold in place of `present` (0: none).

    `draft` is what `present` was published from: it is there again where nobody began another, and goes when that
    version holds once more.
    """
    with work.store.writing() as connection:
        held = read_held(work, connection, wizard)
        if present != (0 if held.in_force is None else int(held.in_force.number)):
            raise AppError("own_wizard.changed", parameters={"id": wizard})
        content = next((content_of(one) for one in held.rows if one.number == wanted), held.builtin)
        _check_others(work, connection, wizard, content)
        put_in_force(work, connection, wizard, wanted, old_state="earlier" if wanted > present else "withdrawn")
        if draft is not None and wanted < present and held.draft is None:
            write_draft(work, connection, wizard, draft)
        if draft is not None and wanted > present and held.draft == draft:  # it is what holds again
            write_draft(work, connection, wizard, None)
        record_act(work, connection, what, wizard, number=present)
        page = _finished(work, connection, wizard)
    label = Message("undo.wizard_put_back" if wanted else "undo.wizard_withdrawn", {"id": wizard})
    undo = Undo(label, lambda later: _switch(later, wizard, wanted, present, "wizard.put_back", draft=draft))
    return Done(page, Changes.of(Subject.WIZARD, wizard), undo)


def _finished(work: Work, connection: Connection, wizard: str) -> WizardFile:
    keep_for_pcs(work, connection, overlay_of(work, connection))
    return page_of(work, connection, read_held(work, connection, wizard))


def _draft_to_publish(held: Held, expected_hash: str) -> Draft:
    if held.draft is None:
        raise AppError("own_wizard.no_draft", kind=ErrorKind.USAGE, parameters={"id": held.wizard})
    if expected_hash and expected_hash != held.seen_hash:
        raise AppError("own_wizard.changed", parameters={"id": held.wizard})
    return held.draft


def _numbered(held: Held, draft: Draft, version: int) -> bytes:
    try:
        return numbered(draft.content, version)
    except ValueError as error:  # as with a key written in escapes
        raise AppError("own_wizard.version_line", parameters={"id": held.wizard}) from error


def _next_version(held: Held) -> int:
    """Return a version above every one that held here, so that a run's version means one content.

    One that the draft brings along counts as long as it leaves room for all that will follow.
    """
    known = [version_of(one) for one in (held.builtin, content_of(held.rows[0]) if held.rows else None) if one]
    given = version_of(held.draft.content) if held.draft else 0
    return max([one + 1 for one in known] + [given if given <= MOST_GIVEN else 1, 1])


def _check_content(work: Work, connection: Connection, wizard: str, content: bytes) -> None:
    after = _check_others(work, connection, wizard, content)
    problems = [one for one in after.problems.get(wizard, ()) if one.is_error]
    if not problems:
        problems += check_cases(after.wizards, after.wizards[wizard])
    if problems:
        raise WizardRefusedError("own_wizard.problems", wizard, {wizard: tuple(problems)})


def _check_others(work: Work, connection: Connection, wizard: str, content: bytes | None) -> Library:
    """Return what would hold with another content of a checklist (None: without it); refuse what breaks others."""
    present = overlay_of(work, connection)
    files = {name: one for name, one in present.files.items() if name != wizard}
    after = assemble(files if content is None else {**files, wizard: content}, work.wizards.known)
    lost = present.library.wizards.keys() - after.wizards.keys() - {wizard}
    if not lost:
        return after
    first = {name for name in lost if not jump_targets(present.library.wizards[name]) & lost} or lost
    broken: Mapping[str, tuple[Problem, ...]] = {name: after.problems.get(name, ()) for name in sorted(first)}
    is_own_fault = any(one.is_error and name == wizard for name, found in after.problems.items() for one in found)
    if content is not None and is_own_fault:  # its own problems say more than that others lead to it
        return after
    raise WizardRefusedError("own_wizard.needed" if content is None else "own_wizard.breaks", wizard, broken)
