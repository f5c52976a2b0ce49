"""Whatever the services write down can be said in both languages: no code ever reaches the screen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from desktop.base.clock import to_text
from desktop.base.ids import new_id
from desktop.base.paths import resources
from desktop.base.texts import load_texts
from desktop.domain.commands import Reply
from desktop.domain.history import EVENT_KINDS, event_text
from desktop.domain.payloads import FollowUp, Verdict
from desktop.domain.rows import DELIVERY_STATES
from desktop.domain.wizard.definition import Result
from desktop.domain.wizard.library import load_library
from desktop.services import tickets
from desktop.services.intake import import_mailbox
from desktop.services.lists import list_tickets, open_ticket
from tests.services.conftest import Desk

SERVICES = Path(__file__).resolve().parents[2] / "desktop" / "services"
LANGUAGES = ("de", "en")
WORDS = (
    "created",
    "replied",
    "noted",
    "followed_up",
    "answered",
    "snapshot",
    "rated",
    "woken",
    "confirmed",
    "confirmed_open",
    "rejected",
    "diagnosis_came",
    "diagnosis_declined",
    "diagnosis_replaced",
)
"""What is written but never taken back: words that were said, and what came from PCs and clocks."""
CHANGES = [one for one in EVENT_KINDS if one not in WORDS and not one.startswith("wizard_") and one != "undone"]


def _written_kinds() -> set[str]:
    """Return every event kind that a call of `record` or `record_event` names in the services."""
    found: set[str] = set()
    for path in SERVICES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node) in ("record", "record_event"):
                place = 0 if _name(node) == "record" else 3
                kinds = ast.walk(node.args[place]) if len(node.args) > place else ()
                found |= {one.value for one in kinds if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return found


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_every_written_kind_is_declared() -> None:
    written = _written_kinds()
    assert {"replied", "snapshot", "handed_over"} <= written
    assert written <= set(EVENT_KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_written_has_words(language: str) -> None:
    texts = load_texts(language)
    codes = [
        *(f"event.{one}" for one in EVENT_KINDS),
        *(f"event.{one}.name" for one in CHANGES),
        *(f"undo.{one}" for one in CHANGES),
        *(f"delivery.{one}" for one in DELIVERY_STATES),
        *(f"message.kind.{one}" for one in ("request", "reply", "note")),
        *(f"wizard.end.{one.value}" for one in Result),
    ]
    assert not [one for one in codes if not texts.has(one)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_checklist_is_called_by_its_title(language: str) -> None:
    wizards = load_library(resources() / "wizards").wizards
    for wizard in wizards.values():
        said = event_text(
            load_texts(language), "wizard_finished", {"wizard": wizard.id, "steps": 3}, wizards=lambda: wizards
        )
        assert wizard.title.say(language) in said
        assert wizard.id not in said


def test_a_checklist_that_is_gone_keeps_its_id() -> None:
    assert "war-einmal" in event_text(load_texts("de"), "wizard_started", {"wizard": "war-einmal", "steps": 1})


def test_what_a_person_writes_later_is_theirs(desk: Desk) -> None:
    pc = desk.pc()
    pc.enrol()
    request, at = pc.ask(), to_text(desk.clock())
    import_mailbox(desk.work, desk.open.post)
    (row,) = list_tickets(desk.work, "all").rows
    ticket = row.id
    tickets.reply(desk.work, Reply(ticket, "Ich sehe nach."))
    pc.post.send(FollowUp(request, new_id(desk.clock), "Die Rolle ist neu.", at, device_seq=2))
    pc.post.send(Verdict(request, solved=True, created_at=at, rating=4, comment="Danke, läuft.", device_seq=3))
    pc.post.sync()
    import_mailbox(desk.work, desk.open.post)
    page = open_ticket(desk.work, ticket)
    assert [(one.text, one.is_ours) for one in page.messages[1:]] == [
        ("Ich sehe nach.", True),
        ("Die Rolle ist neu.", False),
        ("Danke, läuft.", False),
    ]
    assert {one.delivery for one in page.messages if one.delivery} <= set(DELIVERY_STATES)
