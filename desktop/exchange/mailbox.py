"""The mailbox folder: its layout, and files put into it with and without rename."""

from __future__ import annotations

from pathlib import Path


class MailboxFolder:
    """The company's folder at `path` (DESIGN: in/, out/, bad/, org.json, HINWEIS.txt)."""

    def __init__(self, path: Path) -> None:
        self.path = path
