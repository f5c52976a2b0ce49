"""The checklists that fit a ticket, each with its reason: a finding, a word, similar tickets that it solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.base.clock import to_text
from desktop.domain.rows import TicketPage
from desktop.domain.snapshot import Snapshot
from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.suggest import PastEnd, Suggestion, helped_by, suggest
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line


@dataclass(frozen=True, slots=True)
class Fit:
    """A checklist to start, and why it fits; `why` is empty where nothing speaks for it but its category."""

    wizard: str
    title: str
    why: str = ""
    is_list: bool = False


def fits_of(look: Look, page: TicketPage, wizards: Mapping[str, Wizard], past: tuple[PastEnd, ...]) -> tuple[Fit, ...]:
    """Return the checklists that fit a ticket, the best reason first."""
    words = " ".join((page.row.title, *(one.text for one in page.messages[:1])))
    taken = page.snapshot
    snapshot = Snapshot(to_text(taken.taken_at), "", {}, taken.findings) if taken else None
    helped = helped_by(wizards, past)
    found = suggest(wizards, snapshot, words=words, language=look.texts.language, helped=helped)
    return tuple(fit_of(look, wizards[one.wizard], why(look, one)) for one in found)


def fit_of(look: Look, wizard: Wizard, reason: str = "") -> Fit:
    """Return a checklist as it is offered; its title may be a foreign one's."""
    return Fit(wizard.id, one_line(wizard.title.say(look.texts.language), 120), reason, wizard.is_list)


def why(look: Look, suggestion: Suggestion) -> str:
    """Return the reasons in words, the best one first."""
    reasons: list[str] = []
    code = f"finding.{suggestion.finding}.title"
    if suggestion.finding and look.texts.has(code):
        reasons.append(look.text("checklist.why.finding", finding=look.text(code)))
    if suggestion.word:
        reasons.append(look.text("checklist.why.word", word=one_line(suggestion.word, 40)))
    if suggestion.helped:
        reasons.append(look.texts.plural("checklist.why.helped", suggestion.helped))
    return " · ".join(reasons)
