"""Files of every released format must open for ever; they lie in golden/format<n> and are never made again."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from desktop.domain.payloads import FROM_DESK, FROM_DEVICE, Request, Status
from desktop.exchange.codec import from_manifest
from desktop.exchange.envelope import open_envelope
from desktop.exchange.invitation import read_invitation
from desktop.exchange.keys import DeviceKeys, OrgKeys, RecoveryKey, SignPair, device_id8, fingerprint_words
from desktop.exchange.org_card import read_card, signers
from desktop.exchange.words import from_words, to_words
from desktop.system.key_file import FileSecrets
from tests.exchange.golden import make

GOLDEN = Path(__file__).parent / "golden" / "format1"
ORG_ID = "0195a000-0000-7000-8000-000000000001"
KEYS = OrgKeys.from_seeds({"org.box": b"\x01" * 32, "org.sign": b"\x02" * 32})
RECOVERY = RecoveryKey.from_seeds({"recovery.box": b"\x03" * 32})
DEVICE = DeviceKeys.from_seeds({"device.sign": b"\x04" * 32, "device.box": b"\x05" * 32})
ORG = KEYS.public(ORG_ID, RECOVERY.box.public)


@pytest.mark.parametrize("pair", [KEYS.box, RECOVERY.box])
def test_request_of_format_1(pair) -> None:
    opened = open_envelope((GOLDEN / "request.ehr").read_bytes(), org_id=ORG_ID, keys=[pair])
    payload, sender = from_manifest(opened, FROM_DEVICE)
    assert isinstance(payload, Request)
    assert (payload.text, payload.device_seq) == ("Der Drucker druckt nicht. Größe: ß", 7)
    assert sender == DEVICE.public
    assert sha256(opened.parts[0]).hexdigest() == payload.attachments[0].sha256


def test_status_of_format_1() -> None:
    opened = open_envelope((GOLDEN / "status.ehr").read_bytes(), org_id=ORG_ID, keys=[DEVICE.box])
    payload, _ = from_manifest(opened, FROM_DESK)
    assert isinstance(payload, Status)
    assert (opened.signer, payload.ticket) == (KEYS.sign.public, "A-2026-0412")


@pytest.mark.parametrize("name", make.FROM_DESK)
def test_what_the_desk_asks_for_and_sets_of_format_1(name: str) -> None:
    opened = open_envelope((GOLDEN / f"{name}.ehr").read_bytes(), org_id=ORG_ID, keys=[DEVICE.box])
    assert from_manifest(opened, FROM_DESK)[0] == make.FROM_DESK[name]


@pytest.mark.parametrize("name", make.FROM_PC)
def test_diagnoses_of_format_1(name: str) -> None:
    opened = open_envelope((GOLDEN / f"{name}.ehr").read_bytes(), org_id=ORG_ID, keys=[RECOVERY.box])
    assert from_manifest(opened, FROM_DEVICE)[0] == make.FROM_PC[name]


def test_invitation_and_code_of_format_1() -> None:
    def then() -> datetime:
        return datetime(2026, 3, 5, tzinfo=UTC)

    from_file = read_invitation(GOLDEN / "firma.ersthelfer", clock=then)
    assert from_file == read_invitation((GOLDEN / "code.txt").read_text(), clock=then)
    assert (from_file.org, from_file.devices, from_file.mailbox) == (ORG, 5, r"\\server\hilfe")


def test_card_of_format_1() -> None:
    older = KEYS.public(ORG_ID, RECOVERY.box.public)
    card = read_card((GOLDEN / "org.json").read_bytes(), older)
    assert card.org == ORG
    first = SignPair.from_seed(b"\x06" * 32)
    pinned_before = type(ORG)(ORG_ID, ORG.box_key, first.public, ORG.recovery_key)
    assert signers(read_card((GOLDEN / "org.json").read_bytes(), pinned_before), pinned_before) >= {ORG.sign_key}


def test_key_file_of_format_1(tmp_path: Path) -> None:
    shutil.copy(GOLDEN / "keys.bin", tmp_path)
    store = FileSecrets(tmp_path / "keys.bin", lambda: "Ankerkorb")
    assert store.get("org.sign") == b"\x02" * 32
    assert store.get("device.box") == b"\x05" * 32


def test_known_answers() -> None:
    assert KEYS.box.kid == "76b2d4ab589c273b"
    assert device_id8(DEVICE.sign.public) == "c5b940ed"
    assert fingerprint_words(ORG.sign_key, "de") == ("Pilzstuhl", "Minzfenster", "Vogelfenster", "Kaminzaun")
    assert fingerprint_words(ORG.sign_key, "en") == ("Silversong", "Orcharddoor", "Walnutdoor", "Islandwheel")
    sheet = (
        "Abendbaum Ankerbaum Kirschfenster Ankerbaum Glutdach Abendwagen "
        "Dachsbecher Dachshof Ankerstuhl Hageldach Felswagen Briefnest "
        "Abendglocke Kornglocke Fuchsblick Kirschrad Bibermantel Nebelfenster "
        "Adlerofen Eulenbecher Mondkorb Apfelquelle Kamindach Stranddach"
    )
    assert " ".join(to_words(bytes(range(32)), "de")) == sheet
    assert from_words(sheet) == bytes(range(32))
