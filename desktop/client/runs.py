"""Self-help runs that ended on this PC: solved ones make no ticket and are counted here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from desktop.base.ids import new_id
from desktop.client.context import Client
from desktop.client.drafts import discard_within

RESOLVED = "resolved"


def finish_run(client: Client, wizard: str, outcome: str, *, document: Mapping[str, Any], draft: str = "") -> None:
    """Keep an ended run with its outcome; `draft` ends with it where the problem is solved."""
    with client.store.write() as db:
        content = json.dumps(dict(document), ensure_ascii=False)
        db.execute(
            "INSERT INTO runs VALUES (?, ?, ?, ?, ?)", (new_id(client.clock), wizard, outcome, client.now(), content)
        )
        if draft:
            discard_within(db, draft)


def count_solved(client: Client) -> int:
    """Return how many problems were solved here without a request."""
    with client.store.read() as db:
        return int(db.execute("SELECT count(*) FROM runs WHERE outcome = ?", (RESOLVED,)).fetchone()[0])
