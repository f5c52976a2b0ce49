"""Time-ordered ids (UUID version 7, RFC 9562) and the short reference employees read out on the phone."""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

from desktop.base.clock import Clock, utc_now

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_SPOKEN = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I: they are confused when read out


def new_id(clock: Clock = utc_now) -> str:
    """Return a new UUIDv7: 48 bits of milliseconds, then randomness, so that ids sort by their making."""
    milliseconds = int(clock().timestamp() * 1000) & (2**48 - 1)
    value = (milliseconds << 80) | (0x7 << 76) | (secrets.randbits(12) << 64) | (0b10 << 62) | secrets.randbits(62)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_id(text: str) -> bool:
    """Tell whether `text` is a UUIDv7 in our spelling: 36 lower-case characters."""
    return _UUID.fullmatch(text) is not None


def reference(request_id: str) -> str:
    """Return the short name of a request, as in "H-7K3F": four letters of its id's hash, known before any server."""
    number = int.from_bytes(sha256(request_id.encode()).digest()[:4], "big")
    letters = "".join(_SPOKEN[(number >> shift) & 31] for shift in (15, 10, 5, 0))
    return f"H-{letters}"
