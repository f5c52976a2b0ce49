"""A hand-over as a JSON document that the other side's own programs can read; codes and ISO times, no rendered text."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from desktop.base.clock import to_text
from desktop.domain.handover import Handover, HandoverField, RunField, TriedStep, missing, unanswered
from desktop.domain.rows import AttachmentRow, MessageRow, PersonRow, WizardRunRow
from desktop.domain.snapshot import Finding
from desktop.domain.wizard.tick_report import list_report
from desktop.domain.wizard.ticks import is_ticks

SCHEMA = "ersthelfer-handover/1"


_INSIDE = frozenset({"noted", "wizard_item_noted"})
"""Events that tell of internal notes, or their text."""


def to_document(handover: Handover) -> dict[str, Any]:
    """Return the document; `missing` names what the sender knows to be absent, `reason` why it went out anyway."""
    return {
        "schema": SCHEMA,
        "made_at": to_text(handover.made_at),
        "company": handover.company,
        "sender": handover.sender,
        "task": handover.order.task.strip(),
        "missing": [one.value for one in missing(handover)],
        "unanswered": [_asked(one) for one in unanswered(handover)],
        "reason": handover.order.reason.strip(),
        "entries": {name.value: handover.order.entry(name) for name in HandoverField if handover.order.entry(name)},
        "partner": _partner(handover),
        "ticket": _ticket(handover),
        "fault": handover.fault,
        "serial": handover.serial,
        "contact": _contact(handover.page.person),
        "device": _device(handover),
        "steps_tried": [_step(one) for one in handover.steps],
        "answers": [_answer(one) for one in handover.fields if one.is_answered],
        "lists": [list_report(one) for one in handover.lists],
        "wizard_runs": [_run(one, is_outside=handover.is_outside) for one in handover.page.runs],
        "conversation": [_message(one) for one in handover.conversation],
        "history": [
            {"kind": one.kind, "actor": one.actor, "at": to_text(one.at), "detail": one.detail}
            for one in _history(handover)
        ],
    }


def _partner(handover: Handover) -> dict[str, Any]:
    partner = handover.partner
    return {"name": partner.name, "level": int(partner.level), "kind": partner.kind, "channel": partner.channel}


def _ticket(handover: Handover) -> dict[str, Any]:
    page, row = handover.page, handover.page.row
    return {
        "number": row.number,
        "title": row.title,
        "kind": page.kind.value,
        "state_type": row.state_type.value,
        "priority": row.priority.code,
        "level": int(row.level),
        "category": row.category,
        "impact": page.impact.value,
        "urgency": page.urgency.value,
        "created_at": to_text(row.created_at),
        "due_at": to_text(row.due_at) if row.due_at else None,
        "assignee": row.assignee_name,
    }


def _contact(person: PersonRow | None) -> dict[str, str] | None:
    if person is None:
        return None
    keys = ("name", "department", "room", "phone", "email")
    return {key: value for key, value in asdict(person).items() if key in keys}


def _device(handover: Handover) -> dict[str, Any] | None:
    page = handover.page
    if page.device is None:
        return None
    findings = page.snapshot.findings if page.snapshot else ()
    return {
        "name": page.device.name,
        "platform": page.device.platform,
        "findings": [_finding(one) for one in findings],
        "snapshot": dict(handover.snapshot) if handover.snapshot else None,
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {"id": one.id, "state": one.state.value, "severity": one.severity.value, "evidence": dict(one.evidence)}


def _step(one: TriedStep) -> dict[str, Any]:
    return {
        "title": asdict(one.title),
        "result": one.result,
        "value": asdict(one.value),
        "at": to_text(one.at) if one.at else None,
    }


def _asked(one: RunField) -> dict[str, Any]:
    return {"field": one.field.id, "title": asdict(one.field.text)}


def _answer(one: RunField) -> dict[str, Any]:
    return {**_asked(one), "answer": one.answer, "value": asdict(one.said)}


def _run(one: WizardRunRow, *, is_outside: bool) -> dict[str, Any]:
    is_bare = is_outside and is_ticks(one.document)
    return {
        "wizard": one.wizard,
        "audience": one.audience,
        "outcome": one.outcome,
        "started_at": to_text(one.started_at),
        "document": {**one.document, "notes": {}} if is_bare else one.document,
    }


def _message(one: MessageRow) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "author": one.author,
        "at": to_text(one.at),
        "text": one.text,
        "attachments": [_attachment(file) for file in one.attachments],
    }


def _attachment(one: AttachmentRow) -> dict[str, Any]:
    return {"name": one.name, "size": one.size, "sha256": one.sha256}


def _history(handover: Handover) -> list[Any]:
    return [one for one in handover.page.events if not (handover.is_outside and one.kind in _INSIDE)]
