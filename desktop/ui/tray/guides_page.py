"""Which guide of a topic fits: one card each, and one for whom none of them does."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.domain.wizard.definition import Wizard
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear
from desktop.ui.common.look import Look
from desktop.ui.common.toggles import OptionCard
from desktop.ui.tray.parts import Page, heading
from desktop.ui.tray.topics import Topic, guides_offered


class GuidesPage(Page):
    """Stands between a topic and its guides where there are several."""

    guide_chosen = Signal(str)
    """The guide's id."""
    none_wanted = Signal()
    """None fits or none is wanted: the employee describes it."""
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, step=1)
        self.cards: dict[str, OptionCard] = {}
        self._topic = plain_label(look, "", tone="t2", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.none = self._way_out("tray.guides.none.title", "tray.guides.none.hint", "question")
        self.words = self._way_out("tray.guides.words.title", "tray.guides.words.hint", "note-pencil")
        self.body.addWidget(self._topic)
        self._heading = heading(look, look.text("tray.guides.heading"))
        self.body.addWidget(self._heading)
        self.body.addSpacing(4)
        self.body.addLayout(self._list)
        self.body.addWidget(self.none)
        self.body.addWidget(self.words)
        self.body.addStretch(1)
        back = self.back_button()
        back.clicked.connect(self.left.emit)
        self.set_footer(back, None)

    def offer(self, topic: Topic, words: str, wizards: Mapping[str, Wizard]) -> tuple[Wizard, ...]:
        """Show and return the guides of a topic; the open one offers to write without any as an equal way."""
        text = self.look.text
        guides = guides_offered(topic, words, wizards, self.look.texts.language)
        self._topic.setText(text(f"tray.topic.{topic.id}.title"))
        self._heading.setText(text("tray.guides.open_heading" if topic.is_open else "tray.guides.heading"))
        self._heading.setAccessibleName(self._heading.text())
        self.none.setVisible(not topic.is_open)
        self.words.setVisible(topic.is_open)
        clear(self._list)
        self.cards = {one.id: self._card(one) for one in guides}
        for card in self.cards.values():
            self._list.addWidget(card)
        return guides

    def _way_out(self, title: str, hint: str, icon_name: str) -> OptionCard:
        card = OptionCard(self.look, self.look.text(title), self.look.text(hint), icon_name=icon_name)
        card.clicked.connect(self.none_wanted.emit)
        return card

    def _card(self, guide: Wizard) -> OptionCard:
        look = self.look
        minutes = look.texts.plural("tray.guides.minutes", guide.minutes)
        card = OptionCard(look, guide.title.say(look.texts.language), minutes, icon_name="book-open")
        card.clicked.connect(lambda: self.guide_chosen.emit(guide.id))
        return card
