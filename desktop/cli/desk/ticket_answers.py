"""Tickets as `--json` documents and as lines for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, cast

from desktop.base.clock import from_text, to_text
from desktop.base.errors import AppError
from desktop.base.texts import Texts
from desktop.cli.common.program import DONE
from desktop.cli.common.terminal import one_line, shown, table
from desktop.cli.context import Context
from desktop.domain.history import event_text
from desktop.domain.rows import EventRow, TicketPage, TicketRow, WizardRunRow
from desktop.domain.snapshot import Finding
from desktop.domain.wizard.tick_report import list_report
from desktop.domain.wizard.ticks import from_document, is_ticks

if TYPE_CHECKING:
    from desktop.domain.wizard.definition import Wizard


def ticket_document(texts: Texts, row: TicketRow) -> dict[str, object]:
    """Return a ticket as lists print it."""
    return {
        "id": row.id,
        "number": row.number,
        "title": row.title,
        "state": _state(texts, row),
        "state_type": row.state_type.value,
        "priority": row.priority.code,
        "level": int(row.level),
        "category": row.category,
        "person": row.person_name,
        "device": row.device_name,
        "assignee": row.assignee_name,
        "due_at": _moment(row.due_at),
        "wake_at": _moment(row.wake_at),
        "created_at": _moment(row.created_at),
        "changed_at": _moment(row.changed_at),
        "has_news": row.has_news,
    }


def page_document(texts: Texts, page: TicketPage) -> dict[str, object]:
    """Return a ticket with everything on it."""
    ticket = {
        **ticket_document(texts, page.row),
        "kind": page.kind.value,
        "channel": page.channel.value,
        "impact": page.impact.value,
        "urgency": page.urgency.value,
        "waiting_reason": page.waiting_reason.value if page.waiting_reason else None,
        "reference": page.request_reference,
        "rating": page.rating,
    }
    return {
        "ticket": ticket,
        "messages": [
            {"id": one.id, "kind": one.kind, "author": one.author, "text": one.text, "at": to_text(one.at)}
            for one in page.messages
        ],
        "events": [_event(one) for one in page.events],
        "findings": [finding_document(one) for one in page.snapshot.findings] if page.snapshot else [],
        "snapshots": [page.snapshot.id] if page.snapshot else [],
        "attachments": [
            {"id": one.id, "name": one.name, "size": one.size, "sha256": one.sha256}
            for message in page.messages
            for one in message.attachments
        ],
        "wizard_runs": [_run(one) for one in page.runs],
    }


def _run(one: WizardRunRow) -> dict[str, object]:
    return {
        "id": one.id,
        "wizard": one.wizard,
        "audience": one.audience,
        "state": one.state,
        "outcome": one.outcome,
        "started_at": to_text(one.started_at),
        "actor": one.actor,
        "mode": one.mode,
        "ticks": _ticks(one),
        "document": one.document,
    }


def _ticks(run: WizardRunRow) -> dict[str, object] | None:
    """Return where a list of ticks stands; None for a checklist with steps, and for one nobody can read any more."""
    try:
        return list_report(from_document(run.document)) if is_ticks(run.document) else None
    except AppError:
        return None


def finding_document(one: Finding) -> dict[str, object]:
    """Return a finding as `--json` prints it."""
    return {
        "id": one.id,
        "state": one.state.value,
        "severity": one.severity.value,
        "evidence": dict(one.evidence),
        "wizard": one.wizard,
    }


def answer_ticket(context: Context, row: TicketRow) -> int:
    """Answer a changing command with the ticket as it is now."""
    context.answer({"ticket": ticket_document(context.texts, row)}, ticket_lines(context.texts, [row], 1))
    return DONE


def ticket_lines(texts: Texts, rows: Sequence[TicketRow], total: int) -> Iterator[str]:
    """Return tickets as a table, and how many more there are."""
    if not rows:
        yield texts.text("cli.ticket.none")
    cells = [
        (
            one.number,
            texts.text(f"priority.{one.priority.code}"),
            one_line(_state(texts, one), width=14),
            one_line(one.title, width=50),
            one_line(one.person_name, width=24),
            one_line(one.assignee_name, width=20),
        )
        for one in rows
    ]
    yield from table(cells)
    if total > len(rows):
        yield texts.plural("cli.ticket.more", total - len(rows))


def page_lines(texts: Texts, page: TicketPage, wizards: Callable[[], Mapping[str, Wizard]]) -> Iterator[str]:
    """Return a ticket for reading: who and what, then the conversation, then the history.

    `wizards` gives the checklists by id, for their titles, and is called when the first line needs one.
    """
    row = page.row
    yield f"{row.number}  {one_line(row.title, width=100)}"
    words = (texts.text(f"priority.{row.priority.code}"), texts.text(f"category.{row.category}"), _state(texts, row))
    yield "  ".join(one_line(one) for one in (*words, row.person_name, row.device_name, row.assignee_name) if one)
    for message in page.messages:
        yield ""
        yield f"{_local(message.at)}  {one_line(message.author)}"
        yield from (f"  {line}" for line in shown(message.text).splitlines())
        yield from (f"  [{one_line(one.name)}, {one.size} B]" for one in message.attachments)
    for run in page.runs:
        if (found := _ticks(run)) is not None:
            title = str(cast("dict[str, str]", found["title"])[texts.language])
            yield texts.text("cli.ticket.ticks", title=one_line(title), done=found["done"], total=found["total"])
    if page.events:
        yield ""
    for event in page.events:
        yield f"{_local(event.at)}  {one_line(event.actor)}  {_happened(texts, event, wizards)}"


def _event(one: EventRow) -> dict[str, object]:
    fixed: dict[str, object] = {"id": one.id, "kind": one.kind, "at": to_text(one.at), "actor": one.actor}
    return {**one.detail, **fixed}


def _happened(texts: Texts, event: EventRow, wizards: Callable[[], Mapping[str, Wizard]]) -> str:
    try:
        until = event.detail.get("until")
        detail = {**event.detail, "until": _local(from_text(until))} if isinstance(until, str) else event.detail
        return one_line(event_text(texts, event.kind, detail, wizards=wizards), width=100)
    except (KeyError, IndexError, ValueError):  # an event of another version may lack what the text asks for
        return event.kind


def _state(texts: Texts, row: TicketRow) -> str:
    return row.state_name or texts.text(f"state.{row.state_type.value}")


def _moment(moment: datetime | None) -> str | None:
    return to_text(moment) if moment else None


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
