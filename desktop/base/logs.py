"""Rotating logs in which no secret stands, and the last lines for the help page."""

from __future__ import annotations

import logging
import re
from pathlib import Path

_LONGEST = 20_000  # characters of one record; whatever somebody sends must not push everything else out of the log
# The patterns are compiled by `re` with the first record; most starts have none.
# Control and direction characters, which rearrange the line in the viewer of whoever reads the log.
_UNSEEN = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
# Values behind these names, user:password in addresses, and long base64 as keys have it.
_SECRETS = (
    r"(?i)\b(pass(?:word|wort|phrase)?|kennwort|token|secret|seed|key)\b(\s*[=:]\s*)(\S+)",
    r"(//)([^/\s:@]+:[^/\s@]+)(@)",
    r"\b()([A-Za-z0-9+/]{43}=)()",
)


class SecretsFilter(logging.Filter):
    """Blackens what looks like a secret, and makes foreign text harmless, before a record is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, with its secrets and control characters replaced."""
        record.msg = re.sub(_UNSEEN, "�", blackened(record.getMessage()[:_LONGEST]))
        record.args = None
        return True


def blackened(text: str) -> str:
    """Return `text` with passwords, tokens and keys replaced by three dots."""
    text = re.sub(_SECRETS[0], r"\1\2…", text)
    for pattern in _SECRETS[1:]:
        text = re.sub(pattern, r"\1…\3", text)
    return text


class LateFile(logging.Handler):
    """Writes to `path`, five files of 1 MiB, from the first record on.

    Python's rotating handler brings sockets and pickle along, which a start without a word to log does not pay for.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; the lock of this handler is held."""
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            try:
                self._file = RotatingFileHandler(
                    self._path, maxBytes=2**20, backupCount=4, encoding="utf-8", errors="backslashreplace"
                )
            except OSError:  # a log that cannot be written never ends what it tells of
                return
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
        super().close()


def start_logging(folder: Path, program: str, *, level: int = logging.INFO) -> logging.Handler:
    """Write the program's log to `folder`, five files of 1 MiB; returns the handler, to be closed by the caller."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = LateFile(folder / f"{program}.log")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(SecretsFilter())
    root = logging.getLogger("desktop")
    root.setLevel(level)
    root.addHandler(handler)
    return handler


def end_logging(handler: logging.Handler) -> None:
    """Let go of what `start_logging` returned."""
    logging.getLogger("desktop").removeHandler(handler)
    handler.close()


def last_lines(folder: Path, program: str, *, count: int = 200) -> list[str]:
    """Return the newest lines of a program's log, oldest first; empty where there is none."""
    path = folder / f"{program}.log"
    if not path.exists():
        return []
    return path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
