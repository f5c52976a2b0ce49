"""Payloads as manifests of envelopes and back, with the attachments checked against the parts they name."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from desktop.base.errors import AppError
from desktop.domain.payloads import AttachmentInfo, FollowUp, Payload, Request, from_document, is_known, to_document
from desktop.exchange.framing import BadError, BadReason, TooNewError
from desktop.exchange.keys import DevicePublic, key_from_text, key_text

if TYPE_CHECKING:
    from desktop.exchange.envelope import Opened


def to_manifest(payload: Payload, reply_to: bytes) -> dict[str, Any]:
    """Return the manifest of a payload; `reply_to` is the sender's X25519 key, so that it can always be answered."""
    return {"payload": to_document(payload), "box": key_text(reply_to)}


def from_manifest(opened: Opened, allowed: tuple[type[Payload], ...]) -> tuple[Payload, DevicePublic]:
    """Return payload and sender of an opened envelope.

    Raises BadError(PAYLOAD) on anything that does not fit, TooNewError where the kind belongs to a newer version.
    """
    found = opened.manifest.get("payload")
    if not isinstance(found, dict):
        raise BadError(BadReason.PAYLOAD)
    document = cast("dict[str, Any]", found)
    if isinstance(document.get("kind"), str) and not is_known(document):
        raise TooNewError
    try:
        payload = from_document(document, allowed)
        sender = DevicePublic(opened.signer, key_from_text(opened.manifest.get("box")))
    except (AppError, ValueError) as error:
        raise BadError(BadReason.PAYLOAD) from error
    attachments = payload.attachments if isinstance(payload, Request | FollowUp) else []
    if not all(_fits(one, opened.parts) for one in attachments):
        raise BadError(BadReason.PAYLOAD)
    return payload, sender


def _fits(attachment: AttachmentInfo, parts: tuple[bytes, ...]) -> bool:
    if not 0 <= attachment.part < len(parts):
        return False
    part = parts[attachment.part]
    return len(part) == attachment.size and sha256(part).hexdigest() == attachment.sha256
