"""Makes the golden files of one format version that are missing; what lies there is never made again."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.payloads import Ask, AttachmentInfo, Diagnosis, Payload, Policy, Request, Status, Withdrawal
from desktop.exchange.codec import to_manifest
from desktop.exchange.envelope import seal
from desktop.exchange.invitation import make_invitation
from desktop.exchange.keys import DeviceKeys, OrgKeys, RecoveryKey, SignPair
from desktop.exchange.org_card import OrgCard, card_bytes, succession
from desktop.system.key_file import SMALLEST, FileSecrets

ORG_ID = "0195a000-0000-7000-8000-000000000001"
MESSAGE_ID = "0195a000-0000-7000-8000-000000000002"
REQUEST_ID = "0195a000-0000-7000-8000-000000000003"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEYS = OrgKeys.from_seeds({"org.box": b"\x01" * 32, "org.sign": b"\x02" * 32})
RECOVERY = RecoveryKey.from_seeds({"recovery.box": b"\x03" * 32})
DEVICE = DeviceKeys.from_seeds({"device.sign": b"\x04" * 32, "device.box": b"\x05" * 32})
ORG = KEYS.public(ORG_ID, RECOVERY.box.public)
PART = b"Testseite\n" * 10_000
PASSPHRASE = "Ankerkorb"
REQUEST = Request(
    request_id=REQUEST_ID, reference="H-7K3F", text="Der Drucker druckt nicht. Größe: ß", category="printer",
    impact="me", urgency="medium", created_at="2026-03-02T09:00:00.000000Z", person_name="Anna Berg", device_seq=7,
    attachments=[
        AttachmentInfo("seite.txt", 100_000, "set below", 0),
    ],
)  # fmt: skip
STATUS = Status(REQUEST_ID, "A-2026-0412", "open", "Timo Asbeck", "2026-03-02T09:05:00.000000Z")
ASK_ID = "0195a000-0000-7000-8000-000000000004"
ASK = Ask(
    ASK_ID, "Katrin Velden", "2026-03-02T09:00:00.000000Z", "2026-03-16T09:00:00.000000Z", level="full",
    reason="Ist der Speicher wieder voll?", ticket="A-2026-0412", title="Der PC ist langsam", about=REQUEST_ID,
)  # fmt: skip
POLICY = Policy(3, "2026-03-02T09:00:00.000000Z", targets={"internet": []}, findings={}, level="full")
DIAGNOSIS = Diagnosis(
    "0195a000-0000-7000-8000-000000000005", "2026-03-02T10:00:00.000000Z", answers=ASK_ID, comment="Bitte sehr",
    snapshot={"schema": 1, "taken_at": "2026-03-02T09:59:00.000000Z", "level": "basic", "probes": {}, "findings": []},
    consent={"system": True, "programs": False}, device_seq=8,
)  # fmt: skip
DECLINED = Diagnosis(
    "0195a000-0000-7000-8000-000000000006", "2026-03-02T10:00:00.000000Z", answers=ASK_ID, is_declined=True,
    comment="Heute nicht", device_seq=9,
)  # fmt: skip
FROM_DESK: dict[str, Payload] = {"ask": ASK, "withdrawal": Withdrawal(ASK_ID), "policy": POLICY}
FROM_PC: dict[str, Payload] = {"diagnosis": DIAGNOSIS, "declined": DECLINED}


def main(folder: Path) -> None:
    """Write the golden files of the present format that `folder` lacks."""
    if not (folder / "request.ehr").exists():
        _first(folder)
    common = {"message_id": MESSAGE_ID, "org_id": ORG_ID}
    for name, payload in (FROM_DESK | FROM_PC).items():
        is_ours = name in FROM_DESK
        sender, reply_to = (KEYS.sign, KEYS.box.public) if is_ours else (DEVICE.sign, DEVICE.box.public)
        recipients = [DEVICE.box.public] if is_ours else ORG.recipients
        if not (folder / f"{name}.ehr").exists():
            sealed = seal(to_manifest(payload, reply_to), signer=sender, recipients=recipients, **common)
            (folder / f"{name}.ehr").write_bytes(sealed)


def _first(folder: Path) -> None:
    from dataclasses import replace
    from hashlib import sha256

    info = replace(REQUEST.attachments[0], sha256=sha256(PART).hexdigest())
    request = replace(REQUEST, attachments=[info])
    common = {"message_id": MESSAGE_ID, "org_id": ORG_ID}
    manifest = to_manifest(request, DEVICE.box.public)
    sealed = seal(manifest, [PART], signer=DEVICE.sign, recipients=ORG.recipients, **common)
    (folder / "request.ehr").write_bytes(sealed)
    manifest = to_manifest(STATUS, KEYS.box.public)
    sealed = seal(manifest, signer=KEYS.sign, recipients=[DEVICE.box.public], **common)
    (folder / "status.ehr").write_bytes(sealed)
    invitation = make_invitation(
        KEYS, ORG, company="Möbelwerk Ahornblick", mailbox=r"\\server\hilfe", devices=5, clock=lambda: NOW
    )
    (folder / "firma.ersthelfer").write_bytes(invitation.to_file_bytes())
    (folder / "code.txt").write_text(invitation.to_code() + "\n")
    older = SignPair.from_seed(b"\x06" * 32)
    card = OrgCard("Möbelwerk Ahornblick", ORG, successors=(succession(older, KEYS.sign.public, ORG_ID),))
    (folder / "org.json").write_bytes(card_bytes(card, KEYS, clock=lambda: NOW))
    store = FileSecrets(folder / "keys.bin", lambda: PASSPHRASE, cost=SMALLEST)
    for name, seed in (KEYS.seeds() | DEVICE.seeds()).items():
        store.put(name, seed)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
