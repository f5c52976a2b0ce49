"""Where a command's secrets come from: the system keychain, or a file sealed with a passphrase."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TextIO

from desktop.base.errors import AppError, ErrorKind
from desktop.base.paths import Home
from desktop.base.texts import Texts

if TYPE_CHECKING:
    from desktop.system.secrets import SecretStore

KEYS_VARIABLE = "ERSTHELFER_KEYS"
PASSPHRASE_VARIABLE = "ERSTHELFER_PASSPHRASE"  # noqa: S105 - the variable's name, not a passphrase


def keys_mode(chosen: str, environment: Mapping[str, str]) -> Literal["keychain", "file"]:
    """Return where the seeds lie: what `--keys` says, else ERSTHELFER_KEYS, else the keychain."""
    return "file" if (chosen or environment.get(KEYS_VARIABLE)) == "file" else "keychain"


def lie_in_file(home: Home, chosen: str, environment: Mapping[str, str]) -> bool:
    """Tell whether the seeds of `home` lie in its file.

    A company that was set up without a keychain has them there; nobody should have to say so every time.
    """
    is_asked = bool(chosen or environment.get(KEYS_VARIABLE))
    return keys_mode(chosen, environment) == "file" if is_asked else (home.data / "keys.bin").exists()


def open_for(home: Home, chosen: str, texts: Texts, err: TextIO) -> SecretStore:
    """Open the secrets of `home`; a passphrase comes from the environment or is asked for on a terminal."""
    from desktop.system.secrets import open_secrets  # brings the crypto library along

    def passphrase() -> str:
        given = os.environ.get(PASSPHRASE_VARIABLE)
        if given is not None:
            return given
        if not err.isatty():
            raise AppError("cli.passphrase", kind=ErrorKind.ENVIRONMENT)
        import getpass

        return getpass.getpass(texts.text("cli.passphrase") + " ", stream=err)

    return open_secrets(home, "file" if lie_in_file(home, chosen, os.environ) else "keychain", passphrase)
