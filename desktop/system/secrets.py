"""Where seeds are kept: the system's keychain, or one file sealed with a passphrase where there is none.

Only 32-byte seeds, each its own entry under its own service name: the Windows keychain holds 1280 characters per entry
and files a second user of one service under another name.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Literal, Protocol, cast

from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably
from desktop.base.paths import Home

if TYPE_CHECKING:
    from desktop.system.key_file import Argon2

Mode = Literal["keychain", "file"]
SEED_SIZE = 32
_ENTRY = "seed"


class SecretStore(Protocol):
    """A place for seeds. Every method raises AppError `secrets.*` (kind ENVIRONMENT) where the place fails."""

    def get(self, name: str) -> bytes | None:
        """Return the seed called `name`, None where there is none."""
        ...

    def put(self, name: str, seed: bytes) -> None:
        """Keep a 32-byte seed under `name`, replacing what was there."""
        ...

    def delete(self, name: str) -> None:
        """Forget the seed called `name`; nothing happens where there is none."""
        ...


def open_secrets(
    home: Home, mode: Mode = "keychain", passphrase: Callable[[], str] | None = None, *, cost: Argon2 | None = None
) -> SecretStore:
    """Open the keychain or the file `keys.bin` of this home; nothing is unlocked before the first seed is asked for.

    `passphrase` is called once, for the file only; `cost` sets Argon2 for a new file (tests take the smallest).
    """
    if mode == "file":
        from desktop.system.key_file import FileSecrets

        return FileSecrets(home.data / "keys.bin", passphrase or _no_passphrase, cost=cost)
    return KeychainSecrets(home.settings / "keychain-id")


def require(store: SecretStore, *names: str) -> dict[str, bytes]:
    """Return these seeds by name. Raises AppError `secrets.missing` with the first that is not there."""
    found = {name: store.get(name) for name in names}
    for name, seed in found.items():
        if seed is None:
            raise AppError("secrets.missing", kind=ErrorKind.ENVIRONMENT, parameters={"name": name})
    return {name: seed for name, seed in found.items() if seed is not None}


class KeychainSecrets:
    """Seeds in the system's keychain; `id_file` keeps two homes of one user apart."""

    def __init__(self, id_file: Path) -> None:
        self._id_file = id_file
        self._scope = ""

    def get(self, name: str) -> bytes | None:
        """Return the seed called `name`. Raises `secrets.no_keychain`, `secrets.locked` or `secrets.damaged`."""
        if not self._id_file.exists():
            return None
        with _KeychainFaults():
            text = _backend().get_password(self._service(name), _ENTRY)
        return None if text is None else _seed(name, text)

    def put(self, name: str, seed: bytes) -> None:
        """Keep a seed and read it back: some keychains accept everything and keep nothing."""
        text = b64encode(checked(seed)).decode()
        with _KeychainFaults():
            backend, service = _backend(), self._service(name)
            backend.set_password(service, _ENTRY, text)
            is_kept = backend.get_password(service, _ENTRY) == text
        if not is_kept:
            raise _environment("no_keychain")

    def delete(self, name: str) -> None:
        """Forget the seed called `name`."""
        if self.get(name) is not None:
            with _KeychainFaults():
                _backend().delete_password(self._service(name), _ENTRY)

    def _service(self, name: str) -> str:
        return f"Ersthelfer {self._home_id()} {name}"

    def _home_id(self) -> str:
        if not self._scope:
            if not self._id_file.exists():
                self._id_file.parent.mkdir(parents=True, exist_ok=True)
                write_durably(self._id_file, token_hex(4).encode())
            self._scope = self._id_file.read_text(encoding="ascii").strip()
        return self._scope


class _Keychain(Protocol):
    """What we use of a keyring backend."""

    def get_password(self, service: str, username: str, /) -> str | None: ...

    def set_password(self, service: str, username: str, password: str, /) -> None: ...

    def delete_password(self, service: str, username: str, /) -> None: ...


class _KeychainFaults:
    """Turns what keyring raises into faults with a text for people."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError

        if isinstance(error, KeyringLocked):
            raise _environment("locked", detail=str(error)) from error
        if isinstance(error, NoKeyringError | InitError):
            raise _environment("no_keychain", detail=str(error)) from error
        if isinstance(error, KeyringError):
            raise _environment("locked", detail=str(error)) from error


def has_keychain() -> bool:
    """Tell whether this system offers a keychain at all; it may still be locked."""
    try:
        _backend()
    except AppError:
        return False
    return True


def _backend() -> _Keychain:
    """Return the system's keychain; what keeps passwords as plain text does not count as one."""
    import keyring

    backend = cast("_Keychain", keyring.get_keyring())
    module = type(backend).__module__
    if module.startswith(("keyrings.alt", "keyring.backends.fail", "keyring.backends.null")):
        raise _environment("no_keychain", detail=module)
    if hasattr(backend, "persist"):
        setattr(backend, "persist", "local machine")  # noqa: B010 - Windows only: the key must not roam with the profile
    return backend


def checked(seed: bytes) -> bytes:
    """Return `seed` if it is one. Raises ValueError on anything but 32 bytes."""
    if len(seed) != SEED_SIZE:
        raise ValueError("only 32-byte seeds are kept")
    return seed


def _seed(name: str, text: str) -> bytes:
    try:
        return checked(b64decode(text, validate=True))
    except (binascii.Error, ValueError) as error:
        raise _environment("damaged", name=name) from error


def _no_passphrase() -> str:
    raise _environment("no_passphrase")


def _environment(reason: str, *, detail: str = "", **parameters: object) -> AppError:
    return AppError(f"secrets.{reason}", kind=ErrorKind.ENVIRONMENT, parameters=parameters, detail=detail)
