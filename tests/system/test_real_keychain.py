"""Seeds in a real Secret Service: GNOME's keyring without a screen, in a D-Bus session and a home of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NEEDED = ("gnome-keyring-daemon", "dbus-run-session", "dbus-send")
MISSING = [one for one in NEEDED if shutil.which(one) is None]
SCRIPT = Path(__file__).with_name("keychain_script.py")
ROOT = Path(__file__).resolve().parents[2]
_SERVICE = "/org/freedesktop/secrets"
_UNLOCK = "printf Ankerkorb | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
_LOCK = (
    f"dbus-send --session --print-reply --dest=org.freedesktop.secrets {_SERVICE} "
    f"org.freedesktop.Secret.Service.Lock array:objpath:{_SERVICE}/collection/login >/dev/null"
)

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the Secret Service is Linux's keychain; others have their own"
)
with_keyring = pytest.mark.skipif(bool(MISSING), reason=f"no {', '.join(MISSING)}: install gnome-keyring, dbus-daemon")


def environment(folder: Path) -> dict[str, str]:
    """Return an environment without screen and session, with every folder of the keyring below `folder`."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return {"HOME": str(folder), "XDG_RUNTIME_DIR": str(runtime), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}


def words(*command: str, folder: Path) -> list[str]:
    """Run a command in that environment and return the words it prints."""
    done = subprocess.run(
        command, env=environment(folder), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def in_session(folder: Path, *lines: str) -> list[str]:
    """Run shell lines in a new D-Bus session; the daemons end with it."""
    ended = "trap 'kill \"$(dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / "
    ended += "org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets | "
    ended += "sed 's/.* //')\"' EXIT"
    return words("dbus-run-session", "--", "sh", "-c", "\n".join([ended, *lines]), folder=folder)


def step(folder: Path, *steps: str) -> str:
    """Return the shell line of a new process that takes these steps."""
    return " ".join([sys.executable, str(SCRIPT), str(folder / "ersthelfer"), *steps])


@with_keyring
def test_a_seed_is_kept_between_programs_and_forgotten(tmp_path: Path) -> None:
    """Another process finds what one has kept; what is deleted is gone, twice without complaint."""
    said = in_session(tmp_path, _UNLOCK, step(tmp_path, "get", "put"), step(tmp_path, "get", "delete", "get", "delete"))
    assert said == ["none", "done", "same", "done", "none", "done"]


@with_keyring
def test_a_seed_outlives_the_session(tmp_path: Path) -> None:
    """After the next log-in, unlocked by the same password, it is there."""
    assert in_session(tmp_path, _UNLOCK, step(tmp_path, "put")) == ["done"]
    assert in_session(tmp_path, _UNLOCK, step(tmp_path, "get")) == ["same"]


@with_keyring
def test_a_locked_keyring_says_that_it_is_locked(tmp_path: Path) -> None:
    """Nobody is there to unlock it: neither is a seed invented, nor is the keychain called missing."""
    said = in_session(tmp_path, _UNLOCK, step(tmp_path, "put"), _LOCK, step(tmp_path, "get", "put", "delete"))
    assert said == ["done", "secrets.locked", "secrets.locked", "secrets.locked"]


def test_without_a_session_there_is_no_keychain(tmp_path: Path) -> None:
    """No D-Bus, as over SSH or on a server: the fault names the way out, and no seed is left in a plain file."""
    assert words(*step(tmp_path, "put").split(" "), folder=tmp_path) == ["secrets.no_keychain"]
