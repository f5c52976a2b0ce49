"""Sealing and opening envelopes of format 1: whatever the bytes are, the answer is `Opened` or one of three errors.

Inside: `verify key 32 | Ed25519 signature 64 | u32 | zlib(manifest JSON) | parts back to back`, encrypted with
secretstream (XChaCha20-Poly1305) whose additional data is the header's hash. The signature covers id, company,
sorted recipients, manifest and parts, so nobody who may read a message can pass it on as sent to somebody else.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.utils import random as random_bytes

from desktop.base.errors import AppError
from desktop.base.ids import is_id
from desktop.exchange.framing import (
    CHUNK,
    MAX_FILE,
    MAX_RECIPIENTS,
    BadError,
    BadReason,
    Frame,
    Header,
    Wrap,
    join,
    split,
)
from desktop.exchange.keys import BoxPair, SignPair, key_id, verify
from desktop.exchange.strict_json import canonical, read_object

MAX_MANIFEST = 2 * 2**20  # bytes of JSON, packed or not: a snapshot of everything is about a tenth of it
MAX_PARTS = 1000
_LENGTH = struct.Struct(">I")
_INNER = 32 + 64 + _LENGTH.size
_STREAM_HEADER = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_OVERHEAD = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_DOMAIN = b"ersthelfer envelope 1\n"


@dataclass(frozen=True, slots=True)
class Opened:
    """An envelope whose seal and signature are right; `signer` is a verify key, to be looked up by the caller."""

    id: str
    org: str
    signer: bytes
    manifest: dict[str, Any]
    parts: tuple[bytes, ...]
    kids: tuple[str, ...]


def seal(
    manifest: Mapping[str, Any],
    parts: Sequence[bytes] = (),
    *,
    message_id: str,
    org_id: str,
    signer: SignPair,
    recipients: Iterable[bytes],
) -> bytes:
    """Return the envelope's bytes, sealed to the `recipients`' X25519 keys; about 3 x the parts' size at its peak.

    Raises AppError `envelope.too_large` where manifest (2 MiB) or parts (64 MiB in all) are beyond what a reader opens.
    """
    keys = sorted(set(recipients), key=key_id)
    if not is_id(message_id) or not 0 < len(keys) <= MAX_RECIPIENTS:
        raise ValueError("an envelope needs a UUIDv7 and between 1 and 64 recipients")
    packed = _packed(manifest, parts)
    content_key = random_bytes(32)
    wraps = tuple(_wrapped(content_key, message_id, org_id, key) for key in keys)
    length = _INNER + len(packed) + sum(map(len, parts))
    header = Header(message_id, org_id, wraps, _cipher_length(length))
    signature = signer.sign(_signed_text(header, [packed, *parts]))
    pieces = [signer.public, signature, _LENGTH.pack(len(packed)), packed, *parts]
    header_bytes = header.to_bytes()
    return join(header_bytes, _encrypted(pieces, length, content_key, sha256(header_bytes).digest()))


def open_envelope(content: bytes, *, org_id: str, keys: Iterable[BoxPair]) -> Opened:
    """Open an envelope with any of `keys` (present and retired ones).

    Raises IncompleteError, BadError or TooNewError and nothing else, whatever the bytes are.
    """
    frame = split(content)
    header = frame.header
    if header.org != org_id:
        raise BadError(BadReason.FOREIGN)
    plain = memoryview(_decrypted(frame, _content_key(header, keys)))
    if len(plain) < _INNER:
        raise BadError(BadReason.MANIFEST)
    signer, signature = bytes(plain[:32]), bytes(plain[32:96])
    length = _LENGTH.unpack(plain[96:_INNER])[0]
    packed, rest = plain[_INNER : _INNER + length], plain[_INNER + length :]
    if len(packed) != length or not verify(_signed_text(header, [packed, rest]), signature, signer):
        raise BadError(BadReason.SIGNATURE)
    document = _unpacked(bytes(packed))
    parts = tuple(_parts(document, rest))
    manifest = document.get("manifest")
    if not isinstance(manifest, dict):
        raise BadError(BadReason.MANIFEST)
    return Opened(header.id, header.org, signer, cast("dict[str, Any]", manifest), parts, header.kids)


def _packed(manifest: Mapping[str, Any], parts: Sequence[bytes]) -> bytes:
    text = canonical({"manifest": dict(manifest), "parts": [len(part) for part in parts]})
    if len(text) > MAX_MANIFEST or len(parts) > MAX_PARTS or sum(map(len, parts)) > MAX_FILE - 2 * MAX_MANIFEST:
        raise AppError("envelope.too_large", parameters={"limit": MAX_FILE // 2**20})
    return zlib.compress(text, 6)


def _unpacked(packed: bytes) -> dict[str, Any]:
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(packed, MAX_MANIFEST)
        if not reader.eof or reader.unused_data:
            raise BadError(BadReason.MANIFEST)
        return read_object(text)
    except (zlib.error, ValueError, RecursionError) as error:
        raise BadError(BadReason.MANIFEST) from error


def _parts(document: Mapping[str, Any], rest: memoryview) -> Iterator[bytes]:
    sizes = document.get("parts")
    if not isinstance(sizes, list) or len(cast("list[object]", sizes)) > MAX_PARTS:
        raise BadError(BadReason.MANIFEST)
    start = 0
    for size in cast("list[object]", sizes):
        if type(size) is not int or not 0 <= size <= len(rest) - start:
            raise BadError(BadReason.MANIFEST)
        yield bytes(rest[start : start + size])
        start += size
    if start != len(rest):
        raise BadError(BadReason.MANIFEST)


def _signed_text(header: Header, body: Sequence[bytes | memoryview]) -> bytes:
    digest = sha256(_LENGTH.pack(len(body[0])))  # where the manifest ends and the parts begin is signed as well
    for piece in body:
        digest.update(piece)
    names = "\n".join([header.id, header.org, *header.kids])
    return _DOMAIN + sha256(names.encode()).digest() + digest.digest()


def _wrapped(content_key: bytes, message_id: str, org_id: str, box_key: bytes) -> Wrap:
    return Wrap(key_id(box_key), bindings.crypto_box_seal(content_key + _binding(message_id, org_id), box_key))


def _binding(message_id: str, org_id: str) -> bytes:
    return sha256(f"{message_id}\n{org_id}".encode()).digest()


def _content_key(header: Header, keys: Iterable[BoxPair]) -> bytes:
    own = {key.kid: key for key in keys}
    ours = [one for one in header.wraps if one.kid in own and one.sealed]
    if not ours:
        raise BadError(BadReason.NOT_FOR_US)
    pair = own[ours[0].kid]
    try:
        opened = bindings.crypto_box_seal_open(ours[0].sealed, pair.public, pair.private)
    except CryptoError as error:
        raise BadError(BadReason.SEAL) from error
    if opened[32:] != _binding(header.id, header.org):
        raise BadError(BadReason.SEAL)
    return opened[:32]


def _cipher_length(length: int) -> int:
    chunks = max(1, -(-length // CHUNK))
    return _STREAM_HEADER + length + chunks * _OVERHEAD


def _encrypted(pieces: Sequence[bytes], length: int, content_key: bytes, header_hash: bytes) -> list[bytes]:
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    found = [bindings.crypto_secretstream_xchacha20poly1305_init_push(state, content_key)]
    done = 0
    for chunk in _chunks(pieces):
        done += len(chunk)
        tag = _FINAL if done == length else _MESSAGE
        found.append(bindings.crypto_secretstream_xchacha20poly1305_push(state, chunk, header_hash, tag))
    return found


def _chunks(pieces: Sequence[bytes]) -> Iterator[bytes]:
    """Cut the pieces into chunks of 64 KiB as if they were one, without ever joining them."""
    buffer = bytearray()
    for piece in pieces:
        view = memoryview(piece)
        for start in range(0, len(view), CHUNK):
            buffer += view[start : start + CHUNK]
            if len(buffer) >= CHUNK:
                yield bytes(buffer[:CHUNK])
                del buffer[:CHUNK]
    if buffer:
        yield bytes(buffer)


def _decrypted(frame: Frame, content_key: bytes) -> bytearray:
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    cipher, header_hash = frame.ciphertext, sha256(frame.header_bytes).digest()
    if len(cipher) < _STREAM_HEADER + _OVERHEAD:
        raise BadError(BadReason.SEAL)
    plain, tag = bytearray(), _MESSAGE
    try:
        stream_header = bytes(cipher[:_STREAM_HEADER])
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, stream_header, content_key)
        for start in range(_STREAM_HEADER, len(cipher), CHUNK + _OVERHEAD):
            if tag != _MESSAGE:
                raise BadError(BadReason.SEAL)
            chunk = bytes(cipher[start : start + CHUNK + _OVERHEAD])
            piece, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, chunk, header_hash)
            plain += piece
    except (CryptoError, ValueError, RuntimeError) as error:
        raise BadError(BadReason.SEAL) from error
    if tag != _FINAL:
        raise BadError(BadReason.SEAL)
    return plain
