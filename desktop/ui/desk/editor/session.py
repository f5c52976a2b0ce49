"""A checklist being edited: the draft with its history, the step that is picked, and what is still wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.base.messages import Message
from desktop.domain.wizard.cases import check_cases
from desktop.domain.wizard.definition import Mode, Wizard
from desktop.domain.wizard.editing_head import head_of
from desktop.domain.wizard.editing_history import History
from desktop.domain.wizard.editing_texts import MissingText, missing_texts
from desktop.domain.wizard.known import Known
from desktop.domain.wizard.problems import Problem
from desktop.domain.wizard.validator import check

HEAD = ""
"""Picked instead of a step: what stands above all steps."""
_PAUSE = 150  # milliseconds after the last change until the rules are asked


def changed_places(before: Wizard, after: Wizard) -> tuple[str, ...]:
    """Return the steps or items that two drafts have different, new ones first, and `HEAD` where that is another."""
    old, new = (dict[str, object](one.items or one.steps) for one in (before, after))
    names = [*(one for one in new if one not in old), *(one for one in new if one in old and old[one] != new[one])]
    if head_of(before) != head_of(after) or before.fields != after.fields or before.start != after.start:
        names.append(HEAD)
    return tuple(names)


class EditorSession(QObject):
    """Forms change the draft through `change` only; pages redraw on the signals."""

    changed = Signal()
    """The draft is another one, by a letter or more."""
    rebuilt = Signal()
    """What there is to fill in is another: steps, kinds, answers, or all of it after undo."""
    picked = Signal(str)
    """Another step is shown, or `HEAD`."""
    judged = Signal()
    """`problems` and `missing` are those of the present draft."""

    def __init__(self, draft: Wizard, known: Known, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known = known
        self.history = History(draft)
        self.step: str = HEAD
        self.wish: str = ""
        """The object name of the field that wants the keyboard when the form is made anew."""
        self.problems: tuple[Problem, ...] = ()
        self.missing: tuple[MissingText, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.judge)
        self.judge()

    @property
    def draft(self) -> Wizard:
        """Return the checklist as it stands."""
        return self.history.draft

    @property
    def known(self) -> Known:
        """Return what the checklist may refer to."""
        return self._known

    @property
    def others(self) -> Mapping[str, Wizard]:
        """Return the checklists in force that this one may go on in."""
        return self._known.wizards or {}

    @property
    def is_list(self) -> bool:
        """Tell whether it is a list of ticks and no sequence of steps."""
        return self.draft.mode is Mode.DO_CONFIRM

    @property
    def names(self) -> tuple[str, ...]:
        """Return the ids of the steps, or of a list's items, in the order shown."""
        return tuple(self.draft.items if self.is_list else self.draft.steps)

    def change(
        self,
        edit: Callable[[Wizard], Wizard],
        code: str,
        *,
        merge: str = "",
        rebuilds: bool = False,
        wish: str = "",
        renamed: str = "",
        **words: object,
    ) -> bool:
        """Put another draft in the place of this one; `code` names the change for undo. False where nothing changed.

        With `rebuilds` the form is made anew, and the keyboard goes to the field named `wish`, else stays where it is.
        `renamed` is the new name of the step that is shown.
        """
        after = self.history.changed(edit(self.draft), Message(f"editor.change.{code}", words), merge=merge)
        if after is self.history:
            return False
        self.history, self.wish, self.step = after, wish, renamed or self.step
        self._on_changed(rebuilds=rebuilds)
        return True

    def undo(self) -> None:
        """Take the last change back."""
        self._go(self.history.undo())

    def redo(self) -> None:
        """Do the last undone change again."""
        self._go(self.history.redo())

    def pick(self, step: str, *, wish: str = "") -> None:
        """Show another step, or the head; the keyboard goes to the field named `wish`."""
        if step != self.step and (step == HEAD or step in self.names):
            self.step, self.wish = step, wish
            self.picked.emit(step)

    def judge(self) -> None:
        """Ask all rules, and the scenarios where no rule is broken."""
        self._pause.stop()
        draft = self.draft
        known = replace(self._known, wizards={**(self._known.wizards or {}), draft.id: draft})
        found = check(draft, known)
        if not any(one.is_error for one in found):
            found = (*found, *check_cases(known.wizards or {}, draft))
        self.problems, self.missing = found, missing_texts(draft)
        self.judged.emit()

    def problems_of(self, step: str) -> tuple[Problem, ...]:
        """Return what is wrong with one step, or with the head."""
        names = self.names
        return tuple(one for one in self.problems if one.step == step or (step == HEAD and one.step not in names))

    def _go(self, history: History) -> None:
        if history is self.history:
            return
        before, self.history = self.draft, history
        changed = changed_places(before, self.draft)
        if self.step not in changed or self.step not in (HEAD, *self.names):
            self._show(next((one for one in changed if one in (HEAD, *self.names)), HEAD if changed else self.step))
        self._on_changed(rebuilds=True)

    def _show(self, step: str) -> None:
        """Show where something was taken back: unseen it would look as if nothing happened."""
        if step != self.step:
            self.step = step
            self.picked.emit(step)

    def _on_changed(self, *, rebuilds: bool) -> None:
        if self.step not in (HEAD, *self.names):
            self.step = HEAD
            self.picked.emit(HEAD)
        elif rebuilds:
            self.rebuilt.emit()
        self.changed.emit()
        self._pause.start()
