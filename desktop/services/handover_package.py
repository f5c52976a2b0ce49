"""Writes a hand-over where the other side can open it without our program: PDF, JSON and files in a folder or a .zip.

It appears under its name only when it is whole; names of foreign files are made harmless first.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.base.errors import AppError, ErrorKind
from desktop.base.file_names import safe_name
from desktop.base.files import sync_folder, write_durably
from desktop.domain.handover import Handover
from desktop.domain.handover_document import to_document

_STEMS = {"de": "Uebergabe", "en": "Handover"}  # plain letters: names travel through mail gateways and old archives
_FOLDERS = {"de": "Anhaenge", "en": "Attachments"}


@dataclass(frozen=True, slots=True)
class Package:
    """What was written: the folder or .zip, and the names inside, with "/" between folder and file."""

    path: Path
    files: tuple[str, ...]


def package_files(handover: Handover, pdf: bytes, files: Mapping[str, bytes], language: str) -> dict[str, bytes]:
    """Return the content of the package by name; `files` are attachments by their foreign names."""
    stem = f"{_STEMS[language]}-{safe_name(handover.page.row.number)}"
    document = json.dumps(to_document(handover), ensure_ascii=False, indent=2)
    found = {f"{stem}.pdf": pdf, f"{stem}.json": document.encode()}
    taken: list[str] = []
    for name, content in files.items():
        taken.append(safe_name(name, taken))
        found[f"{_FOLDERS[language]}/{taken[-1]}"] = content
    return found


def write_package(out: Path, stem: str, files: Mapping[str, bytes], *, as_zip: bool) -> Package:
    """Write the files below `out` under a name nobody has yet. Raises AppError `handover.unwritable`."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        path = _free_path(out, safe_name(stem), ".zip" if as_zip else "")
        _write_zip(path, files) if as_zip else _write_folder(path, files)
    except OSError as error:
        raise AppError(
            "handover.unwritable",
            kind=ErrorKind.ENVIRONMENT,
            parameters={"path": str(out)},
            detail=str(error),
        ) from error
    return Package(path, tuple(files))


def remove_package(package: Package) -> None:
    """Take a package back whose hand-over could not be recorded."""
    if package.path.is_dir():
        shutil.rmtree(package.path, ignore_errors=True)
    else:
        package.path.unlink(missing_ok=True)


def _write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    half = Path(tempfile.mkdtemp(prefix=".~", dir=path.parent))
    try:
        for name, content in files.items():
            target = half / name
            target.parent.mkdir(exist_ok=True)
            write_durably(target, content)
        half.chmod(0o755)  # mkdtemp keeps others out, but this is meant to be passed on
        half.rename(path)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    sync_folder(path.parent)


def _write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    with tempfile.SpooledTemporaryFile(max_size=2**24) as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        stream.seek(0)
        write_durably(path, stream.read())


def _free_path(out: Path, stem: str, ending: str) -> Path:
    number = 1
    path = out / f"{stem}{ending}"
    while path.exists():
        number += 1
        path = out / f"{stem}-{number}{ending}"
    return path
