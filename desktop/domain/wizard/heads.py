"""What a list of checklists shows, kept between two calls of the program, so that a list need not read every step.

Only plain words are kept, never anything that could run, and only for exactly these contents and this program.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from desktop import __version__
from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably

MOST_READ = 256 * 1024 + 1  # bytes of a file: one more than the reader takes, so that it can say that it is too big
KEPT = "wizards.json"
"""The file in the program's own folder."""


class Head(NamedTuple):
    """One checklist without its steps; `steps` is how many there are, or how many items."""

    id: str
    version: int
    category: str
    mode: str
    audience: str
    minutes: int
    steps: int
    title_de: str
    title_en: str

    def title(self, language: str) -> str:
        """Return the title in `language` (de or en)."""
        return self.title_en if language == "en" else self.title_de


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the contents of every `*.toml` by name. Raises AppError `wizard.folder` where it cannot be read."""
    try:
        # A pipe would never end and a folder has nothing to read: only real files are wizards.
        return {one.stem: _content(one) for one in sorted(folder.glob("*.toml")) if one.is_file()}
    except OSError as error:
        parameters = {"path": str(folder)}
        raise AppError("wizard.folder", kind=ErrorKind.ENVIRONMENT, parameters=parameters, detail=str(error)) from error


def _content(path: Path) -> bytes:
    """Return what the reader needs to judge a file; one without the right to read it is left out like a damaged one."""
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_READ)
    except PermissionError:
        return b""


def kept_heads(files: Mapping[str, bytes], shelf: Path) -> dict[str, Head] | None:
    """Return the heads of these files if all were found faultless before; None where they must be read."""
    try:
        document = json.loads(shelf.read_bytes())
        if document["of"] != _mark_of(files):
            return None
        heads = [Head(*one) for one in document["heads"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    found = {one.id: one for one in heads if _is_sound(one)}
    return found if found.keys() == files.keys() else None


def keep_heads(files: Mapping[str, bytes], heads: Mapping[str, Head], shelf: Path) -> None:
    """Keep the heads of files without any fault; where the folder cannot be written, they are read again next time."""
    if not shelf.parent.is_dir():
        return
    document = {"of": _mark_of(files), "heads": [list(one) for one in heads.values()]}
    try:
        write_durably(shelf, json.dumps(document, ensure_ascii=False).encode())
    except OSError:
        return


def _is_sound(head: Head) -> bool:
    """Tell whether every part has its type: the file may have been written by anybody."""
    numbers = (head.version, head.minutes, head.steps)
    words = (head.id, head.category, head.mode, head.audience, head.title_de, head.title_en)
    return all(type(one) is int for one in numbers) and all(type(one) is str for one in words)


def _mark_of(files: Mapping[str, bytes]) -> str:
    """Return what changes with any name, any content and the program itself, whose rules may have grown."""
    from hashlib import sha256

    mark = sha256(f"{__version__} {_rules_changed()}".encode())
    for name, content in sorted(files.items()):
        mark.update(f"\n{name} {len(content)}\n".encode("utf-8", "surrogateescape"))
        mark.update(content)
    return mark.hexdigest()


def _rules_changed() -> int:
    """Return when the rules beside this file were last written; 0 in a packaged program, which has a version."""
    try:
        return max(one.stat().st_mtime_ns for one in Path(__file__).parent.glob("*.py"))
    except (OSError, ValueError):
        return 0
