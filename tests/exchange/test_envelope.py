"""Envelope format 1: what opens, what does not, and that nothing hostile gets any other answer."""

from __future__ import annotations

import json
import random
import struct
import tracemalloc
import zlib
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl import bindings

from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.exchange import envelope
from desktop.exchange.envelope import Opened, open_envelope, seal
from desktop.exchange.framing import (
    MAGIC,
    MAX_FILE,
    BadError,
    BadReason,
    EnvelopeError,
    IncompleteError,
    TooNewError,
    split,
)
from desktop.exchange.keys import BoxPair, SignPair, key_id

ORG = "0195a000-0000-7000-8000-000000000001"
DESK = BoxPair.from_seed(b"d" * 32)
RECOVERY = BoxPair.from_seed(b"r" * 32)
STRANGER = BoxPair.from_seed(b"x" * 32)
ANNA = SignPair.from_seed(b"a" * 32)
MALLORY = SignPair.from_seed(b"m" * 32)


def sealed(manifest=None, parts=(), *, message_id=None, org_id=ORG, signer=ANNA, to=(DESK, RECOVERY)) -> bytes:
    recipients = [one.public for one in to]
    manifest = {"text": "Hallo"} if manifest is None else manifest
    message_id = message_id or new_id()
    return seal(manifest, parts, message_id=message_id, org_id=org_id, signer=signer, recipients=recipients)


def opened(content: bytes, *, org_id: str = ORG, keys=(DESK,)) -> Opened:
    return open_envelope(content, org_id=org_id, keys=keys)


def with_checksum(content: bytes) -> bytes:
    """Repair the checksum, as an attacker would."""
    return content[:-32] + sha256(content[:-32]).digest()


def with_header(content: bytes, change) -> bytes:
    """Exchange the header and repair length and checksum."""
    length = struct.unpack(">I", content[8:12])[0]
    document = json.loads(content[12 : 12 + length])
    header = json.dumps(change(document) or document).encode()
    return with_checksum(MAGIC + struct.pack(">I", len(header)) + header + content[12 + length :])


def reason_of(content: bytes, **options) -> BadReason:
    with pytest.raises(BadError) as caught:
        opened(content, **options)
    return caught.value.reason


def test_what_is_sealed_opens_for_every_recipient() -> None:
    parts = [b"", b"eins", random.Random(1).randbytes(200_000)]
    message_id = new_id()
    content = sealed({"text": "Größe ß 😀", "n": [1, {"a": None}]}, parts, message_id=message_id)
    for key in (DESK, RECOVERY):
        found = opened(content, keys=[STRANGER, key])
        assert (found.id, found.org, found.signer) == (message_id, ORG, ANNA.public)
        assert found.manifest == {"text": "Größe ß 😀", "n": [1, {"a": None}]}
        assert list(found.parts) == parts


@pytest.mark.parametrize("size", [0, 1, 65_420, 65_536 - 100, 65_536, 131_072, 131_073])
def test_chunk_borders(size: int) -> None:
    assert opened(sealed({}, [b"x" * size])).parts == (b"x" * size,)


def test_outside_shows_no_name_no_time_no_sender() -> None:
    content = sealed({"text": "Geheimnis", "person_name": "Anna"})
    header = split(content).header_bytes
    assert set(json.loads(header)) == {"v", "min_v", "id", "org", "to", "clen", "chunk"}
    assert all(one["alg"] == "x25519-sealedbox" for one in json.loads(header)["to"])
    assert b"Geheimnis" not in content
    assert ANNA.public not in content


def test_foreign_company_and_foreign_key_are_told_apart() -> None:
    assert reason_of(sealed(org_id=new_id())) is BadReason.FOREIGN
    assert reason_of(sealed(), keys=[STRANGER]) is BadReason.NOT_FOR_US


def test_retired_key_still_opens_what_was_sealed_before() -> None:
    assert opened(sealed(to=(DESK, RECOVERY)), keys=[STRANGER, DESK]).manifest == {"text": "Hallo"}


def test_unknown_recipients_beside_ours_are_accepted() -> None:
    assert opened(sealed(to=(DESK, STRANGER))).kids == tuple(sorted((DESK.kid, STRANGER.kid)))


def test_insider_cannot_pass_a_message_on_as_sealed_to_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    original = opened(sealed({"text": "nur für die IT"}))
    text = sealed({"text": "nur für die IT"}, message_id=original.id, to=(DESK,))
    # Mallory may read it and re-seals plaintext and Anna's signature to a stranger, with everything else right.
    plain = bytes(envelope._decrypted(split(text), envelope._content_key(split(text).header, [DESK])))
    monkeypatch.setattr(envelope.SignPair, "sign", lambda self, _: plain[32:96], raising=True)
    forged = seal(
        {"text": "nur für die IT"}, message_id=original.id, org_id=ORG, signer=ANNA, recipients=[STRANGER.public]
    )
    assert reason_of(forged, keys=[STRANGER]) is BadReason.SIGNATURE


def test_forged_sender_is_refused() -> None:
    class Liar:
        public = ANNA.public
        sign = MALLORY.sign

    assert reason_of(sealed(signer=Liar())) is BadReason.SIGNATURE


def test_every_truncation_is_incomplete() -> None:
    content = sealed({"text": "x" * 3000})
    for length in range(len(content)):
        with pytest.raises(IncompleteError):
            opened(content[:length])


def test_placeholder_of_a_synchroniser_is_incomplete() -> None:
    with pytest.raises(IncompleteError):
        opened(bytes(5000))


def test_newer_formats_are_parked() -> None:
    newer = with_header(sealed(), lambda document: document.update(v=3, min_v=2))
    with pytest.raises(TooNewError) as caught:
        opened(newer)
    assert caught.value.min_version == 2
    with pytest.raises(TooNewError):
        opened(b"EHENV02\n" + sealed()[8:])


def test_newer_format_readable_by_us_keeps_unknown_fields() -> None:
    # `v` may grow while `min_v` stays; the header is bound to the seal, so only the sender can do it.
    assert reason_of(with_header(sealed(), lambda document: document.update(v=2))) is BadReason.SEAL


def hostile_headers() -> list:
    deep: object = []
    for _ in range(900):
        deep = [deep]
    changes = [
        {"id": "../../etc/passwd"}, {"id": 7}, {"id": "0195A000-0000-7000-8000-000000000001"}, {"org": None},
        {"to": []}, {"to": {}}, {"to": [None]}, {"to": [{"kid": "x", "alg": "y", "wrap": "z"}]},
        {"to": [{"kid": DESK.kid, "alg": "x25519-sealedbox", "wrap": "AAAA"}]}, {"to": [{"kid": DESK.kid}] * 2},
        {"clen": -1}, {"clen": 2**70}, {"clen": True}, {"clen": "1"}, {"chunk": 1}, {"chunk": 2**60}, {"min_v": None},
        {"min_v": 0.5}, {"v": -1}, {"v": 0}, {"extra": deep},
    ]  # fmt: skip
    return [lambda document, one=one: document.update(one) for one in changes]


@pytest.mark.parametrize("change", hostile_headers())
def test_hostile_headers_are_bad(change) -> None:
    assert reason_of(with_header(sealed(), change)) in (BadReason.HEADER, BadReason.SEAL)


@pytest.mark.parametrize(
    "header",
    [b"[" * 16_000 + b"]" * 16_000, b'{"a":' * 16_000, b"[1]", b"\xff\xfe", b"NaN", b"{" + b"1" * 9000, b"", b"null",
     b'{"id":' + b"9" * 5000 + b"}", b'{"v":1,"min_v":1,"id":"\\ud800"}'],
)  # fmt: skip
def test_hostile_header_bytes_are_bad(header: bytes) -> None:
    content = MAGIC + struct.pack(">I", len(header)) + header + bytes(100)
    assert reason_of(content + sha256(content).digest()) is BadReason.HEADER


@pytest.mark.parametrize("length", [0, 2**32 - 1, 2**31, 64 * 1024 + 1])
def test_header_length_is_bounded(length: int) -> None:
    content = MAGIC + struct.pack(">I", length) + bytes(200)
    assert reason_of(content + sha256(content).digest()) is BadReason.HEADER


def test_recipient_of_a_newer_algorithm_does_not_disturb_ours() -> None:
    def add(document) -> None:
        document["to"].append({"kid": "0" * 16, "alg": "mlkem768-x25519", "wrap": "AAAA"})

    assert split(with_header(sealed(), add)).header.kids[0] == "0" * 16


def hand_sealed(body: bytes, *, signer: SignPair = ANNA) -> bytes:
    """Seal any inner bytes with a right signature, as a malicious but enrolled PC could."""
    message_id = new_id()
    packed, rest = body, b""
    key = bytes(32)
    wraps = (envelope._wrapped(key, message_id, ORG, DESK.public),)
    length = 100 + len(packed)
    header = envelope.Header(message_id, ORG, wraps, envelope._cipher_length(length))
    signature = signer.sign(envelope._signed_text(header, [packed, rest]))
    pieces = [signer.public, signature, struct.pack(">I", len(packed)), packed]
    header_bytes = header.to_bytes()
    return envelope.join(header_bytes, envelope._encrypted(pieces, length, key, sha256(header_bytes).digest()))


@pytest.mark.parametrize(
    "body",
    [
        zlib.compress(b" " * 300 * 2**20), zlib.compress(b"{}") + b"junk", zlib.compress(b"{}")[:-2], b"", b"no zlib",
        zlib.compress(b"[" * 100_000), zlib.compress(b"[1]"), zlib.compress(b'{"parts":[5],"manifest":{}}'),
        zlib.compress(b'{"parts":[-1],"manifest":{}}'), zlib.compress(b'{"parts":null,"manifest":{}}'),
        zlib.compress(b'{"parts":[],"manifest":[]}'), zlib.compress(b'{"parts":[true],"manifest":{}}'),
        zlib.compress(b'{"parts":[],"manifest":{"a":"\\udfff"}}'), zlib.compress(b'{"parts":[],"manifest":{"a":NaN}}'),
    ],
)  # fmt: skip
def test_hostile_manifests_are_bad_and_bounded(body: bytes) -> None:
    content = hand_sealed(body)
    tracemalloc.start()
    try:
        assert reason_of(content) is BadReason.MANIFEST
        assert tracemalloc.get_traced_memory()[1] < 16 * 2**20
    finally:
        tracemalloc.stop()


def test_stream_cut_at_a_chunk_is_refused() -> None:
    content = sealed({}, [bytes(200_000)])
    frame = split(content)
    cut = bytes(frame.ciphertext[: 24 + 65_536 + 17])

    def shorten(document) -> None:
        document["clen"] = len(cut)

    short = with_header(content, shorten)
    length = struct.unpack(">I", short[8:12])[0]
    assert reason_of(with_checksum(short[: 12 + length] + cut + bytes(32))) is BadReason.SEAL


def test_too_large_is_refused_on_both_sides() -> None:
    with pytest.raises(AppError, match="too_large"):
        sealed({}, [bytes(MAX_FILE)])
    with pytest.raises(AppError, match="too_large"):
        sealed({"text": "x" * (2 * 2**20)})
    assert reason_of(bytes(MAX_FILE + 1)) is BadReason.TOO_LARGE


def test_large_attachment_in_bounded_memory() -> None:
    size = 25 * 2**20
    part = random.Random(2).randbytes(size)
    content = sealed({}, [part])
    for work in (lambda: sealed({}, [part]), lambda: opened(content)):
        tracemalloc.start()
        try:
            work()
            assert tracemalloc.get_traced_memory()[1] < 3 * size  # beside the input itself: below 4 x in all
        finally:
            tracemalloc.stop()


def test_second_reader_written_from_the_description_alone() -> None:
    """Open an envelope with bare primitives, so that code and description cannot drift apart together."""
    message_id = new_id()
    content = sealed({"a": 1}, [b"eins", b"zwei"], message_id=message_id)
    length = int.from_bytes(content[8:12], "big")
    header_bytes, cipher = content[12 : 12 + length], content[12 + length : -32]
    header = json.loads(header_bytes)
    entry = next(
        one for one in header["to"] if one["kid"] == sha256(b"ersthelfer box key" + DESK.public).hexdigest()[:16]
    )
    wrapped = bindings.crypto_box_seal_open(__import__("base64").b64decode(entry["wrap"]), DESK.public, DESK.private)
    assert wrapped[32:] == sha256(f"{message_id}\n{ORG}".encode()).digest()
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, cipher[:24], wrapped[:32])
    aad = sha256(header_bytes).digest()
    plain, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, cipher[24:], aad)
    assert tag == bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
    size = int.from_bytes(plain[96:100], "big")
    packed, parts = plain[100 : 100 + size], plain[100 + size :]
    names = "\n".join([message_id, ORG, *sorted(one["kid"] for one in header["to"])]).encode()
    body = sha256(plain[96:100] + packed + parts).digest()
    text = b"ersthelfer envelope 1\n" + sha256(names).digest() + body
    assert bindings.crypto_sign_open(plain[32:96] + text, plain[:32]) == text
    assert json.loads(zlib.decompress(packed)) == {"manifest": {"a": 1}, "parts": [4, 4]}
    assert parts == b"einszwei"


def test_mutations_are_never_accepted_and_raise_nothing_else(is_long: bool) -> None:
    chance = random.Random(20260302)
    base = [sealed({"text": "x" * 500}), sealed({}, [bytes(70_000)])]
    counts = {"accepted": 0, "refused": 0}
    for number in range(100_000 if is_long else 1500):
        content = bytearray(chance.choice(base) if number % 10 == 0 else base[0])
        for _ in range(chance.choice((1, 1, 1, 2, 8))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        mutated = bytes(content)
        if number % 2:
            mutated = with_checksum(mutated)
        if number % 7 == 0:
            start = chance.randrange(len(mutated))
            mutated = mutated[:start] + mutated[start + chance.randrange(1, 60) :]
        if mutated in base:
            continue
        try:
            opened(mutated)
            counts["accepted"] += 1
        except EnvelopeError:
            counts["refused"] += 1
    assert counts["accepted"] == 0
    assert counts["refused"] > 1000


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_get_one_of_three_answers(content: bytes) -> None:
    for hostile in (content, MAGIC + content, with_checksum(MAGIC + content + bytes(32))):
        with pytest.raises(EnvelopeError):
            opened(hostile)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(max_size=8), JSON, max_size=5), st.lists(st.binary(max_size=300), max_size=4))
def test_round_trip_of_anything(manifest: dict, parts: list[bytes]) -> None:
    found = opened(sealed(manifest, parts))
    assert (found.manifest, list(found.parts)) == (manifest, parts)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["v", "min_v", "id", "org", "to", "clen", "chunk"]), JSON, min_size=1))
def test_any_header_values_get_one_of_three_answers(values: dict) -> None:
    content = with_header(sealed(), lambda document: document.update(values))
    with pytest.raises(EnvelopeError):
        opened(content)


def test_half_a_character_is_replaced_and_not_a_crash() -> None:
    assert opened(sealed({"text": "a\udc80b"})).manifest == {"text": "a?b"}


def test_recipient_keys_are_named_by_hash() -> None:
    assert key_id(DESK.public) == DESK.kid
    assert len(DESK.kid) == 16


def test_a_content_key_wrapped_for_another_message_does_not_open_this_one() -> None:
    """Somebody who may read a message knows its content key; wrapped anew it must not stand under another id."""
    renamed = with_header(sealed(), lambda document: {**document, "id": new_id()})
    with pytest.raises(BadError) as caught:
        envelope._content_key(split(renamed).header, [DESK])
    assert caught.value.reason is BadReason.SEAL
