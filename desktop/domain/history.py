"""The history in words: an event's kind and detail become one sentence in the reader's language.

Details carry codes (`priority: high`), so this is where they get their words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from desktop.base.texts import Texts

if TYPE_CHECKING:
    from desktop.domain.wizard.definition import Wizard

Wizards = Callable[[], Mapping[str, "Wizard"]]
"""Reads the checklists by id; called only for an event that names one."""

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
    "confirmed_open",
    "closed",
    "reopened",
    "rejected",
    "rated",
    "time",
    "undone",
    "snapshot",
    "diagnosis_asked",
    "diagnosis_came",
    "diagnosis_declined",
    "diagnosis_withdrawn",
    "diagnosis_replaced",
    "wizard_started",
    "wizard_finished",
    "wizard_handed_over",
    "wizard_continued",
    "wizard_abandoned",
    "wizard_list_added",
    "wizard_list_removed",
    "wizard_item_done",
    "wizard_item_open",
    "wizard_item_not_needed",
    "wizard_item_noted",
    "wizard_item_confirmed",
    "wizard_item_denied",
    "handed_over",
    "answered",
)
"""Every kind of event; each has the text `event.<kind>`, tested in both languages."""

# Some sentences are longer where there is a reason, or shorter where a person was taken off.
_WITH_REASON = frozenset(
    {"wizard_list_removed", "priority", "reopened", "diagnosis_asked", "diagnosis_came", "diagnosis_declined"}
)
_REMOVABLE = {"person": "name", "device": "name", "wizard_item_noted": "text"}


def event_text(texts: Texts, kind: str, detail: Mapping[str, object], *, wizards: Wizards = dict) -> str:
    """Return the sentence of an event; codes in `detail` are replaced by their words where they have some.

    A checklist is called by its title as long as it is there. Raises KeyError where `detail` lacks what the sentence
    names, as an event of another version may.
    """
    words = {key: _word(texts, key, one) for key, one in detail.items()}
    wizard = wizards().get(str(detail["wizard"])) if "wizard" in detail else None
    if wizard is not None:
        words["wizard"] = wizard.title.say(texts.language)
    return texts.text(f"event.{_form(kind, detail)}", **words)


def _form(kind: str, detail: Mapping[str, object]) -> str:
    if kind in _WITH_REASON and detail.get("reason"):
        return f"{kind}_reason"
    if kind in _REMOVABLE and not detail.get(_REMOVABLE[kind]):
        return f"{kind}_removed"
    return kind


def _word(texts: Texts, key: str, value: object) -> object:
    code = f"event.{value}.name" if key == "event" else f"{key}.{value}"
    return texts.text(code) if (key in FAMILIES or key == "event") and texts.has(code) else value
