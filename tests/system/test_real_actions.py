"""Actions on real things: a bin with real files, real processes, a real sound service."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from desktop.domain.wizard.doing import Prospect
from desktop.domain.wizard.events import Try
from desktop.system.actions.performing import foresee, perform

pytestmark = pytest.mark.skipif(os.name == "nt", reason="bins and processes as POSIX has them")
PULSE = shutil.which("pulseaudio"), shutil.which("pactl")


@pytest.fixture
def trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home's bin with two files, a folder, and a link to a file that must stay."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    files, info = tmp_path / "Trash/files", tmp_path / "Trash/info"
    (files / "Ordner/tief").mkdir(parents=True)
    info.mkdir()
    (files / "brief.odt").write_bytes(b"x" * 1000)
    (files / "Ordner/tief/bild.png").write_bytes(b"x" * 500)
    (tmp_path / "bleibt.txt").write_text("wichtig")
    (tmp_path / "Ablage").mkdir()
    (tmp_path / "Ablage/bleibt.txt").write_text("wichtig")
    (files / "link").symlink_to(tmp_path / "bleibt.txt")
    (files / "ordnerlink").symlink_to(tmp_path / "Ablage")
    for one in files.iterdir():
        (info / f"{one.name}.trashinfo").write_text("[Trash Info]")
    return tmp_path / "Trash"


def empty(prospect: Prospect) -> Try:
    return perform("trash.empty", {}, agreed=prospect.agreed, platform="linux").result


def test_the_bin_is_counted_and_emptied_and_links_lead_nowhere(trash: Path) -> None:
    prospect = foresee("trash.empty", {}, platform="linux")
    assert prospect.facts["count"] == 4
    assert 1500 <= int(prospect.facts["size"]) < 2000
    assert empty(prospect) is Try.DONE
    assert (list((trash / "files").iterdir()), list((trash / "info").iterdir())) == ([], [])
    assert [one.read_text() for one in trash.parent.rglob("bleibt.txt")] == ["wichtig", "wichtig"]


def test_what_came_into_the_bin_after_the_consent_stays(trash: Path) -> None:
    prospect = foresee("trash.empty", {}, platform="linux")
    (trash / "files/neu.txt").write_text("gerade erst")
    assert empty(prospect) is Try.DONE
    assert [one.name for one in (trash / "files").iterdir()] == ["neu.txt"]


def test_an_empty_bin_or_one_that_is_a_link_is_not_offered(trash: Path) -> None:
    shutil.rmtree(trash / "files")
    (trash / "files").symlink_to(trash.parent / "Ablage")
    assert not foresee("trash.empty", {}, platform="linux").is_possible
    (trash / "files").unlink()
    (trash / "files").mkdir()
    assert foresee("trash.empty", {}, platform="linux").reason == "empty"
    assert (
        perform("trash.empty", {}, agreed="../../bleibt.txt/..", platform="linux").evidence == "bin: 0 entries deleted"
    )
    assert (trash.parent / "bleibt.txt").exists()


STUBBORN = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
while True:
    signal.pause()
"""


@pytest.fixture
def program(tmp_path: Path) -> Iterator[psutil.Process]:
    """A program of an odd name that does not end when it is asked to."""
    path = tmp_path / "haengeprogramm"
    path.symlink_to(sys.executable)
    child = subprocess.Popen([str(path), "-c", STUBBORN], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    process = psutil.Process(child.pid)
    yield process
    child.kill()
    child.wait()
    child.stdout.close()


def test_a_program_is_named_and_ended_though_it_does_not_listen(
    program: psutil.Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.system.actions.hung_program._GRACE", 0.5)
    answers = {"program_name": program.name()}
    prospect = foresee("program.end", answers)
    assert (prospect.facts["program"], prospect.facts["count"]) == (program.name(), 1)
    assert prospect.agreed == f"{program.pid}:{program.create_time():.2f}"
    deed = perform("program.end", answers, agreed=prospect.agreed)
    assert (deed.result, deed.evidence) == (Try.DONE, "1 of 1 processes ended")
    assert not program.is_running() or program.status() == psutil.STATUS_ZOMBIE


def test_a_number_that_is_used_anew_is_left_alone(program: psutil.Process) -> None:
    deed = perform("program.end", {}, agreed=f"{program.pid}:{program.create_time() - 5:.2f} 1:2 x")
    assert deed.result is Try.CANNOT
    assert program.is_running()


@pytest.mark.parametrize("name", ["systemd", "explorer.exe", "Finder", "ersthelfer", "no such program", "-9", ""])
def test_the_desktop_and_ourselves_are_never_offered(name: str) -> None:
    assert not foresee("program.end", {"program_name": name}).is_possible


def test_our_own_process_is_never_offered() -> None:
    own = psutil.Process().name()
    found = foresee("program.end", {"program_name": own}).agreed.split()
    assert str(os.getpid()) not in {one.partition(":")[0] for one in found}


@pytest.fixture
def sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real PulseAudio of its own with one silent card that goes nowhere."""
    runtime = Path("/tmp") / f"ersthelfer-pulse-{os.getpid()}"  # a socket's path is limited
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("PULSE_RUNTIME_PATH", str(runtime))
    monkeypatch.setenv("HOME", str(tmp_path))
    modules = ("module-native-protocol-unix", "module-null-sink sink_name=test")
    loads = [f"--load={one}" for one in modules]
    child = subprocess.Popen(
        [str(PULSE[0]), "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", *loads],
        stderr=subprocess.DEVNULL,
    )
    latest = time.monotonic() + 20
    while subprocess.run([str(PULSE[1]), "info"], capture_output=True, check=False).returncode:
        assert child.poll() is None, "PulseAudio ended at once"
        assert time.monotonic() < latest, "PulseAudio does not answer"
    yield
    child.send_signal(signal.SIGTERM)
    child.wait(timeout=20)
    shutil.rmtree(runtime)


@pytest.mark.skipif(not all(PULSE), reason="no PulseAudio here: install pulseaudio and pulseaudio-utils")
def test_sound_comes_on_and_is_heard(sound: None) -> None:
    def ask(*arguments: str) -> str:
        return subprocess.run([str(PULSE[1]), *arguments], capture_output=True, text=True, check=True).stdout

    ask("set-sink-mute", "test", "1")
    ask("set-sink-volume", "test", "0%")
    assert perform("sound.unmute", {}, platform="linux").result is Try.DONE
    assert ask("get-sink-mute", "test").strip().endswith(("no", "nein"))
    assert " 40%" in ask("get-sink-volume", "test")
    ask("set-sink-volume", "test", "70%")
    perform("sound.unmute", {}, platform="linux")
    assert " 70%" in ask("get-sink-volume", "test")
