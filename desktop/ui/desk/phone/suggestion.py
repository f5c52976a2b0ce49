"""Beside the form: the checklist that fits what the caller says, or what their PC has reported."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.domain.snapshot import Snapshot
from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.suggest import Suggestion, suggest
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line


def best_for(
    wizards: Mapping[str, Wizard], snapshot: Snapshot | None, *, words: str, category: str, language: str
) -> Suggestion | None:
    """Return the checklist to offer: what the caller says comes first, then what the PC shows, then the category."""
    found = suggest(wizards, snapshot, words=words, language=language)
    if found:
        return found[0]
    is_known = category not in ("", "other")
    of_category = sorted(one.id for one in wizards.values() if is_known and one.category == category)
    return Suggestion(of_category[0]) if of_category else None


class SuggestionCard(QFrame):
    """Offers one checklist; `wanted` carries its id."""

    wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.shown = ""
        title = plain_label(look, look.text("phone.suggestion"), size="meta", weight=BOLD, tone="t3")
        self._place = column()
        self.setLayout(column(title, 6, self._place, spacing=2))
        self._show_hint()

    def set_suggestion(self, suggestion: Suggestion | None, wizards: Mapping[str, Wizard]) -> None:
        """Show a checklist with its reason, or what will stand here."""
        wizard = wizards.get(suggestion.wizard) if suggestion else None
        if suggestion is None or wizard is None:
            if self.shown:
                self._show_hint()
        elif self.shown != wizard.id:
            self._show(wizard, suggestion)

    def _show_hint(self) -> None:
        self.shown = ""
        clear(self._place)
        hint = plain_label(self._look, self._look.text("phone.suggestion.none"), size="meta", tone="t3", wrap=True)
        self._place.addWidget(hint)

    def _show(self, wizard: Wizard, suggestion: Suggestion) -> None:
        look = self._look
        self.shown = wizard.id
        clear(self._place)
        title = plain_label(look, one_line(wizard.title.say(look.texts.language), 120), weight=BOLD, wrap=True)
        about = plain_label(look, self._about(wizard, suggestion), size="meta", tone="t2", wrap=True)
        go = Button(look, look.text("phone.suggestion.go"), kind="primary", small=True)
        go.clicked.connect(lambda: self.wanted.emit(wizard.id))
        mark = column(1, IconLabel(look.theme, "check-square", "acc", size=16), None)
        words = column(title, about, 5, row(go, None), spacing=3)
        line = row(mark, words, spacing=10, margins=(12, 12, 12, 12))
        line.setStretch(1, 1)
        self._place.addWidget(Card(line))

    def _about(self, wizard: Wizard, suggestion: Suggestion) -> str:
        texts = self._look.texts
        lasts = texts.plural("phone.suggestion.minutes", wizard.minutes)
        code = f"finding.{suggestion.finding}.title"
        if not suggestion.finding or not texts.has(code):
            return lasts
        return texts.text("phone.suggestion.finding", finding=texts.text(code), lasts=lasts)
