"""The file `keys.bin`: seeds sealed with a passphrase (Argon2id, XSalsa20-Poly1305), for systems without a keychain.

`"EHKEYS1\\n" | u32 rounds | u64 memory | salt 16 | secretbox(JSON name -> base64) | SHA-256 of everything before`
"""

from __future__ import annotations

import json
import struct
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import cast

from nacl import bindings, pwhash
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random as random_bytes

from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably

MAGIC = b"EHKEYS1\n"
_NUMBERS = struct.Struct(">IQ")
_SALT = 16
_TRAILER = 32
_MAX_FILE = 2**20


@dataclass(frozen=True, slots=True)
class Argon2:
    """How dear guessing is: rounds and bytes of memory."""

    rounds: int
    memory: int


# The second recommended option of RFC 9106, section 4: 3 rounds over 64 MiB; paid by every command that needs a key.
USUAL = Argon2(3, 64 * 2**20)
SMALLEST = Argon2(pwhash.argon2id.OPSLIMIT_MIN, pwhash.argon2id.MEMLIMIT_MIN)
_LARGEST = Argon2(20, 2**30)  # what a stranger's file may make us spend


class FileSecrets:
    """Seeds in `path`, readable by their owner only. Raises AppError `secrets.*` of kind ENVIRONMENT."""

    def __init__(self, path: Path, passphrase: Callable[[], str], *, cost: Argon2 | None = None) -> None:
        self._path = path
        self._ask = passphrase
        self._cost = cost or USUAL
        self._passphrase = ""
        self._derived: tuple[bytes, bytes] | None = None

    def get(self, name: str) -> bytes | None:
        """Return the seed called `name`. Raises `secrets.wrong_passphrase`, `.no_passphrase` or `.damaged`."""
        return self._read().get(name)

    def put(self, name: str, seed: bytes) -> None:
        """Keep a 32-byte seed under `name`. Raises as `get`, and `secrets.unwritable`."""
        if len(seed) != bindings.crypto_secretbox_KEYBYTES:
            raise ValueError("only 32-byte seeds are kept")
        self._write({**self._read(), name: seed})

    def delete(self, name: str) -> None:
        """Forget the seed called `name`; nothing happens where there is none."""
        seeds = self._read()
        if seeds.pop(name, None) is not None:
            self._write(seeds)

    def _read(self) -> dict[str, bytes]:
        try:
            with self._path.open("rb") as stream:
                content = stream.read(_MAX_FILE)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise self._fault("unreadable", str(error)) from error
        cost, salt, sealed = self._taken_apart(content)
        try:
            plain = SecretBox(self._key(cost, salt)).decrypt(sealed)
        except CryptoError as error:
            self._passphrase, self._derived = "", None
            raise self._fault("wrong_passphrase") from error
        return {name: b64decode(text) for name, text in cast("dict[str, str]", json.loads(plain)).items()}

    def _write(self, seeds: dict[str, bytes]) -> None:
        salt, cost = random_bytes(_SALT), self._cost
        if self._path.exists():
            cost, salt, _ = self._taken_apart(self._path.read_bytes())
        plain = json.dumps({name: b64encode(seed).decode() for name, seed in sorted(seeds.items())}).encode()
        sealed = bytes(SecretBox(self._key(cost, salt)).encrypt(plain))
        content = MAGIC + _NUMBERS.pack(cost.rounds, cost.memory) + salt + sealed
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self._path, content + sha256(content).digest())  # made with mode 0600
        except OSError as error:
            raise self._fault("unwritable", str(error)) from error

    def _taken_apart(self, content: bytes) -> tuple[Argon2, bytes, bytes]:
        start = len(MAGIC) + _NUMBERS.size
        body, checksum = content[:-_TRAILER], content[-_TRAILER:]
        is_whole = len(body) > start + _SALT + 40 and sha256(body).digest() == checksum
        if not is_whole or not body.startswith(MAGIC):
            raise self._fault("damaged_file")
        cost = Argon2(*_NUMBERS.unpack(body[len(MAGIC) : start]))
        if (
            not SMALLEST.rounds <= cost.rounds <= _LARGEST.rounds
            or not SMALLEST.memory <= cost.memory <= _LARGEST.memory
        ):
            raise self._fault("damaged_file")
        return cost, body[start : start + _SALT], body[start + _SALT :]

    def _key(self, cost: Argon2, salt: bytes) -> bytes:
        if self._derived is None or self._derived[0] != salt:
            self._passphrase = self._passphrase or self._ask()
            if not self._passphrase:
                raise self._fault("no_passphrase")
            secret = self._passphrase.encode()
            self._derived = (salt, pwhash.argon2id.kdf(32, secret, salt, opslimit=cost.rounds, memlimit=cost.memory))
        return self._derived[1]

    def _fault(self, reason: str, detail: str = "") -> AppError:
        where = {"path": str(self._path)}
        return AppError(f"secrets.{reason}", kind=ErrorKind.ENVIRONMENT, parameters=where, detail=detail)
