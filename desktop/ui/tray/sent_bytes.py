"""The bytes of a message before it is sent, whole and by group: what is shown is what is sealed."""

from __future__ import annotations

from typing import Any, Protocol

from desktop.domain.payloads import Payload, to_document
from desktop.exchange.strict_json import canonical

MESSAGE, FILES = "message", "files"
"""The parts that are no facts: the message itself, and what is attached to it."""


class Prepared(Protocol):
    """A message with everything fixed, a request or a diagnosis."""

    @property
    def payload(self) -> Payload:
        """Return what is sealed."""
        ...


def message_bytes(prepared: Prepared) -> bytes:
    """Return the canonical bytes of the whole message, which are the bytes of the sealed message's payload."""
    return canonical(to_document(prepared.payload))


def part_bytes(prepared: Prepared, group: str) -> bytes:
    """Return the bytes of one group as they stand inside the whole: the message itself, its files, or facts."""
    document = to_document(prepared.payload)
    if group == FILES:
        return canonical({"attachments": document.get("attachments", [])})
    if group == MESSAGE:
        return canonical({key: value for key, value in document.items() if key not in ("snapshot", "attachments")})
    return canonical(_facts_of(document["snapshot"] or {"probes": {}, "findings": []}, group))


def _facts_of(snapshot: dict[str, Any], group: str) -> dict[str, Any]:
    """Return the facts of a group, and the findings that rest on them."""
    from desktop.diagnostics.privacy import GROUPS
    from desktop.diagnostics.rules import load_rules

    probes = next(one.probes for one in GROUPS if one.id == group)
    resting = {one.id for one in load_rules() if one.rests_on & set(probes)}
    return {
        "probes": {name: snapshot["probes"][name] for name in probes if name in snapshot["probes"]},
        "findings": [one for one in snapshot["findings"] if one["id"] in resting],
    }
