"""The checklists a command sees: those in force of the company on this machine, or the shipped ones without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line, table
from desktop.cli.context import Context

if TYPE_CHECKING:
    from desktop.domain.wizard.library import Library
    from desktop.domain.wizard_rows import WizardRow


def library_in_force(context: Context) -> Library:
    """Return what holds here. Raises AppError as `services.work.open_store` does."""
    return _read(context)[0]


def answer_list(context: Context) -> int:
    """Print those in force with origin and version, then drafts and what was withdrawn."""
    library, rows = _read(context, with_rows=True)
    language = context.texts.language
    documents = [
        {"id": one.id, "title": one.title.say(language), "audience": one.audience.value, "category": one.category,
         "minutes": one.minutes, "mode": one.mode.value, "steps": len(one.steps) or len(one.items),
         "version": one.version, **_origin(rows.get(one.id))}
        for one in library.wizards.values()
    ]  # fmt: skip
    others = [
        {"id": one.id, "title": one.title.say(language), **_origin(one)} for one in rows.values() if not one.is_in_force
    ]
    lines = table([_cells(context, one) for one in (*documents, *others)])
    context.answer({"wizards": documents, "others": others}, lines)
    return DONE if documents else NOTHING_TO_DO


def _read(context: Context, *, with_rows: bool = False) -> tuple[Library, dict[str, WizardRow]]:
    from desktop.services.work import database_path

    if not database_path(context.home).exists():
        from desktop.services.wizard_memory import WizardMemory

        return WizardMemory().shipped, {}
    from desktop.cli.desk.opening import opened
    from desktop.services.own_wizards import list_wizards
    from desktop.services.wizard_library import read_library

    with opened(context) as work:
        rows = list_wizards(work) if with_rows else ()
        return read_library(work), {one.id: one for one in rows}


def _origin(row: WizardRow | None) -> dict[str, object]:
    if row is None:
        return {"origin": "builtin", "number": 0, "draft": False, "moved": False, "problems": 0}
    return {
        "origin": row.origin.value,
        "number": row.number,
        "draft": row.has_draft,
        "moved": row.is_original_moved,
        "problems": row.problems,
    }


def _cells(context: Context, one: dict[str, object]) -> tuple[str, ...]:
    text = context.texts.text
    marks = [text("cli.wizard.mark.draft")] if one["draft"] else []
    marks += [text("cli.wizard.mark.moved")] if one["moved"] else []
    marks += [text("cli.wizard.mark.problems", count=one["problems"])] if one["problems"] else []
    marks += [] if "version" in one else [text("cli.wizard.mark.not_in_force")]
    return (
        str(one["id"]),
        str(one.get("audience", "")),
        text(f"cli.wizard.origin.{one['origin']}"),
        f"v{one['version']}" if "version" in one else "",
        one_line(str(one["title"])),
        ", ".join(marks),
    )
