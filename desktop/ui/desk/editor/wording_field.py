"""One text in both languages beside each other, with a mark where one is still missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop.domain.wizard.definition import Wording
from desktop.domain.wizard.editing_texts import LANGUAGES
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label, set_tone
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look

_BESIDE = 380  # logical pixels that two languages need beside each other
Written = Callable[[str, str], object]
"""Called with the language and the text after every letter."""


class WordingField(QWidget):
    """Two fields under one label; `lines` of 1 is a line, more a box that Tab leaves."""

    def __init__(
        self,
        look: Look,
        label: str,
        wording: Wording,
        written: Written,
        *,
        lines: int = 1,
        hint: str = "",
        is_needed: bool = True,
        name: str = "",
    ) -> None:
        """Make both fields; `name` is the object name of the first one, for what wants to give it the keyboard."""
        super().__init__()
        self._look, self._is_needed = look, is_needed
        self.edits: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._marks = {one: plain_label(look, "", size="caption", weight=BOLD, tone="amb") for one in LANGUAGES}
        sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        sides.setSpacing(10)
        sides.setContentsMargins(0, 0, 0, 0)
        self._sides = sides
        for language in LANGUAGES:
            text = wording.say(language)
            edit = self._line(text) if lines == 1 else self._box(text, lines)
            edit.setAccessibleName(
                look.text("editor.text_in", label=label, language=look.text(f"editor.in.{language}"))
            )
            look.theme.dress(edit)
            self.edits[language] = edit
            edit.textChanged.connect(partial(self._on_changed, language, written))
            short = plain_label(look, look.text(f"editor.short.{language}"), size="caption", tone="t3")
            sides.addLayout(column(row(short, None, self._marks[language], spacing=6), edit, spacing=2), 1)
        head = row(plain_label(look, label, size="meta", weight=BOLD), spacing=6)
        if hint:
            head.addWidget(plain_label(look, hint, size="meta", tone="t3"))
        head.addStretch(1)
        self.setLayout(column(head, sides, spacing=3))
        self.setFocusProxy(self.edits[LANGUAGES[0]])
        self.edits[LANGUAGES[0]].setObjectName(name)
        self._mark()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the languages below each other where beside each other both would be too narrow."""
        super().resizeEvent(event)
        is_wide = self.width() >= self._look.theme.px(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() != way:
            self._sides.setDirection(way)

    def text(self, language: str) -> str:
        """Return what stands there in one language."""
        edit = self.edits[language]
        return edit.toPlainText() if isinstance(edit, QPlainTextEdit) else edit.text()

    def _line(self, text: str) -> QLineEdit:
        edit = QLineEdit(text)
        edit.setMaxLength(2000)
        edit.setCursorPosition(0)
        return edit

    def _box(self, text: str, lines: int) -> QPlainTextEdit:
        edit = QPlainTextEdit(text)
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(edit.fontMetrics().lineSpacing() * lines + 22)
        return edit

    def _on_changed(self, language: str, written: Written, _text: str = "") -> None:
        written(language, self.text(language))
        self._mark()

    def _mark(self) -> None:
        """Say which language is missing: always where the text is needed, else where the other one is there."""
        filled = {one: bool(self.text(one).strip()) for one in LANGUAGES}
        wanted = self._is_needed or any(filled.values())
        for one in LANGUAGES:
            is_missing = wanted and not filled[one]
            self._marks[one].setText(self._look.text("editor.missing") if is_missing else "")
            set_tone(self.edits[one], "true" if is_missing else "false", property_name="faulty")
            self.edits[one].setAccessibleDescription(self._marks[one].text())
