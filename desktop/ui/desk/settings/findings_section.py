"""The section of the settings that lists all findings; every change is saved at once and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.base.changes import Done
from desktop.base.errors import AppError
from desktop.diagnostics.rules import CompanyRule
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.settings.finding_entry import FindingEntry, TopicHead
from desktop.ui.desk.settings.saving import Act, TakeBack, save

if TYPE_CHECKING:
    from desktop.services.work import Work

SCREENFUL = 8
"""Lines that are made and shown first; all others follow when the window has been painted with these."""


class FindingsSection(QObject):
    """Holds the lines of the section, which are built when somebody first looks at them or searches."""

    listed = Signal(object)
    """The lines that came to be just now: a screenful, then the rest."""
    changed = Signal(str, object)
    """A finding's title and what takes the change back."""

    def __init__(self, context: DeskContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._is_wanted = False
        self._missing: list[CompanyRule] = []
        self._topic = ""
        self.entries: dict[str, FindingEntry] = {}
        self.lines: list[TopicHead | FindingEntry] = []

    def build(self) -> None:
        """Read the findings and make their lines, once."""
        if not self._is_wanted:
            self._is_wanted = True
            self.reload()

    def reload(self) -> None:
        """Show what is in force; nothing is read before somebody looks."""
        if self._is_wanted:
            self._context.read(_list, owner=self, done=self._on_rules)

    def _on_rules(self, rules: tuple[CompanyRule, ...]) -> None:
        is_first = not self.entries
        for one in rules:
            if one.rule.id in self.entries:
                self.entries[one.rule.id].show_rule(one)
        self._missing = [one for one in rules if one.rule.id not in self.entries]
        if is_first:
            self._build_some()

    def _build_some(self) -> None:
        """Make a screenful of lines, and then the rest: laying out a long card is dear each time."""
        count = len(self._missing) if self.entries else SCREENFUL
        some, self._missing = self._missing[:count], self._missing[count:]
        before = len(self.lines)
        for one in some:
            if one.rule.topic != self._topic:
                self._topic = one.rule.topic
                title = self._context.look.text(f"finding.topic.{self._topic}")
                self.lines.append(TopicHead(self._context.look, title))
            self.lines.append(self._entry(one))
        self.listed.emit(self.lines[before:])
        if self._missing:
            QTimer.singleShot(0, self, self._build_some)

    def _entry(self, one: CompanyRule) -> FindingEntry:
        entry = FindingEntry(self._context.look, one)
        entry.limit_changed.connect(self._on_limit)
        entry.switched.connect(self._on_switched)
        entry.reset_wanted.connect(self._on_reset)
        self.entries[one.rule.id] = entry
        return entry

    def _on_limit(self, finding: str, limit: str, value: float) -> None:
        self._do(finding, _changing(finding, {limit: value}))

    def _on_switched(self, finding: str, is_on: bool) -> None:
        self._do(finding, _changing(finding, {}, is_on=is_on))

    def _on_reset(self, finding: str) -> None:
        self._do(finding, _resetting(finding))

    def _do(self, finding: str, act: Act) -> None:
        entry = self.entries[finding]

        def saved(take_back: TakeBack | None) -> None:
            entry.set_error("")
            if take_back is not None:
                self.changed.emit(entry.title, take_back)

        def failed(error: AppError) -> None:
            said = self._context.look.texts.error(error)
            entry.set_error(self._context.look.text("settings.findings.failed", what=said.what, do=said.do))
            self.reload()

        save(self._context, act, owner=self, saved=saved, failed=failed)


def _list(work: Work) -> tuple[CompanyRule, ...]:
    from desktop.services.finding_limits import list_rules  # loads SQLAlchemy

    return list_rules(work)


def _changing(finding: str, limits: Mapping[str, float], *, is_on: bool | None = None) -> Act:
    def act(work: Work) -> Done[Any]:
        from desktop.services.finding_limits import change_finding  # loads SQLAlchemy

        return change_finding(work, finding, limits, is_on=is_on)

    return act


def _resetting(finding: str) -> Act:
    def act(work: Work) -> Done[Any]:
        from desktop.services.finding_limits import reset_finding  # loads SQLAlchemy

        return reset_finding(work, finding)

    return act
