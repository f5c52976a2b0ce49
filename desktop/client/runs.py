"""Self-help runs that ended on this PC: solved ones make no ticket and are counted here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.client.context import Client
from desktop.client.drafts import discard_within
from desktop.client.identity import AdmissionState, load_identity
from desktop.client.outgoing import queue
from desktop.domain.payloads import SelfHelp
from desktop.domain.wizard.run import from_document, to_document, without_words
from desktop.system.platforms import this_platform

RESOLVED = "resolved"


def finish_run(
    client: Client, wizard: str, outcome: str, *, document: Mapping[str, Any], draft: str = "", is_counted: bool = True
) -> None:
    """Keep an ended run with its outcome; `draft` ends with it where the problem is solved.

    Where the person lets it be counted, its steps and times go to the Desk without their words.
    """
    run_id, counted = new_id(client.clock), _counted(document) if is_counted else None
    is_known = load_identity(client).state is AdmissionState.APPROVED
    with client.store.write() as db:
        content = json.dumps(dict(document), ensure_ascii=False)
        db.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?)", (run_id, wizard, outcome, client.now(), content))
        if counted is not None and is_known and outcome == RESOLVED:
            queue(db, counted, message_id=run_id, request_id=run_id, parts=(), at=client.now())
        if draft:
            discard_within(db, draft)


def _counted(document: Mapping[str, Any]) -> SelfHelp | None:
    try:
        run = from_document(document)
    except AppError:  # a run of another version: it is solved all the same
        return None
    return SelfHelp(to_document(without_words(run)), this_platform())


def count_solved(client: Client) -> int:
    """Return how many problems were solved here without a request."""
    with client.store.read() as db:
        return int(db.execute("SELECT count(*) FROM runs WHERE outcome = ?", (RESOLVED,)).fetchone()[0])
