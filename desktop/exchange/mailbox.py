"""The mailbox folder: its layout, who writes where, and reading its files without being hurt by them.

```
HINWEIS.txt             what this folder is
org.json                the company's public keys, signed
in/<dev8>/<uuid>.ehr    from PCs; flat in in/ where PCs may only drop files
out/<dev8>/<uuid>.ehr   to PCs
bad/                    quarantine
```
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from secrets import token_hex

from desktop.base.errors import AppError, ErrorKind
from desktop.base.paths import resources
from desktop.exchange.delivery import SUFFIX
from desktop.exchange.problems import mailbox_problem

NOTICE = "HINWEIS.txt"
ORG_CARD = "org.json"
_DEVICE_FOLDER = re.compile(r"[0-9a-f]{8}")
_LINKS = frozenset({0xA0000003, 0xA000000C})  # Windows: mount points (junctions) and symbolic links
_MAX_CARD = 256 * 1024


@dataclass(frozen=True, slots=True)
class MailFile:
    """One file as listed; sizes in bytes, times in nanoseconds since 1970 by the share's clock."""

    path: Path
    relative: str
    folder: str
    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in in/; `unreadable` names folders of PCs which the Desk may not list."""

    files: tuple[MailFile, ...]
    unreadable: tuple[str, ...]


class MailboxFolder:
    """The company's folder at `path`; every method raises AppError `mailbox.*` (kind ENVIRONMENT) and nothing else."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.incoming = path / "in"
        self.outgoing = path / "out"
        self.bad = path / "bad"

    def prepare(self, company: str) -> None:
        """Make the layout and the notice; harmless where it exists."""
        notice = (resources() / "mailbox" / NOTICE).read_text(encoding="utf-8")
        try:
            for folder in (self.path, self.incoming, self.outgoing, self.bad):
                folder.mkdir(parents=True, exist_ok=True)
            (self.path / NOTICE).write_text(notice.replace("{company}", company), encoding="utf-8")
        except OSError as error:
            raise mailbox_problem(error, self.path) from error

    def problem(self) -> AppError | None:
        """Return why the mailbox cannot be used right now, None where it looks usable."""
        try:
            self.require()
        except AppError as error:
            return error
        if os.access(self.incoming, os.W_OK):
            return None
        return AppError("mailbox.read_only", kind=ErrorKind.ENVIRONMENT, parameters={"path": str(self.path)})

    def require(self) -> None:
        """Make sure this is the mailbox and not the empty place where a share should be mounted."""
        try:
            if not self.path.is_dir():
                raise FileNotFoundError(str(self.path))
            if not ((self.path / ORG_CARD).is_file() or self.incoming.is_dir()):
                raise FileNotFoundError(str(self.path / ORG_CARD))
        except OSError as error:
            raise mailbox_problem(error, self.path) from error

    def read_card(self) -> bytes | None:
        """Return org.json as it lies there, None where there is none."""
        try:
            return read_limited(self.path / ORG_CARD, _MAX_CARD)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise mailbox_problem(error, self.path) from error

    def write_card(self, content: bytes) -> None:
        """Publish org.json in one step, or in place on shares that never rename onto an existing name.

        A card torn by a crash there is not trusted by anybody, and the next start of the Desk writes it again.
        """
        card, fresh = self.path / ORG_CARD, self.path / f"~{token_hex(4)}.tmp"
        try:
            try:
                fresh.write_bytes(content)
                fresh.replace(card)
            except (PermissionError, FileExistsError):
                fresh.unlink(missing_ok=True)
                card.write_bytes(content)
            with suppress(OSError):
                card.chmod(0o644)  # every PC reads it
        except OSError as error:
            raise mailbox_problem(error, self.path) from error

    def place_for_device(self, id8: str) -> Path:
        """Return where a PC puts its files: its own sub-folder, or in/ itself where PCs may only drop files."""
        own = self.incoming / id8
        if own.is_dir() or (os.access(self.incoming, os.R_OK) and _made_like(own, self.incoming)):
            return own
        return self.incoming

    def place_for_answers(self, id8: str) -> Path:
        """Return the folder with a PC's answers, made where it is missing."""
        own = self.outgoing / id8
        try:
            if not own.is_dir():
                self.outgoing.mkdir(exist_ok=True)
                _made_like(own, self.outgoing)
        except OSError as error:
            raise mailbox_problem(error, self.path) from error
        return own

    def list_incoming(self) -> Listing:
        """Return all message files of in/, taking turns between PCs so that none keeps the others waiting."""
        try:
            folders = sorted(one.name for one in os.scandir(self.incoming) if _is_device_folder(one))
            groups = [list(_files(self.incoming, "in"))]
        except OSError as error:
            raise mailbox_problem(error, self.path) from error
        unreadable: list[str] = []
        for name in folders:
            try:
                groups.append(list(_files(self.incoming / name, f"in/{name}", name)))
            except OSError:  # one PC's folder must not keep the others waiting
                unreadable.append(f"in/{name}")
        files = [one for turn in zip_longest(*groups) for one in turn if one is not None]
        return Listing(tuple(files), tuple(unreadable))

    def list_answers(self, id8: str) -> list[MailFile]:
        """Return the message files for one PC, oldest name first."""
        try:
            return list(_files(self.outgoing / id8, f"out/{id8}", id8))
        except OSError as error:
            raise mailbox_problem(error, self.path) from error


def read_limited(path: Path, limit: int) -> bytes:
    """Return a plain file's content; never follows a link, never waits at a pipe, never reads beyond `limit`.

    Raises OSError; where the file is larger than `limit`, only `limit` + 1 bytes come back.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb", buffering=0) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise FileNotFoundError(str(path))
        content = bytearray()
        while piece := stream.read(min(2**20, limit + 1 - len(content))):
            content += piece
    return bytes(content)


def _files(folder: Path, relative: str, id8: str = "") -> Iterator[MailFile]:
    try:
        names = sorted(one.name for one in os.scandir(folder))
    except FileNotFoundError:
        return
    for name in names:
        if name.startswith(("~", ".")) or not name.lower().endswith(SUFFIX):
            continue
        with suppress(OSError):  # gone since it was listed
            found = (folder / name).lstat()
            if _is_plain(found):
                yield MailFile(folder / name, f"{relative}/{name}", id8, found.st_size, found.st_mtime_ns)


def _made_like(folder: Path, parent: Path) -> bool:
    """Make `folder` with the rights of `parent`, so that the other side can work in it; False where denied."""
    try:
        folder.mkdir(exist_ok=True)
        with suppress(OSError):
            folder.chmod(stat.S_IMODE(parent.stat().st_mode))
    except PermissionError:
        return False
    return True


def _is_plain(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and getattr(found, "st_reparse_tag", 0) not in _LINKS


def _is_device_folder(entry: os.DirEntry[str]) -> bool:
    if not _DEVICE_FOLDER.fullmatch(entry.name) or not entry.is_dir(follow_symlinks=False):
        return False
    return getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) not in _LINKS
