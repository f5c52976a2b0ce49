"""Invitation, enrolment and the company's card: what is accepted, and that every change is noticed."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.domain.payloads import Enrol
from desktop.exchange.enrolment import enrolled_device, enrolment_mac, matching_token
from desktop.exchange.invitation import Invitation, make_invitation, read_invitation
from desktop.exchange.keys import DeviceKeys, OrgKeys, RecoveryKey, SignPair, key_text
from desktop.exchange.org_card import OrgCard, card_bytes, read_card, signers, succession


@pytest.fixture
def invitation(company) -> Invitation:
    return make_invitation(
        company.keys, company.org, company="Möbelwerk Ahornblick", mailbox=r"\\server\hilfe", devices=5,
        clock=company.clock,
    )  # fmt: skip


def code_of(source, **options) -> str:
    with pytest.raises(AppError) as caught:
        read_invitation(source, **options)
    return caught.value.code


def test_file_bytes_and_code_say_the_same(company, invitation, tmp_path: Path) -> None:
    path = tmp_path / "firma.ersthelfer"
    path.write_bytes(invitation.to_file_bytes())
    code = invitation.to_code()
    assert code.startswith("EH1-")
    careless = "  " + code.lower().replace("-", " - ").replace("o", "0").replace("eh1 -", "eh1-", 1) + "\n"
    pasted = tmp_path / "code.txt"
    pasted.write_text(code)
    for source in (path, str(path), path.read_bytes(), code, code.replace("-", "\n-"), careless, pasted):
        assert read_invitation(source, clock=company.clock) == invitation
    assert len(invitation.token) == 16
    assert path.stat().st_size < 1500


def test_it_holds_no_secret_but_the_token(company, invitation) -> None:
    content = invitation.to_file_bytes()
    for seed in (*company.keys.seeds().values(), company.recovery.box.seed):
        assert seed not in content
        assert key_text(seed).encode() not in content


def test_expiry(company, invitation) -> None:
    company.clock.forward(days=30, seconds=-1)
    assert read_invitation(invitation.to_code(), clock=company.clock) == invitation
    company.clock.forward(seconds=1)
    assert code_of(invitation.to_code(), clock=company.clock) == "invitation.expired"


@pytest.mark.parametrize(
    "name", ["company", "org", "box", "sign", "recovery", "mailbox", "expires", "token", "devices"]
)
def test_every_field_is_signed(company, invitation, name: str) -> None:
    document = json.loads(invitation.to_file_bytes())
    other = make_invitation(
        OrgKeys.generate(), OrgKeys.generate().public(new_id(), RecoveryKey.generate().box.public),
        company="Fremd", mailbox="/tmp/fremd", devices=500, clock=company.clock, valid_for=timedelta(days=9),
    )  # fmt: skip
    document[name] = json.loads(other.to_file_bytes())[name]
    assert code_of(json.dumps(document).encode(), clock=company.clock) == "invitation.invalid"


def test_typing_errors_in_a_code_are_noticed(company, invitation) -> None:
    chance, code = random.Random(3), invitation.to_code()
    for _ in range(300):
        place = chance.randrange(4, len(code))
        letter = chance.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        if code[place] in ("-", letter):
            continue
        mistyped = code[:place] + letter + code[place + 1 :]
        assert code_of(mistyped, clock=company.clock) == "invitation.mistyped"
    assert code_of(code[:-5], clock=company.clock) == "invitation.mistyped"
    assert code_of("EH1-", clock=company.clock) == "invitation.mistyped"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff" * 300,
        b"[" * 90_000,
        b'{"ersthelfer":"invitation"}',
        b'{"ersthelfer":"invitation","v":1}',
    ],
)
def test_junk_is_invalid(content: bytes) -> None:
    assert code_of(content) == "invitation.invalid"


def test_newer_and_missing_ones_have_their_own_sentence(company, invitation, tmp_path: Path) -> None:
    document = json.loads(invitation.to_file_bytes()) | {"v": 2}
    assert code_of(json.dumps(document).encode(), clock=company.clock) == "invitation.too_new"
    assert code_of(tmp_path / "fehlt") == "invitation.missing"
    assert code_of(tmp_path) == "invitation.missing"


def test_enrolment_proves_the_token_without_showing_it(company, invitation) -> None:
    device = DeviceKeys.generate().public
    mac = enrolment_mac(invitation.token, company.org.org_id, device)
    payload = Enrol("PC", "anna", "Anna", box_key=key_text(device.box_key), token_mac=mac)
    tokens = [b"x" * 16, invitation.token]
    assert matching_token(payload, device, tokens, company.org.org_id) == invitation.token
    assert matching_token(payload, device, tokens[:1], company.org.org_id) is None
    assert matching_token(payload, device, tokens, new_id()) is None
    assert matching_token(payload, DeviceKeys.generate().public, tokens, company.org.org_id) is None
    assert matching_token(replace(payload, token_mac="ü" * 64), device, tokens, company.org.org_id) is None
    assert invitation.token.hex() not in mac
    assert enrolled_device(payload, device.verify_key) == device


@pytest.mark.parametrize("key", ["", "AAAA", "ü" * 44, "*" * 44, key_text(bytes(32)), key_text(b"\x01" + bytes(31))])
def test_useless_keys_cannot_enrol(key: str) -> None:
    with pytest.raises(AppError, match=r"payload\.invalid"):
        enrolled_device(Enrol("PC", "anna", "Anna", box_key=key), b"v" * 32)


def test_card_is_read_by_who_pinned_the_key(company) -> None:
    technician = DeviceKeys.generate().box.public
    content = card_bytes(OrgCard("Firma", company.org, (technician,)), company.keys, clock=company.clock)
    card = read_card(content, company.org)
    assert card.recipients == (*company.org.recipients, technician)


def test_foreign_or_changed_card_is_refused(company) -> None:
    stranger = OrgKeys.generate()
    forged = card_bytes(OrgCard("Firma", stranger.public(company.org.org_id, b"r" * 32)), stranger)
    changed = card_bytes(OrgCard("Firma", company.org), company.keys).replace(b"Firma", b"Andre")
    for content in (forged, changed, b"", b"{}", b"[" * 90_000, forged[:-10]):
        with pytest.raises(AppError, match=r"mailbox\.not_ours"):
            read_card(content, company.org)


def test_new_keys_are_trusted_through_the_chain_only(company) -> None:
    second, third = OrgKeys.generate(), OrgKeys.generate()
    org_id = company.org.org_id
    links = (
        succession(company.keys.sign, second.sign.public, org_id),
        succession(second.sign, third.sign.public, org_id),
    )
    org = third.public(org_id, company.org.recovery_key)
    card = read_card(card_bytes(OrgCard("Firma", org, successors=links), third), company.org)
    assert card.org == org
    assert signers(card, company.org) == {company.org.sign_key, second.sign.public, third.sign.public}
    forged_link = replace(links[0], signature=SignPair.from_seed(b"m" * 32).sign(b"x"))
    for broken in ((), links[1:], (forged_link, links[1])):
        with pytest.raises(AppError, match=r"mailbox\.not_ours"):
            read_card(card_bytes(OrgCard("Firma", org, successors=broken), third), company.org)
