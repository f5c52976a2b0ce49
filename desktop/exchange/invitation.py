"""The invitation: how a PC learns the company's keys and mailbox, as a file or as a code to paste.

It holds no secret but the one-time token. It is signed by the company's key that it carries: that guards it against
accidents; against a false sender the four words of the key are compared by voice.
"""

from __future__ import annotations

import re
import zlib
from base64 import b32decode, b32encode, b64decode, b64encode
from binascii import Error as Base32Error
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from nacl.utils import random as random_bytes

from desktop.base.clock import Clock, from_text, to_text, utc_now
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import is_id
from desktop.exchange.keys import OrgKeys, OrgPublic, key_from_text, key_text, verify
from desktop.exchange.strict_json import canonical, read_object
from desktop.exchange.words import fingerprint_words

FORMAT = 1
FILE_NAME = "firma.ersthelfer"
CODE_PREFIX = "EH1-"
TOKEN_SIZE = 16
VALID_FOR = timedelta(days=30)
_MAX_SIZE = 16 * 1024
_GROUP = 8
_DOMAIN = b"ersthelfer invitation 1\n"
_CHECKSUM = 4
_MISREAD = str.maketrans("018", "OIB")  # the alphabet has no 0, 1 and 8


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation says; `devices` is how many PCs its token lets in by itself, 0 = each waits for approval."""

    company: str
    org: OrgPublic
    mailbox: str
    expires_at: datetime
    token: bytes
    devices: int
    signature: bytes

    def fingerprint(self, language: str) -> tuple[str, str, str, str]:
        """Return the four words to compare with the person who sent the invitation."""
        return fingerprint_words(self.org.sign_key, language)

    def to_file_bytes(self) -> bytes:
        """Return the content of the file `firma.ersthelfer`."""
        return canonical({**_document(self), "signature": b64encode(self.signature).decode()}) + b"\n"

    def to_code(self) -> str:
        """Return the same as a code to paste, in groups of eight; typing errors are found by its checksum."""
        packed = zlib.compress(self.to_file_bytes(), 9)
        text = b32encode(packed + sha256(packed).digest()[:_CHECKSUM]).decode().rstrip("=")
        return CODE_PREFIX + "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def make_invitation(
    keys: OrgKeys,
    org: OrgPublic,
    *,
    company: str,
    mailbox: str,
    devices: int,
    clock: Clock = utc_now,
    valid_for: timedelta = VALID_FOR,
) -> Invitation:
    """Make a signed invitation with a new token of 128 bits."""
    token, expires_at = random_bytes(TOKEN_SIZE), (clock() + valid_for).replace(microsecond=0)
    unsigned = Invitation(company, org, mailbox, expires_at, token, devices, b"")
    signature = keys.sign.sign(_DOMAIN + canonical(_document(unsigned)))
    return Invitation(company, org, mailbox, expires_at, token, devices, signature)


def read_invitation(source: Path | bytes | str, *, clock: Clock = utc_now) -> Invitation:
    """Read an invitation from a file, its bytes or its code, and check form, signature and expiry.

    Raises AppError `invitation.missing` (no such file), `.mistyped` (a code's checksum), `.invalid`, `.too_new`,
    `.expired` (with the day).
    """
    content = _content(source)
    try:
        found = _read(read_object(content, max_depth=4))
    except (ValueError, KeyError, TypeError) as error:
        raise AppError("invitation.invalid", detail=str(error)) from error
    if clock() >= found.expires_at:
        raise AppError("invitation.expired", parameters={"day": found.expires_at.date().isoformat()})
    return found


def _content(source: Path | bytes | str) -> bytes:
    if isinstance(source, bytes):
        return source[:_MAX_SIZE]
    if isinstance(source, str):
        if re.match(r"\s*EH1\s*-", source, re.IGNORECASE):
            return _decoded(source)
        source = Path(source)
    try:
        with source.open("rb") as stream:
            content = stream.read(_MAX_SIZE)
    except OSError as error:
        where = {"path": str(source)}
        raise AppError("invitation.missing", kind=ErrorKind.ENVIRONMENT, parameters=where, detail=str(error)) from error
    return _decoded(content.decode("ascii", "replace")) if content.lstrip()[:4].upper() == b"EH1-" else content


def _decoded(code: str) -> bytes:
    text = re.sub(r"[\s-]", "", code)[: 2 * _MAX_SIZE].upper().removeprefix("EH1").translate(_MISREAD)
    try:
        raw = b32decode(text + "=" * (-len(text) % 8))
    except (Base32Error, ValueError) as error:
        raise AppError("invitation.mistyped") from error
    packed, checksum = raw[:-_CHECKSUM], raw[-_CHECKSUM:]
    if sha256(packed).digest()[:_CHECKSUM] != checksum:
        raise AppError("invitation.mistyped")
    try:
        return zlib.decompressobj().decompress(packed, _MAX_SIZE)
    except zlib.error as error:
        raise AppError("invitation.mistyped") from error


def _document(invitation: Invitation) -> dict[str, Any]:
    org = invitation.org
    return {
        "ersthelfer": "invitation",
        "v": FORMAT,
        "company": invitation.company,
        "org": org.org_id,
        "box": key_text(org.box_key),
        "sign": key_text(org.sign_key),
        "recovery": key_text(org.recovery_key),
        "mailbox": invitation.mailbox,
        "expires": to_text(invitation.expires_at),
        "token": b64encode(invitation.token).decode(),
        "devices": invitation.devices,
    }


def _read(document: Mapping[str, Any]) -> Invitation:
    if document["ersthelfer"] != "invitation" or type(document["v"]) is not int:
        raise ValueError("not an invitation")
    if document["v"] > FORMAT:
        raise AppError("invitation.too_new")
    keys = (key_from_text(document[name]) for name in ("box", "sign", "recovery"))
    org = OrgPublic(_text(document, "org", 36), *keys)
    devices, token = document["devices"], b64decode(_text(document, "token", 40), validate=True)
    if not is_id(org.org_id) or type(devices) is not int or not 0 <= devices <= 10_000 or len(token) != TOKEN_SIZE:
        raise ValueError("org, devices or token")
    signature = b64decode(_text(document, "signature", 100), validate=True)
    unsigned = {name: value for name, value in document.items() if name != "signature"}
    if not verify(_DOMAIN + canonical(unsigned), signature, org.sign_key):
        raise ValueError("signature")
    company, mailbox = _text(document, "company", 200), _text(document, "mailbox", 1000)
    return Invitation(company, org, mailbox, from_text(_text(document, "expires", 40)), token, devices, signature)


def _text(document: Mapping[str, Any], name: str, limit: int) -> str:
    value = document[name]
    if not isinstance(value, str) or not 0 < len(value) <= limit:
        raise ValueError(name)
    return value
