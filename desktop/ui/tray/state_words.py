"""What the state of a request is called for employees, and its colour."""

from __future__ import annotations

from desktop.client.rows import Answer, RequestRow, Stage


def state_of(row: RequestRow) -> tuple[str, str]:
    """Return the code of the chip's text below `tray.state.` and its tone."""
    if row.state in ("closed", "merged") or (row.state == "solved" and row.answer is Answer.SOLVED):
        return "done", "plain"
    if row.state == "solved":
        return ("solved", "grn") if row.answer is Answer.NONE else ("not_yet", "amb")
    if row.state == "waiting":
        return ("asked", "amb") if row.asks_me else ("waiting", "plain")
    if row.state:
        return ("open", "acc") if row.state == "open" else ("received", "acc")
    return _on_its_way(row.stage)


def _on_its_way(stage: Stage) -> tuple[str, str]:
    if stage is Stage.ACKNOWLEDGED:
        return "received", "acc"
    if stage is Stage.REFUSED:
        return "refused", "red"
    return ("delivered", "acc") if stage is Stage.DELIVERED else ("queued", "amb")
