"""What the commands share: Hilfe's store and post, opened for one command and closed after it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from desktop.base.errors import AppError
from desktop.cli.common.terminal import shown
from desktop.cli.context import Context

if TYPE_CHECKING:
    from desktop.client.context import Client
    from desktop.client.post import Post
    from desktop.client.sync import SyncOutcome


@contextmanager
def opened_client(context: Context) -> Generator[Client]:
    """Open Hilfe's store of this home."""
    from desktop.client.context import Client
    from desktop.client.store import ClientStore, store_path

    store = ClientStore(store_path(context.home))
    try:
        yield Client(store, context.clock)
    finally:
        store.close()


def post_of(context: Context, client: Client) -> Post:
    """Open the post of this home. Raises AppError `hilfe.not_enrolled` or `secrets.*`."""
    from desktop.client.enrolment import open_post
    from desktop.client.identity import enrolled_identity

    enrolled_identity(client)  # a PC that is not enrolled shall not be asked for a passphrase
    return open_post(client, context.secrets(), context.home.data)


def try_sync(context: Context, client: Client, post: Post) -> SyncOutcome | None:
    """Deliver at once what was just stored; a fault is told and leaves the message waiting, not lost."""
    from desktop.client.sync import sync

    try:
        outcome = sync(client, post)
    except AppError as error:
        tell(context, error)
        return None
    if outcome.problem:
        tell(context, outcome.problem)
    return outcome


def tell(context: Context, error: AppError) -> None:
    """Say on standard error what is wrong, where the command goes on all the same."""
    words = context.texts.error(error)
    for line in (words.what or error.code, words.data, words.do):
        if line:
            context.err.write(shown(line) + "\n")
