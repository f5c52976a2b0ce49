"""The outside of an envelope, format 1: what everybody on the share may see, and the three ways it can fail.

`"EHENV01\\n" | u32 header length | header JSON | ciphertext | SHA-256 of everything before`
"""

from __future__ import annotations

import re
import struct
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any, cast

from desktop.base.ids import is_id
from desktop.exchange.strict_json import canonical, read_object

FORMAT = 1
MAGIC = b"EHENV01\n"
CHUNK = 64 * 1024  # plaintext bytes per ciphertext chunk
MAX_FILE = 64 * 2**20  # the importer opens nothing larger
MAX_HEADER = 64 * 2**10
MAX_RECIPIENTS = 64
WRAP_ALGORITHM = "x25519-sealedbox"
WRAP_SIZE = 64 + 48  # content key and binding, and what a sealed box adds
_LENGTH = struct.Struct(">I")
_PREFIX = len(MAGIC) + _LENGTH.size
_TRAILER = 32
_ANY_MAGIC = re.compile(rb"EHENV(\d\d)\n")
_KID = re.compile(r"[0-9a-f]{16}")


class BadReason(Enum):
    """Why a file will never open; the value names the text `quarantine.<reason>`."""

    NOT_AN_ENVELOPE = "not_an_envelope"
    TOO_LARGE = "too_large"
    HEADER = "header"
    FOREIGN = "foreign"
    NOT_FOR_US = "not_for_us"
    SEAL = "seal"
    SIGNATURE = "signature"
    MANIFEST = "manifest"
    PAYLOAD = "payload"
    STALE = "stale"


class EnvelopeError(Exception):
    """An envelope that does not open now."""


class IncompleteError(EnvelopeError):
    """The file is torn, still being written or still being synchronised: try again later."""


class BadError(EnvelopeError):
    """The file is whole and will never open."""

    def __init__(self, reason: BadReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class TooNewError(EnvelopeError):
    """The file is of a newer program; park it and try again after an update."""

    def __init__(self, min_version: int = FORMAT) -> None:
        super().__init__(f"needs a newer reader of format {min_version}")
        self.min_version = min_version


@dataclass(frozen=True, slots=True)
class Wrap:
    """The content key, sealed to one recipient."""

    kid: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """The clear part: no name, no subject, no kind, no time beyond the id's millisecond."""

    id: str
    org: str
    wraps: tuple[Wrap, ...]
    cipher_length: int

    @property
    def kids(self) -> tuple[str, ...]:
        """Return the recipients' key ids in the order in which they are signed."""
        return tuple(sorted(one.kid for one in self.wraps))

    def to_bytes(self) -> bytes:
        """Return the header as it stands in the file."""
        to = [{"kid": one.kid, "alg": WRAP_ALGORITHM, "wrap": b64encode(one.sealed).decode()} for one in self.wraps]
        document = {"v": FORMAT, "min_v": FORMAT, "id": self.id, "org": self.org}
        return canonical({**document, "to": to, "clen": self.cipher_length, "chunk": CHUNK})


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole file taken apart, its checksum right: nothing here is authenticated yet."""

    header: Header
    header_bytes: bytes
    ciphertext: memoryview


def join(header_bytes: bytes, ciphertext: list[bytes]) -> bytes:
    """Return the file's bytes; the pieces are joined once only, because they may be large."""
    pieces = [MAGIC, _LENGTH.pack(len(header_bytes)), header_bytes, *ciphertext]
    checksum = sha256()
    for piece in pieces:
        checksum.update(piece)
    return b"".join([*pieces, checksum.digest()])


def split(content: bytes) -> Frame:
    """Take a file apart. Raises IncompleteError, BadError or TooNewError and nothing else, whatever the bytes are."""
    if len(content) > MAX_FILE:
        raise BadError(BadReason.TOO_LARGE)
    _check_magic(content)
    view = memoryview(content)
    if len(content) < _PREFIX + _TRAILER or sha256(view[:-_TRAILER]).digest() != content[-_TRAILER:]:
        raise IncompleteError
    length = _LENGTH.unpack(content[len(MAGIC) : _PREFIX])[0]
    if length > min(MAX_HEADER, len(content) - _PREFIX - _TRAILER):
        raise BadError(BadReason.HEADER)
    header_bytes = content[_PREFIX : _PREFIX + length]
    ciphertext = view[_PREFIX + length : -_TRAILER]
    header = _read_header(header_bytes)
    if header.cipher_length != len(ciphertext):
        raise BadError(BadReason.HEADER)
    return Frame(header, header_bytes, ciphertext)


def _check_magic(content: bytes) -> None:
    start = content[: len(MAGIC)]
    if start == MAGIC:
        return
    if MAGIC.startswith(start) or not start.strip(b"\0"):
        raise IncompleteError  # synchronisers make a placeholder of the final size, filled with zeros
    newer = _ANY_MAGIC.fullmatch(start)
    if newer and int(newer[1]) > FORMAT:
        raise TooNewError(int(newer[1]))
    raise BadError(BadReason.NOT_AN_ENVELOPE)


def _read_header(header_bytes: bytes) -> Header:
    try:
        document = read_object(header_bytes, max_depth=8)
        min_version = _whole(document.get("min_v"))
        if min_version > FORMAT:
            raise TooNewError(min_version)
        return _header(document)
    except (ValueError, RecursionError) as error:
        raise BadError(BadReason.HEADER) from error


def _header(document: dict[str, Any]) -> Header:
    identifier, org = document.get("id"), document.get("org")
    if not (isinstance(identifier, str) and is_id(identifier) and isinstance(org, str) and is_id(org)):
        raise ValueError("id")
    if document.get("chunk") != CHUNK or _whole(document.get("v")) < FORMAT:
        raise ValueError("chunk")
    entries = document.get("to")
    if not isinstance(entries, list) or not 0 < len(cast("list[object]", entries)) <= MAX_RECIPIENTS:
        raise ValueError("to")
    found = [_wrap(one) for one in cast("list[object]", entries)]
    wraps = tuple(one for one in found if one is not None)
    if len({one.kid for one in wraps}) != len(wraps):
        raise ValueError("the same recipient twice")
    return Header(identifier, org, wraps, _whole(document.get("clen")))


def _wrap(entry: object) -> Wrap | None:
    """Read one recipient; None for an algorithm of a newer program, which then wraps for somebody else."""
    if not isinstance(entry, dict):
        raise ValueError("to")  # noqa: TRY004 - one error for every kind of wrong header
    fields = cast("dict[str, object]", entry)
    kid, algorithm, sealed = fields.get("kid"), fields.get("alg"), fields.get("wrap")
    if not (isinstance(kid, str) and _KID.fullmatch(kid) and isinstance(sealed, str) and isinstance(algorithm, str)):
        raise ValueError("to")
    try:
        raw = b64decode(sealed, validate=True)
    except Base64Error as error:
        raise ValueError("wrap") from error
    if algorithm == WRAP_ALGORITHM and len(raw) != WRAP_SIZE:
        raise ValueError("wrap")
    return Wrap(kid, raw if algorithm == WRAP_ALGORITHM else b"")


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value <= 2**40:
        raise ValueError("not a whole number")
    return value
