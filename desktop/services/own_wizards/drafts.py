"""Keeps one draft per checklist; what somebody else changed meanwhile is never written over."""

from __future__ import annotations

from collections.abc import Callable

from desktop.base.changes import Changes, Done, Subject, Undo
from desktop.base.errors import AppError, ErrorKind
from desktop.base.messages import Message
from desktop.domain.wizard.reader import MAX_BYTES, is_name
from desktop.domain.wizard_rows import SaveDraft, WizardFile
from desktop.services.own_wizards.opening import page_of
from desktop.services.own_wizards.rows import Draft, Held, read_held, write_draft
from desktop.services.recording import record_act
from desktop.services.work import Work


def save_draft(work: Work, command: SaveDraft) -> Done[WizardFile]:
    """Keep a draft, also one that is not finished; the first of a checklist that is new names an empty hash.

    Raises AppError `own_wizard.changed` where the content is another one by now, `own_wizard.name`,
    `own_wizard.too_big`, `own_wizard.letters`.
    """
    check_name(command.id)
    check_content(command.content)

    def act(held: Held) -> Draft:
        if command.expected_hash != held.seen_hash:
            raise AppError("own_wizard.changed", parameters={"id": command.id})
        return Draft(command.content, *held.base)

    return change_draft(work, command.id, act, needed=False)


def discard_draft(work: Work, wizard: str, *, expected_hash: str = "") -> Done[WizardFile | None]:
    """Throw a draft away, with `expected_hash` only if it still is the one that was seen; None where nothing is left.

    Raises AppError `own_wizard.unknown`, `own_wizard.no_draft`, `own_wizard.changed`.
    """

    def act(held: Held) -> None:
        if held.draft is None:
            raise AppError("own_wizard.no_draft", kind=ErrorKind.USAGE, parameters={"id": wizard})
        if expected_hash and expected_hash != held.seen_hash:
            raise AppError("own_wizard.changed", parameters={"id": wizard})

    return _change(work, wizard, act, "wizard.draft_discarded", needed=True)


def change_draft(
    work: Work, wizard: str, act: Callable[[Held], Draft], what: str = "", *, needed: bool = True
) -> Done[WizardFile]:
    """Keep what `act` makes of what is held, and offer the way back; `what` names it in the audit chain.

    Without `what` only the beginning of a draft is recorded, because an editor saves while one types.
    """
    done = _change(work, wizard, act, what, needed=needed)
    if done.result is None:  # a draft was just written
        raise AppError("own_wizard.unknown", kind=ErrorKind.USAGE, parameters={"id": wizard})
    return Done(done.result, done.changes, done.undo)


def check_name(wizard: str) -> None:
    """Raise AppError `own_wizard.name` for what cannot be a checklist's id."""
    if not is_name(wizard):
        raise AppError("own_wizard.name", kind=ErrorKind.USAGE, parameters={"id": wizard[:60]})


def check_content(content: bytes) -> None:
    """Raise AppError `own_wizard.too_big`, `own_wizard.letters` for what the database would not keep as it is."""
    if len(content) > MAX_BYTES:
        raise AppError("own_wizard.too_big", parameters={"limit": MAX_BYTES // 1024})
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise AppError("own_wizard.letters", detail=str(error)) from error
    if "\x00" in text:
        raise AppError("own_wizard.letters", detail="NUL")


def _change(
    work: Work, wizard: str, act: Callable[[Held], Draft | None], what: str, *, needed: bool
) -> Done[WizardFile | None]:
    with work.store.writing() as connection:
        held = read_held(work, connection, wizard, needed=needed)
        after = act(held)
        if after != held.draft:
            write_draft(work, connection, wizard, after)
            if what or held.draft is None:
                record_act(work, connection, what or "wizard.draft_begun", wizard)
        now = read_held(work, connection, wizard, needed=False)
        page = page_of(work, connection, now) if now.is_there else None
    if after == held.draft:
        return Done(page)
    undo = Undo(Message("undo.wizard_draft", {"id": wizard}), lambda later: _put_back(later, wizard, after, held.draft))
    return Done(page, Changes.of(Subject.WIZARD, wizard), undo)


def _put_back(work: Work, wizard: str, mine: Draft | None, before: Draft | None) -> Done[WizardFile | None]:
    def act(held: Held) -> Draft | None:
        if held.draft != mine:
            raise AppError("own_wizard.changed", parameters={"id": wizard})
        return before

    return _change(work, wizard, act, "wizard.draft_put_back", needed=False)
