"""Secrets: seeds come back, nothing stands in the clear, and every fault has its own sentence."""

from __future__ import annotations

import stat
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import InitError, KeyringError, KeyringLocked, PasswordDeleteError

from desktop.base.errors import AppError, ErrorKind
from desktop.base.paths import Home
from desktop.system.key_file import SMALLEST, FileSecrets
from desktop.system.secrets import SecretStore, open_secrets, require

SEED, OTHER = bytes(range(32)), b"o" * 32


class MemoryKeychain(KeyringBackend):
    """A keychain with the limits of the Windows one: 1280 characters, one user per service."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, tuple[str, str]] = {}
        self.persist = "enterprise"
        self.fault: KeyringError | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._maybe_fail()
        user, password = self.kept.get(service, ("", ""))
        return password if user == username else None

    def set_password(self, service: str, username: str, password: str) -> None:
        self._maybe_fail()
        assert len(password) <= 1280
        assert self.kept.get(service, (username,))[0] == username
        self.kept[service] = (username, password)

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop(service, None) is None:
            raise PasswordDeleteError("not there")

    def _maybe_fail(self) -> None:
        if self.fault is not None:
            raise self.fault


@pytest.fixture
def use_keychain() -> Iterator[Callable[[KeyringBackend], None]]:
    """Exchange the system's keychain for the length of a test."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.under(tmp_path)


def file_store(home: Home, passphrase: str = "Ankerkorb") -> SecretStore:
    return open_secrets(home, "file", lambda: passphrase, cost=SMALLEST)


def fault_of(work: Callable[[], object]) -> str:
    with pytest.raises(AppError) as caught:
        work()
    assert caught.value.kind is ErrorKind.ENVIRONMENT
    return caught.value.code


def test_keychain_keeps_each_seed_under_its_own_service(home: Home, use_keychain) -> None:
    keychain = MemoryKeychain()
    use_keychain(keychain)
    store = open_secrets(home)
    assert store.get("org.box") is None
    store.put("org.box", SEED)
    store.put("org.sign", OTHER)
    store.put("org.sign", SEED[::-1])
    again = open_secrets(home)
    assert (again.get("org.box"), again.get("org.sign")) == (SEED, SEED[::-1])
    assert len(keychain.kept) == 2
    assert keychain.persist == "local machine"  # must not roam with a domain profile
    again.delete("org.box")
    again.delete("org.box")
    assert again.get("org.box") is None


def test_two_homes_of_one_user_do_not_meet(tmp_path: Path, use_keychain) -> None:
    use_keychain(MemoryKeychain())
    one, two = open_secrets(Home.under(tmp_path / "1")), open_secrets(Home.under(tmp_path / "2"))
    one.put("org.box", SEED)
    two.put("org.box", OTHER)
    assert (one.get("org.box"), two.get("org.box")) == (SEED, OTHER)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (KeyringLocked("x"), "secrets.locked"),
        (InitError("x"), "secrets.no_keychain"),
        (KeyringError("x"), "secrets.locked"),
    ],
)
def test_failing_keychain_is_said_so(home: Home, use_keychain, fault: KeyringError, code: str) -> None:
    keychain = MemoryKeychain()
    use_keychain(keychain)
    store = open_secrets(home)
    store.put("org.box", SEED)
    keychain.fault = fault
    assert fault_of(lambda: store.get("org.box")) == code
    assert fault_of(lambda: store.put("org.box", SEED)) == code


@pytest.mark.parametrize("backend", [FailKeyring, NullKeyring])
def test_missing_keychain_names_the_way_out(home: Home, use_keychain, backend: type[KeyringBackend]) -> None:
    use_keychain(backend())
    assert fault_of(lambda: open_secrets(home).put("org.box", SEED)) == "secrets.no_keychain"


def test_keychain_that_forgets_is_noticed(home: Home, use_keychain) -> None:
    class Forgetful(MemoryKeychain):
        def get_password(self, service: str, username: str) -> str | None:
            return None

    use_keychain(Forgetful())
    assert fault_of(lambda: open_secrets(home).put("org.box", SEED)) == "secrets.no_keychain"


@pytest.mark.parametrize("text", ["", "no base64!", b64encode(b"short").decode()])
def test_damaged_entry(home: Home, use_keychain, text: str) -> None:
    keychain = MemoryKeychain()
    use_keychain(keychain)
    store = open_secrets(home)
    store.put("org.box", SEED)
    service = next(iter(keychain.kept))
    keychain.kept[service] = (keychain.kept[service][0], text)
    assert fault_of(lambda: store.get("org.box")) == "secrets.damaged"


def test_require_names_what_is_missing(home: Home) -> None:
    store = file_store(home)
    store.put("org.box", SEED)
    assert require(store, "org.box") == {"org.box": SEED}
    with pytest.raises(AppError) as caught:
        require(store, "org.box", "org.sign")
    assert (caught.value.code, caught.value.parameters) == ("secrets.missing", {"name": "org.sign"})


def test_file_keeps_seeds_sealed_and_for_the_owner_only(home: Home) -> None:
    store = file_store(home)
    assert store.get("org.box") is None
    store.put("org.box", SEED)
    store.put("org.sign", OTHER)
    path = home.data / "keys.bin"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = path.read_bytes()
    for secret in (SEED, OTHER, b64encode(SEED), b64encode(OTHER), b"org.box", b"Ankerkorb"):
        assert secret not in content
    again = file_store(home)
    assert (again.get("org.box"), again.get("org.sign")) == (SEED, OTHER)
    again.delete("org.box")
    assert file_store(home).get("org.box") is None
    assert file_store(home).get("org.sign") == OTHER


def test_two_programs_on_one_file_keep_each_others_seeds(home: Home) -> None:
    one, two = file_store(home), file_store(home)
    one.put("org.box", SEED)
    two.put("org.sign", OTHER)
    assert (one.get("org.sign"), two.get("org.box")) == (OTHER, SEED)


def test_passphrase_is_asked_for_once_and_only_when_needed(home: Home) -> None:
    asked: list[int] = []

    def passphrase() -> str:
        asked.append(1)
        return "Ankerkorb"

    store = open_secrets(home, "file", passphrase, cost=SMALLEST)
    assert store.get("org.box") is None
    assert asked == []
    store.put("org.box", SEED)
    store.get("org.box")
    store.put("org.sign", OTHER)
    assert asked == [1]


def test_wrong_passphrase_is_asked_for_again_and_changes_nothing(home: Home) -> None:
    file_store(home).put("org.box", SEED)
    before = (home.data / "keys.bin").read_bytes()
    answers = iter(["falsch", "Ankerkorb"])
    store = open_secrets(home, "file", lambda: next(answers), cost=SMALLEST)
    assert fault_of(lambda: store.put("org.sign", OTHER)) == "secrets.wrong_passphrase"
    assert (home.data / "keys.bin").read_bytes() == before
    assert store.get("org.box") == SEED


def test_missing_or_empty_passphrase(home: Home) -> None:
    assert fault_of(lambda: file_store(home, "").put("org.box", SEED)) == "secrets.no_passphrase"
    assert fault_of(lambda: open_secrets(home, "file").put("org.box", SEED)) == "secrets.no_passphrase"
    assert not (home.data / "keys.bin").exists()


def test_any_damaged_byte_of_the_file_is_said_so(home: Home) -> None:
    store = file_store(home)
    store.put("org.box", SEED)
    path = home.data / "keys.bin"
    content = path.read_bytes()
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert fault_of(lambda: store.get("org.box")) == "secrets.damaged_file"
    for length in (0, 5, 60, len(content) - 1):
        path.write_bytes(content[:length])
        assert fault_of(lambda: store.get("org.box")) == "secrets.damaged_file"
        assert fault_of(lambda: store.put("org.box", SEED)) == "secrets.damaged_file"
    path.write_bytes(content)
    assert store.get("org.box") == SEED


def test_file_of_a_stranger_cannot_make_us_spend_all_memory(home: Home) -> None:
    from hashlib import sha256

    file_store(home).put("org.box", SEED)
    path = home.data / "keys.bin"
    content = bytearray(path.read_bytes()[:-32])
    content[12:20] = (2**40).to_bytes(8, "big")
    path.write_bytes(bytes(content) + sha256(content).digest())
    assert fault_of(lambda: file_store(home).get("org.box")) == "secrets.damaged_file"


def test_unwritable_folder_and_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = FileSecrets(tmp_path / "file" / "keys.bin", lambda: "x", cost=SMALLEST)
    with pytest.raises(AppError, match=r"secrets\.un"):
        store.put("org.box", SEED)
    (tmp_path / "keys.bin").mkdir()
    store = FileSecrets(tmp_path / "keys.bin", lambda: "x", cost=SMALLEST)
    assert fault_of(lambda: store.get("org.box")) == "secrets.unreadable"


@pytest.mark.parametrize("mode", ["keychain", "file"])
def test_only_seeds_are_kept(home: Home, use_keychain, mode) -> None:
    use_keychain(MemoryKeychain())
    store = open_secrets(home, mode, lambda: "x", cost=SMALLEST)
    for wrong in (b"", b"x" * 31, b"x" * 5000):
        with pytest.raises(ValueError, match="32-byte"):
            store.put("org.box", wrong)


def test_keyring_and_crypto_are_loaded_when_first_needed() -> None:
    code = (
        "import sys; from desktop.system.secrets import open_secrets; from desktop.base.paths import Home;"
        "from pathlib import Path; open_secrets(Home.under(Path('x')));"
        "sys.exit(bool({'keyring', 'nacl'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
