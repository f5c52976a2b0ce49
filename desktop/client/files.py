"""Files an employee attaches: read once, named harmlessly, limited in size."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from desktop.base.errors import AppError, ErrorKind
from desktop.base.file_names import safe_name
from desktop.client.rows import NewFile
from desktop.domain.payloads import AttachmentInfo

MAX_TOTAL = 25 * 2**20  # bytes for one request: what a shared folder and a mail carry without trouble
MAX_FILES = 20


def read_file(path: Path, taken: Collection[str] = ()) -> NewFile:
    """Read a file to attach. Raises AppError `my_file.unreadable` or `my_file.too_large`."""
    name = safe_name(path.name, taken)
    try:
        if not path.is_file():  # a pipe or a device would never end
            raise FileNotFoundError(str(path))
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            check_size(name, size)
            content = stream.read(MAX_TOTAL + 1)
    except OSError as error:
        raise AppError(
            "my_file.unreadable", kind=ErrorKind.ENVIRONMENT, parameters={"name": name}, detail=str(error)
        ) from error
    check_size(name, len(content))
    return NewFile(name, content)


def check_size(name: str, size: int, *, already: int = 0) -> None:
    """Raise AppError `my_file.too_large` where a file does not fit beside what is attached already (bytes)."""
    if size + already > MAX_TOTAL:
        raise AppError("my_file.too_large", parameters={"name": name, "limit": MAX_TOTAL // 2**20})


def check_all(files: Sequence[NewFile]) -> None:
    """Raise AppError `my_file.too_large` or `my_file.too_many` where the files do not fit one request."""
    if len(files) > MAX_FILES:
        raise AppError("my_file.too_many", parameters={"limit": MAX_FILES})
    total = 0
    for one in files:
        check_size(one.name, len(one.content), already=total)
        total += len(one.content)


def described(files: Iterable[NewFile]) -> list[AttachmentInfo]:
    """Return what the message says about its parts; names are unlike each other without case."""
    found: list[AttachmentInfo] = []
    for place, one in enumerate(files):
        name = safe_name(one.name, [known.name for known in found])
        found.append(AttachmentInfo(name, len(one.content), sha256(one.content).hexdigest(), place))
    return found
