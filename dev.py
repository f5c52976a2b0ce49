"""The door for people who work on Ersthelfer: one command sets everything up and does the job.

    python3 dev.py run | test | tour | bench | build | i18n | shots | lock | setup

Standard library only, any Python from 3.11 on Windows, macOS and Linux.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from ctypes.util import find_library
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "ersthelfer.stamp"

# What Qt's wheels expect of a Debian or Ubuntu system; the key is the name the linker finds when it is there.
SYSTEM_LIBRARIES = {
    "GL": "libgl1", "EGL": "libegl1", "fontconfig": "libfontconfig1", "freetype": "libfreetype6",
    "dbus-1": "libdbus-1-3", "glib-2.0": "libglib2.0-0", "xkbcommon": "libxkbcommon0", "X11": "libx11-6",
    "xkbcommon-x11": "libxkbcommon-x11-0", "xcb-cursor": "libxcb-cursor0", "xcb-icccm": "libxcb-icccm4",
    "xcb-image": "libxcb-image0", "xcb-keysyms": "libxcb-keysyms1", "xcb-randr": "libxcb-randr0",
    "xcb-render-util": "libxcb-render-util0", "xcb-shape": "libxcb-shape0", "xcb-xkb": "libxcb-xkb1",
    "X11-xcb": "libx11-xcb1", "gssapi_krb5": "libgssapi-krb5-2", "brotlidec": "libbrotli1",
}  # fmt: skip
TEST_PROGRAMS = {
    "Xvfb": "xvfb", "strace": "strace", "pdftotext": "poppler-utils", "objdump": "binutils",
    "/usr/sbin/cupsd": "cups-daemon", "lpstat": "cups-client",
    "gnome-keyring-daemon": "gnome-keyring", "dbus-run-session": "dbus-daemon",
    "ip": "iproute2", "ethtool": "ethtool", "xrandr": "x11-xserver-utils",
}  # fmt: skip


def main() -> int:
    """Set up what is missing and run the named job; returns its exit code."""
    jobs = {
        "setup": lambda rest: 0, "run": run, "test": test, "tour": tour, "bench": bench, "build": build,
        "i18n": i18n, "shots": shots, "lock": lock,
    }  # fmt: skip
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job", choices=sorted(jobs))
    arguments, rest = parser.parse_known_args()
    if arguments.job != "lock":
        set_up()
    return jobs[arguments.job](rest)


def set_up() -> None:
    """Make the virtual environment from the lock file, the system libraries and the compiled texts."""
    install_system_packages({**SYSTEM_LIBRARIES}, is_missing=lambda name: find_library(name) is None)
    wanted = environment_mark()
    if not STAMP.exists() or STAMP.read_text() != wanted:
        make_environment()
        STAMP.write_text(wanted)
    call(PYTHON, "packaging/compile_texts.py")


def environment_mark() -> str:
    """Return one hash of what an environment is made from: lock file, how the project is installed, this Python."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    installed = json.dumps([declared["build-system"], declared["project"]], sort_keys=True)
    return hashlib.sha256(LOCK.read_bytes() + installed.encode() + sys.version.encode()).hexdigest()


def make_environment() -> None:
    """Build `.venv` anew from the lock file, and put the project into it in editable form."""
    if os.name != "nt" and find_module("ensurepip") is None:
        install_system_packages({"venv": "python3-venv"}, is_missing=lambda _: True)
    call(sys.executable, "-m", "venv", "--clear", VENV)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    call(*pip, "--require-hashes", "--requirement", LOCK)
    call(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT)


def find_module(name: str) -> object:
    """Return the spec of a module of this Python, None where Debian has split it off."""
    from importlib.util import find_spec

    return find_spec(name)


def install_system_packages(packages: dict[str, str], *, is_missing: Callable[[str], bool]) -> None:
    """Install missing Debian packages as root; elsewhere print the exact command and go on."""
    missing = [package for name, package in packages.items() if is_missing(name)]
    if not missing or not sys.platform.startswith("linux"):
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "--quiet=2"], env=environment, check=False)
        subprocess.run([*command, "--quiet=2"], env=environment, check=False, stdout=subprocess.DEVNULL)
    else:
        print(f"Qt needs these system packages: {' '.join(missing)}\n  sudo {' '.join(command)}", file=sys.stderr)


def call(*command: str | Path, **options: object) -> None:
    """Run a command of the set-up; end with its exit code where it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, **options)
    if done.returncode:
        sys.exit(done.returncode)


def passed(*command: str | Path, env: dict[str, str] | None = None) -> int:
    """Run a command in the project's folder and return its exit code."""
    print("›", " ".join(shortly(part) for part in command), flush=True)
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode


def shortly(part: str | Path) -> str:
    """Return a word of a command as people read it: programs by their name, files from the project's folder."""
    if not isinstance(part, Path):
        return part
    return str(part.relative_to(ROOT)) if part.is_relative_to(ROOT) and not part.is_relative_to(VENV) else part.name


def has_screen() -> bool:
    """Tell whether a window could be shown here."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(rest: list[str]) -> int:
    """Start the Desk on a demo company; where there is no screen, say so and take the tour."""
    if not has_screen():
        print("There is no screen here, so this is the tour: the whole loop, with its pictures in out/tour.")
        return tour(rest)
    home = ROOT / "out" / "demo"
    environment = {**os.environ, "ERSTHELFER_HOME": str(home), "ERSTHELFER_KEYS": "file"}
    environment.setdefault("ERSTHELFER_PASSPHRASE", "demo")  # invented people only
    if not (home / "data" / "ersthelfer.db").exists():
        initialise = ("init", "--company", "Möbelwerk Ahornblick", "--mailbox", str(home / "mailbox"), "--demo")
        if code := passed(BIN / "ersthelfer", *initialise, env=environment):
            return code
    return passed(BIN / "ersthelfer", *rest, env=environment)


def test(rest: list[str]) -> int:
    """Run formatter, linter, types, import rules, tests and the short bench; with arguments pytest alone."""
    install_system_packages(TEST_PROGRAMS, is_missing=lambda name: shutil.which(name) is None)
    checks = (
        (PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."),
        (PYTHON, "-m", "ruff", "check", "--quiet", "."),
        (BIN / "basedpyright", "--level", "warning"),
        (BIN / "lint-imports", "--no-cache"),
    )
    failed = [] if rest else [check[0].name + " " + " ".join(map(str, check[1:])) for check in checks if passed(*check)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    spread = [] if rest else ["--numprocesses", str(os.cpu_count() or 2), "--dist", "worksteal"]
    code = passed(PYTHON, "-m", "pytest", *spread, *rest, env=environment)
    if not rest:  # last and alone: it compares times, and tests beside it would be in its way
        code = passed(PYTHON, "-m", "bench", "--check") or code
    for check in failed:
        print(f"FAILED before the tests: {check}", file=sys.stderr)
    return code or int(bool(failed))


def tour(rest: list[str]) -> int:
    """Take the whole loop once without a screen; pictures and PDF are left in out/tour."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    where = [] if "--out" in rest else ["--out", str(ROOT / "out" / "tour")]
    return passed(BIN / "ersthelfer", "tour", *where, *rest, env=environment)


def bench(rest: list[str]) -> int:
    """Measure every case beside its floor in the same run."""
    install_system_packages({"Xvfb": "xvfb"}, is_missing=lambda name: shutil.which(name) is None)
    return passed(PYTHON, "-m", "bench", *rest)


def i18n(rest: list[str]) -> int:
    """Name every code that is missing, said nowhere or not the same in both languages; the set-up compiled them."""
    tests = sorted((ROOT / "tests").glob("**/test_texts.py"))
    return passed(PYTHON, "-m", "pytest", "--quiet", "--no-header", "--tb=line", *tests, *rest)


def build(rest: list[str]) -> int:
    """Make the packaged programs for this platform in dist/."""
    return passed(BIN / "pyinstaller", "--noconfirm", "--log-level", "WARN", "packaging/build.spec", *rest)


def shots(rest: list[str]) -> int:
    """Paint every window in light and dark, German and English, at 100 % and 150 %."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return passed(
        PYTHON, "-m", "desktop.entry.shots", *(rest or ["--out", str(ROOT / "out" / "shots")]), env=environment
    )


def lock(rest: list[str]) -> int:
    """Write the lock file anew from pyproject.toml, for every platform, without naming any index."""
    uv = BIN / "uv" if (BIN / "uv").exists() else Path(shutil.which("uv") or "uv")
    options = ["--universal", "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
    versions = ["--group", "dev", "--python-version", "3.11"]
    return passed(uv, "pip", "compile", "pyproject.toml", *versions, *options, "-q", "-o", LOCK, *rest)


if __name__ == "__main__":
    sys.exit(main())
