"""The checklists a command sees: those in force of the company on this machine, or the shipped ones without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.base.paths import resources
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line, table
from desktop.cli.context import Context

if TYPE_CHECKING:
    from desktop.domain.wizard.heads import Head
    from desktop.domain.wizard.library import Library
    from desktop.domain.wizard_rows import WizardRow


def library_in_force(context: Context) -> Library:
    """Return what holds here. Raises AppError as `services.work.open_store` does."""
    if not _has_own(context):
        return _shipped(context)
    from desktop.cli.desk.opening import opened
    from desktop.services.wizard_library import read_library

    with opened(context) as work:
        return read_library(work)


def answer_list(context: Context) -> int:
    """Print those in force with origin and version, then drafts and what was withdrawn."""
    heads, rows = _own_heads(context) if _has_own(context) else _shipped_heads(context)
    language = context.texts.language
    documents: list[dict[str, object]] = [
        {"id": one.id, "title": one.title(language), "audience": one.audience, "category": one.category,
         "minutes": one.minutes, "mode": one.mode, "steps": one.steps, "version": one.version,
         **_origin(rows.get(one.id))}
        for one in heads.values()
    ]  # fmt: skip
    others: list[dict[str, object]] = [
        {"id": one.id, "title": one.title.say(language), **_origin(one)} for one in rows.values() if not one.is_in_force
    ]
    lines = table([_cells(context, one) for one in (*documents, *others)])
    context.answer({"wizards": documents, "others": others}, lines)
    return DONE if documents else NOTHING_TO_DO


def _has_own(context: Context) -> bool:
    from desktop.services.wizard_presence import has_own_wizards

    return has_own_wizards(context.home.data / "ersthelfer.db")


def _own_heads(context: Context) -> tuple[Mapping[str, Head], Mapping[str, WizardRow]]:
    from desktop.cli.desk.opening import opened
    from desktop.domain.wizard.library import heads_of
    from desktop.services.own_wizards import list_wizards
    from desktop.services.wizard_library import read_library

    with opened(context) as work:
        return heads_of(read_library(work)), {one.id: one for one in list_wizards(work)}


def _shipped_heads(context: Context) -> tuple[Mapping[str, Head], Mapping[str, WizardRow]]:
    """Return what the list shows; where nothing has changed since the last time, no checklist is read for it."""
    from desktop.domain.wizard.heads import KEPT, kept_heads, read_files

    kept = kept_heads(read_files(resources() / "wizards"), context.home.data / KEPT)
    if kept is not None:
        return kept, {}
    from desktop.domain.wizard.library import heads_of

    return heads_of(_shipped(context)), {}


def _shipped(context: Context) -> Library:
    from desktop.domain.wizard.heads import KEPT
    from desktop.domain.wizard.library import load_library

    return load_library(resources() / "wizards", shelf=context.home.data / KEPT)


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
