"""Undo and redo of an editor: the drafts there were and what was done between them; nothing is ever copied."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.base.messages import Message
from desktop.domain.wizard.definition import Wizard

MOST = 200  # changes that can be undone


def is_same(one: Wizard, other: Wizard) -> bool:
    """Tell whether two drafts are the same, the order in which their steps are shown included.

    Mappings are equal whatever their order, so that has to be asked for.
    """
    orders = ((tuple(it.steps), tuple(it.items), tuple(it.fields)) for it in (one, other))
    return one == other and len(set(orders)) == 1


@dataclass(frozen=True, slots=True)
class Change:
    """What was done: `before` is the draft it was done to; changes with the same `merge` in a row are one."""

    before: Wizard
    text: Message
    merge: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """The present draft, what led to it, and what was undone."""

    draft: Wizard
    past: tuple[Change, ...] = ()
    undone: tuple[Change, ...] = ()

    @property
    def undo_text(self) -> Message | None:
        """Return what undo would take back; None where there is nothing."""
        return self.past[-1].text if self.past else None

    @property
    def redo_text(self) -> Message | None:
        """Return what redo would do again; None where there is nothing."""
        return self.undone[-1].text if self.undone else None

    def changed(self, draft: Wizard, text: Message, *, merge: str = "") -> History:
        """Return the history after a change; letters typed into one text (same `merge`) are undone together."""
        if is_same(draft, self.draft):
            return self
        last = self.past[-1] if self.past else None
        if merge and last is not None and last.merge == merge and not self.undone:
            return replace(self, draft=draft)
        past = (*self.past, Change(self.draft, text, merge))[-MOST:]
        return History(draft, past)

    def undo(self) -> History:
        """Return the history one change earlier; the same where there is none."""
        if not self.past:
            return self
        last = self.past[-1]
        return History(last.before, self.past[:-1], (*self.undone, replace(last, before=self.draft, merge="")))

    def redo(self) -> History:
        """Return the history with the last undone change done again."""
        if not self.undone:
            return self
        last = self.undone[-1]
        return History(last.before, (*self.past, replace(last, before=self.draft)), self.undone[:-1])
