"""Writes the inventory to a file, whole or not at all."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from desktop.base.errors import AppError, ErrorKind
from desktop.base.file_names import safe_name
from desktop.base.files import is_full
from desktop.base.texts import Texts
from desktop.domain.fleet import FleetRow
from desktop.models import device_queries
from desktop.models.history_queries import list_stored
from desktop.services.exports.glpi import glpi_document
from desktop.services.exports.table import to_csv, to_xlsx
from desktop.services.work import Work


class ExportFormat(Enum):
    """What an inventory can be written as; the value is the file's ending, GLPI's of several devices is a .zip."""

    CSV = "csv"
    XLSX = "xlsx"
    GLPI = "glpi"


@dataclass(frozen=True, slots=True)
class Exported:
    """Where the file lies, and how many devices it has; `left_out` are those of which GLPI gets nothing."""

    path: Path
    devices: int
    left_out: tuple[str, ...] = ()


def export_inventory(
    work: Work, rows: Sequence[FleetRow], texts: Texts, *, kind: ExportFormat, target: Path
) -> Exported:
    """Write devices to `target`; a file that is there is replaced only when the new one is complete.

    GLPI takes a file per device: one device becomes a .json, several a .zip of them.
    Raises AppError `inventory.nothing`, `inventory.full` and `inventory.unwritable`.
    """
    left_out: tuple[str, ...] = ()
    if kind is ExportFormat.CSV:
        content = to_csv(rows, texts)
    elif kind is ExportFormat.XLSX:
        content = to_xlsx(rows, texts, made_at=work.clock())
    else:
        content, left_out = _glpi(work, rows)
    _write(target, content)
    return Exported(target, len(rows) - len(left_out), left_out)


def _glpi(work: Work, rows: Sequence[FleetRow]) -> tuple[bytes, tuple[str, ...]]:
    found: dict[str, bytes] = {}
    left_out: list[str] = []
    with work.store.reading() as connection:
        for row in rows:
            stored = list_stored(connection, row.device.id)
            snapshot = device_queries.read_snapshot(connection, stored[0].id) if stored else None
            if snapshot is None:
                left_out.append(row.device.name)
                continue
            document = json.dumps(glpi_document(row, snapshot), ensure_ascii=False, indent=1).encode("utf-8", "replace")
            found[safe_name(f"{row.device.name}-{row.device.id[-6:]}.json", found)] = document
    if not found:
        raise AppError("inventory.nothing")
    if len(found) == 1:
        return next(iter(found.values())), tuple(left_out)
    return _zipped(found), tuple(left_out)


def _zipped(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, one in files.items():
            archive.writestr(name, one)
    return content.getvalue()


def _write(target: Path, content: bytes) -> None:
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(content)
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        code = "inventory.full" if is_full(target.parent) else "inventory.unwritable"
        place = {"path": str(target)}
        raise AppError(code, kind=ErrorKind.ENVIRONMENT, parameters=place, detail=str(error)) from error
