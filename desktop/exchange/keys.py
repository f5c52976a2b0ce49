"""Key pairs of the company, of one PC and of the recovery sheet: 32-byte seeds that go to the keychain, public halves
that travel. Receiving is X25519 ("box"), signing is Ed25519 ("sign")."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from nacl import bindings
from nacl.exceptions import BadSignatureError
from nacl.utils import random as random_bytes

from desktop.base.errors import AppError, ErrorKind
from desktop.exchange.words import fingerprint_words

__all__ = [
    "BoxPair", "DeviceKeys", "DevicePublic", "OrgKeys", "OrgPublic", "RecoveryKey", "SignPair", "device_id8",
    "fingerprint_words", "key_from_text", "key_id", "key_text", "verify",
]  # fmt: skip

SEED_SIZE = 32
KEY_SIZE = 32


@dataclass(frozen=True, slots=True)
class OrgPublic:
    """What everybody may know of a company: where to seal to (`box_key`, `recovery_key`) and whose signature counts."""

    org_id: str
    box_key: bytes
    sign_key: bytes
    recovery_key: bytes

    @property
    def recipients(self) -> tuple[bytes, ...]:
        """Return the keys every message to the company is sealed to."""
        return (self.box_key, self.recovery_key)


@dataclass(frozen=True, slots=True)
class DevicePublic:
    """What the Desk knows of a PC: whose signature counts and where replies are sealed to."""

    verify_key: bytes
    box_key: bytes

    @property
    def id8(self) -> str:
        """Return the name of this PC's folders in the mailbox."""
        return device_id8(self.verify_key)


@dataclass(frozen=True, slots=True)
class BoxPair:
    """An X25519 pair for receiving, derived from one seed."""

    seed: bytes = field(repr=False)
    public: bytes
    private: bytes = field(repr=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> BoxPair:
        """Derive the pair from a 32-byte seed. Raises ValueError on another size."""
        public, private = bindings.crypto_box_seed_keypair(_sized(seed))
        return cls(seed, public, private)

    @property
    def kid(self) -> str:
        """Return the short name under which an envelope lists this key."""
        return key_id(self.public)


@dataclass(frozen=True, slots=True)
class SignPair:
    """An Ed25519 pair for signing, derived from one seed."""

    seed: bytes = field(repr=False)
    public: bytes
    private: bytes = field(repr=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> SignPair:
        """Derive the pair from a 32-byte seed. Raises ValueError on another size."""
        public, private = bindings.crypto_sign_seed_keypair(_sized(seed))
        return cls(seed, public, private)

    def sign(self, text: bytes) -> bytes:
        """Return the 64-byte signature of `text`."""
        return bindings.crypto_sign(text, self.private)[:64]


@dataclass(frozen=True, slots=True)
class OrgKeys:
    """The secret half of a company: receives requests, signs org.json, replies and acknowledgements."""

    box: BoxPair
    sign: SignPair

    @classmethod
    def generate(cls) -> OrgKeys:
        """Make new keys from the system's randomness."""
        return cls.from_seeds({"org.box": random_bytes(SEED_SIZE), "org.sign": random_bytes(SEED_SIZE)})

    @classmethod
    def from_seeds(cls, seeds: Mapping[str, bytes]) -> OrgKeys:
        """Rebuild the keys from the entries `org.box` and `org.sign`. Raises AppError `secrets.missing`."""
        return cls(BoxPair.from_seed(_entry(seeds, "org.box")), SignPair.from_seed(_entry(seeds, "org.sign")))

    def seeds(self) -> dict[str, bytes]:
        """Return what the keychain keeps."""
        return {"org.box": self.box.seed, "org.sign": self.sign.seed}

    def public(self, org_id: str, recovery_key: bytes) -> OrgPublic:
        """Return the public half of the company `org_id`."""
        return OrgPublic(org_id, self.box.public, self.sign.public, recovery_key)


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """The secret half of a PC: signs requests, receives replies."""

    sign: SignPair
    box: BoxPair

    @classmethod
    def generate(cls) -> DeviceKeys:
        """Make new keys from the system's randomness."""
        return cls.from_seeds({"device.sign": random_bytes(SEED_SIZE), "device.box": random_bytes(SEED_SIZE)})

    @classmethod
    def from_seeds(cls, seeds: Mapping[str, bytes]) -> DeviceKeys:
        """Rebuild the keys from the entries `device.sign` and `device.box`. Raises AppError `secrets.missing`."""
        return cls(SignPair.from_seed(_entry(seeds, "device.sign")), BoxPair.from_seed(_entry(seeds, "device.box")))

    def seeds(self) -> dict[str, bytes]:
        """Return what the keychain keeps."""
        return {"device.sign": self.sign.seed, "device.box": self.box.seed}

    @property
    def public(self) -> DevicePublic:
        """Return the public half, as the Desk keeps it."""
        return DevicePublic(self.sign.public, self.box.public)


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """The key that exists on paper only: every request is sealed to it as well, so that a dead disk loses nothing."""

    box: BoxPair

    @classmethod
    def generate(cls) -> RecoveryKey:
        """Make a new key from the system's randomness."""
        return cls(BoxPair.from_seed(random_bytes(SEED_SIZE)))

    @classmethod
    def from_seeds(cls, seeds: Mapping[str, bytes]) -> RecoveryKey:
        """Rebuild the key from the entry `recovery.box`. Raises AppError `secrets.missing`."""
        return cls(BoxPair.from_seed(_entry(seeds, "recovery.box")))

    def seeds(self) -> dict[str, bytes]:
        """Return the seed; it belongs on the printed sheet (`words.to_words`), not into a keychain."""
        return {"recovery.box": self.box.seed}


def key_id(box_key: bytes) -> str:
    """Return the name of a receiving key in envelopes: 16 hex digits of its hash."""
    return sha256(b"ersthelfer box key" + box_key).hexdigest()[:16]


def device_id8(verify_key: bytes) -> str:
    """Return the folder name of a PC in the mailbox: 8 hex digits of its key's hash, so no path names a person."""
    return sha256(verify_key).hexdigest()[:8]


def key_text(key: bytes) -> str:
    """Write a public key as it stands in JSON documents."""
    return b64encode(key).decode()


def key_from_text(text: object) -> bytes:
    """Read a public key from a JSON document. Raises ValueError where it is no 32-byte key in base64."""
    if not isinstance(text, str) or len(text) != 44:
        raise ValueError("not a key")
    try:
        key = b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    return _sized(key)


def verify(text: bytes, signature: bytes, verify_key: bytes) -> bool:
    """Tell whether `signature` is that of `verify_key` on `text`; never raises on hostile input."""
    if len(signature) != 64 or len(verify_key) != KEY_SIZE:
        return False
    try:
        bindings.crypto_sign_open(signature + text, verify_key)
    except BadSignatureError:
        return False
    return True


def _sized(value: bytes) -> bytes:
    if len(value) != SEED_SIZE:
        raise ValueError("a key or seed has 32 bytes")
    return value


def _entry(seeds: Mapping[str, bytes], name: str) -> bytes:
    try:
        return seeds[name]
    except KeyError as error:
        raise AppError("secrets.missing", kind=ErrorKind.ENVIRONMENT, parameters={"name": name}) from error
