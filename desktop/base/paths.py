"""Where a program keeps its things: one `Home` value instead of folders looked up all over the code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple


class Home(NamedTuple):
    """The folders of one program on one machine; `system.folders.find_home` makes it."""

    settings: Path
    data: Path
    logs: Path

    @classmethod
    def under(cls, root: Path) -> Home:
        """Put everything below one folder, as `--home` asks for."""
        return cls(settings=root / "settings", data=root / "data", logs=root / "logs")

    def ensure(self) -> Home:
        """Make the folders, readable by their owner only where the system knows such rights."""
        for folder in (self.settings, self.data, self.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self


def resources() -> Path:
    """Return the folder of wizards, texts and rules: the same beside the source and inside a packaged program."""
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(frozen) / "desktop" if frozen else Path(__file__).resolve().parent.parent
    return package / "resources"
