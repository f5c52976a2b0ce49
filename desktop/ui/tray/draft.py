"""What the employee has chosen and typed so far in the help window, as one value that is saved while they type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, cast

from desktop.domain.ticket import Urgency


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """The help window's state; `page` is where the employee was, `run` the document of an unfinished guide.

    `runs` are the guides that were tried before it.
    """

    page: str = "topic"
    topic: str = ""
    text: str = ""
    urgency: str = Urgency.LIMITED.value
    reachable: str = ""
    phone: str = ""
    wizard: str = ""
    run: dict[str, Any] = field(default_factory=dict[str, Any])
    runs: tuple[dict[str, Any], ...] = ()

    @property
    def is_blank(self) -> bool:
        """Tell whether there is nothing worth keeping."""
        return not (self.text.strip() or self.run or self.runs)

    def about(self, topic: str, words: str) -> RequestDraft:
        """Return the draft about a topic; what was typed into the search begins the text where there is none yet."""
        return replace(self, topic=topic, text=self.text or words.strip())

    def led_by(self, wizard: str) -> RequestDraft:
        """Return the draft in a guide: the one before goes along, one that was begun earlier is gone on with."""
        if wizard == self.wizard:
            return self
        others = (*self.runs, self.run) if self.run else self.runs
        earlier: dict[str, Any] = next((one for one in others if one.get("first") == wizard), dict[str, Any]())
        return replace(self, wizard=wizard, run=earlier, runs=tuple(one for one in others if one is not earlier))

    def without_guide(self) -> RequestDraft:
        """Return the draft after a guide has ended: what was done in it goes along, nothing leads back to it."""
        runs = (*self.runs, self.run) if self.run else self.runs
        return replace(self, page="describe", wizard="", run={}, runs=runs)

    def to_document(self) -> dict[str, Any]:
        """Return the JSON document that is saved."""
        document = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**document, "runs": list(self.runs)}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> RequestDraft:
        """Read what was saved; what another version wrote differently is left at its default."""
        texts = {one.name: _text(document, one.name) for one in fields(cls) if isinstance(one.default, str)}
        runs = document.get("runs")
        return cls(
            **{name: value for name, value in texts.items() if value},
            run=_object(document.get("run")),
            runs=tuple(_object(one) for one in cast("list[object]", runs)) if isinstance(runs, list) else (),
        )


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    if name == "urgency" and value not in [one.value for one in Urgency]:
        return ""
    return value if isinstance(value, str) else ""


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
