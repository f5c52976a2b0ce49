"""A real company with the corpus in its database: made by the program itself, filled in bulk through its tables."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bench.corpus import fingerprint

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "out" / "bench"


@dataclass(frozen=True, slots=True)
class Setting:
    """How large and how long a case runs."""

    size: int
    is_short: bool = False

    def rounds(self, full: int) -> int:
        """Return the number of rounds: `full`, or a third of it for the short form."""
        return max(3, full // 3) if self.is_short else full


@dataclass(frozen=True, slots=True)
class Company:
    """A company with `setting.size` tickets; every run works on a copy of the cached one."""

    setting: Setting
    home: Path = Path()

    @contextmanager
    def opened(self) -> Iterator[Company]:
        """Give a copy of the company that may be changed and is removed afterwards."""
        source = made(self.setting.size)
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            home = Path(folder) / "home"
            shutil.copytree(source, home)
            yield Company(self.setting, home)

    @property
    def database(self) -> Path:
        """Return the path of the database."""
        return self.home / "data" / "ersthelfer.db"

    @property
    def environment(self) -> dict[str, str]:
        """Return what the programs need to work in this company."""
        return {"ERSTHELFER_HOME": str(self.home), "ERSTHELFER_KEYS": "file", "ERSTHELFER_PASSPHRASE": "bench"}


def made(size: int) -> Path:
    """Return the folder of a company with `size` tickets, made now unless the same was made before."""
    target = CACHE / f"{size}-{_key()}"
    if target.exists():
        return target
    print(f"filling a database with {size} tickets …", file=sys.stderr)
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        company = Company(Setting(size), Path(folder) / "home")
        _initialise(company)
        from bench.fill import fill  # loads SQLAlchemy, which the start-up cases must not

        fill(company.home, size)
        company.home.rename(target)
    return target


def _key() -> str:
    """Name the cache by everything that makes the database: corpus, filling and schema."""
    digest = sha256(fingerprint().encode())
    for path in (ROOT / "bench" / "fill.py", *sorted((ROOT / "desktop" / "models" / "migrations").rglob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _initialise(company: Company) -> None:
    program = Path(sys.executable).parent / "ersthelfer"
    mailbox = company.home / "mailbox"
    mailbox.mkdir(parents=True)
    command = [str(program), "init", "--company", "Möbelwerk Ahornblick", "--mailbox", str(mailbox), "--json"]
    done = subprocess.run(
        command, env={**os.environ, **company.environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
