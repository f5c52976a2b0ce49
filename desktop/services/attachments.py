"""Keeps files by their content: small ones in the database, larger ones on disk, each only once."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, insert, select

from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably
from desktop.base.ids import new_id
from desktop.domain.commands import NewAttachment
from desktop.models.tables import attachments, blobs
from desktop.services.work import Work

IN_DATABASE = 256 * 1024  # bytes; above, a file of its own costs less than a long row


def read_new(path: Path) -> NewAttachment:
    """Read a file to attach. Raises AppError `attachment.unreadable`, also for a pipe, which would never end."""
    try:
        if not path.is_file():
            raise FileNotFoundError(str(path))
        return NewAttachment(path.name, path.read_bytes())
    except OSError as error:
        raise AppError(
            "attachment.unreadable", kind=ErrorKind.ENVIRONMENT, parameters={"name": path.name}, detail=str(error)
        ) from error


def store_attachments(
    work: Work, connection: Connection, files: Sequence[NewAttachment], *, ticket_id: str, message_id: str
) -> None:
    """Keep the files of a message. Raises AppError `attachments.unwritable` where the disk refuses."""
    for one in files:
        digest = _store_blob(work, connection, one.content)
        connection.execute(
            insert(attachments).values(
                id=new_id(work.clock),
                ticket_id=ticket_id,
                message_id=message_id,
                name=one.name[:200],
                size=len(one.content),
                sha256=digest,
            )
        )


def read_attachment(work: Work, attachment_id: str) -> bytes:
    """Return a file's content. Raises AppError `attachments.unknown`, `attachments.lost`."""
    query = select(blobs).join(attachments, attachments.c.sha256 == blobs.c.sha256)
    with work.store.reading() as connection:
        found = connection.execute(query.where(attachments.c.id == attachment_id)).first()
    if found is None:
        raise AppError("attachments.unknown", kind=ErrorKind.USAGE)
    content = found.content if found.content is not None else _read_file(work, found.sha256)
    if sha256(content).hexdigest() != found.sha256:
        raise AppError("attachments.lost", kind=ErrorKind.ENVIRONMENT, parameters={"name": found.sha256[:12]})
    return content


def blob_path(folder: Path, digest: str) -> Path:
    """Return where a large file lies: under its hash, spread over 256 folders."""
    return folder / digest[:2] / digest


def _store_blob(work: Work, connection: Connection, content: bytes) -> str:
    digest = sha256(content).hexdigest()
    if connection.execute(select(blobs.c.sha256).where(blobs.c.sha256 == digest)).first():
        return digest
    is_large = len(content) > IN_DATABASE
    if is_large:
        _write_file(blob_path(work.files, digest), content)
    values = {"sha256": digest, "size": len(content), "content": None if is_large else content}
    connection.execute(insert(blobs).values(**values))
    return digest


def _write_file(path: Path, content: bytes) -> None:
    """Write before the transaction ends, so that no row ever names a missing file."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_durably(path, content)
    except OSError as error:
        raise AppError(
            "attachments.unwritable",
            kind=ErrorKind.ENVIRONMENT,
            parameters={"path": str(path.parent)},
            detail=str(error),
        ) from error


def _read_file(work: Work, digest: str) -> bytes:
    try:
        return blob_path(work.files, digest).read_bytes()
    except OSError as error:
        parameters = {"name": digest[:12]}
        raise AppError(
            "attachments.lost", kind=ErrorKind.ENVIRONMENT, parameters=parameters, detail=str(error)
        ) from error
