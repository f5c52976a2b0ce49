"""Goes back: to an earlier version, or to what the program ships by now; each becomes a draft, nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import update

from desktop.base.changes import Changes, Done, Subject, Undo
from desktop.base.errors import AppError, ErrorKind
from desktop.base.messages import Message
from desktop.domain.wizard_rows import WizardFile
from desktop.models.tables import wizard_files
from desktop.services.own_wizards.drafts import change_draft
from desktop.services.own_wizards.opening import page_of, version_content
from desktop.services.own_wizards.rows import DRAFT, Draft, Held, content_hash, read_held, version_of
from desktop.services.recording import record_act
from desktop.services.work import Work


def restore_version(work: Work, wizard: str, number: int, *, replace: bool = False) -> Done[WizardFile]:
    """Make an earlier version the draft; `replace` gives up a draft that says something else.

    Raises AppError `own_wizard.unknown`, `own_wizard.version`, `own_wizard.has_draft`.
    """

    def act(held: Held) -> Draft:
        content = version_content(held, number)
        row = next(one for one in held.rows if one.number == number)
        check_draft_is_free(held, content, replace=replace)
        return Draft(content, row.base_version, row.base_hash)

    return change_draft(work, wizard, act, "wizard.restored")


def adopt_original(work: Work, wizard: str, *, replace: bool = False) -> Done[WizardFile]:
    """Make the draft say what the program ships by now.

    Raises AppError `own_wizard.unknown`, `own_wizard.no_original`, `own_wizard.has_draft`.
    """

    def act(held: Held) -> Draft:
        original = _original(held)
        check_draft_is_free(held, original, replace=replace)
        return Draft(original, version_of(original), content_hash(original))

    return change_draft(work, wizard, act, "wizard.original_adopted")


def keep_own(work: Work, wizard: str) -> Done[WizardFile]:
    """Note that the shipped file was looked at and the company's own stays: it is not named as moved any more.

    Raises AppError `own_wizard.unknown`, `own_wizard.no_original`.
    """
    with work.store.reading() as connection:
        held = read_held(work, connection, wizard)
    original = _original(held)
    bases = dict.fromkeys(_bases(held), (version_of(original), content_hash(original)))
    return _set_bases(work, wizard, bases, "wizard.own_kept")


def check_draft_is_free(held: Held, content: bytes, *, replace: bool) -> None:
    """Raise AppError `own_wizard.has_draft` where a draft that says something else would be given up unasked."""
    if held.draft is not None and held.draft.content != content and not replace:
        raise AppError("own_wizard.has_draft", kind=ErrorKind.USAGE, parameters={"id": held.wizard})


def _original(held: Held) -> bytes:
    if held.builtin is None:
        raise AppError("own_wizard.no_original", kind=ErrorKind.USAGE, parameters={"id": held.wizard})
    return held.builtin


def _bases(held: Held) -> dict[int, tuple[int, str]]:
    """Return what the draft and the version in force rest on, by their numbers."""
    found = {} if held.draft is None else {DRAFT: (held.draft.base_version, held.draft.base_hash)}
    row = held.in_force
    return found if row is None else {**found, int(row.number): (int(row.base_version), str(row.base_hash))}


def _set_bases(work: Work, wizard: str, bases: Mapping[int, tuple[int, str]], what: str) -> Done[WizardFile]:
    with work.store.writing() as connection:
        held = read_held(work, connection, wizard)
        before = _bases(held)
        changed = {number: one for number, one in bases.items() if before.get(number, one) != one}
        for number, (version, digest) in changed.items():
            chosen = (wizard_files.c.wizard == wizard) & (wizard_files.c.number == number)
            connection.execute(update(wizard_files).where(chosen).values(base_version=version, base_hash=digest))
        if changed:
            record_act(work, connection, what, wizard)
        page = page_of(work, connection, read_held(work, connection, wizard))
    if not changed:
        return Done(page)
    undo = Undo(
        Message("undo.wizard_kept", {"id": wizard}),
        lambda later: _set_bases(later, wizard, before, "wizard.own_kept_undone"),
    )
    return Done(page, Changes.of(Subject.WIZARD, wizard), undo)
