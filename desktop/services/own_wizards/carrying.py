"""Takes a checklist in from a file of unknown origin, and gives one out as it is."""

from __future__ import annotations

from desktop.base.changes import Done
from desktop.base.errors import AppError, ErrorKind
from desktop.domain.wizard.reader import parse_wizard
from desktop.domain.wizard_rows import WizardFile
from desktop.services.own_wizards.drafts import change_draft, check_content, check_name
from desktop.services.own_wizards.rows import Draft, Held, read_held
from desktop.services.work import Work


def import_wizard(work: Work, content: bytes, *, name: str, replace: bool = False) -> Done[WizardFile]:
    """Take a file in as a draft, also one with problems: the result names them. `name` is the file's, for people.

    Raises AppError `own_wizard.unreadable` where it is none, `own_wizard.there` where there is a checklist of that id
    and nobody said `replace`, and those of `save_draft`.
    """
    check_content(content)
    reading = parse_wizard(content)
    if reading.wizard is None:
        first = reading.problems[0]
        parameters = {"name": name[:80], "rule": first.rule.value, "fault": first.text}
        detail = str(first.text.parameters.get("detail", ""))
        raise AppError("own_wizard.unreadable", parameters=parameters, detail=detail)
    wizard = reading.wizard.id
    check_name(wizard)

    def act(held: Held) -> Draft:
        if held.is_there and not replace:
            raise AppError("own_wizard.there", kind=ErrorKind.USAGE, parameters={"id": wizard, "name": name[:80]})
        return Draft(content, *held.base)

    return change_draft(work, wizard, act, "wizard.imported", needed=False)


def export_wizard(work: Work, wizard: str, *, draft: bool = False) -> bytes:
    """Return the file that holds, or the draft where nothing does or it is asked for.

    Raises AppError `own_wizard.unknown`, `own_wizard.no_draft`.
    """
    with work.store.reading() as connection:
        held = read_held(work, connection, wizard)
    if draft:
        if held.draft is None:
            raise AppError("own_wizard.no_draft", kind=ErrorKind.USAGE, parameters={"id": wizard})
        return held.draft.content
    found = held.published or held.builtin
    return held.content if found is None else found
