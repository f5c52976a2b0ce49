from __future__ import annotations

import keyring
import pytest
from keyring.backends.fail import Keyring as FailKeyring

from desktop.system.secrets import has_keychain


class Working:
    """Stands for any real keychain."""


def test_a_system_without_a_keychain_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", FailKeyring)
    assert not has_keychain()
    monkeypatch.setattr(keyring, "get_keyring", Working)
    assert has_keychain()
