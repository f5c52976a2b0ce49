"""The pages around the consent to a diagnosis: who asks and why, saying no, and what became of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.client.asks import AskRow
from desktop.client.policy import Depth
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.tray.notice import Notice
from desktop.ui.tray.parts import Page, field_label, heading, hint, lines_card

MAX_SENTENCE = 300  # characters: a sentence to the IT, as theirs is


class AskPage(Page):
    """What the IT asks for; nothing is collected before the employee goes on."""

    look_wanted = Signal()
    decline_wanted = Signal()
    later_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._who = hint(look, "")
        self._facts = QVBoxLayout()
        self.body.addWidget(heading(look, look.text("tray.asked.heading")))
        self.body.addWidget(self._who)
        self.body.addSpacing(6)
        self.body.addLayout(self._facts)
        self.body.addWidget(hint(look, look.text("tray.asked.promise")))
        self.body.addStretch(1)
        self.decline = Button(look, look.text("tray.asked.decline"), kind="flat", clicked=self.decline_wanted.emit)
        self.later = Button(look, look.text("tray.asked.later"), clicked=self.later_wanted.emit)
        self.go = Button(look, look.text("tray.asked.look"), kind="primary", clicked=self.look_wanted.emit)
        self.set_footer(self.decline, None, self.later, self.go)

    def show_ask(self, ask: AskRow) -> None:
        """Show who asks, for what, why and until when; all of it is foreign text."""
        look, text = self.look, self.look.text
        self._who.setText(text("tray.asked.who", author=one_line(ask.author, 60) or text("tray.asked.it")))
        lines = [self._line("chat-text", "tray.asked.why", one_line(ask.reason, 300))] if ask.reason else []
        if ask.ticket:
            title = one_line(ask.title, 80)
            words = (
                text("tray.asked.ticket_title", ticket=ask.ticket, title=title) if title else one_line(ask.ticket, 40)
            )
            lines.append(self._line("ticket", "tray.asked.for", words))
        depth = Depth.FULL if ask.level == Depth.FULL.value else Depth.BASIC
        lines.append(self._line("first-aid-kit", "tray.asked.wish", text(f"tray.asked.wish.{depth.value}")))
        lines.append(self._line("clock", "tray.asked.until", look.formats.date(ask.expires_at)))
        clear(self._facts)
        self._facts.addWidget(lines_card(lines))

    def _line(self, icon_name: str, code: str, words: str) -> QWidget:
        look = self.look
        label = plain_label(look, look.text(code), size="meta", tone="t3")
        said = plain_label(look, words, weight=MEDIUM, wrap=True)
        line = row(column(IconLabel(look.theme, icon_name), None), column(label, said, spacing=1), spacing=12)
        line.setContentsMargins(14, 8, 14, 8)
        line.setStretch(1, 1)
        made = QWidget()
        made.setLayout(line)
        return made


class DeclinePage(Page):
    """Saying no, with a sentence if one likes."""

    back_wanted = Signal()
    decline_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.notice = Notice(look)
        self.sentence = QLineEdit()
        self.sentence.setMaxLength(MAX_SENTENCE)
        look.theme.dress(self.sentence)
        self.body.addWidget(heading(look, look.text("tray.asked.decline.heading")))
        self.body.addWidget(hint(look, look.text("tray.asked.decline.hint")))
        self.body.addSpacing(6)
        self.body.addWidget(field_label(look, look.text("tray.asked.decline.sentence"), self.sentence))
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)
        back = self.back_button()
        back.clicked.connect(self.back_wanted.emit)
        self.send = Button(look, look.text("tray.asked.decline.send"), kind="primary", clicked=self._on_send)
        self.set_footer(back, None, self.send)

    def _on_send(self) -> None:
        self.decline_wanted.emit(self.sentence.text().strip())


class DonePage(Page):
    """What became of it: on its way, declined, or not needed any more."""

    done_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._icon = IconLabel(look.theme, "check-circle", "grn", size=40, filled=True)
        self._heading = heading(look, "", centered=True)
        self._hint = hint(look, "", centered=True)
        self.body.addStretch(1)
        self.body.addLayout(row(None, self._icon, None))
        self.body.addWidget(self._heading)
        self.body.addWidget(self._hint)
        self.body.addStretch(2)
        self.close_button = Button(look, look.text("tray.close"), kind="primary", clicked=self.done_wanted.emit)
        self.set_footer(None, self.close_button)

    def show_outcome(self, code: str, *, is_good: bool = True) -> None:
        """Say what happened: sent, declined, gone or none."""
        words = self.look.text(f"tray.asked.{code}.heading")
        self._heading.setText(words)
        self._heading.setAccessibleName(words)
        self._hint.setText(self.look.text(f"tray.asked.{code}.hint"))
        self._icon.set_icon("check-circle" if is_good else "info", "grn" if is_good else "acc", filled=True)


def sentence_card(look: Look, edit: QLineEdit) -> Card:
    """Return the field for a sentence that goes along with a diagnosis."""
    edit.setMaxLength(MAX_SENTENCE)
    look.theme.dress(edit)
    label = field_label(look, look.text("tray.asked.sentence"), edit)
    return Card(column(label, edit, spacing=4, margins=(14, 10, 14, 12)))
