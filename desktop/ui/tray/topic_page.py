"""E03: what do you need help with? Cards, a search over topics and guides, and often asked guides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.wizard.definition import Wizard
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import icon
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column
from desktop.ui.common.look import Look
from desktop.ui.common.toggles import OptionCard
from desktop.ui.tray.parts import Page, heading
from desktop.ui.tray.topics import TOPICS, Topic, matches, matching_wizards

_OFTEN_SHOWN = 3  # as many as fit below the cards in a window of the usual size
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -2, Qt.Key.Key_Down: 2}


class TopicPage(Page):
    """The first page of a request."""

    topic_chosen = Signal(str, str)
    """The topic's id and what was typed into the search field."""
    guide_chosen = Signal(str, str)
    """The guide's id and what was typed."""
    words_given = Signal(str)
    """Enter, where what was typed leads to no single topic: it is the description."""
    resume_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, step=1)
        self._wizards: Sequence[Wizard] = ()
        self.go_on = Button(look, look.text("tray.topic.resume"), small=True, clicked=self.resume_wanted.emit)
        self._resume = Banner(look, look.text("tray.topic.unfinished"), icon_name="note-pencil", buttons=[self.go_on])
        self._resume.hide()
        self.search = self._search_field()
        self.cards: dict[str, OptionCard] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        for topic in TOPICS:
            self.cards[topic.id] = self._card(topic)
        self._nothing = plain_label(look, look.text("tray.topic.nothing"), tone="t2", wrap=True)
        self._asked = plain_label(look, look.text("tray.topic.often"), size="meta", weight=BOLD, tone="t3")
        self._guides = QVBoxLayout()
        self._guides.setSpacing(4)
        title = heading(look, look.text("tray.topic.heading"))
        for one in (self._resume, title, 4, self.search, 2, self._nothing, self._grid, 6, self._asked, self._guides):
            self._add(one)
        self.body.addStretch(1)
        self._on_search("")

    def set_wizards(self, wizards: Sequence[Wizard]) -> None:
        """Offer these guides."""
        self._wizards = wizards
        self._on_search(self.search.text())

    def offer_resume(self, *, is_there: bool) -> None:
        """Show the way back to a request that was begun."""
        self._resume.setVisible(is_there)

    def focus_first(self) -> None:
        """Begin in the search field."""
        self.search.setFocus()

    def reset(self) -> None:
        """Forget what was searched for."""
        self.search.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys move over the cards."""
        shown = [card for card in self.cards.values() if not card.isHidden()]
        step = _ARROWS.get(Qt.Key(event.key()))
        here = next((place for place, card in enumerate(shown) if card.hasFocus()), None)
        if step is None or here is None or not 0 <= here + step < len(shown):
            super().keyPressEvent(event)
            return
        shown[here + step].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, one: QWidget | QGridLayout | QVBoxLayout | int) -> None:
        if isinstance(one, int):
            self.body.addSpacing(one)
        elif isinstance(one, QWidget):
            self.body.addWidget(one)
        else:
            self.body.addLayout(one)

    def _search_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(self.look.text("tray.topic.search"))
        field.setAccessibleName(self.look.text("tray.topic.search_name"))
        field.setProperty("tall", True)
        field.setMaxLength(300)
        glass = QAction(icon(self.look.theme, "magnifying-glass"), "", field)
        field.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.look.theme.dress(field, "reading")
        field.textChanged.connect(self._on_search)
        field.returnPressed.connect(self._on_return)
        return field

    def _card(self, topic: Topic) -> OptionCard:
        text = self.look.text
        title, words = text(f"tray.topic.{topic.id}.title"), text(f"tray.topic.{topic.id}.hint")
        card = OptionCard(self.look, title, words, icon_name=topic.icon)
        card.setMinimumHeight(self.look.theme.px(70))
        card.clicked.connect(lambda: self.topic_chosen.emit(topic.id, self.search.text()))
        return card

    def _on_search(self, typed: str) -> None:
        guides = matching_wizards(typed, self._wizards, self.look.texts.language)
        shown = [one for one in TOPICS if self._fits(one, typed, guides)]
        while self._grid.count():
            self._grid.takeAt(0)
        for topic in TOPICS:
            card = self.cards[topic.id]
            if topic not in shown:
                card.hide()
            elif card.parentWidget() is not None:  # without a place it would open a window of its own
                card.show()
        for place, topic in enumerate(shown):
            is_alone = place == len(shown) - 1 and place % 2 == 0 and place > 0
            self._grid.addWidget(self.cards[topic.id], place // 2, place % 2, 1, 2 if is_alone else 1)
        self._nothing.setVisible(bool(typed.strip()) and shown == [TOPICS[-1]] and not guides)
        self._show_guides(guides if typed.strip() else self._wizards[:_OFTEN_SHOWN], is_search=bool(typed.strip()))

    def _fits(self, topic: Topic, typed: str, guides: Sequence[Wizard]) -> bool:
        if not typed.strip() or topic is TOPICS[-1]:
            return True
        words = (self.look.text(f"tray.topic.{topic.id}.{part}") for part in ("title", "hint", "words"))
        return matches(typed, words) or any(one.category == topic.category for one in guides)

    def _show_guides(self, guides: Sequence[Wizard], *, is_search: bool) -> None:
        clear(self._guides)
        self._asked.setText(self.look.text("tray.topic.fitting" if is_search else "tray.topic.often"))
        self._asked.setVisible(bool(guides))
        for one in guides:
            link = Button(self.look, one.title.say(self.look.texts.language), icon_name="book-open", kind="link")
            link.clicked.connect(lambda _on=False, wanted=one.id: self.guide_chosen.emit(wanted, self.search.text()))
            self.look.theme.dress(link, "reading")
            self._guides.addLayout(column(link, spacing=0))

    def _on_return(self) -> None:
        """Take the one card that is left; with none or many go on with what was typed."""
        typed = self.search.text().strip()
        if not typed:
            return
        shown = [one for one in TOPICS[:-1] if not self.cards[one.id].isHidden()]
        if len(shown) == 1:
            self.topic_chosen.emit(shown[0].id, typed)
        else:
            self.words_given.emit(typed)
