"""All checklists as one list: shipped, changed and the company's own, with drafts and what was withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from desktop.base.clock import from_text
from desktop.domain.wizard.definition import Audience, Mode, Wizard, Wording
from desktop.domain.wizard.overlay import Overlay
from desktop.domain.wizard.problems import Problem
from desktop.domain.wizard.reader import parse_wizard
from desktop.domain.wizard_rows import WizardRow
from desktop.models.tables import wizard_files
from desktop.services.own_wizards.opening import problems_beside
from desktop.services.own_wizards.rows import Held, held_of
from desktop.services.wizard_library import overlay_of
from desktop.services.work import Work


def list_wizards(work: Work) -> tuple[WizardRow, ...]:
    """Return every checklist there is, by id. Raises AppError `wizard.folder`, `store.*`."""
    with work.store.reading() as connection:
        overlay = overlay_of(work, connection)
        held = _all_held(work, connection)
    return tuple(_row(work, overlay, one) for _, one in sorted(held.items()))


def _all_held(work: Work, connection: Connection) -> dict[str, Held]:
    """Return what is kept of each checklist; earlier versions matter to the list only where nothing else is there."""
    builtin = work.wizards.builtin
    rows: dict[str, list[Row[Any]]] = {name: [] for name in builtin}
    wanted = wizard_files.c.state != "earlier"
    for one in connection.execute(select(wizard_files).where(wanted).order_by(wizard_files.c.number.desc())):
        rows.setdefault(one.wizard, []).append(one)
    return {name: held_of(name, found, builtin.get(name)) for name, found in rows.items()}


def _row(work: Work, overlay: Overlay, held: Held) -> WizardRow:
    used = overlay.library.wizards.get(held.wizard)
    shown = used or parse_wizard(held.content).wizard or _nameless(held.wizard)
    changed = held.draft_row if held.draft_row is not None else held.in_force
    is_left_out = held.wizard in overlay.left_out
    return WizardRow(
        id=held.wizard,
        title=shown.title,
        category=shown.category,
        mode=shown.mode,
        audience=shown.audience,
        origin=held.origin,
        number=0 if held.in_force is None else int(held.in_force.number),
        has_draft=held.draft is not None,
        is_original_moved=held.is_original_moved,
        problems=sum(one.is_error for one in _problems(work, overlay, held)),
        changed_at=None if changed is None else from_text(changed.changed_at),
        actor="" if changed is None else str(changed.actor),
        is_in_force=used is not None and not (is_left_out and held.builtin is None),
        version=used.version if used else 0,
    )


def _problems(work: Work, overlay: Overlay, held: Held) -> tuple[Problem, ...]:
    if held.draft is None:
        return overlay.left_out.get(held.wizard, ())
    return problems_beside(work, overlay, held.wizard, held.draft.content)


def _nameless(wizard: str) -> Wizard:
    """Return what stands in the list for a file that cannot be read."""
    nothing: Mapping[str, Any] = {}
    return Wizard(wizard, 0, "other", Mode.READ_DO, Audience.TECHNICIAN, 0, "", Wording(wizard, wizard), nothing)
