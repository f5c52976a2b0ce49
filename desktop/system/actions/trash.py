"""The bin of a Linux user's home (freedesktop.org Trash specification 1.0): counted before, emptied after consent."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from desktop.domain.wizard.doing import Deed, Prospect
from desktop.domain.wizard.events import Try
from desktop.system.actions.values import Call, Way, impossible

_MOST = 200_000  # entries that are counted; whoever has more should look themselves


def foresee_emptying(_: Call) -> Prospect:
    """Count what lies in the bin and how much room it takes; links are not followed."""
    files = _bin() / "files"
    if _bin().is_symlink() or files.is_symlink() or not files.is_dir():
        return impossible("no bin in this home")
    sizes = [size for _, size in zip(range(_MOST), _sizes(files), strict=False)]
    if not sizes or len(sizes) == _MOST:
        return impossible("empty" if not sizes else "too many to count")
    names = sorted(one.name for one in files.iterdir())
    return Prospect(facts={"count": len(sizes), "size": sum(sizes)}, agreed="/".join(names))


def empty(call: Call) -> Deed:
    """Delete what was counted and nothing that was put there since; a name holds no slash, so they part the list."""
    gone, left = 0, 0
    for name in call.agreed.split("/"):
        if name in ("", ".", ".."):
            continue
        try:
            _delete(name)
            gone += 1
        except FileNotFoundError:
            continue  # emptied by somebody else meanwhile
        except OSError:
            left += 1
    evidence = f"bin: {gone} entries deleted" + (f", {left} could not be deleted" if left else "")
    return Deed(Try.FAILED if left else Try.DONE, evidence)


def _delete(name: str) -> None:
    entry = _bin() / "files" / name
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry)
    else:
        entry.unlink()
    (_bin() / "info" / f"{name}.trashinfo").unlink(missing_ok=True)


def _bin() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "Trash"


def _sizes(folder: Path) -> Iterator[int]:
    """Yield the size of every file below a folder, in bytes."""
    for where, folders, names in os.walk(folder):
        here = Path(where)
        for one in (here / name for name in (*names, *(one for one in folders if (here / one).is_symlink()))):
            try:
                yield one.lstat().st_size
            except OSError:
                yield 0
        if not names and not folders and here != folder:
            yield 0  # an empty folder is something too


WAYS = {"trash.empty": Way(empty, foresee_emptying, deadline=300.0)}
