"""Which guide of a topic fits: one card each, and one for whom none of them does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.domain.wizard.definition import Wizard
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear
from desktop.ui.common.look import Look
from desktop.ui.common.toggles import OptionCard
from desktop.ui.tray.parts import Page, heading


class GuidesPage(Page):
    """Stands between a topic and its guides where there are several."""

    guide_chosen = Signal(str)
    """The guide's id."""
    none_wanted = Signal()
    """None fits: the employee describes it."""
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, step=1)
        self.cards: dict[str, OptionCard] = {}
        self._topic = plain_label(look, "", tone="t2", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.none = OptionCard(
            look, look.text("tray.guides.none.title"), look.text("tray.topic.other.hint"), icon_name="question"
        )
        self.none.clicked.connect(self.none_wanted.emit)
        self.body.addWidget(self._topic)
        self.body.addWidget(heading(look, look.text("tray.guides.heading")))
        self.body.addSpacing(4)
        self.body.addLayout(self._list)
        self.body.addWidget(self.none)
        self.body.addStretch(1)
        back = self.back_button()
        back.clicked.connect(self.left.emit)
        self.set_footer(back, None)

    def offer(self, topic: str, guides: Sequence[Wizard]) -> None:
        """Show the guides of the topic with this title."""
        self._topic.setText(topic)
        clear(self._list)
        self.cards = {one.id: self._card(one) for one in guides}
        for card in self.cards.values():
            self._list.addWidget(card)

    def _card(self, guide: Wizard) -> OptionCard:
        look = self.look
        minutes = look.texts.plural("tray.guides.minutes", guide.minutes)
        card = OptionCard(look, guide.title.say(look.texts.language), minutes, icon_name="book-open")
        card.clicked.connect(lambda: self.guide_chosen.emit(guide.id))
        return card
