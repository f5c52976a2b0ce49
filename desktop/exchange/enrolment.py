"""Enrolment: a PC proves with its invitation's token that it was invited, without ever showing the token."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from hashlib import sha256

from nacl import bindings
from nacl.exceptions import CryptoError

from desktop.base.errors import AppError
from desktop.domain.payloads import Enrol
from desktop.exchange.keys import DevicePublic, key_from_text

_DOMAIN = b"ersthelfer enrolment 1\n"


def enrolment_mac(token: bytes, org_id: str, device: DevicePublic) -> str:
    """Return the proof that this PC holds `token`: HMAC-SHA256 over company and both keys, as hex."""
    text = _DOMAIN + org_id.encode() + b"\n" + device.verify_key + device.box_key
    return hmac.new(token, text, sha256).hexdigest()


def matching_token(payload: Enrol, device: DevicePublic, tokens: Iterable[bytes], org_id: str) -> bytes | None:
    """Return which of the Desk's tokens proves this enrolment, None where none does.

    Counting how many PCs a token let in, and its expiry, are the caller's; compared in constant time.
    """
    given = payload.token_mac.encode("utf-8", "replace")
    found = [one for one in tokens if hmac.compare_digest(enrolment_mac(one, org_id, device).encode(), given)]
    return found[0] if found else None


def enrolled_device(payload: Enrol, signer: bytes) -> DevicePublic:
    """Return the public keys a PC enrols with, tried out once. Raises AppError `payload.invalid` on a useless key."""
    try:
        box_key = key_from_text(payload.box_key)
        bindings.crypto_box_seal(b"", box_key)  # refuses the few keys to which nothing can be sealed
    except (ValueError, CryptoError) as error:
        raise AppError("payload.invalid", parameters={"key": "box_key"}) from error
    return DevicePublic(signer, box_key)
