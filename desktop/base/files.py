"""Writing files so that a power cut leaves either the old or the new content, never half of it."""

from __future__ import annotations

import os
from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Replace `path` by `content` in one step: temporary file beside it, fsync, rename, fsync of the folder."""
    import tempfile  # 3 ms that a start without a write should not pay

    handle, name = tempfile.mkstemp(prefix=".~", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename or a new name in `folder` survive a power cut, where the system can sync folders at all."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_full(folder: Path) -> bool:
    """Tell whether less than a MiB is left where `folder` lies: what a disk refuses then, it refuses for that."""
    import shutil  # only a fault pays for it

    try:
        return shutil.disk_usage(folder).free < 2**20
    except OSError:
        return False
