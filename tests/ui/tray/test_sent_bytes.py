"""What "look at everything" shows is, letter by letter, what lies in the sealed file that the folder holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.client.diagnosis import SendDiagnosis, prepare_diagnosis, send_diagnosis
from desktop.client.facts import Choice, chosen
from desktop.client.policy import Depth
from desktop.client.requests import SendRequest, prepare_request, send_request
from desktop.diagnostics.lines import Line
from desktop.exchange.envelope import open_envelope
from desktop.exchange.strict_json import canonical
from desktop.ui.tray.sent_bytes import message_bytes
from tests.client.test_kill import World
from tests.ui.tray.conftest import SNAPSHOT

CHOICES = (
    Choice(Depth.BASIC),
    Choice(Depth.FULL, off=frozenset({"system"})),
    Choice(Depth.FULL, left_out=frozenset({Line("printers", "printers", 0), Line("memory", "total_bytes")})),
)


@pytest.fixture
def world(tmp_path: Path):
    made = World(tmp_path)
    yield made
    made.store.close()


def sealed(world: World, message_id: str) -> bytes:
    """Deliver, and return the payload's bytes as the company opens them from the file."""
    world.sync()
    (file,) = (one for one in world.mailbox.incoming.rglob("*.ehr") if one.stem == message_id)
    opened = open_envelope(file.read_bytes(), org_id=world.org.org_id, keys=[world.keys.box])
    return canonical(opened.manifest["payload"])


@pytest.mark.parametrize("choice", CHOICES)
def test_a_diagnosis(world: World, choice: Choice) -> None:
    facts = chosen(world.client, SNAPSHOT, choice)
    prepared = prepare_diagnosis(world.client, SendDiagnosis(snapshot=facts, comment="Für die Größe: ß"))
    shown = message_bytes(prepared)
    send_diagnosis(world.client, prepared)
    assert sealed(world, prepared.payload.diagnosis_id) == shown


@pytest.mark.parametrize("choice", CHOICES)
def test_a_request(world: World, choice: Choice) -> None:
    command = SendRequest(text="Drucker", snapshot=chosen(world.client, SNAPSHOT, choice))
    prepared = prepare_request(world.client, command)
    shown = message_bytes(prepared)
    send_request(world.client, prepared)
    assert sealed(world, prepared.payload.request_id) == shown


def test_nothing_means_no_facts(world: World) -> None:
    assert chosen(world.client, SNAPSHOT, Choice(Depth.NONE)) is None
