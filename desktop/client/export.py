"""A waiting request as a file: the same sealed bytes that the folder would have got."""

from __future__ import annotations

from pathlib import Path

from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably
from desktop.client.context import Client
from desktop.client.outgoing import hand_over
from desktop.client.post import Post


def save_sealed(client: Client, post: Post, message_id: str, path: Path) -> None:
    """Write a waiting message to `path`. Raises AppError `outbox.unknown` or `export.unwritable`."""
    hand_over(client, post)
    content = post.export(message_id)
    try:
        write_durably(path, content)
    except OSError as error:
        raise AppError(
            "export.unwritable", kind=ErrorKind.ENVIRONMENT, parameters={"path": str(path)}, detail=str(error)
        ) from error
