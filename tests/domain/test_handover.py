"""The completeness check of a hand-over, what an outsider may read, and the JSON document."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from desktop.base.errors import AppError
from desktop.base.texts import load_texts
from desktop.domain.handover import (
    MAX_ENTRY,
    Handover,
    HandoverField,
    Order,
    TriedStep,
    check,
    check_order,
    missing,
)
from desktop.domain.handover_document import SCHEMA, to_document
from desktop.domain.handover_steps import RESULTS
from desktop.domain.partner import PartnerKind
from desktop.domain.rows import (
    DeviceRow,
    EventRow,
    MessageRow,
    PartnerRow,
    PersonRow,
    SnapshotRow,
    TicketPage,
    TicketRow,
    WizardRunRow,
)
from desktop.domain.snapshot import Finding, FindingState, Severity
from desktop.domain.ticket import Channel, Impact, Kind, Level, Priority, StateType, Urgency
from desktop.domain.wizard import ticking
from desktop.domain.wizard.definition import Wording
from desktop.domain.wizard.ticks import to_document as ticks_document
from desktop.ui.common.formats import Formats
from desktop.ui.desk.handover_lists import list_lines
from tests.domain.wizard.list_samples import sample_list

NOW = datetime(2026, 11, 23, 9, 58, tzinfo=UTC)
ROW = TicketRow(
    id="t1", number="A-2026-0412", title="Etikettendrucker druckt leere Seiten", state_type=StateType.OPEN,
    state_name="Offen", priority=Priority.HIGH, level=Level.FIRST, category="printer", person_name="Sabine Oswald",
    device_name="AHB-PC-014", assignee_name="Katrin Velden", created_at=NOW, changed_at=NOW, due_at=NOW, wake_at=None,
    has_news=False,
)  # fmt: skip
PERSON = PersonRow("p1", "Sabine Oswald", "Versand", "Halle 2", "214", "")
DEVICE = DeviceRow("d1", "AHB-PC-014", "approved", "Windows 11", "p1", "Sabine Oswald", NOW, 2, "warn")
SNAPSHOT = SnapshotRow("s1", "d1", NOW, (Finding("disk.full", FindingState.PRESENT, Severity.WARN, {"free": 7}),))
MESSAGES = (
    MessageRow("m1", "request", "Sabine Oswald", "person", "Seit heute früh nur leere Seiten.", NOW),
    MessageRow("m2", "note", "Katrin Velden", "technician", "Ruft ungern an.", NOW),
)
PAGE = TicketPage(
    row=ROW, version=3, kind=Kind.FAULT, channel=Channel.TRAY, impact=Impact.TEAM, urgency=Urgency.BLOCKED,
    proposed_priority=Priority.URGENT, priority_reason="", waiting_reason=None, request_reference="H-7K3F",
    person=PERSON, device=DEVICE, assignee_id="k1", snapshot=SNAPSHOT, messages=MESSAGES, events=(), runs=(),
)  # fmt: skip
VENDOR = PartnerRow("v1", "Etikettentechnik Sommerfeldt", Level.THIRD, "vendor", "mail", "x@example.org", "Drucker")
COLLEAGUE = replace(VENDOR, id="c1", name="Timo Asbeck", level=Level.SECOND, kind="colleague")
STEPS = (TriedStep(Wording("Warteschlange leeren", "Clear the queue"), "failed", NOW),)
FULL = Handover("Möbelwerk Ahornblick", "Katrin Velden", NOW, PAGE, COLLEAGUE, Order("Druckkopf tauschen"), STEPS)


def test_a_full_hand_over_misses_nothing() -> None:
    assert missing(FULL) == ()
    assert all(one.is_there for one in check(FULL))


def test_a_vendor_also_needs_the_serial_number() -> None:
    outside = replace(FULL, partner=VENDOR)
    assert missing(outside) == (HandoverField.SERIAL,)
    entered = replace(outside, order=Order("Tauschen", {HandoverField.SERIAL: " SN-1 "}))
    assert missing(entered) == ()
    assert entered.serial == "SN-1"


def test_the_pcs_own_serial_number_counts_unless_the_fault_is_about_a_printer() -> None:
    snapshot: dict[str, Any] = {"probes": {"hardware": {"facts": {"serial": "5CG1"}}}}
    printer = replace(FULL, partner=VENDOR, snapshot=snapshot)
    assert missing(printer) == (HandoverField.SERIAL,)
    pc = replace(printer, page=replace(PAGE, row=ROW._replace(category="hardware")))
    assert missing(pc) == ()


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        (lambda one: replace(one, order=Order("  ")), HandoverField.TASK),
        (lambda one: replace(one, page=replace(PAGE, messages=())), HandoverField.FAULT),
        (lambda one: replace(one, page=replace(PAGE, snapshot=None)), HandoverField.DEVICE),
        (lambda one: replace(one, page=replace(PAGE, device=None)), HandoverField.DEVICE),
        (lambda one: replace(one, steps=()), HandoverField.STEPS),
        (lambda one: replace(one, page=replace(PAGE, person=None)), HandoverField.CONTACT),
        (lambda one: replace(one, page=replace(PAGE, person=replace(PERSON, phone=""))), HandoverField.CONTACT),
        (lambda one: replace(one, page=replace(PAGE, row=ROW._replace(due_at=None))), HandoverField.DUE),
    ],
)
def test_each_gap_is_named_and_an_entry_closes_it(spoil: Callable[[Handover], Handover], field: HandoverField) -> None:
    spoiled = spoil(FULL)
    assert missing(spoiled) == (field,)
    order = Order("Tauschen", {field: "von Hand"}) if field is not HandoverField.TASK else Order("Tauschen")
    assert missing(replace(spoiled, order=order)) == ()


def test_internal_notes_stay_inside_the_company() -> None:
    assert [one.id for one in FULL.conversation] == ["m1", "m2"]
    outside = replace(FULL, partner=VENDOR)
    assert [one.id for one in outside.conversation] == ["m1"]
    assert "Ruft ungern an" not in json.dumps(to_document(outside), ensure_ascii=False)


def test_that_there_were_internal_notes_stays_inside_as_well() -> None:
    events = tuple(EventRow(kind, kind, "Katrin Velden", NOW) for kind in ("created", "noted", "assigned"))
    inside = replace(FULL, page=replace(PAGE, events=events))
    assert [one["kind"] for one in to_document(inside)["history"]] == ["created", "noted", "assigned"]
    outside = to_document(replace(inside, partner=VENDOR))
    assert [one["kind"] for one in outside["history"]] == ["created", "assigned"]


def test_the_document_is_json_with_a_schema_and_names_what_is_missing() -> None:
    document = json.loads(json.dumps(to_document(replace(FULL, partner=VENDOR)), ensure_ascii=False))
    assert document["schema"] == SCHEMA
    assert document["missing"] == ["serial"]
    assert document["ticket"]["number"] == "A-2026-0412"
    assert document["device"]["findings"][0]["id"] == "disk.full"
    assert document["steps_tried"][0]["title"] == {"de": "Warteschlange leeren", "en": "Clear the queue"}


def test_a_text_longer_than_a_page_is_refused() -> None:
    with pytest.raises(AppError, match=r"handover\.too_long"):
        check_order(Order("x" * (MAX_ENTRY + 1)))


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_computed_code_has_a_text(language: str) -> None:
    texts = load_texts(language)
    codes = [f"handover.field.{one.value}" for one in HandoverField]
    codes += [f"handover.missing.{one.value}" for one in HandoverField]
    codes += [f"handover.affected.{impact.value}.{urgency.value}" for impact in Impact for urgency in Urgency]
    codes += [f"handover.result.{one}" for one in RESULTS]
    codes += [f"partner.kind.{one.value}" for one in PartnerKind]
    codes += ["handover.priority.urgent", "handover.priority.high"]
    assert not [code for code in codes if not texts.has(code)]


def with_list(partner: PartnerRow) -> Handover:
    """Return a hand-over of a ticket with a list on which something was ticked and noted."""
    ticks = ticking.attach(sample_list(), run_id="r1", who="Katrin Velden", at=NOW)
    ticks = ticking.tick(ticks, "signed", who="Katrin Velden", at=NOW)
    ticks = ticking.set_not_needed(ticks, "cable", "liegt schon dort", who="Katrin Velden", at=NOW)
    ticks = ticking.write_note(ticks, "signed", "Ordner 7, geheim", who="Katrin Velden", at=NOW)
    run = WizardRunRow("r1", "handout", "technician", "asking", "", NOW, "Katrin Velden", ticks_document(ticks))
    torn = replace(run, id="r2", document={"kind": "ticks"})
    note = EventRow("e1", "wizard_item_noted", "Katrin Velden", NOW, {"text": "Ordner 7, geheim"})
    page = replace(PAGE, runs=(run, torn), events=(note,))
    return replace(FULL, page=page, partner=partner)


def test_lists_go_along_with_every_tick() -> None:
    handover = with_list(COLLEAGUE)
    (found,) = to_document(handover)["lists"]
    items = {one["id"]: one for one in found["items"]}
    assert (found["done"], found["total"], found["mandatory"]) == (2, 4, True)
    assert (items["signed"]["state"], items["signed"]["who"]) == ("done", "Katrin Velden")
    assert (items["cable"]["state"], items["cable"]["reason"]) == ("not_needed", "liegt schon dort")
    assert items["backup"]["state"] == "open"
    steps = next(one for one in check(handover) if one.field is HandoverField.STEPS)
    assert steps.detail.count == len(STEPS) + 2


def test_notes_on_a_list_stay_inside_the_company() -> None:
    assert "geheim" in json.dumps(to_document(with_list(COLLEAGUE)), ensure_ascii=False)
    assert "geheim" not in json.dumps(to_document(with_list(VENDOR)), ensure_ascii=False)


@pytest.mark.parametrize("language", ["de", "en"])
def test_paper_says_of_each_item_what_became_of_it(language: str) -> None:
    texts = load_texts(language)
    (ticks,) = with_list(COLLEAGUE).lists
    lines = [one for one, _tone in list_lines(ticks, texts, Formats(texts, lambda: NOW, UTC))]
    said = "\n".join(lines)
    assert ("Erledigt: Das Übergabeprotokoll ist unterschrieben – Katrin Velden, 23.11.2026" in said) is (
        language == "de"
    )
    assert "liegt schon dort" in said
    assert "Ordner 7" in said
    assert not [one for one in lines if "handover." in one or "{" in one]
