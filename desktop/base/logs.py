"""Rotating logs in which no secret stands, and the last lines for the help page."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

# Values behind these names, user:password in addresses, and long base64 as keys have it.
_SECRETS = (
    re.compile(r"(?i)\b(pass(?:word|wort|phrase)?|kennwort|token|secret|seed|key)\b(\s*[=:]\s*)(\S+)"),
    re.compile(r"(//)([^/\s:@]+:[^/\s@]+)(@)"),
    re.compile(r"\b()([A-Za-z0-9+/]{43}=)()"),
)


class SecretsFilter(logging.Filter):
    """Blackens what looks like a secret before a record is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, with its secrets replaced."""
        record.msg = blackened(record.getMessage())
        record.args = None
        return True


def blackened(text: str) -> str:
    """Return `text` with passwords, tokens and keys replaced by three dots."""
    text = _SECRETS[0].sub(r"\1\2…", text)
    for pattern in _SECRETS[1:]:
        text = pattern.sub(r"\1…\3", text)
    return text


def start_logging(folder: Path, program: str, *, level: int = logging.INFO) -> logging.Handler:
    """Write the program's log to `folder`, five files of 1 MiB; returns the handler, to be closed by the caller."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / f"{program}.log", maxBytes=2**20, backupCount=4, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(SecretsFilter())
    root = logging.getLogger("desktop")
    root.setLevel(level)
    root.addHandler(handler)
    return handler


def last_lines(folder: Path, program: str, *, count: int = 200) -> list[str]:
    """Return the newest lines of a program's log, oldest first; empty where there is none."""
    path = folder / f"{program}.log"
    if not path.exists():
        return []
    return path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
