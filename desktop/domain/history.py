"""The history in words: an event's kind and detail become one sentence in the reader's language.

Details carry codes (`priority: high`), so this is where they get their words.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop.base.texts import Texts

FAMILIES = ("priority", "category", "level", "waiting", "state", "channel", "impact", "urgency", "kind")

EVENT_KINDS = (
    "created",
    "replied",
    "noted",
    "followed_up",
    "assigned",
    "unassigned",
    "priority",
    "priority_reset",
    "impact",
    "category",
    "level",
    "title",
    "person",
    "device",
    "waiting",
    "woken",
    "resumed",
    "solved",
    "confirmed",
    "closed",
    "reopened",
    "rejected",
    "rated",
    "time",
    "undone",
    "snapshot",
    "wizard_started",
    "wizard_finished",
    "wizard_handed_over",
    "handed_over",
    "answered",
)
"""Every kind of event; each has the text `event.<kind>`, tested in both languages."""


def event_text(texts: Texts, kind: str, detail: Mapping[str, object]) -> str:
    """Return the sentence of an event; codes in `detail` are replaced by their words where they have some."""
    return texts.text(f"event.{kind}", **{key: _word(texts, key, value) for key, value in detail.items()})


def _word(texts: Texts, key: str, value: object) -> object:
    code = f"{key}.{value}"
    if key == "event":
        code = f"event.{value}.name"
    return texts.text(code) if (key in FAMILIES or key == "event") and texts.has(code) else value
