"""Makes the golden files of one format version, once; they are never made again, only added to by new versions."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.payloads import AttachmentInfo, Request, Status
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


def main(folder: Path) -> None:
    """Write all golden files of the present format into `folder`."""
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
